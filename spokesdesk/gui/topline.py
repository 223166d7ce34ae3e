"""The top line: search or command at the left, who is working now at the right."""

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.theme import ICON_SIZE, Theme

SEARCH_WIDTH = 420


class TopLine(QWidget):
    """Search and person.

    Emits:
        search_asked: None, the command palette is wanted.
        who_asked: None, somebody else wants to work.
    """

    search_asked = Signal(object)
    who_asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 10, 14, 6)
        row.setSpacing(8)
        self.search = QPushButton(_("Tìm hoặc ra lệnh   Ctrl+K"), self)
        self.search.setProperty("search", True)
        self.search.setAccessibleName(_("Tìm hoặc ra lệnh"))
        self.search.setMinimumWidth(220)
        self.search.setMaximumWidth(SEARCH_WIDTH)
        self.search.setFixedHeight(34)
        self.search.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.search.clicked.connect(self._search)
        self._who = QPushButton("", self)
        self._who.setProperty("who", True)
        self._who.setToolTip(_("Đổi người đang làm việc (F4)"))
        self._who.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self._who.clicked.connect(self._ask_who)
        self._who.hide()
        row.addWidget(self.search, 10)
        row.addStretch(1)
        row.addWidget(self._who)
        theme.changed.connect(self._tint)
        self._tint(None)

    def set_who(self, name: str, roles: str) -> None:
        """Show who is working now; an empty name asks to choose."""
        words = f"{name} · {roles}" if roles else name
        shown = words or _("Chọn người làm việc")
        self._who.setText(f" {shown}")
        self._who.setAccessibleName(_("Người đang làm việc: {who}").format(who=shown))
        self._who.show()

    def hide_who(self) -> None:
        """Nobody can work now: the desk is locked."""
        self._who.hide()

    @Slot()
    def _search(self) -> None:
        self.search_asked.emit(None)

    @Slot()
    def _ask_who(self) -> None:
        self.who_asked.emit(None)

    @Slot(object)
    def _tint(self, _tokens: object) -> None:
        self.search.setIcon(self._theme.icon("magnify"))
        self._who.setIcon(self._theme.icon("account-circle-outline"))
