"""What keeps the workspace well, as the window offers it: backups, checkup, guide, logs, another workspace."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.backups import Backups
from spokesdesk.gui.checkup import CheckupSheet
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.crash import show_folder
from spokesdesk.gui.guide import Guide
from spokesdesk.gui.screen import Context
from spokesdesk.gui.session import Session
from spokesdesk.gui.window import Window
from spokesdesk.services.ports import Desk


class Care(QObject):
    """Carries out ``checkup``, ``guide`` and ``logs``; says when the last backup is old.

    Args:
        put_down: hands over what was typed and stops what runs by itself, before the desk is closed.
    """

    def __init__(
        self, window: Window, session: Session, courier: Courier, put_down: Callable[[], object]
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._courier = window, session, courier
        self._put_down = put_down
        self._context: Context | None = None
        self._log_folder: Path | None = None
        self._caution = ""
        self.backups = Backups(courier, window.status_line, self)
        self.backups.cautioned.connect(self._cautioned)
        self.guide = Guide(window.notes.addWidget, window.ask, window)
        self.guide.ended.connect(self._guided)

    def use(self, context: Context) -> None:
        """Take what the window gives every screen."""
        self._context = context

    def keep_logs_in(self, folder: Path) -> None:
        """Say where the program's log and crash reports are kept."""
        self._log_folder = folder

    def caution(self) -> str:
        """Give what a person must be told about the backups, "" when all is well."""
        return self._caution

    def open_other(self, folder: Path) -> None:
        """Close this workspace and open another one."""
        self._put_down()
        self._session.reopen(folder)

    def start(self, desk: Desk) -> None:
        """The desk is open."""
        self.backups.start(desk, is_demo=self._session.is_demo)

    def stop(self) -> None:
        """The desk is about to be closed."""
        self.backups.stop()

    def on_changed(self, changes: Changes) -> None:
        """Something was written."""
        self.backups.on_changed(changes)
        self.guide.on_changed(changes)

    def obey(self, command: str) -> bool:
        """Carry out a command; False when it is not one of these."""
        known = {"checkup": self.check, "guide": self.guide.begin, "logs": self.show_logs}
        run = known.get(command)
        if run is not None:
            run()
        return run is not None

    def check(self) -> None:
        """Read the whole workspace and say what was found."""
        if self._context is not None and self._session.desk() is not None:
            sheet = CheckupSheet(self._context, self._window)
            sheet.open()
            sheet.begin()

    def show_logs(self) -> None:
        """Open the folder of the program's log."""
        if self._log_folder is not None:
            show_folder(self._log_folder)

    @Slot(object)
    def _cautioned(self, caution: str) -> None:
        if caution != self._caution:
            self._caution = caution
            self._courier.changed_by((Change("care"),))

    @Slot(object)
    def _guided(self, _all_done: bool) -> None:
        if self._context is not None:
            self._context.toast(_("Xong năm bước. Làm lại lúc nào cũng được ở Trợ giúp (F1)."))
