"""Palette and scale; they belong to this machine, not to the workspace."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.look import SCALES
from spokesdesk.gui.prefs.section import Section
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Card, label
from spokesdesk.gui.widgets.fields import ComboBox, Field


class Appearance(Section):
    """How the window looks on this machine."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        card = Card(_("Giao diện"), parent=self)
        choices = (("system", _("Theo máy")), ("light", _("Sáng")), ("dark", _("Tối")))
        self._palette: ComboBox[str] = ComboBox(choices, self)
        self._palette.set_value(context.theme.wanted)
        self._scale: ComboBox[int] = ComboBox(tuple((n, f"{n} %") for n in SCALES), self)
        self._scale.set_value(context.theme.scale)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Field(_("Bảng màu"), self._palette, parent=card), 1)
        row.addWidget(Field(_("Cỡ hiển thị"), self._scale, parent=card), 1)
        row.addStretch(1)
        card.body.addLayout(row)
        hint = _(
            "Bảng màu đổi ngay. Cỡ hiển thị cộng thêm vào cỡ của hệ điều hành và có hiệu lực khi mở lại."
        )
        card.add(label(hint, "small", card, wrap=True))
        self.column.addWidget(card)
        self.column.addStretch(1)
        self._palette.currentIndexChanged.connect(self._choose)
        self._scale.currentIndexChanged.connect(self._choose)

    @Slot(int)
    def _choose(self, _index: int) -> None:
        self.context.theme.choose(self._palette.value(), self._scale.value())
