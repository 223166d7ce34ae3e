"""One person's data: seen whole, given out, asked about, erased."""

import json
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError, OutsideError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.privacy import Deletion, PersonalData, Scope, SubjectRequest, Wish
from spokesdesk.domain.text import safe_file_name
from spokesdesk.domain.words import word
from spokesdesk.gui.prefs.privacysheets import DoneSheet, EraseSheet, PersonSheet, WishSheet
from spokesdesk.gui.savedialog import ask_pdf
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import Button, Card, label
from spokesdesk.gui.widgets.fields import Field
from spokesdesk.gui.widgets.states import Note
from spokesdesk.gui.widgets.suggest import Suggest
from spokesdesk.services.ports import Desk, Suggestion


class PersonCard(Card):
    """Choose a journalist, then see, give out, note a request or erase."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(_("Dữ liệu của một người"), parent=parent)
        self._context = context
        self._who: Suggestion | None = None
        said = _(
            "Người có dữ liệu được xem, sửa, nhận bản sao và yêu cầu xóa dữ liệu của mình. Sửa thì mở trang người đó "
            "trong Danh bạ; các việc khác làm ở đây."
        )
        self.add(label(said, "muted", self, wrap=True))
        self.name = Suggest(context.courier, context.theme, None, _("gõ tên, không cần dấu"), self)
        self.field = Field(_("Nhà báo"), self.name, "journalist", parent=self)
        self.add(self.field)
        self._said = Note("", "red", self)
        self.add(self._said)
        self.see = Button(_("Xem tất cả"), self._see, parent=self)
        self.give = Button(_("Xuất bản sao…"), self._ask_where, parent=self)
        self.ask = Button(_("Ghi yêu cầu…"), self._ask_wish, parent=self)
        self.erase = Button(_("Xóa dữ liệu…"), self._ask_erase, parent=self)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.see, self.give, self.ask, self.erase):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.name.textChanged.connect(self._enable)
        self.name.chosen.connect(self._enable)
        self._is_admin = False
        self._enable()

    def use(self, desk: Desk, *, is_admin: bool) -> None:
        """Work with this desk."""
        self._is_admin = is_admin
        self.name.fetch_with(partial(_suggest, desk))
        self._enable()

    def clear(self) -> None:
        """Forget whom it was about."""
        self.name.fetch_with(None)
        self.name.clear()
        self._said.set_text("")

    def choose(self, who: Suggestion) -> None:
        """Put a person into the field."""
        self.name.take(who)

    def _enable(self, *_ignored: object) -> None:
        known = self.name.suggestion() is not None
        for button in (self.see, self.give, self.ask):
            button.setEnabled(known)
        self.erase.setEnabled(known and self._is_admin)
        hint = "" if self._is_admin else _("Chỉ quản trị viên được xóa.")
        self.erase.setToolTip(hint)

    def _chosen(self) -> tuple[Desk, Suggestion] | None:
        commit_typing()
        self._said.set_text("")
        desk, who = self._context.desk(), self.name.suggestion()
        return (desk, who) if desk is not None and who is not None else None

    def _see(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            work = partial(_show, chosen[0], chosen[1])
            self._context.courier.run(work, owner=self, ok=self._seen, fail=self._refused, lane="read")

    def _seen(self, data: PersonalData) -> None:
        self._context.looked("journalist", data.person.id, "opened")
        PersonSheet(self.window(), data).open()

    def _ask_where(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        self._who = chosen[1]
        name = safe_file_name(f"ban-sao-du-lieu {chosen[1].name}.pdf")
        ask_pdf(self, _("Lưu bản sao dữ liệu"), name, self.give_to)

    def give_to(self, name: str) -> None:
        """Write the copy as a PDF, and beside it as JSON."""
        chosen = self._chosen()
        if chosen is not None:
            work = partial(_write, chosen[0], chosen[1], Path(name))
            self._context.courier.run(work, owner=self, ok=self._given, fail=self._refused, lane="work")

    def _given(self, path: Path) -> None:
        self._context.toast(_("Đã xuất bản sao: {name} và tệp .json cùng tên.").format(name=path.name))

    def _ask_wish(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._who = chosen[1]
            WishSheet(self.window(), chosen[1].name, self._note_wish).open()

    def _note_wish(self, wish: Wish) -> None:
        desk, who = self._context.desk(), self._who
        if desk is not None and who is not None:
            work = partial(_receive, desk, who, wish)
            self._context.courier.run(work, owner=self, ok=self._noted, fail=self._refused)

    def _noted(self, answer: tuple[SubjectRequest, Changes]) -> None:
        clocks = answer[0].clocks
        self._context.toast(
            _("Đã ghi yêu cầu. Hạn thực hiện: {due}.").format(due=clocks[-1].wording if clocks else "")
        )

    def _ask_erase(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._who = chosen[1]
            EraseSheet(self.window(), chosen[1].name, self._erase).open()

    def _erase(self, ground: str, scope: Scope) -> None:
        desk, who = self._context.desk(), self._who
        if desk is None or who is None:
            return
        self._context.courier.run(
            partial(_erase, desk, who, ground, scope),
            owner=self,
            ok=self._erased,
            fail=self._refused,
            lane="write",
            label=_("Đang xóa và ghi đè…"),
        )

    def _erased(self, answer: tuple[Deletion, Changes]) -> None:
        name = self._who.name if self._who else ""
        self._who = None
        self.name.clear()
        DoneSheet(self._context, self.window(), answer[0], name).open()

    def _refused(self, error: DeskError) -> None:
        self._said.set_text(word(error))


def _suggest(desk: Desk, words: str) -> tuple[Suggestion, ...]:
    from spokesdesk.services import people

    return people.suggest(desk, "journalist", words)


def _show(desk: Desk, who: Suggestion) -> PersonalData:
    from spokesdesk.services import privacy

    return privacy.data(desk, who.id)


def _receive(desk: Desk, who: Suggestion, wish: Wish) -> tuple[SubjectRequest, Changes]:
    from spokesdesk.services import subject_requests

    return subject_requests.receive(desk, who.id, wish)


def _erase(desk: Desk, who: Suggestion, ground: str, scope: Scope) -> tuple[Deletion, Changes]:
    from spokesdesk.services import privacy

    return privacy.erase(desk, who.id, ground, scope)


def _write(desk: Desk, who: Suggestion, path: Path) -> Path:
    from spokesdesk.services import privacy

    pdf = privacy.export_pdf(desk, who.id)
    data = json.dumps(privacy.export_json(desk, who.id), ensure_ascii=False, indent=1, default=str)
    try:
        path.write_bytes(pdf)
        path.with_suffix(".json").write_text(data, encoding="utf-8")
    except OSError as error:
        raise OutsideError("file_unwritable", path=path) from error
    return path
