"""Pages of two sides: what is typed or read at the left, what belongs to it at the right."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSplitter, QVBoxLayout, QWidget

from spokesdesk.gui.widgets.basic import Button


def scrolled(cards: Sequence[QWidget], parent: QWidget) -> QScrollArea:
    """Give cards one below the other, scrolled together."""
    inner = _Cards()
    inner.setProperty("plain", True)
    rows = QVBoxLayout(inner)
    rows.setContentsMargins(0, 0, 8, 8)
    rows.setSpacing(12)
    for card in cards:
        rows.addWidget(card)
    rows.addStretch(1)
    scroll = QScrollArea(parent)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inner)
    return scroll


class _Cards(QWidget):
    """Cards one below the other, as high as they need to be at their width.

    Wrapped lines ask for the height of a narrow column at least; at the width they have they need less, and the
    rest would be an empty end to scroll to.
    """

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        layout = self.layout()
        return QSize(least.width(), 0) if layout is not None and layout.hasHeightForWidth() else least


def left_side(fixed: Sequence[QWidget], scroll: QScrollArea, parent: QWidget) -> QWidget:
    """Give steps and notes that stay, over the cards that scroll."""
    side = QWidget(parent)
    side.setMinimumWidth(320)
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for widget in fixed:
        column.addWidget(widget)
    column.addWidget(scroll, 1)
    return side


def right_side(
    title: QWidget,
    buttons: Sequence[tuple[str, Callable[[], object]] | QWidget],
    below: Sequence[QWidget],
    parent: QWidget,
) -> QWidget:
    """Give the printed page with its buttons above; the last widget takes the room."""
    side = QWidget(parent)
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(title, 1)
    for one in buttons:
        row.addWidget(one if isinstance(one, QWidget) else Button(*one, parent=side))
    column.addLayout(row)
    for widget in below:
        column.addWidget(widget, 1 if widget is below[-1] else 0)
    return side


def beside(left: QWidget, right: QWidget, parent: QWidget) -> QSplitter:
    """Put the sides next to each other; the line between them can be drawn."""
    split = QSplitter(Qt.Orientation.Horizontal, parent)
    split.setChildrenCollapsible(False)
    split.setHandleWidth(14)
    split.addWidget(left)
    split.addWidget(right)
    split.setStretchFactor(0, 11)
    split.setStretchFactor(1, 9)
    split.setSizes([550, 450])
    return split
