"""Requests as the command line says them."""

from datetime import datetime

from spokesdesk.cli.answer import plain
from spokesdesk.domain.clock import remaining, to_vn
from spokesdesk.domain.door import KINDS, LEVELS, WAYS, WORDS
from spokesdesk.domain.labels import value_label
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.request_moves import told
from spokesdesk.domain.requests import Request, RequestRow
from spokesdesk.services.door import DoorSeen


def request_value(found: Request) -> dict[str, object]:
    """Give a request for scripts; what lists call it stands on top."""
    value: dict[str, object] = plain(found)
    return value | {"topic": found.topic, "who": found.who, "seen": str(found.steps[-1].id)}


def row_text(row: RequestRow, now: datetime) -> str:
    """Give one line of the list."""
    left = ""
    if row.closed_at is None and row.due_at is not None:
        cited = f" ({row.citation})" if row.citation else ""
        left = f"  {remaining(row.due_at, now).wording}{cited}"
    holder = f"  {_('đang chờ')}: {row.holder}" if row.closed_at is None and row.holder else ""
    state = value_label("request_state", row.state.value)
    return (
        f"{row.id}  {to_vn(row.received_at):%d/%m/%Y %H:%M}  {row.who}  {row.topic}  [{state}]{left}{holder}"
    )


def request_text(found: Request, now: datetime) -> str:
    """Give a request in full, with its steps."""
    owner = found.assignment.owner
    lines = [
        f"{found.id}",
        f"{to_vn(found.received_at):%d/%m/%Y %H:%M}  {found.topic}",
        f"{_('Bên hỏi')}: {found.who}",
        *(f"? {question}" for question in found.subject.questions),
        f"{_('Trạng thái')}: {value_label('request_state', found.state.value)}",
    ]
    lines += [f"{_('Người phụ trách')}: {owner.name}"] if owner else []
    lines += [f"{_('Đơn vị chủ trì')}: {found.assignment.lead_unit}"] if found.assignment.lead_unit else []
    lines += [f"{_('Phối hợp')}: {'; '.join(found.assignment.shared)}"] if found.assignment.shared else []
    lines += [f"{_('Đang chờ')}: {found.holder}"] if found.is_open and found.holder else []
    lines += _due_lines(found, now)
    lines += [f"  {to_vn(step.at):%d/%m/%Y %H:%M}  {step.by.name}: {told(step)}" for step in found.steps]
    closing = found.closing
    if closing and closing.answer and closing.answer.text:
        lines += [f"{_('Đã trả lời')}:", closing.answer.text]
    if closing and closing.paper_id:
        lines.append(f"{_('Văn bản')}: {closing.paper_id}")
    return "\n".join(lines)


def door_text(seen: DoorSeen) -> str:
    """Give what is known of a request that came through the portal's door for journalists."""
    door = seen.door
    lines = [_("Qua cổng: {kind}, lúc {at}").format(kind=KINDS[door.kind], at=_moment(door.asked_at))]
    if door.wanted_at:
        lines.append(_("Mong muốn: {moment}").format(moment=_moment(door.wanted_at)))
    lines += [
        f"  {WORDS[step.move]} {_moment(step.at)}: {WAYS.get(state, reason or state)}"
        for step, state, reason in seen.sent
    ]
    if door.level:
        rated = _("Nhà báo đánh giá: {level}").format(level=LEVELS[door.level])
        lines.append(f"{rated} “{door.remark}”" if door.remark else rated)
    lines += [f"{other}  {topic}" for other, topic in seen.others]
    return "\n".join(lines)


def _moment(at: datetime) -> str:
    return f"{to_vn(at):%H:%M %d/%m/%Y}"


def _due_lines(found: Request, now: datetime) -> list[str]:
    due = found.due
    if due is None:
        return []
    cited = f" – {due.citation}" if due.citation else ""
    lines = [f"{_('Thời hạn')}: {due.wording}{cited}"]
    if due.citation and due.confidence != "verified":
        lines.append(f"  {_('Chưa xác minh với bản chính thức của văn bản.')}")
    lines += [f"  {due.note}"] if due.note else []
    if found.is_open and due.due_at:
        lines.append(f"  {remaining(due.due_at, now).wording}")
    return lines
