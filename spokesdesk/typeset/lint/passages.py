"""The texts of a letter as the checks read them: without markup, quotations and addresses hidden, places kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from spokesdesk.domain.letters import Letter

_MARKER = re.compile(r"\s*\**(?:\d{1,3}(?:\.\d{1,3})*\.|[^\W\d_]{1,2}\)|[-–+•]) ")
_MARKUP = re.compile(r"\\(?=[*|#\\])|(?<=\S)\*{1,3}|(?<!\\)\*{1,3}(?=\S)")
# What others said stands as they said it, and an address has no capitals of its own.
_HIDDEN = re.compile(r"“[^“”]*”|\"[^\"\n]*\"|«[^«»]*»|(?:https?://|www\.)\S+|\S+@\S+\.\S+")
_FILL = "■"
# Letters and lines end; a place at the beginning of one may carry a capital for that reason alone.
_ENDS = '.?!:;“"(-–•)/…'


class Part(StrEnum):
    """What a passage is in its field."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text to be checked.

    Attributes:
        text: what is read, one line; quotations and addresses are filled with a sign.
        plain: the same with nothing hidden.
        places: the place in the field of each of its characters, and of its end.
    """

    field: str
    part: Part
    text: str
    plain: str
    places: range | tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the place in the field of a place in the text."""
        if start == end:
            return self.places[start], self.places[start]
        return self.places[start], self.places[end - 1] + 1

    @property
    def lead(self) -> int:
        """Length of the marker ("1. ", "a) ", "- ") it begins with."""
        found = _MARKER.match(self.text) if self.part is Part.PARAGRAPH else None
        return found.end() if found else 0

    def begins_at(self, at: int) -> bool:
        """Whether a sentence or an item begins at a place of the text."""
        if at <= self.lead:
            return True
        while at and self.text[at - 1].isspace():
            at -= 1
        return not at or self.text[at - 1] in _ENDS


def passages(letter: Letter) -> Iterator[Passage]:
    """Give the running text of a letter in reading order; heads that are printed in capitals are left out."""
    yield from _lines("subject", letter.subject)
    for name in ("addressees", "legal_bases"):
        for at, text in enumerate(getattr(letter, name), 1):
            yield from _lines(f"{name}.{at}", text)
    yield from body_passages("body", letter.body)
    for at, text in enumerate(letter.recipients, 1):
        yield from _lines(f"recipients.{at}", text)
    for at, annex in enumerate(letter.annexes, 1):
        yield from body_passages(f"annexes.{at}.body", annex.body)
    yield from _lines("agency_name", letter.agency_name)
    if letter.contact is not None:
        yield from _lines("contact.address", letter.contact.address)


def body_passages(field: str, text: str) -> Iterator[Passage]:
    """Give the paragraphs, headings and table rows of a text in the letter format's markup."""
    start, kept = 0, -1
    for line in text.splitlines(keepends=True):
        bare, end = line.strip(), start + len(line)
        own = bare.startswith(("|", "# "))
        if kept >= 0 and (own or not bare or _MARKER.match(line)):
            yield _made(field, Part.PARAGRAPH, text, kept, start)
            kept = -1
        if bare.startswith("|"):
            yield _made(field, Part.ROW, text, start, end)
        elif own:
            yield _made(field, Part.HEADING, text, start + line.index("#") + 2, end)
        elif bare and kept < 0:
            kept = start
        start = end
    if kept >= 0:
        yield _made(field, Part.PARAGRAPH, text, kept, len(text))


def _lines(field: str, text: str) -> Iterator[Passage]:
    if text.strip():
        yield _made(field, Part.LINE, text, 0, len(text), markup=False)


def _made(field: str, part: Part, text: str, start: int, end: int, *, markup: bool = True) -> Passage:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    raw = text[start:end]
    places: range | tuple[int, ...] = range(start, end + 1)
    if markup and ("*" in raw or "\\" in raw):
        dropped = {at for found in _MARKUP.finditer(raw) for at in range(*found.span())}
        kept = [at for at in range(len(raw)) if at not in dropped]
        places = (*(start + at for at in kept), end)
        raw = "".join(raw[at] for at in kept)
    plain = re.sub(r"\s", " ", raw)
    hidden = _HIDDEN.sub(lambda found: _FILL * len(found[0]), plain)
    return Passage(field, part, hidden, plain, places)
