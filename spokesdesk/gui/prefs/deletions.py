"""The records of deletions (biên bản xóa): what every place says of the files, and certificates to print once more."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.privacy import Deletion, FilePlace
from spokesdesk.domain.privacy_words import place_words
from spokesdesk.gui.prefs.privacysheets import DoneSheet
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, label
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.services import erased_files, privacy
from spokesdesk.services.ports import Desk

Row = tuple[Deletion, tuple[FilePlace, ...]]
_SHOWN = 8


def latest(desk: Desk) -> tuple[tuple[Row, ...], int]:
    """Give the latest deletions, each with what is said of its files, and how many there are in all."""
    found = privacy.deletions(desk)
    return tuple((made, erased_files.places(desk, made.id)) for made in found[:_SHOWN]), len(found)


class DeletionsSheet(Sheet):
    """The latest deletions, a certificate each."""

    def __init__(self, context: Context, parent: QWidget, rows: tuple[Row, ...], count: int) -> None:
        super().__init__(parent, _("Biên bản xóa"), 620)
        self._context = context
        if not rows:
            self.say(_("Chưa xóa dữ liệu của ai."))
        for made, places in rows:
            head = f"{to_vn(made.at):%H:%M, %d/%m/%Y} · {made.author.name}"
            self.body.addWidget(label(head, "card", self))
            self.body.addWidget(label(made.ground, "muted", self, wrap=True))
            for place in places:
                self.body.addWidget(label(place_words(place), "muted", self, wrap=True))
            button = Button(_("Mở biên bản…"), partial(self._open, made), parent=self)
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if count > len(rows):
            self.say(_("… và {n} biên bản cũ hơn.").format(n=count - len(rows)))
        self.add_action(_("Đóng"), self.close)

    def _open(self, made: Deletion) -> None:
        DoneSheet(self._context, self, made, "").open()
