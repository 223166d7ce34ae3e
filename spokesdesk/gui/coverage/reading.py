"""The text of an article to read and to mark in: what was marked stands out in the tone of its verdict."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from spokesdesk.domain.coverage import Claim
from spokesdesk.gui.claims import VERDICTS
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.tokens import Tokens
from spokesdesk.gui.widgets.fields import TextEdit

PARAGRAPH = "\u2029"


class ArticleText(TextEdit):
    """Read only; the selection is what will be marked."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("", 12, parent)
        self._theme = theme
        self._claims: tuple[Claim, ...] = ()
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFont(theme.paper_font(17))
        self.document().setDocumentMargin(14)
        theme.changed.connect(self._dress)
        self._dress(theme.tokens)

    def show_text(self, text: str, claims: Sequence[Claim]) -> None:
        """Show an article's text and what is marked in it."""
        if self.toPlainText() != text:
            self.setPlainText(text)
        self._claims = tuple(claims)
        self._mark()

    def selected(self) -> str:
        """Give the words selected, line breaks as in the text."""
        return self.textCursor().selectedText().replace(PARAGRAPH, "\n").strip()

    def show_claim(self, claim: Claim) -> None:
        """Scroll to a claim."""
        if claim.start is not None:
            cursor = self.textCursor()
            cursor.setPosition(self._units(claim.start))
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    @Slot(object)
    def _dress(self, tokens: Tokens) -> None:
        # Read-only fields are muted elsewhere; here the text is what the page is about.
        self.setStyleSheet(
            f"QPlainTextEdit:read-only {{ color: {tokens.text}; background: {tokens.card};"
            f" border: 1px solid {tokens.line}; border-radius: 8px; }}"
            f"QPlainTextEdit:read-only:focus {{ border: 1px solid {tokens.accent}; }}"
        )
        self._mark()

    def _mark(self) -> None:
        marks = []
        for claim in self._claims:
            if claim.start is None:
                continue
            mark = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(self._units(claim.start))
            end = self._units(claim.start + len(claim.quote))
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            look = QTextCharFormat()
            tone = VERDICTS[claim.verdict][1]
            look.setBackground(QColor(getattr(self._theme.tokens, f"{tone}_tint")))
            look.setForeground(QColor(getattr(self._theme.tokens, tone)))
            mark.cursor, mark.format = cursor, look  # type: ignore[attr-defined]
            marks.append(mark)
        self.setExtraSelections(marks)

    def _units(self, place: int) -> int:
        """Give a place as Qt counts it, in UTF-16 units."""
        return len(self.toPlainText()[:place].encode("utf-16-le")) // 2
