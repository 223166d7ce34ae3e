"""Case files (hồ sơ vụ việc): harassment, impostors, misuse of the press title; what they hold and how they move."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.journal import CLOCK_TOLERANCE
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import NAME_LIMIT, Ref
from spokesdesk.domain.text import clean_line, clean_text

TITLE_LIMIT = 250
FACTS_LIMIT = 20_000
REMARK_LIMIT = 2_000
MARKS_LIMIT = 1_000
RECIPIENTS_LIMIT = 30


class CaseKind(StrEnum):
    """What the case is about (loại vụ việc)."""

    HARASSMENT = "harassment"
    IMPOSTOR = "impostor"
    MISUSE = "misuse"

    @property
    def wording(self) -> str:
        """The kind in a few Vietnamese words."""
        return {
            CaseKind.HARASSMENT: _("Sách nhiễu, đe dọa"),
            CaseKind.IMPOSTOR: _("Mạo danh nhà báo"),
            CaseKind.MISUSE: _("Lợi dụng danh nghĩa nhà báo"),
        }[self]


class CaseState(StrEnum):
    """Where a case stands."""

    OPEN = "open"
    REPORTED = "reported"
    CLOSED = "closed"

    @property
    def wording(self) -> str:
        """The state in a few Vietnamese words."""
        return {
            CaseState.OPEN: _("Đang thu thập"),
            CaseState.REPORTED: _("Đã báo"),
            CaseState.CLOSED: _("Đã đóng"),
        }[self]


class CaseMove(StrEnum):
    """What is done with a case; each is an entry of the journal."""

    OPEN = "open"
    DRAFT = "draft"
    REPORT = "report"
    CLOSE = "close"
    REOPEN = "reopen"
    EXPORT = "export"

    @property
    def wording(self) -> str:
        """The move in a few Vietnamese words."""
        return {
            CaseMove.OPEN: _("Mở hồ sơ"),
            CaseMove.DRAFT: _("Soạn công văn báo cáo"),
            CaseMove.REPORT: _("Ghi nhận đã báo"),
            CaseMove.CLOSE: _("Đóng hồ sơ"),
            CaseMove.REOPEN: _("Mở lại hồ sơ"),
            CaseMove.EXPORT: _("Xuất gói chứng cứ"),
        }[self]


class CaseOutcome(StrEnum):
    """How a case ended (kết quả)."""

    HANDLED = "handled"
    PASSED = "passed"
    UNFOUNDED = "unfounded"
    MISTAKE = "mistake"

    @property
    def wording(self) -> str:
        """The outcome in a few Vietnamese words."""
        return {
            CaseOutcome.HANDLED: _("Đã được xử lý"),
            CaseOutcome.PASSED: _("Đã chuyển cơ quan có thẩm quyền"),
            CaseOutcome.UNFOUNDED: _("Không đủ căn cứ"),
            CaseOutcome.MISTAKE: _("Mở nhầm"),
        }[self]


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """A case's facts as typed, before they are checked.

    Attributes:
        happened_at: UTC; None while it is not known.
        person: how the person introduced himself (người xưng danh).
        outlet: the outlet the person claimed to come from, as typed or chosen.
        marks: telephone, vehicle, look: what the person may be known by.
        facts: what happened, in order (diễn biến).
        contact_id: the contact of the journal that the case was opened from.
    """

    kind: CaseKind
    title: str
    happened_at: datetime | None = None
    place: str = ""
    person: str = ""
    outlet: str = ""
    outlet_id: UUID | None = None
    marks: str = ""
    facts: str = ""
    contact_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class CaseStep:
    """One move of a case, with who and when.

    Attributes:
        at: UTC, when it was written down.
        done_at: UTC, when it was done, e.g. when the hotline was called.
        to: who was told, for a report.
        paper_id: the letter, where there is one.
        outcome: how the case ended, for closing.
    """

    id: UUID
    move: CaseMove
    target: CaseState
    at: datetime
    by: Ref
    remark: str = ""
    done_at: datetime | None = None
    to: tuple[str, ...] = ()
    paper_id: UUID | None = None
    outcome: CaseOutcome | None = None


@dataclass(frozen=True, slots=True)
class CaseVersion:
    """The facts of a case as they were saved once; never changed afterwards."""

    version: int
    facts: CaseDraft
    at: datetime
    by: Ref


@dataclass(frozen=True, slots=True)
class Case:
    """A case file (hồ sơ vụ việc).

    Attributes:
        facts: as they stand now.
        version: grows with each saved change of the facts.
        opened_at, saved_at: UTC.
        steps: every move, the first one first.
    """

    id: UUID
    facts: CaseDraft
    state: CaseState
    version: int
    opened_at: datetime
    saved_at: datetime
    author: Ref
    steps: tuple[CaseStep, ...] = ()

    @property
    def title(self) -> str:
        """What lists call the case."""
        return self.facts.title

    @property
    def papers(self) -> tuple[UUID, ...]:
        """The letters drafted for the case, each once, the first one first."""
        return tuple(dict.fromkeys(step.paper_id for step in self.steps if step.paper_id is not None))


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case as a list shows it; ``items`` counts the evidence that is not withdrawn."""

    n: int
    id: UUID
    kind: CaseKind
    title: str
    state: CaseState
    happened_at: datetime | None
    opened_at: datetime
    person: str
    outlet: str
    author: str
    items: int


