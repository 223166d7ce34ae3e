"""The first run: explains, asks agency and people, where the data is kept, and shows the recovery key once."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from spokesdesk.domain import words
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.door import Door, Founding
from spokesdesk.gui.start.agency import AgencyForm
from spokesdesk.gui.start.keys import KeysForm
from spokesdesk.gui.start.members import MembersForm
from spokesdesk.gui.start.recovery import RecoveryForm
from spokesdesk.gui.start.sheetpage import CoverPage
from spokesdesk.gui.start.welcome import WelcomePage
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.basic import Button, LinkButton, PrimaryButton, label
from spokesdesk.gui.widgets.states import Note
from spokesdesk.gui.widgets.stepper import Stepper

WIDTH = 780


class FirstRun(CoverPage):
    """Five pages, forward by Enter or the button; nothing is written before the last question is answered.

    Emits:
        finished: ``Founding``, everything that was asked.
        verify_asked: a file's signatures are to be checked, which needs no desk.
        demo_asked: None, the sample workspace is wanted instead.
        done: None, the recovery key was put away.
    """

    finished = Signal(object)
    verify_asked = Signal()
    demo_asked = Signal(object)
    done = Signal(object)

    def __init__(self, theme: Theme, courier: Courier, door: Door, folder: Path, parent: QWidget) -> None:
        super().__init__(WIDTH, parent)
        self._steps = (_("Giới thiệu"), _("Cơ quan"), _("Người làm việc"), _("Cất giữ"), _("Mã khôi phục"))
        self._stepper = Stepper(self._steps, 0, self)
        self._title = label("", "page", self)
        self._pages = QStackedWidget(self)
        self._agency = AgencyForm(self)
        self._members = MembersForm(theme, self)
        self._keys = KeysForm(folder, self)
        self._recovery = RecoveryForm(self)
        for made in (WelcomePage(theme, self), self._agency, self._members, self._keys, self._recovery):
            self._pages.addWidget(made)
        self._said = Note("", "red", self)
        for part in (self._stepper, self._title, self._pages, self._said):
            self.body.addWidget(part, 1 if part is self._pages else 0)
        self._build_actions()
        self._recovery.kept.connect(self._kept)
        self._show(0)
        courier.run(door.has_keyring, owner=self, ok=self._keys.set_keyring, lane="work")

    def show_recovery(self, key: str) -> None:
        """The workspace is made: show its recovery key, this once."""
        self._recovery.set_key(key)
        self._set_busy(False)
        self._show(4)

    def show_error(self, error: DeskError) -> None:
        """The workspace could not be made: say why, at the page where it can be mended."""
        self._set_busy(False)
        sentence = words.word(error)
        if error.field in ("folder", "passphrase") or error.field is None:
            self._show(3)
        self._said.set_text(sentence)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, wherever the cursor is."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._next.isEnabled():
            self._go_on()
        else:
            super().keyPressEvent(event)

    def _build_actions(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._demo = LinkButton(_("Xem thử với dữ liệu mẫu"), self._ask_demo, self)
        self._back = Button(_("Quay lại"), self._go_back, parent=self)
        self._next = PrimaryButton("", self._go_on, parent=self)
        self._check = LinkButton(_("Kiểm tra chữ ký số (F9)"), self.verify_asked.emit, self)
        row.addWidget(self._demo)
        row.addWidget(self._check)
        row.addStretch(1)
        row.addWidget(self._back)
        row.addWidget(self._next)
        self.body.addSpacing(4)
        self.body.addLayout(row)

    def _show(self, at: int) -> None:
        titles = (
            _("Chào mừng đến SpokesDesk"),
            _("Cơ quan của anh chị"),
            _("Ai làm việc tại bàn này?"),
            _("Dữ liệu nằm ở đâu và mở bằng gì?"),
            _("Mã khôi phục"),
        )
        self._pages.setCurrentIndex(at)
        self._title.setText(titles[at])
        self._stepper.set(self._steps, at)
        self._said.set_text("")
        self._demo.setVisible(at == 0)
        self._check.setVisible(at == 0)
        self._back.setVisible(0 < at < 4)
        self._next.set_text(
            (_("Bắt đầu"), _("Tiếp tục"), _("Tiếp tục"), _("Tạo bàn làm việc"), _("Vào làm việc"))[at]
        )
        self._next.setEnabled(at != 4 or self._recovery.check())
        QTimer.singleShot(0, self, self._focus)

    @Slot()
    def _focus(self) -> None:
        at = self._pages.currentIndex()
        first = {1: self._agency.fields[0], 2: self._members.forms()[0].fields[0]}.get(at)
        if first is not None:
            first.focus()
        elif at == 4:
            self._recovery.focus_first()
        elif at != 3 or not self._keys.focus_phrase():
            self._next.setFocus()

    def _go_on(self) -> None:
        at = self._pages.currentIndex()
        page = self._pages.currentWidget()
        assert isinstance(page, WelcomePage | AgencyForm | MembersForm | KeysForm | RecoveryForm)
        if not page.check():
            return
        if at < 3:
            self._show(at + 1)
        elif at == 3:
            self._set_busy(True)
            self.finished.emit(self._founding())
        else:
            self.done.emit(None)

    def _go_back(self) -> None:
        self._show(self._pages.currentIndex() - 1)

    def _founding(self) -> Founding:
        return Founding(
            self._keys.folder(),
            self._agency.agency(),
            self._members.drafts(),
            self._keys.passphrase(),
            self._keys.uses_keyring(),
        )

    def _set_busy(self, busy: bool) -> None:
        self._pages.setEnabled(not busy)
        self._back.setEnabled(not busy)
        self._next.setEnabled(not busy)
        if busy:
            self._next.set_text(_("Đang tạo…"))

    @Slot(object)
    def _kept(self, kept: bool) -> None:
        self._next.setEnabled(kept)

    def _ask_demo(self) -> None:
        self._demo.setEnabled(False)
        self._demo.set_text(_("Đang mở dữ liệu mẫu…"))
        self.demo_asked.emit(None)
