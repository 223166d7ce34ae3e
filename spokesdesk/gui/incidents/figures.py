"""The figures of the yearly report for any period: counted, saved as a table, put into a draft of the report."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.counters import Counted
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.words import word
from spokesdesk.gui.savedialog import ask_target
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, label
from spokesdesk.gui.widgets.fields import DateEdit, Field
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.services import counters


class FiguresSheet(Sheet):
    """Số liệu báo cáo: the reporting year that runs, until another period is typed."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, _("Số liệu báo cáo về phát ngôn"), 640)
        self._context = context
        self.counted: Counted | None = None
        self._shown: list[QWidget] = []
        self.first, self.last = DateEdit("from_on", self), DateEdit("until_on", self)
        self._fields = [
            Field(_("Từ ngày"), self.first, "from_on", parent=self),
            Field(_("Đến hết ngày"), self.last, "until_on", parent=self),
        ]
        row = QHBoxLayout()
        row.setSpacing(12)
        for field in self._fields:
            row.addWidget(field, 1)
        row.addWidget(Button(_("Tính"), self.count, "F5", self))
        self.body.addLayout(row)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self._actions.addWidget(Button(_("Lưu tệp…"), self.save, "Ctrl+S", self))
        self._actions.addWidget(Button(_("Đóng"), self.close, parent=self))
        self.add_action(_("Soạn báo cáo"), self.draft_report)
        self.resize(QSize(min(parent.width() - 120, 760), min(parent.height() - 80, 560)))
        self.count()

    @Slot()
    def count(self) -> None:
        """Count for the period that is typed."""
        desk = self._context.desk()
        if desk is None:
            return
        try:
            first, last = self.first.on(), self.last.on()
        except UserError as error:
            self._failed(error)
            return
        work = partial(counters.count, desk, first, last)
        self._context.courier.run(work, owner=self, ok=self._show, fail=self._failed, lane="read")

    @Slot()
    def save(self) -> None:
        """Ask where the table is to be written."""
        kinds = _("Bảng tính (*.xlsx);;CSV (*.csv)")
        name = _("so-lieu-phat-ngon.xlsx")
        ask_target(self, _("Lưu số liệu"), name, self.save_to, kinds=kinds, ending="xlsx")

    def save_to(self, path: str) -> None:
        """Write the table."""
        desk = self._context.desk()
        if desk is not None and self.counted is not None:
            work = partial(counters.export, desk, self.counted, Path(path))
            self._context.courier.run(work, owner=self, ok=self._saved, fail=self._failed, lane="work")

    @Slot()
    def draft_report(self) -> None:
        """Draft the report with these figures, and open it."""
        desk = self._context.desk()
        if desk is not None and self.counted is not None:
            work = partial(counters.draft_report, desk, self.counted)
            self._context.courier.run(work, owner=self, ok=self._drafted, fail=self._failed)

    def _show(self, counted: Counted) -> None:
        self.counted = counted
        show_error(self._fields, None)
        self.first.set_on(counted.first)
        self.last.set_on(counted.last)
        for old in self._shown:
            self._grid.removeWidget(old)
            old.deleteLater()
        self._shown = []
        for at, row in enumerate(counted.rows):
            title = label(f"{row.n}. {row.title}", "", self, wrap=True)
            figure = label(row.figure, "strong", self)
            note = label(row.note, "small", self, wrap=True)
            self._grid.addWidget(title, 2 * at, 0)
            self._grid.addWidget(figure, 2 * at, 1)
            self._grid.addWidget(note, 2 * at + 1, 0, 1, 2)
            self._shown += [title, figure, note]

    def _failed(self, error: DeskError) -> None:
        if not show_error(self._fields, error):
            self._context.status(word(error))

    def _saved(self, path: Path) -> None:
        self._context.toast(_("Đã lưu {name}.").format(name=path.name))

    def _drafted(self, answer: tuple[Paper, Changes]) -> None:
        self.close()
        self._context.navigate("paper", answer[0].id)
