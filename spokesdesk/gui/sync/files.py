"""Files on their way, whoever asked for them: one line with progress, and a button that stops them."""

from functools import partial

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.pace import PaceBar
from spokesdesk.gui.screen import Context
from spokesdesk.services import sync as service

LOOK_MS = 400
_MIB = 1024 * 1024


class FilesBar(PaceBar):
    """Watches the exchange of files while the page is shown."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._watch = QTimer(self)
        self._watch.setInterval(LOOK_MS)
        self._watch.timeout.connect(self.look)

    def watch(self, *, on: bool) -> None:
        """Look now and then whether files are under way, or no more."""
        if on:
            self._watch.start()
        else:
            self._watch.stop()

    @Slot()
    def exchange(self) -> None:
        """Send and fetch files now."""
        desk = self._context.desk()
        if desk is not None:
            self._context.courier.run(
                partial(service.exchange_files, desk),
                owner=self,
                ok=self._done,
                fail=self._failed,
                lane="files",
            )

    @Slot()
    def look(self) -> None:
        """Show how far it is."""
        step = service.files_step()
        if step is None:
            if self.is_running():
                self.end()
            return
        if not self.is_running():
            self._told = self.begin("")
        self.say(_words(step))
        self._told.tell(step.done, step.size)

    @Slot()
    def stop(self) -> None:
        """Stop at the next chunk; the next time goes on from there."""
        service.stop_files()
        super().stop()

    def _done(self, answer: tuple[service.FilesReport, Changes]) -> None:
        report, _changes = answer
        if report.fault is not None:
            self._context.status(word(report.fault))
            return
        said = _("Tệp: gửi {sent}, nhận {received}, còn chờ máy khác gửi {awaited}.")
        self._context.toast(said.format(sent=report.sent, received=report.received, awaited=report.awaited))

    def _failed(self, error: DeskError) -> None:
        self._context.status(word(error))


def _words(step: service.FilesStep) -> str:
    what = _("Đang gửi tệp lên cổng") if step.outgoing else _("Đang nhận tệp từ cổng")
    size = f"{step.done / _MIB:.1f}/{step.size / _MIB:.1f} MB" if step.size else f"{step.done / _MIB:.1f} MB"
    left = _("còn {n} tệp").format(n=step.left) if step.left else _("tệp cuối")
    return f"{what}: {size} · {left}".replace(".", ",", 2)
