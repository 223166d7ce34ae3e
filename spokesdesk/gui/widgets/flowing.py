"""A page inside a scroll area that is as high as its wrapped texts need at its width, and no higher."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget


class Flowing(QWidget):
    """Content of a resizable scroll area.

    A wrapped label asks for the height of a narrow column at least; a page with many of them would end in a
    blank as high as itself. The height is taken from the width alone.
    """

    def minimumSizeHint(self) -> QSize:
        """The least width of the content; the height follows from the width."""
        return QSize(super().minimumSizeHint().width(), 0)
