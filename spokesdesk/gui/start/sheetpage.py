"""A calm page over the whole window: one card in the middle, which scrolls when there is little room."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget


class CoverPage(QWidget):
    """Put content into ``body``; the card is ``width`` pixels wide at most."""

    def __init__(self, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("ground", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        outer.addWidget(scroll)
        inner = QWidget(scroll)
        inner.setProperty("plain", True)
        across = QHBoxLayout(inner)
        across.setContentsMargins(24, 24, 24, 24)
        card = QFrame(inner)
        card.setProperty("card", True)
        card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        card.setMaximumWidth(width)
        down = QVBoxLayout()
        down.addStretch(2)
        down.addWidget(card)
        down.addStretch(3)
        across.addStretch(1)
        across.addLayout(down, 100)
        across.addStretch(1)
        self.body = QVBoxLayout(card)
        self.body.setContentsMargins(32, 26, 32, 26)
        self.body.setSpacing(12)
        scroll.setWidget(inner)
