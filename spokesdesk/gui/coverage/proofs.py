"""What proves a claim: files kept by hash, our own papers, addresses where the fact was published."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Ref
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import ElidedLabel, LinkButton, clear_layout
from spokesdesk.gui.widgets.suggest import Suggest
from spokesdesk.services import inserting
from spokesdesk.services.ports import Desk, Suggestion


@dataclass(frozen=True, slots=True)
class _Papers:
    desk: Desk

    def __call__(self, words: str) -> tuple[Suggestion, ...]:
        return inserting.papers_named(self.desk, words)


class PaperPicker(QWidget):
    """Papers of ours, found by any word and put on a list.

    Emits:
        changed: None, a paper came or went.
    """

    changed = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._chosen: list[Ref] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.words = Suggest(
            context.courier, context.theme, None, _("gõ số hoặc trích yếu văn bản, chọn để thêm"), self
        )
        self.words.chosen.connect(self._take)
        self._rows = QVBoxLayout()
        column.addWidget(self.words)
        column.addLayout(self._rows)
        self.setFocusProxy(self.words)

    def use(self, desk: Desk | None) -> None:
        """Offer the papers of a desk."""
        self.words.fetch_with(_Papers(desk) if desk is not None else None)

    def papers(self) -> tuple[Ref, ...]:
        """Give the papers on the list."""
        return tuple(self._chosen)

    def set_papers(self, papers: Sequence[Ref]) -> None:
        """Show these papers."""
        self._chosen = list(papers)
        self.words.clear()
        self._show()

    @Slot(object)
    def _take(self, found: Suggestion) -> None:
        if all(found.id != each.id for each in self._chosen):
            self._chosen.append(Ref(found.id, found.name))
        self.words.clear()
        self._show()
        self.changed.emit(None)

    def _drop(self, paper: Ref) -> None:
        self._chosen.remove(paper)
        self._show()
        self.changed.emit(None)

    def _show(self) -> None:
        clear_layout(self._rows)
        for paper in self._chosen:
            box = QWidget(self)
            row = QHBoxLayout(box)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            row.addWidget(ElidedLabel(paper.name, "small", box), 1)
            row.addWidget(LinkButton(_("Bỏ"), partial(self._drop, paper), box))
            self._rows.addWidget(box)
