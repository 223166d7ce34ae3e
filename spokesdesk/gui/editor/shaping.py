"""What the tools do to the text: bold, italic, headings and markers, each in one step back."""

import re
from collections.abc import Callable

from PySide6.QtGui import QFont, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from spokesdesk.domain.blocks import heading_of
from spokesdesk.domain.markers import marker_of
from spokesdesk.gui.editor.looks import heading_format, is_heading, is_kept, paragraph_format
from spokesdesk.gui.editor.reading import runs_of
from spokesdesk.gui.screen import commit_typing

_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
# What a heading of each kind begins with; the number is counted on from the heading of that kind before.
LABELS: dict[str, tuple[str, re.Pattern[str]]] = {
    "phan": ("Phần {roman}. ", re.compile(r"phần ([IVXLC]+|\d+)\b[.:]?\s*", re.IGNORECASE)),
    "chuong": ("Chương {roman}. ", re.compile(r"chương ([IVXLC]+|\d+)\b[.:]?\s*", re.IGNORECASE)),
    "muc": ("Mục {n}. ", re.compile(r"mục (\d+)\b[.:]?\s*", re.IGNORECASE)),
    "dieu": ("Điều {n}. ", re.compile(r"điều (\d+)\w?\b[.:]?\s*", re.IGNORECASE)),
    "la-ma": ("{roman}. ", re.compile(r"([IVXLC]+)\.\s+")),
}


def toggle_bold(edit: QTextEdit) -> None:
    """Make the selection bold, or plain when all of it is; without one, what is typed next."""
    bold = not all(form.fontWeight() >= QFont.Weight.DemiBold.value for form in _held(edit))
    made = QTextCharFormat()
    made.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    _merge(edit, made)


def toggle_italic(edit: QTextEdit) -> None:
    """Make the selection italic, or upright when all of it is; without one, what is typed next."""
    made = QTextCharFormat()
    made.setFontItalic(not all(form.fontItalic() for form in _held(edit)))
    _merge(edit, made)


def _held(edit: QTextEdit) -> list[QTextCharFormat]:
    """Give the formats of the letters selected, or of what is typed next."""
    commit_typing()
    cursor = edit.textCursor()
    if not cursor.hasSelection():
        return [edit.currentCharFormat()]
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    found, block = [], edit.document().findBlock(start)
    while block.isValid() and block.position() < end:
        walk = block.begin()
        while not walk.atEnd():
            fragment = walk.fragment()
            if fragment.position() < end and fragment.position() + fragment.length() > start:
                found.append(fragment.charFormat())
            walk += 1
        block = block.next()
    return found or [edit.currentCharFormat()]


def _merge(edit: QTextEdit, form: QTextCharFormat) -> None:
    if edit.isReadOnly():
        return
    edit.mergeCurrentCharFormat(form)
    edit.setFocus()


def lead(edit: QTextEdit, marker: Callable[[int], str]) -> None:
    """Begin each selected line with a marker, or take it away; ``marker`` gives it by the line's place from 0."""
    if edit.isReadOnly():
        return
    commit_typing()
    cursor = edit.textCursor()
    lines = _lines(cursor)
    cursor.beginEditBlock()
    for at, block in enumerate(lines):
        if is_heading(block):
            _set_heading(block, on=False)
        old, new = marker_of(block.text()), marker(at)
        inside = QTextCursor(block)
        inside.setPosition(block.position() + len(old), QTextCursor.MoveMode.KeepAnchor)
        form = QTextCursor(block).charFormat()
        inside.insertText("" if old == new else new, form)
    cursor.endEditBlock()
    edit.setFocus()


def set_heading(edit: QTextEdit, kind: str) -> None:
    """Make the selected lines headings, or plain text again.

    Args:
        kind: key of ``LABELS``; "tieu-de" for a title without a number, "" for plain text.
    """
    if edit.isReadOnly():
        return
    commit_typing()
    cursor = edit.textCursor()
    cursor.beginEditBlock()
    for block in _lines(cursor):
        if kind in LABELS:
            _label(block, kind)
        _set_heading(block, on=bool(kind))
    cursor.endEditBlock()
    edit.setFocus()


def _label(block: QTextBlock, kind: str) -> None:
    """Let a line begin with the next number of its kind, unless it has one."""
    words, pattern = LABELS[kind]
    if pattern.match(block.text()):
        return
    old = next((found for _words, each in LABELS.values() if (found := each.match(block.text()))), None)
    number = _last_number(block, pattern) + 1
    inside = QTextCursor(block)
    inside.setPosition(block.position() + (old.end() if old else 0), QTextCursor.MoveMode.KeepAnchor)
    inside.insertText(words.format(n=number, roman=roman(number)))


def _last_number(block: QTextBlock, pattern: re.Pattern[str]) -> int:
    before = block.previous()
    while before.isValid():
        found = pattern.match(before.text()) if is_heading(before) else None
        if found:
            return int(found[1]) if found[1].isdecimal() else _value(found[1].upper())
        before = before.previous()
    return 0


def _set_heading(block: QTextBlock, *, on: bool) -> None:
    form = heading_format(heading_of(runs_of(block)).kind) if on else paragraph_format()
    QTextCursor(block).setBlockFormat(form)


def _lines(cursor: QTextCursor) -> list[QTextBlock]:
    """Give the lines of a selection that can be led or headed: none in a table, no empty one among several."""
    document = cursor.document()
    block, last = document.findBlock(cursor.selectionStart()), document.findBlock(cursor.selectionEnd())
    found: list[QTextBlock] = []
    while block.isValid():
        one = block == last and not found
        if QTextCursor(block).currentTable() is None and not is_kept(block) and (block.text().strip() or one):
            found.append(block)
        if block == last:
            break
        block = block.next()
    return found


def roman(number: int) -> str:
    """Give a number in Roman letters."""
    made = ""
    for value, letters in _ROMAN:
        while number >= value:
            made, number = made + letters, number - value
    return made


def _value(letters: str) -> int:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    total = 0
    for at, letter in enumerate(letters):
        value = values[letter]
        total += -value if at + 1 < len(letters) and values[letters[at + 1]] > value else value
    return total
