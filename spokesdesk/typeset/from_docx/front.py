"""What stands between a paper's head and its text: kind, subject, Kính gửi, legal bases."""

import re
from dataclasses import dataclass, field

from spokesdesk.domain.letters import LetterKind
from spokesdesk.typeset.from_docx.lines import Grid, Item, Line
from spokesdesk.typeset.from_docx.signs import CLOSING, is_rule, key, kind_of, subject_of
from spokesdesk.typeset.nd30 import form

_ADDRESSED = "kinhgui"
_ADDRESS = re.compile(r"kính\s+gửi\s*:?\s*", re.IGNORECASE)
_DASH = re.compile(r"[-–—+•]\s*")
_MOST_SUBJECT_LINES = 6
_LONGEST_TITLE = 60


@dataclass(slots=True)
class Front:
    """What was recognised; ``unknown_title`` is the name of a kind of paper that is not among ours."""

    kind: LetterKind | None = None
    unknown_title: str = ""
    subject: str = ""
    addressees: list[str] = field(default_factory=list)
    legal_bases: list[str] = field(default_factory=list)


def find_front(items: list[Item], *, is_letter: bool) -> tuple[Front, list[Item]]:
    """Give what stands before the text, and the items of the text.

    Args:
        items: what follows the head.
        is_letter: the head has "V/v", so that no kind's name is to be expected.
    """
    front = Front()
    items = _skipped(items)
    if not is_letter:
        items = _title(front, items)
    if front.kind is None or form().kinds[front.kind].addressees:
        items = _addressees(front, _skipped(items))
    return front, _bases(front, _skipped(items))


def _skipped(items: list[Item]) -> list[Item]:
    at = 0
    while at < len(items) and _is_empty(items[at]):
        at += 1
    return items[at:]


def _is_empty(item: Item) -> bool:
    return isinstance(item, Line) and (not item.bare or is_rule(item.bare))


def _title(front: Front, items: list[Item]) -> list[Item]:
    first = items[0] if items else None
    if not isinstance(first, Line):
        return items
    front.kind = kind_of(first.bare)
    if front.kind is None:
        if first.align == "center" and first.bare.isupper() and len(first.bare) <= _LONGEST_TITLE:
            front.unknown_title = first.bare
        return items
    at = 1
    lines: list[str] = []
    while at < len(items) and len(lines) < _MOST_SUBJECT_LINES:
        item = items[at]
        if _is_empty(item) and isinstance(item, Line):
            if lines:
                break
        elif isinstance(item, Line) and _is_subject(item):
            lines.append(item.bare)
        else:
            break
        at += 1
    subject = " ".join(lines)
    front.subject = subject_of(subject) or subject if subject[:3].lower() == "v/v" else subject
    return items[at:]


def _is_subject(line: Line) -> bool:
    if line.role:
        return line.role == "subject"
    addressed = key(line.bare).startswith(_ADDRESSED)
    return line.align == "center" and (line.is_bold or line.is_italic) and not addressed


def _addressees(front: Front, items: list[Item]) -> list[Item]:
    if not items:
        return items
    first = items[0]
    lines = list(first.lines()) if isinstance(first, Grid) else [first]
    texts = [line.bare for line in lines if line.bare]
    if not texts or not key(texts[0]).startswith(_ADDRESSED):
        return items
    at = 1
    while not isinstance(first, Grid) and at < len(items):
        item = items[at]
        if isinstance(item, Grid) or not (_is_empty(item) or _is_listed(item)):
            break
        texts += [item.bare] if not _is_empty(item) else []
        at += 1
    named = _ADDRESS.match(texts[0])
    texts[0] = texts[0][named.end() :] if named else ""
    names = [_DASH.sub("", text, count=1) if _DASH.match(text) else text for text in texts]
    front.addressees = [name.strip(CLOSING) for name in names if name.strip(CLOSING)]
    return items[at:]


def _is_listed(line: Line) -> bool:
    return line.role == "addressee" or (not line.role and bool(_DASH.match(line.bare)))


def _bases(front: Front, items: list[Item]) -> list[Item]:
    at = 0
    while at < len(items):
        item = items[at]
        if not isinstance(item, Line) or not _is_basis(item):
            break
        front.legal_bases.append(item.bare.strip(CLOSING))
        at += 1
        while at < len(items) and _is_empty(items[at]) and not _ends(item):
            at += 1
    return items[at:]


def _is_basis(line: Line) -> bool:
    if line.role:
        return line.role == "basis"
    begins = key(line.bare).startswith(("cancu", "theodenghi", "xetdenghi"))
    return begins and (line.bare.endswith(";") or (line.is_italic and _ends(line)))


def _ends(line: Line) -> bool:
    return line.bare.endswith((".", ","))
