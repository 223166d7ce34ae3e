"""The text of an article to read and to mark in: what was marked stands out in the tone of its verdict."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from spokesdesk.domain.claims import Placed
from spokesdesk.domain.coverage import Claim
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.claims import VERDICTS
from spokesdesk.gui.coverage.units import Units
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.tokens import Tokens
from spokesdesk.gui.widgets.fields import TextEdit


class ArticleText(TextEdit):
    """Read only; the selection, made by mouse or by Shift and arrows, is what will be marked.

    Emits:
        went: ``Claim`` that F7 came to.
    """

    went = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", 12, parent)
        self._theme = theme
        self._text = ""
        self._units = Units("")
        self._placed: tuple[Placed, ...] = ()
        self._marked: list[Placed] = []
        self._marked_in: Tokens | None = None
        self.setAccessibleName(_("Toàn văn bài báo"))
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFont(theme.paper_font(17))
        self.document().setDocumentMargin(14)
        self.verticalScrollBar().valueChanged.connect(self._mark)
        theme.changed.connect(self._dress)
        self._dress(theme.tokens)

    def show_text(self, text: str, claims: Sequence[Placed]) -> None:
        """Show an article's text and what is marked in it."""
        if self._text != text:
            self._text, self._units = text, Units(text)
            self.setPlainText(text)
            self._marked_in = None
        self._placed = tuple(claims)
        self._mark()

    def selected(self) -> tuple[str, int]:
        """Give the words selected, as the text has them, and where they begin in it."""
        cursor = self.textCursor()
        start, end = (self._units.place(at) for at in (cursor.selectionStart(), cursor.selectionEnd()))
        words = self._text[start:end]
        return words.strip(), start + len(words) - len(words.lstrip())

    def show_claim(self, claim: Claim) -> None:
        """Select a claim's words and scroll to them."""
        for each in self._placed:
            if each.claim.id == claim.id and each.start is not None:
                self.setTextCursor(self._cursor(each.start, len(claim.quote)))
                self.ensureCursorVisible()

    def go(self, step: int) -> None:
        """Select the next claim in the text (1) or the one before (-1)."""
        at = self._units.place(self.textCursor().selectionStart())
        places = [(each.start, each.claim) for each in self._placed if each.start is not None]
        places.sort(key=lambda place: place[0])
        if step < 0:
            places.reverse()
        beyond = [place for place in places if (place[0] - at) * step > 0]
        for _start, claim in (beyond or places)[:1]:
            self.show_claim(claim)
            self.went.emit(claim)

    @Slot(object)
    def _dress(self, tokens: Tokens) -> None:
        # Read-only fields are muted elsewhere; here the text is what the page is about.
        self.setStyleSheet(
            f"QPlainTextEdit:read-only {{ color: {tokens.text}; background: {tokens.card};"
            f" border: 1px solid {tokens.line}; border-radius: 8px; }}"
            f"QPlainTextEdit:read-only:focus {{ border: 1px solid {tokens.accent}; }}"
        )
        self._mark()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less of the text is seen."""
        super().resizeEvent(event)
        self._mark()

    @Slot()
    def _mark(self) -> None:
        """Let what is seen of the claims stand out: marks far below would have the whole text laid out."""
        first, last = self._seen()
        seen = [each for each in self._placed if each.start is not None]
        seen = [each for each in seen if self._is_between(each, first, last)]
        if seen == self._marked and self._marked_in is self._theme.tokens:
            return
        self._marked, self._marked_in = seen, self._theme.tokens
        marks = []
        # Outside an edit block every place set lays out the text up to it, to know where a caret would stand.
        block = QTextCursor(self.document())
        block.beginEditBlock()
        for each in seen:
            assert each.start is not None
            mark = QTextEdit.ExtraSelection()
            look = QTextCharFormat()
            tone = VERDICTS[each.claim.verdict][1]
            look.setBackground(QColor(getattr(self._theme.tokens, f"{tone}_tint")))
            look.setForeground(QColor(getattr(self._theme.tokens, tone)))
            mark.cursor = self._cursor(each.start, len(each.claim.quote))  # type: ignore[attr-defined]
            mark.format = look  # type: ignore[attr-defined]
            marks.append(mark)
        block.endEditBlock()
        self.setExtraSelections(marks)

    def _seen(self) -> tuple[int, int]:
        """Give the first and the last place that are seen, as we count them."""
        block, top = self.firstVisibleBlock(), self.contentOffset()
        first = last = block.position()
        while block.isValid():
            box = self.blockBoundingGeometry(block).translated(top)
            if box.top() > self.viewport().height():
                break
            last = block.position() + block.length()
            block = block.next()
        return self._units.place(first), self._units.place(last)

    @staticmethod
    def _is_between(each: Placed, first: int, last: int) -> bool:
        assert each.start is not None
        return each.start < last and each.start + len(each.claim.quote) > first

    def _cursor(self, start: int, length: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._units.of(start))
        cursor.setPosition(self._units.of(start + length), QTextCursor.MoveMode.KeepAnchor)
        return cursor
