"""The address book's page: the list at the left, one record or one task at the right."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.imports import Noun
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.merging import Merge
from spokesdesk.domain.people import Journalist, Member, Outlet
from spokesdesk.domain.spokespeople import Authorisation
from spokesdesk.gui.exporting import Exporter
from spokesdesk.gui.people.book import PeopleList
from spokesdesk.gui.people.cells import Record
from spokesdesk.gui.people.right import RightSide
from spokesdesk.gui.screen import Action, Context, Screen
from spokesdesk.services import people, press, spokespeople
from spokesdesk.services.ports import Desk, SavedDraft


class PeopleScreen(Screen):
    """Danh bạ."""

    name = "people"
    forms = ("outlet", "journalist", "spokesperson", "office", "checklist")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        # Made in their places: moving a finished page costs more than making it.
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self.list = PeopleList(context, self._split)
        self.right = RightSide(context, self._split)
        self.page = self.right.page
        self._lay_out()
        self.list.picked.connect(self._picked)
        self.list.create_asked.connect(self.new)
        self.list.merging_asked.connect(self._show_pairs)
        self.list.lists_asked.connect(self._show_lists)
        self._exporter = Exporter(context, self)
        self.list.import_asked.connect(self._import)
        self.list.export_asked.connect(self._export)
        self.right.saved.connect(self._saved)
        self.right.opened.connect(self._open_saved)

    def desk_ready(self, desk: Desk) -> None:
        """List the people this desk knows."""
        self.list.use(desk)
        self.right.use(desk)

    def desk_closed(self) -> None:
        """Show nobody; what was typed stays in the draft."""
        self.list.use(None)
        self.right.use(None)

    def member_changed(self, member: Member) -> None:
        """Go on with the desk at which somebody else works now."""
        self.right.use(self.context.desk())

    def on_changed(self, changes: Changes) -> None:
        """Refresh the list, and what is shown when it was written."""
        self.list.refresh(changes)
        desk, wanted = self.context.desk(), self.right.to_refresh(changes)
        if desk is not None and wanted is not None:
            self._read(desk, *wanted)

    def shown(self) -> None:
        """Put the cursor into the list."""
        if self.right.is_empty:
            self.list.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def actions_offered(self) -> tuple[Action, ...]:
        """Write down somebody new; look at lists and pairs."""
        return (
            Action(_("Thêm nhà báo"), partial(self.new, "journalist")),
            Action(_("Thêm cơ quan báo chí"), partial(self.new, "outlet")),
            Action(_("Thêm người phát ngôn, ủy quyền phát ngôn"), partial(self.new, "spokesperson")),
            Action(_("Xuất danh bạ đang xem"), self._export),
            Action(_("Danh sách để công bố"), self._show_lists),
            Action(_("Nhà báo có thể ghi hai lần"), partial(self._show_pairs, "journalist")),
            Action(_("Cơ quan báo chí có thể ghi hai lần"), partial(self._show_pairs, "outlet")),
        )

    def open_record(self, kind: str, record_id: UUID) -> None:
        """Show a journalist, an outlet, a spokesperson or a filled checklist."""
        desk = self.context.desk()
        if desk is not None:
            if kind == "checklist":
                work = partial(press.checklist, desk, record_id)
                self.context.courier.run(work, owner=self, ok=self.right.show_checklist, lane="read")
                return
            self.list.select(kind, record_id)
            self._read(desk, kind, record_id)

    def new(self, kind: str = "journalist") -> None:
        """Open empty inputs for a journalist, an outlet or a spokesperson."""
        wanted = kind or "journalist"
        self.list.show_kind(wanted)
        self.right.new(wanted)

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.list.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.search.selectAll()

    def save(self) -> None:
        """Keep what was typed."""
        self.right.save()

    def flush(self) -> None:
        """Hand what was typed to the drafts at once."""
        self.right.flush()

    def restore(self, draft: SavedDraft) -> None:
        """Go on with a draft that was offered back."""
        kind, _colon, record = draft.form.partition(":")
        record_id = UUID(record) if record else None
        self.right.restore(kind, record_id, draft)
        if kind in ("outlet", "journalist") and record_id is not None:
            self.open_record(kind, record_id)

    def _lay_out(self) -> None:
        split = self._split
        split.setChildrenCollapsible(False)
        split.setHandleWidth(12)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([430, 690])
        self.right.setMinimumWidth(420)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 8, 24, 16)
        row.addWidget(split)

    def _read(self, desk: Desk, kind: str, record_id: UUID) -> None:
        self.context.courier.run(
            partial(_record, desk, kind, record_id), owner=self, ok=self._picked, lane="read"
        )

    def _import(self, _nothing: object) -> None:
        self.context.navigate("imports")

    def _export(self, _kind: object = None) -> None:
        noun = Noun.OUTLET if self.list.kind.value() == "outlet" else Noun.JOURNALIST
        self._exporter.ask(noun, self.list.search.text())

    def _picked(self, record: Record) -> None:
        self.right.show_record(record)

    def _show_pairs(self, kind: str) -> None:
        self.list.show_kind(kind)
        self.right.show_pairs(kind)

    def _show_lists(self, _nothing: object = None) -> None:
        self.right.show_lists()

    def _saved(self, record: Record | Merge) -> None:
        match record:
            case Merge():
                self.open_record(record.kind, record.kept.id)
            case Outlet():
                self.list.select("outlet", record.id)
            case Journalist():
                self.list.select("journalist", record.id)
            case Authorisation():
                self.open_record("spokesperson", record.id)

    def _open_saved(self, outlet_id: UUID) -> None:
        self.open_record("outlet", outlet_id)


def _record(desk: Desk, kind: str, record_id: UUID) -> Record:
    match kind:
        case "outlet":
            return people.outlet(desk, record_id)
        case "spokesperson":
            return spokespeople.get(desk, record_id)
    return people.journalist(desk, record_id)
