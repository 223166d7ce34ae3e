"""Who works here, later: add, change, take away."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain import words
from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member, MemberDraft
from spokesdesk.gui.labels import roles_text
from spokesdesk.gui.prefs.section import Section
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.session import present
from spokesdesk.gui.start.members import MemberForm
from spokesdesk.gui.widgets.basic import Button, Card, Chip, clear_layout, label, line
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.ports import Desk


class MembersSection(Section):
    """The people and their roles."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        self._card = Card(_("Người làm việc tại bàn"), parent=self)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self._card.body.addLayout(self._list)
        row = QHBoxLayout()
        self._add = Button(_("Thêm người"), self._new, parent=self._card)
        self._add.setEnabled(False)
        row.addWidget(self._add)
        row.addStretch(1)
        self._card.body.addLayout(row)
        hint = _(
            "Vai trò quyết định ai được trình, duyệt, cấp số. Người thôi việc vẫn còn tên trong hồ sơ đã ghi."
        )
        self._card.add(label(hint, "small", self._card, wrap=True))
        self.column.addWidget(self._card)
        self.column.addStretch(1)

    def desk_ready(self, desk: Desk) -> None:
        """Ask who works here."""
        self._add.setEnabled(True)
        self.context.courier.run(partial(present, desk), owner=self, ok=self._show, lane="read")

    def desk_closed(self) -> None:
        """Show nobody."""
        self._add.setEnabled(False)
        self._show(())

    def on_changed(self, changes: Changes) -> None:
        """Ask again when a member was written."""
        desk = self.context.desk()
        if desk is not None and any(change.kind == "member" for change in changes):
            self.desk_ready(desk)

    def _show(self, members: Sequence[Member]) -> None:
        clear_layout(self._list)
        for at, member in enumerate(members):
            if at:
                self._list.addWidget(line(self._card))
            self._list.addWidget(self._row(member))

    def _row(self, member: Member) -> QWidget:
        box = QWidget(self._card)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(8)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(label(f"{member.name}" + (f" · {member.post}" if member.post else ""), "strong", box))
        said.addWidget(label(roles_text(member.roles), "small", box, wrap=True))
        row.addLayout(said, 1)
        if member.combines_duties:
            row.addWidget(Chip(_("Kiêm nhiệm"), "amber", parent=box))
        if member.has_pin:
            row.addWidget(Chip(_("Có mã PIN"), "neutral", parent=box))
        button = Button(_("Sửa"), partial(self._edit, member), parent=box)
        button.setAccessibleName(_("Sửa {name}").format(name=member.name))
        row.addWidget(button)
        return box

    def _new(self) -> None:
        MemberSheet(self.context, None, self).open()

    def _edit(self, member: Member) -> None:
        MemberSheet(self.context, member, self).open()


class MemberSheet(Sheet):
    """One person: new, changed, or gone."""

    def __init__(self, context: Context, member: Member | None, parent: QWidget) -> None:
        super().__init__(parent, _("Sửa người làm việc") if member else _("Thêm người làm việc"), 700)
        self._context, self._member = context, member
        self._form = MemberForm(self, pin_hint=_("để trống: giữ mã cũ") if member and member.has_pin else "")
        if member is not None:
            self._form.set_member(member.name, member.post, member.roles)
        self.body.addWidget(self._form)
        self._said = Note("", "red", self)
        self.body.addWidget(self._said)
        if member is not None:
            self._actions.insertWidget(0, Button(_("Đã thôi việc"), self._leave, parent=self))
        self._button = self.add_actions(_("Lưu"), self._save)
        self._form.fields[0].focus()

    def _save(self) -> None:
        if self._form.check():
            self._send(self._form.draft(keep_pin=self._member is not None))

    def _leave(self) -> None:
        self._send(replace(self._form.draft(keep_pin=True), active=False))

    def _send(self, draft: MemberDraft) -> None:
        desk = self._context.desk()
        if desk is None:
            return
        self._button.setEnabled(False)
        member_id = self._member.id if self._member else None
        self._context.courier.run(
            partial(_save, desk, draft, member_id),
            owner=self,
            ok=self._saved,
            fail=self._refused,
            always=self._ready,
        )

    def _ready(self) -> None:
        self._button.setEnabled(True)

    def _saved(self, _saved: object) -> None:
        self._context.toast(_("Đã lưu người làm việc."))
        self.close()

    def _refused(self, error: DeskError) -> None:
        if not show_error(self._form.fields, error):
            self._said.set_text(words.word(error))


def _save(desk: Desk, draft: MemberDraft, member_id: UUID | None) -> tuple[Member, Changes]:
    from spokesdesk.services import people

    return people.save_member(desk, draft, member_id)
