"""Requests for information (yêu cầu cung cấp thông tin): who asks what, who has it, until when, what became of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import (
    CLOCK_TOLERANCE,
    QUESTION_LIMIT,
    QUESTIONS_LIMIT,
    TEXT_LIMIT,
    TOPIC_LIMIT,
    Channel,
    Due,
    GivenForm,
)
from spokesdesk.domain.people import NAME_LIMIT, Ref
from spokesdesk.domain.text import clean_line, clean_text

SHARED_LIMIT = 20
_MINUTE = timedelta(minutes=1)


class AskerKind(StrEnum):
    """Who asks (bên hỏi)."""

    PRESS = "press"  # nhà báo, cơ quan báo chí
    OFFICE = "office"  # Văn phòng của chính cơ quan, hoặc Văn phòng cấp trên chuyển xuống
    AGENCY = "agency"  # cơ quan khác, kể cả cơ quan chỉ đạo, quản lý báo chí


class RequestState(StrEnum):
    """Where a request is (trạng thái)."""

    OPEN = "open"  # mới nhận
    ASSIGNED = "assigned"  # đã giao
    ANSWERED = "answered"  # đã trả lời
    REFUSED = "refused"  # đã từ chối
    REFERRED = "referred"  # đã chuyển nơi có thẩm quyền
    WITHDRAWN = "withdrawn"  # bên hỏi rút


class RequestMove(StrEnum):
    """What can be done to a request; each one is an entry of the journal."""

    OPEN = "open"
    ASSIGN = "assign"
    HOLD = "hold"
    DEADLINE = "deadline"
    AMEND = "amend"
    ANSWER = "answer"
    REFUSE = "refuse"
    REFER = "refer"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


OPEN_STATES = frozenset({RequestState.OPEN, RequestState.ASSIGNED})
CLOSED_STATES = frozenset(RequestState) - OPEN_STATES


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked.

    Attributes:
        questions: one text a question.
        contact_id: the entry of the journal in which it came, if any.
    """

    topic: str
    questions: tuple[str, ...] = ()
    contact_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who works on it (phân công).

    Attributes:
        owner: the member who answers for it.
        lead_unit: đơn vị chủ trì, "" for none.
        shared: units and members it is shared with (phối hợp).
    """

    owner: Ref | None = None
    lead_unit: str = ""
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """The answer as it was given.

    Attributes:
        text: what was answered; "" when the paper says it all.
        paper_id: the released paper that answers, if one does.
        given_to: whom it was given to.
        given_at: UTC.
    """

    text: str
    form: GivenForm
    given_to: str
    given_at: datetime
    paper_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class CitedGround:
    """The ground of a refusal as it stood in the law on the day (căn cứ từ chối)."""

    id: str
    text: str
    citation: str
    confidence: str


@dataclass(frozen=True, slots=True)
class RequestStep:
    """One step of a request, recorded with who and when; what a step does not touch is None or "".

    Attributes:
        remark: reason or note.
        holder: who it waits on from here on.
        refer_to: the body it was passed to.
        paper_id: the letter drafted with a refusal or a transfer.
    """

    id: UUID
    request_id: UUID
    move: RequestMove
    target: RequestState
    at: datetime
    by: Ref
    remark: str = ""
    subject: Subject | None = None
    assignment: Assignment | None = None
    holder: str = ""
    due: Due | None = None
    answer: GivenAnswer | None = None
    ground: CitedGround | None = None
    refer_to: str = ""
    paper_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class RequestDraft:
    """A request as typed, before it is checked.

    Attributes:
        received_at: UTC.
        asker: the body that asks, for a request that does not come from the press.
        event: event of the rule pack that starts the clock, "" for none.
        wanted_at: until when the asker wants it, UTC; None when not said.
        owner_id: the member it is given to at once, if any.
    """

    channel: Channel
    received_at: datetime
    topic: str
    asker_kind: AskerKind = AskerKind.PRESS
    asker: str = ""
    outlet: str = ""
    outlet_id: UUID | None = None
    journalist: str = ""
    journalist_id: UUID | None = None
    questions: tuple[str, ...] = ()
    event: str = ""
    wanted_at: datetime | None = None
    owner_id: UUID | None = None
    lead_unit: str = ""
    shared: tuple[str, ...] = ()
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as its steps have left it.

    Attributes:
        received_at: UTC, when it came; ``entered_at`` when it was written down.
        asker: the body that asks; "" for the press, which ``outlet`` and ``journalist`` name.
        author: who wrote it down.
        due: the deadline as it stands now; an earlier one is in ``steps``.
        holder: who it waits on (đang chờ ai), "" while nobody has said.
        note_id: the note of the province that it is; None for others, and for those that bear the note's own id.
    """

    id: UUID
    asker_kind: AskerKind
    asker: str
    outlet: Ref | None
    journalist: Ref | None
    channel: Channel
    received_at: datetime
    entered_at: datetime
    author: Ref
    event: str
    subject: Subject
    state: RequestState = RequestState.OPEN
    assignment: Assignment = Assignment()
    holder: str = ""
    due: Due | None = None
    steps: tuple[RequestStep, ...] = ()
    note_id: UUID | None = None

    @property
    def topic(self) -> str:
        """What lists call it."""
        return self.subject.topic

    @property
    def who(self) -> str:
        """Who asks, as one line."""
        names = [ref.name for ref in (self.journalist, self.outlet) if ref]
        return " – ".join(names) if names else self.asker

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an end."""
        return self.state in OPEN_STATES

    @property
    def closing(self) -> RequestStep | None:
        """The step that ended it; None while it is open."""
        if self.is_open:
            return None
        return next((step for step in reversed(self.steps) if step.target is self.state), None)

    def after(self, step: RequestStep) -> "Request":
        """Give the request as one more step leaves it."""
        return replace(
            self,
            state=step.target,
            subject=step.subject or self.subject,
            assignment=step.assignment or self.assignment,
            holder=step.holder or self.holder,
            due=step.due or self.due,
            steps=(*self.steps, step),
        )


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as a list shows it; ``n`` is the order of arrival, ``citation`` the căn cứ of its deadline."""

    n: int
    id: UUID
    received_at: datetime
    who: str
    topic: str
    state: RequestState
    owner: str
    lead_unit: str
    holder: str
    due_at: datetime | None
    closed_at: datetime | None
    citation: str = ""


