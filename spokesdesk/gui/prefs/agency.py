"""The agency as it is printed on papers."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain import words
from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Agency
from spokesdesk.gui.prefs.section import Section
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.start.agency import AgencyForm
from spokesdesk.gui.widgets.basic import Card, PrimaryButton
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.ports import Desk


class AgencySection(Section):
    """Shows and keeps the agency."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        card = Card(_("Cơ quan"), _("in ở đầu văn bản"), self)
        self._form = AgencyForm(card, full=True)
        card.add(self._form)
        self._said = Note("", "red", card)
        card.add(self._said)
        row = QHBoxLayout()
        row.addStretch(1)
        self._button = PrimaryButton(_("Lưu cơ quan"), self._save, parent=card)
        self._button.setEnabled(False)
        row.addWidget(self._button)
        card.body.addLayout(row)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def desk_ready(self, desk: Desk) -> None:
        """Ask for the agency."""
        self.context.courier.run(partial(_agency, desk), owner=self, ok=self._show, lane="read")

    def desk_closed(self) -> None:
        """Show nothing."""
        self._form.set_agency(Agency(""))
        self._button.setEnabled(False)

    def _show(self, agency: Agency) -> None:
        self._form.set_agency(agency)
        self._button.setEnabled(True)

    def _save(self) -> None:
        desk = self.context.desk()
        if desk is None or not self._form.check():
            return
        self._button.setEnabled(False)
        self._said.set_text("")
        self.context.courier.run(
            partial(_save, desk, self._form.agency()),
            owner=self,
            ok=self._saved,
            fail=self._refused,
            always=self._ready,
        )

    def _ready(self) -> None:
        self._button.setEnabled(True)

    def _saved(self, _saved: object) -> None:
        self.context.toast(_("Đã lưu thông tin cơ quan."))

    def _refused(self, error: DeskError) -> None:
        if not show_error(self._form.fields, error):
            self._said.set_text(words.word(error))


def _agency(desk: Desk) -> Agency:
    from spokesdesk.services import people

    return people.agency(desk)


def _save(desk: Desk, agency: Agency) -> tuple[Agency, Changes]:
    from spokesdesk.services import people

    return people.save_agency(desk, agency)
