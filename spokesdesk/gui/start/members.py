"""Who works here: one card a person, with roles and PIN; several roles for one person are allowed and flagged."""

from uuid import uuid4

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain import words
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member, MemberDraft, Role, checked_member
from spokesdesk.gui.labels import role_words
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.basic import Button, IconButton, label, line
from spokesdesk.gui.widgets.fields import CheckBox, Field, LineEdit, SecretEdit
from spokesdesk.gui.widgets.states import Note


class MemberForm(QWidget):
    """One person: name, post, roles, PIN.

    Emits:
        changed: None, a role was ticked or taken away.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget, *, pin_hint: str = "") -> None:
        super().__init__(parent)
        self._name, self._post, self._pin = (
            LineEdit(parent=self),
            LineEdit(parent=self),
            SecretEdit(parent=self),
        )
        self._pin.setPlaceholderText(pin_hint or _("4–12 số, có thể bỏ trống"))
        self.fields = [
            Field(_("Họ và tên"), self._name, "name", parent=self),
            Field(_("Chức vụ"), self._post, "post", parent=self),
            Field(_("Mã PIN khi đổi người"), self._pin, "pin", parent=self),
        ]
        self._roles = {role: CheckBox(text, self) for role, text in role_words().items()}
        self._roles_wrong = label("", "error", self, wrap=True)
        self._roles_wrong.hide()
        self._note = Note("", "amber", self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for at, stretch in enumerate((5, 4, 4)):
            grid.addWidget(self.fields[at], 0, at, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(at, stretch)
        grid.addLayout(self._build_roles(), 1, 0, 1, 3)
        grid.addWidget(self._roles_wrong, 2, 0, 1, 3)
        grid.addWidget(self._note, 3, 0, 1, 3)

    def draft(self, *, keep_pin: bool = False) -> MemberDraft:
        """Give the person as typed; ``keep_pin`` leaves the PIN as it is when none was typed."""
        typed = self._pin.text().strip()
        pin = None if keep_pin and not typed else typed
        return MemberDraft(self._name.text(), self.roles(), self._post.text(), pin)

    def roles(self) -> frozenset[Role]:
        """Give the ticked roles."""
        return frozenset(role for role, box in self._roles.items() if box.isChecked())

    def set_member(self, name: str, post: str, roles: frozenset[Role]) -> None:
        """Show a person."""
        self._name.setText(name)
        self._post.setText(post)
        for role, box in self._roles.items():
            box.setChecked(role in roles)

    def check(self) -> bool:
        """Say what is wrong at its place; True when nothing is."""
        self._roles_wrong.hide()
        try:
            checked_member(self.draft())
        except UserError as error:
            if not show_error(self.fields, error):
                self._roles_wrong.setText(words.word(error))
                self._roles_wrong.show()
            return False
        for field in self.fields:
            field.set_error("")
        return True

    def _build_roles(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(14)
        for box in self._roles.values():
            row.addWidget(box)
            box.toggled.connect(self._roles_changed)
        row.addStretch(1)
        return row

    @Slot(bool)
    def _roles_changed(self, _checked: bool) -> None:
        roles = self.roles()
        self._roles_wrong.hide()
        combines = Member(uuid4(), "", roles).combines_duties
        self._note.set_text(
            _(
                "Một người vừa soạn vừa ký duyệt, hoặc vừa ký vừa cấp số: cơ quan nhỏ dùng được; "
                "hồ sơ mỗi văn bản sẽ ghi rõ việc này."
            )
            if combines
            else ""
        )
        self.changed.emit(None)


class MembersForm(QWidget):
    """Everybody at the desk; the first person is its administrator."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[tuple[QWidget, MemberForm]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        column.addLayout(self._list)
        self._wrong = label("", "error", self, wrap=True)
        self._wrong.hide()
        column.addWidget(self._wrong)
        foot = QHBoxLayout()
        foot.addWidget(Button(_("Thêm người"), self.add, parent=self))
        foot.addStretch(1)
        column.addLayout(foot)
        column.addStretch(1)
        self.add()
        self._rows[0][1].set_member("", "", frozenset({Role.SPOKESPERSON, Role.DRAFTER, Role.ADMIN}))

    def add(self) -> None:
        """Add an empty person."""
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if self._rows:
            column.addWidget(line(box))
        form = MemberForm(box)
        across = QHBoxLayout()
        across.addWidget(form, 1)
        remove = IconButton(self._theme, "close", _("Bỏ người này"), parent=box)
        remove.clicked.connect(self._remove)
        across.addWidget(remove)
        if not self._rows:
            self._first_remove = remove
            remove.hide()
        column.addLayout(across)
        self._rows.append((box, form))
        self._list.addWidget(box)
        self._line_up()
        if len(self._rows) > 1:
            form.fields[0].focus()

    def drafts(self) -> tuple[MemberDraft, ...]:
        """Give everybody as typed."""
        return tuple(form.draft() for _box, form in self._rows)

    def forms(self) -> tuple[MemberForm, ...]:
        """Give the forms, in order."""
        return tuple(form for _box, form in self._rows)

    def check(self) -> bool:
        """Say what is wrong; True when nothing is."""
        self._wrong.hide()
        if not all([form.check() for _box, form in self._rows]):
            return False
        if not any(Role.ADMIN in draft.roles for draft in self.drafts()):
            self._wrong.setText(words.word(UserError("last_admin", field="roles")))
            self._wrong.show()
            return False
        return True

    @Slot()
    def _remove(self) -> None:
        button = self.sender()
        for row in self._rows[1:]:
            if isinstance(button, QWidget) and row[0].isAncestorOf(button):
                self._rows.remove(row)
                row[0].hide()
                row[0].deleteLater()
                self._line_up()
                return

    def _line_up(self) -> None:
        """The first person stays; room is kept beside it so that everybody's fields stand in line."""
        shape = self._first_remove.sizePolicy()
        shape.setRetainSizeWhenHidden(len(self._rows) > 1)
        self._first_remove.setSizePolicy(shape)
