"""The first run: explains in three screens, asks, makes the workspace, shows the recovery key once, offers a start."""

from functools import partial
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
from spokesdesk.gui.start.ready import ReadyPage
from spokesdesk.gui.start.recovery import RecoveryForm
from spokesdesk.gui.start.sheetpage import CoverPage
from spokesdesk.gui.start.welcome import WelcomePage
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.basic import Button, LinkButton, PrimaryButton, label
from spokesdesk.gui.widgets.states import Note
from spokesdesk.gui.widgets.stepper import Stepper

WIDTH = 780
# Places of the pages that are not simply passed through.
KEYS, RECOVERY, READY = 3, 4, 5


class FirstRun(CoverPage):
    """Six pages, forward by Enter or the button; nothing is written before the last question is answered.

    Emits:
        finished: ``Founding``, everything that was asked.
        verify_asked: a file's signatures are to be checked, which needs no desk.
        demo_asked: None, the sample workspace is wanted instead.
        restore_asked: None, a backup is to be got back instead.
        done: "", "guide" or "imports": the recovery key was put away, and where to begin.
    """

    finished = Signal(object)
    verify_asked = Signal()
    demo_asked = Signal(object)
    restore_asked = Signal(object)
    done = Signal(object)

    def __init__(self, theme: Theme, courier: Courier, door: Door, folder: Path, parent: QWidget) -> None:
        super().__init__(WIDTH, parent)
        self._steps = (
            _("Giới thiệu"),
            _("Cơ quan"),
            _("Người làm việc"),
            _("Cất giữ"),
            _("Mã khôi phục"),
            _("Bắt đầu"),
        )
        self._stepper = Stepper(self._steps, 0, self)
        self._title = label("", "page", self)
        self._pages = QStackedWidget(self)
        self._agency = AgencyForm(self)
        self._members = MembersForm(theme, self)
        self._keys = KeysForm(folder, self)
        self._recovery = RecoveryForm(self)
        self._welcome = WelcomePage(theme, folder, door.log_folder(), self)
        self._ready = ReadyPage(theme, self)
        self._ready.chosen.connect(self.done)
        asking = (self._agency, self._members, self._keys, self._recovery)
        for made in (self._welcome, *asking, self._ready):
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
        self._show(RECOVERY)

    def show_error(self, error: DeskError) -> None:
        """The workspace could not be made: say why, at the page where it can be mended."""
        self._set_busy(False)
        sentence = words.word(error)
        if error.field in ("folder", "passphrase") or error.field is None:
            self._show(KEYS)
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
        self._restore = LinkButton(
            _("Khôi phục từ bản sao lưu…"), partial(self.restore_asked.emit, None), self
        )
        for link in (self._demo, self._restore, self._check):
            row.addWidget(link)
        row.addStretch(1)
        row.addWidget(self._back)
        row.addWidget(self._next)
        self.body.addSpacing(4)
        self.body.addLayout(row)

    def _show(self, at: int) -> None:
        titles = (
            self._welcome.title(),
            _("Cơ quan của anh chị"),
            _("Ai làm việc tại bàn này?"),
            _("Dữ liệu nằm ở đâu và mở bằng gì?"),
            _("Mã khôi phục"),
            _("Sẵn sàng"),
        )
        self._pages.setCurrentIndex(at)
        self._title.setText(titles[at])
        self._stepper.set(self._steps, at)
        self._said.set_text("")
        for link in (self._demo, self._restore, self._check):
            link.setVisible(at == 0)
        self._back.setVisible(0 < at < RECOVERY or (at == 0 and self._welcome.at > 0))
        goes_on = _("Tiếp tục")
        self._next.set_text(
            (goes_on, goes_on, goes_on, _("Tạo bàn làm việc"), goes_on, _("Vào làm việc"))[at]
        )
        self._next.setEnabled(at != RECOVERY or self._recovery.check())
        QTimer.singleShot(0, self, self._focus)

    @Slot()
    def _focus(self) -> None:
        at = self._pages.currentIndex()
        first = {1: self._agency.fields[0], 2: self._members.forms()[0].fields[0]}.get(at)
        if first is not None:
            first.focus()
        elif at == RECOVERY:
            self._recovery.focus_first()
        elif at != KEYS or not self._keys.focus_phrase():
            self._next.setFocus()

    def _go_on(self) -> None:
        at = self._pages.currentIndex()
        page = self._pages.currentWidget()
        assert isinstance(page, WelcomePage | AgencyForm | MembersForm | KeysForm | RecoveryForm | ReadyPage)
        if not page.check():
            return
        if page is self._welcome and self._welcome.turn(1):
            self._show(0)
        elif at == KEYS:
            self._set_busy(True)
            self.finished.emit(self._founding())
        elif at == READY:
            self.done.emit("")
        else:
            self._show(at + 1)

    def _go_back(self) -> None:
        at = self._pages.currentIndex()
        self._show(0 if at == 0 and self._welcome.turn(-1) else max(0, at - 1))

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
