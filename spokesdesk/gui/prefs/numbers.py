"""How the agency numbers its papers: one series, one for each kind, or kinds joined by name."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain import words
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.numbers import Series, SeriesMode
from spokesdesk.domain.people import Member
from spokesdesk.gui.prefs.holding import HoldingCard
from spokesdesk.gui.prefs.section import Section
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Card, PrimaryButton, label
from spokesdesk.gui.widgets.fields import ComboBox, Field, LineEdit, show_field_error
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services.ports import Desk

MODES: dict[SeriesMode, str] = {
    SeriesMode.KIND: _("Mỗi loại văn bản đánh số riêng"),
    SeriesMode.SHARED: _("Mọi loại văn bản đánh số chung"),
    SeriesMode.MIXED: _("Kết hợp: loại nào cùng tên hệ thống thì đánh số chung"),
}


class NumbersSection(Section):
    """Shows and keeps the series; only an administrator may change them."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent)
        card = Card(_("Đánh số văn bản đi"), _("Nghị định 30/2020/NĐ-CP, Điều 15"), self)
        hint = _(
            "Người đứng đầu cơ quan quyết định cách đánh số. Số đã cấp giữ nguyên; cách mới áp dụng từ số cấp sau."
        )
        card.add(label(hint, "small", card, wrap=True))
        self.mode: ComboBox[SeriesMode] = ComboBox(list(MODES.items()), card)
        card.add(Field(_("Cách đánh số"), self.mode, "series", parent=card))
        self._table = QWidget(card)
        column = QVBoxLayout(self._table)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.names: dict[LetterKind, LineEdit] = {}
        self._fields: list[Field] = []
        for kind in LetterKind:
            self.names[kind] = LineEdit(_("để trống: đánh số riêng"), self._table)
            self._fields.append(Field("", self.names[kind], kind.value, parent=self._table))
            column.addWidget(self._fields[-1])
        card.add(self._table)
        self._said = Note("", "red", card)
        card.add(self._said)
        row = QHBoxLayout()
        row.addStretch(1)
        self.button = PrimaryButton(_("Lưu cách đánh số"), self.save, parent=card)
        self.button.setEnabled(False)
        row.addWidget(self.button)
        card.body.addLayout(row)
        self.column.addWidget(card)
        self.holding = HoldingCard(context, self)
        self.column.addWidget(self.holding)
        self.column.addStretch(1)
        self.mode.currentIndexChanged.connect(self._show_table)
        self._show_table()

    def desk_ready(self, desk: Desk) -> None:
        """Ask for the agency's choice."""
        self.context.courier.run(partial(_read, desk), owner=self, ok=self._show, lane="read")
        self.holding.ask()

    def member_changed(self, member: Member) -> None:
        """Somebody works now."""
        self.holding.ask()

    def desk_closed(self) -> None:
        """Show nothing."""
        self.button.setEnabled(False)
        self._said.set_text("")
        self.holding.clear()

    def on_changed(self, changes: Changes) -> None:
        """Another window or command may have changed it."""
        desk = self.context.desk()
        if desk is not None and Change("setting") in changes:
            self.desk_ready(desk)

    @Slot()
    def save(self) -> None:
        """Keep what is chosen."""
        desk = self.context.desk()
        if desk is None:
            return
        self._said.set_text("")
        table = {kind.value: edit.text() for kind, edit in self.names.items()}
        mode = self.mode.value()
        work = partial(_save, desk, mode.value, table if mode is SeriesMode.MIXED else {})
        self.context.courier.run(work, owner=self, ok=self._saved, fail=self._refused)

    @Slot()
    def _show_table(self) -> None:
        self._table.setVisible(self.mode.value() is SeriesMode.MIXED)

    def _show(self, found: tuple[Series, dict[str, str]]) -> None:
        series, kinds = found
        names = dict(series.table)
        self.mode.set_value(series.mode)
        for field, (kind, edit) in zip(self._fields, self.names.items(), strict=True):
            field.label.setText(kinds[kind.value])
            edit.setAccessibleName(kinds[kind.value])
            edit.setText(names.get(kind, ""))
        self.button.setEnabled(True)

    def _saved(self, _saved: object) -> None:
        self.context.toast(_("Đã lưu cách đánh số văn bản."))

    def _refused(self, error: DeskError) -> None:
        if not show_field_error(self._fields, error.field, words.word(error)):
            self._said.set_text(words.word(error))


def _read(desk: Desk) -> tuple[Series, dict[str, str]]:
    from spokesdesk.services import papers

    return papers.series(desk), {kind.value: papers.series_name(kind.value) for kind in LetterKind}


def _save(desk: Desk, mode: str, table: dict[str, str]) -> tuple[Series, Changes]:
    from spokesdesk.services import papers

    return papers.save_series(desk, mode, table)
