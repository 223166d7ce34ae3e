"""Where evidence comes in: dragged or chosen files, a picture from the clipboard, a picture of this screen."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.basic import Button, IconLabel, LinkButton, label
from spokesdesk.gui.widgets.filedrop import FileDrop
from spokesdesk.gui.widgets.states import Note

# Time for the window to get out of the way, and for a person to bring forward what is to be shown.
_AWAY_MS = 3_000
# How hard PNG is pressed (0 hardest, 100 not at all): the window waits for it.
_QUICKLY = 85


class EvidenceDrop(FileDrop):
    """The area that takes files and pictures.

    Emits:
        files_given: tuple of ``Path``.
        picture_given: PNG ``bytes`` and whether it is of this screen.
        refused: a sentence, when nothing could be taken.
    """

    files_given = Signal(object)
    picture_given = Signal(object, bool)
    refused = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(_("Thêm chứng cứ"), _("Chọn chứng cứ"), parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(theme, "paperclip", parent=self))
        row.addWidget(label(_("Kéo tệp, ảnh vào đây hoặc dán (Ctrl+V)"), "strong", self, wrap=True), 1)
        column.addLayout(row)
        ways = QHBoxLayout()
        ways.setSpacing(2)
        ways.addWidget(LinkButton(_("Chọn tệp…"), self.choose, self))
        ways.addWidget(LinkButton(_("Chụp màn hình (F6)"), self.ask_screen, self))
        ways.addStretch(1)
        column.addLayout(ways)
        warning = _(
            "Chụp toàn bộ màn hình máy này sau 3 giây, cửa sổ này sẽ thu nhỏ. Trên màn hình có gì, ảnh có nấy: "
            "hãy đóng những gì không liên quan."
        )
        self._notice = Note(warning, "amber", self)
        self._shoot = Button(_("Chụp"), self._go_away, parent=self._notice)
        self._notice.add_button(self._shoot)
        self._notice.add_button(LinkButton(_("Thôi"), self._notice.hide, self._notice))
        self._notice.hide()
        column.addWidget(self._notice)

    def take_files(self, paths: tuple[Path, ...]) -> None:
        """Give files on."""
        self.files_given.emit(paths)

    def take_picture(self, picture: QImage) -> bool:
        """Give a picture on."""
        self.picture_given.emit(png_of(picture), False)
        return True

    @Slot()
    def ask_screen(self) -> None:
        """Say what a picture of the screen will show, before one is taken."""
        self._notice.show()
        self._shoot.setFocus()

    def take_screen(self) -> None:
        """Take a picture of the screen the window is on, as it is now."""
        screen = self.window().screen()
        picture = screen.grabWindow(0).toImage() if screen is not None else QImage()
        self._come_back()
        if picture.isNull():
            self.refused.emit(
                _(
                    "Hệ điều hành này không cho chụp màn hình từ chương trình. Hãy nhấn phím PrtSc rồi dán (Ctrl+V)."
                )
            )
        else:
            self.picture_given.emit(png_of(picture), True)

    @Slot()
    def _go_away(self) -> None:
        self._notice.hide()
        self.window().showMinimized()
        QTimer.singleShot(_AWAY_MS, self, self.take_screen)

    def _come_back(self) -> None:
        window = self.window()
        if window.isMinimized():
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.activateWindow()
        self.setFocus()


def png_of(image: QImage) -> bytes:
    """Give a picture as PNG."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", _QUICKLY)  # type: ignore[call-overload]
    return bytes(data.data())
