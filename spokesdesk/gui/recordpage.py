"""What the page of one record is, for the screen that shows it: read anew, left again, named at its top."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.words import word
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import ElidedLabel, LinkButton

T = TypeVar("T")


class RecordPage(QWidget):
    """The page of one record.

    Emits:
        left: back to the list.
    """

    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._asked = 0

    @property
    def record_id(self) -> UUID | None:
        """The record shown, None while there is none."""
        raise NotImplementedError

    def open(self, record_id: UUID) -> None:
        """Show a record."""
        raise NotImplementedError

    def refresh(self) -> None:
        """The record shown was written to."""
        raise NotImplementedError

    def _read(
        self,
        work: Callable[[], T],
        ok: Callable[[T], object],
        fail: Callable[[DeskError], object] | None = None,
    ) -> None:
        """Read what is to be shown; an answer that a later reading overtook is dropped.

        Args:
            fail: without it the window says the error.
        """
        self._asked += 1
        latest = partial(self._take_latest, self._asked, ok)
        self._context.courier.run(work, owner=self, ok=latest, fail=fail, lane="read")

    def _take_latest(self, asked: int, ok: Callable[[T], object], found: T) -> None:
        if asked == self._asked:
            ok(found)

    def _failed(self, error: DeskError) -> None:
        self._context.status(word(error))

    def _add_head(self, back: str, *parts: QWidget) -> QVBoxLayout:
        """Put the way back, the record's name and these parts at the top; gives the column to go on below."""
        self._title, self._about = ElidedLabel("", "page", self), ElidedLabel("", "muted", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 12)
        column.setSpacing(10)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(LinkButton(back, self.left.emit, self))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._about)
        top.addLayout(words, 1)
        for part in parts:
            top.addWidget(part)
        column.addLayout(top)
        return column
