"""What can be put into a paper while it is written: returning sentences, the law, and what was said before."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from spokesdesk.domain.blocks import Block, Heading, Table, plain, read_body, write_body
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter, LetterKind, tidy
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.rules import Citation, Confidence, Instrument
from spokesdesk.domain.text import fold, vn_date, words_match
from spokesdesk.services import library
from spokesdesk.services.library import LawItem
from spokesdesk.services.ports import Desk, Hit, Suggestion
from spokesdesk.services.ports.stores import Unit
from spokesdesk.services.templates import wording

MOST_HITS, MOST_EACH, MOST_RULES = 20, 3, 30
_LONGEST_TITLE = 90
_NOTE = "paper_origins"


class OfferKind(StrEnum):
    """Where something to put in comes from."""

    PHRASE = "phrase"
    RULE = "rule"
    SAID = "said"


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to put in.

    Attributes:
        title: its line in the list.
        detail: where it comes from, or what to know before using it.
        text: markup of what is put in.
        inline: goes into the sentence at the cursor; else it is a paragraph of its own.
        origin: to be noted with the paper; "" when there is nothing to note.
    """

    kind: OfferKind
    title: str
    detail: str
    text: str
    inline: bool = False
    origin: str = ""


def phrases(kind: LetterKind, agency: str, words: str = "") -> tuple[Offer, ...]:
    """Give the sentences that return in papers of a kind, those of its own first.

    Args:
        agency: our name, to stand in them.
        words: with or without accents; "" gives those of the kind.
    """
    found = []
    for phrase in wording("inserting")["phrase"]:
        text = str(phrase["text"]).strip("\n").replace("{agency}", agency or "…")
        own = kind.value in phrase["kinds"]
        if words_match(words, phrase["title"], text) if words.strip() else own:
            found.append((not own, Offer(OfferKind.PHRASE, phrase["title"], _flat(text), text)))
    return tuple(offer for _other, offer in sorted(found, key=lambda pair: pair[0]))


def rules_found(desk: Desk, words: str, before: str = "") -> tuple[Offer, ...]:
    """Give places in the law that hold all the words, those in force today first.

    Args:
        words: with or without accents, found in name, title, number and duty.
        before: what the paper says up to the cursor: what is named there is cited short.

    Source:
        NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 6 điểm b.
    """
    pack, today = desk.rules, vn_day(desk.now())
    found: list[tuple[bool, Offer]] = []
    for instrument in pack.instruments.values():
        if words_match(words, instrument.name, instrument.title):
            gone = instrument.in_force_to is not None and instrument.in_force_to < today
            found.append((gone, _rule_offer(instrument, None, instrument.title, before, gone=gone)))
    for own in library.items(desk, words):
        if not own.is_pack:
            gone = not own.in_force_on(today)
            found.append((gone, _rule_offer(_as_instrument(own), None, own.title, before, gone=gone)))
    for rule in pack.rules.values():
        instrument = pack.instruments[rule.citation.instrument_id]
        if words_match(words, rule.title, rule.action, rule.citation.text, instrument.title):
            gone = not rule.in_force_from <= today <= (rule.in_force_to or today)
            words_of = f"{rule.title}: {rule.action}"
            found.append((gone, _rule_offer(instrument, rule.citation, words_of, before, gone=gone)))
    for ground in pack.grounds:
        instrument = pack.instruments[ground.citation.instrument_id]
        if words_match(words, ground.text, ground.citation.text):
            gone = not ground.in_force_from <= today <= (ground.in_force_to or today)
            found.append((gone, _rule_offer(instrument, ground.citation, ground.text, before, gone=gone)))
    found.sort(key=lambda pair: pair[0])
    return tuple(dict.fromkeys(offer for _gone, offer in found))[:MOST_RULES]


def _rule_offer(
    instrument: Instrument, citation: Citation | None, about: str, before: str, *, gone: bool
) -> Offer:
    named = cited(instrument, before)
    text = citation.text.replace(instrument.name, named) if citation is not None else named
    notes = [about]
    if gone:
        notes.insert(0, _("Đã hết hoặc chưa có hiệu lực"))
    if instrument.issued_on is None and not _is_law(instrument):
        notes.append(_("chưa rõ ngày ban hành, cần ghi thêm"))
    notes.append(_("văn bản cơ quan tự thêm") if not instrument.source else instrument.confidence.wording)
    title = citation.text if citation is not None else instrument.name
    return Offer(OfferKind.RULE, title, " · ".join(notes), tidy(text).replace("*", "\\*"), inline=True)


def cited(instrument: Instrument, before: str = "") -> str:
    """Give an instrument as it is cited: in full the first time, later by kind and number; a law by its name.

    Args:
        before: what the paper says before.
    """
    words = wording("inserting")
    if _is_law(instrument):
        return instrument.title if instrument.title.startswith(tuple(words["laws"])) else instrument.name
    issuer = next((name for end, name in words["issuers"].items() if instrument.name.endswith(end)), "")
    number = instrument.name.rpartition(" ")[2]
    if number in before or not issuer:
        return str(words["later"].format(name=instrument.name))
    title = instrument.title[:1].lower() + instrument.title[1:]
    form = words["first"] if instrument.issued_on else words["first_without_day"]
    day = vn_date(instrument.issued_on) if instrument.issued_on else ""
    return str(form.format(name=instrument.name, day=day, issuer=issuer, title=title))


