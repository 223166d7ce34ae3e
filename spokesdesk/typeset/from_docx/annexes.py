"""Annexes found behind the end of a paper: title, text, orientation."""

import re

from spokesdesk.domain.letters import Annex
from spokesdesk.typeset.from_docx.lines import Grid, Item, Line
from spokesdesk.typeset.from_docx.signs import is_rule, key
from spokesdesk.typeset.from_docx.texts import BodyWriter

_HEAD = re.compile(r"phuluc(so)?([ivx]{1,5}|\d{1,2})?")
_AGENCY = re.compile(r"năm\s*\d*\s+của (.+)\)$")


def split(items: list[Item], *, by_words: bool) -> tuple[list[Item], list[list[Item]]]:
    """Give the items before the first annex, and those of each annex.

    Args:
        items: in their order.
        by_words: "Phụ lục" alone on its line counts too; else only what this program wrote as an annex.
    """
    starts = [at for at, item in enumerate(items) if _begins(item, by_words=by_words)]
    if not starts:
        return items, []
    ends = [*starts[1:], len(items)]
    return items[: starts[0]], [items[start:end] for start, end in zip(starts, ends, strict=True)]


def _begins(item: Item, *, by_words: bool) -> bool:
    if not isinstance(item, Line):
        return False
    return item.role == "annex" or (by_words and bool(_HEAD.fullmatch(key(item.bare))))


def read_annex(items: list[Item], landscapes: list[bool], writer: BodyWriter) -> tuple[Annex, str]:
    """Give an annex, and the agency's name in ordinary case where its reference line says it."""
    section = items[0].section
    title: list[str] = []
    agency, at = "", 1
    while at < len(items):
        item = items[at]
        if isinstance(item, Grid):
            break
        text = item.bare
        if _is_note(item):
            found = _AGENCY.search(text)
            agency = found[1] if found else ""
            at += 1
            break
        if text and not is_rule(text):
            if not _is_title(item, title):
                break
            title.append(text)
        at += 1
    body = writer.markup(list(items[at:]))
    return Annex(" ".join(title), body, section < len(landscapes) and landscapes[section]), agency


def _is_note(line: Line) -> bool:
    return line.role == "annex_note" or (not line.role and key(line.bare).startswith("kemtheo"))


def _is_title(line: Line, title: list[str]) -> bool:
    if line.role:
        return line.role == "annex_title"
    return len(title) < 4 and line.align == "center" and (line.is_bold or line.bare.isupper())
