"""Find and replace in the text: a bar above it, with accents or without, every replacement undoable."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from spokesdesk.domain.finding import matches
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import nfc
from spokesdesk.gui.editor.edit import RichEdit
from spokesdesk.gui.screen import commit_typing
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.basic import Button, label
from spokesdesk.gui.widgets.fields import CheckBox, LineEdit

MOST_SHOWN = 500


class FindBar(QWidget):
    """Searches one text; Enter goes on, Shift+Enter goes back, Esc closes."""

    def __init__(self, edit: RichEdit, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit, self._theme = edit, theme
        self._found: list[tuple[int, int]] = []
        self.wanted = LineEdit(_("Tìm"), self)
        self.wanted.setAccessibleName(_("Tìm trong nội dung"))
        self.put = LineEdit(_("Thay bằng"), self)
        self.put.setAccessibleName(_("Thay bằng"))
        self.accents = CheckBox(_("Đúng dấu"), self)
        self.accents.setChecked(True)
        self.count = label("", "muted", self)
        self._replace = Button(_("Thay"), self.replace, parent=self)
        self._replace_all = Button(_("Thay tất cả"), self.replace_all, parent=self)
        above, below = QHBoxLayout(), QHBoxLayout()
        for part, stretch in (
            (self.wanted, 1),
            (self.accents, 0),
            (Button(_("Trước"), self.back, parent=self), 0),
            (Button(_("Sau"), self.go_on, parent=self), 0),
            (Button(_("Đóng"), self.close_bar, parent=self), 0),
        ):
            above.addWidget(part, stretch)
        below.addWidget(self.put, 1)
        for button in (self._replace, self._replace_all):
            below.addWidget(button)
        below.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(above)
        column.addLayout(below)
        self.wanted.textChanged.connect(self.search)
        self.accents.toggled.connect(self.search)
        edit.textChanged.connect(self._text_changed)
        theme.changed.connect(self._again)

    def open_bar(self) -> None:
        """Show the bar; what is selected is searched for."""
        selected = self._edit.textCursor().selectedText()
        self._replace.setEnabled(not self._edit.isReadOnly())
        self._replace_all.setEnabled(not self._edit.isReadOnly())
        self.put.setReadOnly(self._edit.isReadOnly())
        self.show()
        if selected and "\u2029" not in selected and len(selected) <= 200:
            self.wanted.setText(selected)
        self.wanted.setFocus()
        self.wanted.selectAll()
        self.search()

    @Slot()
    def close_bar(self) -> None:
        """Hide the bar and go back to the text."""
        self.hide()
        self._edit.set_marks("found", [])
        self._edit.setFocus()

    @Slot()
    def search(self) -> None:
        """Find all places and say how many there are."""
        wanted = nfc(self.wanted.text())
        text = self._edit.toPlainText()
        places = matches(text, wanted, accents=self.accents.isChecked()) if wanted else iter(())
        self._found = list(_in_units(text, list(places)))
        self.count.setText(_("{n} chỗ").format(n=len(self._found)) if wanted else "")
        self._mark()

    @Slot()
    def go_on(self) -> None:
        """Select the next place, from the top again after the last."""
        at = self._edit.textCursor().selectionEnd()
        self._select(next((place for place in self._found if place[0] >= at), None) or self._first())

    @Slot()
    def back(self) -> None:
        """Select the place before, from the end again before the first."""
        at = self._edit.textCursor().selectionStart()
        before = [place for place in self._found if place[1] <= at]
        self._select(before[-1] if before else self._found[-1] if self._found else None)

    @Slot()
    def replace(self) -> None:
        """Replace the place that is selected, then select the next one."""
        if self._edit.isReadOnly():
            return
        commit_typing()
        cursor = self._edit.textCursor()
        if (cursor.selectionStart(), cursor.selectionEnd()) in self._found:
            cursor.insertText(nfc(self.put.text()))
            self._edit.setTextCursor(cursor)
            self.search()
        self.go_on()

    @Slot()
    def replace_all(self) -> None:
        """Replace all places in one step that Ctrl+Z takes back."""
        if self._edit.isReadOnly():
            return
        commit_typing()
        self.search()
        done, new = len(self._found), nfc(self.put.text())
        cursor = QTextCursor(self._edit.document())
        cursor.beginEditBlock()
        for start, end in reversed(self._found):
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(new)
        cursor.endEditBlock()
        self.search()
        self.count.setText(_("đã thay {n} chỗ").format(n=done))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on or back, Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.put.hasFocus():
                self.replace()
            elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.back()
            else:
                self.go_on()
        else:
            super().keyPressEvent(event)

    def _first(self) -> tuple[int, int] | None:
        return self._found[0] if self._found else None

    def _select(self, place: tuple[int, int] | None) -> None:
        if place is None:
            return
        cursor = self._edit.textCursor()
        cursor.setPosition(place[0])
        cursor.setPosition(place[1], QTextCursor.MoveMode.KeepAnchor)
        self._edit.setTextCursor(cursor)
        self._edit.ensureCursorVisible()

    def _mark(self) -> None:
        marks = []
        for start, end in self._found[:MOST_SHOWN]:
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self._edit.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            colour = self._theme.color("accent")
            colour.setAlpha(60)
            mark.format.setBackground(colour)  # type: ignore[attr-defined]
            mark.cursor = cursor  # type: ignore[attr-defined]
            marks.append(mark)
        self._edit.set_marks("found", marks)

    @Slot()
    def _text_changed(self) -> None:
        if self.isVisible():
            self.search()

    @Slot(object)
    def _again(self, _tokens: object) -> None:
        if self.isVisible():
            self._mark()


def _in_units(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give places as Qt counts them, in UTF-16 units."""
    if not places or max(text) < "\U00010000":
        return places
    made, at, units = [], 0, 0
    for start, end in places:
        units += len(text[at:start].encode("utf-16-le")) // 2
        length = len(text[start:end].encode("utf-16-le")) // 2
        made.append((units, units + length))
        units, at = units + length, end
    return made
