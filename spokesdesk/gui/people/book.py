"""The list of journalists or of outlets, searched without accents."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Journalist, Outlet, OutletKind
from spokesdesk.domain.text import words_match
from spokesdesk.gui.given import Given, GivenModel
from spokesdesk.gui.people.kinds import outlet_kinds
from spokesdesk.gui.screen import Context
from spokesdesk.gui.searchedit import SearchEdit
from spokesdesk.gui.widgets.basic import Card, LinkButton, PrimaryButton, line
from spokesdesk.gui.widgets.fields import ComboBox
from spokesdesk.gui.widgets.rowlist import RowCells, RowList
from spokesdesk.gui.widgets.states import EmptyState
from spokesdesk.services import people
from spokesdesk.services.ports import Desk

_PAUSE_MS = 180


Record = Journalist | Outlet


def _found(desk: Desk, kind: str, words: str) -> Sequence[Record]:
    """Give the records of a kind that hold the words (blocking)."""
    records: Sequence[Record] = people.outlets(desk) if kind == "outlet" else people.journalists(desk)
    return [record for record in records if words_match(words, *_texts(record))]


class PeopleList(Card):
    """Choice of kind, search and rows.

    Emits:
        picked: the ``Journalist`` or ``Outlet`` that is selected now.
        create_asked: "journalist" or "outlet", a new one is wanted.
        import_asked: None, a table is to be taken in.
        export_asked: "journalist" or "outlet", the list is to be written to a file.
    """

    picked = Signal(object)
    create_asked = Signal(object)
    import_asked = Signal(object)
    export_asked = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk: Desk | None = None
        self._model: GivenModel[Record] = GivenModel(context.courier, _key, self)
        kinds = (("journalist", _("Nhà báo, phóng viên")), ("outlet", _("Cơ quan báo chí")))
        self.kind: ComboBox[str] = ComboBox(kinds, self)
        self.kind.setAccessibleName(_("Danh sách"))
        self.search = SearchEdit(_("Tìm không cần dấu: tuoi tre"), self)
        self.search.setAccessibleName(_("Tìm trong danh bạ"))
        self.search.setClearButtonEnabled(True)
        self.rows = RowList(context.theme, _cells, _("Danh bạ"), self)
        self.rows.set_rows(self._model)
        self._empty = EmptyState(context.theme, "account-group-outline", "", parent=self)
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

    def refresh(self, changes: Changes) -> None:
        """Bring the list up to date after somebody was written down."""
        if self._desk is not None and any(change.kind in ("outlet", "journalist") for change in changes):
            self.load()

    def show_kind(self, kind: str) -> None:
        """List journalists or outlets."""
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
            self._model.show(partial(_found, self._desk, self.kind.value(), self.search.text()))

    def _lay_out(self) -> None:
        self.setAccessibleName(_("Danh bạ báo chí"))
        self.body.setContentsMargins(1, 12, 1, 1)
        self.body.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(12, 0, 12, 8)
        top.setSpacing(8)
        top.addWidget(self.kind, 1)
        top.addWidget(PrimaryButton(_("Thêm"), self._create, parent=self))
        second = QHBoxLayout()
        second.setContentsMargins(12, 0, 12, 10)
        second.addWidget(self.search)
        self.body.addLayout(top)
        self.body.addLayout(second)
        self.add(line(self))
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.rows)
        self._pages.addWidget(self._empty)
        self.add(self._pages, 1)
        self.add(line(self))
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 4, 12, 4)
        foot.addWidget(LinkButton(_("Nhập từ Excel, CSV…"), self._ask_import, self))
        foot.addStretch(1)
        foot.addWidget(LinkButton(_("Xuất danh sách…"), self._ask_export, self))
        self.body.addLayout(foot)

    def _connect(self) -> None:
        self.kind.currentIndexChanged.connect(self._kind_changed)
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

    def _kind_changed(self, _index: int) -> None:
        self.rows.select(None)
        self.load()

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
        if count:
            return
        if self.search.text().strip():
            sentence = _("Không có ai hay cơ quan nào chứa “{words}”.").format(
                words=self.search.text().strip()
            )
        elif self.kind.value() == "outlet":
            sentence = _(
                "Cơ quan báo chí được ghi vào đây ngay ở lần tiếp xúc đầu tiên, hoặc thêm bằng nút Thêm."
            )
        else:
            sentence = _("Nhà báo được ghi vào đây ngay ở lần tiếp xúc đầu tiên, hoặc thêm bằng nút Thêm.")
        self._empty.set_sentence(sentence)

    def _picked(self, entry: Given[Record]) -> None:
        # A list that only gets the focus makes its first row current without selecting it.
        self.rows.selectionModel().select(
            self.rows.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.picked.emit(entry.item)


def _texts(record: Record) -> tuple[str, ...]:
    if isinstance(record, Outlet):
        return (
            record.name,
            record.governing_body,
            record.address,
            record.phone,
            record.email,
            record.website,
        )
    outlet = record.outlet.name if record.outlet else ""
    return (record.name, outlet, record.phone, record.email, record.card_number)


def _key(record: Record) -> UUID:
    return record.id


def _cells(entry: Given[Record]) -> RowCells:
    record = entry.item
    if isinstance(record, Outlet):
        told = " · ".join(part for part in (record.governing_body, record.phone) if part)
        return RowCells(
            record.name, "", "", told or _("Chưa ghi cơ quan chủ quản"), _kind(record.kind), quiet=True
        )
    card = _("Thẻ {number}").format(number=record.card_number) if record.card_number else ""
    told = " · ".join(part for part in (card, record.phone, record.email) if part)
    outlet = record.outlet.name if record.outlet else ""
    return RowCells(record.name, outlet, "", told or _("Chưa ghi thẻ, điện thoại, thư điện tử"), quiet=True)


def _kind(kind: OutletKind) -> str:
    return "" if kind is OutletKind.OTHER else dict(outlet_kinds())[kind]
