"""One window per workspace: a second start raises the first and goes.

The lock in the workspace's folder decides who may open it (``outside.lockfile``); this is only how a window is called
to the front. Lock and name stay the same in every version and in portable use, so that any two programs know
each other.
"""

import hashlib
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

# A window that does not answer at once is hung; waiting longer would hang this one too.
ANSWER_MS = 300
_UNREAD_BYTES = 64
_ANY_PROCESS = -1


def server_name(folder: Path) -> str:
    """Give the name under which the window of a workspace listens; private to this user."""
    place = str(folder.expanduser().resolve())
    return f"spokesdesk-{hashlib.sha256(place.encode()).hexdigest()[:24]}"


def raise_other(folder: Path) -> bool:
    """Ask a window that has this workspace open to come to the front; False when there is none.

    Called on the GUI thread: a local socket answers at once, and workers never touch Qt (see ``courier``).
    """
    _let_it_come_forward()
    socket = QLocalSocket()
    socket.connectToServer(server_name(folder))
    if not socket.waitForConnected(ANSWER_MS):
        return False
    socket.write(b"raise\n")
    socket.flush()
    socket.waitForBytesWritten(ANSWER_MS)
    socket.disconnectFromServer()
    return True


class SingleWindow(QObject):
    """Listens for second starts.

    Emits:
        asked: None, another start wants this window at the front.
    """

    asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._came)
        self._name = ""

    def listen(self, folder: Path) -> bool:
        """Listen for this workspace; what a killed program left behind is removed.

        Returns:
            False when another window listens already: it has been raised.
        """
        name = server_name(folder)
        if name == self._name:
            return True
        self._server.close()
        self._name = ""
        # Asked first: on Linux Qt takes the name of a listener that is well and alive, too.
        if raise_other(folder):
            return False
        if not self._server.listen(name):
            QLocalServer.removeServer(name)
            self._server.listen(name)
        self._name = name
        return True

    @Slot()
    def _came(self) -> None:
        connection = self._server.nextPendingConnection()
        if connection is not None:
            # Nothing that comes is read: to connect is the whole message, so nobody can say anything else.
            connection.setReadBufferSize(_UNREAD_BYTES)
            connection.disconnected.connect(connection.deleteLater)
            self.asked.emit(None)


if sys.platform == "win32":
    import ctypes

    def _let_it_come_forward() -> None:
        """Windows lets a window come to the front only when the program that the person just started allows it."""
        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)

else:

    def _let_it_come_forward() -> None:
        """Elsewhere the window manager decides."""
