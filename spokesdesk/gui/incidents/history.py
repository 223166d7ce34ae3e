"""What is known of an incident, whom it is coordinated with, and everything that was done, the latest first."""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.incidents import IncidentState, IncidentStep
from spokesdesk.domain.labels import value_label
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.attached import Attached
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Card, Chip, ElidedLabel, LinkButton, clear_layout, label
from spokesdesk.services.incidents import IncidentView
from spokesdesk.services.routing import Route


class KnownCard(Card):
    """What is known.

    Emits:
        edit_wanted: the next version is to be written.
    """

    edit_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Nội dung vụ việc"), parent=parent)
        self._edit = LinkButton(_("Sửa, bổ sung mốc"), self.edit_wanted.emit, self)
        self.head.addWidget(self._edit)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self.body.addLayout(self._rows)

    def show_known(self, seen: IncidentView) -> None:
        """Show what is known of an incident."""
        clear_layout(self._rows)
        found, facts = seen.incident, seen.incident.facts
        self._edit.setVisible(found.state is not IncidentState.CLOSED)
        self.set_note(_("bản {n}").format(n=found.version) if found.version > 1 else "")
        moments = (
            (_("xảy ra"), facts.happened_at),
            (_("tiếp nhận, xử lý"), facts.received_at),
            (_("xác định tác động"), facts.impact_at),
            (_("được hỏi"), facts.asked_at),
        )
        known = [f"{name} {to_vn(at):%H:%M %d/%m/%Y}" for name, at in moments if at]
        said = (
            (_("Các mốc"), "; ".join(known) or _("chưa ghi mốc nào")),
            (_("Phạm vi"), ", ".join(part for part in (facts.scope.wording, facts.place) if part)),
            (_("Cơ quan chủ trì"), facts.lead),
            (_("Cơ quan phối hợp"), "; ".join(facts.participants)),
            (_("Diễn biến"), facts.facts),
        )
        for name, value in said:
            if value:
                self._rows.addWidget(label(name, "small", self))
                text = label(value, "", self, wrap=True)
                text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self._rows.addWidget(text)


class MessagesCard(Card):
    """Whom the incident is reported to and coordinated with, each with the letter that can be drafted.

    Emits:
        draft_wanted: the ``Route`` to address.
        sent_wanted: a message was given or sent; who, "" for any.
    """

    draft_wanted = Signal(object)
    sent_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("Báo cáo, phối hợp"), parent=parent)
        self._sent = LinkButton(_("Ghi đã báo…"), partial(self.sent_wanted.emit, ""), self)
        self.head.addWidget(self._sent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)

    def show_places(self, seen: IncidentView) -> None:
        """Show the places of today, and whether something went there."""
        clear_layout(self._rows)
        told = {name for step in seen.incident.steps if step.done_at is not None for name in step.to}
        for route in seen.places:
            self._rows.addWidget(self._row(route, is_told=bool(told & {route.name, route.addressee})))

    def _row(self, route: Route, *, is_told: bool) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(route.name, "", box, wrap=True), 1)
        if is_told:
            chip = Chip(parent=box)
            chip.set(_("đã báo"), "green")
            row.addWidget(chip)
        column.addLayout(row)
        doubt = " · ".join(part for part in (route.place.trust.wording, route.place.note) if part)
        if doubt:
            column.addWidget(label(doubt, "small", box, wrap=True))
        acts = QHBoxLayout()
        acts.addWidget(LinkButton(_("Soạn công văn"), partial(self.draft_wanted.emit, route), box))
        acts.addWidget(LinkButton(_("Ghi đã báo"), partial(self.sent_wanted.emit, route.name), box))
        acts.addStretch(1)
        column.addLayout(acts)
        return box


class StepsCard(Card):
    """Everything done, the latest first.

    Emits:
        paper_wanted: ``UUID`` of the paper to be shown.
        print_wanted: the timeline is to be written as a PDF.
        note_wanted, evidence_wanted, close_wanted, reopen_wanted: that is to be asked about.
    """

    paper_wanted = Signal(object)
    print_wanted = Signal()
    note_wanted = Signal()
    evidence_wanted = Signal()
    close_wanted = Signal()
    reopen_wanted = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(_("Nhật ký vụ việc"), parent=parent)
        self._context = context
        self._evidence = LinkButton(_("Chứng cứ…"), self.evidence_wanted.emit, self)
        self._remark = LinkButton(_("Ghi chú…"), self.note_wanted.emit, self)
        self._close = LinkButton(_("Đóng…"), self.close_wanted.emit, self)
        self._reopen = LinkButton(_("Mở lại…"), self.reopen_wanted.emit, self)
        self._print = LinkButton(_("In…"), self.print_wanted.emit, self)
        acts = QHBoxLayout()
        for button in (self._evidence, self._remark, self._print, self._close, self._reopen):
            acts.addWidget(button)
        acts.addStretch(1)
        self.body.addLayout(acts)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body.addLayout(self._rows)

    def show_steps(self, seen: IncidentView) -> None:
        """Show the steps of an incident."""
        clear_layout(self._rows)
        is_closed = seen.incident.state is IncidentState.CLOSED
        self._close.setVisible(not is_closed)
        self._reopen.setVisible(is_closed)
        papers = {paper_id: (title, state) for paper_id, title, state in seen.papers}
        for step in reversed(seen.incident.steps):
            self._rows.addWidget(self._row(step, papers))

    def _row(self, step: IncidentStep, papers: Mapping[UUID, tuple[str, str]]) -> QWidget:
        box = QWidget(self)
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(step.move.wording, "strong", box))
        for text in (*said_of(step), step.remark):
            if text:
                column.addWidget(label(text, "", box, wrap=True))
        if step.files:
            attached = Attached(self._context, box)
            attached.show_files(step.files)
            column.addWidget(attached)
            hashes = "\n".join(f"SHA-256 {file.sha256[:16]}…" for file in step.files)
            column.addWidget(label(hashes, "small", box))
        at = step.statement.said_at if step.statement else step.done_at
        done = _("thực hiện {at}").format(at=f"{to_vn(at):%H:%M %d/%m/%Y}") if at else ""
        written = f"{to_vn(step.at):%H:%M %d/%m/%Y} · {step.by.name}"
        column.addWidget(label(" · ".join(part for part in (written, done) if part), "small", box, wrap=True))
        if step.paper_id is not None and step.paper_id in papers:
            title, state = papers[step.paper_id]
            row = QHBoxLayout()
            row.addWidget(ElidedLabel(f"{title} ({value_label('state', state)})", "", box), 1)
            row.addWidget(LinkButton(_("Mở"), partial(self.paper_wanted.emit, step.paper_id), box))
            column.addLayout(row)
        return box


def said_of(step: IncidentStep) -> list[str]:
    """Give what a step says, a line a fact."""
    lines = list(step.to)
    if step.statement:
        lines += [f"{step.statement.form.wording} – {step.statement.speaker}", step.statement.text]
    if step.wording:
        made = _("bản {n}, SHA-256 {hash}…")
        lines.append(made.format(n=step.wording.version, hash=step.wording.sha256[:16]))
    if step.agreement:
        given = step.agreement
        made = _("{agency}: {stance} – {person}; về bản có SHA-256 {hash}…")
        lines.append(
            made.format(
                agency=given.agency,
                stance=given.stance.wording,
                person=given.person,
                hash=given.sha256[:16],
            )
        )
    return lines
