"""Articles found, their claims, and the letter or release that answers them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from spokesdesk.domain import coverage as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import to_vn, vn_day
from spokesdesk.domain.coverage import Article, ArticleDraft, ArticleRow, Claim
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import CLOCK_TOLERANCE, Due
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter, LetterKind
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.people import Agency, Outlet, OutletKind
from spokesdesk.domain.rules import Citation, Deadline, Instrument, choose, deadline
from spokesdesk.domain.text import short_date, vn_date
from spokesdesk.services.calendar import working_calendar
from spokesdesk.services.journal import due_record
from spokesdesk.services.papers import add_draft
from spokesdesk.services.people import named_outlet
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.templates import blank, wording

REBUTTAL = "rebuttal"


def add_article(desk: Desk, draft: ArticleDraft, draft_id: UUID | None = None) -> tuple[Article, Changes]:
    """Keep an article with its text by hash, its snapshot and the claims marked in it.

    Raises:
        UserError: names the field.
    """
    clean = rules.checked_article(draft)
    if clean.published_at > desk.now() + CLOCK_TOLERANCE:
        raise UserError("published_in_future", field="published_at")
    with desk.write() as unit:
        outlet = named_outlet(desk, unit, clean.outlet, clean.outlet_id)
        assert outlet is not None
        found = Article(
            id=desk.new_id(),
            outlet=outlet,
            title=clean.title,
            published_at=clean.published_at,
            found_at=desk.now(),
            author=desk.member.ref,
            url=clean.url,
            byline=clean.byline,
            section=clean.section,
            text=clean.text,
            text_sha256=hashlib.sha256(clean.text.encode()).hexdigest(),
            snapshot=clean.snapshot,
            claims=tuple(replace(claim, id=desk.new_id()) for claim in clean.claims),
        )
        unit.coverage.add(found)
        if draft_id is not None:
            unit.drafts.drop(draft_id)
    return found, (Change("article", found.id), Change("outlet", outlet.id))


def article(desk: Desk, article_id: UUID) -> Article:
    """Give one article with its claims."""
    with desk.read() as unit:
        return unit.coverage.get(article_id)


def article_numbers(desk: Desk, words: str = "", *, outlet_id: UUID | None = None) -> tuple[int, ...]:
    """Give the numbers of articles for a list, the latest published first."""
    with desk.read() as unit:
        return unit.coverage.row_numbers(words, outlet_id=outlet_id)


def article_rows(desk: Desk, numbers: Sequence[int]) -> tuple[ArticleRow, ...]:
    """Give the rows of a list, in the order of their numbers."""
    with desk.read() as unit:
        return unit.coverage.rows(numbers)


def add_claims(desk: Desk, article_id: UUID, claims: Sequence[Claim]) -> tuple[Article, Changes]:
    """Mark further claims in an article; raises UserError naming ``quote`` or ``fact``."""
    with desk.write() as unit:
        text = unit.coverage.get(article_id).text
        made = [replace(rules.checked_claim(claim, text), id=desk.new_id()) for claim in claims]
        unit.coverage.add_claims(article_id, made, desk.now())
        return unit.coverage.get(article_id), (Change("article", article_id),)


def clocks(desk: Desk, article_id: UUID) -> tuple[Due, ...]:
    """Give the clocks of correction and response, by the law in force on the day of publication.

    ``due_at`` is None: these clocks start when the outlet receives our letter (see ``today.board`` for a sent one).
    """
    with desk.read() as unit:
        found = unit.coverage.get(article_id)
        outlet = unit.people.outlet(found.outlet.id)
        return tuple(
            replace(due_record(reckoned), due_at=None, wording=_from_trigger(reckoned))
            for reckoned in _reckoned(desk, unit, found, outlet)
        )


def open_rebuttal(desk: Desk, article_id: UUID) -> tuple[Paper, Changes]:
    """Draft the letter that asks the outlet to correct: claims, facts, proof, and the law of that day."""
    with desk.write() as unit:
        found = unit.coverage.get(article_id)
        outlet = unit.people.outlet(found.outlet.id)
        reckoned = _reckoned(desk, unit, found, outlet)
        made = rebuttal_letter(unit.people.agency(), found, outlet, reckoned, desk.rules.instruments)
        drafted = add_draft(desk, unit, made, article_id)
    return drafted, (Change("paper", drafted.id), Change("article", article_id))


def open_release(desk: Desk, article_id: UUID) -> tuple[Paper, Changes]:
    """Draft the press release that states the facts of an article's claims."""
    with desk.write() as unit:
        made = facts_release(unit.people.agency(), unit.coverage.get(article_id))
        drafted = add_draft(desk, unit, made, article_id)
    return drafted, (Change("paper", drafted.id), Change("article", article_id))


