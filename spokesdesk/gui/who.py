"""Who is working now: chosen quickly, with a PIN where the member has one."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from spokesdesk.domain import words
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member
from spokesdesk.gui.labels import roles_text
from spokesdesk.gui.session import Session
from spokesdesk.gui.widgets.basic import label
from spokesdesk.gui.widgets.fields import Field, SecretEdit
from spokesdesk.gui.widgets.sheet import Sheet


class WhoSheet(Sheet):
    """Asks who works now; arrows choose, the PIN follows, Enter takes it."""

    def __init__(
        self, session: Session, members: Sequence[Member], now: UUID | None, parent: QWidget
    ) -> None:
        super().__init__(parent, _("Ai đang làm việc?"), 420)
        self._session, self._members = session, tuple(members)
        self._group = QButtonGroup(self)
        for at, member in enumerate(self._members):
            self.body.addLayout(self._choice(at, member))
        self._pin = SecretEdit(parent=self)
        self._pin_field = Field(_("Mã PIN"), self._pin, "pin", parent=self)
        self.body.addWidget(self._pin_field)
        self._said = label("", "error", self, wrap=True)
        self._said.hide()
        self.body.addWidget(self._said)
        self._button = self.add_actions(_("Làm việc"), self._take)
        self._group.idToggled.connect(self._chosen)
        first = self._likely(now)
        chosen = self._group.button(first)
        if chosen is not None:
            chosen.setChecked(True)
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)
        session.member_changed.connect(self._done)

    def _likely(self, now: UUID | None) -> int:
        """At the start who worked last; else the first other person."""
        last = self._session.last_member if now is None else ""
        others = [at for at, member in enumerate(self._members) if member.id != now]
        return next((at for at in others if str(self._members[at].id) == last), others[0] if others else 0)

    def _choice(self, at: int, member: Member) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        button = QRadioButton(member.name, self)
        button.setAccessibleDescription(roles_text(member.roles))
        self._group.addButton(button, at)
        column.addWidget(button)
        roles = label(roles_text(member.roles), "small", self, wrap=True)
        roles.setContentsMargins(24, 0, 0, 4)
        column.addWidget(roles)
        return column

    @Slot(int, bool)
    def _chosen(self, at: int, checked: bool) -> None:
        if checked:
            self._pin.clear()
            self._pin_field.set_error("")
            self._pin_field.setVisible(self._members[at].has_pin)

    def _take(self) -> None:
        at = self._group.checkedId()
        if at < 0:
            return
        member = self._members[at]
        if member.has_pin and not self._pin.text():
            self._pin_field.focus()
            return
        self._button.setEnabled(False)
        self._session.switch(member.id, self._pin.text(), self, self._refused)

    def _refused(self, error: DeskError) -> None:
        self._button.setEnabled(True)
        if error.field == "pin":
            self._pin_field.set_error(words.word(error))
            self._pin.selectAll()
            self._pin_field.focus()
        else:
            self._said.setText(words.word(error))
            self._said.show()

    @Slot(object)
    def _done(self, _member: object) -> None:
        self.close()
