"""The margin beside a text: a mark at each line that something is to be said about, and the words when it is asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QToolTip, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.editor.edit import MARGIN_PX, RichEdit
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.tokens import TONES

_DOT_PX = 16


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to say about a place of a text.

    Attributes:
        cursor: the place; it moves with the text.
        tone: of ``tokens.TONES``; the first of a line gives its mark the colour.
        text: what is said.
        about: what a click on the mark leads to.
        written: the words it is about.
        put: what may be put in their place; "" when nothing is proposed.
    """

    cursor: QTextCursor
    tone: str
    text: str
    about: object
    written: str = ""
    put: str = ""


class Margin(QWidget):
    """Marks beside the lines, and a wave under the words.

    Emits:
        chosen: what the remark under the mouse is about.
    """

    chosen = Signal(object)

    def __init__(self, edit: RichEdit, theme: Theme) -> None:
        super().__init__(edit)
        self._edit, self._theme = edit, theme
        self._remarks: Sequence[Remark] = ()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(_("Lề: các chỗ cần xem"))
        edit.verticalScrollBar().valueChanged.connect(self._moved)
        edit.textChanged.connect(self._moved)
        edit.document().documentLayout().documentSizeChanged.connect(self._moved)
        edit.resized.connect(self._fit)
        theme.changed.connect(self._again)
        self._fit()

    def set_remarks(self, remarks: Sequence[Remark]) -> None:
        """Show these remarks, the gravest of a line first."""
        self._remarks = remarks
        self._wave()
        self.update()

    def remarks(self) -> Sequence[Remark]:
        """Give the remarks shown."""
        return self._remarks

    def at_cursor(self) -> Remark | None:
        """Give the remark whose words hold the cursor."""
        here = self._edit.textCursor()
        start, end = here.selectionStart(), here.selectionEnd()
        for remark in self._remarks:
            if remark.cursor.selectionStart() <= start and end <= remark.cursor.selectionEnd():
                return remark
        return None

    def lines(self) -> dict[int, list[Remark]]:
        """Give the remarks by the top of their line in the text's pane, those in sight only."""
        found: dict[int, list[Remark]] = {}
        tall = self._edit.viewport().height()
        for remark in self._remarks:
            place = QTextCursor(remark.cursor)
            place.setPosition(remark.cursor.selectionStart())
            rect = self._edit.cursorRect(place)
            if -_DOT_PX < rect.top() < tall:
                found.setdefault(rect.center().y() - _DOT_PX // 2, []).append(remark)
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the marks in sight."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(11, 600))
        for top, remarks in self.lines().items():
            box = QRectF(4, top, _DOT_PX, _DOT_PX)
            words, ground = TONES[remarks[0].tone]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color(ground))
            painter.drawEllipse(box)
            painter.setPen(self._theme.color(words))
            count = str(len(remarks)) if 1 < len(remarks) < 10 else "!"
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), count)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Say what a mark is about."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._under(event.pos())
            QToolTip.showText(event.globalPos(), "\n".join(remark.text for remark in found), self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the place a mark is about."""
        found = self._under(event.position().toPoint())
        if found and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(found[0].about)

    def _under(self, point: QPoint) -> list[Remark]:
        return next((held for top, held in self.lines().items() if top <= point.y() <= top + _DOT_PX), [])

    def _wave(self) -> None:
        marks = []
        for remark in self._remarks:
            if not remark.cursor.hasSelection():
                continue
            mark = QTextEdit.ExtraSelection()
            look = QTextCharFormat()
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(QColor(self._theme.color(TONES[remark.tone][0])))
            mark.format = look  # type: ignore[attr-defined]
            mark.cursor = remark.cursor  # type: ignore[attr-defined]
            marks.append(mark)
        self._edit.set_marks("remarks", marks)

    @Slot()
    def _fit(self) -> None:
        inside = self._edit.contentsRect()
        self.setGeometry(inside.left(), inside.top(), MARGIN_PX, inside.height())

    @Slot()
    def _moved(self, *_ignored: object) -> None:
        self.update()

    @Slot(object)
    def _again(self, _tokens: object) -> None:
        self._wave()
        self.update()
