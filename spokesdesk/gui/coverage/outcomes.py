"""How outlets answer what we ask: one table in all, by outlet, by kind and by what was asked; written out."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.outcomes import Outcomes
from spokesdesk.domain.words import word
from spokesdesk.gui.savedialog import ask_target
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.sides import scrolled
from spokesdesk.gui.widgets.basic import Button, label, line
from spokesdesk.gui.widgets.fields import DateEdit, Field
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.services import outcomes


class OutcomesSheet(Sheet):
    """The statistics of rebuttals."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, _("Kết quả đề nghị cải chính"), 960)
        self._context = context
        self.found: Outcomes | None = None
        self._shown: list[QWidget] = []
        self._cells: list[list[str]] = []
        self.from_on, self.to_on = DateEdit("from_on", self), DateEdit("to_on", self)
        self.fields = [
            Field(_("Từ ngày"), self.from_on, "from_on", parent=self),
            Field(_("Đến ngày"), self.to_on, "to_on", parent=self),
        ]
        row = QHBoxLayout()
        row.setSpacing(12)
        for field in self.fields:
            row.addWidget(field, 1)
        row.addWidget(Button(_("Tính lại"), self.load, "F5", self), 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(row)
        self.said = label("", "muted", self, wrap=True)
        self.body.addWidget(self.said)
        self.table = QWidget(self)
        self.grid = QGridLayout(self.table)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(6)
        scroll = scrolled([self.table], self)
        scroll.setMinimumHeight(300)
        self.body.addWidget(scroll, 1)
        self.export_button = Button(_("Xuất Excel, CSV…"), self.export, parent=self)
        self._actions.addWidget(self.export_button)
        self.add_action(_("Đóng"), self.close)
        self.load()

    @Slot()
    def load(self) -> None:
        """Count again."""
        desk = self._context.desk()
        commit_typing()
        if desk is None:
            return
        show_error(self.fields, None)
        try:
            span = self.from_on.on(), self.to_on.on()
        except UserError as error:
            show_error(self.fields, error)
            return
        work = partial(outcomes.statistics, desk, *span)
        self._context.courier.run(work, owner=self, ok=self._show, fail=self._failed, lane="read")

    @Slot()
    def export(self) -> None:
        """Write the table to a file."""
        if self.found is None:
            return
        kinds = ";;".join([_("Bảng Excel (*.xlsx)"), _("Tệp CSV (*.csv)")])
        name = "ket-qua-cai-chinh.xlsx"
        ask_target(self, _("Xuất kết quả cải chính"), name, self.write, kinds=kinds, ending="xlsx")

    def write(self, path: str) -> None:
        """Write the table to a file; its ending says how."""
        desk, found = self._context.desk(), self.found
        if path and desk is not None and found is not None:
            work = partial(outcomes.export, desk, Path(path), found)
            self._context.courier.run(work, owner=self, ok=self._exported, fail=self._failed, lane="work")

    def cells(self) -> list[list[str]]:
        """Give the table as it is shown, its head first."""
        return [list(row) for row in self._cells]

    def _show(self, found: Outcomes) -> None:
        self.found = found
        for made in self._shown:
            self.grid.removeWidget(made)
            made.deleteLater()
        self._shown, self._cells = [], []
        nothing = found.total.asked == 0
        words = _("Chưa có công văn nào được ghi là nơi nhận đã nhận trong khoảng này.")
        self.said.setText(words if nothing else _("Chỉ tính công văn mà cơ quan báo chí đã nhận."))
        self.export_button.setEnabled(not nothing)
        if nothing:
            return
        self._put_row(0, [title for title, _width in outcomes.column_titles()], "small")
        group, at = "", 1
        for cells in outcomes.table(found):
            if group and cells[0] != group:
                rule = line(self.table)
                self._shown.append(rule)
                self.grid.addWidget(rule, at, 0, 1, len(cells))
                at += 1
            shown = ["" if cells[0] == group else str(cells[0]), *(str(cell) for cell in cells[1:])]
            group = str(cells[0])
            self._put_row(at, shown, "")
            at += 1

    def _put_row(self, at: int, cells: list[str], role: str) -> None:
        self._cells.append(cells)
        for column, text in enumerate(cells):
            shown = text.replace(".", ",") if column > 1 and not role else text
            made = label(shown, role or ("strong" if column == 0 else ""), self.table, wrap=column == 1)
            made.setAlignment(Qt.AlignmentFlag.AlignLeft if column < 2 else Qt.AlignmentFlag.AlignRight)
            self._shown.append(made)
            self.grid.addWidget(made, at, column)
        self.grid.setColumnStretch(1, 1)

    def _exported(self, count: int) -> None:
        self._context.toast(_("Đã xuất {n} dòng.").format(n=count))

    def _failed(self, error: DeskError) -> None:
        self.said.setText(word(error))
