"""What two people changed differently: base, what holds, what the other wrote; one key decides each way."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QColor, QKeySequence, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextEdit, QVBoxLayout, QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.compare import RunKind, compare
from spokesdesk.domain.conflict_words import about
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, Card, PrimaryButton, label
from spokesdesk.gui.widgets.fields import ComboBox
from spokesdesk.services import sync as service
from spokesdesk.services.ports.sync import SyncConflict


class ConflictCard(Card):
    """One conflict after the other, the latest first; nothing is lost while it waits."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Chỗ hai người sửa khác nhau"), parent=parent)
        self._context = context
        self._found: tuple[SyncConflict, ...] = ()
        self._at = 0
        self._busy = False
        self.about = label("", "muted", self, wrap=True)
        self.add(self.about)
        self.panes = [self._pane(name) for name in (_("Trước khi sửa"), _("Đang dùng"), _("Bản kia"))]
        row = QHBoxLayout()
        row.setSpacing(12)
        for name, pane in zip((_("Trước khi sửa"), _("Đang dùng"), _("Bản kia")), self.panes, strict=True):
            column = QVBoxLayout()
            column.addWidget(label(name, "muted", self))
            column.addWidget(pane)
            row.addLayout(column, 1)
        self.body.addLayout(row)
        self._add_buttons()
        self.hide()

    def _pane(self, name: str) -> QTextEdit:
        pane = QTextEdit(self)
        pane.setReadOnly(True)
        pane.setAccessibleName(name)
        pane.setPlaceholderText(_("(để trống)"))
        pane.setTabChangesFocus(True)
        pane.setMinimumHeight(90)
        pane.setMaximumHeight(150)
        return pane

    def _add_buttons(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.next = Button(_("Chỗ khác"), self.go_on, "F7", self)
        self.list = ComboBox[int](parent=self)
        self.list.setAccessibleName(_("Các chỗ khác nhau"))
        self.list.setMaximumWidth(420)
        self.list.activated.connect(self._go_to)
        self.edit = Button(_("Tự sửa"), self.begin_editing, "Alt+3", self)
        self.keep = Button(_("Giữ bản đang dùng"), partial(self.settle, "current"), "Alt+1", self)
        self.take = PrimaryButton(_("Lấy bản kia"), partial(self.settle, "mine"), "Alt+2", self)
        self.stop = Button(_("Thôi"), self.stop_editing, "Esc", self)
        self.write = PrimaryButton(_("Dùng bản vừa sửa"), self.settle_edited, "Ctrl+Enter", self, bind=False)
        self.write.setShortcut(QKeySequence("Ctrl+Return"))
        row.addWidget(self.next)
        row.addWidget(self.list, 1)
        row.addStretch(0)
        for button in (self.edit, self.keep, self.take, self.stop, self.write):
            row.addWidget(button)
        self.body.addLayout(row)

    def load(self) -> None:
        """Read the open conflicts; what is being edited is not taken away."""
        desk = self._context.desk()
        if desk is not None and self.panes[1].isReadOnly():
            self._context.courier.run(
                partial(service.conflicts, desk), owner=self, ok=self._loaded, lane="read"
            )

    def _loaded(self, found: tuple[SyncConflict, ...]) -> None:
        if self.panes[1].isReadOnly():
            self.show_all(found)

    def clear(self) -> None:
        """Show nothing of the desk."""
        self.show_all(())

    @property
    def current(self) -> SyncConflict | None:
        """The conflict that is shown."""
        return self._found[self._at] if self._at < len(self._found) else None

    @Slot()
    def go_on(self) -> None:
        """Show the next one; the last is followed by the first."""
        self._at = (self._at + 1) % max(1, len(self._found))
        self._show()

    @Slot(int)
    def _go_to(self, at: int) -> None:
        self._at = at
        self._show()

    @Slot()
    def begin_editing(self) -> None:
        """Write a third version, beginning with the one that holds."""
        found = self.current
        if found is not None:
            self.panes[1].setPlainText(service.readable(found)[1])
            self._set_editing(True)
            self.panes[1].setFocus()

    @Slot()
    def stop_editing(self) -> None:
        """Leave the third version; both others are there as before."""
        self._show()
        self.edit.setFocus()
        self.load()

    @Slot()
    def settle_edited(self) -> None:
        """Decide for the third version."""
        self.settle("text", self.panes[1].toPlainText())

    def settle(self, pick: str, text: str | None = None) -> None:
        """Decide the conflict shown."""
        desk, found = self._context.desk(), self.current
        if desk is None or found is None or self._busy:
            return
        self._busy = True
        self._context.courier.run(
            partial(service.settle, desk, found.id, pick, text),
            owner=self,
            ok=self._settled,
            always=self._ready,
            label=_("Đang ghi lựa chọn…"),
        )

    def _ready(self) -> None:
        self._busy = False

    def _settled(self, _answer: object) -> None:
        self._set_editing(False)
        self._context.toast(_("Đã chọn; các máy khác nhận ở lần đồng bộ tới."))
        self.load()

    def show_all(self, found: tuple[SyncConflict, ...]) -> None:
        """Show these conflicts; the one that was shown stays."""
        shown = self.current
        self._found = found
        ids = [one.id for one in found]
        self._at = ids.index(shown.id) if shown is not None and shown.id in ids else 0
        self.setVisible(bool(found))
        names = [about(one.entity, one.title, one.field, one.current, one.mine) for one in found]
        self.list.set_choices([(n, f"{n + 1}. {name}") for n, name in enumerate(names)])
        self._show()

    def _show(self) -> None:
        found = self.current
        self._set_editing(False)
        if found is None:
            return
        self.list.set_value(self._at)
        who = _("máy này") if found.is_own else found.by or _("đồng nghiệp")
        said = _("{n}/{all} · {about} · bản kia do {who} ghi, nhận lúc {time}")
        self.about.setText(
            said.format(
                n=self._at + 1,
                all=len(self._found),
                about=about(found.entity, found.title, found.field, found.current, found.mine),
                who=who,
                time=f"{to_vn(found.opened_at):%H:%M %d/%m}",
            )
        )
        base, current, mine = service.readable(found)
        self.panes[0].setPlainText(base)
        self._mark(self.panes[1], mine, current)
        self._mark(self.panes[2], current, mine)

    def _set_editing(self, editing: bool) -> None:
        self.panes[1].setReadOnly(not editing)
        for button in (self.edit, self.keep, self.take):
            button.setVisible(not editing)
        for button in (self.stop, self.write):
            button.setVisible(editing)
        for part in (self.next, self.list):
            part.setVisible(not editing and len(self._found) > 1)

    def _mark(self, pane: QTextEdit, other: str, text: str) -> None:
        """Show a text with the words marked that the other one does not have."""
        tokens = self._context.theme.tokens
        plain, marked = QTextCharFormat(), QTextCharFormat()
        marked.setBackground(QColor(tokens.amber_tint))
        marked.setForeground(QColor(tokens.amber))
        marked.setFontUnderline(True)
        pane.clear()
        cursor = QTextCursor(pane.document())
        first = -1
        for run in compare(other, text):
            if run.kind is RunKind.REMOVED:
                continue
            if run.kind is RunKind.ADDED and first < 0:
                first = cursor.position()
            cursor.insertText(run.text, marked if run.kind is RunKind.ADDED else plain)
        cursor.setPosition(max(0, first))
        pane.setTextCursor(cursor)
        pane.ensureCursorVisible()
