"""A page that is one list: title, live search without accents, choices, and what belongs in it when it is empty."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Generic, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.rows import RowsModel
from spokesdesk.gui.rowsource import Numbered
from spokesdesk.gui.screen import Context
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.tokens import Tokens
from spokesdesk.gui.widgets.basic import Card, PageHeader
from spokesdesk.gui.widgets.fields import LineEdit
from spokesdesk.gui.widgets.rowlist import RowCells, RowList
from spokesdesk.gui.widgets.states import EmptyState
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.paging import Source

R = TypeVar("R")
PAUSE_MS = 150
# So many choices fit beside the search in the smallest window.
MOST_BESIDE = 7


class FilterChip(QPushButton):
    """One of several choices of which exactly one holds."""

    def __init__(self, theme: Theme, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._dress)
        self._dress(theme.tokens)

    @Slot(object)
    def _dress(self, tokens: Tokens) -> None:
        self.setStyleSheet(
            f"QPushButton {{ border-radius: 14px; padding: 4px 11px; color: {tokens.muted};"
            f" background: transparent; border: 1px solid {tokens.edge}; }}"
            f"QPushButton:hover {{ background: {tokens.hover}; }}"
            f"QPushButton:checked {{ color: {tokens.accent}; background: {tokens.tint};"
            f" border-color: {tokens.tint}; font-weight: 600; }}"
            f"QPushButton:focus {{ border: 1px solid {tokens.accent}; }}"
        )


class ListPage(QWidget, Generic[R]):
    """The list of one kind of record.

    Emits:
        opened: the row (record) that was clicked or entered.
    """

    opened = Signal(object)
    title = ""
    search_words = ""
    empty_icon = "inbox-outline"
    empty_words = ""
    nothing_words = _("Không có mục nào khớp. Thử từ khác.")
    kinds: tuple[str, ...] = ()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.model: RowsModel[R] = RowsModel(context.courier, self.key, self.number, self)
        self.list = RowList(context.theme, self.cells, self.title, self, chip_left=True)
        self.list.set_rows(self.model)
        self._empty = EmptyState(context.theme, self.empty_icon, self.empty_words, parent=self)
        self.search = LineEdit(self.search_words, self)
        self.search.setAccessibleName(self.search_words)
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(180)
        self._has_action = False
        self.chips: list[FilterChip] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._build()
        self._connect()

    def cells(self, row: Any) -> RowCells:
        """Give the words of a row."""
        raise NotImplementedError

    def key(self, row: R) -> UUID:
        """Give a row's record."""
        raise NotImplementedError

    def number(self, row: R) -> int:
        """Give a row's number."""
        raise NotImplementedError

    def source(self, desk: Desk, words: str) -> Source[R]:
        """Give what reads the list by pages; as it stands here, a short one known by its numbers."""
        return Numbered(*self.fetches(desk, words), self.key, self.number)

    def fetches(
        self, desk: Desk, words: str
    ) -> tuple[Callable[[], Sequence[int]], Callable[[Sequence[int]], Sequence[R]]]:
        """Give what reads the numbers of a short list and the rows of some numbers (both blocking)."""
        raise NotImplementedError

    def counted(self, count: int) -> str:
        """Say how many there are."""
        raise NotImplementedError

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a choice hides a part of the list."""
        return bool(self.search.text().strip())

    def load(self, desk: Desk) -> None:
        """Read the list for what is searched and chosen."""
        self.model.use(self.source(desk, self.search.text().strip()))

    def refresh(self, changes: Changes) -> None:
        """Show what was written."""
        self.model.refresh(changes, self.kinds)

    def clear(self) -> None:
        """Show nothing: the desk is locked."""
        self.model.clear()

    def focus_search(self) -> None:
        """Put the cursor into the search."""
        self.search.setFocus()
        self.search.selectAll()

    def add_choices(self, choices: Sequence[tuple[str, Callable[[], object]]]) -> None:
        """Offer choices right of the search, many of them on a line of their own; the first one holds."""
        row = self._row
        if len(choices) > MOST_BESIDE:
            row = QHBoxLayout()
            row.setSpacing(6)
            self._column.insertLayout(self._column.count() - 1, row)
        for at, (text, run) in enumerate(choices):
            chip = FilterChip(self._context.theme, text, self)
            chip.setChecked(at == 0)
            chip.clicked.connect(partial(self._chosen, run))
            row.addWidget(chip)
            self.chips.append(chip)
        if row is not self._row:
            row.addStretch(1)

    def add_primary(self, button: QWidget) -> None:
        """Put the page's one action at the top right."""
        self.header.add_button(button)

    def add_note(self, note: QWidget) -> None:
        """Put a note above the rows."""
        self._column.insertWidget(self._column.count() - 1, note)

    def set_empty_action(self, text: str, run: Callable[[], object]) -> None:
        """Offer the first action in the empty list."""
        self._empty.button.set_text(text)
        self._empty.button.set_run(run)
        self._has_action = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the search."""
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(12)
        self.header = PageHeader(self.title, "", self)
        column.addWidget(self.header)
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        self._row.addWidget(self.search, 1)
        column.addLayout(self._row)
        card = Card(parent=self)
        card.body.setContentsMargins(1, 6, 1, 6)
        self._stack = QStackedWidget(card)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        card.add(self._stack, 1)
        column.addWidget(card, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typed)
        self.search.returnPressed.connect(self._to_list)
        self._pause.timeout.connect(self._search)
        self.list.opened.connect(self.opened)
        self.list.clicked.connect(self._clicked)
        self.list.typed.connect(self._type_on)
        self.model.loaded.connect(self._loaded)
        self.model.failed.connect(self._failed)

    def _chosen(self, run: Callable[[], object], _checked: bool = False) -> None:
        run()
        self._search()

    @Slot()
    def _typed(self) -> None:
        self._pause.start()

    @Slot()
    def _search(self) -> None:
        desk = self._context.desk()
        if desk is not None:
            self.load(desk)

    @Slot()
    def _to_list(self) -> None:
        self.list.select_first()
        self.list.setFocus()

    @Slot(object)
    def _clicked(self, _index: object) -> None:
        row = self.list.current()
        if row is not None:
            self.opened.emit(row)

    @Slot(object)
    def _type_on(self, text: str) -> None:
        self.search.setFocus()
        self.search.insert(text)

    @Slot(object)
    def _loaded(self, count: int) -> None:
        self.header.set_title(self.title, self.counted(count) if count else "")
        self._empty.set_sentence(self.nothing_words if self.is_narrowed else self.empty_words)
        self._empty.button.setVisible(self._has_action and not self.is_narrowed)
        self._stack.setCurrentIndex(0 if count else 1)

    @Slot(object)
    def _failed(self, error: DeskError) -> None:
        self._context.status(word(error))
