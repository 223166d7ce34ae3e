"""A desk without any network asks on a stick to be let into the agency's journal, and enters by the answer."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDir, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member, Role
from spokesdesk.domain.words import word
from spokesdesk.gui.pace import PaceBar
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.sync.folder import ask_folder
from spokesdesk.gui.widgets.basic import Button, Card, LinkButton, label
from spokesdesk.gui.widgets.fields import CheckBox, Field, LineEdit
from spokesdesk.gui.widgets.sheet import AskSheet
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import sync as service
from spokesdesk.services.ports import Desk

FIRST = _(
    "Xin vào sổ chung bằng thẻ nhớ: gõ mã ghi danh, ghi yêu cầu lên thẻ, mang tới một máy của cơ quan đang nối với "
    "cổng. Người quản trị ở đó so mã đối chiếu, đón máy này rồi ghi giấy đón và sổ chung để mang về. Máy này không "
    "phải nối mạng lần nào."
)
AGAIN = _(
    "Máy này đã vào sổ bằng thẻ. Chỉ xin lại khi cổng không còn nhận những gì máy này ghi: cổng đã quên máy sau một "
    "lần phục hồi, hoặc quyền của máy đã bị thu hồi. Mọi thứ trên máy và hàng chờ giữ nguyên."
)


class AskCard(Card):
    """Xin vào sổ bằng thẻ nhớ."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Máy ở nơi không có mạng"), parent=parent)
        self._context, self._folder = context, QDir.homePath()
        self._may = False
        self.sheet: AskSheet | None = None
        self._words = label(FIRST, "muted", self, wrap=True)
        self.add(self._words)
        self.code = LineEdit("", self)
        self.fields = [Field(_("Mã ghi danh (dùng một lần)"), self.code, "code", parent=self)]
        self.add(self.fields[0])
        self.anew = CheckBox(_("Như một máy mới (khi quyền của máy này đã bị thu hồi)"), self)
        self.anew.hide()
        self.add(self.anew)
        self.waiting = Note("", "teal", self)
        self.forget_button = LinkButton(_("Bỏ yêu cầu"), self.forget, self.waiting)
        self.waiting.add_button(self.forget_button)
        self.add(self.waiting)
        self.check = label("", "page", self)
        self.check.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.check.hide()
        self.add(self.check)
        self.note = Note("", "amber", self)
        self.add(self.note)
        self.pace = PaceBar(self)
        self.add(self.pace)
        row = QHBoxLayout()
        row.addStretch(1)
        self.enter_button = Button(_("Vào sổ từ thẻ…"), self.ask_enter, parent=self)
        self.ask_button = Button(_("Ghi yêu cầu lên thẻ…"), self.ask_target, parent=self)
        row.addWidget(self.enter_button)
        row.addWidget(self.ask_button)
        self.body.addLayout(row)

    def show_member(self, member: Member | None) -> None:
        """Say who may do this."""
        self._may = member is not None and Role.ADMIN in member.roles
        self._ready()

    def load(self, desk: Desk) -> None:
        """Ask what was asked for and has no answer yet."""
        self._run(partial(service.asked, desk), self._show, lane="read")

    def show_again(self, *, by_hand: bool) -> None:
        """Offer what only a desk that has entered before needs."""
        self.anew.setVisible(by_hand)
        self._words.setText(AGAIN if by_hand else FIRST)

    def clear(self) -> None:
        """Show nothing of the desk."""
        self.pace.stop()
        self.code.clear()
        self._show(None)
        self.note.set_text("")

    @Slot()
    def ask_target(self) -> QFileDialog | None:
        """Ask for the stick to write the request to."""
        commit_typing()
        show_error(self.fields, None)
        if not self.code.text().strip():
            show_error(self.fields, UserError("field_required", field="code"))
            return None
        return ask_folder(self, _("Chọn thẻ nhớ để ghi yêu cầu"), self._folder, self.write)

    @Slot()
    def ask_enter(self) -> QFileDialog:
        """Ask for the stick with the answer."""
        return ask_folder(self, _("Chọn thẻ nhớ có giấy đón"), self._folder, self.look)

    @Slot(str)
    def write(self, folder: str) -> None:
        """Leave the request on a stick."""
        desk = self._ready_desk(folder)
        if desk is not None:
            code, anew = self.code.text(), self.anew.isVisibleTo(self) and self.anew.isChecked()
            work = partial(service.ask_to_join, desk, Path(folder), code, anew=anew)
            self._run(work, self._written, lane="long")

    @Slot(str)
    def look(self, folder: str) -> None:
        """Say what the answer on a stick lets this desk into, before it enters."""
        desk = self._ready_desk(folder)
        if desk is not None:
            self._run(partial(service.invitation, desk, Path(folder)), self._looked, lane="long")

    @Slot()
    def enter(self) -> None:
        """Enter by the answer that was looked at."""
        desk = self._ready_desk(self._folder)
        if desk is None or self.pace.is_running():
            return
        pace = self.pace.begin(_("Đang nhận sổ chung từ thẻ… Đừng rút thẻ ra."))

        def told(done: int, size: int) -> bool:
            pace.tell(done, size)
            return not pace.is_stopped()

        work = partial(service.enter, desk, Path(self._folder), told)
        self._run(work, self._entered, lane="long", end=pace.stop)

    @Slot()
    def forget(self) -> None:
        """Ask for nothing any more."""
        desk = self._context.desk()
        if desk is not None:
            self._run(partial(service.forget_ask, desk), self._forgotten)

    def _ready_desk(self, folder: str) -> Desk | None:
        desk = self._context.desk()
        if desk is None or not folder or not self._may:
            return None
        self._folder = folder
        self.note.set_text("")
        return desk

    def _run(self, work: Callable[[], Any], ok: Callable[[Any], object], **how: Any) -> None:
        self.ask_button.setEnabled(False)
        self.enter_button.setEnabled(False)
        self._context.courier.run(work, owner=self, ok=ok, fail=self._failed, always=self._ready, **how)

    def _ready(self) -> None:
        self.pace.end()
        for button in (self.ask_button, self.enter_button, self.forget_button):
            button.setEnabled(self._may)

    def _written(self, answer: tuple[service.Asked, Changes]) -> None:
        self.code.clear()
        self.anew.setChecked(False)
        self._show(answer[0])
        self._context.toast(_("Đã ghi yêu cầu lên thẻ."))

    def _show(self, found: service.Asked | None) -> None:
        said = _(
            "Đang chờ đón; yêu cầu ghi lúc {at}. Mã đối chiếu dưới đây phải giống ở máy đón: đọc cho nhau nghe, "
            "hoặc chép ra giấy."
        )
        self.waiting.set_text(said.format(at=f"{to_vn(found.at):%H:%M %d/%m/%Y}") if found else "")
        self.check.setText(found.check if found else "")
        self.check.setAccessibleName(self.check.text())
        self.check.setVisible(found is not None)

    def _looked(self, found: service.Invitation) -> None:
        said = _(
            "Giấy đón vào sổ chung của {agency}, do máy “{by}” ghi lúc {at}; cổng {portal}. Từ đây máy này dùng chung "
            "sổ: nhận mọi mục của cơ quan, và những gì đã ghi trên máy này cũng vào sổ chung."
        ).format(
            agency=found.agency, by=found.by, at=f"{to_vn(found.at):%H:%M %d/%m/%Y}", portal=found.portal
        )
        self.sheet = AskSheet(self, _("Vào sổ chung"), said, _("Vào sổ"), self.enter)
        self.sheet.open()

    def _entered(self, answer: tuple[tuple[service.CarriedFrom, ...], Changes]) -> None:
        found, _changes = answer
        self._show(None)
        fault = next((one.fault for one in found if one.fault is not None), None)
        self.note.set_text(word(fault) if fault else "")
        self._context.toast(_("Đã vào sổ chung. Hãy ghi để mang đi lần đầu, cho các máy kia biết máy này."))

    def _forgotten(self, _changes: Changes) -> None:
        self._show(None)

    def _failed(self, error: DeskError) -> None:
        if not show_error(self.fields, error):
            self.note.set_text(word(error))
