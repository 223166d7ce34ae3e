"""The head of a paper found in a .docx: agency and number at the left, Quốc hiệu and date at the right."""

from dataclasses import dataclass, field
from datetime import date

from spokesdesk.domain.letters import Urgency
from spokesdesk.typeset.from_docx.lines import Grid, Item, Line
from spokesdesk.typeset.from_docx.signs import (
    COUNTRY,
    MOTTO,
    day_of,
    is_rule,
    key,
    kind_of,
    number_of,
    sides_of,
    subject_of,
    urgency_of,
)

_NEAR = 12


@dataclass(slots=True)
class Head:
    """What was recognised; ``rest`` is what was not, ``before`` what stood above."""

    parents: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    number: int | None = None
    symbol: str = ""
    place: str = ""
    date_on: date | None = None
    subject: str = ""
    urgency: Urgency | None = None
    has_number: bool = False
    has_date: bool = False
    is_agency_guessed: bool = False
    rest: list[Line] = field(default_factory=list)
    before: list[Item] = field(default_factory=list)


def find_head(items: list[Item]) -> tuple[Head | None, list[Item]]:
    """Give the head and the items after it; None, and all items, when there is no Quốc hiệu near the top."""
    for at, item in enumerate(items[:_NEAR]):
        lines = list(item.lines()) if isinstance(item, Grid) else [item]
        if any(COUNTRY in key(line.text) for line in lines):
            if isinstance(item, Grid) and max(len(row) for row in item.rows) > 1:
                return _from_grid(item, items[:at]), items[at + 1 :]
            return _from_lines(items, at)
    return None, items


def _from_grid(grid: Grid, before: list[Item]) -> Head:
    head = Head(before=before)
    width = max(len(row) for row in grid.rows)
    left, right = list(grid.column(0)), list(grid.column(-1))
    for at in range(1, width - 1):
        head.rest += [line for row in grid.rows if at < len(row) - 1 for line in row[at] if line.bare]
    if any(COUNTRY in key(line.text) for line in left):
        left, right = right, left
    _read_left(head, left)
    _read_right(head, right)
    return head


def _from_lines(items: list[Item], country: int) -> tuple[Head, list[Item]]:
    """Read a head written in plain paragraphs, from the first line of it to the last that is surely one."""
    head = Head()
    first = country
    while first > 0 and _is_agency(items[first - 1]):
        first -= 1
    head.before = items[:first]
    left: list[Line] = []
    right: list[Line] = []
    at = first
    while at < len(items) and at < first + _NEAR:
        item = items[at]
        if isinstance(item, Grid) or not _take(item, left, right):
            break
        at += 1
    _read_left(head, left)
    _read_right(head, right)
    return head, items[at:]


def _is_agency(item: Item) -> bool:
    return isinstance(item, Line) and (not item.bare or (item.bare.isupper() and kind_of(item.bare) is None))


def _take(line: Line, left: list[Line], right: list[Line]) -> bool:
    """Put a line of a plain head at its side; False when it is none of the head."""
    if not line.bare or is_rule(line.bare):
        return True
    one, other = sides_of(line)
    for side in (one, other):
        if side is not None and not _is_of_head(side, left):
            return False
    for side in (one, other):
        if side is not None:
            of_right = any(mark in key(side.text) for mark in (COUNTRY, MOTTO)) or day_of(side.bare)
            (right if of_right else left).append(side)
    return True


def _is_of_head(line: Line, left: list[Line]) -> bool:
    text = line.bare
    if is_rule(text) or key(text) in (COUNTRY, MOTTO) or day_of(text) or number_of(text):
        return True
    if subject_of(text) is not None or urgency_of(text) is not None:
        return True
    numbered = any(number_of(each.bare) for each in left)
    return text.isupper() and not numbered and kind_of(text) is None


def _read_left(head: Head, lines: list[Line]) -> None:
    names: list[Line] = []
    in_subject = False
    for line in lines:
        text = line.bare
        if not text or is_rule(text):
            continue
        if _read_sign(head, line):
            in_subject = False
        elif (subject := subject_of(text)) is not None:
            head.subject, in_subject = subject.rstrip(")"), True
        elif in_subject:
            head.subject = f"{head.subject} {text}".strip()
        elif not head.has_number and key(text) not in (COUNTRY, MOTTO):
            names.append(line)
        else:
            head.rest.append(line)
    _read_names(head, names)


def _read_sign(head: Head, line: Line) -> bool:
    """Take number, symbol or urgency stamp; False when a line is none of them."""
    number = number_of(line.bare)
    if number is not None and not head.has_number:
        head.number, head.symbol = number
        head.has_number = True
        return True
    urgency = urgency_of(line.bare)
    if urgency is not None:
        head.urgency = urgency
        return True
    return False


def _read_names(head: Head, lines: list[Line]) -> None:
    if any(line.role in ("parent", "agency") for line in lines):
        head.parents = [line.bare for line in lines if line.role == "parent"]
        head.agencies = [line.bare for line in lines if line.role != "parent"]
        return
    bold = [line.is_bold for line in lines]
    if True in bold and False in bold and bold == sorted(bold):
        split = bold.index(True)
    else:
        split = 1 if len(lines) > 1 else 0
        head.is_agency_guessed = len(lines) > 1
    head.parents = [line.bare for line in lines[:split]]
    head.agencies = [line.bare for line in lines[split:]]


def _read_right(head: Head, lines: list[Line]) -> None:
    for line in lines:
        text = line.bare
        if not text or is_rule(text) or key(text) in (COUNTRY, MOTTO, COUNTRY + MOTTO):
            continue
        day = day_of(text)
        if day is not None and not head.has_date:
            head.place, head.date_on = day
            head.has_date = True
        elif not _read_sign(head, line):
            head.rest.append(line)
