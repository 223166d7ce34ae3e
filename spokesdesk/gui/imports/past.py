"""The imports there were: from which file, how many rows, taken back with one key."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.imports import ImportRun, RunState
from spokesdesk.domain.imports.fields import noun_titles
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.given import Given, GivenModel
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card
from spokesdesk.gui.widgets.rowlist import RowCells, RowList
from spokesdesk.gui.widgets.states import EmptyState
from spokesdesk.services import imports
from spokesdesk.services.ports import Desk


class PastCard(Card):
    """Past imports.

    Emits:
        undo_asked: the ``ImportRun`` to take back.
    """

    undo_asked = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Các lần đã nhập"), parent=parent)
        self.body.setContentsMargins(1, 12, 1, 12)
        self.head.setContentsMargins(15, 0, 15, 0)
        self._model: GivenModel[ImportRun] = GivenModel(context.courier, _key, self)
        self.rows = RowList(context.theme, _cells, _("Các lần đã nhập"), self)
        self.rows.set_rows(self._model)
        sentence = _("Chưa nhập bảng nào. Mỗi lần nhập đều có thể hoàn tác cả lần, kể cả sau này.")
        self._empty = EmptyState(context.theme, "backup-restore", sentence, parent=self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.rows)
        self._pages.addWidget(self._empty)
        self.add(self._pages, 1)
        self.button = Button(_("Hoàn tác cả lần nhập này"), self._ask, parent=self)
        self.button.hide()
        self.add(self.button)
        self._model.loaded.connect(self._loaded)

    def use(self, desk: Desk | None) -> None:
        """List the imports of this desk; none while it is closed."""
        if desk is None:
            self._model.clear()
        else:
            self._model.show(partial(_runs, desk))

    def _loaded(self, count: int) -> None:
        self._pages.setCurrentWidget(self.rows if count else self._empty)
        self.button.setVisible(bool(count))

    def _ask(self) -> None:
        self.rows.select_first()
        given = self.rows.current()
        if given is not None:
            self.undo_asked.emit(given.item)


def counts(run: ImportRun) -> str:
    """Say what an import did."""
    return _("thêm {made} · đổi {changed} · bỏ qua {skipped} · sai {faulty}").format(
        made=run.made, changed=run.changed, skipped=run.skipped, faulty=run.faulty
    )


def _runs(desk: Desk) -> Sequence[ImportRun]:
    return imports.runs(desk)


def _cells(given: Given[ImportRun]) -> RowCells:
    run = given.item
    chips = {
        RunState.RUNNING: (_("Dở dang"), "amber"),
        RunState.DONE: (_("Đã nhập"), "green"),
        RunState.CANCELLED: (_("Đã dừng"), "neutral"),
        RunState.UNDONE: (_("Đã hoàn tác"), "neutral"),
    }
    chip, tone = chips[run.state]
    when = f"{to_vn(run.started_at):%d/%m/%Y %H:%M}"
    kept = _(" · giữ lại {count}").format(count=len(run.kept)) if run.kept else ""
    detail = f"{noun_titles()[run.noun]} · {counts(run)}{kept}"
    return RowCells(run.file_name, "", when, detail, chip, tone, quiet=True)


def _key(run: ImportRun) -> UUID:
    return run.id
