"""What was said earlier, one key away while a contact is written down."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.gui.journal.foldout import bind
from spokesdesk.gui.journal.inputs import Inputs
from spokesdesk.gui.said import SaidSheet
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.services import said_before
from spokesdesk.services.said_before import Said


class ContactSaid(QObject):
    """Opens the window for the contact being written, and takes an earlier answer into it."""

    def __init__(self, context: Context, inputs: Inputs, form: QWidget) -> None:
        super().__init__(form)
        self._context, self._inputs, self._form = context, inputs, form
        self.sheet: SaidSheet | None = None
        bind("F6", form, self.open)

    @Slot()
    def open(self) -> None:
        """Look for what bears on the questions as they are typed now."""
        desk, inputs = self._context.desk(), self._inputs
        commit_typing()
        if desk is None:
            return
        values, outlet = inputs.values(), inputs.outlet.suggestion()
        subject = " ".join((values.topic, values.questions))
        ask = partial(
            said_before.of_text,
            desk,
            subject,
            values.given,
            outlets=(outlet.id,) if outlet is not None else (),
        )
        self.sheet = SaidSheet(self._context, ask, self._form.window(), takes=True)
        self.sheet.taken.connect(self._take)
        self.sheet.wanted.connect(self._open)
        self.sheet.open()

    @Slot(object)
    def _take(self, said: Said) -> None:
        self._inputs.given.insertPlainText(said.text)
        self._inputs.given.setFocus()

    @Slot(str, object)
    def _open(self, kind: str, record: UUID) -> None:
        self._context.navigate(kind, record)
