"""The ledger as a list: every record and file, other places, what was set aside; found by words and by state."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import NAMESPACE_URL, UUID, uuid5

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.elsewhere import Delivery
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import fold
from spokesdesk.gui.given import Given
from spokesdesk.gui.listpage import FilterChip, ListPage
from spokesdesk.gui.rowsource import Numbered
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sync.ledger import FILES, STATES, row_cells
from spokesdesk.gui.sync.nouns import entity_word
from spokesdesk.gui.widgets.rowlist import RowCells
from spokesdesk.services import sync as service
from spokesdesk.services.ports import Desk, SyncRow
from spokesdesk.services.ports.paging import Source
from spokesdesk.services.ports.sync import SetAside

Item = SyncRow | Given[Delivery] | Given[service.FileRow] | Given[SetAside]
FILES_OF, PLACES, ASIDE = "files", "places", "aside"


@dataclass(frozen=True, slots=True)
class Choice:
    """One chip: its words, and the states it shows, or what else."""

    text: str
    states: tuple[str, ...] = ()
    other: str = ""


def choices() -> tuple[Choice, ...]:
    """Give what can be chosen; the first one is all records."""
    return (
        Choice(_("Tất cả")),
        Choice(_("Chờ gửi"), ("queued",)),
        Choice(_("Đã gửi"), ("sent",)),
        Choice(_("Vào sổ chung"), ("accepted",)),
        Choice(_("Đã đăng"), ("published",)),
        Choice(_("Đã gỡ"), ("withdrawn",)),
        Choice(_("Chưa nhận"), ("quarantined",)),
        Choice(_("Tệp"), (), FILES_OF),
        Choice(_("Nơi khác"), (), PLACES),
        Choice(_("Để riêng"), (), ASIDE),
    )


class LedgerList(ListPage[Item]):
    """Every record's way to the portal."""

    title = _("Trên đường tới cổng")
    search_words = _("Tìm theo tên, không cần dấu…")
    empty_icon = "cloud-check-outline"
    empty_words = _(
        "Những gì ghi trên máy này nằm ở đây trên đường tới cổng: chờ gửi, đã gửi, vào sổ chung, đã đăng."
    )
    nothing_words = _("Không có mục nào như vậy.")
    kinds = ("sync", "paper", "file")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self.choice = choices()[0]
        self._by_hand = False
        super().__init__(context, parent)
        self.header.hide()
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(4)
        for at, choice in enumerate(choices()):
            chip = FilterChip(context.theme, choice.text, self)
            chip.setChecked(at == 0)
            chip.clicked.connect(partial(self.choose, choice))
            row.addWidget(chip)
            self.chips.append(chip)
        row.addStretch(1)
        layout.insertLayout(2, row)  # type: ignore[attr-defined]

    def choose(self, choice: Choice, _checked: bool = False) -> None:
        """Show what one chip stands for."""
        self.choice = choice
        for chip, one in zip(self.chips, choices(), strict=True):
            chip.setChecked(one == choice)
        self._search()

    def show_way(self, *, by_hand: bool) -> None:
        """Say of what waits whether it goes over the line or by a stick."""
        if self._by_hand != by_hand:
            self._by_hand = by_hand
            self.list.viewport().update()

    def count(self, counts: dict[str, int]) -> None:
        """Say at each chip how many there are."""
        for chip, choice in zip(self.chips, choices(), strict=True):
            n = sum(
                counts.get(name, 0) for name in choice.states or ((choice.other,) if choice.other else ())
            )
            chip.setText(f"{choice.text} {n}" if n else choice.text)

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a choice hides a part of the list."""
        return super().is_narrowed or self.choice != choices()[0]

    def source(self, desk: Desk, words: str) -> Source[Item]:
        """Read what is chosen."""
        if not self.choice.other:
            return service.ledger_list(desk, words, self.choice.states)
        fetch: Callable[[], Sequence[Given[object]]] = partial(_others, desk, self.choice.other, words)
        return _given(fetch, self.key, self.number)

    def counted(self, count: int) -> str:
        """Say how many there are."""
        return _("{n} mục").format(n=count)

    def cells(self, row: Item) -> RowCells:
        """Give the words of one line."""
        if isinstance(row, SyncRow):
            return row_cells(row, by_hand=self._by_hand)
        item = row.item
        if isinstance(item, Delivery):
            return _delivery_cells(item)
        if isinstance(item, SetAside):
            by = _("người ghi: {name}").format(name=item.by) if item.by else ""
            detail = _("Mang dấu hiệu bí mật nhà nước nên không đưa vào sổ; nhờ người ghi bỏ dấu hiệu ấy đi.")
            return RowCells(entity_word(item.entity), by, "", detail, _("Để riêng"), "amber", quiet=True)
        chip, tone = FILES[item.state]
        name = item.name if item.name and item.name != item.sha256 else _("(không có tên)")
        return RowCells(name, "", "", f"SHA-256 {item.sha256[:16]}…", chip, tone, quiet=True)

    def key(self, row: Item) -> UUID:
        """Give the record; files and deliveries are told apart by what they are."""
        if isinstance(row, SyncRow):
            return row.record
        item = row.item
        if isinstance(item, service.FileRow):
            return uuid5(NAMESPACE_URL, item.sha256)
        return uuid5(item.place, str(item.record)) if isinstance(item, Delivery) else item.record

    def number(self, row: Item) -> int:
        """Give the line's place."""
        return row.n

    @Slot(object)
    def _clicked(self, _index: object) -> None:
        """A click selects; Enter and a double click open."""


def _given(
    fetch: Callable[[], Sequence[Given[object]]], key: Callable[[Item], UUID], number: Callable[[Item], int]
) -> Source[Item]:
    held: list[Given[object]] = []

    def numbers() -> Sequence[int]:
        held[:] = fetch()
        return [one.n for one in held]

    def rows(wanted: Sequence[int]) -> Sequence[Item]:
        return [held[n] for n in wanted if n < len(held)]  # type: ignore[misc]

    return Numbered(numbers, rows, key, number)


def _others(desk: Desk, which: str, words: str) -> Sequence[Given[object]]:
    found: Sequence[object]
    if which == FILES_OF:
        found = [one for one in service.file_rows(desk) if _holds(one.name, words)]
    elif which == PLACES:
        places, ways = service.elsewhere(desk)
        names = {place.id: place.name for place in places}
        found = [
            replace(one, title=f"{one.title} → {names.get(one.place, '')}")
            for one in ways
            if _holds(one.title, words)
        ]
    else:
        found = service.set_aside(desk)
    return [Given(n, one) for n, one in enumerate(found)]


def _holds(name: str, words: str) -> bool:
    folded = fold(name)
    return all(part in folded for part in fold(words).split())


def _delivery_cells(one: Delivery) -> RowCells:
    text, tone = (STATES | {"accepted": (_("Đã nhận"), "teal")}).get(one.state, (one.state, "neutral"))
    return RowCells(
        title=one.title,
        right=f"{to_vn(one.changed_at):%d/%m/%Y %H:%M}",
        detail=service.said_reason(one.reason) if one.reason else one.url,
        chip=text,
        tone=tone,
        quiet=True,
    )
