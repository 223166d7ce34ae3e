"""The agency's keys in the window: which one this desk seals with, who holds it, and the ways back when it is gone."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QDir, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member, Role
from spokesdesk.domain.words import word
from spokesdesk.gui.savedialog import ask_target
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card, label
from spokesdesk.gui.widgets.fields import Field, LineEdit
from spokesdesk.gui.widgets.sheet import AskSheet, Sheet
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.ports import Desk

if TYPE_CHECKING:
    from spokesdesk.services.sync import Holder, KeyState, OutboxFile

T = TypeVar("T")
_ENDING = "hangcho"


class KeysCard(Card):
    """Says how fields are sealed here; an administrator finds the ways back below it."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(_("Khóa của cơ quan"), parent=parent)
        self._context = context
        self._may = False
        self._state: KeyState | None = None
        self.sheet: Sheet | None = None
        said = _(
            "Nội dung tiếp xúc và hồ sơ vụ việc được niêm phong bằng khóa này trước khi rời máy; cổng không có khóa. "
            "Hai máy cùng cơ quan phải có cùng mã đối chiếu."
        )
        self.add(label(said, "muted", self, wrap=True))
        self.mark = label("", "", self)
        self.add(self.mark)
        self.warning = Note("", "amber", self)
        self.add(self.warning)
        self.holders = label("", "", self, wrap=True)
        self.add(self.holders)
        self.recover = Button(_("Mở bằng mã khôi phục…"), self.ask_recovery, parent=self)
        self.begin = Button(_("Dùng khóa mới…"), self.ask_begin, parent=self)
        self.out = Button(_("Xuất hàng chờ…"), self.ask_out, parent=self)
        self.take = Button(_("Nhận hàng chờ…"), self.ask_in, parent=self)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.recover, self.begin, self.out, self.take):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.hide()

    def show_member(self, member: Member | None) -> None:
        """Only an administrator opens keys and takes files in."""
        self._may = member is not None and Role.ADMIN in member.roles
        self._show_buttons()

    def load(self, desk: Desk) -> None:
        """Read how it stands."""
        self._context.courier.run(partial(_state, desk), owner=self, ok=self.show_state, lane="read")

    def show_state(self, state: "KeyState") -> None:
        """Show the key's mark and who holds it."""
        self._state = state
        has_key = bool(state.generation)
        self.mark.setText(
            _("Khóa thứ {n} · mã đối chiếu {mark}").format(n=state.generation, mark=state.mark)
            if has_key
            else _("Máy này đang chờ khóa của cơ quan.")
        )
        self.warning.set_text(_warning(state))
        self.holders.setText("\n".join(_holder(one) for one in state.holders))
        self._show_buttons()

    def _show_buttons(self) -> None:
        state = self._state
        has_key = state is not None and bool(state.generation)
        self.recover.setVisible(self._may and state is not None and (not has_key or state.awaited > 0))
        self.begin.setVisible(self._may and state is not None and not has_key)
        self.out.setVisible(has_key)
        self.take.setVisible(self._may and has_key)

    @Slot()
    def ask_recovery(self) -> None:
        """Ask for a printed recovery key."""
        desk = self._context.desk()
        if desk is not None:
            self.sheet = RecoverySheet(self._context, desk, self.window())
            self.sheet.open()

    @Slot()
    def ask_begin(self) -> None:
        """Ask before this desk begins with a key of its own."""
        sentence = _(
            "Chỉ dùng khi không còn máy nào và không còn mã khôi phục nào mở được khóa cũ. Những gì đã niêm phong bằng "
            "khóa cũ vẫn được giữ và vẫn khóa; việc mới ghi được tiếp. Nếu một máy cũ trực tuyến trở lại, các máy tự "
            "trao khóa cho nhau."
        )
        self.sheet = AskSheet(self.window(), _("Dùng khóa mới"), sentence, _("Dùng khóa mới"), self._begin)
        self.sheet.open()

    def _begin(self) -> None:
        self._run(_begin, self._begun)

    @Slot()
    def ask_out(self) -> None:
        """Ask where what waits is written to."""
        kinds = _("Hàng chờ (*.hangcho)")
        name = _("hàng chờ") + f".{_ENDING}"
        ask_target(self, _("Xuất hàng chờ"), name, self.write_out, kinds=kinds, ending=_ENDING)

    def write_out(self, path: str) -> None:
        """Write what waits into a file."""
        self._run(partial(_write_out, path=Path(path)), self._written)

    @Slot()
    def ask_in(self) -> None:
        """Ask for a colleague's file."""
        dialog = QFileDialog(self.window(), _("Nhận hàng chờ"), QDir.homePath(), _("Hàng chờ (*.hangcho)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.take_in)
        dialog.open()

    def take_in(self, path: str) -> None:
        """Take a colleague's file in."""
        self._run(partial(_take_in, path=Path(path)), self._taken)

    def _run(self, work: Callable[[Desk], T], then: Callable[[T], object]) -> None:
        desk = self._context.desk()
        if desk is not None:
            self._context.courier.run(partial(work, desk), owner=self, ok=then)

    def _begun(self, _answer: object) -> None:
        self._context.toast(_("Đã có khóa mới; đồng bộ để gửi đi."))

    def _written(self, made: "OutboxFile") -> None:
        said = _("Đã ghi {n} thay đổi ra tệp; hàng chờ trên máy vẫn nguyên, tệp kèm không nằm trong đó.")
        self._context.toast(said.format(n=made.changes))

    def _taken(self, answer: "tuple[OutboxFile, Changes]") -> None:
        said = _("Đã nhận {taken} trong {n} thay đổi; gửi lên cổng ở lần đồng bộ tới.")
        self._context.toast(said.format(taken=answer[0].taken, n=answer[0].changes))


class RecoverySheet(Sheet):
    """Asks for a printed recovery key; what is wrong with it stands below."""

    def __init__(self, context: Context, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, _("Mở bằng mã khôi phục"), 560)
        self._context, self._desk = context, desk
        self.say(
            _("Gõ mã khôi phục đã in của bất kỳ máy nào từng nối với sổ này; chữ hoa, chữ thường đều được.")
        )
        self.typed = LineEdit("ABCD-EFGH-…", self)
        self.field = Field(_("Mã khôi phục"), self.typed, "recovery", parent=self)
        self.body.addWidget(self.field)
        self.wrong = Note("", "red", self)
        self.body.addWidget(self.wrong)
        self.add_actions(_("Mở"), self.go_on)
        self.field.focus()

    @Slot()
    def go_on(self) -> None:
        """Try the key."""
        self._context.courier.run(
            partial(_recover, self._desk, self.typed.text()),
            owner=self,
            ok=self._opened,
            fail=self._failed,
        )

    def _failed(self, error: DeskError) -> None:
        if not show_error([self.field], error):
            self.wrong.set_text(word(error))

    def _opened(self, _answer: object) -> None:
        self._context.toast(_("Đã mở được khóa của cơ quan."))
        self.close()


def _warning(state: "KeyState") -> str:
    if state.awaited:
        said = _("{n} mục đang chờ khóa. Không mất gì; khóa đến khi một máy khác của cơ quan trực tuyến.")
        return said.format(n=state.awaited)
    if state.unvouched:
        said = _(
            "Có {n} khóa không do máy nào của cơ quan truyền lại: chỉ dùng để đọc. Hãy xem lại danh sách máy."
        )
        return said.format(n=state.unvouched)
    return ""


def _holder(one: "Holder") -> str:
    name = (one.name or _("máy {code}").format(code=str(one.device)[-12:])) + (
        _(" (máy này)") if one.is_own else ""
    )
    if one.revoked:
        return _("{name}: đã thu hồi").format(name=name)
    return (
        _("{name}: có khóa").format(name=name) if one.has_key else _("{name}: chưa có khóa").format(name=name)
    )


def _state(desk: Desk) -> "KeyState":
    from spokesdesk.services import sync

    return sync.key_state(desk)


def _recover(desk: Desk, typed: str) -> "tuple[KeyState, Changes]":
    from spokesdesk.services import sync

    return sync.recover_keys(desk, typed)


def _begin(desk: Desk) -> "tuple[KeyState, Changes]":
    from spokesdesk.services import sync

    return sync.begin_keys(desk)


def _write_out(desk: Desk, path: Path) -> "OutboxFile":
    from spokesdesk.services import sync

    return sync.export_outbox(desk, path)


def _take_in(desk: Desk, path: Path) -> "tuple[OutboxFile, Changes]":
    from spokesdesk.services import sync

    return sync.import_outbox(desk, path)
