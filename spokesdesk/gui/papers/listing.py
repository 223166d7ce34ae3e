"""The list of papers: live search without accents, states to choose from, the one saved last first."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.papers import PaperRow, PaperState
from spokesdesk.gui.listpage import ListPage
from spokesdesk.gui.papers.flagged import FlaggedCard
from spokesdesk.gui.papers.words import KINDS, STATES, SYNC, stamp_of, titled
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, PrimaryButton
from spokesdesk.gui.widgets.rowlist import RowCells
from spokesdesk.services import papers as service
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.paging import Source

FILTERS: tuple[tuple[str, tuple[PaperState, ...]], ...] = (
    (_("Tất cả"), ()),
    (_("Đang soạn"), (PaperState.DRAFT, PaperState.RETURNED)),
    (_("Chờ duyệt"), (PaperState.SUBMITTED,)),
    (_("Chờ cấp số"), (PaperState.APPROVED,)),
    (_("Chờ phát hành"), (PaperState.NUMBERED,)),
    (_("Đã phát hành"), (PaperState.RELEASED, PaperState.CORRECTED, PaperState.WITHDRAWN)),
)


class PaperList(ListPage[PaperRow]):
    """All papers of the desk.

    Emits:
        wanted: ``LetterKind`` of a new paper.
        import_wanted: a Word file is to become a paper.
        waiting_asked, register_asked, batch_asked: show those pages.
    """

    wanted = Signal(object)
    import_wanted = Signal()
    waiting_asked = Signal()
    register_asked = Signal()
    batch_asked = Signal()
    title = _("Văn bản")
    search_words = _("Tìm theo trích yếu, nơi nhận, ký hiệu…")
    empty_icon = "file-document-edit-outline"
    empty_words = _("Công văn và thông cáo báo chí của cơ quan nằm ở đây, từ lúc soạn đến khi phát hành.")
    nothing_words = _("Không có văn bản nào khớp. Thử từ khác hoặc chọn “Tất cả”.")
    kinds = ("paper",)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._states: tuple[PaperState, ...] = ()
        self.new_button = PrimaryButton(_("Soạn văn bản"), self.offer_kinds, parent=self)
        self.waiting_button = Button(_("Chờ tôi duyệt"), self.waiting_asked.emit, parent=self)
        self.add_primary(self.waiting_button)
        self.add_primary(Button(_("Trộn thư"), self.batch_asked.emit, parent=self))
        self.add_primary(Button(_("Sổ đăng ký"), self.register_asked.emit, parent=self))
        self.add_primary(self.new_button)
        self.flagged = FlaggedCard(context, self)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(1, self.flagged)
        self.add_choices([(text, partial(self._choose, states)) for text, states in FILTERS])
        self.set_empty_action(_("Soạn công văn đầu tiên"), self._first)

    def source(self, desk: Desk, words: str) -> Source[PaperRow]:
        """Read the papers in the states chosen."""
        return service.paper_list(desk, words, self._states)

    def refresh(self, changes: Changes) -> None:
        """Show what was written; a round with the portal may have moved any of them."""
        if any(change.kind == "sync" for change in changes):
            self.model.reload()
        else:
            super().refresh(changes)

    def counted(self, count: int) -> str:
        """Say how many papers there are."""
        return _("{n} văn bản").format(n=count)

    @property
    def is_narrowed(self) -> bool:
        """Whether a search or a state hides a part of the list."""
        return bool(self._states) or super().is_narrowed

    def cells(self, row: PaperRow) -> RowCells:
        """Give the words of one paper."""
        on_its_way = row.sync and row.state is PaperState.RELEASED
        chip, tone = SYNC[row.sync] if on_its_way else STATES[row.state]
        stamp = stamp_of(row.number, row.symbol)
        number = _("Số {stamp}").format(stamp=stamp) if row.number is not None else stamp
        return RowCells(
            title=titled(LetterKind(row.kind), row.title) or _("(chưa có trích yếu)"),
            note=KINDS[LetterKind(row.kind)],
            right=f"{to_vn(row.saved_at):%d/%m/%Y %H:%M}",
            detail=" · ".join(part for part in (number, row.author) if part),
            chip=chip,
            tone=tone,
            quiet=True,
        )

    def key(self, row: PaperRow) -> UUID:
        """Give the paper."""
        return row.id

    def number(self, row: PaperRow) -> int:
        """Give its place in the order of arrival."""
        return row.n

    @Slot()
    def offer_kinds(self) -> None:
        """Ask which kind of paper to begin."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for at, (kind, text) in enumerate(KINDS.items()):
            if at == 2:
                menu.addSeparator()
            menu.addAction(text).triggered.connect(partial(self._want, kind))
        menu.addSeparator()
        menu.addAction(_("Nhập từ Word…")).triggered.connect(self.import_wanted)
        menu.popup(self.new_button.mapToGlobal(self.new_button.rect().bottomLeft()))

    def _want(self, kind: LetterKind, _checked: bool = False) -> None:
        self.wanted.emit(kind)

    def _first(self) -> None:
        self.wanted.emit(LetterKind.CONG_VAN)

    def _choose(self, states: tuple[PaperState, ...]) -> None:
        self._states = states
