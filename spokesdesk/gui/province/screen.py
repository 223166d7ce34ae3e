"""The exchange between province and agencies: lists, one row whole, and the form of a note."""

from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.province import NewSender, NoteKind, Standing
from spokesdesk.gui.province.form import NEW, NoteForm
from spokesdesk.gui.province.keysheet import NewKeySheet, OwnKeySheet
from spokesdesk.gui.province.listing import ProvinceList
from spokesdesk.gui.province.page import ProvincePage
from spokesdesk.gui.screen import Action, Context
from spokesdesk.gui.steppedscreen import AskingScreen
from spokesdesk.services import province, province_keys
from spokesdesk.services.ports import Desk, SavedDraft
from spokesdesk.services.province_shown import Act, Tab

_TAB_OF = {NoteKind.ALERT: Tab.ALERTS, NoteKind.ASK: Tab.ASKS, NoteKind.DIFFICULTY: Tab.DIFFICULTIES}


class ProvinceScreen(AskingScreen):
    """Tỉnh; at an agency's desk: Trao đổi với tỉnh."""

    name: ClassVar[str] = "province"
    forms: ClassVar[tuple[str, ...]] = ("province",)
    kind: ClassVar[str] = "province"
    kept_words: ClassVar[str] = _("Đã ghi; gửi ở lần đồng bộ tới.")
    list: ProvinceList
    page: ProvincePage
    form: NoteForm

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.list, self.page = ProvinceList(context, self), ProvincePage(context, self)
        self.form = NoteForm(context, self)
        self.stand_in()
        self.list.wanted.connect(self.write)
        self.list.key_wanted.connect(self._ask_of_keys)
        self._senders: tuple[NewSender, ...] = ()

    def desk_ready(self, desk: Desk) -> None:
        """Read the lists of what this workspace is at its portal."""
        super().desk_ready(desk)
        self._look(desk)

    def on_changed(self, changes: Changes) -> None:
        """Show what was written; the portal may have said that this is the province's desk."""
        super().on_changed(changes)
        desk = self.context.desk()
        if desk is not None and any(change.kind in ("province", "sync") for change in changes):
            self._look(desk)

    def touches_page(self, change: Change) -> bool:
        """Whether a change is seen on the page: answers come with a round."""
        return change.kind in ("province", "sync")

    def primary_action(self) -> Action | None:
        """An alert at the province, a difficulty at an agency; in the form, sending."""
        if self.shows(self.form):
            return Action(_("Ghi và gửi"), self.form.save, "Ctrl+S")
        if self.list.standing is Standing.PROVINCE:
            return Action(_("Gửi cảnh báo cho cơ quan"), partial(self.write, NoteKind.ALERT), "F3")
        return Action(_("Báo cáo khó khăn với tỉnh"), partial(self.write, NoteKind.DIFFICULTY), "F3")

    def actions_offered(self) -> tuple[Action, ...]:
        """What else can be done."""
        made = []
        if self.list.standing is Standing.PROVINCE:
            made.append(
                Action(_("Yêu cầu cơ quan cung cấp thông tin"), partial(self.write, NoteKind.ASK), "F6")
            )
        seen = self.page.seen if self.shows(self.page) else None
        if seen is not None:
            words = {
                Act.ACK: _("Xác nhận đã nhận cảnh báo"),
                Act.ANSWER: _("Trả lời"),
                Act.REMIND: _("Nhắc các cơ quan còn chờ"),
                Act.VERIFY: _("Xác minh tài khoản nhà báo"),
                Act.REFUSE: _("Không chấp nhận tài khoản nhà báo"),
                Act.BLOCK: _("Khóa tài khoản nhà báo"),
            }
            made += [Action(words[act], partial(self.page.ask, act)) for act in Act if act in seen.acts]
        return tuple(made)

    def open_record(self, kind: str, record_id: UUID) -> None:
        """Show one row of the list that is chosen, or a note from another page."""
        if self.context.desk() is None:
            self._waiting = record_id
            return
        if sender := next((one for one in self._senders if one.id == record_id), None):
            NewKeySheet(self, sender, self._confirm).open()
            return
        if self.shows(self.form):
            self.flush()
        row = self.list.list.current()
        is_row = row is not None and row.id == record_id
        self.list.list.select(record_id)
        self.page.open(record_id, self.list.tab if is_row else None)
        self.show_part(self.page)

    def new(self, kind: str = "") -> None:
        """Begin an alert at the province, a difficulty at an agency."""
        is_province = self.list.standing is Standing.PROVINCE
        self.write(NoteKind.ALERT if is_province else NoteKind.DIFFICULTY)

    @Slot(object)
    def write(self, kind: NoteKind) -> None:
        """Begin a note of a kind."""
        self.show_part(self.form)
        self.form.write(kind)

    def restore(self, draft: SavedDraft) -> None:
        """Take back a note, or what was being answered."""
        if draft.form == NEW:
            self.show_part(self.form)
            self.form.restore(draft.id, draft.values)
            return
        self.page.open(UUID(draft.form.rpartition(":")[2]), None, draft)
        self.show_part(self.page)

    def keyPressEvent(self, event: Any) -> None:
        """F3 begins what this desk writes most, F6 a request."""
        from PySide6.QtCore import Qt

        if self.shows(self.list) and event.key() == Qt.Key.Key_F3:
            self.new()
        elif (
            self.shows(self.list) and event.key() == Qt.Key.Key_F6 and self.list.standing is Standing.PROVINCE
        ):
            self.write(NoteKind.ASK)
        else:
            super().keyPressEvent(event)

    @Slot(object)
    def _kept(self, record: Any) -> None:
        self.context.toast(self.kept_words)
        self.list.choose(_TAB_OF[record.kind])
        self.page.open(record.id)
        self.show_part(self.page)

    def _look(self, desk: Desk) -> None:
        def work() -> tuple[Standing, tuple[NewSender, ...]]:
            return province.standing(desk), province_keys.new_senders(desk)

        self.context.courier.run(work, owner=self, ok=self._stand, lane="read")

    def _stand(self, found: tuple[Standing, tuple[NewSender, ...]]) -> None:
        standing, self._senders = found
        is_change = standing is not self.list.standing
        self.list.stand(standing)
        self.list.show_keys(len(self._senders))
        desk = self.context.desk()
        if is_change and desk is not None:
            self.form.desk_ready(desk)

    @Slot(object)
    def _ask_of_keys(self, _nothing: object) -> None:
        """At an agency the first key that waits is asked about; at the province its own mark is shown."""
        desk = self.context.desk()
        if desk is None:
            return
        if self.list.standing is Standing.PROVINCE:
            work = partial(province_keys.own_mark, desk)
            self.context.courier.run(work, owner=self, ok=self._show_own, lane="read")
        elif self._senders:
            NewKeySheet(self, self._senders[0], self._confirm).open()

    def _show_own(self, mark: str) -> None:
        OwnKeySheet(self, mark).open()

    def _confirm(self, sender: NewSender) -> None:
        desk = self.context.desk()
        if desk is not None:
            work = partial(province_keys.confirm, desk, sender.sender, sender.key)
            self.context.courier.run(work, owner=self, ok=self._confirmed)

    def _confirmed(self, _changes: Changes) -> None:
        self.context.toast(_("Đã xác nhận; thư của tỉnh đã vào danh sách."))
