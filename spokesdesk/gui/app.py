"""The window's door: makes the application, paints the frame, then opens the desk on a worker.

Before the first picture only Qt and the frame's own light modules are imported; ``bootstrap`` and the
screens come after.
"""

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from spokesdesk.gui import look
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.window import Window

if TYPE_CHECKING:
    from spokesdesk.gui.courier import Courier
    from spokesdesk.gui.door import Door
    from spokesdesk.gui.opening import Opening
    from spokesdesk.services.ports import Logs

WORKSPACE = "SPOKESDESK_WORKSPACE"
PICTURES = "SPOKESDESK_PICTURES"
REPORT_MODULES = "SPOKESDESK_REPORT_MODULES"
# How long a worker may hold the interpreter while the window waits for it; Python's own 5 ms is felt in typing.
SWITCH_S = 0.0005


def run(argv: Sequence[str] = ()) -> int:
    """Open the window and stay until it is closed.

    Args:
        argv: ``--workspace DIR``, ``--demo``.

    Returns:
        Exit code.
    """
    sys.setswitchinterval(SWITCH_S)
    kept = look.load()
    look.scale_environment(kept.scale)
    QApplication.setStyle("Fusion")
    app = QApplication(["spokesdesk"])
    app.setApplicationName("spokesdesk")
    app.setApplicationDisplayName("SpokesDesk")
    app.setQuitOnLastWindowClosed(False)
    theme = Theme(app)
    theme.scale = kept.scale
    theme.start(app, kept.palette)
    window = Window(theme)
    if kept.geometry:
        from PySide6.QtCore import QByteArray

        window.restoreGeometry(QByteArray.fromBase64(kept.geometry.encode()))
    elif window.is_cramped():
        window.setWindowState(Qt.WindowState.WindowMaximized)
    start = Start(app, window, argv)
    window.show()
    code = app.exec()
    start.end()
    return code


class Start(QObject):
    """The steps from the first picture to the open desk, and from closing to the end."""

    def __init__(self, app: QApplication, window: Window, argv: Sequence[str]) -> None:
        super().__init__(window)
        self._app, self._window = app, window
        self._folder = _asked_folder(argv)
        self._is_demo = "--demo" in argv
        self._courier: Courier | None = None
        self._opening: Opening | None = None
        self._logs: Logs | None = None
        window.painted.connect(self._painted)
        window.closing.connect(self._closing)

    def end(self) -> None:
        """Leave without waiting for a worker that hangs on the network."""
        if self._logs is not None:
            self._logs.close()
        if self._courier is not None and self._courier.is_busy:
            sys.stdout.flush()
            os._exit(0)

    @Slot(object)
    def _painted(self, _nothing: object) -> None:
        if target := os.environ.get(REPORT_MODULES):
            Path(target).write_text("\n".join(sorted(sys.modules)) + "\n", encoding="utf-8")
            self._app.exit(0)
            return
        gc.enable()
        gc.freeze()
        from spokesdesk.gui.courier import Courier
        from spokesdesk.gui.crash import CrashHandler

        self._window.wake()
        self._courier = Courier(self._app)
        self._logs = _start_logs()
        crash = CrashHandler(self._logs, self)
        crash.install()
        crash.watch(self._window)
        self._crash = crash
        self._courier.crashed.connect(crash.take)
        self._courier.idle.connect(self._put_away)
        self._window.theme.chosen.connect(self._keep_look)
        self._courier.run(_open_door, owner=self, ok=self._go_on, lane="write")

    def _go_on(self, door: "Door") -> None:
        from spokesdesk.gui.opening import Opening

        assert self._courier is not None
        assert self._logs is not None
        _speak_vietnamese(self._app)
        self._window.theme.follow_system()
        self._opening = Opening(self._window, self._courier, door)
        self._opening.gone.connect(self._leave)
        self._opening.control.care.keep_logs_in(self._logs.folder)
        self._crash.watch(self._window, self._opening.control.pages.flush)
        if target := os.environ.get(PICTURES):
            from spokesdesk.gui.tour import Tour

            Tour(self._window, self._opening, self._courier, self._crash, Path(target))
        self._courier.run(_came_up, owner=self, lane="work")
        self._opening.begin(self._folder, is_demo=self._is_demo)
        self._crash.say_before()

    @Slot(object)
    def _closing(self, _nothing: object) -> None:
        self._keep_look(None)
        # Out of the way at once; what is on its way to the disk still goes there.
        self._window.hide()
        if self._opening is not None:
            self._opening.close()
        if self._courier is None:
            self._put_away(None)
            return
        # One turn of the loop, so that the writes just asked for are queued before the courier closes.
        QTimer.singleShot(0, self._courier, self._courier.shut_down)

    @Slot(object)
    def _keep_look(self, _nothing: object) -> None:
        theme = self._window.theme
        geometry = bytes(self._window.saveGeometry().toBase64().data()).decode()
        look.keep(look.Look(theme.wanted, theme.scale, geometry))

    @Slot(object)
    def _put_away(self, _nothing: object) -> None:
        self._window.finish_close()
        self._app.exit(0)

    @Slot(object)
    def _leave(self, _nothing: object) -> None:
        self._closing(None)


def _open_door() -> "Door":
    """Worker: import what opens workspaces. Nothing of Qt: see ``courier``."""
    from functools import partial

    from spokesdesk import bootstrap
    from spokesdesk.gui.door import Door

    return Door(
        machine_settings=bootstrap.machine_settings,
        default_folder=bootstrap.default_folder,
        is_workspace=bootstrap.is_workspace,
        has_keyring=bootstrap.has_keyring,
        create=partial(bootstrap.create, for_window=True),
        open_desk=partial(bootstrap.open_desk, for_window=True),
        look_at=bootstrap.look_at,
        demo_folder=bootstrap.demo_folder,
        log_folder=bootstrap.log_folder,
        restore=bootstrap.restore,
        open_demo=partial(bootstrap.open_demo, for_window=True),
        signing_machine=bootstrap.signing_machine,
        updates=bootstrap.updates,
    )


def _came_up() -> None:
    """Worker: a new version whose first start does not come this far is left again at the next one."""
    from spokesdesk import bootstrap
    from spokesdesk.services import updates

    updates.came_up(bootstrap.updates())


def _start_logs() -> "Logs":
    from PySide6 import __version__

    from spokesdesk.bootstrap import start_logs

    return start_logs(f"Qt {__version__}")


def _asked_folder(argv: Sequence[str]) -> Path | None:
    words = list(argv)
    if "--workspace" in words[:-1]:
        return Path(words[words.index("--workspace") + 1]).expanduser()
    asked = os.environ.get(WORKSPACE)
    return Path(asked).expanduser() if asked else None


def _speak_vietnamese(app: QApplication) -> None:
    from spokesdesk.gui.qtwords import QtWords

    app.installTranslator(QtWords(app))
