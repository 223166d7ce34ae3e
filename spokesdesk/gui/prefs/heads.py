"""The head of the journal chain: a printed one checked, the daily report, time stamps of the days."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.chain_faults import printed_words
from spokesdesk.domain.checkpoints import HeadCheck
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import Button, Card, label
from spokesdesk.gui.widgets.fields import DateEdit, Field, LineEdit
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.ports import Desk


class HeadsCard(Card):
    """Check a head from a printed report; turn time stamps on or off."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(_("Đối chiếu báo cáo ngày đã in"), parent=parent)
        self._context = context
        said = _(
            "Gõ đầu chuỗi trên bản in (16 ký tự đầu là đủ). Khớp nghĩa là mọi mục ghi đến lúc in còn nguyên; không "
            "chứng minh nội dung ghi là đúng sự thật."
        )
        self.add(label(said, "muted", self, wrap=True))
        self.day = DateEdit("day", self)
        self.typed = LineEdit("2d71 1642 b726 b044", self)
        self.fields = [
            Field(_("Ngày báo cáo"), self.day, "day", parent=self),
            Field(_("Đầu chuỗi"), self.typed, "head", parent=self),
        ]
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.fields[0], 1)
        row.addWidget(self.fields[1], 3)
        self.body.addLayout(row)
        self.result = Note("", "green", self)
        self.wrong = Note("", "red", self)
        self.add(self.result)
        self.add(self.wrong)
        self._buttons((Button(_("Đối chiếu"), self.check, parent=self),))
        self.url = LineEdit(_("để trống: tắt"), self)
        self._stamp = Field(
            _("Nơi cấp dấu thời gian (RFC 3161)"),
            self.url,
            "tsa_url",
            _("mặc định tắt; chỉ gửi đi dấu vân tay của sổ, không gửi nội dung"),
            self,
        )
        self.add(self._stamp)
        self._buttons((Button(_("Lưu nơi cấp dấu"), self.keep, parent=self),))

    def use(self, desk: Desk) -> None:
        """Show today and the authority that is kept."""
        if self.day.on() is None:
            self.day.set_on(vn_day(desk.now()))
        self._context.courier.run(partial(_authority, desk), owner=self, ok=self.url.setText, lane="read")

    def clear(self) -> None:
        """Forget what was asked."""
        self.typed.clear()
        self.result.set_text("")
        self.wrong.set_text("")

    def check(self) -> None:
        """Compare what was typed with the journal."""
        commit_typing()
        desk = self._context.desk()
        self.result.set_text("")
        self.wrong.set_text("")
        show_error(self.fields, None)
        if desk is None:
            return
        try:
            day = self.day.on()
            if day is None:
                raise UserError("field_required", field="day")
        except UserError as error:
            show_error(self.fields, error)
            return
        self._context.courier.run(
            partial(_check, desk, self.typed.text(), day),
            owner=self,
            ok=self._checked,
            fail=self._refused,
            lane="work",
            label=_("Đang đối chiếu…"),
        )

    def keep(self) -> None:
        """Keep the address of the authority; empty turns stamps off."""
        commit_typing()
        desk = self._context.desk()
        show_error([self._stamp], None)
        if desk is not None:
            self._context.courier.run(
                partial(_set, desk, self.url.text()), owner=self, ok=self._kept, fail=self._not_kept
            )

    def _buttons(self, buttons: tuple[Button, ...]) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in buttons:
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    def _checked(self, found: HeadCheck) -> None:
        (self.result if found.ok else self.wrong).set_text(printed_words(found))

    def _refused(self, error: DeskError) -> None:
        if not show_error(self.fields, error):
            self.wrong.set_text(word(error))

    def _kept(self, _changes: object) -> None:
        self._context.toast(_("Đã lưu nơi cấp dấu thời gian."))

    def _not_kept(self, error: DeskError) -> None:
        if not show_error([self._stamp], error):
            self._context.toast(word(error))


def _authority(desk: Desk) -> str:
    from spokesdesk.services import checkpoints

    return checkpoints.authority(desk)


def _set(desk: Desk, url: str) -> object:
    from spokesdesk.services import checkpoints

    return checkpoints.set_authority(desk, url)


def _check(desk: Desk, head: str, day: date) -> HeadCheck:
    from spokesdesk.services import checkpoints

    return checkpoints.printed_head(desk, head, day)
