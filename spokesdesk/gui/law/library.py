"""The instruments: a list that is searched while typing, and the one chosen beside it."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QDir, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.library import LawEntry
from spokesdesk.domain.text import short_date
from spokesdesk.domain.words import word
from spokesdesk.gui.given import Given, GivenModel
from spokesdesk.gui.screen import Context
from spokesdesk.gui.searchedit import SearchEdit
from spokesdesk.gui.sides import scrolled
from spokesdesk.gui.widgets.basic import Button, Card, Chip, clear_layout, label
from spokesdesk.gui.widgets.rowlist import RowCells, RowList
from spokesdesk.services.library import LawItem
from spokesdesk.services.ports import Desk

_PAUSE_MS = 150


class LibraryView(QWidget):
    """List and detail.

    Emits:
        edit_asked: ``LawItem`` whose text, file or fields are to be changed.
    """

    edit_asked = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.item: LawItem | None = None
        self._folder = QDir.homePath()
        self._dropped: LawEntry | None = None
        self.search = SearchEdit(_("Tìm tên, trích yếu, toàn văn, quy tắc; không cần dấu"), self)
        self.search.setAccessibleName(_("Tìm trong thư viện văn bản"))
        self.search.setClearButtonEnabled(True)
        self._model: GivenModel[LawItem] = GivenModel(context.courier, _record, self)
        self.list = RowList(context.theme, self._cells, _("Thư viện văn bản"), self)
        self.list.set_rows(self._model)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)
        self.search.textChanged.connect(self._typed)
        self.search.down.connect(self._into_list)
        self.list.current_changed.connect(self._chosen)
        self._build()
        self.show_item(None)

    def _build(self) -> None:
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        self._card = Card(parent=self)
        self._words = QVBoxLayout()
        self._words.setSpacing(6)
        self._card.body.addLayout(self._words)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.edit_button = Button(_("Sửa"), self._ask_edit, parent=self._card)
        self.export_button = Button(_("Lưu ra ngoài…"), self.ask_where, parent=self._card)
        self.drop_button = Button(_("Bỏ"), self.drop, parent=self._card)
        for button in (self.edit_button, self.export_button, self.drop_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._card.body.addLayout(buttons)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.addWidget(left)
        split.addWidget(scrolled((self._card,), self))
        split.setChildrenCollapsible(False)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(split)

    @Slot()
    def refresh(self) -> None:
        """Read the list again, and the instrument that is shown."""
        desk = self._context.desk()
        if desk is None:
            return
        self._model.show(partial(_items, desk, self.search.text()))
        if self.item is not None:
            self.open(self.item.record)

    def clear(self) -> None:
        """Show nothing."""
        self._model.show(tuple)
        self.show_item(None)

    def open(self, record: UUID) -> None:
        """Show an instrument by its record."""
        desk = self._context.desk()
        if desk is not None:
            work = partial(_by_record, desk, record)
            self._context.courier.run(work, owner=self, ok=self.show_item, lane="read")

    def show_item(self, item: LawItem | None) -> None:
        """Show an instrument, None for none."""
        self.item = item
        clear_layout(self._words)
        for line in self._lines(item):
            self._words.addWidget(line)
        self.edit_button.setVisible(item is not None)
        if item is not None:
            self.edit_button.set_text(_("Thêm toàn văn, tệp") if item.is_pack else _("Sửa"))
        self.export_button.setVisible(item is not None and bool(item.file or item.text))
        self.drop_button.setVisible(item is not None and item.entry_id is not None)

    def ask_where(self) -> QFileDialog | None:
        """Ask where to write the file or the text."""
        if self.item is None:
            return None
        name = self.item.file.name if self.item.file else "toan-van.txt"
        dialog = QFileDialog(self.window(), _("Lưu ra ngoài"), str(Path(self._folder) / name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.export_to)
        dialog.open()
        return dialog

    @Slot(str)
    def export_to(self, target: str) -> None:
        """Write it there."""
        desk = self._context.desk()
        if desk is not None and self.item is not None and target:
            work = partial(_export, desk, self.item.key, Path(target))
            self._context.courier.run(work, owner=self, ok=self._exported, fail=self._failed, lane="work")

    def drop(self) -> None:
        """Take the agency's own entry out; it can be put back."""
        desk = self._context.desk()
        if desk is not None and self.item is not None and self.item.entry_id is not None:
            work = partial(_drop, desk, self.item.entry_id)
            self._context.courier.run(work, owner=self, ok=self._took, fail=self._failed)

    def _lines(self, item: LawItem | None) -> list[QWidget]:
        box = self._card
        if item is None:
            return [
                label(_("Chọn một văn bản để xem hiệu lực, quy tắc và toàn văn."), "muted", box, wrap=True)
            ]
        lines: list[QWidget] = [
            label(item.name, "card", box, wrap=True),
            label(item.title, "", box, wrap=True),
        ]
        chip, tone = self._force(item)
        row = QWidget(box)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(Chip(chip, tone, parent=row))
        if item.is_local:
            across.addWidget(Chip(_("của địa phương"), "teal", parent=row))
        across.addWidget(label(_span(item), "small", row, wrap=True), 1)
        lines.append(row)
        told = [item.doubt, item.note]
        told += [_("Thay bằng: {name}").format(name=item.replaced_by)] if item.replaced_by else []
        told += [_("Tệp: {name}").format(name=item.file.name)] if item.file else []
        lines += [label(text, "muted", box, wrap=True) for text in told if text]
        for rule in item.rules:
            doubt = f" ({rule.confidence.wording})" if rule.confidence.is_uncertain else ""
            lines.append(label(f"{rule.title}: {rule.action}", "", box, wrap=True))
            lines.append(label(f"{rule.citation.text}{doubt} · {rule.id}", "cite", box, wrap=True))
        if item.text:
            whole = label(item.text, "", box, wrap=True)
            whole.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            lines.append(whole)
        return lines

    def _cells(self, given: Given[LawItem]) -> RowCells:
        item = given.item
        chip, tone = self._force(item)
        return RowCells(item.name, detail=item.title, chip=chip, tone=tone)

    def _force(self, item: LawItem) -> tuple[str, str]:
        desk = self._context.desk()
        if desk is None or item.in_force_on(vn_day(desk.now())):
            return (_("còn hiệu lực"), "green") if not item.doubt else (_("chưa xác minh"), "amber")
        return _("không có hiệu lực"), "neutral"

    @Slot()
    def _typed(self) -> None:
        self._pause.start()

    @Slot(object)
    def _into_list(self, _nothing: object) -> None:
        self.list.setFocus()

    @Slot(object)
    def _chosen(self, given: Given[LawItem] | None) -> None:
        if given is not None:
            self.show_item(given.item)

    def _ask_edit(self) -> None:
        if self.item is not None:
            self.edit_asked.emit(self.item)

    def _took(self, answer: tuple[LawEntry, Changes]) -> None:
        self._dropped = answer[0]
        self.show_item(None)
        self._context.toast(_("Đã bỏ khỏi thư viện."), self._put_back)

    def _put_back(self) -> None:
        desk = self._context.desk()
        if desk is not None and self._dropped is not None:
            work = partial(_put_back, desk, self._dropped)
            self._context.courier.run(work, owner=self, fail=self._failed)

    def _exported(self, path: Path) -> None:
        self._context.status(_("Đã lưu {name}.").format(name=path.name))

    def _failed(self, error: DeskError) -> None:
        self._context.status(word(error))


def _record(item: LawItem) -> UUID:
    return item.record


def _span(item: LawItem) -> str:
    first = short_date(item.from_on) if item.from_on else "…"
    last = short_date(item.to_on) if item.to_on else _("nay")
    issued = _("ban hành {day}, ").format(day=short_date(item.issued_on)) if item.issued_on else ""
    return _("{issued}hiệu lực {first} – {last}").format(issued=issued, first=first, last=last)


def _items(desk: Desk, words: str) -> tuple[LawItem, ...]:
    from spokesdesk.services import library

    return library.items(desk, words)


def _by_record(desk: Desk, record: UUID) -> LawItem | None:
    from spokesdesk.services import library

    return library.by_record(desk, record)


def _export(desk: Desk, key: str, target: Path) -> Path:
    from spokesdesk.services import library

    return library.export(desk, key, target)


def _drop(desk: Desk, entry_id: UUID) -> tuple[LawEntry, Changes]:
    from spokesdesk.services import library

    return library.drop(desk, entry_id)


def _put_back(desk: Desk, entry: LawEntry) -> tuple[LawEntry, Changes]:
    from spokesdesk.services import library

    return library.put_back(desk, entry)