def _as_instrument(own: LawItem) -> Instrument:
    """Give an entry of the agency's library as something to cite; the agency itself vouches for it."""
    return Instrument(
        own.key,
        own.name,
        own.title,
        own.issued_on,
        own.from_on or date.min,
        own.to_on,
        "",
        Confidence.VERIFIED,
        "",
    )


def _is_law(instrument: Instrument) -> bool:
    return instrument.name.startswith(tuple(f"{kind} " for kind in wording("inserting")["laws"]))


def said_before(desk: Desk, words: str, besides: UUID | None = None) -> tuple[Offer, ...]:
    """Give paragraphs of earlier papers and answers to the press that hold the words, newest first.

    Args:
        words: with or without accents; they may sit in different fields of one entry.
        besides: the paper being written, whose own text is not offered.
    """
    found: list[Offer] = []
    with desk.read() as unit:
        for hit in unit.search.find(words, ("paper", "contact"), MOST_HITS):
            if hit.id != besides:
                found += _of_paper(unit, hit, words) if hit.kind == "paper" else _of_contact(unit, hit, words)
    return tuple(found)


def _of_paper(unit: Unit, hit: Hit, words: str) -> Iterator[Offer]:
    paper = unit.papers.get(hit.id)
    origin = named(paper)
    detail = f"{origin} · {paper.title}"
    for block in _best(_all_blocks(paper.letter), words):
        text = write_body((block,))
        yield Offer(OfferKind.SAID, _title(_words_of(block)), detail, text, origin=origin)


def _of_contact(unit: Unit, hit: Hit, words: str) -> Iterator[Offer]:
    contact = unit.journal.get(hit.id)
    origin = _("lần tiếp xúc ngày {day}: {topic}").format(
        day=f"{vn_day(contact.received_at):%d/%m/%Y}", topic=contact.topic
    )
    lines = [line.strip() for given in contact.all_givens for line in given.text.split("\n") if line.strip()]
    blocks = [block for line in lines for block in read_body(tidy(line))]
    for block in _best(blocks, words):
        detail = origin[:1].upper() + origin[1:]
        yield Offer(OfferKind.SAID, _title(_words_of(block)), detail, write_body((block,)), origin=origin)


def papers_named(desk: Desk, words: str) -> tuple[Suggestion, ...]:
    """Give papers that hold all the words, newest first, each as kind, number and day with its subject."""
    if not words.strip():
        return ()
    with desk.read() as unit:
        found = [unit.papers.get(hit.id) for hit in unit.search.find(words, ("paper",), MOST_HITS)]
    return tuple(Suggestion(each.id, f"{named(each)}: {each.title}") for each in found)


def named(paper: Paper) -> str:
    """Give a paper as its kind, number and day: ``Công văn số 12/SNNMT-VP ngày 05 tháng 3 năm 2026``."""
    kind = wording("kinds")[paper.letter.kind.value]
    if paper.number is None or paper.numbered_on is None:
        day = f"{vn_day(paper.saved_at):%d/%m/%Y}"
        return _("{kind} (dự thảo, lưu ngày {day})").format(kind=kind, day=day)
    number = f"{paper.number:02d}/{paper.letter.symbol}"
    return _("{kind} số {number} {day}").format(kind=kind, number=number, day=vn_date(paper.numbered_on))


def _all_blocks(letter: Letter) -> list[Block]:
    texts = [letter.body, *(annex.body for annex in letter.annexes)]
    return [block for text in texts for block in read_body(tidy(text)) if not isinstance(block, Heading)]


def _best(blocks: Sequence[Block], words: str) -> list[Block]:
    """Give the blocks that hold the most of the words."""
    parts = fold(words).split()
    counts = [(sum(words_match(part, _words_of(block)) for part in parts), block) for block in blocks]
    most = max((count for count, _block in counts), default=0)
    return [block for count, block in counts if count == most and most][:MOST_EACH]


def _words_of(block: Block) -> str:
    if isinstance(block, Table):
        return " ".join(plain(cell) for row in (block.head, *block.rows) for cell in row)
    return block.text


def _title(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_TITLE else f"{flat[: _LONGEST_TITLE - 1]}…"


def _flat(text: str) -> str:
    return _title(" ".join(_words_of(block) for block in read_body(text)))


def note_origin(desk: Desk, paper_id: UUID, offer: Offer) -> tuple[str, ...]:
    """Note with a paper where a paragraph put into it comes from; give all that is noted."""
    said = _("“{title}” lấy từ {origin}; {who}, {day}").format(
        title=offer.title, origin=offer.origin, who=desk.member.name, day=f"{vn_day(desk.now()):%d/%m/%Y}"
    )
    with desk.write() as unit:
        noted = _noted(unit, paper_id)
        if said not in noted:
            noted = (*noted, said)
            unit.settings.put(f"{_NOTE}:{paper_id}", list(noted))
    return noted


def origins(desk: Desk, paper_id: UUID) -> tuple[str, ...]:
    """Give what is noted with a paper about where its paragraphs come from, in the order they were put in."""
    with desk.read() as unit:
        return _noted(unit, paper_id)


def _noted(unit: Unit, paper_id: UUID) -> tuple[str, ...]:
    held = unit.settings.get(f"{_NOTE}:{paper_id}")
    return tuple(str(each) for each in held) if isinstance(held, list) else ()
