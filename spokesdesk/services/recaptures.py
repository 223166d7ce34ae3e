"""Did they correct it? The page read again at the deadline, what stands in it, and what a person found."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from spokesdesk import assets
from spokesdesk.domain import recaptures as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.compare import Run, compare
from spokesdesk.domain.coverage import Article
from spokesdesk.domain.errors import OutsideError
from spokesdesk.domain.rebuttals import RoundMove, RoundTo
from spokesdesk.domain.recaptures import Check, Judged, Point, Points, Recapture, RecaptureDraft, Sight
from spokesdesk.domain.text import clean_text
from spokesdesk.services import monitoring
from spokesdesk.services.coverage import text_hash
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.rebuttal_clocks import rule_kind

CHECKLIST = "correction.toml"
GONE = frozenset({"web_gone", "web_home"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A point with the căn cứ of the day the letter arrived; ``doubt`` says how sure its text is."""

    point: Point
    citation: str
    doubt: str


@dataclass(frozen=True, slots=True)
class RecaptureView:
    """A page read again beside the article.

    Attributes:
        runs: what became of the text, word by word.
        asked: the points to look at.
        sights: what the program noticed of them, a hint each.
        check: what a person found last, None when nobody looked.
    """

    article: Article
    recapture: Recapture
    runs: tuple[Run, ...]
    asked: tuple[Asked, ...]
    sights: tuple[Sight, ...]
    check: Check | None

    def hint(self, point_id: str) -> Sight | None:
        """Give what the program noticed of a point."""
        return next((sight for sight in self.sights if sight.point == point_id), None)


@cache
def points() -> Points:
    """Give the list of points that comes with the program."""
    return rules.read_points(assets.read_text("checklists", CHECKLIST))


def add(
    desk: Desk, article_id: UUID, draft: RecaptureDraft, draft_id: UUID | None = None
) -> tuple[Recapture, Changes]:
    """Keep a page read again, by hash.

    Args:
        draft: pasted, scanned or captured; no address takes the article's.

    Raises:
        UserError: names ``text``, ``url`` or ``taken_at``.
    """
    clean = rules.checked_recapture(draft, desk.now())
    assert clean.taken_at is not None
    with desk.write() as unit:
        article = unit.coverage.get(article_id)
        made = Recapture(
            id=desk.new_id(),
            article_id=article_id,
            url=clean.url or article.url,
            text=clean.text,
            text_sha256=text_hash(clean.text) if clean.text else "",
            file=clean.file,
            gone=clean.gone,
            taken_at=clean.taken_at,
            at=desk.now(),
            author=desk.member.ref,
        )
        unit.rebuttals.add_recapture(made)
        if draft_id is not None:
            unit.drafts.drop(draft_id)
    return made, (Change("article", article_id),)


def capture(desk: Desk, article_id: UUID, url: str = "") -> RecaptureDraft:
    """Read a page as it is served now (blocking, on the network); the file is kept by hash, the rest is a draft.

    Args:
        url: where; "" for the article's own address. A page taken down is a finding, not a fault.

    Raises:
        UserError: ``no_address``, or an address that may not be asked for.
        OutsideError: the network is away, the server answers with a fault.
    """
    with desk.read() as unit:
        article = unit.coverage.get(article_id)
    wanted = url.strip() or article.url
    try:
        page, kept = monitoring.served(desk, wanted, article.title)
    except OutsideError as error:
        if error.code not in GONE:
            raise
        return RecaptureDraft(url=wanted, gone=True, taken_at=desk.now())
    return RecaptureDraft(wanted, page.text, kept, taken_at=desk.now())


def of_article(desk: Desk, article_id: UUID) -> tuple[tuple[Recapture, Check | None], ...]:
    """Give what was read again of an article with the latest check of each, the first one first."""
    with desk.read() as unit:
        checks = unit.rebuttals.checks(article_id)
        return tuple((each, checks.get(each.id)) for each in unit.rebuttals.recaptures(article_id))


def view(desk: Desk, recapture_id: UUID) -> RecaptureView:
    """Give a page read again beside the article, with hints for every point."""
    with desk.read() as unit:
        seen = unit.rebuttals.recapture(recapture_id)
        article = unit.coverage.get(seen.article_id)
        rounds = unit.rebuttals.of_article(article.id)
        asked = _asked(desk, unit, article)
        check = unit.rebuttals.checks(article.id).get(recapture_id)
    runs = compare(article.text, seen.text) if seen.text else ()
    wanted = {each.point.id for each in asked}
    noticed = rules.sights(points(), article, seen, rounds)
    return RecaptureView(
        article, seen, runs, asked, tuple(each for each in noticed if each.point in wanted), check
    )


def check(
    desk: Desk,
    recapture_id: UUID,
    given: Mapping[str, tuple[Judged, str]],
    remark: str = "",
    draft_id: UUID | None = None,
) -> tuple[Check, Changes]:
    """Write down what a person found in a page read again; a later one counts instead.

    Args:
        given: id of a point → answer and note.
        draft_id: the autosaved draft that it replaces.

    Raises:
        UserError: ``check_empty``, or a note too long, naming the point.
    """
    with desk.write() as unit:
        seen = unit.rebuttals.recapture(recapture_id)
        article = unit.coverage.get(seen.article_id)
        noticed = rules.sights(points(), article, seen, unit.rebuttals.of_article(article.id))
        asked = [(each.point, each.citation) for each in _asked(desk, unit, article)]
        made = Check(
            id=desk.new_id(),
            recapture_id=recapture_id,
            answers=rules.judgements(asked, given, noticed),
            remark=clean_text(remark, field="remark", limit=rules.NOTE_LIMIT),
            at=desk.now(),
            author=desk.member.ref,
        )
        unit.rebuttals.add_check(made)
        if draft_id is not None:
            unit.drafts.drop(draft_id)
    return made, (Change("article", article.id),)


def likely_fate(found: Check) -> RoundMove | None:
    """Give the fate that a check speaks for, to be offered; None when it says too little."""
    judged = {answer.judged for answer in found.answers} - {Judged.UNCHECKED}
    if Judged.UNCLEAR in judged or not judged:
        return None
    if judged == {Judged.YES}:
        return RoundMove.CORRECT
    return RoundMove.PART if Judged.YES in judged else None


def _asked(desk: Desk, unit: Unit, article: Article) -> tuple[Asked, ...]:
    delivered = [
        each.delivered_at
        for each in unit.rebuttals.of_article(article.id)
        if each.to is RoundTo.OUTLET and each.delivered_at
    ]
    on = vn_day(delivered[-1] if delivered else article.published_at)
    kind = rule_kind(desk, unit.people.outlet(article.outlet.id))
    found = []
    for point in points().asked(kind):
        known = [desk.rules.rules[each] for each in point.rules if each in desk.rules.rules]
        rule = next((each for each in known if each.in_force_on(on)), None)
        if rule is not None:
            found.append(Asked(point, rule.citation.text, rule.confidence.value))
    return tuple(found)
