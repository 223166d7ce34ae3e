"""An incident in words and as plain values, for the command line."""

from typing import Any
from uuid import UUID

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.domain.clock import iso_vn, remaining, to_vn
from spokesdesk.domain.incidents import Incident, IncidentClock, IncidentStep
from spokesdesk.domain.language import gettext as _
from spokesdesk.services import incidents
from spokesdesk.services.incident_clocks import ClockChange
from spokesdesk.services.incidents import IncidentView
from spokesdesk.services.ports import Desk


def told(desk: Desk, incident_id: UUID) -> Answer:
    """Give an incident with its clocks, what new rules would change, and all that was done."""
    seen = incidents.view(desk, incident_id)
    value: dict[str, Any] = plain(seen.incident)
    value["clocks"] = [_clock_value(seen.incident, clock) for clock in seen.incident.clocks]
    value["changes"] = plain(seen.changes)
    return Answer(value, "\n".join(_lines(seen, desk)))


def _clock_value(found: Incident, clock: IncidentClock) -> dict[str, object]:
    met_at, due = found.answered_at(clock), clock.due
    return {
        "rule": due.rule_id,
        "title": clock.title,
        "trigger": clock.trigger,
        "at": iso_vn(clock.trigger_at),
        "due": iso_vn(due.due_at) if due.due_at else None,
        "wording": due.wording,
        "citation": due.citation,
        "confidence": due.confidence,
        "met_at": iso_vn(met_at) if met_at else None,
    }


def _lines(seen: IncidentView, desk: Desk) -> list[str]:
    found, facts = seen.incident, seen.incident.facts
    lines = [f"{found.id}", f"{found.title}  [{found.state.wording}]", facts.scope.wording, facts.place]
    lines += [_("Chủ trì: {name}").format(name=facts.lead)] if facts.lead else []
    lines += (
        [_("Phối hợp: {names}").format(names=", ".join(facts.participants))] if facts.participants else []
    )
    lines.append(facts.facts)
    lines += [_clock_line(found, clock, desk) for clock in found.clocks]
    lines += [change_words(change) for change in seen.changes]
    lines += [_step_line(step) for step in found.steps]
    for name, stance in found.stances().items() if found.wordings else ():
        lines.append(f"  {name}: {stance.wording if stance else _('chưa có ý kiến về bản mới nhất')}")
    return [line for line in lines if line]


def change_words(change: ClockChange) -> str:
    """Say what the rules in force now would make of a clock."""
    title = change.kept.title if change.kept else change.now.title if change.now else ""
    after = change.now.due.wording if change.now else _("không còn thời hạn này")
    return _("Bộ quy định hiện dùng sẽ đổi: {title} – {after}. Vụ việc này vẫn giữ thời hạn đã ghi.").format(
        title=title, after=after
    )


def _clock_line(found: Incident, clock: IncidentClock, desk: Desk) -> str:
    met_at, due = found.answered_at(clock), clock.due
    if met_at is not None:
        state = _("đã phát ngôn {at}").format(at=f"{to_vn(met_at):%H:%M %d/%m/%Y}")
    else:
        state = remaining(due.due_at, desk.now()).wording if due.due_at else _("đang chờ phát ngôn")
    return f"  {clock.title}: {due.wording}; {state}  ({due.cited})"


def _step_line(step: IncidentStep) -> str:
    said: list[str] = list(step.to)
    if step.statement:
        said += [step.statement.form.wording, step.statement.speaker, step.statement.text]
    if step.wording:
        said.append(_("bản {n}, SHA-256 {hash}").format(n=step.wording.version, hash=step.wording.sha256))
    if step.agreement:
        given = step.agreement
        said += [given.agency, given.stance.wording, given.person, given.sha256[:16]]
    said += [f"{file.name} (SHA-256 {file.sha256})" for file in step.files]
    words = "; ".join(part for part in (*said, step.remark) if part)
    return f"{to_vn(step.at):%d/%m/%Y %H:%M}  {step.move.wording}  {step.by.name}  {words}".rstrip()
