"""Filling the "báo hóa" checklist: each criterion seen, not seen or not checked, with evidence; no verdict anywhere."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.checklists import (
    EVIDENCE_LIMIT,
    Checklist,
    Criterion,
    CriterionGroup,
    Seen,
    seen_words,
)
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import NOTE_LIMIT, Outlet
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.lengthwatch import LengthWatch
from spokesdesk.gui.people.forms import Texts
from spokesdesk.gui.people.sidepage import SidePage
from spokesdesk.gui.saying import sentence, show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import Button, Card, PrimaryButton, clear_layout, label
from spokesdesk.gui.widgets.fields import ComboBox, Field, TextEdit
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import people, press
from spokesdesk.services.ports import Desk

Asked = tuple[Outlet, tuple[CriterionGroup, ...]]


def asked(desk: Desk, outlet_id: UUID) -> Asked:
    """Read an outlet and the criteria that concern it (blocking)."""
    return people.outlet(desk, outlet_id), press.asked(desk, outlet_id)


class CriterionRow(QWidget):
    """One criterion: its text, what was seen, the evidence."""

    def __init__(self, item: Criterion, parent: QWidget) -> None:
        super().__init__(parent)
        self.id = item.id
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 6)
        column.setSpacing(6)
        column.addWidget(label(item.text, "", self, wrap=True))
        self.seen: ComboBox[Seen] = ComboBox(tuple(seen_words().items()), self)
        self.seen.setAccessibleName(item.text)
        column.addWidget(self.seen)
        self.evidence = TextEdit(_("Đã thấy gì, ở đâu, lúc nào"), 2, self)
        self.field = Field(_("Minh chứng"), self.evidence, item.id, parent=self)
        LengthWatch(self.field, EVIDENCE_LIMIT)
        column.addWidget(self.field)
        self.seen.currentIndexChanged.connect(self._show_evidence)
        self._show_evidence(0)

    def fill(self, seen: str, evidence: str) -> None:
        """Show what was answered."""
        self.seen.set_value(Seen(seen) if seen in list(Seen) else Seen.UNCHECKED)
        self.evidence.set_text(evidence)

    def _show_evidence(self, _index: int) -> None:
        self.field.setVisible(self.seen.value() is not Seen.UNCHECKED)


class ChecklistForm(SidePage):
    """The form.

    Emits:
        kept: the ``Checklist`` and what changed.
        left: the form was put away.
        again: the form itself, wanted again after all.
    """

    kept = Signal(object)
    left = Signal(object)
    again = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.outlet_id: UUID | None = None
        self.rows: list[CriterionRow] = []
        self._waiting: tuple[UUID | None, Texts] | None = None
        self._thrown: tuple[UUID, Texts] | None = None
        self._saving = False
        self.top.add_button(Button(_("Đóng"), self.leave, parent=self))
        self.top.add_button(PrimaryButton(_("Lưu phiếu"), self.save, "Ctrl+S", self, bind=False))
        self.column.addWidget(Note(press.criteria().note, "teal", self.inside))
        self._groups = QVBoxLayout()
        self._groups.setSpacing(12)
        self.column.addLayout(self._groups)
        self._remark = TextEdit("", 2, self.inside)
        self._remark_field = Field(_("Nhận xét thêm"), self._remark, "note", parent=self.inside)
        LengthWatch(self._remark_field, NOTE_LIMIT)
        self.column.addWidget(self._remark_field)
        self.column.addStretch(1)
        self.autosave = Autosave(context, "checklist", self._collect, self)
        self.autosave.watch(self._remark)

    @property
    def is_dirty(self) -> bool:
        """Whether anything was answered that is not kept."""
        answered = any(row.seen.value() is not Seen.UNCHECKED or row.evidence.text() for row in self.rows)
        return self.outlet_id is not None and (answered or bool(self._remark.text()))

    def begin(self, outlet_id: UUID) -> None:
        """Ask what concerns an outlet, then show it; what was being typed waits in its draft."""
        self.flush()
        self._clear()
        desk = self.context.desk()
        if desk is not None:
            work = partial(asked, desk, outlet_id)
            self.context.courier.run(work, owner=self, ok=self._show, lane="read")

    def bring_back(self, outlet_id: UUID, draft_id: UUID | None, values: Texts) -> None:
        """Go on with a draft that was offered back."""
        self._waiting = (draft_id, values)
        self.begin(outlet_id)

    def save(self) -> None:
        """Write the checklist down."""
        desk = self.context.desk()
        if desk is None or self._saving or self.outlet_id is None:
            return
        commit_typing()
        self._saving = True
        given = {row.id: (row.seen.value(), row.evidence.text()) for row in self.rows}
        self.context.courier.run(
            partial(
                press.fill_checklist, desk, self.outlet_id, given, self._remark.text(), self.autosave.draft_id
            ),
            owner=self,
            ok=self._kept,
            fail=self._refused,
            always=self._release,
            lane="write",
        )

    def leave(self) -> None:
        """Put the form away; what was typed can be brought back for a while."""
        if self.is_dirty and self.outlet_id is not None:
            self._thrown = (self.outlet_id, self._collect())
            self.context.toast(_("Đã bỏ nội dung vừa gõ."), self._bring_thrown_back)
        self.autosave.discard()
        self.context.saved("saved")
        # Before it is emptied: the cursor would fall out of a field that is hidden.
        self.left.emit(None)
        self._clear()

    def _bring_thrown_back(self) -> None:
        if self._thrown is not None:
            outlet_id, values = self._thrown
            self.bring_back(outlet_id, None, values)
            self.again.emit(self)

    def flush(self) -> None:
        """Hand what was typed to the drafts at once."""
        if self.is_dirty:
            self.autosave.flush()

    def _show(self, found: Asked) -> None:
        outlet, groups = found
        self._clear()
        self.outlet_id = outlet.id
        self.top.set_title(_("Phiếu đối chiếu"), f"{outlet.name} · {press.criteria().source}")
        self.autosave.set_quiet(True)
        for group in groups:
            card = Card(group.title, parent=self.inside)
            # Below the title: an article of law in full is too long to stand beside it.
            card.add(label(group.place, "muted", card, wrap=True))
            if group.confidence:
                told = _("Chỉ thấy tên mục này trong bản chép; chi tiết chưa kiểm chứng.")
                card.add(label(told, "muted", card, wrap=True))
            for item in group.items:
                row = CriterionRow(item, card)
                self.autosave.watch(row)
                self.rows.append(row)
                card.add(row)
            self._groups.addWidget(card)
        self.autosave.start_new(f"checklist:{outlet.id}")
        self._fill_waiting()
        self.autosave.set_quiet(False)
        self.to_top()
        if self.rows:
            self.rows[0].seen.setFocus()

    def _fill_waiting(self) -> None:
        if self._waiting is None:
            return
        draft_id, values = self._waiting
        self._waiting = None
        answers = values.get("answers")
        by_id = answers if isinstance(answers, Mapping) else {}
        for row in self.rows:
            seen, evidence = (*by_id.get(row.id, ()), "", "")[:2]
            row.fill(str(seen), str(evidence))
        self._remark.set_text(str(values.get("note", "")))
        if draft_id is not None:
            self.autosave.resume(draft_id)

    def _clear(self) -> None:
        self.outlet_id = None
        self.rows = []
        self.notice.set_text("")
        self.autosave.set_quiet(True)
        self._remark.set_text("")
        clear_layout(self._groups)
        self.autosave.set_quiet(False)

    def _collect(self) -> dict[str, object]:
        answers = {row.id: [row.seen.value().value, row.evidence.text()] for row in self.rows}
        return {"answers": answers, "note": self._remark.text(), "name": press.criteria().title}

    def _kept(self, result: tuple[Checklist, Changes]) -> None:
        self.autosave.start_new("checklist")
        self.context.saved("saved")
        self.context.toast(_("Đã lưu phiếu đối chiếu."))
        self.kept.emit(result)
        self._clear()

    def _refused(self, error: DeskError) -> None:
        fields: list[Any] = [row.field for row in self.rows if not row.field.isHidden()]
        if not show_error([*fields, self._remark_field], error):
            self.notice.set_text(sentence(error))
            self.to_top()

    def _release(self) -> None:
        self._saving = False
