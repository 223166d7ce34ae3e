"""Sending a released paper from its page: the menu "Gửi", and the panels it opens."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QDir, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.sending import GONE, Result, Sending
from spokesdesk.domain.words import word
from spokesdesk.gui.papers.sendpanels import OrganPanel, SendPanel, Start
from spokesdesk.gui.savedialog import ask_target
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button
from spokesdesk.services import papers, sending
from spokesdesk.services.ports import Desk
from spokesdesk.services.writing import write_whole


class SendMenu(QObject):
    """The button "Gửi" of a released paper, its menu and panels.

    Emits:
        begun: a panel opens; there is room for one at a time.
    """

    begun = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._paper: Paper | None = None
        self._folder = QDir.homePath()
        self.button = Button(_("Gửi"), self.ask, parent=page)
        self.place = QWidget(page)
        column = QVBoxLayout(self.place)
        column.setContentsMargins(0, 0, 0, 0)
        self.mail, self.organs = SendPanel(self.place), OrganPanel(self.place)
        column.addWidget(self.mail)
        column.addWidget(self.organs)
        self.mail.send_button.set_run(self.send)
        self.mail.draft_button.set_run(self.ask_draft)
        self.organs.button.set_run(self.ask_package)
        self.button.hide()

    def show_paper(self, paper: Paper | None) -> None:
        """Offer sending for a paper that has been released."""
        if paper is None or self._paper is None or paper.id != self._paper.id:
            self.mail.hide()
            self.organs.hide()
            self.mail.to.clear()
        self._paper = paper
        self.button.setVisible(paper is not None and paper.state.value in GONE)

    def close(self) -> None:
        """Put the panels away; what was typed into the mail stays."""
        self.mail.hide()
        self.organs.hide()

    @Slot()
    def ask(self) -> None:
        """Ask which way."""
        self.menu().popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def menu(self) -> QMenu:
        """Give the ways a paper can go."""
        menu = QMenu(self.button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, act in (
            (_("Thư điện tử…"), self.open_mail),
            (_("Chép cho Zalo"), self.copy_for_zalo),
            (_("Gói tin edXML…"), self.open_package),
        ):
            menu.addAction(text).triggered.connect(act)
        return menu

    @Slot()
    def open_mail(self) -> None:
        """Begin a mail."""
        if (at := self._at()) is not None:
            self.begun.emit()
            self.organs.hide()
            self._context.courier.run(
                partial(_start, *at), owner=self, ok=self.mail.begin, fail=self._failed, lane="read"
            )

    @Slot()
    def send(self) -> None:
        """Send the mail."""
        if (at := self._at()) is not None:
            to, subject, text = [self.mail.to.text()], self.mail.subject.text(), self.mail.text.text()
            self.mail.send_button.setEnabled(False)
            self._context.courier.run(
                partial(sending.send_mail, at[0], at[1], to, subject, text),
                owner=self,
                ok=self._sent,
                fail=self._not_sent,
                lane="net",
                label=_("Đang gửi thư…"),
            )

    @Slot()
    def ask_draft(self) -> None:
        """Ask where to keep the mail as a draft."""
        self._ask_file("eml", _("Thư nháp (*.eml)"), self.write_draft)

    @Slot(str)
    def write_draft(self, target: str) -> None:
        """Keep the mail as a draft in this file."""
        at = self._at()
        if at is not None and target:
            to = [self.mail.to.text()] if self.mail.to.text().strip() else []
            subject, text = self.mail.subject.text(), self.mail.text.text()
            self._run_file(partial(_write_draft, at[0], at[1], to, subject, text, Path(target)))

    @Slot()
    def copy_for_zalo(self) -> None:
        """Put the paper's words on the clipboard."""
        if (at := self._at()) is not None:
            self._context.courier.run(
                partial(sending.zalo_text, *at), owner=self, ok=self._copied, fail=self._failed, lane="read"
            )

    @Slot()
    def open_package(self) -> None:
        """Begin a package."""
        desk = self._context.desk()
        if desk is not None:
            self.begun.emit()
            self.mail.hide()
            self._context.courier.run(
                partial(sending.organ_id, desk),
                owner=self,
                ok=self.organs.begin,
                fail=self._failed,
                lane="read",
            )

    @Slot()
    def ask_package(self) -> None:
        """Ask where to write the package."""
        self._ask_file("edxml", _("Gói tin edXML (*.edxml)"), self.write_package)

    @Slot(str)
    def write_package(self, target: str) -> None:
        """Write the package to this file."""
        at = self._at()
        if at is not None and target:
            own, to = self.organs.own.text(), self.organs.to.text()
            self._run_file(partial(_write_package, at[0], at[1], own, to, Path(target)))

    def _at(self) -> tuple[Desk, UUID] | None:
        desk = self._context.desk()
        return None if desk is None or self._paper is None else (desk, self._paper.id)

    def _ask_file(self, form: str, kinds: str, then: Callable[[str], object]) -> None:
        if self._paper is None:
            return
        name = papers.file_name(self._paper, form)
        ask_target(self._page, _("Lưu tệp"), name, then, folder=self._folder, kinds=kinds, ending=form)

    def _run_file(self, work: "Callable[[], tuple[Path, Changes]]") -> None:
        self._context.courier.run(
            work, owner=self, ok=self._written, fail=self._not_sent, lane="work", label=_("Đang xuất tệp…")
        )

    def _written(self, answer: tuple[Path, Changes]) -> None:
        target, _changes = answer
        self._folder = str(target.parent)
        self.mail.hide()
        self.organs.hide()
        self._context.toast(_("Đã xuất {name}").format(name=target.name))

    def _sent(self, answer: tuple[Sending, Changes]) -> None:
        made, _changes = answer
        self.mail.send_button.setEnabled(True)
        self.mail.hide()
        if made.result is Result.PARTIAL:
            self._context.status(_("Đã gửi, trừ địa chỉ bị từ chối: {detail}").format(detail=made.detail))
        else:
            self._context.toast(_("Đã gửi thư."))

    def _not_sent(self, error: DeskError) -> None:
        self.mail.send_button.setEnabled(True)
        shown = self.organs if self.organs.isVisible() else self.mail
        if not show_error(shown.fields, error):
            self._failed(error)

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._context.toast(_("Đã chép. Dán vào Zalo và gửi kèm tệp PDF."))

    def _failed(self, error: DeskError) -> None:
        self._context.status(word(error))


def _start(desk: Desk, paper_id: UUID) -> Start:
    return Start(
        sending.mail_server(desk), *sending.proposal(desk, paper_id), sending.sendings(desk, paper_id)
    )


def _write_draft(
    desk: Desk, paper_id: UUID, to: list[str], subject: str, text: str, target: Path
) -> tuple[Path, Changes]:
    write_whole(target, sending.mail_draft(desk, paper_id, to, subject, text))
    return target, ()


def _write_package(desk: Desk, paper_id: UUID, own: str, to: str, target: Path) -> tuple[Path, Changes]:
    if own.strip() != sending.organ_id(desk):
        sending.save_organ_id(desk, own)
    receivers = [sending.Organ(code) for code in to.replace(";", ",").split(",") if code.strip()]
    _made, changes = sending.export_edxml(desk, paper_id, receivers, target)
    return target, changes
