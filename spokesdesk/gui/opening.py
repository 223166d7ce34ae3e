"""From the painted frame to the open desk: first run, unlock, or straight in; and back at closing."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from spokesdesk.domain.errors import DeskError
from spokesdesk.gui.control import Control
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.door import Door, Founding
from spokesdesk.gui.idle import IdleLock
from spokesdesk.gui.pace import Pace
from spokesdesk.gui.session import Found, Founded, Session
from spokesdesk.gui.single import SingleWindow
from spokesdesk.gui.start.unlock import UnlockPage, by_environment, by_keyring
from spokesdesk.gui.start.wizard import FirstRun
from spokesdesk.gui.window import Window
from spokesdesk.services.ports import Desk, MachineSettings


class Opening(QObject):
    """Decides which page stands before the desk.

    Emits:
        gone: None, another window has this workspace; this one leaves.
    """

    gone = Signal(object)

    def __init__(self, window: Window, courier: Courier, door: Door) -> None:
        super().__init__(window)
        self._window, self._courier, self._door = window, courier, door
        self.session = Session(courier, door, self)
        self.control = Control(window, self.session, courier)
        self._single = SingleWindow(self)
        self._single.asked.connect(self._raise)
        self._settings: MachineSettings | None = None
        self._idle: IdleLock | None = None
        self._unlock: UnlockPage | None = None
        self._first_run: FirstRun | None = None
        self.session.found.connect(self._found)
        self.session.founded.connect(self._founded)
        self.session.opened.connect(self._opened)
        self.session.locked.connect(self._locked)
        self.session.refused.connect(self._refused)
        self.session.elsewhere.connect(self.gone)
        window.theme.chosen.connect(self._keep_look)

    def begin(self, folder: Path | None, *, is_demo: bool = False) -> None:
        """Look for the workspace, or open the sample one."""
        if is_demo:
            self.session.open_demo()
        else:
            self.session.look(folder)

    def close(self) -> None:
        """The window is closing: hand over what was typed, close the desk after it."""
        self.control.lock()

    @Slot(object)
    def _found(self, found: Found) -> None:
        self._settings = found.settings
        palette = found.settings.get("palette")
        if isinstance(palette, str) and palette in ("light", "dark", "system"):
            self._window.theme.use(palette)
        minutes = found.settings.get("lock_after_min")
        if self._idle is None:
            self._idle = IdleLock(self._window, self.control.lock, minutes if isinstance(minutes, int) else 0)
        if not found.exists:
            self._show_first_run(found.folder)
        elif found.desk is None:
            self._show_first_unlock(found)

    def _show_first_run(self, folder: Path) -> None:
        if not self._single.listen(folder):
            self.gone.emit(None)
            return
        self._first_run = FirstRun(self._window.theme, self._courier, self._door, folder, self._window)
        self._first_run.finished.connect(self._found_workspace)
        self._first_run.demo_asked.connect(self._demo)
        self._first_run.restore_asked.connect(self._ask_restore)
        self._first_run.verify_asked.connect(self.control.verify)
        self._first_run.done.connect(self._enter)
        self._window.cover(self._first_run)

    @Slot(object)
    def _found_workspace(self, founding: Founding) -> None:
        self.session.found_workspace(founding)

    @Slot(object)
    def _demo(self, _nothing: object) -> None:
        self._first_run = None
        self.session.open_demo()

    @Slot(object)
    def _founded(self, founded: Founded) -> None:
        if self._first_run is not None:
            self._first_run.show_recovery(founded.recovery_key)

    @Slot(object)
    def _enter(self, where: str) -> None:
        self._first_run = None
        self._window.uncover()
        if where:
            self._window.ask(where if where == "guide" else f"go:{where}")

    @Slot(object)
    def _ask_restore(self, _nothing: object) -> None:
        from spokesdesk.gui.restoring import RestoreSheet

        restoring = partial(_restore, self._door)
        sheet = RestoreSheet(self._courier, restoring, None, self._window)
        sheet.made.connect(self._restored)
        sheet.open()

    @Slot(object)
    def _restored(self, folder: Path) -> None:
        self._first_run = None
        self.session.reopen(folder)

    def _show_first_unlock(self, found: Found) -> None:
        """Nothing was typed yet, so nobody did anything wrong."""
        if found.error is not None and found.error.code == "passphrase_wrong":
            self._show_unlock(calm=by_environment())
        elif found.error is None and "keyring" in found.ways:
            self._show_unlock(calm=by_keyring())
        else:
            self._show_unlock(found.error)

    def _show_unlock(self, error: DeskError | None = None, *, calm: str = "") -> None:
        if self._unlock is None:
            self._unlock = UnlockPage(self._window.theme, self.session, self._window)
            self._unlock.verify_asked.connect(self.control.verify)
        self._window.cover(self._unlock)
        self._unlock.begin(error, calm=calm)

    @Slot(object)
    def _opened(self, desk: Desk) -> None:
        self._single.listen(desk.keeper.folder)
        if self._first_run is None:
            self._unlock = None
            self._window.uncover()

    @Slot(object)
    def _locked(self, _nothing: object) -> None:
        if self._window.isVisible():
            self._show_unlock()

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        if self._first_run is not None:
            self._first_run.show_error(error)
        else:
            self._show_unlock(error)

    @Slot(object)
    def _keep_look(self, _nothing: object) -> None:
        if self._settings is not None:
            theme = self._window.theme
            keeping = partial(_keep, self._settings, theme.wanted, theme.scale)
            self._courier.run(keeping, owner=self, lane="work")

    @Slot(object)
    def _raise(self, _nothing: object) -> None:
        self._window.setWindowState(self._window.windowState() & ~self._window.windowState().WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()


def _restore(door: Door, source: Path, folder: Path, pace: Pace) -> Path:
    return door.restore(source, folder, progress=pace.tell, is_cancelled=pace.is_stopped)


def _keep(settings: MachineSettings, palette: str, scale: int) -> None:
    settings.put("palette", palette)
    settings.put("scale", scale)
