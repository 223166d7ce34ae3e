"""Where the workspace is kept and how it is unlocked."""

from pathlib import Path

from PySide6.QtCore import QDir, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.basic import Button, label
from spokesdesk.gui.widgets.fields import CheckBox, Field, LineEdit, SecretEdit
from spokesdesk.gui.widgets.states import Note

SHORTEST = 10


class PassphraseForm(QWidget):
    """A passphrase typed twice; ``new`` when there is one already."""

    def __init__(self, parent: QWidget, *, new: bool = False) -> None:
        super().__init__(parent)
        self._first, self._again = SecretEdit(parent=self), SecretEdit(parent=self)
        hint = _("Nên là bốn, năm từ không liên quan nhau; ít nhất {n} ký tự.").format(n=SHORTEST)
        text = _("Cụm mật khẩu mới") if new else _("Cụm mật khẩu")
        self._first_field = Field(text, self._first, "passphrase", hint, self)
        self._again_field = Field(_("Gõ lại cụm mật khẩu"), self._again, "again", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._first_field, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._again_field, 1, Qt.AlignmentFlag.AlignTop)

    def focus(self) -> None:
        """Put the cursor into the first of the two."""
        self._first_field.focus()

    def text(self) -> str:
        """Give the passphrase as typed."""
        return self._first.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self._first.clear()
        self._again.clear()

    def set_error(self, text: str) -> None:
        """Say what is wrong with it."""
        self._first_field.set_error(text)

    def check(self) -> bool:
        """Say what is wrong; True when both are the same and long enough."""
        short = len(self._first.text()) < SHORTEST
        differs = self._first.text() != self._again.text()
        sentence = _("Cụm mật khẩu quá ngắn: cần ít nhất {n} ký tự.").format(n=SHORTEST)
        self._first_field.set_error(sentence if short else "")
        self._again_field.set_error(_("Hai lần gõ chưa giống nhau.") if differs and not short else "")
        if short:
            self._first_field.focus()
        elif differs:
            self._again_field.focus()
        return not short and not differs


class KeysForm(QWidget):
    """Folder, keyring and passphrase."""

    def __init__(self, folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._folder = LineEdit(parent=self)
        self._folder.setText(str(folder))
        self._folder_field = Field(_("Thư mục chứa dữ liệu"), self._folder, "folder", parent=self)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self._folder_field, 1)
        where.addWidget(Button(_("Chọn…"), self._choose, parent=self), 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(where)
        words = _("Chọn ổ trong máy. Ổ mạng và thư mục tự đồng bộ có thể làm hỏng cơ sở dữ liệu.")
        column.addWidget(label(words, "small", self, wrap=True))
        self._keyring = CheckBox(_("Tự mở bằng kho khóa của máy (đăng nhập máy là mở được)"), self)
        self._keyring.toggled.connect(self._way_changed)
        self._no_keyring = Note("", "teal", self)
        self._phrase_too = CheckBox(_("Đặt thêm cụm mật khẩu"), self)
        self._phrase_too.toggled.connect(self._way_changed)
        self._phrase = PassphraseForm(self)
        for part in (self._keyring, self._no_keyring, self._phrase_too, self._phrase):
            column.addWidget(part)
        column.addStretch(1)
        self.set_keyring(False)

    def set_keyring(self, there: bool) -> None:
        """Say whether this machine has a keyring."""
        self._keyring.setEnabled(there)
        self._keyring.setChecked(there)
        without = _("Máy này không có kho khóa đáng tin cậy, nên cần một cụm mật khẩu.")
        self._no_keyring.set_text("" if there else without)
        self._keyring.setVisible(there)
        self._way_changed(there)

    def focus_phrase(self) -> bool:
        """Put the cursor where the passphrase is typed; False when none is asked for."""
        if self._phrase.isHidden():
            return False
        self._phrase.focus()
        return True

    def folder(self) -> Path:
        """Give the folder as typed."""
        return Path(self._folder.text().strip()).expanduser()

    def passphrase(self) -> str | None:
        """Give the passphrase, None when only the keyring opens."""
        return self._phrase.text() if not self._phrase.isHidden() else None

    def uses_keyring(self) -> bool:
        """Whether a key is kept in the keyring."""
        return self._keyring.isChecked() and self._keyring.isEnabled()

    def check(self) -> bool:
        """Say what is wrong; True when nothing is."""
        empty = not self._folder.text().strip()
        self._folder_field.set_error(_("Cần một thư mục để chứa dữ liệu.") if empty else "")
        return not empty and (self._phrase.isHidden() or self._phrase.check())

    def set_error(self, text: str) -> None:
        """Say why the workspace could not be made there."""
        self._folder_field.set_error(text)

    @Slot(bool)
    def _way_changed(self, _checked: bool) -> None:
        by_keyring = self.uses_keyring()
        self._phrase_too.setVisible(by_keyring)
        self._phrase.setVisible(not by_keyring or self._phrase_too.isChecked())

    def _choose(self) -> None:
        start = self.folder().parent
        dialog = QFileDialog(
            self.window(), _("Thư mục chứa dữ liệu"), str(start if start.is_dir() else QDir.homePath())
        )
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    @Slot(str)
    def _chosen(self, name: str) -> None:
        chosen = Path(name)
        # An agency's own folder is rarely empty; the workspace gets one of its own inside.
        used = chosen.is_dir() and any(chosen.iterdir())
        self._folder.setText(str(chosen / "SpokesDesk" if used else chosen))