def checked(draft: RequestDraft, now: datetime) -> RequestDraft:
    """Give the draft with clean text, ready to become a request.

    Args:
        draft: as typed.
        now: UTC.

    Raises:
        UserError: names the field: ``received_at`` in the future, nothing in ``topic``, nobody who asks, a wish
            that ends before it begins, a text over its limit.
    """
    if draft.received_at > now + CLOCK_TOLERANCE:
        raise UserError("received_in_future", field="received_at")
    if draft.wanted_at is not None and draft.wanted_at <= draft.received_at:
        raise UserError("request_wanted_early", field="wanted_at")
    is_press = draft.asker_kind is AskerKind.PRESS
    outlet = clean_line(draft.outlet, field="outlet", limit=NAME_LIMIT) if is_press else ""
    journalist = clean_line(draft.journalist, field="journalist", limit=NAME_LIMIT) if is_press else ""
    asker = "" if is_press else clean_line(draft.asker, field="asker", limit=NAME_LIMIT, required=True)
    if is_press and not (outlet or journalist or draft.outlet_id or draft.journalist_id):
        raise UserError("who_missing", field="journalist")
    subject = checked_subject(Subject(draft.topic, draft.questions))
    return replace(
        draft,
        asker=asker,
        outlet=outlet,
        outlet_id=draft.outlet_id if is_press else None,
        journalist=journalist,
        journalist_id=draft.journalist_id if is_press else None,
        topic=subject.topic,
        questions=subject.questions,
        lead_unit=clean_line(draft.lead_unit, field="lead_unit", limit=NAME_LIMIT),
        shared=checked_shared(draft.shared),
        holder=checked_holder(draft.holder),
    )


def checked_subject(subject: Subject) -> Subject:
    """Give what is asked with clean text; raises UserError naming ``topic`` or ``questions``."""
    if len(subject.questions) > QUESTIONS_LIMIT:
        raise UserError("too_many_questions", field="questions", limit=QUESTIONS_LIMIT)
    questions = (clean_text(q, field="questions", limit=QUESTION_LIMIT) for q in subject.questions)
    return replace(
        subject,
        topic=clean_line(subject.topic, field="topic", limit=TOPIC_LIMIT, required=True),
        questions=tuple(q for q in questions if q),
    )


def checked_shared(names: tuple[str, ...]) -> tuple[str, ...]:
    """Give whom it is shared with, each once; raises UserError naming ``shared``."""
    clean = [clean_line(name, field="shared", limit=NAME_LIMIT) for name in names]
    found = tuple(dict.fromkeys(name for name in clean if name))
    if len(found) > SHARED_LIMIT:
        raise UserError("request_shared_many", field="shared", limit=SHARED_LIMIT)
    return found


def checked_holder(name: str) -> str:
    """Give who it waits on; raises UserError naming ``holder``."""
    return clean_line(name, field="holder", limit=NAME_LIMIT)


def checked_answer(answer: GivenAnswer, request: Request, now: datetime) -> GivenAnswer:
    """Give an answer that can close a request.

    Raises:
        UserError: neither text nor paper (``answer``), no way in which it was given (``given_form``), nobody it was
            given to (``given_to``), a time after now or before the request came (``given_at``).
    """
    text = clean_text(answer.text, field="answer", limit=TEXT_LIMIT)
    if not text and answer.paper_id is None:
        raise UserError("answer_missing", field="answer")
    if answer.form is GivenForm.NONE:
        raise UserError("answer_form_missing", field="given_form")
    given_to = clean_line(
        answer.given_to or request.who, field="given_to", limit=2 * NAME_LIMIT, required=True
    )
    if answer.given_at > now + CLOCK_TOLERANCE:
        raise UserError("answer_in_future", field="given_at")
    # Moments are typed to the minute: an answer in the minute of the question is after it.
    if answer.given_at + _MINUTE <= request.received_at:
        raise UserError("answer_before_request", field="given_at")
    return replace(answer, text=text, given_to=given_to)
