"""Help (F1): one Vietnamese page per screen, shown beside the work."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from spokesdesk import assets
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.dressing import dress
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.basic import IconButton, LinkButton, label, line

WIDTH = 420
INDENT = 18
PAGES = (
    "today",
    "journal",
    "requests",
    "papers",
    "coverage",
    "monitoring",
    "cases",
    "incidents",
    "people",
    "sync",
    "settings",
    "start",
    "imports",
    "verify",
    "law",
    "province",
)


def page(name: str) -> str:
    """Give the help page of a screen (Markdown); an unknown screen gets the page of the first one."""
    return assets.read_text("help", f"{name if name in PAGES else PAGES[0]}.md")


class HelpPanel(QFrame):
    """The page at the right edge of the window, over the screen; F1 or Esc closes it.

    Emits:
        asked: a command of ``Window.ask``: the checkup, the guide, the log folder.
    """

    asked = Signal(object)

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme, self._window, self._name = theme, window, ""
        self.setProperty("overlay", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Trợ giúp"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 6, 10)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(label(_("Trợ giúp"), "card", self))
        head.addStretch(1)
        head.addWidget(label("F1", "small", self))
        head.addWidget(IconButton(theme, "close", _("Đóng trợ giúp"), self.hide, self))
        column.addLayout(head)
        column.addWidget(line(self))
        self._text = QTextBrowser(self)
        self._text.setOpenLinks(False)
        self._text.setAccessibleName(_("Trang trợ giúp"))
        column.addWidget(self._text, 1)
        column.addWidget(line(self))
        self.links = [
            LinkButton(text, partial(self._ask, command), self)
            for text, command in (
                (_("Hướng dẫn năm bước"), "guide"),
                (_("Kiểm tra toàn vẹn bàn làm việc"), "checkup"),
                (_("Mở thư mục nhật ký chương trình"), "logs"),
            )
        ]
        for link in self.links:
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        theme.changed.connect(self._render)
        window.installEventFilter(self)
        self.hide()

    def toggle(self, name: str) -> None:
        """Show the page of a screen, or close the panel when that page is shown."""
        if not self.isHidden() and self._name == name:
            self.hide()
            return
        self._name = name
        self._render(None)
        self._place()
        self.show()
        self.raise_()
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self, command: str) -> None:
        self.hide()
        self.asked.emit(command)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the right edge."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    @Slot(object)
    def _render(self, _tokens: object) -> None:
        if not self._name:
            return
        document = self._text.document()
        document.setDefaultFont(self._theme.font(13))
        document.setIndentWidth(INDENT)
        document.setMarkdown(page(self._name))
        dress(document, self._theme)
        self._text.moveCursor(QTextCursor.MoveOperation.Start)

    def _place(self) -> None:
        width = min(WIDTH, self._window.width() - 80)
        self.setGeometry(self._window.width() - width - 8, 8, width, self._window.height() - 50)