# From which states a move is legal, and where it leads; None keeps the state.
_MOVES: dict[CaseMove, tuple[tuple[CaseState, ...], CaseState | None]] = {
    CaseMove.DRAFT: ((CaseState.OPEN, CaseState.REPORTED), None),
    CaseMove.REPORT: ((CaseState.OPEN, CaseState.REPORTED), CaseState.REPORTED),
    CaseMove.CLOSE: ((CaseState.OPEN, CaseState.REPORTED), CaseState.CLOSED),
    CaseMove.REOPEN: ((CaseState.CLOSED,), CaseState.OPEN),
    CaseMove.EXPORT: (tuple(CaseState), None),
}


def checked_case(draft: CaseDraft, now: datetime) -> CaseDraft:
    """Give the facts with clean text.

    Args:
        draft: as typed.
        now: UTC.

    Raises:
        UserError: names the field: no title, a time in the future, a text over its limit.
    """
    if draft.happened_at is not None and draft.happened_at > now + CLOCK_TOLERANCE:
        raise UserError("case_in_future", field="happened_at")
    return replace(
        draft,
        title=clean_line(draft.title, field="title", limit=TITLE_LIMIT, required=True),
        place=clean_line(draft.place, field="place", limit=NAME_LIMIT),
        person=clean_line(draft.person, field="person", limit=NAME_LIMIT),
        outlet=clean_line(draft.outlet, field="outlet", limit=NAME_LIMIT),
        marks=clean_text(draft.marks, field="marks", limit=MARKS_LIMIT),
        facts=clean_text(draft.facts, field="facts", limit=FACTS_LIMIT),
    )


def target_of(case: Case, move: CaseMove) -> CaseState:
    """Say where a move leads; raises ConflictError("case_move_illegal") when it is not legal now."""
    sources, target = _MOVES[move]
    if case.state not in sources:
        raise ConflictError("case_move_illegal", move=move.wording.lower(), state=case.state.wording.lower())
    return target or case.state


def checked_step(step: CaseStep, now: datetime) -> CaseStep:
    """Give a move with clean text.

    Raises:
        UserError: a report without anybody told (``to``) or done in the future (``done_at``); closing without
            ``outcome``; reopening without a reason (``remark``).
    """
    to = tuple(clean_line(name, field="to", limit=300) for name in step.to)
    to = tuple(dict.fromkeys(name for name in to if name))
    if step.move is CaseMove.REPORT and not to:
        raise UserError("case_told_nobody", field="to")
    if len(to) > RECIPIENTS_LIMIT:
        raise UserError("case_too_many_told", field="to", limit=RECIPIENTS_LIMIT)
    if step.done_at is not None and step.done_at > now + CLOCK_TOLERANCE:
        raise UserError("case_in_future", field="done_at")
    if step.move is CaseMove.CLOSE and step.outcome is None:
        raise UserError("field_required", field="outcome")
    required = step.move is CaseMove.REOPEN
    remark = clean_text(step.remark, field="remark", limit=REMARK_LIMIT, required=required)
    return replace(step, to=to, remark=remark)


def moves_for(case: Case) -> tuple[CaseMove, ...]:
    """Give the moves that are legal now."""
    return tuple(move for move, (sources, _target) in _MOVES.items() if case.state in sources)
