"""The body in the document's font, with the marks of the letter format shown as what they mean."""

import re
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFont, QKeySequence, QShortcut, QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.papers.finding import FindBar
from spokesdesk.gui.papers.pasting import PasteNote, PastingEdit
from spokesdesk.gui.screen import commit_typing
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.fields import TextEdit

_BOLD = re.compile(r"(\*\*)(?=\S)(.+?)(?<=\S)(\*\*)")
_ITALIC = re.compile(r"(?<!\*)(\*)(?=[^\s*])([^*]+?)(?<=\S)(\*)(?!\*)")
_HEADING = re.compile(r"(#\s?)(.*)")
_LEADING = re.compile(r"(#|\d+\.|[a-zđ]\)|-)\s")
PARAGRAPH = "\u2029"


class Marks(QSyntaxHighlighter):
    """Shows bold as bold and italic as italic; only the look changes, never the text."""

    def __init__(self, theme: Theme, edit: TextEdit) -> None:
        super().__init__(edit.document())
        self._theme = theme
        theme.changed.connect(self._again)

    def highlightBlock(self, text: str) -> None:
        """Dress one paragraph."""
        heading = _HEADING.match(text)
        if heading:
            self.setFormat(0, len(text), self._look(bold=True))
            self.setFormat(0, heading.end(1), self._look(muted=True))
        elif text.startswith("|"):
            self.setFormat(0, len(text), self._look(muted=True))
        for pattern, bold in ((_BOLD, True), (_ITALIC, False)):
            for found in pattern.finditer(text):
                self.setFormat(
                    found.start(), found.end() - found.start(), self._look(bold=bold, italic=not bold)
                )
                for mark in (1, 3):
                    self.setFormat(found.start(mark), len(found[mark]), self._look(muted=True))

    def _look(self, *, bold: bool = False, italic: bool = False, muted: bool = False) -> QTextCharFormat:
        look = QTextCharFormat()
        if bold:
            look.setFontWeight(QFont.Weight.Bold)
        look.setFontItalic(italic)
        if muted:
            look.setForeground(self._theme.color("muted"))
        return look

    @Slot(object)
    def _again(self, _tokens: object) -> None:
        self.rehighlight()


class BodyEdit(PastingEdit):
    """The text of a paper; buttons and Ctrl+B, Ctrl+I put the letter format's marks around what is selected."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(_("Nội dung văn bản; để một dòng trống giữa hai đoạn"), 12, parent)
        self.setFont(theme.paper_font(17))
        self.document().setDocumentMargin(10)
        self._marks = Marks(theme, self)
        for keys, mark in (("Ctrl+B", "**"), ("Ctrl+I", "*")):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(self.wrap, mark))

    def wrap(self, mark: str) -> None:
        """Put a mark before and after the selection, or take it away when it is there already."""
        if self.isReadOnly():
            return
        commit_typing()
        cursor = self.textCursor()
        text = cursor.selectedText()
        cursor.beginEditBlock()
        if text:
            start = cursor.selectionStart()
            new = PARAGRAPH.join(_toggled(part, mark) for part in text.split(PARAGRAPH))
            cursor.insertText(new)
            cursor.setPosition(start)
            cursor.setPosition(start + _units(new), QTextCursor.MoveMode.KeepAnchor)
        else:
            cursor.insertText(mark * 2)
            cursor.movePosition(QTextCursor.MoveOperation.Left, n=len(mark))
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setFocus()

    def lead(self, lead: Callable[[int], str]) -> None:
        """Begin each selected paragraph with a mark; ``lead`` gives it by the paragraph's place from 0."""
        if self.isReadOnly():
            return
        commit_typing()
        cursor = self.textCursor()
        first = self.document().findBlock(cursor.selectionStart()).blockNumber()
        last = self.document().findBlock(cursor.selectionEnd()).blockNumber()
        cursor.beginEditBlock()
        counted = 0
        for at in range(first, last + 1):
            block = self.document().findBlockByNumber(at)
            if not block.text().strip() and first != last:
                continue
            old = _LEADING.match(block.text())
            cursor.setPosition(block.position())
            if old:
                cursor.setPosition(block.position() + old.end(), QTextCursor.MoveMode.KeepAnchor)
            mark = lead(counted)
            cursor.insertText("" if old and old[0] == mark else mark)
            counted += 1
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.setFocus()

    def show_rows(self, height: int) -> None:
        """Take this much room, so that the text is read in one piece and only its card scrolls."""
        self.setFixedHeight(max(height, 220))


class BodyBox(QWidget):
    """The body with its tools above it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.edit = BodyEdit(theme, self)
        self.setFocusProxy(self.edit)
        self._tools = QWidget(self)
        row = QHBoxLayout(self._tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self._add(row, "B", _("Chữ đậm (Ctrl+B)"), partial(self.edit.wrap, "**"), bold=True)
        self._add(row, "I", _("Chữ nghiêng (Ctrl+I)"), partial(self.edit.wrap, "*"), italic=True)
        self._add(row, "#", _("Tiêu đề: Phần, Chương, Mục, Điều"), partial(self.edit.lead, _heading))
        self._add(row, "1.", _("Khoản, đánh số 1. 2. 3."), partial(self.edit.lead, _clause))
        self._add(row, "a)", _("Điểm, đánh chữ a) b) c)"), partial(self.edit.lead, _point))
        self._add(row, "–", _("Gạch đầu dòng"), partial(self.edit.lead, _dash))
        row.addStretch(1)
        column.addWidget(self._tools)
        column.addWidget(PasteNote(self.edit, self))
        column.addWidget(self.edit, 1)
        self._theme = theme
        self.bar: FindBar | None = None
        keys = QShortcut(QKeySequence("Ctrl+H"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.find)

    @Slot()
    def find(self) -> None:
        """Open the bar to find and replace."""
        if self.bar is None:  # made late: what is typed into it is no change of the paper
            self.bar = FindBar(self.edit, self._theme, self)
            layout = self.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.insertWidget(1, self.bar)
        self.bar.open_bar()

    def setAccessibleName(self, name: str) -> None:
        """Name the text itself too."""
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def set_frozen(self, frozen: bool) -> None:
        """Let the text be read only, without tools."""
        self.edit.setReadOnly(frozen)
        self._tools.setVisible(not frozen)

    def _add(
        self,
        row: QHBoxLayout,
        text: str,
        name: str,
        run: Callable[[], None],
        *,
        bold: bool = False,
        italic: bool = False,
    ) -> None:
        button = QToolButton(self._tools)
        button.setText(text)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setFixedSize(32, 28)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        font = button.font()
        font.setBold(bold)
        font.setItalic(italic)
        button.setFont(font)
        button.clicked.connect(run)
        row.addWidget(button)


def _toggled(text: str, mark: str) -> str:
    plain = text.strip()
    if not plain:
        return text
    before = text[: len(text) - len(text.lstrip())]
    after = text[len(text.rstrip()) :]
    single = mark == "*" and plain.startswith("**") and not plain.startswith("***")
    if plain.startswith(mark) and plain.endswith(mark) and len(plain) > 2 * len(mark) and not single:
        return before + plain[len(mark) : -len(mark)] + after
    return f"{before}{mark}{plain}{mark}{after}"


def _units(text: str) -> int:
    """Give the length as Qt counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _heading(_at: int) -> str:
    return "# "


def _clause(at: int) -> str:
    return f"{at + 1}. "


def _point(at: int) -> str:
    return f"{'abcdđeghiklmnopqrstuvxy'[at % 23]}) "


def _dash(_at: int) -> str:
    return "- "
