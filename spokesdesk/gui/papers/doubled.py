"""A number that another paper bears too: said on the page of both, with the way to the other one."""

from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.labels import value_label
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.basic import Button
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.numbering import Twin


class DoubledNote(Note):
    """One red sentence while a number is borne twice.

    Emits:
        opened: UUID of the other paper.
    """

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "red", parent)
        self._other: UUID | None = None
        self._open = Button(_("Mở văn bản kia"), self._ask, parent=self)
        self.add_button(self._open)

    def show_twins(self, twins: tuple[Twin, ...]) -> None:
        """Show which other paper bears the number."""
        if not twins:
            self.set_text("")
            return
        first = twins[0]
        self._other = first.id
        self._open.setVisible(first.id is not None)
        state = f" ({value_label('state', first.state.value)})" if first.state is not None else ""
        said = _(
            "Số {mark} cũng là số của “{title}”{state}. Chưa phát hành được; hãy đổi số một trong hai văn bản."
        )
        self.set_text(said.format(mark=first.mark, title=first.title, state=state))

    @Slot()
    def _ask(self) -> None:
        if self._other is not None:
            self.opened.emit(self._other)
