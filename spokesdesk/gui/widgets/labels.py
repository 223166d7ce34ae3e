"""Lines of text and chips: what the frame needs for its first picture.

Nothing here imports Qt's ``Qt`` namespace when it is imported: its enums cost a fifth of an empty window's start, so
the first picture does without; properties that are enums are set by their number.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

CHIP_WIDTH = 152
# Qt::PlainText and Qt::AlignCenter.
_PLAIN_TEXT = 0
_CENTRED = 0x84


def restyle(widget: QWidget) -> None:
    """Make the style sheet look again at a widget whose properties changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def label(text: str, role: str = "", parent: QWidget | None = None, *, wrap: bool = False) -> QLabel:
    """Give a line of text; role: "" body, small (muted 12), muted, strong, card (14/600), page (20/600)."""
    made = QLabel(text, parent)
    made.setProperty("textFormat", _PLAIN_TEXT)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


class ElidedLabel(QLabel):
    """A line of text that ends in "…" when there is no room; the whole text is its tool tip."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("textFormat", _PLAIN_TEXT)
        self.setProperty("role", role)
        self.setMinimumWidth(24)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._whole = ""
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show this text, shortened to the room there is."""
        self._whole = text
        self.setAccessibleName(text)
        self._fit()

    def sizeHint(self) -> QSize:
        """The size of the whole text."""
        width = self.fontMetrics().horizontalAdvance(self._whole) + 4
        return QSize(width, super().sizeHint().height())

    def resizeEvent(self, event: "QResizeEvent") -> None:
        """Shorten the text to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(self.width() - 2, 0)
        metrics = self.fontMetrics()
        shown = self._whole
        if metrics.horizontalAdvance(shown) > room:
            from PySide6.QtCore import Qt

            shown = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, room)
        self.setText(shown)
        # QLabel repaints its contents only: the mark above a capital Ủ reaches out of them and would stay.
        self.update()
        self.setToolTip(self._whole if shown != self._whole else "")


class Chip(QLabel):
    """A short state in a tone: red, amber, green, teal, neutral.

    Args:
        width: fixed width in pixels for a column of chips; 0 fits the text.
    """

    def __init__(
        self, text: str = "", tone: str = "neutral", width: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("textFormat", _PLAIN_TEXT)
        self.setProperty("alignment", _CENTRED)
        self.setProperty("chip", True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if width:
            self.setFixedWidth(width)
        # Not restyled here: asking for the style costs the first picture Qt's enums.
        self.setProperty("tone", tone)
        self.set(text, tone)

    def set(self, text: str, tone: str = "neutral") -> None:
        """Show another state; an empty text hides the chip."""
        self.setText(text)
        self.setAccessibleName(text)
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)
        self.setVisible(bool(text))
