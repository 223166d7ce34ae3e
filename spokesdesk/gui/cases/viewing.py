"""One item shown in the window: a picture fitted to the sheet, or the text; nothing of it is written anywhere."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.evidence import Evidence
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.viewer import as_image
from spokesdesk.gui.widgets.basic import label
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.services.evidence import Shown
from spokesdesk.services.looking import PageImage

_PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp")
_TEXTS = (".txt", ".csv", ".log", ".md", ".eml")
_SHOWN_BYTES = 24 << 20
_SHOWN_CHARS = 200_000


def can_show(item: Evidence) -> bool:
    """Whether the window itself can show an item."""
    name = item.file.name.lower()
    return item.file.size <= _SHOWN_BYTES and name.endswith((*_PICTURES, *_TEXTS))


class ItemSheet(Sheet):
    """An item, as it is."""

    def __init__(self, theme: Theme, item: Evidence, shown: Shown, parent: QWidget) -> None:
        super().__init__(parent, item.name, 640)
        self._picture = QPixmap()
        self._place = QLabel(self)
        self.body.addWidget(
            label(_("SHA-256 {hash}").format(hash=item.file.sha256), "small", self, wrap=True)
        )
        if isinstance(shown, DeskError):
            self.say(word(shown))
        elif isinstance(shown, bytes):
            self._show_text(shown)
        else:
            self._show_picture(shown)
        note = _("Lần xem này đã được ghi vào nhật ký lưu giữ.")
        self.body.addWidget(label(note, "small", self, wrap=True))
        self.add_action(_("Đóng"), self.close)
        self.resize(QSize(min(parent.width() - 120, 900), min(parent.height() - 80, 680)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the picture."""
        super().resizeEvent(event)
        self._fit()

    def _show_picture(self, shown: PageImage) -> None:
        self._picture = QPixmap.fromImage(as_image(shown))
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._place.setMinimumHeight(200)
        self.body.addWidget(self._place, 1)

    def _show_text(self, data: bytes) -> None:
        text = QPlainTextEdit(self)
        text.setReadOnly(True)
        text.setAccessibleName(_("Nội dung chứng cứ"))
        text.setPlainText(data.decode("utf-8-sig", "replace")[:_SHOWN_CHARS])
        self.body.addWidget(text, 1)

    def _fit(self) -> None:
        if self._picture.isNull():
            return
        room = self._place.size() * self.devicePixelRatio()
        shown = self._picture
        if shown.width() > room.width() or shown.height() > room.height():
            shown = shown.scaled(
                room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        shown.setDevicePixelRatio(self.devicePixelRatio())
        self._place.setPixmap(shown)
