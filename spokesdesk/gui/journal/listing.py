"""The list of contacts: live search without accents, windowed rows, a chip for what the papers were worth."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from uuid import UUID

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn, vn_day
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.journal import Channel, ContactRow
from spokesdesk.domain.journal_words import channel_name
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import short_date
from spokesdesk.domain.verification import VerificationResult
from spokesdesk.domain.words import word
from spokesdesk.gui.journal.words import chip_of
from spokesdesk.gui.rows import RowsModel
from spokesdesk.gui.screen import Context
from spokesdesk.gui.searchedit import SearchEdit
from spokesdesk.gui.widgets.basic import Card, PrimaryButton, label, line
from spokesdesk.gui.widgets.rowlist import RowCells, RowList
from spokesdesk.gui.widgets.states import EmptyState
from spokesdesk.services import journal
from spokesdesk.services.ports import Desk

_PAUSE_MS = 180
_FACE_TO_FACE = (Channel.VISIT, Channel.INTERVIEW)


class ContactList(Card):
    """Search and rows.

    Emits:
        picked: the ``ContactRow`` that is selected now.
        opened: the ``ContactRow`` opened by Enter or a click.
    """

    picked = Signal(object)
    opened = Signal(object)

    def __init__(self, context: Context, create: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desk: Desk | None = None
        self._words = ""
        self._model: RowsModel[ContactRow] = RowsModel(context.courier, _key, _number, self)
        self.search = SearchEdit(_("Tìm không cần dấu: dat den bu"), self)
        self.search.setAccessibleName(_("Tìm trong sổ tiếp xúc"))
        self.search.setClearButtonEnabled(True)
        self.rows = RowList(context.theme, cells, _("Sổ tiếp xúc"), self)
        self.rows.set_rows(self._model)
        self._none_yet = EmptyState(
            context.theme,
            "notebook-outline",
            _("Mỗi lần nhà báo đến, gọi hay viết thư được ghi một dòng ở đây, kèm kết quả kiểm tra giấy tờ."),
            _("Ghi lần tiếp xúc đầu tiên"),
            create,
            parent=self,
        )
        self._none_found = EmptyState(context.theme, "magnify", "", parent=self)
        self._count = label("", "small", self)
        self._build(create)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._connect()

    def use(self, desk: Desk | None) -> None:
        """List the contacts of this desk; nothing while it is closed."""
        self._desk = desk
        if desk is None:
            self._model.clear()
            self._pages.setCurrentWidget(self.rows)
        else:
            self._load()

    def refresh(self, changes: Changes) -> None:
        """Bring the list up to date after something was written."""
        if self._desk is not None:
            self._model.refresh(changes, ("contact",))

    def show_entry(self, contact_id: UUID) -> None:
        """Select an entry; a search that may hide it ends."""
        if self.search.text():
            self.search.clear()
            self._search_now()
        self.rows.select(contact_id)

    def focus_search(self) -> None:
        """Put the cursor into the search field, ready to type over what it holds."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def row_of(self, contact_id: UUID) -> ContactRow | None:
        """Give the row of an entry, None when it has not been read."""
        position = self._model.position_of(contact_id)
        return self._model.row_at(position) if position >= 0 else None

    def _build(self, create: Callable[[], object]) -> None:
        self.setAccessibleName(_("Danh sách tiếp xúc"))
        self.body.setContentsMargins(1, 12, 1, 1)
        self.body.setSpacing(0)
        top = QHBoxLayout()
        top.setContentsMargins(12, 0, 12, 10)
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        top.addWidget(PrimaryButton(_("Ghi mới"), create, "Ctrl+N", self, bind=False))
        self.body.addLayout(top)
        self.add(line(self))
        self._pages = QStackedWidget(self)
        for page in (self.rows, self._none_yet, self._none_found):
            self._pages.addWidget(page)
        self.add(self._pages, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 4, 14, 6)
        foot.addWidget(self._count)
        self.add(line(self))
        self.body.addLayout(foot)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typed)
        self.search.down.connect(self._into_list)
        self._pause.timeout.connect(self._search_now)
        self._model.loaded.connect(self._loaded)
        self._model.failed.connect(self._failed)
        self.rows.typed.connect(self._typed_on_list)
        self.rows.current_changed.connect(self._picked)
        self.rows.opened.connect(self._opened)
        self.rows.clicked.connect(self._clicked)

    def _load(self) -> None:
        if self._desk is not None:
            self._model.use(journal.contact_list(self._desk, self._words))

    def _typed(self, _text: str) -> None:
        self._pause.start()

    def _search_now(self) -> None:
        self._pause.stop()
        words = self.search.text().strip()
        if words != self._words:
            self._words = words
            self._load()

    def _into_list(self, _nothing: object) -> None:
        self._search_now()
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        self.rows.select_first()

    def _typed_on_list(self, letters: str) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(self.search.text() + letters)

    def _loaded(self, count: int) -> None:
        if count:
            self._pages.setCurrentWidget(self.rows)
            shown = f"{count:,}".replace(",", ".")
            more = "" if self._model.is_whole else "+"
            self._count.setText(_("{n} lần tiếp xúc").format(n=f"{shown}{more}"))
            return
        self._count.setText("")
        if self._words:
            sentence = _(
                "Không có lần tiếp xúc nào chứa đủ các từ “{words}”. Có thể bớt từ hoặc gõ một phần tên."
            )
            self._none_found.set_sentence(sentence.format(words=self._words))
            self._pages.setCurrentWidget(self._none_found)
        else:
            self._pages.setCurrentWidget(self._none_yet if self._desk else self.rows)

    def _failed(self, error: DeskError) -> None:
        self._none_found.set_sentence(word(error))
        self._pages.setCurrentWidget(self._none_found)

    def _picked(self, row: ContactRow) -> None:
        # A list that only gets the focus makes its first row current without selecting it.
        self.rows.selectionModel().select(
            self.rows.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.picked.emit(row)

    def _clicked(self, index: QModelIndex) -> None:
        row = self._model.row_at(index.row())
        if row is not None:
            self.opened.emit(row)

    def _opened(self, row: ContactRow) -> None:
        self.opened.emit(row)


def _key(row: ContactRow) -> UUID:
    return row.id


def _number(row: ContactRow) -> int:
    return row.n


def cells(row: ContactRow) -> RowCells:
    """Say a row in two lines: who and when, what about and what the papers were worth."""
    result = VerificationResult(row.result)
    chip, tone = chip_of(result)
    if result is VerificationResult.NONE:
        # Nobody shows papers over the telephone; at the door it is worth a look.
        chip, tone = (chip, "amber") if row.channel in _FACE_TO_FACE else ("", tone)
    if row.corrected:
        chip, tone = _("Đã đính chính"), "neutral"
    who = row.journalist or row.outlet or _("Không rõ tên")
    who = f"{who} +{row.others}" if row.others else who
    note = row.outlet if row.journalist else channel_name(row.channel)
    note = " · ".join(part for part in (_("ghi muộn") if row.late else "", note) if part)
    return RowCells(who, note, when(row.received_at), row.topic, chip, tone, quiet=row.corrected)


def when(at: datetime, today: date | None = None) -> str:
    """Give a moment as briefly as a list can: the time today, "Hôm qua", the day, the year when it is another."""
    on, now = vn_day(at), today or vn_day(datetime.now(UTC))
    days = (now - on).days
    if days == 0:
        return f"{to_vn(at):%H:%M}"
    if days == 1:
        return _("Hôm qua")
    if on.year != now.year:
        return short_date(on)
    return f"{on:%d/%m}"