def rebuttal_letter(
    agency: Agency,
    found: Article,
    outlet: Outlet,
    reckoned: Sequence[Deadline],
    instruments: Mapping[str, Instrument],
) -> Letter:
    """Compose the letter to the outlet.

    Source:
        Contents: Luật Báo chí 2016, Điều 42–43; NĐ 244/2026/NĐ-CP, Điều 7 khoản 6 (written, with grounds).
        First citation of a decree in full: NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 6 điểm b.
    """
    words = wording("rebuttal")["letter"]
    title = outlet.head_title or wording("rebuttal")["head_titles"][outlet.kind.value]
    paragraphs = [_opening(words, agency, found)]
    for n, claim in enumerate(found.claims, 1):
        paragraphs += _claim_lines(words, n, claim)
    cited = [each.citation for each in reckoned if each.event in words["cited_events"]]
    laws = _laws(cited, {each.name: _in_full(words, each) for each in instruments.values()})
    paragraphs.append(words["demand"].format(law=laws, agency=agency.name, outlet=outlet.name))
    if outlet.kind is not OutletKind.OTHER:
        # The limits differ by kind of outlet; a letter must not name one that does not bind its addressee.
        paragraphs += [_limit_line(words, each) for each in reckoned if each.event in words["limit_events"]]
    paragraphs.append(words["closing"].format(agency=agency.name))
    letter = blank(LetterKind.CONG_VAN, agency)
    return replace(
        letter,
        subject=words["subject"],
        addressees=(" ".join(part for part in (title, outlet.name) if part),),
        body="\n\n".join(paragraphs),
        recipients=tuple(words["recipients"]),
    )


def facts_release(agency: Agency, found: Article) -> Letter:
    """Compose the release that states what is so."""
    words = wording("rebuttal")["release"]
    paragraphs = [words["opening"].format(title=found.title, agency=agency.name)]
    for n, claim in enumerate(found.claims, 1):
        paragraphs.append(words["fact"].format(n=n, fact=_bare(claim.fact)))
        if claim.proof:
            paragraphs.append(words["proof"].format(proof=_bare(claim.proof)))
    paragraphs.append(words["closing"].format(agency=agency.name))
    letter = blank(LetterKind.THONG_CAO_BAO_CHI, agency)
    subject = words["subject"].format(title=found.title)
    return replace(letter, subject=subject, body="\n\n".join(paragraphs))


def _reckoned(desk: Desk, unit: Unit, found: Article, outlet: Outlet) -> list[Deadline]:
    chosen = choose(
        desk.rules, REBUTTAL, vn_day(found.published_at), outlet_kind=desk.outlet_kinds.get(outlet.kind.value)
    )
    calendar = working_calendar(desk, unit)
    return [deadline(rule, found.published_at, calendar) for rule in chosen]


def _from_trigger(reckoned: Deadline) -> str:
    """Word a clock that has not started: what, how long, from when."""
    return _("{title}: {span}, tính từ {trigger}").format(
        title=reckoned.title, span=reckoned.span, trigger=reckoned.trigger
    )


def _opening(words: dict[str, Any], agency: Agency, found: Article) -> str:
    place = words["place_section"].format(section=found.section) if found.section else words["place_plain"]
    form = words["opening"] if found.claims else words["opening_no_claims"]
    sentence: str = form.format(
        day=short_date(to_vn(found.published_at).date()),
        outlet=found.outlet.name,
        place=place,
        title=found.title,
        byline=words["byline"].format(byline=found.byline) if found.byline else "",
        address=words["address"].format(url=found.url) if found.url else "",
        agency=agency.name,
        count=f"{len(found.claims):02d}",
    )
    return sentence


def _claim_lines(words: dict[str, Any], n: int, claim: Claim) -> list[str]:
    lines = [
        words["claim"].format(n=n, quote=_bare(claim.quote)),
        words["fact"].format(fact=_bare(claim.fact)),
    ]
    lines += [words["proof"].format(proof=_bare(claim.proof))] if claim.proof else []
    lines += [words["ground"].format(ground=_bare(claim.ground))] if claim.ground else []
    return lines


def _bare(text: str) -> str:
    """Give a sentence without its closing stop and outer quotes, on one line: the template brings its own."""
    flat = " ".join(text.split()).rstrip(".;")
    return flat[1:-1] if (flat[:1], flat[-1:]) in {("“", "”"), ('"', '"')} else flat


def _in_full(words: dict[str, Any], instrument: Instrument) -> str:
    """Give a decree as it is cited the first time; a law goes by its name."""
    if instrument.issued_on is None or not instrument.name.endswith(words["decree_mark"]):
        return instrument.name
    title = instrument.title[:1].lower() + instrument.title[1:]
    return str(words["decree"].format(name=instrument.name, day=vn_date(instrument.issued_on), title=title))


def _laws(cited: Sequence[Citation], names: Mapping[str, str]) -> str:
    """Word the places cited, each instrument named once: ``Điều 42, khoản 1 Điều 43 Luật …; … Nghị định …``."""
    places: dict[str, list[str]] = {}
    for each in cited:
        place = each.text.removesuffix(each.instrument).strip()
        if place not in places.setdefault(each.instrument, []):
            places[each.instrument].append(place)
    return "; ".join(f"{', '.join(found)} {names.get(name, name)}" for name, found in places.items())


def _limit_line(words: dict[str, Any], reckoned: Deadline) -> str:
    form = "kept" if reckoned.minimum else "limit" if reckoned.due_at is not None else "at_once"
    sentence: str = words[form].format(span=reckoned.span, citation=reckoned.citation.text)
    return sentence
