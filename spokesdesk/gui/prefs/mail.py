"""Where mail is handed over, and this agency's code in electronic exchange."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain import words
from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.sending import MailServer
from spokesdesk.gui.prefs.section import Section
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Card, PrimaryButton
from spokesdesk.gui.widgets.fields import Field, LineEdit, SecretEdit
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.ports import Desk

USUAL_PORT = 587


class MailSection(Section):
    """Shows and keeps server and code; the password is never shown again."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        card = Card(_("Gửi thư"), _("máy chủ SMTP có mã hóa"), self)
        self.host, self.port, self.user = (LineEdit(parent=card) for _at in range(3))
        self.origin, self.organ = LineEdit(parent=card), LineEdit(parent=card)
        self.password = SecretEdit(parent=card)
        self.fields = [
            Field(_("Máy chủ gửi thư"), self.host, "mail_host", parent=card),
            Field(_("Cổng"), self.port, "mail_port", _("thường là 587 hoặc 465"), card),
            Field(_("Tên hộp thư"), self.user, "mail_user", parent=card),
            Field(_("Mật khẩu hộp thư"), self.password, "mail_password", _("để trống: giữ nguyên"), card),
            Field(_("Địa chỉ gửi"), self.origin, "mail_sender", parent=card),
            Field(
                _("Mã định danh cơ quan"),
                self.organ,
                "organ_id",
                _("ví dụ H35.11; dùng cho gói tin edXML"),
                card,
            ),
        ]
        for field in self.fields:
            card.add(field)
        self._said = Note("", "red", card)
        card.add(self._said)
        row = QHBoxLayout()
        row.addStretch(1)
        self.button = PrimaryButton(_("Lưu cách gửi"), self.save, parent=card)
        self.button.setEnabled(False)
        row.addWidget(self.button)
        card.body.addLayout(row)
        self.column.addWidget(card)
        self.column.addStretch(1)

    def desk_ready(self, desk: Desk) -> None:
        """Ask for what is kept."""
        self.context.courier.run(partial(_kept, desk), owner=self, ok=self._show, lane="read")

    def desk_closed(self) -> None:
        """Show nothing."""
        self._show((None, ""))
        self.button.setEnabled(False)

    def save(self) -> None:
        """Keep what was typed; an empty server is left as it was."""
        desk = self.context.desk()
        if desk is None:
            return
        self._said.set_text("")
        show_error(self.fields, None)
        self.button.setEnabled(False)
        typed = (self.host.text(), self.port.text(), self.user.text(), self.origin.text())
        self.context.courier.run(
            partial(_save, desk, typed, self.password.text(), self.organ.text()),
            owner=self,
            ok=self._saved,
            fail=self._refused,
            always=self._ready,
        )

    def _show(self, kept: tuple[MailServer | None, str]) -> None:
        server, organ = kept
        self.host.setText(server.host if server else "")
        self.port.setText(str(server.port if server else USUAL_PORT))
        self.user.setText(server.user if server else "")
        self.origin.setText(server.sender if server else "")
        self.password.clear()
        self.organ.setText(organ)
        self.button.setEnabled(True)

    def _ready(self) -> None:
        self.button.setEnabled(True)

    def _saved(self, _saved: object) -> None:
        self.password.clear()
        self.context.toast(_("Đã lưu cách gửi."))

    def _refused(self, error: DeskError) -> None:
        if not show_error(self.fields, error):
            self._said.set_text(words.word(error))


def _kept(desk: Desk) -> tuple[MailServer | None, str]:
    from spokesdesk.services import sending

    return sending.mail_server(desk), sending.organ_id(desk)


def _save(desk: Desk, typed: tuple[str, str, str, str], password: str, organ: str) -> tuple[str, Changes]:
    from spokesdesk.services import sending

    host, port, user, sender = (text.strip() for text in typed)
    if host or sender:
        if not (port.isascii() and port.isdecimal() and len(port) < 6):
            raise UserError("mail_port_form", field="mail_port")
        sending.save_mail_server(desk, MailServer(host, int(port), user, sender), password or None)
    return sending.save_organ_id(desk, organ)
