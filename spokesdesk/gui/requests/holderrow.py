"""One open request in the list of the end of the day: how late it is, what it is, and who it waits on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.day_end import DayEndItem
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.remaining import left
from spokesdesk.gui.requests.words import Names
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import CHIP_WIDTH, Chip, label
from spokesdesk.gui.widgets.fields import Field, LineEdit
from spokesdesk.gui.widgets.suggest import Suggest
from spokesdesk.services.ports import Desk


class HolderRow(QWidget):
    """Asks who a request waits on.

    Args:
        context: courier and theme.
        item: the request.
        desk: gives the time that remains, and the names that are offered.
        kept: what was typed before, "" for nothing.
    """

    def __init__(
        self, context: Context, item: DayEndItem, desk: Desk | None, kept: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 4)
        across.setSpacing(12)
        chip = Chip(parent=self)
        words = (_("chưa có hạn"), "neutral")
        if item.due_at is not None and desk is not None:
            words = left(item.due_at, desk.now())
        chip.set(*words)
        chip.setFixedWidth(CHIP_WIDTH)
        across.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        about = QVBoxLayout()
        about.setSpacing(2)
        about.addStretch(1)
        about.addWidget(label(item.topic, "strong", self, wrap=True))
        about.addWidget(label(item.who, "small", self, wrap=True))
        about.addStretch(1)
        across.addLayout(about, 3)
        names = Names(desk) if desk else None
        edit = Suggest(context.courier, context.theme, names, _("Người, phòng, lãnh đạo…"), self)
        edit.setText(kept or item.holder)
        self.field = Field(_("Đang chờ ai"), edit, "holder", parent=self)
        across.addWidget(self.field, 2)


def typed(field: Field) -> str:
    """Give the name typed into a row's field."""
    edit = field.edit
    assert isinstance(edit, LineEdit)
    return edit.text()
