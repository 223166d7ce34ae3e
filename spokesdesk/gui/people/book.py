"""The list of journalists, of outlets or of spokespeople, searched without accents."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import words_match
from spokesdesk.gui.given import Given, GivenModel
from spokesdesk.gui.people.cells import Record, cells_of, texts_to_search
from spokesdesk.gui.people.tabs import Tabs
from spokesdesk.gui.screen import Context
from spokesdesk.gui.searchedit import SearchEdit
from spokesdesk.gui.widgets.basic import Card, LinkButton, PrimaryButton, line
from spokesdesk.gui.widgets.rowlist import RowCells, RowList
from spokesdesk.gui.widgets.states import EmptyState
from spokesdesk.services import merging, people, spokespeople
from spokesdesk.services.ports import Desk

_PAUSE_MS = 180


@dataclass(frozen=True, slots=True)
class _Find:
    """Worker: the records of a kind that hold the words."""

    desk: Desk
    kind: str
    words: str

    def __call__(self) -> Sequence[Record]:
        return [record for record in self._all() if words_match(self.words, *texts_to_search(record))]

    def _all(self) -> Sequence[Record]:
        match self.kind:
            case "outlet":
                return people.outlets(self.desk)
            case "spokesperson":
                return spokespeople.history(self.desk)
        return people.journalists(self.desk)


class PeopleList(Card):
    """Choice of kind, search and rows.

    Emits:
        picked: the record that is selected now.
        create_asked: journalist, outlet or spokesperson: a new one is wanted.
        merging_asked: journalist or outlet: the pairs that look like one are wanted.
        lists_asked: the lists to publish are wanted.
        import_asked: None, a table is to be taken in.
        export_asked: "journalist" or "outlet", the list is to be written to a file.
    """

    picked = Signal(object)
    create_asked = Signal(object)
    merging_asked = Signal(object)
    lists_asked = Signal(object)
    import_asked = Signal(object)
    export_asked = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._context = context
        self._desk: Desk | None = None
        self._model: GivenModel[Record] = GivenModel(context.courier, _key, self)
        kinds = (
            ("journalist", _("Nhà báo")),
            ("outlet", _("Cơ quan báo chí")),
            ("spokesperson", _("Người phát ngôn")),
        )
        self.kind = Tabs(kinds, _("Danh sách"), self)
        self.search = SearchEdit(_("Tìm không cần dấu: tuoi tre"), self)
        self.search.setAccessibleName(_("Tìm trong danh bạ"))
        self.search.setClearButtonEnabled(True)
        self.rows = RowList(context.theme, self._cells, _("Danh bạ"), self)
        self.rows.set_rows(self._model)
        self._empty = EmptyState(context.theme, "account-group-outline", "", parent=self)
        self._exchange = self._foot()
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._connect()

    def use(self, desk: Desk | None) -> None:
        """List the people of this desk; nobody while it is closed."""
        self._desk = desk
        if desk is None:
            self._model.clear()
        else:
            self.load()
            self._count_pairs(self.kind.value())

    def refresh(self, changes: Changes) -> None:
        """Bring the list up to date after somebody was written down."""
        kinds = ("outlet", "journalist", "spokesperson", "paper")
        if self._desk is not None and any(change.kind in kinds for change in changes):
            self.load()
            # What was written may have made, or parted, a pair of the kind that is listed.
            if any(change.kind == self.kind.value() for change in changes):
                self._count_pairs(self.kind.value())

    def show_kind(self, kind: str) -> None:
        """List journalists, outlets or spokespeople."""
        self.kind.set_value(kind)

    def select(self, kind: str, record_id: UUID) -> None:
        """Select a record; a search that may hide it ends."""
        self.show_kind(kind)
        if self.search.text():
            self.search.clear()
        self.rows.select(record_id)

    def load(self) -> None:
        """Read the list again."""
        self._pause.stop()
        if self._desk is not None:
            kind = self.kind.value()
            self._model.show(_Find(self._desk, kind, self.search.text()))
            self._lists.setVisible(kind == "spokesperson")
            self._exchange.setVisible(kind != "spokesperson")

    def _count_pairs(self, kind: str) -> None:
        if self._desk is None or kind == "spokesperson":
            self._pairs.hide()
            return
        work = partial(_pairs_of, self._desk, kind)
        self._context.courier.run(work, owner=self, ok=self._counted, lane="read")

    def _counted(self, found: tuple[str, int]) -> None:
        kind, count = found
        if kind == self.kind.value():
            self._pairs.set_text(_("{n} cặp có thể là một").format(n=count))
            self._pairs.setVisible(count > 0)

    def _lay_out(self) -> None:
        self.setAccessibleName(_("Danh bạ báo chí"))
        self.body.setContentsMargins(1, 10, 1, 1)
        self.body.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(10, 0, 10, 8)
        top.addWidget(self.kind, 1)
        second = QHBoxLayout()
        second.setContentsMargins(12, 0, 12, 10)
        second.setSpacing(8)
        second.addWidget(self.search, 1)
        second.addWidget(PrimaryButton(_("Thêm"), self._create, parent=self))
        self._pairs = LinkButton("", self._ask_merging, self)
        self._lists = LinkButton(_("Danh sách để công bố"), self._ask_lists, self)
        third = QHBoxLayout()
        third.setContentsMargins(8, 0, 12, 6)
        for button in (self._pairs, self._lists):
            button.hide()
            third.addWidget(button)
        third.addStretch(1)
        for row in (top, second, third):
            self.body.addLayout(row)
        self.add(line(self))
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.rows)
        self._pages.addWidget(self._empty)
        self.add(self._pages, 1)
        self.body.addWidget(self._exchange)

    def _foot(self) -> QWidget:
        made = QWidget(self)
        foot = QHBoxLayout(made)
        foot.setContentsMargins(12, 4, 12, 4)
        foot.addWidget(LinkButton(_("Nhập từ Excel, CSV…"), self._ask_import, made))
        foot.addStretch(1)
        foot.addWidget(LinkButton(_("Xuất danh sách…"), self._ask_export, made))
        return made

    def _connect(self) -> None:
        self.kind.chosen.connect(self._kind_changed)
        self.search.textChanged.connect(self._typed)
        self.search.down.connect(self._into_list)
        self._pause.timeout.connect(self.load)
        self._model.loaded.connect(self._loaded)
        self.rows.typed.connect(self._typed_on_list)
        self.rows.current_changed.connect(self._picked)
        self.rows.opened.connect(self._picked)

    def _create(self) -> None:
        self.create_asked.emit(self.kind.value())

    def _ask_import(self) -> None:
        self.import_asked.emit(None)

    def _ask_export(self) -> None:
        self.export_asked.emit(self.kind.value())

    def _ask_merging(self) -> None:
        self.merging_asked.emit(self.kind.value())

    def _ask_lists(self) -> None:
        self.lists_asked.emit(None)

    def _kind_changed(self, _value: object) -> None:
        self.rows.select(None)
        self.load()
        self._count_pairs(self.kind.value())

    def _typed(self, _text: str) -> None:
        self._pause.start()

    def _into_list(self, _nothing: object) -> None:
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rows.select_first()

    def _typed_on_list(self, letters: str) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(self.search.text() + letters)

    def _loaded(self, count: int) -> None:
        self._pages.setCurrentWidget(self.rows if count else self._empty)
        if not count:
            self._empty.set_sentence(_nothing_here(self.kind.value(), self.search.text().strip()))

    def _cells(self, entry: Given[Record]) -> RowCells:
        return cells_of(entry.item, self._desk.now() if self._desk else None)

    def _picked(self, entry: Given[Record]) -> None:
        # A list that only gets the focus makes its first row current without selecting it.
        self.rows.selectionModel().select(
            self.rows.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.picked.emit(entry.item)


def _nothing_here(kind: str, words: str) -> str:
    if words:
        return _("Không có ai hay cơ quan nào chứa “{words}”.").format(words=words)
    match kind:
        case "outlet":
            return _(
                "Cơ quan báo chí được ghi vào đây ngay ở lần tiếp xúc đầu tiên, hoặc thêm bằng nút Thêm."
            )
        case "spokesperson":
            return _(
                "Ghi ở đây ai được phát ngôn: người đứng đầu, người phát ngôn thường xuyên, người được ủy quyền."
            )
    return _("Nhà báo được ghi vào đây ngay ở lần tiếp xúc đầu tiên, hoặc thêm bằng nút Thêm.")


def _pairs_of(desk: Desk, kind: str) -> tuple[str, int]:
    return kind, merging.count_duplicates(desk, kind)


def _key(record: Record) -> UUID:
    return record.id
