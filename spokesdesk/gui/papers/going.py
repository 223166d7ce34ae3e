"""Putting the cursor on a place of the letter that a finding names."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from spokesdesk.domain.letters import tidy
from spokesdesk.gui.editor.edit import RichEdit
from spokesdesk.gui.editor.places import Spot, position_of, select
from spokesdesk.gui.papers.form import LetterForm
from spokesdesk.services.papers import Finding
from spokesdesk.services.proofs import Source


def edit_of(form: LetterForm, field: str) -> tuple[QWidget | None, int]:
    """Give the input that holds a field of the letter file, and which of its lines (from 1; 0 for the whole)."""
    edits: dict[str, QWidget] = {each.name: each.edit for each in form.fields} | form.editors()
    name, _dot, last = field.rpartition(".")
    if field in edits:
        return edits[field], 0
    if last.isdecimal() and name in edits:
        return edits[name], int(last)
    return edits.get("signers.1.authority") if field == "signers" else None, 0


def go_to(form: LetterForm, found: Finding) -> QWidget | None:
    """Select the place of a finding and give the input that holds it; None when no input on the page does."""
    edit, item = edit_of(form, found.field)
    if edit is None:
        return None
    _unfold(form, edit)
    if isinstance(edit, QLineEdit):
        start, end = _span(edit.text(), 0, found)
        edit.setSelection(start, end - start)
        if start == end:
            edit.setCursorPosition(start)
    elif isinstance(edit, RichEdit):
        select(edit, found.start, found.end)
    elif isinstance(edit, QPlainTextEdit):
        start, end = _span(edit.toPlainText(), item, found)
        cursor = edit.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        edit.setTextCursor(cursor)
        edit.ensureCursorVisible()
    edit.setFocus(Qt.FocusReason.OtherFocusReason)
    return edit


def go_to_words(form: LetterForm, source: Source, letter: int) -> QWidget | None:
    """Put the cursor before a letter of what is printed and give its input; None when no input holds it."""
    edit, item = edit_of(form, source.field)
    if edit is None:
        return None
    _unfold(form, edit)
    if isinstance(edit, RichEdit):
        cursor = edit.textCursor()
        cursor.setPosition(position_of(edit, Spot(source.block, source.cell, letter)))
        edit.setTextCursor(cursor)
        edit.ensureCursorVisible()
    elif isinstance(edit, QPlainTextEdit):
        cursor = edit.textCursor()
        cursor.setPosition(_line(edit.toPlainText(), item)[0] if item else 0)
        edit.setTextCursor(cursor)
    edit.setFocus(Qt.FocusReason.OtherFocusReason)
    return edit


def _unfold(form: LetterForm, edit: QWidget) -> None:
    for card in (form.heading, form.foot):
        if card.isAncestorOf(edit):
            card.open()


def _span(raw: str, item: int, found: Finding) -> tuple[int, int]:
    """Give a finding's place in what is typed, in UTF-16 units; spaces and marks may be more there."""
    first, text = _line(raw, item) if item else (0, raw)
    first += len(text) - len(text.lstrip())
    text = text.strip()
    before = _units(raw[:first])
    start, end = (before + _units(text[: _typed(text, at)]) for at in (found.start, found.end))
    return start, end


def _line(raw: str, item: int) -> tuple[int, str]:
    """Give the place and text of the line that holds an entry; empty lines hold none."""
    at = counted = 0
    for line in raw.split("\n"):
        counted += bool(line.strip())
        if counted == item:
            return at, line
        at += len(line) + 1
    return len(raw), ""


def _typed(text: str, at: int) -> int:
    """Give the place in what was typed of a place in its tidied form."""
    if text.isascii() or tidy(text) == text:
        return min(at, len(text))
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        if len(tidy(text[:middle])) < at:
            low = middle + 1
        else:
            high = middle
    return low


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
