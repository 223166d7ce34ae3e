"""One window per workspace: a second start raises the first and goes."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

# A window that does not answer at once is hung; waiting longer would hang this one too.
ANSWER_MS = 300


def server_name(folder: Path) -> str:
    """Give the name under which the window of a workspace listens; private to this user."""
    place = str(folder.expanduser().resolve())
    return f"spokesdesk-{hashlib.sha256(place.encode()).hexdigest()[:24]}"


def raise_other(folder: Path) -> bool:
    """Ask a window that has this workspace open to come to the front; False when there is none.

    Called on the GUI thread: a local socket answers at once, and workers never touch Qt (see ``courier``).
    """
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

    def listen(self, folder: Path) -> None:
        """Listen for this workspace; what a killed program left behind is removed."""
        name = server_name(folder)
        if name == self._name:
            return
        self._server.close()
        if not self._server.listen(name):
            QLocalServer.removeServer(name)
            self._server.listen(name)
        self._name = name

    @Slot()
    def _came(self) -> None:
        connection = self._server.nextPendingConnection()
        if connection is not None:
            connection.disconnected.connect(connection.deleteLater)
            self.asked.emit(None)
