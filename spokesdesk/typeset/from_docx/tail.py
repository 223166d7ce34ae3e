"""The end of a paper found in a .docx: Nơi nhận, archive line, drafter, signers."""

import re
from dataclasses import dataclass, field

from spokesdesk.domain.letters import Signer
from spokesdesk.typeset.from_docx.lines import Grid, Item, Line
from spokesdesk.typeset.from_docx.signs import CLOSING, is_rule, key, sides_of

_RECIPIENTS = "noinhan"
_DRAFTER = re.compile(r"(?:([^\W\d_]{1,10})\.)?(?:\((\d{1,5})\))?")
_DASH = re.compile(r"[-–—+•*]\s*")
_ARCHIVE = re.compile(r"lưu\s*:?\s*", re.IGNORECASE)
_NEAR = 60
_SPACE_OF_SIGNATURE = 2


@dataclass(slots=True)
class Tail:
    """What was recognised; ``rest`` is what was not, ``after`` what stood below."""

    recipients: list[str] = field(default_factory=list)
    archive: str = ""
    drafter: str = ""
    copies: int | None = None
    signers: list[Signer] = field(default_factory=list)
    rest: list[Line] = field(default_factory=list)
    after: list[Item] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def find_tail(items: list[Item], *, two_signers: bool) -> tuple[list[Item], Tail | None]:
    """Give the items before the end of a paper, and its end; None when it was not found.

    Args:
        items: of the paper itself, without its annexes.
        two_signers: minutes: two signatures side by side, the recipients below them.
    """
    for at in range(len(items) - 1, max(-1, len(items) - _NEAR), -1):
        item = items[at]
        if isinstance(item, Grid):
            if _has_recipients(item):
                return items[:at], _from_grid(item, items[at + 1 :])
            if two_signers and _is_signed(item):
                return items[:at], _from_two(item, items[at + 1 :])
        elif _is_head(item) and not (two_signers and _signed_before(items, at)):
            return items[:at], _from_lines(items[at:])
    return items, None


def _is_head(line: Line) -> bool:
    return key(line.bare).startswith(_RECIPIENTS) and len(line.bare) < 200


def _has_recipients(grid: Grid) -> bool:
    return any(_is_head(line) for line in grid.lines()) or (
        any(line.role == "signer" for line in grid.column(-1))
        and not any(line.role == "signer" for line in grid.column(0))
    )


def _is_signed(grid: Grid) -> bool:
    if any(line.role in ("signer", "authority") for line in grid.lines()):
        return True
    columns = [[line for line in grid.column(at) if line.bare] for at in (0, -1)]
    return not grid.is_bordered and all(1 < len(lines) <= 8 and lines[0].bare.isupper() for lines in columns)


def _signed_before(items: list[Item], at: int) -> bool:
    return any(isinstance(item, Grid) and _is_signed(item) for item in items[max(at - 4, 0) : at])


def _from_grid(grid: Grid, after: list[Item]) -> Tail:
    tail = Tail(after=after)
    width = max(len(row) for row in grid.rows)
    at = next(
        (at for at in range(width) if any(_is_head(line) for line in grid.column(at))),
        0,
    )
    _read_recipients(tail, list(grid.column(at)))
    for other in range(width):
        if other != at:
            _read_signers(tail, [line for row in grid.rows if other < len(row) for line in row[other]])
    return tail


def _from_two(grid: Grid, after: list[Item]) -> Tail:
    tail = Tail(after=after)
    for at in range(max(len(row) for row in grid.rows)):
        _read_signers(tail, [line for row in grid.rows if at < len(row) for line in row[at]])
    first = 0
    while first < len(after) and isinstance(line := after[first], Line) and not line.bare:
        first += 1
    lines: list[Line] = []
    for item in after[first:]:
        if isinstance(item, Grid):
            break
        lines.append(item)
    if lines and _is_head(lines[0]):
        _read_recipients(tail, lines)
        tail.after = after[first + len(lines) :]
    return tail


def _from_lines(items: list[Item]) -> Tail:
    """Read an end written in plain paragraphs, tabs between its two sides."""
    tail = Tail()
    left: list[Line] = []
    right: list[Line] = []
    for at, item in enumerate(items):
        if isinstance(item, Grid):
            tail.after = items[at:]
            break
        one, other = sides_of(item) if item.bare else (None, item)
        if one is not None and not _is_of_list(one):
            one, other = other, one if other is None else other
            tail.rest += [one] if one is not None else []
        left += [one] if one is not None and _is_of_list(one) else []
        right += [other] if other is not None else []
    _read_recipients(tail, left)
    _read_signers(tail, right)
    return tail


def _is_of_list(line: Line) -> bool:
    text = line.bare
    return bool(_is_head(line) or _DASH.match(text) or _ARCHIVE.match(text) or _drafter(text))


def _drafter(text: str) -> re.Match[str] | None:
    return _DRAFTER.fullmatch(text) if text else None


def _read_recipients(tail: Tail, lines: list[Line]) -> None:
    for line in lines:
        text = line.bare
        if not text or is_rule(text):
            continue
        dash = _DASH.match(text)
        item = text[dash.end() :] if dash else text
        made = _drafter(text)
        if _is_head(line):
            item = text.partition(":")[2].strip()
            if item:
                _take_recipient(tail, item)
        elif (archive := _ARCHIVE.match(item)) and not tail.archive:
            tail.archive = item[archive.end() :].strip(CLOSING)
        elif dash or (line.role == "recipients" and made is None):
            _take_recipient(tail, item)
        elif made is not None and (tail.archive or line.role):
            tail.drafter = made[1] or ""
            tail.copies = int(made[2]) if made[2] else None
        else:
            tail.rest.append(line)


def _take_recipient(tail: Tail, item: str) -> None:
    name = item.strip(CLOSING)
    if name:
        tail.recipients.append(name)


def _read_signers(tail: Tail, lines: list[Line]) -> None:
    authority: list[str] = []
    blanks = 0
    for line in lines:
        text = line.bare
        if not text and line.role != "signer":
            blanks += 1
            continue
        if line.role == "signer" or (line.role != "authority" and _is_name(text, authority, blanks)):
            tail.signers.append(Signer(tuple(authority), text))
            authority = []
        elif line.role == "authority" or text.isupper():
            authority.append(text)
        elif text.startswith("(") and text.endswith(")"):
            tail.remarks.append(text)
        else:
            tail.rest.append(line)
        blanks = 0
    if authority:
        tail.signers.append(Signer(tuple(authority)))


def _is_name(text: str, authority: list[str], blanks: int) -> bool:
    """Tell whether a line names the person who signs: after a post, and not all capitals unless set apart."""
    words = text.split()
    if not authority or not 1 < len(words) <= 8 or len(text) > 50 or any(char.isdigit() for char in text):
        return False
    return not text.startswith("(") and (not text.isupper() or blanks >= _SPACE_OF_SIGNATURE)
