"""Rounds of a rebuttal (các lần yêu cầu cải chính, phản hồi): one letter each, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from spokesdesk.domain.clock import end_of_day
from spokesdesk.domain.coverage import Ask
from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.journal import CLOCK_TOLERANCE, Attachment, Due
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Ref
from spokesdesk.domain.text import clean_text

REMARK_LIMIT = 2_000


class RoundTo(StrEnum):
    """Whom the letter of a round addresses (nơi nhận)."""

    OUTLET = "outlet"  # cơ quan báo chí
    GOVERNING_BODY = "governing_body"  # cơ quan chủ quản
    PRESS_AUTHORITY = "press_authority"  # cơ quan quản lý báo chí
    COURT = "court"  # tòa án


class RoundState(StrEnum):
    """Where a round stands."""

    WRITING = "writing"
    WAITING = "waiting"
    ANSWERED = "answered"
    CORRECTED = "corrected"
    PARTLY = "partly"
    PUBLISHED = "published"
    REFUSED = "refused"
    SILENT = "silent"
    WITHDRAWN = "withdrawn"


class RoundMove(StrEnum):
    """What happened in a round; each is an entry of the journal."""

    OPEN = "open"
    DELIVER = "deliver"
    ANSWER = "answer"
    CORRECT = "correct"
    PART = "part"
    PUBLISH = "publish"
    REFUSE = "refuse"
    SILENT = "silent"
    KEPT = "kept"
    WITHDRAW = "withdraw"
    UNDO = "undo"


_TARGETS = {
    RoundMove.OPEN: RoundState.WRITING,
    RoundMove.DELIVER: RoundState.WAITING,
    RoundMove.ANSWER: RoundState.ANSWERED,
    RoundMove.CORRECT: RoundState.CORRECTED,
    RoundMove.PART: RoundState.PARTLY,
    RoundMove.PUBLISH: RoundState.PUBLISHED,
    RoundMove.REFUSE: RoundState.REFUSED,
    RoundMove.SILENT: RoundState.SILENT,
    RoundMove.KEPT: RoundState.CORRECTED,
    RoundMove.WITHDRAW: RoundState.WITHDRAWN,
}
_FATES = (
    RoundMove.CORRECT,
    RoundMove.PART,
    RoundMove.PUBLISH,
    RoundMove.REFUSE,
    RoundMove.SILENT,
    RoundMove.WITHDRAW,
)
_ALLOWED: dict[RoundState, tuple[RoundMove, ...]] = {
    RoundState.WRITING: (RoundMove.DELIVER, RoundMove.WITHDRAW),
    RoundState.WAITING: (RoundMove.ANSWER, *_FATES),
    RoundState.ANSWERED: _FATES,
    RoundState.CORRECTED: (RoundMove.KEPT,),
}
OPEN_STATES = frozenset({RoundState.WRITING, RoundState.WAITING, RoundState.ANSWERED})
# With these the outlet has done all it was asked.
SATISFIED = frozenset({RoundState.CORRECTED, RoundState.PUBLISHED})


@dataclass(frozen=True, slots=True)
class RoundStep:
    """One thing that happened in a round.

    Attributes:
        at: UTC, when it was written down.
        done_at: UTC, when it happened.
        dues: the clocks it starts, fixed as the law stood that day.
        look_on: the day we look again by ourselves, where the law names none.
        file: the outlet's answer, a picture of the correction.
        url: where the correction or the response was published.
    """

    id: UUID
    move: RoundMove
    at: datetime
    by: Ref
    done_at: datetime
    remark: str = ""
    dues: tuple[Due, ...] = ()
    look_on: date | None = None
    file: Attachment | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Round:
    """One letter and its fate; it is what its steps say.

    Attributes:
        number: counted among the rounds of the article that go to the same kind of place, 1 first.
        addressee: whom the letter addresses, in words.
        paper_id: the letter; None for a court, whose papers are not ours to draft.
        claims: ids of the claims as they were worded in the letter.
        asks: what was asked in it.
    """

    id: UUID
    article_id: UUID
    number: int
    to: RoundTo
    addressee: str
    paper_id: UUID | None
    claims: tuple[UUID, ...]
    asks: tuple[Ask, ...]
    opened_at: datetime
    author: Ref
    steps: tuple[RoundStep, ...]

    @property
    def standing(self) -> tuple[RoundStep, ...]:
        """The steps that were not taken back."""
        return standing(self.steps)

    @property
    def state(self) -> RoundState:
        """Where the round stands."""
        return _TARGETS[self.standing[-1].move]

    @property
    def is_open(self) -> bool:
        """Whether something is still awaited."""
        return self.state in OPEN_STATES

    @property
    def delivered_at(self) -> datetime | None:
        """When the letter arrived (UTC)."""
        return next((step.done_at for step in self.standing if step.move is RoundMove.DELIVER), None)

    @property
    def ended_at(self) -> datetime | None:
        """When its fate was decided (UTC); None while it is open."""
        return next((step.done_at for step in self.standing if step.move in _FATES), None)

    @property
    def dues(self) -> tuple[Due, ...]:
        """The clocks that were started, in the order they were."""
        return tuple(due for step in self.standing for due in step.dues)

    @property
    def moves(self) -> tuple[RoundMove, ...]:
        """What may be written down next."""
        taken_back = (RoundMove.UNDO,) if len(self.standing) > 1 else ()
        is_kept = any(step.move is RoundMove.KEPT for step in self.standing)
        allowed = () if is_kept else _ALLOWED.get(self.state, ())
        if RoundMove.KEPT in allowed and not self.keep_dues:
            allowed = ()
        return (*allowed, *taken_back)

    @property
    def keep_dues(self) -> tuple[Due, ...]:
        """How long a published correction must at least stay, from the step that says it was published."""
        steps = [step for step in self.standing if step.move is RoundMove.CORRECT]
        return tuple(due for step in steps for due in step.dues if due.due_at is not None)

    @property
    def next_due(self) -> Due | None:
        """What is to be looked at next: the earliest clock that runs, or the day we set ourselves."""
        if self.state in (RoundState.WAITING, RoundState.ANSWERED):
            return _earliest(self.standing)
        if self.state is RoundState.CORRECTED and RoundMove.KEPT in self.moves:
            return self.keep_dues[0]
        return None


def standing(steps: Sequence[RoundStep]) -> tuple[RoundStep, ...]:
    """Give the steps that were not taken back, in their order."""
    kept: list[RoundStep] = []
    for step in steps:
        if step.move is RoundMove.UNDO:
            kept.pop()
        else:
            kept.append(step)
    return tuple(kept)


def _earliest(steps: Sequence[RoundStep]) -> Due | None:
    delivered = next(step for step in steps if step.move is RoundMove.DELIVER)
    answered = any(step.move is RoundMove.ANSWER for step in steps)
    dated = [due for due in delivered.dues if due.due_at and not (answered and is_answer(due))]
    look_on = next((step.look_on for step in reversed(steps) if step.look_on), None)
    if look_on is not None:
        undated = next((due for due in delivered.dues if due.due_at is None), None)
        dated.append(_own(undated, look_on))
    return min(dated, key=lambda due: due.due_at or delivered.at, default=None)


def _own(law: Due | None, on: date) -> Due:
    """Give the day we look again; the law's words stand beside it where it gives no day."""
    if law is None:
        return Due("", end_of_day(on), _("xem lại việc cải chính"), "", "verified")
    return Due(law.rule_id, end_of_day(on), law.wording, law.citation, law.confidence, law.note)


