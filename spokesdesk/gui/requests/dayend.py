"""The end of the day: every open request with the one it waits on; finished, then printed, mailed or saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.day_end import DayEnd, DayEndItem
from spokesdesk.domain.errors import DeskError, OutsideError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.requests.holderrow import HolderRow, typed
from spokesdesk.gui.requests.words import moment
from spokesdesk.gui.savedialog import ask_pdf
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import (
    Button,
    Card,
    LinkButton,
    PageHeader,
    PrimaryButton,
    clear_layout,
    label,
)
from spokesdesk.gui.widgets.fields import Field, LineEdit
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import day_end as service
from spokesdesk.services import drafts
from spokesdesk.services.ports import Desk

FORM = "request:day-end"


@dataclass(frozen=True, slots=True)
class Evening:
    """What is open now, and where the list went last time."""

    items: tuple[DayEndItem, ...]
    mailed: tuple[str, ...]
    latest: DayEnd | None


class DayEndPage(QWidget):
    """The list of the end of the day.

    Emits:
        left: back to the list.
    """

    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._holders: dict[UUID, Field] = {}
        self._kept: dict[str, str] = {}
        self._made: DayEnd | None = None
        self._busy = False
        self.notice = Note("", "amber", self)
        self.mail_to = LineEdit(_("lanhdao@coquan.gov.vn; nhiều địa chỉ ngăn bằng dấu chấm phẩy"), self)
        self._mail = Field(_("Gửi thư cho"), self.mail_to, "mail_to", parent=self)
        self._build()
        self.auto = Autosave(context, FORM, self.values, self)
        self.auto.watch(self.mail_to)

    def begin(self, values: Mapping[str, object] | None = None, draft_id: UUID | None = None) -> None:
        """Read what is open; ``values`` are those of a draft."""
        desk = self._context.desk()
        if desk is None:
            return
        if values is not None:
            self._kept = {key: str(name) for key, name in values.items()}
        if draft_id is not None:
            self.auto.resume(draft_id)
        self._made = None
        self.notice.set_text("")
        self._context.courier.run(partial(_evening, desk), owner=self, ok=self._show, lane="read")

    def values(self) -> dict[str, object]:
        """Give what was typed: request → who it waits on."""
        held: dict[str, object] = {str(key): typed(field) for key, field in self._holders.items()}
        return held | {"mail_to": self.mail_to.text(), "topic": _("Kết thúc ngày")}

    def clear(self) -> None:
        """The desk is locked: show nothing of it."""
        self._holders = {}
        clear_layout(self._lines)

    @Slot()
    def print(self) -> None:
        """Finish the day and print the list."""
        self._finish(self._print_made)

    @Slot()
    def mail(self) -> None:
        """Finish the day and mail the list."""
        self._finish(self._mail_made)

    @Slot()
    def save_pdf(self) -> None:
        """Finish the day and save the list as a PDF."""
        self._finish(self._ask_where)

    def write_to(self, target: str) -> None:
        """Write the finished list as a PDF file."""
        desk, made = self._context.desk(), self._made
        if desk is not None and made is not None:
            work = partial(_write, desk, made, Path(target))
            self._context.courier.run(work, owner=self, ok=self._written, fail=self._failed, lane="work")

    def _show(self, evening: Evening) -> None:
        self._holders = {}
        clear_layout(self._lines)
        desk = self._context.desk()
        self.auto.set_quiet(True)
        for item in evening.items:
            self._add(item, desk)
        self.mail_to.setText(self._kept.get("mail_to") or "; ".join(evening.mailed))
        self.auto.set_quiet(False)
        if not evening.items:
            self._lines.addWidget(label(_("Không còn yêu cầu nào đang mở."), "muted", self))
        self._lines.addStretch(1)
        self._say_count(len(evening.items), evening.latest)
        empty = next((field for field in self._holders.values() if not typed(field)), None)
        if empty is not None:
            empty.focus()

    def _say_count(self, count: int, latest: DayEnd | None) -> None:
        said = [_("{n} yêu cầu đang mở").format(n=count)]
        if latest is not None:
            said.append(_("chốt gần nhất {at}").format(at=moment(latest.at)))
        self.head.set_title(_("Kết thúc ngày"), " · ".join(said))

    def _add(self, item: DayEndItem, desk: Desk | None) -> None:
        row = HolderRow(self._context, item, desk, self._kept.get(str(item.request_id), ""), self)
        self._holders[item.request_id] = row.field
        self.auto.watch(row.field.edit)
        self._lines.addWidget(row)

    def _finish(self, then: object) -> None:
        desk = self._context.desk()
        commit_typing()
        if desk is None or self._busy:
            return
        missing = [field for field in self._holders.values() if not typed(field).strip()]
        for field in self._holders.values():
            field.set_error("")
        for field in missing:
            field.set_error(_("Ghi yêu cầu này đang chờ ai."))
        if missing:
            missing[0].focus()
            self.notice.set_text(
                _("Còn {n} yêu cầu chưa ghi đang chờ ai; danh sách chưa được chốt.").format(n=len(missing))
            )
            return
        self.notice.set_text("")
        holders = {key: typed(field) for key, field in self._holders.items()}
        self._busy = True
        self._context.courier.run(
            partial(service.finish, desk, holders),
            owner=self,
            ok=partial(self._finished, then),
            fail=self._failed,
            always=self._ready,
            lane="write",
        )

    def _ready(self) -> None:
        self._busy = False

    def _finished(self, then: object, answer: tuple[DayEnd, Changes]) -> None:
        self._made = answer[0]
        self._say_count(len(self._made.items), self._made)
        desk, draft_id = self._context.desk(), self.auto.draft_id
        self.auto.start_new()
        self._kept = {}
        if desk is not None and draft_id is not None:
            self._context.courier.run(partial(drafts.drop, desk, draft_id), owner=self, lane="write")
        self._context.saved("saved")
        assert callable(then)
        then()

    def _print_made(self) -> None:
        desk, made = self._context.desk(), self._made
        if desk is not None and made is not None:
            self._context.courier.run(
                partial(service.print_list, desk, made.id),
                owner=self,
                ok=self._printed,
                fail=self._not_printed,
                lane="work",
                label=_("Đang in danh sách cuối ngày"),
            )

    def _mail_made(self) -> None:
        desk, made = self._context.desk(), self._made
        if desk is not None and made is not None:
            self._context.courier.run(
                partial(service.mail_list, desk, made.id, [self.mail_to.text()]),
                owner=self,
                ok=self._mailed,
                fail=self._failed,
                lane="net",
                label=_("Đang gửi danh sách cuối ngày"),
            )

    def _printed(self, _note: object) -> None:
        self._context.toast(_("Đã chốt ngày và gửi danh sách tới máy in."))

    def _mailed(self, _note: object) -> None:
        self._context.toast(_("Đã chốt ngày và gửi thư danh sách."))

    def _written(self, target: Path) -> None:
        self._context.toast(_("Đã chốt ngày và lưu danh sách: {name}").format(name=target.name))

    def _not_printed(self, error: DeskError) -> None:
        self._failed(error)
        if isinstance(error, OutsideError):
            self._ask_where()

    def _failed(self, error: DeskError) -> None:
        said = word(error)
        if self._made is not None:
            said = _("Ngày đã chốt, danh sách được giữ. {problem}").format(problem=said)
        if error.field == "mail_to":
            self._mail.set_error(word(error))
            self._mail.focus()
        self.notice.set_text(said)

    def _ask_where(self) -> None:
        if self._made is None:
            return
        title = _("Lưu danh sách cuối ngày thành PDF")
        ask_pdf(self, title, service.file_name(self._made), self.write_to)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(12)
        self.head = PageHeader(_("Kết thúc ngày"), "", self)
        self.head.add_button(LinkButton(_("‹ Danh sách"), self.left.emit, self))
        self.head.add_button(Button(_("Chốt và lưu PDF"), self.save_pdf, parent=self))
        self.head.add_button(Button(_("Chốt và gửi thư"), self.mail, parent=self))
        self.head.add_button(PrimaryButton(_("Chốt và in"), self.print, "Ctrl+P", self, bind=False))
        column.addWidget(self.head)
        column.addWidget(self.notice)
        card = Card(_("Mỗi yêu cầu đang mở đang chờ ai"), parent=self)
        inner = QWidget()
        inner.setProperty("plain", True)
        self._lines = QVBoxLayout(inner)
        self._lines.setContentsMargins(0, 0, 8, 0)
        self._lines.setSpacing(8)
        scroll = QScrollArea(card)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inner)
        card.add(scroll, 1)
        column.addWidget(card, 1)
        column.addWidget(self._mail)


def _evening(desk: Desk) -> Evening:
    """Worker: what is open, and where the list went last time."""
    return Evening(service.open_items(desk), service.mailed_before(desk), service.latest(desk))


def _write(desk: Desk, made: DayEnd, target: Path) -> Path:
    """Write the list (blocking); raises OutsideError when the disk does not take it."""
    data = service.pdf(desk, made.id)
    try:
        target.write_bytes(data)
    except OSError as error:
        raise OutsideError("file_unwritable", path=target) from error
    return target
