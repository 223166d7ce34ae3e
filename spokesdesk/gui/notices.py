"""The one door to notifications of the desktop: the tray where there is one, else the portal, else nothing.

A notification can be seen by whoever stands before the screen, also while it is locked: it never names anything.
Whatever is told here is told in the window, too; a desktop that shows no notifications loses nothing.
"""

import os
import sys

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QSystemTrayIcon

from spokesdesk.gui.theme import Theme

SERVICE, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
INTERFACE = "org.freedesktop.portal.Notification"
NAME = "SpokesDesk"
BUS = "DBUS_SESSION_BUS_ADDRESS"
_SHOWN_MS = 20_000


class Notices(QObject):
    """Shows notifications outside the window.

    Emits:
        clicked: the topic of what was told last; the person asks to see it.
    """

    clicked = Signal(object)

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tray: QSystemTrayIcon | None = None
        self._topic = ""

    def tell(self, title: str, text: str, topic: str) -> None:
        """Show a notification where the desktop can, in place of the one before of its topic; never waits."""
        self._topic = topic
        for way in (self._by_tray, self._by_portal):
            if way(title, text):
                return

    def _by_tray(self, title: str, text: str) -> bool:
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return False
        if self._tray is None:
            self._tray = QSystemTrayIcon(self._theme.badge(), self)
            self._tray.setToolTip(NAME)
            self._tray.messageClicked.connect(self._clicked)
            self._tray.activated.connect(self._clicked)
        self._tray.show()
        self._tray.showMessage(title, text, QSystemTrayIcon.MessageIcon.Warning, _SHOWN_MS)
        return True

    def _by_portal(self, title: str, text: str) -> bool:
        # Without an address Qt would start a bus of its own, where nobody listens.
        has_bus = sys.platform.startswith("linux") and bool(os.environ.get(BUS))
        return has_bus and _notify(title, text, self._topic)

    @Slot()
    def _clicked(self, *_how: object) -> None:
        self.clicked.emit(self._topic)


def _notify(title: str, text: str, topic: str) -> bool:
    """Ask the desktop's portal to show a notification, without waiting for its answer.

    Qt for Python cannot send the unsigned number that org.freedesktop.Notifications takes; the portal takes texts.
    """
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    call = QDBusMessage.createMethodCall(SERVICE, PATH, INTERFACE, "AddNotification")
    call.setArguments([f"{NAME.lower()}-{topic}", {"title": title, "body": text, "priority": "urgent"}])
    return bus.send(call)
