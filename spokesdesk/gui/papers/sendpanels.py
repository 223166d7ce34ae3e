"""What is asked before a paper is sent: a mail, or the codes of a package."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.sending import MailServer, Result, Sending
from spokesdesk.gui.papers.words import moment
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.widgets.basic import Button, Card, PrimaryButton, label
from spokesdesk.gui.widgets.fields import Field, LineEdit, TextEdit

RESULTS: dict[Result, str] = {
    Result.SENT: _("đã gửi"),
    Result.PARTIAL: _("có địa chỉ bị từ chối"),
    Result.FAILED: _("không gửi được"),
    Result.EXPORTED: _("đã xuất gói edXML"),
    Result.NOTED: _("đã gửi qua Zalo"),
}


@dataclass(frozen=True, slots=True)
class Start:
    """What the mail panel begins with."""

    server: MailServer | None
    subject: str
    text: str
    sent: tuple[Sending, ...]


class SendPanel(Card):
    """A mail about the paper: to whom, subject, text; beside it what was sent before."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Gửi văn bản"), parent=parent)
        self.to = LineEdit(parent=self)
        self.subject = LineEdit(parent=self)
        self.text = TextEdit(rows=6, parent=self)
        self.fields = [
            Field(_("Người nhận thư"), self.to, "mail_to", _("cách nhau bằng dấu phẩy"), self),
            Field(_("Tiêu đề thư"), self.subject, "mail_subject", parent=self),
            Field(_("Lời thư"), self.text, "mail_text", parent=self),
        ]
        for field in self.fields:
            self.add(field)
        self.note = label("", "muted", self, wrap=True)
        self.add(self.note)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self._buttons.addWidget(Button(_("Thôi"), self.hide, parent=self))
        self.draft_button = Button(_("Lưu thư nháp…"), parent=self)
        self.send_button = PrimaryButton(_("Gửi thư"), parent=self)
        self._buttons.addWidget(self.draft_button)
        self._buttons.addWidget(self.send_button)
        self.body.addLayout(self._buttons)
        self.hide()

    def begin(self, start: Start) -> None:
        """Show the usual words, and what was sent before."""
        self.subject.setText(start.subject)
        self.subject.setCursorPosition(0)
        self.text.set_text(start.text)
        show_error(self.fields, None)
        self.send_button.setVisible(start.server is not None)
        before = [
            f"{moment(item.at)}: {RESULTS[item.result]} ({', '.join(item.to)})" for item in start.sent[-5:]
        ]
        none = _(
            "Chưa khai máy chủ gửi thư (Cài đặt, mục Gửi thư); "
            "có thể lưu thư nháp .eml rồi gửi bằng chương trình thư."
        )
        self.note.setText("\n".join([*([] if start.server else [none]), *before]))
        self.note.setVisible(bool(self.note.text()))
        self.show()
        self.to.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)


class OrganPanel(Card):
    """The codes of the agencies that a package is for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Xuất gói tin edXML"), parent=parent)
        self.own, self.to = LineEdit(parent=self), LineEdit(parent=self)
        hint = _("ví dụ H35.11; cách nhau bằng dấu phẩy")
        self.fields = [
            Field(_("Mã định danh cơ quan mình"), self.own, "organ_id", parent=self),
            Field(_("Mã định danh nơi nhận"), self.to, "to_organ", hint, self),
        ]
        for field in self.fields:
            self.add(field)
        actions = QHBoxLayout()
        actions.addStretch(1)
        actions.addWidget(Button(_("Thôi"), self.hide, parent=self))
        self.button = PrimaryButton(_("Xuất…"), parent=self)
        actions.addWidget(self.button)
        self.body.addLayout(actions)
        self.hide()

    def begin(self, own: str) -> None:
        """Ask; the own code is the one kept."""
        self.own.setText(own)
        show_error(self.fields, None)
        self.show()
        (self.to if own else self.own).setFocus()
