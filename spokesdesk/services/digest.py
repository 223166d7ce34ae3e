"""The daily synthesis (tổng hợp thông tin báo chí): by subject, by outlet, what needs an answer today, as a paper."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from spokesdesk.domain.blocks import (
    Block,
    Cell,
    Heading,
    HeadingKind,
    Paragraph,
    Run,
    Side,
    Table,
    write_body,
)
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import end_of_day, start_of_day, to_vn, vn_day
from spokesdesk.domain.letters import Letter, LetterKind
from spokesdesk.domain.monitoring import Item, ItemState, Triage
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.people import Agency
from spokesdesk.domain.requests import Request
from spokesdesk.domain.text import short_date
from spokesdesk.services.paper_moves import add_draft
from spokesdesk.services.ports import Desk
from spokesdesk.services.templates import blank, wording

_TITLE_CHARS = 160


@dataclass(frozen=True, slots=True)
class Digest:
    """What the press raised on a day.

    Attributes:
        items: wanted items published that day, the earliest first; unrelated ones are left out.
        open: items being seen to, whenever they were published.
        requests: open requests due by the end of the day, or late.
    """

    on: date
    agency: Agency
    items: tuple[Item, ...]
    open: tuple[Item, ...]
    requests: tuple[Request, ...]

    @property
    def firsts(self) -> tuple[Item, ...]:
        """The items that repeat no other."""
        return tuple(item for item in self.items if item.same_as is None)

    def subjects(self) -> dict[str, tuple[Item, ...]]:
        """Give the first items under each subject, the one raised most first; "" for those under none."""
        found: dict[str, list[Item]] = {}
        for item in self.firsts:
            for name in [each.name for each in item.subjects] or [""]:
                found.setdefault(name, []).append(item)
        ranked = sorted(found, key=lambda name: (not name, -sum(1 + one.copies for one in found[name]), name))
        return {name: tuple(found[name]) for name in ranked}

    def outlets(self) -> dict[str, tuple[Item, ...]]:
        """Give the items of each outlet, copies too, the one with most first."""
        found: dict[str, list[Item]] = {}
        for item in self.items:
            found.setdefault(item.where, []).append(item)
        return {
            name: tuple(found[name]) for name in sorted(found, key=lambda name: (-len(found[name]), name))
        }


def digest(desk: Desk, on: date | None = None) -> Digest:
    """Give what the press raised on a day; today when none is given."""
    day = on or vn_day(desk.now())
    with desk.read() as unit:
        found = unit.monitoring.between(start_of_day(day), end_of_day(day))
        due = [
            one
            for one in unit.requests.open()
            if one.due and one.due.due_at and one.due.due_at <= end_of_day(day)
        ]
        return Digest(
            day,
            unit.people.agency(),
            tuple(item for item in found if item.now.verdict is not Triage.UNRELATED),
            tuple(item for item in unit.monitoring.open() if item.published_at <= end_of_day(day)),
            tuple(due),
        )


def letter(made: Digest) -> Letter:
    """Compose the synthesis as a report (báo cáo)."""
    words = wording("digest")
    day, agency = short_date(made.on), made.agency.name
    blocks: list[Block] = [_line(words["opening"].format(agency=agency, day=day))]
    blocks += [_title(words["head_general"]), *_general(words, made)]
    if made.items:
        blocks += [_title(words["head_subjects"]), *_by_subject(words, made)]
        blocks += [_title(words["head_outlets"]), _by_outlet(words, made)]
    blocks += [_title(words["head_answers"]), *_answers(words, made)]
    done = [one for one in made.firsts if one.now.state is ItemState.CLOSED and one.now.done]
    if done:
        blocks += [_title(words["head_done"]), *(_done(words, n, one) for n, one in enumerate(done, 1))]
    blocks.append(_line(words["closing"].format(agency=agency)))
    return replace(
        blank(LetterKind.BAO_CAO, made.agency),
        subject=words["subject"].format(day=day),
        body=write_body(tuple(blocks)),
        recipients=tuple(words["recipients"]),
    )


def draft(desk: Desk, on: date | None = None) -> tuple[Paper, Changes]:
    """Draft the synthesis of a day as a paper, ready to be looked over, submitted and numbered."""
    composed = letter(digest(desk, on))
    with desk.write() as unit:
        made = add_draft(desk, unit, composed, None)
    return made, (Change("paper", made.id),)


def _general(words: dict[str, Any], made: Digest) -> list[Block]:
    if not made.items:
        return [_line(words["nothing"])]
    judged = [one for one in made.firsts if one.now.verdict is not None]
    said = words["general"].format(items=len(made.items), places=len(made.outlets()), judged=len(judged))
    lines: list[Block] = [_line(said)]
    counts = Counter(one.now.verdict for one in judged)
    if counts:
        named = [f"{kind.wording.lower()} {counts[kind]}" for kind in Triage if counts[kind]]
        lines.append(_line(words["verdicts"].format(counts=", ".join(named))))
    copies = len(made.items) - len(made.firsts)
    return lines + ([_line(words["repeated"].format(copies=copies))] if copies else [])


def _by_subject(words: dict[str, Any], made: Digest) -> list[Block]:
    lines: list[Block] = []
    for n, (name, items) in enumerate(made.subjects().items(), 1):
        count = sum(1 + one.copies for one in items)
        title = words["subject_line"].format(n=n, subject=name or words["other_subject"], count=count)
        lines.append(Paragraph((Run(title, bold=True),)))
        named = sorted(items, key=_weight)[: words["items_named"]]
        lines += [_line(_named(words, one)) for one in named]
        if len(items) > len(named):
            lines.append(_line(words["more"].format(n=len(items) - len(named))))
    return lines


def _weight(item: Item) -> tuple[bool, int, datetime]:
    """What needs an answer comes first, then what was repeated most, then the earliest."""
    return not (item.now.verdict and item.now.verdict.needs_answer), -item.copies, item.published_at


def _named(words: dict[str, Any], item: Item) -> str:
    verdict = f" – {item.now.verdict.wording.lower()}" if item.now.verdict else ""
    copies = words["item_copies"].format(n=item.copies) if item.copies else ""
    sentence: str = words["item"].format(
        where=item.where,
        time=f"{to_vn(item.published_at):%H:%M}",
        title=_short(item),
        verdict=verdict + copies,
    )
    return sentence


def _by_outlet(words: dict[str, Any], made: Digest) -> Table:
    rows = []
    for name, items in made.outlets().items():
        wanted = sum(bool(one.now.verdict and one.now.verdict.needs_answer) for one in items)
        first = min(items, key=_weight)
        rows.append((_cell(name), _cell(str(len(items))), _cell(str(wanted)), _cell(_short(first))))
    sides = (Side.LEFT, Side.CENTER, Side.CENTER, Side.LEFT)
    return Table(tuple(_cell(head) for head in words["outlet_columns"]), tuple(rows), sides)


def _answers(words: dict[str, Any], made: Digest) -> list[Block]:
    lines: list[Block] = []
    for item in made.open:
        given = words["assignee"].format(name=item.now.assignee) if item.now.assignee else words["unassigned"]
        lines.append(_judged(words["answer"], len(lines) + 1, item, assignee=given))
    for request in made.requests:
        assert request.due is not None
        assert request.due.due_at is not None
        due = to_vn(request.due.due_at)
        said = words["request"].format(
            n=len(lines) + 1,
            who=request.who,
            topic=request.topic,
            due=f"{due:%H:%M} {short_date(due.date())}",
        )
        lines.append(_line(said))
    return lines or [_line(words["no_answers"])]


def _done(words: dict[str, Any], n: int, item: Item) -> Block:
    return _judged(words["done"], n, item, done=" ".join(item.now.done.split()).rstrip(".;"))


def _judged(form: str, n: int, item: Item, **more: str) -> Paragraph:
    verdict = item.now.verdict.wording.lower() if item.now.verdict else ItemState.OPEN.wording.lower()
    return _line(form.format(n=n, title=_short(item), where=item.where, verdict=verdict, **more))


def _short(item: Item) -> str:
    title = " ".join(item.title.split()).rstrip(".")
    return title if len(title) <= _TITLE_CHARS else title[:_TITLE_CHARS].rsplit(" ", 1)[0] + "…"


def _line(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def _title(text: str) -> Heading:
    return Heading((Run(text),), HeadingKind.ROMAN)


def _cell(text: str) -> Cell:
    return (Run(text),)
