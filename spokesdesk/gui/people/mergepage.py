"""Two records side by side: which stays, whose value each field takes, then one record; undone from its page."""

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.merging import LONG_TEXTS, Merge, Take
from spokesdesk.domain.people import OutletKind, Ref
from spokesdesk.domain.words import word
from spokesdesk.gui.people.forms import labels
from spokesdesk.gui.people.kinds import outlet_kinds
from spokesdesk.gui.people.sidepage import SidePage
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, PrimaryButton, label
from spokesdesk.services import merging
from spokesdesk.services.merging import SideBySide


class MergePage(SidePage):
    """The comparison.

    Emits:
        merged: the ``Merge`` that was made.
        left: the page was put away; nothing was changed.
    """

    merged = Signal(object)
    left = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.kind = "journalist"
        self.shown: SideBySide | None = None
        self._groups: dict[str, QButtonGroup] = {}
        self._made: Merge | None = None
        self._busy = False
        self.top.add_button(Button(_("Đóng"), self._leave, parent=self))
        self.top.add_button(Button(_("Giữ mục kia"), self.swap, parent=self))
        self.top.add_button(PrimaryButton(_("Gộp làm một"), self.merge, "Ctrl+S", self, bind=False))
        told = _(
            "Mọi lần tiếp xúc, bài báo, văn bản của hai mục sẽ cùng ở mục giữ lại. Mục đã ghi trong sổ không bị sửa; "
            "hoàn tác được bất cứ lúc nào ở trang của mục giữ lại."
        )
        self.column.addWidget(label(told, "muted", self.inside, wrap=True))
        self._table = QWidget(self.inside)
        self.column.addWidget(self._table)
        self._same = label("", "small", self.inside, wrap=True)
        self.column.addWidget(self._same)
        self.column.addStretch(1)

    def compare(self, kind: str, kept: UUID, other: UUID) -> None:
        """Show two records of a kind."""
        self.kind = kind
        desk = self.context.desk()
        if desk is not None:
            work = partial(merging.side_by_side, desk, kind, kept, other)
            self.context.courier.run(work, owner=self, ok=self._show, fail=self._failed, lane="read")

    def swap(self) -> None:
        """Keep the other record."""
        if self.shown is not None:
            self.compare(self.kind, self.shown.other.id, self.shown.kept.id)

    def takes(self) -> dict[str, Take]:
        """Give whose value each field takes."""
        return {name: list(Take)[group.checkedId()] for name, group in self._groups.items()}

    def choose(self, name: str, take: Take) -> None:
        """Take a field's value from one of the two, or both."""
        self._groups[name].button(list(Take).index(take)).setChecked(True)

    def merge(self) -> None:
        """Make one record of the two."""
        desk = self.context.desk()
        if desk is None or self.shown is None or self._busy:
            return
        self._busy = True
        kept, other = self.shown.kept.id, self.shown.other.id
        self.context.courier.run(
            partial(merging.merge, desk, self.kind, kept, other, self.takes()),
            owner=self,
            ok=self._merged,
            fail=self._failed,
            always=self._release,
            lane="write",
        )

    def _show(self, shown: SideBySide) -> None:
        self.shown = shown
        self.notice.set_text("")
        self.top.set_title(_("Gộp hai mục"), _("Giữ lại: {name}").format(name=shown.kept.name))
        fresh = QWidget(self.inside)
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for column, text in enumerate(("", _("Mục giữ lại"), _("Mục được gộp vào"))):
            grid.addWidget(label(text, "muted", fresh), 0, column)
            grid.setColumnStretch(column, 1 if column else 0)
        self._groups = {}
        same: list[str] = []
        for name, kept, other, take in shown.fields:
            if kept == other:
                same += [_name_of(name)] if kept not in (None, "") else []
            else:
                self._add_row(grid, name, (kept, other), take)
        self._same.setText(_("Giống nhau: {names}.").format(names=", ".join(same)) if same else "")
        self.column.replaceWidget(self._table, fresh)
        self._table.hide()
        self._table.deleteLater()
        self._table = fresh
        fresh.show()
        self.to_top()

    def _add_row(self, grid: QGridLayout, name: str, values: tuple[object, object], take: Take) -> None:
        row = grid.rowCount()
        parent = grid.parentWidget()
        grid.addWidget(label(_name_of(name), "", parent), row, 0, Qt.AlignmentFlag.AlignTop)
        group = QButtonGroup(parent)
        for at, value in enumerate(values):
            text = _shown(value)
            radio = QRadioButton(_short(text), parent)
            radio.setToolTip(text)
            radio.setAccessibleName(f"{_name_of(name)}: {text}")
            group.addButton(radio, at)
            grid.addWidget(radio, row, at + 1, Qt.AlignmentFlag.AlignTop)
        if name in LONG_TEXTS and all(values):
            both = QRadioButton(_("Giữ cả hai"), parent)
            both.setAccessibleName(f"{_name_of(name)}: {both.text()}")
            group.addButton(both, 2)
            grid.addWidget(both, row + 1, 1)
        group.button(list(Take).index(take)).setChecked(True)
        self._groups[name] = group

    def _merged(self, result: tuple[Merge, Changes]) -> None:
        self._made = result[0]
        self.shown = None
        told = _("Đã gộp {merged} vào {kept}").format(merged=result[0].merged.name, kept=result[0].kept.name)
        self.context.toast(told, self._undo)
        self.merged.emit(result[0])

    def _undo(self) -> None:
        desk = self.context.desk()
        if desk is not None and self._made is not None:
            work = partial(merging.unmerge, desk, self._made.id)
            self.context.courier.run(work, owner=self, ok=self._undone, fail=self._failed, lane="write")

    def _undone(self, _result: Any) -> None:
        self.context.toast(_("Đã tách lại thành hai mục."))

    def _failed(self, error: DeskError) -> None:
        self.notice.set_text(word(error))
        self.context.status(word(error))

    def _release(self) -> None:
        self._busy = False

    def _leave(self) -> None:
        self.left.emit(None)


def _name_of(name: str) -> str:
    return labels().get(name, name)


def _shown(value: object) -> str:
    match value:
        case None | "":
            return _("(trống)")
        case Ref():
            return value.name
        case OutletKind():
            return dict(outlet_kinds())[value]
    return f"{value:%d/%m/%Y}" if hasattr(value, "strftime") else str(value)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    # A button's own & would become a shortcut.
    return (flat if len(flat) <= 60 else f"{flat[:58]}…").replace("&", "&&")
