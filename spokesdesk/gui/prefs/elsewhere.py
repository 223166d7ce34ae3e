"""Other places that publish releases: a drop folder, a WordPress site; added, tried, taken away."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QDir, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.elsewhere import Delivery, ElsewhereKind, ElsewherePlace
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member, Role
from spokesdesk.domain.words import word
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import Button, Card, Chip, LinkButton, PrimaryButton, clear_layout, label
from spokesdesk.gui.widgets.fields import CheckBox, ComboBox, Field, LineEdit, SecretEdit
from spokesdesk.gui.widgets.sheet import AskSheet
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.ports import Desk

KINDS = {ElsewhereKind.FOLDER: _("Thư mục thả"), ElsewhereKind.WORDPRESS: _("Trang WordPress")}
# Which field an answer of a place is about, where its code does not say.
_FIELD_OF = {
    "wordpress_refused": "password",
    "wordpress_rights": "account",
    "wordpress_closed": "address",
    "wordpress_moved": "address",
    "portal_url_form": "address",
    "portal_url_insecure": "address",
}
Found = tuple[tuple[ElsewherePlace, ...], tuple[Delivery, ...]]


class ElsewhereCard(Card):
    """The list of places, and the form of a new one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Nơi công bố khác"), parent=parent)
        self._context = context
        self._busy = False
        hint = _(
            "Bài đã phát hành được đưa thêm sang những nơi này, mỗi bài một lần, có biên nhận. Mật khẩu nằm trong kho "
            "khóa của bàn làm việc, không gửi đi đâu khác."
        )
        self.add(label(hint, "small", self, wrap=True))
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        self.body.addLayout(self._list)
        self.said = Note("", "green", self)
        self.add(self.said)
        self._build_form()
        self._show(((), ()))
        self._kind_chosen()

    def load(self, desk: Desk) -> None:
        """Ask for the places."""
        self._context.courier.run(
            partial(_found, desk), owner=self, ok=self._show, fail=self._say, lane="read"
        )

    def clear(self) -> None:
        """Show nothing of the desk."""
        self._show(((), ()))
        self.said.set_text("")

    def show_member(self, member: Member | None) -> None:
        """Only an administrator adds and takes away."""
        self.button.setEnabled(member is not None and Role.ADMIN in member.roles)

    @Slot()
    def add_place(self) -> None:
        """Try the place that was typed, and keep it when it answers."""
        commit_typing()
        desk = self._context.desk()
        if desk is None or self._busy:
            return
        show_error(self.fields, None)
        self._begin(_("Đang thử nơi công bố…"))
        work = partial(
            _add,
            desk,
            self.kind.value(),
            (self.name_edit.text(), self.address.text(), self.account.text(), self.password.text()),
            earlier=self.earlier.isChecked(),
        )
        self._run(work, self._added)

    def try_place(self, place: ElsewherePlace) -> None:
        """Try whether a place answers."""
        desk = self._context.desk()
        if desk is not None and not self._busy:
            self._begin(_("Đang thử {name}…").format(name=place.name))
            self._run(partial(_check, desk, place), partial(self._tried, place))

    def ask_remove(self, place: ElsewherePlace) -> None:
        """Ask before a place, and its password, are forgotten."""
        sentence = _(
            "Bài đã đăng ở {name} vẫn còn đó; từ nay không bài nào được đưa sang nữa. Mật khẩu bị quên đi."
        )
        self.sheet = AskSheet(
            self.window(),
            _("Bỏ nơi công bố?"),
            sentence.format(name=place.name),
            _("Bỏ"),
            partial(self.remove, place),
        )
        self.sheet.open()

    def remove(self, place: ElsewherePlace) -> None:
        """Forget a place."""
        desk = self._context.desk()
        if desk is not None and not self._busy:
            self._begin("")
            self._run(partial(_remove, desk, place), partial(self._removed, place))

    @Slot()
    def ask_folder(self) -> QFileDialog:
        """Ask for the drop folder."""
        dialog = QFileDialog(self.window(), _("Chọn thư mục thả"), self.address.text() or QDir.homePath())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.address.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def _run(self, work: Callable[[], object], ok: Callable[..., object]) -> None:
        self._context.courier.run(
            work,
            owner=self,
            ok=ok,
            fail=self._failed,
            always=self._over,
            lane="net",
        )

    def _begin(self, text: str) -> None:
        self._busy = True
        self.said.set_tone("neutral")
        self.said.set_text(text)

    def _over(self) -> None:
        self._busy = False
        self.said.set_text("")

    def _added(self, answer: tuple[ElsewherePlace, Changes]) -> None:
        for edit in (self.name_edit, self.address, self.account, self.password):
            edit.clear()
        self.earlier.setChecked(False)
        self._good(_("Đã thêm {name}; nơi này trả lời tốt.").format(name=answer[0].name))
        self._again()

    def _tried(self, place: ElsewherePlace, _answer: object) -> None:
        self._good(_("{name} trả lời tốt.").format(name=place.name))

    def _removed(self, place: ElsewherePlace, _answer: object) -> None:
        self._good(_("Đã bỏ {name}.").format(name=place.name))
        self._again()

    def _again(self) -> None:
        desk = self._context.desk()
        if desk is not None:
            self.load(desk)

    def _good(self, text: str) -> None:
        self.said.set_tone("green")
        self.said.set_text(text)

    def _failed(self, error: DeskError) -> None:
        name = _FIELD_OF.get(error.code, "") or error.field
        known = type(error)(error.code, field=name, **error.params)
        if not (name and show_error(self.fields, known)):
            self._say(error)

    def _say(self, error: DeskError) -> None:
        self.said.set_tone("amber")
        self.said.set_text(word(error))

    @Slot()
    def _kind_chosen(self) -> None:
        is_folder = self.kind.value() is ElsewhereKind.FOLDER
        self.pick.setVisible(is_folder)
        for field in self.fields[2:]:
            field.setVisible(not is_folder)
        text = _("Thư mục (đủ đường dẫn)") if is_folder else _("Địa chỉ trang, https://…")
        self.fields[1].label.setText(text)

    def _build_form(self) -> None:
        self.kind: ComboBox[ElsewhereKind] = ComboBox([(kind, KINDS[kind]) for kind in ElsewhereKind], self)
        self.name_edit, self.address, self.account = (LineEdit(parent=self) for _n in range(3))
        self.password = SecretEdit(parent=self)
        self.earlier = CheckBox(_("Đưa cả những bài đã phát hành trước đây"), self)
        self.add(Field(_("Thêm nơi công bố"), self.kind, "kind", parent=self))
        self.fields = [
            Field(_("Tên gọi"), self.name_edit, "name", parent=self),
            Field(_("Thư mục (đủ đường dẫn)"), self.address, "address", parent=self),
            Field(_("Tài khoản"), self.account, "account", parent=self),
            Field(
                _("Mật khẩu ứng dụng"),
                self.password,
                "password",
                _("tạo trong hồ sơ tài khoản WordPress"),
                self,
            ),
        ]
        for field in self.fields:
            self.add(field)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.pick = Button(_("Chọn thư mục…"), self.ask_folder, parent=self)
        self.button = PrimaryButton(_("Thử và thêm"), self.add_place, parent=self)
        row.addWidget(self.earlier)
        row.addStretch(1)
        row.addWidget(self.pick)
        row.addWidget(self.button)
        self.body.addLayout(row)
        self.kind.currentIndexChanged.connect(self._kind_chosen)

    def _show(self, found: Found) -> None:
        places, ways = found
        clear_layout(self._list)
        if not places:
            self._list.addWidget(label(_("Chưa có nơi nào khác."), "muted", self))
        for place in places:
            of_it = [one for one in ways if one.place == place.id]
            self._list.addWidget(self._row(place, of_it))

    def _row(self, place: ElsewherePlace, ways: list[Delivery]) -> QWidget:
        box = QWidget(self)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(label(place.name, "strong", box, wrap=True))
        texts.addWidget(label(f"{KINDS[place.kind]} · {place.address}", "small", box, wrap=True))
        row.addLayout(texts, 1)
        stuck = sum(one.state == "quarantined" for one in ways)
        waiting = sum(one.state in {"queued", "sent", "accepted"} for one in ways)
        if stuck:
            row.addWidget(Chip(_("{n} bài không nhận").format(n=stuck), "red", parent=box))
        elif waiting:
            row.addWidget(Chip(_("{n} bài đang chờ").format(n=waiting), "teal", parent=box))
        tried = LinkButton(_("Thử"), partial(self.try_place, place), box)
        tried.setAccessibleName(_("Thử {name}").format(name=place.name))
        remove = LinkButton(_("Bỏ"), partial(self.ask_remove, place), box)
        remove.setAccessibleName(_("Bỏ {name}").format(name=place.name))
        row.addWidget(tried)
        row.addWidget(remove)
        return box


def _found(desk: Desk) -> Found:
    from spokesdesk.services import sync

    return sync.elsewhere(desk)


def _add(
    desk: Desk, kind: ElsewhereKind, typed: tuple[str, str, str, str], *, earlier: bool
) -> tuple[ElsewherePlace, Changes]:
    from spokesdesk.services import sync

    name, address, account, password = typed
    if kind is ElsewhereKind.FOLDER:
        return sync.add_elsewhere(desk, kind, name, address, earlier=earlier)
    return sync.add_elsewhere(desk, kind, name, address, account=account, password=password, earlier=earlier)


def _check(desk: Desk, place: ElsewherePlace) -> None:
    from spokesdesk.services import sync

    sync.check_elsewhere(desk, place.id)


def _remove(desk: Desk, place: ElsewherePlace) -> Changes:
    from spokesdesk.services import sync

    return sync.remove_elsewhere(desk, place.id)
