"""The evidence of a case as a list: Enter shows an item, the buttons below act on the one that is chosen."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, QTemporaryDir, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.evidence import Evidence
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import safe_file_name
from spokesdesk.domain.words import word
from spokesdesk.gui.cases.asking import Ask
from spokesdesk.gui.cases.viewing import ItemSheet, can_show
from spokesdesk.gui.given import Given, GivenModel
from spokesdesk.gui.savedialog import ask_target
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Card, LinkButton, label
from spokesdesk.gui.widgets.drop import size_text
from spokesdesk.gui.widgets.rowlist import ROW_HEIGHT, RowCells, RowList
from spokesdesk.services import evidence as service

_MOST_ROWS = 7


class ItemsCard(Card):
    """Everything that was collected.

    Emits:
        asked: the ``Ask`` and the ``Evidence`` it is about.
    """

    asked = Signal(object, object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Chứng cứ"), parent=parent)
        self._context = context
        # Copies in the clear that were opened live only as long as the window.
        self._opened: QTemporaryDir | None = None
        self.body.setContentsMargins(1, 12, 1, 8)
        self.head.setContentsMargins(15, 0, 15, 0)
        self.model: GivenModel[Evidence] = GivenModel(context.courier, _key, self)
        self.rows = RowList(context.theme, self._cells, _("Chứng cứ"), self)
        self.rows.set_rows(self.model)
        self._nothing = label(_("Chưa có chứng cứ nào."), "muted", self)
        self._nothing.setContentsMargins(15, 0, 15, 4)
        self.add(self._nothing)
        self.add(self.rows)
        self._actions = self._buttons()
        self.add(self._actions)
        self.model.loaded.connect(self._loaded)
        self.rows.opened.connect(self._open_row)
        self.rows.current_changed.connect(self._moved)
        self._loaded(0)

    def show_items(self, items: Sequence[Evidence]) -> None:
        """Show these items, withdrawn ones last."""
        ordered = tuple(sorted(items, key=_is_withdrawn))
        kept = sum(not item.withdrawn for item in items)
        self.set_note(str(kept) if kept else "")
        self.model.show(partial(_same, ordered))

    def chosen(self) -> Evidence | None:
        """Give the item that is chosen."""
        row = self.rows.current()
        return row.item if row is not None else None

    def look(self) -> None:
        """Show the chosen item in the window, or open a copy with the system's program."""
        item, desk = self.chosen(), self._context.desk()
        if item is None or desk is None:
            return
        if can_show(item):
            work = partial(service.look, desk, item.id)
            self._context.courier.run(work, owner=self, ok=self._show, fail=self._failed, lane="work")
            return
        if self._opened is None:
            self._opened = QTemporaryDir()
        target = Path(self._opened.filePath(f"{item.file.sha256[:8]}-{safe_file_name(item.file.name)}"))
        self._context.courier.run(
            partial(service.open_copy, desk, item.id, target),
            owner=self,
            ok=self._open_copy,
            fail=self._failed,
            lane="work",
            label=_("Đang lấy {name}").format(name=item.name),
        )

    def ask_where(self) -> None:
        """Ask where the chosen item is to be written."""
        item = self.chosen()
        if item is None:
            return
        then = partial(self.write_out, item.id)
        ask_target(self, _("Lưu chứng cứ ra ngoài"), safe_file_name(item.file.name), then)

    def write_out(self, evidence_id: UUID, target: str) -> None:
        """Write an item to the disk, as it was."""
        desk = self._context.desk()
        if desk is not None:
            self._context.courier.run(
                partial(service.export_file, desk, evidence_id, Path(target)),
                owner=self,
                ok=self._written,
                fail=self._failed,
                lane="work",
                label=_("Đang lưu chứng cứ ra ngoài"),
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete withdraws the chosen item, with a reason."""
        item = self.chosen()
        if event.key() == Qt.Key.Key_Delete and item is not None and not item.withdrawn:
            self.asked.emit(Ask.WITHDRAW, item)
        else:
            super().keyPressEvent(event)

    def set_open(self, is_open: bool) -> None:
        """A closed case lets nothing be withdrawn."""
        self._is_open = is_open
        self._moved(None)

    def _buttons(self) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(11, 2, 11, 0)
        row.setSpacing(2)
        self._is_open = True
        for text, run in (
            (_("Xem"), self.look),
            (_("Lưu ra…"), self.ask_where),
            (_("Ghi chú…"), partial(self._ask, Ask.REMARK)),
            (_("Bàn giao…"), partial(self._ask, Ask.HAND_OVER)),
        ):
            row.addWidget(LinkButton(text, run, box))
        self._withdraw = LinkButton(_("Rút…"), partial(self._ask, Ask.WITHDRAW), box)
        self._restore = LinkButton(_("Đưa lại…"), partial(self._ask, Ask.RESTORE), box)
        row.addWidget(self._withdraw)
        row.addWidget(self._restore)
        row.addStretch(1)
        return box

    def _ask(self, ask: Ask) -> None:
        item = self.chosen()
        if item is not None:
            self.asked.emit(ask, item)

    def _cells(self, row: Given[Evidence]) -> RowCells:
        item = row.item
        added = _("đưa vào {at} bởi {who}").format(at=f"{to_vn(item.added_at):%H:%M %d/%m}", who=item.by.name)
        taken = ""
        if item.taken.at is not None:
            at = f"{to_vn(item.taken.at):%H:%M %d/%m/%Y}"
            taken = _("ghi nhận {at} theo {who}").format(at=at, who=item.taken.by)
        return RowCells(
            title=item.name,
            note=item.taken.note,
            right=size_text(item.file.size),
            detail=" · ".join(part for part in (taken, added, f"SHA-256 {item.file.sha256[:12]}…") if part),
            chip=_("Đã rút") if item.withdrawn else item.kind.wording,
            tone="amber" if item.withdrawn else "neutral",
            quiet=True,
        )

    @Slot(object)
    def _loaded(self, count: int) -> None:
        self.rows.setVisible(bool(count))
        self._nothing.setVisible(not count)
        self._actions.setVisible(bool(count))
        self.rows.setFixedHeight(max(1, min(count, _MOST_ROWS)) * ROW_HEIGHT)
        if count:
            self.rows.select_first()
        self._moved(None)

    @Slot(object)
    def _moved(self, _row: object) -> None:
        item = self.chosen()
        hidden = item is not None and item.withdrawn
        self._withdraw.setVisible(self._is_open and not hidden)
        self._restore.setVisible(self._is_open and hidden)

    @Slot(object)
    def _open_row(self, _row: object) -> None:
        self.look()

    def _show(self, answer: tuple[Evidence, service.Shown, Changes]) -> None:
        ItemSheet(self._context.theme, answer[0], answer[1], self.window()).open()

    def _open_copy(self, answer: tuple[Path, Changes]) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(answer[0])))

    def _written(self, answer: tuple[Path, Changes]) -> None:
        self._context.toast(_("Đã lưu {name}; lần lưu này đã ghi vào nhật ký.").format(name=answer[0].name))

    def _failed(self, error: DeskError) -> None:
        self._context.status(word(error))


def _same(items: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    return items


def _key(item: Evidence) -> UUID:
    return item.id


def _is_withdrawn(item: Evidence) -> bool:
    return item.withdrawn