ANSWER_EVENT = "press_asked_by_agency"
ANSWER_MARK = "ASK-15"


def is_answer(due: Due) -> bool:
    """Whether a clock is the one of the outlet's written answer, which an answer stops."""
    return due.rule_id.endswith(ANSWER_MARK)


def require_move(before: Round, move: RoundMove) -> None:
    """Refuse a move that does not follow from where a round stands; raises ConflictError("round_move_illegal")."""
    if move not in before.moves:
        raise ConflictError(
            "round_move_illegal", step=move_words()[move], standing=state_words()[before.state][0]
        )


def checked_step(before: Round, step: RoundStep, now: datetime) -> RoundStep:
    """Give a step clean.

    Raises:
        ConflictError: ``round_move_illegal``.
        UserError: ``round_future`` or ``round_before_delivery``, naming ``done_at``; the remark is too long.
    """
    require_move(before, step.move)
    clean_text(step.remark, field="remark", limit=REMARK_LIMIT)
    if step.done_at > now + CLOCK_TOLERANCE:
        raise UserError("round_future", field="done_at")
    delivered = before.delivered_at
    if step.move is not RoundMove.UNDO and delivered is not None and step.done_at < delivered:
        raise UserError("round_before_delivery", field="done_at")
    return step


def state_words() -> dict[RoundState, tuple[str, str]]:
    """Give what people call each state, and the tone it is shown in."""
    return {
        RoundState.WRITING: (_("Đang soạn"), "neutral"),
        RoundState.WAITING: (_("Chờ trả lời"), "teal"),
        RoundState.ANSWERED: (_("Đã trả lời"), "teal"),
        RoundState.CORRECTED: (_("Đã cải chính"), "green"),
        RoundState.PARTLY: (_("Cải chính một phần"), "amber"),
        RoundState.PUBLISHED: (_("Đã đăng phản hồi"), "green"),
        RoundState.REFUSED: (_("Từ chối"), "red"),
        RoundState.SILENT: (_("Không trả lời"), "red"),
        RoundState.WITHDRAWN: (_("Thôi không yêu cầu"), "neutral"),
    }


def move_words() -> dict[RoundMove, str]:
    """Give what people call each thing that can happen."""
    return {
        RoundMove.OPEN: _("Soạn công văn"),
        RoundMove.DELIVER: _("Nơi nhận đã nhận công văn"),
        RoundMove.ANSWER: _("Đã trả lời bằng văn bản"),
        RoundMove.CORRECT: _("Đã cải chính, xin lỗi đủ"),
        RoundMove.PART: _("Mới cải chính một phần"),
        RoundMove.PUBLISH: _("Đã đăng ý kiến phản hồi"),
        RoundMove.REFUSE: _("Từ chối, có nêu lý do"),
        RoundMove.SILENT: _("Hết hạn mà không trả lời"),
        RoundMove.KEPT: _("Cải chính được giữ đủ thời gian"),
        RoundMove.WITHDRAW: _("Thôi không yêu cầu nữa"),
        RoundMove.UNDO: _("Lấy lại bước trước"),
    }


def to_words() -> dict[RoundTo, str]:
    """Give what people call each kind of addressee."""
    return {
        RoundTo.OUTLET: _("Cơ quan báo chí"),
        RoundTo.GOVERNING_BODY: _("Cơ quan chủ quản"),
        RoundTo.PRESS_AUTHORITY: _("Cơ quan quản lý báo chí"),
        RoundTo.COURT: _("Tòa án"),
    }
