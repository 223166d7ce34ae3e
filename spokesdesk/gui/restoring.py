"""Getting a backup back: which copy, into which new folder; never over a workspace in use."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDir, Qt, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QWidget

from spokesdesk.domain.backups import Copy, size_words
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.newplace import NewPlaceSheet
from spokesdesk.gui.pace import Pace
from spokesdesk.gui.widgets.basic import Button, LinkButton
from spokesdesk.gui.widgets.fields import Field, LineEdit

_ROW = 34


class RestoreSheet(NewPlaceSheet):
    """Asks for a copy and a new folder.

    Args:
        restore: does it (blocking): copy, new folder, pace.
        place: folder where copies are known to be, None when nobody knows.
    """

    def __init__(
        self,
        courier: Courier,
        restore: Callable[[Path, Path, Pace], Path],
        place: Path | None,
        parent: QWidget,
    ) -> None:
        super().__init__(
            courier, _("Khôi phục sang thư mục mới"), _("Khôi phục"), restore, _restored_words, parent
        )
        self._place = place
        self.say(_("Bàn làm việc đang dùng không bị đụng đến. Mọi phần được so mã băm khi chép."))
        self.copies = QComboBox(self)
        self.copies.setMinimumHeight(_ROW)
        self.copies.setAccessibleName(_("Các bản trong nơi giữ"))
        self.copies.currentIndexChanged.connect(self._picked)
        self.copies.hide()
        self.body.addWidget(self.copies)
        self.source = LineEdit(parent=self)
        self.fields.insert(0, Field(_("Bản sao lưu"), self.source, "file", parent=self))
        self.add_line(self.fields[0], Button(_("Chọn tệp…"), self._ask_file, parent=self))
        day = LinkButton(_("hoặc chọn thư mục của một ngày…"), self._ask_day, self)
        self.body.addWidget(day, 0, Qt.AlignmentFlag.AlignLeft)
        self.finish()
        self.fields[0].focus()

    def offer(self, copies: Sequence[Copy]) -> None:
        """Offer the copies that are in the known place, the latest first."""
        if self._place is None or not copies:
            return
        for copy in copies:
            text = _("{name} · {size}").format(name=copy.name, size=size_words(copy.size))
            self.copies.addItem(text, str(self._place / "days" / copy.name))
        self.copies.show()
        self.copies.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_ready(self) -> bool:
        """Say at each field what is missing; True when nothing is."""
        missing = not self.source.text().strip()
        self.fields[0].set_error(_("Cần chọn bản sao lưu.") if missing else "")
        return super().is_ready() and not missing

    def prepared(self, folder: Path, pace: Pace) -> Callable[[], object]:
        """Give the work with the copy that was chosen."""
        source = Path(self.source.text().strip()).expanduser()
        return partial(self._work, source, folder, pace)

    @Slot(int)
    def _picked(self, at: int) -> None:
        self.source.setText(str(self.copies.itemData(at) or ""))

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, _("Bản sao lưu"), str(self._place or QDir.homePath()))
        dialog.setNameFilter(_("Bản sao lưu ({kinds})").format(kinds="*.spokesbackup"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self.ask(dialog, self.source)

    def _ask_day(self) -> None:
        dialog = QFileDialog(self, _("Thư mục của một ngày"), str(self._place or QDir.homePath()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self.ask(dialog, self.source)


def _restored_words(folder: Path) -> str:
    return _("Đã khôi phục vào {path}.").format(path=folder)
