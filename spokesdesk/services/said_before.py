"""What did we say last time: earlier papers and answers on the same subject or to the same outlet."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from spokesdesk.domain.blocks import Table, plain, read_body
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.figures import Difference, differences
from spokesdesk.domain.journal import Contact
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter, tidy
from spokesdesk.domain.papers import Paper, PaperState
from spokesdesk.domain.requests import Request
from spokesdesk.domain.said_before import syllables
from spokesdesk.domain.text import short_date
from spokesdesk.services.inserting import Offer, OfferKind, named
from spokesdesk.services.ports import Desk, Unit

KINDS = ("paper", "contact", "request")
MOST, MOST_HITS = 8, 120
_PAIR, _OUTLET, _OUT = 2, 3, 1
_SUBJECT_SYLLABLES = 24
_MARKUP = re.compile(r"([*|#\\])")
# What stands in every paper tells nothing of its subject.
_SAID_STATES = frozenset(
    {PaperState.RELEASED, PaperState.NUMBERED, PaperState.APPROVED, PaperState.CORRECTED}
)


@dataclass(frozen=True, slots=True)
class Said:
    """Something said earlier.

    Attributes:
        kind: paper, contact or request, as records are opened.
        origin: what it is, with number and day.
        title: its subject.
        text: what was said.
        same_outlet: it went to the same outlet.
    """

    kind: str
    id: UUID
    origin: str
    title: str
    text: str
    same_outlet: bool = False


@dataclass(frozen=True, slots=True)
class SaidBefore:
    """What was said earlier, what is closest first, and the numbers that differ from it."""

    items: tuple[Said, ...]
    differences: tuple[Difference, ...]


def of_text(
    desk: Desk,
    subject: str,
    text: str,
    *,
    outlets: Sequence[UUID] = (),
    besides: UUID | None = None,
) -> SaidBefore:
    """Give what was said earlier that bears on a text being written.

    Args:
        subject: what it is about, in a line; its pairs of syllables find the others.
        text: as written so far; its numbers are compared.
        outlets: to which it goes.
        besides: the record being written.
    """
    wanted = _pairs(syllables(subject)[:_SUBJECT_SYLLABLES])
    with desk.read() as unit:
        hits = unit.search.alike(sorted(wanted), KINDS, MOST_HITS) if wanted else ()
        keys = [(hit.kind, hit.id) for hit in hits]
        keys += [("paper", row.id) for each in outlets for row in unit.papers.about(each)[:MOST_HITS]]
        found = [
            _said(unit, kind, record, set(outlets))
            for kind, record in dict.fromkeys(keys)
            if record != besides
        ]
    scored = [
        (_score(wanted, said), n, said) for n, said in enumerate(each for each in found if each is not None)
    ]
    kept = sorted((each for each in scored if each[0] > 0), key=lambda each: (-each[0], each[1]))
    items = tuple(said for _points, _n, said in kept[:MOST])
    return SaidBefore(items, differences(text, [said.text for said in items]))


def of_letter(desk: Desk, letter: Letter, paper_id: UUID | None = None) -> SaidBefore:
    """Give what was said earlier that bears on a paper: by its subject, and to the outlet of its article or address."""
    with desk.read() as unit:
        outlets = _outlets(unit, letter, paper_id)
    return of_text(desk, letter.subject, letter_text(letter), outlets=outlets, besides=paper_id)


def offer_of(said: Said) -> Offer:
    """Give something said earlier as what is put into a paper; nothing in it is read as markup."""
    paragraphs = [line.strip() for line in said.text.split("\n") if line.strip()]
    text = "\n\n".join(_MARKUP.sub(r"\\\1", paragraph) for paragraph in paragraphs)
    return Offer(OfferKind.SAID, said.title, said.origin, text, origin=said.origin)


def letter_text(letter: Letter) -> str:
    """Give what a letter says, annexes too, as plain text."""
    lines = []
    for body in (letter.body, *(annex.body for annex in letter.annexes)):
        for block in read_body(tidy(body)):
            if isinstance(block, Table):
                lines += [" ".join(plain(cell) for cell in row) for row in (block.head, *block.rows)]
            else:
                lines.append(block.text)
    return "\n".join(lines)


def _outlets(unit: Unit, letter: Letter, paper_id: UUID | None) -> tuple[UUID, ...]:
    found: list[UUID] = []
    if paper_id is not None:
        article_id = unit.papers.get(paper_id).article_id
        found += [unit.coverage.get(article_id).outlet.id] if article_id else []
    for addressee in letter.addressees[:5]:
        found += [outlet.id for outlet in unit.people.outlets() if outlet.name and outlet.name in addressee]
    return tuple(dict.fromkeys(found))


def _said(unit: Unit, kind: str, record: UUID, outlets: set[UUID]) -> Said | None:
    match kind:
        case "paper":
            return _of_paper(unit, unit.papers.get(record), outlets)
        case "contact":
            return _of_contact(unit.journal.get(record), outlets)
        case _:
            return _of_request(unit.requests.get(record), outlets)


def _of_paper(unit: Unit, paper: Paper, outlets: set[UUID]) -> Said | None:
    if paper.state not in _SAID_STATES:
        return None
    same = False
    if outlets and paper.article_id is not None:
        same = unit.coverage.get(paper.article_id).outlet.id in outlets
    return Said("paper", paper.id, named(paper), paper.title, letter_text(paper.letter), same)


def _of_contact(entry: Contact, outlets: set[UUID]) -> Said | None:
    text = "\n".join(given.text for given in entry.all_givens if given.text)
    if not text:
        return None
    origin = _("Lần tiếp xúc ngày {day}").format(day=short_date(vn_day(entry.received_at)))
    same = entry.outlet is not None and entry.outlet.id in outlets
    return Said("contact", entry.id, origin, entry.topic, text, same)


def _of_request(request: Request, outlets: set[UUID]) -> Said | None:
    answers = [step.answer.text for step in request.steps if step.answer and step.answer.text]
    if not answers:
        return None
    origin = _("Trả lời yêu cầu ngày {day}").format(day=short_date(vn_day(request.received_at)))
    same = request.outlet is not None and request.outlet.id in outlets
    return Said("request", request.id, origin, request.topic, "\n".join(answers), same)


def _score(wanted: set[tuple[str, str]], said: Said) -> int:
    shared = len(wanted & _pairs(syllables(f"{said.title} {said.text}")))
    # One pair alone is chance, unless the subject is no longer than that.
    shared = shared if shared >= min(2, len(wanted)) else 0
    return _PAIR * shared + (_OUTLET if said.same_outlet else 0)


def _pairs(words: Iterable[str]) -> set[tuple[str, str]]:
    return set(pairwise(words))
