"""The timeline of an incident as a PDF: moments and clocks, all that was done in its order, who agreed to what text."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.incidents import Incident, IncidentClock, IncidentStep
from spokesdesk.domain.language import gettext as _
from spokesdesk.typeset.a4 import space
from spokesdesk.typeset.report import line, pages, signatures, table

# Millimetres; together the 175 mm between the margins.
_MOMENTS = (70, 105)
_CLOCKS = (45, 32, 63, 35)
_STEPS = (28, 40, 77, 30)
_HASH = 16


def timeline_pdf(found: Incident, *, agency: str, by: str, at: datetime, papers: Mapping[UUID, str]) -> bytes:
    """Give the timeline as a PDF; equal incidents at equal moments give equal bytes.

    Args:
        by: who had it made.
        at: UTC, when.
        papers: what the papers named in it are called.
    """
    foot = _("Diễn biến vụ việc {id} – lập lúc {at} – trang").format(id=str(found.id)[-12:], at=_moment(at))
    return pages(
        [
            *_head(found, agency, at),
            *_known(found),
            *_done(found, papers),
            *_agreed(found),
            *_evidence(found),
            _foot(by),
        ],
        title=_("Diễn biến: {title}").format(title=found.title),
        author=agency,
        foot=foot + " {page}",
    )


def _head(found: Incident, agency: str, at: datetime) -> list[Any]:
    state = _("Trạng thái lúc {at}: {state}.").format(at=_moment(at), state=found.state.wording.lower())
    return [
        line(agency.upper(), 12, bold=True),
        space(3),
        line(_("DIỄN BIẾN VỤ VIỆC"), 16, bold=True, centred=True),
        line(found.title, 12, centred=True),
        space(3),
        line(state, 11),
    ]


def _known(found: Incident) -> list[Any]:
    facts = found.facts
    rows = [
        (_("Xảy ra"), _moment(facts.happened_at)),
        (_("Cơ quan tiếp nhận và xử lý"), _moment(facts.received_at)),
        (_("Cơ quan xác định có tác động đến dư luận"), _moment(facts.impact_at)),
        (_("Báo chí, cơ quan quản lý báo chí đề nghị"), _moment(facts.asked_at)),
        (_("Phạm vi"), facts.scope.wording),
        (_("Nơi xảy ra"), facts.place),
        (_("Cơ quan chủ trì"), facts.lead),
        (_("Cơ quan phối hợp"), "; ".join(facts.participants)),
        (_("Diễn biến"), facts.facts),
    ]
    story = [
        space(2),
        line(_("1. Các mốc và nội dung"), 12, bold=True),
        table((_("Mục"), _("Nội dung")), [row for row in rows if row[1]], _MOMENTS),
    ]
    if found.clocks:
        heads = (_("Việc phải làm"), _("Hạn"), _("Căn cứ"), _("Kết quả"))
        cells = [_clock(found, clock) for clock in found.clocks]
        story += [space(3), line(_("2. Thời hạn"), 12, bold=True), table(heads, cells, _CLOCKS)]
    return story


def _clock(found: Incident, clock: IncidentClock) -> Sequence[str]:
    due, met_at = clock.due, found.answered_at(clock)
    end = _moment(due.due_at) if due.due_at else due.wording
    if met_at is None:
        result = _("chưa phát ngôn")
    elif due.due_at is not None and met_at > due.due_at:
        result = _("muộn: {at}").format(at=_moment(met_at))
    else:
        result = _("kịp: {at}").format(at=_moment(met_at))
    since = _("tính từ {at}: {trigger}").format(at=_moment(clock.trigger_at), trigger=clock.trigger)
    return f"{clock.title}\n{since}", end, due.cited, result


def _done(found: Incident, papers: Mapping[UUID, str]) -> list[Any]:
    heads = (_("Lúc"), _("Việc"), _("Nội dung"), _("Người ghi"))
    ordered = sorted(found.steps, key=when)
    cells = [
        (_moment(when(step)), step.move.wording, "\n".join(said(step, papers)), step.by.name)
        for step in ordered
    ]
    return [space(3), line(_("3. Việc đã làm"), 12, bold=True), table(heads, cells, _STEPS)]


def _agreed(found: Incident) -> list[Any]:
    if not found.wordings:
        return []
    latest = found.wordings[-1]
    story = [
        space(3),
        line(_("4. Nội dung lấy ý kiến, bản {n}").format(n=latest.version), 12, bold=True),
        *(line(part, 10.5) for part in latest.text.split("\n") if part.strip()),
        line(_("SHA-256: {hash}").format(hash=latest.sha256), 8.5),
    ]
    for name, stance in found.stances().items():
        answer = stance.wording if stance else _("chưa có ý kiến về bản này")
        story.append(line(f"– {name}: {answer}.", 10.5))
    return story


def _evidence(found: Incident) -> list[Any]:
    if not found.files:
        return []
    n = 5 if found.wordings else 4
    story = [space(3), line(_("{n}. Chứng cứ").format(n=n), 12, bold=True)]
    for file in found.files:
        story.append(line(f"– {file.name}", 10.5))
        story.append(line(_("SHA-256: {hash}").format(hash=file.sha256), 8.5))
    return story


def _foot(by: str) -> Any:
    from reportlab.platypus import KeepTogether

    return KeepTogether([space(6), signatures(_("NGƯỜI LẬP"), _("NGƯỜI PHÁT NGÔN"), by)])


def when(step: IncidentStep) -> datetime:
    """Give when something was done, which may be before it was written down."""
    return step.statement.said_at if step.statement else step.done_at or step.at


def said(step: IncidentStep, papers: Mapping[UUID, str]) -> list[str]:
    """Give what a step says, a line a fact."""
    lines = list(step.to)
    if step.statement:
        lines += [f"{step.statement.form.wording} – {step.statement.speaker}", step.statement.text]
    if step.wording:
        lines.append(
            _("bản {n}, SHA-256 {hash}…").format(n=step.wording.version, hash=step.wording.sha256[:_HASH])
        )
    if step.agreement:
        given = step.agreement
        answered = _("{agency}: {stance}, {person} (bản có SHA-256 {hash}…)")
        lines.append(
            answered.format(
                agency=given.agency,
                stance=given.stance.wording,
                person=given.person,
                hash=given.sha256[:_HASH],
            )
        )
    for file in step.files:
        lines.append(_("{name}, SHA-256 {hash}…").format(name=file.name, hash=file.sha256[:_HASH]))
    if step.paper_id is not None and step.paper_id in papers:
        lines.append(_("Văn bản: {title}").format(title=papers[step.paper_id]))
    return [text for text in (*lines, step.remark) if text]


def _moment(at: datetime | None) -> str:
    return f"{to_vn(at):%H:%M %d/%m/%Y}" if at else ""
