"""The recovery key: shown this once, to print, save and put away."""

from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont, QGuiApplication, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.savedialog import ask_target
from spokesdesk.gui.widgets.basic import Button, label
from spokesdesk.gui.widgets.fields import CheckBox
from spokesdesk.gui.widgets.states import Note


class RecoveryForm(QWidget):
    """Shows the key; goes on only when it was put away.

    Emits:
        kept: bool, whether the person says that it was put away.
    """

    kept = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        words = _(
            "Mã này mở được dữ liệu khi quên cụm mật khẩu hoặc đổi máy. Nó chỉ hiện lần này: hãy in ra hoặc lưu vào "
            "nơi ngoài máy, cất như cất con dấu."
        )
        column.addWidget(label(words, "", self, wrap=True))
        self._shown = label("", "", self, wrap=True)
        self._shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._shown.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        font = QFont("monospace")
        font.setStyleHint(QFont.StyleHint.Monospace)
        font.setPixelSize(18)
        self._shown.setFont(font)
        self._shown.setProperty("key", True)
        self._shown.setAccessibleName(_("Mã khôi phục"))
        column.addWidget(self._shown)
        self._ways: list[Button] = []
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, run in (
            (_("In…"), self._print),
            (_("Lưu ra tệp…"), self._save),
            (_("Sao chép"), self._copy),
        ):
            self._ways.append(Button(text, run, parent=self))
            row.addWidget(self._ways[-1])
        row.addStretch(1)
        column.addLayout(row)
        self._said, self._wrong = Note("", "green", self), Note("", "red", self)
        column.addWidget(self._said)
        column.addWidget(self._wrong)
        self._check = CheckBox(_("Tôi đã cất mã khôi phục ở nơi an toàn"), self)
        self._check.toggled.connect(self._toggled)
        column.addWidget(self._check)
        column.addStretch(1)

    def set_key(self, key: str) -> None:
        """Show a key."""
        self._key = key
        self._shown.setText(key)
        self._check.setChecked(False)
        self._say("")

    def focus_first(self) -> None:
        """Put the cursor on the first way to put the key away."""
        self._ways[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def check(self) -> bool:
        """Whether the person says that it was put away."""
        return self._check.isChecked()

    def _say(self, done: str, wrong: str = "") -> None:
        self._said.set_text(done)
        self._wrong.set_text(wrong)

    @Slot(bool)
    def _toggled(self, on: bool) -> None:
        self.kept.emit(on)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._key)
        self._say(_("Đã sao chép. Dán vào nơi cất giữ rồi xóa khỏi bộ nhớ tạm."))

    def _save(self) -> None:
        ask_target(self, _("Lưu mã khôi phục"), _("ma-khoi-phuc-spokesdesk.txt"), self._save_to)

    @Slot(str)
    def _save_to(self, name: str) -> None:
        try:
            Path(name).write_text(f"{_('Mã khôi phục SpokesDesk')}\n\n{self._key}\n", encoding="utf-8")
        except OSError:
            self._say("", _("Không ghi được vào chỗ đó; hãy chọn thư mục khác hoặc in ra."))
            return
        self._say(_("Đã lưu: {name}").format(name=name))

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(self._printer, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._print_now)
        QDialog.open(dialog)

    @Slot()
    def _print_now(self) -> None:
        document = QTextDocument()
        title = escape(_("Mã khôi phục SpokesDesk"))
        words = escape(_("Cất nơi an toàn, ngoài máy tính. Ai có mã này và dữ liệu là mở được dữ liệu."))
        document.setHtml(
            f"<h2>{title}</h2><p style='font-size:16pt'><tt>{escape(self._key)}</tt></p><p>{words}</p>"
        )
        document.print_(self._printer)
        self._say(_("Đã gửi tới máy in."))
