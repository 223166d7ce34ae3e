"""The journalist's slip: printed with one key; without a printer it is saved as a PDF."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.errors import DeskError, OutsideError
from spokesdesk.domain.journal import Contact
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import safe_file_name
from spokesdesk.domain.words import word
from spokesdesk.gui.savedialog import ask_pdf
from spokesdesk.gui.screen import Context
from spokesdesk.services import journal
from spokesdesk.services.ports import Desk


class SlipPrinter(QObject):
    """Prints slips; the dialog for saving one belongs to ``screen``."""

    def __init__(self, context: Context, screen: QWidget) -> None:
        super().__init__(screen)
        self._context, self._screen = context, screen
        self._entry: Contact | None = None

    def print(self, entry: Contact) -> None:
        """Send the slip of an entry to the printer."""
        desk = self._context.desk()
        if desk is None:
            return
        self._entry = entry
        self._context.courier.run(
            partial(journal.print_slip, desk, entry.id),
            owner=self,
            ok=self._printed,
            fail=self._not_printed,
            lane="work",
            label=_("Đang in phiếu tiếp nhận"),
        )

    def save_to(self, target: str) -> None:
        """Write the slip as a PDF file."""
        desk, entry = self._context.desk(), self._entry
        if desk is not None and entry is not None:
            self._context.courier.run(
                partial(_write, desk, entry, Path(target)),
                owner=self,
                ok=self._written,
                lane="work",
                label=_("Đang lưu phiếu tiếp nhận"),
            )

    def _printed(self, _job: str) -> None:
        self._context.toast(_("Đã gửi phiếu tiếp nhận tới máy in."))

    def _not_printed(self, error: DeskError) -> None:
        self._context.status(word(error))
        if not isinstance(error, OutsideError):
            return
        title = _("Chưa in được – lưu phiếu tiếp nhận thành PDF để in sau")
        ask_pdf(self._screen, title, self._file_name(), self.save_to)

    def _file_name(self) -> str:
        entry = self._entry
        who = entry.journalist or entry.outlet if entry else None
        return safe_file_name(f"phieu-tiep-nhan {who.name if who else ''}.pdf", otherwise="phieu-tiep-nhan")

    def _written(self, target: Path) -> None:
        self._context.toast(_("Đã lưu phiếu: {name}").format(name=target.name))


def _write(desk: Desk, entry: Contact, target: Path) -> Path:
    """Write the slip (blocking); raises OutsideError when the disk does not take it."""
    pdf = journal.slip(desk, entry.id)
    try:
        target.write_bytes(pdf)
    except OSError as error:
        raise OutsideError("file_unwritable", path=target) from error
    return target
