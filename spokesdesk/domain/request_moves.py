"""The way of a request: which step is legal from which state, whose it is, and what a step says of itself."""

from dataclasses import dataclass
from uuid import UUID

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member, Role
from spokesdesk.domain.requests import OPEN_STATES, Request, RequestMove, RequestState, RequestStep
from spokesdesk.domain.text import short_date

REMARK_LIMIT = 4_000
_SHOWN = 160


@dataclass(frozen=True, slots=True)
class MoveRule:
    """Where a step leads (None: where it was), whose it is (empty: anybody's), and whether it needs a reason."""

    target: RequestState | None
    roles: tuple[Role, ...] = ()
    reasoned: bool = False


MOVES: dict[RequestMove, MoveRule] = {
    RequestMove.ASSIGN: MoveRule(RequestState.ASSIGNED),
    RequestMove.HOLD: MoveRule(None),
    RequestMove.DEADLINE: MoveRule(None, reasoned=True),
    RequestMove.AMEND: MoveRule(None),
    RequestMove.ANSWER: MoveRule(RequestState.ANSWERED),
    # NĐ 244/2026/NĐ-CP, Điều 4 khoản 3: it is the spokesperson who declines, and must say why.
    RequestMove.REFUSE: MoveRule(RequestState.REFUSED, (Role.SPOKESPERSON, Role.LEADER), reasoned=True),
    RequestMove.REFER: MoveRule(RequestState.REFERRED),
    RequestMove.WITHDRAW: MoveRule(RequestState.WITHDRAWN, reasoned=True),
    RequestMove.REOPEN: MoveRule(RequestState.OPEN, reasoned=True),
}


def check_move(
    request: Request, move: RequestMove, member: Member, remark: str = "", seen: UUID | None = None
) -> RequestState:
    """Say where a step leads.

    Args:
        request: as it is now.
        move: the step wanted.
        member: who works now.
        remark: reason or note.
        seen: the last step that the person saw; None: whatever happened meanwhile does not matter.

    Raises:
        ConflictError: somebody else has ended it, or changed it meanwhile; says who, when and how.
        AccessError: the step is not this member's.
        UserError: a reason is missing (``remark``).
    """
    rule = MOVES[move]
    last = request.steps[-1]
    if (move is RequestMove.REOPEN) == request.is_open:
        raise _too_late(request)
    if seen is not None and seen != last.id:
        raise changed_meanwhile(last)
    if rule.roles:
        member.require(*rule.roles)
    if rule.reasoned and not remark.strip():
        raise UserError("text_required", field="remark")
    if move is RequestMove.REOPEN and (request.assignment.owner or request.assignment.lead_unit):
        return RequestState.ASSIGNED
    return rule.target or request.state


def changed_meanwhile(last: RequestStep) -> ConflictError:
    """Give the error for a step on a request that somebody else has moved meanwhile."""
    return ConflictError("request_changed", by=last.by.name, at=_moment(last), what=told(last))


def _too_late(request: Request) -> ConflictError:
    last = request.closing or request.steps[-1]
    code = "request_is_open" if request.state in OPEN_STATES else "request_closed"
    return ConflictError(code, by=last.by.name, at=_moment(last), what=told(last))


def _moment(step: RequestStep) -> str:
    at = to_vn(step.at)
    return f"{at:%H:%M} {short_date(at.date())}"


def told(step: RequestStep) -> str:
    """Say what a step did, in one line."""
    said = _said(step)
    if step.remark and step.move not in (RequestMove.ANSWER, RequestMove.OPEN):
        said = f"{said} ({_short(step.remark)})"
    return said


def _said(step: RequestStep) -> str:
    match step.move:
        case RequestMove.OPEN:
            given = _given_to(step)
            return (
                _("Tiếp nhận yêu cầu; giao cho {names}").format(names=given)
                if given
                else _("Tiếp nhận yêu cầu")
            )
        case RequestMove.ASSIGN:
            return _("Giao cho {names}").format(names=_given_to(step))
        case RequestMove.HOLD:
            return _("Đang chờ: {holder}").format(holder=step.holder)
        case RequestMove.DEADLINE if step.due and step.due.due_at:
            at = to_vn(step.due.due_at)
            moment = f"{at:%H:%M} {short_date(at.date())}"
            return _("Đổi thời hạn thành {moment}").format(moment=moment)
        case RequestMove.DEADLINE:
            return _("Đổi thời hạn")
        case RequestMove.AMEND:
            return _("Đính chính nội dung hỏi")
        case _:
            return _ended(step)


def _given_to(step: RequestStep) -> str:
    given = step.assignment
    if given is None:
        return ""
    names = [given.owner.name] if given.owner else []
    return ", ".join((*names, given.lead_unit) if given.lead_unit else names)


def _ended(step: RequestStep) -> str:
    match step.move:
        case RequestMove.ANSWER if step.answer is None:
            return _("Đã trả lời")
        case RequestMove.ANSWER if step.answer:
            said = _short(step.answer.text) or _("bằng văn bản")
            return _("Đã trả lời {to}: {text}").format(to=step.answer.given_to, text=said)
        case RequestMove.REFUSE if step.ground:
            return _("Từ chối theo {citation}").format(citation=step.ground.citation)
        case RequestMove.REFUSE:
            return _("Đã từ chối")
        case RequestMove.REFER:
            return _("Chuyển {to}").format(to=step.refer_to)
        case RequestMove.WITHDRAW:
            return _("Bên hỏi rút yêu cầu")
        case RequestMove.REOPEN:
            return _("Mở lại")
        case _:
            return step.move.value


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1].rstrip() + "…"
