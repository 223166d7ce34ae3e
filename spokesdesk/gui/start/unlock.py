"""The unlock page: passphrase, or the recovery key that was printed; shown only when one of them is needed."""

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain import words
from spokesdesk.domain.errors import AccessError, DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.session import Session
from spokesdesk.gui.start.sheetpage import CoverPage
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.basic import Button, IconLabel, LinkButton, PrimaryButton, label
from spokesdesk.gui.widgets.fields import Field, LineEdit, SecretEdit
from spokesdesk.gui.widgets.states import Note


def by_keyring() -> str:
    """Say that the keyring was asked and does not open this desk."""
    return _("Kho khóa của máy chưa mở được bàn làm việc này. Dữ liệu vẫn nguyên vẹn; mở bằng cách dưới đây.")


def by_environment() -> str:
    """Say that the passphrase given to the program does not open this desk."""
    return _(
        "Cụm mật khẩu trong biến SPOKESDESK_PASSPHRASE không phải của bàn làm việc này. Dữ liệu vẫn nguyên vẹn; "
        "mở bằng cách dưới đây."
    )


class UnlockPage(CoverPage):
    """Asks for the passphrase; Enter opens.

    Emits:
        verify_asked: a file's signatures are to be checked, which needs no desk.
    """

    verify_asked = Signal()

    def __init__(self, theme: Theme, session: Session, parent: QWidget) -> None:
        super().__init__(460, parent)
        self._session = session
        self._is_recovery = False
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(IconLabel(theme, "lock-outline", "accent", 26, self))
        head.addWidget(label(_("Mở khóa bàn làm việc"), "page", self))
        head.addStretch(1)
        self.body.addLayout(head)
        self._place = label("", "small", self, wrap=True)
        self.body.addWidget(self._place)
        self._secret = SecretEdit(parent=self)
        self._secret_field = Field(_("Cụm mật khẩu"), self._secret, "passphrase", parent=self)
        self._recovery = LineEdit(parent=self)
        hint = _("Mã in ra lúc tạo bàn làm việc; gõ có hay không có dấu gạch đều được.")
        self._recovery_field = Field(_("Mã khôi phục"), self._recovery, "recovery", hint, self)
        self._said, self._calm = Note("", "red", self), Note("", "teal", self)
        for part in (self._calm, self._secret_field, self._recovery_field, self._said):
            self.body.addWidget(part)
        self._secret.returnPressed.connect(self._open)
        self._recovery.returnPressed.connect(self._open)
        self._build_actions()
        self._show_way()

    def begin(self, error: DeskError | None = None, *, calm: str = "") -> None:
        """Show the page, with what went wrong if something did.

        Args:
            error: why it did not open.
            calm: what was tried before anybody typed anything and did not open it; no fault of who sits here.
        """
        place = str(self._session.folder or "")
        agency = self._session.agency
        self._place.setText(f"{agency}\n{place}" if agency else place)
        self._set_busy(False)
        # After a lock the keyring still opens; at the start it has been tried already.
        self._keyring.setVisible("keyring" in self._session.ways or self._session.is_demo)
        if self._session.is_demo:
            self._keyring.set_text(_("Mở lại dữ liệu mẫu"))
        field = self._recovery_field if self._is_recovery else self._secret_field
        self._secret_field.set_error("")
        self._recovery_field.set_error("")
        sentence = words.word(error) if error is not None and error.code != "unlock_needed" else ""
        self._calm.set_text(by_keyring() if error is not None and error.code == "unlock_needed" else calm)
        is_key = isinstance(error, AccessError)
        field.set_error(sentence if is_key else "")
        self._said.set_text("" if is_key else sentence)
        self._recovery.selectAll()
        self._secret.selectAll()
        # The stack shows the page in this turn of the loop; the cursor can only follow in the next.
        QTimer.singleShot(0, self, field.focus)

    def _build_actions(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self._other = LinkButton("", self._other_way, self)
        self._keyring = Button(_("Mở bằng kho khóa của máy"), self._open_by_keyring, parent=self)
        self._button = PrimaryButton(_("Mở khóa"), self._open, parent=self)
        row.addWidget(self._other)
        row.addStretch(1)
        row.addWidget(self._keyring)
        row.addWidget(self._button)
        self.body.addSpacing(4)
        self.body.addLayout(row)
        typing = label(_("Ctrl+N: ghi tiếp xúc ngay, lưu khi đã mở khóa."), "small", self, wrap=True)
        self.body.addWidget(typing)
        check = LinkButton(_("Kiểm tra chữ ký số của một tệp PDF (F9)"), self.verify_asked.emit, self)
        self.body.addWidget(check, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def _open(self) -> None:
        typed = self._recovery.text() if self._is_recovery else self._secret.text()
        if not typed.strip():
            (self._recovery_field if self._is_recovery else self._secret_field).focus()
            return
        self._set_busy(True)
        if self._is_recovery:
            self._session.open_with(recovery=typed.strip())
        else:
            self._session.open_with(passphrase=typed)

    def _open_by_keyring(self) -> None:
        self._set_busy(True)
        if self._session.is_demo:
            self._session.open_demo()
        else:
            self._session.open_with()

    def _other_way(self) -> None:
        self._is_recovery = not self._is_recovery
        self._show_way()

    def _show_way(self) -> None:
        self._secret_field.setVisible(not self._is_recovery)
        self._recovery_field.setVisible(self._is_recovery)
        self._other.set_text(_("Dùng cụm mật khẩu") if self._is_recovery else _("Dùng mã khôi phục"))
        (self._recovery_field if self._is_recovery else self._secret_field).focus()

    def _set_busy(self, busy: bool) -> None:
        for part in (self._button, self._keyring, self._other, self._secret, self._recovery):
            part.setEnabled(not busy)
        self._button.set_text(_("Đang mở…") if busy else _("Mở khóa"))
