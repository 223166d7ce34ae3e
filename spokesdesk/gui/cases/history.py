"""What happened to a case: its facts, its moves, and the custody log with the link of each entry."""

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.cases import CaseDraft, CaseState, CaseStep
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.evidence import Custody, Evidence
from spokesdesk.domain.labels import value_label
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.basic import Card, LinkButton, clear_layout, label
from spokesdesk.services.cases import CaseView

_SHOWN_AT_FIRST = 8


class FactsCard(Card):
    """The facts as they stand, with the contact they came from.

    Emits:
        edit_wanted: the next version is to be written.
        contact_wanted: ``UUID`` of the contact to be shown.
        versions_wanted: the facts as they were saved before are to be shown.
    """

    edit_wanted = Signal()
    versions_wanted = Signal()
    contact_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Nội dung vụ việc"), parent=parent)
        self._versions = LinkButton(_("Các bản trước"), self.versions_wanted.emit, self)
        self._edit = LinkButton(_("Sửa"), self.edit_wanted.emit, self)
        self.head.addWidget(self._versions)
        self.head.addWidget(self._edit)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(self._rows)

    def show_facts(self, seen: CaseView, *, is_open: bool) -> None:
        """Show the facts of a case."""
        clear_layout(self._rows)
        self._edit.setVisible(is_open)
        facts, case = seen.case.facts, seen.case
        self._versions.setVisible(case.version > 1)
        self.set_note(_("bản {n}").format(n=case.version) if case.version > 1 else "")
        for name, value in said_of(facts):
            self._rows.addWidget(self._said(name, value))
        if seen.contact is not None:
            text = _("Từ lần tiếp xúc: {topic}").format(topic=seen.contact.topic)
            button = LinkButton(text, partial(self.contact_wanted.emit, seen.contact.id), self)
            self._rows.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _said(self, name: str, value: str) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(name, "small", box))
        text = label(value, "", box, wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(text)
        return box


def said_of(facts: CaseDraft) -> list[tuple[str, str]]:
    """Give what the facts of a case say, each with its name; what is empty is left out."""
    happened = f"{to_vn(facts.happened_at):%H:%M %d/%m/%Y}" if facts.happened_at else ""
    said = [
        (_("Xảy ra"), ", ".join(part for part in (happened, facts.place) if part)),
        (_("Người xưng danh"), ", ".join(part for part in (facts.person, facts.outlet) if part)),
        (_("Đặc điểm nhận biết"), facts.marks),
        (_("Diễn biến"), facts.facts),
    ]
    return [(name, value) for name, value in said if value]


class StepsCard(Card):
    """Every move, the latest first, and the letters.

    Emits:
        paper_wanted: ``UUID`` of the letter to be shown.
        close_wanted, reopen_wanted: the case is to be closed, or opened again.
    """

    paper_wanted = Signal(object)
    close_wanted = Signal()
    reopen_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Quá trình xử lý"), parent=parent)
        self._close = LinkButton(_("Đóng hồ sơ…"), self.close_wanted.emit, self)
        self._reopen = LinkButton(_("Mở lại hồ sơ…"), self.reopen_wanted.emit, self)
        self.head.addWidget(self._close)
        self.head.addWidget(self._reopen)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(self._rows)

    def show_steps(self, seen: CaseView) -> None:
        """Show the moves of a case."""
        clear_layout(self._rows)
        case = seen.case
        is_closed = case.state is CaseState.CLOSED
        self._close.setVisible(not is_closed)
        self._reopen.setVisible(is_closed)
        states = {paper_id: str(value_label("state", state)) for paper_id, _title, state in seen.papers}
        for step in reversed(case.steps):
            self._rows.addWidget(self._row(step, states))

    def _row(self, step: CaseStep, states: Mapping[UUID, str]) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        outcome = step.outcome.wording if step.outcome else ""
        column.addWidget(
            label(": ".join(part for part in (step.move.wording, outcome) if part), "strong", box)
        )
        for text in (*step.to, step.remark):
            if text:
                column.addWidget(label(text, "", box, wrap=True))
        done = _("thực hiện {at}").format(at=f"{to_vn(step.done_at):%H:%M %d/%m/%Y}") if step.done_at else ""
        written = f"{to_vn(step.at):%H:%M %d/%m/%Y} · {step.by.name}"
        column.addWidget(label(" · ".join(part for part in (written, done) if part), "small", box, wrap=True))
        if step.paper_id is not None:
            words = _("Mở công văn ({state})").format(state=states.get(step.paper_id, ""))
            button = LinkButton(words, partial(self.paper_wanted.emit, step.paper_id), box)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return box


class LogCard(Card):
    """The custody log, the latest entry first; each names its link in the journal chain."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Nhật ký lưu giữ"), parent=parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(self._rows)
        self._all = LinkButton(_("Xem tất cả"), self._show_all, self)
        self.body.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)
        self._log: tuple[Custody, ...] = ()
        self._names: dict[UUID, str] = {}

    def show_log(self, log: Sequence[Custody], items: Sequence[Evidence]) -> None:
        """Show the log of a case."""
        self._log = tuple(reversed(log))
        self._names = {item.id: item.name for item in items}
        self.set_note(str(len(log)) if log else "")
        self._show(self._log[:_SHOWN_AT_FIRST])
        self._all.setVisible(len(log) > _SHOWN_AT_FIRST)

    def _show_all(self) -> None:
        self._show(self._log)
        self._all.hide()

    def _show(self, log: Sequence[Custody]) -> None:
        clear_layout(self._rows)
        if not log:
            words = _("Mọi lần thêm, xem, xuất, bàn giao, rút chứng cứ sẽ được ghi ở đây và không xóa được.")
            self._rows.addWidget(label(words, "muted", self, wrap=True))
        for entry in log:
            self._rows.addWidget(self._row(entry))

    def _row(self, entry: Custody) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        name = self._names.get(entry.evidence_id, "")
        column.addWidget(label(f"{entry.act.wording}: {name}", "", box, wrap=True))
        if entry.remark:
            column.addWidget(label(entry.remark, "small", box, wrap=True))
        link = _("mắt xích {n}").format(n=entry.link)
        written = f"{to_vn(entry.at):%H:%M:%S %d/%m/%Y} · {entry.by.name} · {link}"
        said = label(written, "small", box, wrap=True)
        said.setToolTip(entry.link_hash)
        column.addWidget(said)
        return box
