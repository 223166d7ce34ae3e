"""The line that leads from a paper back to what it was drawn up for."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.basic import ElidedLabel, LinkButton, clear_layout
from spokesdesk.services.paper_sources import PaperSource


class SourcesLine(QWidget):
    """A link for each request, case and contact a paper belongs to; hidden when there is none.

    Emits:
        wanted: ``PaperSource`` to be opened.
    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        self.hide()

    def show_sources(self, found: Sequence[PaperSource]) -> None:
        """Show what a paper belongs to."""
        clear_layout(self._rows)
        words = {
            "request": (_("Thuộc yêu cầu: {title}"), _("Mở yêu cầu")),
            "case": (_("Thuộc vụ việc: {title}"), _("Mở vụ việc")),
            "incident": (_("Thuộc vụ việc đột xuất: {title}"), _("Mở vụ việc đột xuất")),
            "contact": (_("Thuộc lần tiếp xúc: {title}"), _("Mở lần tiếp xúc")),
        }
        for each in found:
            said, act = words[each.kind]
            one = QWidget(self)
            row = QHBoxLayout(one)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(ElidedLabel(said.format(title=each.title), "muted", one), 1)
            row.addWidget(LinkButton(act, partial(self.wanted.emit, each), one))
            self._rows.addWidget(one)
        self.setVisible(bool(found))
