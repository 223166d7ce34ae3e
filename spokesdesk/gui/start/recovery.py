"""The recovery key: shown this once, to print, save and put away."""

from html import escape
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont, QGuiApplication, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.savedialog import ask_pdf, ask_target
from spokesdesk.gui.widgets.basic import Button, label
from spokesdesk.gui.widgets.fields import CheckBox, Field, LineEdit
from spokesdesk.gui.widgets.states import Note

_TYPED_GROUPS = 2


class RecoveryForm(QWidget):
    """Shows the key; goes on only when it was put away.

    Emits:
        kept: bool, whether the person says that it was put away.
    """

    kept = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._key = ""
        self._is_out = False
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
            (_("Lưu PDF…"), self._save_pdf),
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
        self._by_hand = LineEdit(parent=self)
        hint = _("chép ra giấy rồi gõ lại hai nhóm cuối của mã, để biết là chép đúng")
        self._by_hand_field = Field(_("Chép tay"), self._by_hand, "recovery", hint, self)
        self._by_hand.textChanged.connect(self._typed)
        column.addWidget(self._by_hand_field)
        self._check = CheckBox(_("Tôi đã cất mã khôi phục ở nơi an toàn"), self)
        self._check.toggled.connect(self._toggled)
        column.addWidget(self._check)
        column.addStretch(1)

    def set_key(self, key: str) -> None:
        """Show a key."""
        self._key = key
        self._is_out = False
        self._by_hand.clear()
        self._shown.setText(key)
        self._check.setChecked(False)
        self._say("")

    def focus_first(self) -> None:
        """Put the cursor on the first way to put the key away."""
        self._ways[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def check(self) -> bool:
        """Whether the key left the screen in some way, and the person says that it was put away."""
        return self._check.isChecked() and (self._is_out or self._is_copied_by_hand())

    def _is_copied_by_hand(self) -> bool:
        typed = "".join(self._by_hand.text().upper().replace("-", " ").split())
        last = "".join(self._key.split("-")[-_TYPED_GROUPS:])
        return bool(last) and typed == last

    @Slot(str)
    def _typed(self, _text: str) -> None:
        self._say(_("Chép đúng.") if self._is_copied_by_hand() else "")
        self.kept.emit(self.check())

    def _left(self, said: str) -> None:
        """The key was printed, saved or copied."""
        self._is_out = True
        self._say(said)
        self.kept.emit(self.check())

    def _say(self, done: str, wrong: str = "") -> None:
        self._said.set_text(done)
        self._wrong.set_text(wrong)

    @Slot(bool)
    def _toggled(self, on: bool) -> None:
        if on and not self.check():
            self._say("", _("Hãy in, lưu, sao chép, hoặc chép tay rồi gõ lại hai nhóm cuối của mã."))
        self.kept.emit(self.check())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._key)
        self._left(_("Đã sao chép. Dán vào nơi cất giữ rồi xóa khỏi bộ nhớ tạm."))

    def _save(self) -> None:
        ask_target(self, _("Lưu mã khôi phục"), _("ma-khoi-phuc-spokesdesk.txt"), self._save_to)

    @Slot(str)
    def _save_to(self, name: str) -> None:
        try:
            Path(name).write_text(f"{_('Mã khôi phục SpokesDesk')}\n\n{self._key}\n", encoding="utf-8")
        except OSError:
            self._say("", _("Không ghi được vào chỗ đó; hãy chọn thư mục khác hoặc in ra."))
            return
        self._left(_("Đã lưu: {name}").format(name=name))

    def _save_pdf(self) -> None:
        ask_pdf(self, _("Lưu mã khôi phục"), _("ma-khoi-phuc-spokesdesk") + ".pdf", self._pdf_to)

    @Slot(str)
    def _pdf_to(self, name: str) -> None:
        from PySide6.QtPrintSupport import QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(name)
        self._document().print_(printer)
        if Path(name).is_file() and Path(name).stat().st_size:
            self._left(_("Đã lưu: {name}").format(name=name))
        else:
            self._say("", _("Không ghi được vào chỗ đó; hãy chọn thư mục khác hoặc in ra."))

    def _print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(self._printer, self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._print_now)
        QDialog.open(dialog)

    @Slot()
    def _print_now(self) -> None:
        self._document().print_(self._printer)
        self._left(_("Đã gửi tới máy in."))

    def _document(self) -> QTextDocument:
        document = QTextDocument()
        title = escape(_("Mã khôi phục SpokesDesk"))
        words = escape(_("Cất nơi an toàn, ngoài máy tính. Ai có mã này và dữ liệu là mở được dữ liệu."))
        document.setHtml(
            f"<h2>{title}</h2><p style='font-size:16pt'><tt>{escape(self._key)}</tt></p><p>{words}</p>"
        )
        return document
