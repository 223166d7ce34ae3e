"""The address book's page: the list at the left, one record and its timeline at the right."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.imports import Noun
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Journalist, Member, Outlet
from spokesdesk.gui.exporting import Exporter
from spokesdesk.gui.people.book import PeopleList
from spokesdesk.gui.people.page import RecordPage
from spokesdesk.gui.screen import Action, Context, Screen
from spokesdesk.gui.widgets.basic import Card
from spokesdesk.gui.widgets.states import EmptyState
from spokesdesk.services import people
from spokesdesk.services.ports import Desk, SavedDraft


class PeopleScreen(Screen):
    """Danh bạ."""

    name = "people"
    forms = ("outlet", "journalist")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        # Made in their places: moving a finished page costs more than making it.
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self.list = PeopleList(context, self._split)
        self._right = QStackedWidget(self._split)
        self.page = RecordPage(context, self._right)
        self._nothing = Card(parent=self._right)
        sentence = _(
            "Chọn một nhà báo hoặc một cơ quan báo chí để xem những gì đã biết và những lần làm việc."
        )
        self._nothing.add(
            EmptyState(context.theme, "account-group-outline", sentence, parent=self._nothing), 1
        )
        self._right.addWidget(self._nothing)
        self._right.addWidget(self.page)
        self._right.setCurrentWidget(self._nothing)
        self._lay_out()
        self.list.picked.connect(self._picked)
        self.list.create_asked.connect(self.new)
        self._exporter = Exporter(context, self)
        self.list.import_asked.connect(self._import)
        self.list.export_asked.connect(self._export)
        self.page.saved.connect(self._saved)

    def desk_ready(self, desk: Desk) -> None:
        """List the people this desk knows."""
        self.list.use(desk)
        self.page.use(desk)

    def desk_closed(self) -> None:
        """Show nobody; what was typed stays in the draft."""
        self.list.use(None)
        self.page.use(None)
        if not self.page.is_dirty:
            self._right.setCurrentWidget(self._nothing)

    def member_changed(self, member: Member) -> None:
        """Go on with the desk at which somebody else works now."""
        self.page.use(self.context.desk())

    def on_changed(self, changes: Changes) -> None:
        """Refresh the list, and the timeline when something passed with whom is shown."""
        self.list.refresh(changes)
        desk, (kind, record_id) = self.context.desk(), self.page.shown()
        ids = {change.id for change in changes}
        if desk is not None and record_id in ids and record_id is not None:
            self._read(desk, kind, record_id)

    def shown(self) -> None:
        """Put the cursor into the list."""
        if self._right.currentWidget() is self._nothing:
            self.list.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def actions_offered(self) -> tuple[Action, ...]:
        """Write down somebody new."""
        return (
            Action(_("Thêm nhà báo"), partial(self.new, "journalist")),
            Action(_("Thêm cơ quan báo chí"), partial(self.new, "outlet")),
            Action(_("Xuất danh bạ đang xem"), self._export),
        )

    def open_record(self, kind: str, record_id: UUID) -> None:
        """Show a journalist or an outlet."""
        desk = self.context.desk()
        if desk is not None:
            self.list.select(kind, record_id)
            self._read(desk, kind, record_id)

    def new(self, kind: str = "journalist") -> None:
        """Open empty inputs for a journalist or an outlet."""
        wanted = kind or "journalist"
        self.list.show_kind(wanted)
        self._right.setCurrentWidget(self.page)
        self.page.new(wanted)

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.list.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.list.search.selectAll()

    def save(self) -> None:
        """Keep what was typed."""
        if self._right.currentWidget() is self.page:
            self.page.save()

    def flush(self) -> None:
        """Hand what was typed to the drafts at once."""
        self.page.flush()

    def restore(self, draft: SavedDraft) -> None:
        """Go on with a draft that was offered back."""
        kind, _colon, record = draft.form.partition(":")
        record_id = UUID(record) if record else None
        self._right.setCurrentWidget(self.page)
        self.page.bring_back(kind, record_id, draft.id, draft.values)
        if record_id is not None:
            self.open_record(kind, record_id)

    def _lay_out(self) -> None:
        split = self._split
        split.setChildrenCollapsible(False)
        split.setHandleWidth(12)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([430, 690])
        self.list.setMinimumWidth(300)
        self._right.setMinimumWidth(420)
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

    def _picked(self, record: Journalist | Outlet) -> None:
        self._right.setCurrentWidget(self.page)
        self.page.show_record(record)

    def _saved(self, record: Journalist | Outlet) -> None:
        self.list.select("outlet" if isinstance(record, Outlet) else "journalist", record.id)


def _record(desk: Desk, kind: str, record_id: UUID) -> Journalist | Outlet:
    return people.outlet(desk, record_id) if kind == "outlet" else people.journalist(desk, record_id)
