"""The queue of what the press says: put in, judged, given to somebody, closed; and what is opened from an item."""

from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from spokesdesk.domain import monitoring as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.coverage import Article, ArticleDraft
from spokesdesk.domain.errors import ConflictError, OutsideError, UserError
from spokesdesk.domain.false_posts import FalsePost
from spokesdesk.domain.journal import CLOCK_TOLERANCE, Attachment
from spokesdesk.domain.monitoring import (
    Capture,
    Item,
    ItemDraft,
    ItemRow,
    ItemState,
    Standing,
    Triage,
    TriageMove,
    TriageStep,
)
from spokesdesk.domain.monitoring_web import Page
from spokesdesk.domain.text import safe_file_name
from spokesdesk.services.coverage import put_article
from spokesdesk.services.listed import Listed
from spokesdesk.services.monitoring_intake import named, put_all, subjects_in, watched
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.monitoring import Wanted


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item with everything its page shows; ``copies`` are the items that repeat it."""

    item: Item
    steps: tuple[TriageStep, ...] = ()
    captures: tuple[Capture, ...] = ()
    copies: tuple[Item, ...] = ()
    false_post: FalsePost | None = None


def add_item(desk: Desk, draft: ItemDraft, draft_id: UUID | None = None) -> tuple[Item, Changes]:
    """Put an item in by hand: pasted, scanned, seen on a social network.

    Raises:
        UserError: names the field.
    """
    clean = rules.checked_item(draft)
    if clean.published_at > desk.now() + CLOCK_TOLERANCE:
        raise UserError("published_in_future", field="published_at")
    with desk.write() as unit:
        outlets = unit.people.outlets_named(clean.where)
        item = Item(
            id=desk.new_id(),
            where=clean.where,
            title=clean.title,
            published_at=clean.published_at,
            found_at=desk.now(),
            url=clean.url,
            byline=clean.byline,
            text=clean.text,
            outlet_id=outlets[0].id if len(outlets) == 1 else None,
            files=clean.files,
        )
        [made] = put_all(unit, watched(unit), [(item, named(item))])
        if draft_id is not None:
            unit.drafts.drop(draft_id)
    return made, (Change("news", made.id),)


def view(desk: Desk, item_id: UUID) -> ItemView:
    """Give an item with its steps, the pages kept of it and what repeats it."""
    with desk.read() as unit:
        return ItemView(
            unit.monitoring.get(item_id),
            unit.monitoring.steps(item_id),
            unit.kept_pages.of(item_id),
            unit.monitoring.copies(item_id),
            unit.kept_pages.false_post(item_id),
        )


def queue(desk: Desk, wanted: Wanted, words: str = "") -> Listed[ItemRow]:
    """Give the items that meet some conditions as a list by pages, the latest published first."""
    return Listed(
        desk,
        lambda unit: unit.monitoring.listed(wanted, words),
        lambda unit, numbers: unit.monitoring.rows(numbers),
    )


def waiting(desk: Desk) -> tuple[int, int]:
    """Count what holds something watched for and nobody has looked at, and what is being seen to."""
    with desk.read() as unit:
        new = unit.monitoring.count(Wanted((ItemState.NEW,), matched=True))
        return new, unit.monitoring.count(Wanted((ItemState.OPEN,)))


def judge(desk: Desk, item_id: UUID, verdict: Triage) -> tuple[Item, Changes]:
    """Say what an item is; what is true or unrelated is closed by it."""
    with desk.write() as unit:
        now = unit.monitoring.get(item_id).now
        return _step(desk, unit, item_id, TriageMove.JUDGE, now.judged(verdict))


def assign(desk: Desk, item_id: UUID, name: str) -> tuple[Item, Changes]:
    """Give an item to somebody; raises UserError naming ``assignee``."""
    with desk.write() as unit:
        now = unit.monitoring.get(item_id).now
        return _step(desk, unit, item_id, TriageMove.ASSIGN, now.assigned(name))


def close(desk: Desk, item_id: UUID, done: str) -> tuple[Item, Changes]:
    """Close an item with what was done.

    Raises:
        UserError: names ``done``.
        ConflictError: ``item_not_judged``.
    """
    with desk.write() as unit:
        now = unit.monitoring.get(item_id).now
        return _step(desk, unit, item_id, TriageMove.CLOSE, now.closed(done))


def undo(desk: Desk, item_id: UUID) -> tuple[Item, Changes]:
    """Take the last step of an item back, itself a step; raises ConflictError("nothing_to_undo")."""
    with desk.write() as unit:
        standing: list[Standing] = []
        for step in unit.monitoring.steps(item_id):
            if step.move is not TriageMove.UNDO:
                standing.append(step.now)
            elif standing:
                standing.pop()
        if not standing:
            raise ConflictError("nothing_to_undo")
        before = standing[-2] if len(standing) > 1 else Standing()
        return _step(desk, unit, item_id, TriageMove.UNDO, before)


def capture(desk: Desk, item_id: UUID) -> tuple[Capture, Changes]:
    """Keep the page of an item as it is served now, with its readable text (blocking, on the network).

    Raises:
        UserError: ``no_address``; as ``Fetcher.get`` does.
        OutsideError: ``web_gone``, ``web_home``: it was taken down; ``web_status``; as ``Fetcher.get`` does.
    """
    import hashlib

    with desk.read() as unit:
        item = unit.monitoring.get(item_id)
    page, kept = served(desk, item.url, item.title)
    made = Capture(
        id=desk.new_id(),
        item_id=item_id,
        url=item.url,
        final_url=page.url[:2_000],
        status=page.status,
        title=page.title,
        text=page.text,
        text_sha256=hashlib.sha256(page.text.encode()).hexdigest(),
        cut=page.cut,
        file=kept,
        at=desk.now(),
        author=desk.member.ref,
    )
    with desk.write() as unit:
        unit.kept_pages.add(made)
        found = subjects_in(watched(unit), item.title, f"{item.text}\n{page.text}")
        if found != item.subjects:
            unit.monitoring.set_subjects(item_id, found)
    return made, (Change("news", item_id),)


def served(desk: Desk, url: str, title: str) -> tuple[Page, Attachment]:
    """Give a page as it is served now, and its file kept by hash (blocking, on the network).

    Raises:
        UserError: ``no_address``; as ``Fetcher.get`` does.
        OutsideError: ``web_gone``, ``web_home``: it was taken down; ``web_status``; as ``Fetcher.get`` does.
    """
    if not url:
        raise UserError("no_address", field="url")
    fetched = desk.web.get(url)
    host = urlsplit(fetched.url).hostname or ""
    if fetched.status in (404, 410):
        raise OutsideError("web_gone", host=host, status=fetched.status)
    if fetched.status // 100 != 2:
        raise OutsideError("web_status", host=host, status=fetched.status)
    if urlsplit(url).path.strip("/") and not urlsplit(fetched.url).path.strip("/"):
        raise OutsideError("web_home", host=host)
    page = desk.web.page(fetched)
    return page, desk.files.put_bytes(
        page.warc, safe_file_name(f"{title[:80]}.warc.gz", otherwise="trang.warc.gz")
    )


def open_article(desk: Desk, item_id: UUID) -> tuple[Article, Changes]:
    """Make an item an article, to mark what is not so in it: with the text and the file of its latest capture.

    Gives the article opened before, where there is one.
    """
    with desk.write() as unit:
        item = unit.monitoring.get(item_id)
        if item.article_id is not None:
            return unit.coverage.get(item.article_id), ()
        captures = unit.kept_pages.of(item_id)
        latest = captures[-1] if captures else None
        draft = ArticleDraft(
            outlet=item.where,
            outlet_id=item.outlet_id,
            title=item.title,
            published_at=item.published_at,
            url=item.url,
            byline=item.byline,
            text=latest.text if latest and latest.text else item.text,
            snapshot=latest.file if latest else next(iter(item.files), None),
        )
        made = put_article(desk, unit, draft)
        unit.monitoring.link_article(item_id, made.id)
    return made, (Change("article", made.id), Change("outlet", made.outlet.id), Change("news", item_id))


def _step(desk: Desk, unit: Unit, item_id: UUID, move: TriageMove, now: Standing) -> tuple[Item, Changes]:
    item = unit.monitoring.get(item_id)
    step = TriageStep(desk.new_id(), item_id, move, now, desk.now(), desk.member.ref, item.sha256)
    return unit.monitoring.step(step, item.now), (Change("news", item_id),)
