"""How long records are kept, and what is kept longer."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.privacy import MOST_MONTHS, Deletion, Overdue
from spokesdesk.domain.privacy_words import table_word
from spokesdesk.domain.words import word
from spokesdesk.gui.prefs.deletions import DeletionsSheet, Row, latest
from spokesdesk.gui.prefs.privacysheets import DoneSheet
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import Button, Card, PrimaryButton, label
from spokesdesk.gui.widgets.fields import Field, LineEdit
from spokesdesk.gui.widgets.sheet import Sheet
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import privacy
from spokesdesk.services.ports import Desk

_SHOWN = 12
_ACROSS = 4


class KeepingCard(Card):
    """One period a kind of record, in months; empty: none."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(_("Thời hạn lưu"), _("tháng; để trống: không đặt"), parent)
        self._context = context
        law = privacy.law()
        self.add(label(f"{law.retention_note} ({law.retention_citation})", "muted", self, wrap=True))
        self.months = {kind: LineEdit(parent=self) for kind in law.retention_kinds}
        grid = QGridLayout()
        grid.setSpacing(12)
        self.fields = [
            Field(table_word(kind).capitalize(), edit, kind, parent=self)
            for kind, edit in self.months.items()
        ]
        for at, field in enumerate(self.fields):
            grid.addWidget(field, at // _ACROSS, at % _ACROSS)
        self.body.addLayout(grid)
        self._said = Note("", "red", self)
        self.add(self._said)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.over = Button(_("Xem mục quá hạn"), self._look, parent=self)
        self.keep = PrimaryButton(_("Lưu thời hạn"), self.save, parent=self)
        self.deletions = Button(_("Biên bản xóa…"), self._look_back, parent=self)
        buttons.addWidget(self.over)
        buttons.addWidget(self.deletions)
        buttons.addStretch(1)
        buttons.addWidget(self.keep)
        self.body.addLayout(buttons)
        self._lock(False)

    def use(self, desk: Desk, *, is_admin: bool) -> None:
        """Ask for the periods."""
        self._lock(is_admin)
        self._context.courier.run(partial(privacy.retention, desk), owner=self, ok=self._show, lane="read")

    def clear(self) -> None:
        """Show nothing."""
        self._show({})
        self._lock(False)

    def save(self) -> None:
        """Keep the periods as typed."""
        commit_typing()
        desk = self._context.desk()
        if desk is None:
            return
        self._said.set_text("")
        typed = {kind: edit.text().strip() for kind, edit in self.months.items()}
        self._context.courier.run(partial(_set, desk, typed), owner=self, ok=self._saved, fail=self._refused)

    def _lock(self, is_admin: bool) -> None:
        for edit in self.months.values():
            edit.setEnabled(is_admin)
        self.keep.setEnabled(is_admin)
        self.over.setEnabled(is_admin)
        self.deletions.setEnabled(is_admin)

    def _show(self, periods: dict[str, int]) -> None:
        for kind, edit in self.months.items():
            edit.setText(str(periods[kind]) if kind in periods else "")

    def _saved(self, _changes: Changes) -> None:
        self._context.toast(_("Đã lưu thời hạn lưu."))

    def _refused(self, error: DeskError) -> None:
        self._said.set_text(word(error))

    def _look(self) -> None:
        desk = self._context.desk()
        if desk is not None:
            self._context.courier.run(partial(privacy.overdue, desk), owner=self, ok=self._found, lane="read")

    def _look_back(self) -> None:
        desk = self._context.desk()
        if desk is not None:
            self._context.courier.run(partial(latest, desk), owner=self, ok=self._show_deletions, lane="read")

    def _show_deletions(self, found: tuple[tuple[Row, ...], int]) -> None:
        DeletionsSheet(self._context, self.window(), *found).open()

    def _found(self, found: tuple[Overdue, ...]) -> None:
        OverdueSheet(self._context, self.window(), found, self._erase).open()

    def _erase(self) -> None:
        desk = self._context.desk()
        if desk is not None:
            self._context.courier.run(
                partial(privacy.erase_overdue, desk),
                owner=self,
                ok=self._erased,
                fail=self._refused,
                label=_("Đang xóa và ghi đè…"),
            )

    def _erased(self, answer: tuple[Deletion | None, int, Changes]) -> None:
        made, drafts, _changes = answer
        if made is not None:
            DoneSheet(self._context, self.window(), made, "").open()
        else:
            self._context.toast(_("Đã bỏ {n} bản đang gõ quá hạn.").format(n=drafts))


class OverdueSheet(Sheet):
    """What is kept longer than the agency's periods."""

    def __init__(
        self, context: Context, parent: QWidget, found: tuple[Overdue, ...], run: Callable[[], object]
    ) -> None:
        super().__init__(parent, _("Mục quá thời hạn lưu"), 620)
        self._context, self._run = context, run
        self._ready = [one for one in found if one.kind in (*privacy.ENTRIES, "draft")]
        if not found:
            self.say(_("Không có mục nào quá thời hạn lưu."))
        for one in found[:_SHOWN]:
            self.say(f"{to_vn(one.at):%d/%m/%Y} · {table_word(one.kind)} · {one.title}")
        if len(found) > _SHOWN:
            self.say(_("… và {n} mục nữa.").format(n=len(found) - _SHOWN))
        if any(one.kind == "journalist" for one in found):
            self.say(_("Nhà báo quá hạn: chọn tên ở ô “Dữ liệu của một người” rồi bấm Xóa dữ liệu."))
        if self._ready:
            self.say(_("Việc xóa không lấy lại được; một biên bản xóa được ghi vào sổ."))
            action = _("Xóa {n} mục").format(n=len(self._ready))
            self.add_actions(action, self._erase)
        else:
            self.add_action(_("Đóng"), self.close)

    def _erase(self) -> None:
        run = self._run
        self.close()
        run()


def _set(desk: Desk, typed: dict[str, str]) -> Changes:
    for text in typed.values():
        if text and not (text.isascii() and text.isdecimal()):
            raise UserError("retention_months", field="months", most=MOST_MONTHS)
    changes: Changes = ()
    for kind, text in typed.items():
        changes = privacy.set_retention(desk, kind, int(text) if text else None)
    return changes
