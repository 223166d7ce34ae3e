"""Which answer clock the contact starts, if any: the choice, the date it ends, and the law beside it."""

from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.journal import Due
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.dueline import DueLine
from spokesdesk.gui.widgets.fields import ComboBox, Field
from spokesdesk.services import journal
from spokesdesk.services.ports import Desk


class AnswerClock(QWidget):
    """The events that may start a clock on the day of the contact, and what the law makes of the chosen one.

    Emits:
        edited: None, another event was chosen.
    """

    edited = Signal(object)

    def __init__(self, courier: Courier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._courier = courier
        self._desk: Desk | None = None
        self._received_at: datetime | None = None
        self._event = ""
        self._asked = 0
        self._choice: ComboBox[str] = ComboBox(_none(), self)
        self.field = Field(_("Thời hạn trả lời"), self._choice, "answer_event", parent=self)
        self._line = DueLine(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self._line)
        self._choice.currentIndexChanged.connect(self._chosen)

    def use(self, desk: Desk | None, received_at: datetime | None) -> None:
        """Offer what the law of the day of the contact knows; without a desk, nothing."""
        if (desk, received_at) == (self._desk, self._received_at):
            return
        self._desk, self._received_at = desk, received_at
        self._offer()

    def event_id(self) -> str:
        """Give the event chosen, "" for no clock; one from a draft is kept while the desk is closed."""
        return self._event

    def choose(self, event: str) -> None:
        """Choose an event, "" for none."""
        self._event = event
        self._offer()

    def due_text(self) -> str:
        """Give what is shown of the date and its law."""
        return self._line.text()

    def _offer(self) -> None:
        events: tuple[tuple[str, str], ...] = ()
        if self._desk is not None and self._received_at is not None:
            events = journal.answer_events(self._desk, vn_day(self._received_at))
            if self._event not in dict(events):
                self._event = ""
        # Nobody chose anything: what watches the form for typing must not hear of it either.
        blocked = self._choice.blockSignals(True)
        self._choice.set_choices((*_none(), *events))
        self._choice.set_value(self._event)
        self._choice.blockSignals(blocked)
        self._ask()

    def _chosen(self, _index: int) -> None:
        self._event = self._choice.value()
        self._ask()
        self.edited.emit(None)

    def _ask(self) -> None:
        self._asked += 1
        if not self._event or self._desk is None or self._received_at is None:
            self._line.show_due(None)
            return
        self._courier.run(
            partial(journal.answer_due, self._desk, self._event, self._received_at),
            owner=self,
            ok=partial(self._told, self._asked),
            fail=self._untold,
            lane="read",
        )

    def _told(self, asked: int, due: Due | None) -> None:
        if asked == self._asked:
            self._line.show_due(due)

    def _untold(self, _error: DeskError) -> None:
        self._line.show_due(None)


def _none() -> tuple[tuple[str, str], ...]:
    return (("", _("Không đặt thời hạn")),)
