"""Watching the press: the queue, what is watched, an item put in, the sheet of a false post."""

from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.incidents import IncidentDraft
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.fetching import FETCH_NOW
from spokesdesk.gui.monitoring.form import NEW, ItemForm
from spokesdesk.gui.monitoring.queue import QueuePage
from spokesdesk.gui.monitoring.sheetform import SheetForm
from spokesdesk.gui.monitoring.watching import WatchPage
from spokesdesk.gui.screen import Action, Context, Screen
from spokesdesk.services import digest, incidents
from spokesdesk.services.monitoring import ItemView
from spokesdesk.services.ports import Desk, SavedDraft


class MonitoringScreen(Screen):
    """Tin mới: what the press and social networks say, found, judged and seen to."""

    name: ClassVar[str] = "monitoring"
    forms: ClassVar[tuple[str, ...]] = ("news", "falsepost")

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._stack = QStackedWidget(self)
        column.addWidget(self._stack)
        self.queue, self.watch = QueuePage(context, self), WatchPage(context, self)
        self.form, self.sheet = ItemForm(context, self), SheetForm(context, self)
        for part in (self.queue, self.watch, self.form, self.sheet):
            self._stack.addWidget(part)
        self._waiting: UUID | None = None
        self.queue.wanted.connect(self.new)
        self.queue.watch_wanted.connect(self.show_watch)
        self.queue.digest_wanted.connect(self.draft_digest)
        self.queue.reader.sheet_wanted.connect(self.show_sheet)
        self.queue.reader.incident_wanted.connect(self._open_incident)
        for part in (self.watch, self.form, self.sheet):
            part.left.connect(self.show_queue)
        self.watch.fetch_wanted.connect(self._fetch)
        self.form.kept.connect(self._kept)
        self.sheet.kept.connect(self._sheet_kept)

    def desk_ready(self, desk: Desk) -> None:
        """Read the queue; what was typed before is kept now."""
        self.queue.load(desk)
        self.watch.load()
        self.form.desk_ready(desk)
        self.sheet.desk_ready(desk)
        if self._waiting is not None:
            record_id, self._waiting = self._waiting, None
            self.open_record("news", record_id)

    def desk_closed(self) -> None:
        """Show nothing of the desk; a form keeps what was typed."""
        self.queue.clear()
        self.form.desk_closed()

    def on_changed(self, changes: Changes) -> None:
        """Show what was written."""
        self.queue.refresh(changes)
        self.watch.refresh(changes)

    def shown(self) -> None:
        """The list takes the keys."""
        if self._stack.currentWidget() is self.queue:
            self.queue.list.setFocus()

    def primary_action(self) -> Action | None:
        """Put an item in; in a form, saving."""
        here = self._stack.currentWidget()
        if here is self.form or here is self.sheet:
            return Action(_("Lưu"), self.save, "Ctrl+S")
        return Action(_("Ghi tin"), self.new)

    def actions_offered(self) -> tuple[Action, ...]:
        """What can be done here."""
        reader = self.queue.reader
        made = [
            Action(_("Ghi tin"), self.new),
            Action(_("Nguồn, chủ đề theo dõi"), self.show_watch),
            Action(_("Lấy tin ngay"), self._fetch),
            Action(_("Tổng hợp thông tin báo chí trong ngày"), self.draft_digest, "Ctrl+T"),
        ]
        if reader.item_id is not None:
            made += [
                Action(_("Giao tin cho ai"), reader.ask_assignee, "Ctrl+G"),
                Action(_("Khép tin lại"), reader.ask_done, "Ctrl+D"),
                Action(_("Lưu nguyên trang của tin"), reader.capture, "Ctrl+L"),
                Action(_("Mở tin thành bài báo"), reader.open_article, "Ctrl+B"),
                Action(_("Phiếu xử lý tin giả"), partial(self.show_sheet, reader.item_id), "Ctrl+E"),
            ]
        return tuple(made)

    def open_record(self, kind: str, record_id: UUID) -> None:
        """Show one item in the queue, as soon as the desk is open."""
        if self.context.desk() is None:
            self._waiting = record_id
            return
        self._stack.setCurrentWidget(self.queue)
        self.queue.show_item(record_id)

    def new(self, kind: str = "") -> None:
        """Begin an item."""
        self._stack.setCurrentWidget(self.form)
        self.form.begin()

    def focus_search(self) -> None:
        """Put the cursor into the search of the queue."""
        self.show_queue()
        self.queue.focus_search()

    def save(self) -> None:
        """Save the open form."""
        here = self._stack.currentWidget()
        if here is self.form or here is self.sheet:
            here.save()

    def print_current(self) -> None:
        """Print the sheet that is open."""
        if self._stack.currentWidget() is self.sheet:
            self.sheet.print_sheet()

    def flush(self) -> None:
        """Hand what was typed to the drafts."""
        for form in (self.form, self.sheet):
            if form.has_text and self._stack.currentWidget() is form:
                form.auto.flush()

    def restore(self, draft: SavedDraft) -> None:
        """Take back an item, or a sheet, that was being written."""
        form = self.form if draft.form == NEW else self.sheet
        self._stack.setCurrentWidget(form)
        form.restore(draft.id, draft.values)

    @Slot()
    def show_queue(self) -> None:
        """Go back to the queue; what was typed is kept."""
        self.flush()
        self._stack.setCurrentWidget(self.queue)
        self.queue.list.setFocus()

    @Slot()
    def show_watch(self) -> None:
        """Show sources and subjects."""
        self._stack.setCurrentWidget(self.watch)
        self.watch.load()
        self.watch.url.setFocus()

    @Slot(object)
    def show_sheet(self, item_id: UUID) -> None:
        """Show the sheet of a false post."""
        self._stack.setCurrentWidget(self.sheet)
        self.sheet.open(item_id)

    @Slot()
    def draft_digest(self) -> None:
        """Draft the synthesis of today as a paper and show it."""
        desk = self.context.desk()
        if desk is not None:
            self.context.courier.run(
                partial(digest.draft, desk), owner=self, ok=self._drafted, fail=self._failed
            )

    @Slot()
    def _fetch(self) -> None:
        self.context.courier.changed_by(FETCH_NOW)

    @Slot(object)
    def _open_incident(self, view: ItemView) -> None:
        desk = self.context.desk()
        if desk is None:
            return
        item = view.item
        facts = "\n".join(part for part in (f"{item.where}: {item.title}", item.url) if part)
        draft = IncidentDraft(item.title[:200], asked_at=desk.now(), facts=facts)
        run = partial(incidents.open_incident, desk, draft)
        self.context.courier.run(run, owner=self, ok=self._incident_opened, fail=self._failed)

    def _incident_opened(self, answer: tuple[Any, Changes]) -> None:
        self.context.navigate("incident", answer[0].id)

    def _drafted(self, answer: tuple[Any, Changes]) -> None:
        self.context.navigate("paper", answer[0].id)

    def _failed(self, error: DeskError) -> None:
        self.context.status(word(error))

    @Slot(object)
    def _kept(self, item: Any) -> None:
        self.context.toast(_("Đã ghi tin vào hàng đợi."))
        self.open_record("news", item.id)

    @Slot(object)
    def _sheet_kept(self, _sheet: Any) -> None:
        self.context.toast(_("Đã lưu phiếu; có thể in hoặc ghi ra PDF."))
