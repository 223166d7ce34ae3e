"""Papers (văn bản) and their way from draft to release: states, who may move them, numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from spokesdesk.domain.errors import AccessError, ConflictError, UserError
from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.letters import Letter
from spokesdesk.domain.people import Member, Ref, Role


class PaperState(StrEnum):
    """Where a paper is (trạng thái)."""

    DRAFT = "draft"  # đang soạn
    SUBMITTED = "submitted"  # đã trình
    RETURNED = "returned"  # bị trả lại
    APPROVED = "approved"  # đã duyệt
    NUMBERED = "numbered"  # đã cấp số
    RELEASED = "released"  # đã phát hành
    CORRECTED = "corrected"  # đã đính chính: another paper corrects or replaces it
    WITHDRAWN = "withdrawn"  # đã thu hồi


class Move(StrEnum):
    """What can be done to a paper."""

    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    NUMBER = "number"
    RELEASE = "release"
    RENUMBER = "renumber"
    CORRECT = "correct"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class MoveRule:
    """From which states a move is legal, where it leads, and whose move it is."""

    sources: frozenset[PaperState]
    target: PaperState
    roles: tuple[Role, ...]


# The order of signing and numbering: NĐ 30/2020/NĐ-CP, Điều 10–14 (soạn, duyệt, ký ban hành; cấp số; phát hành).
MOVES: dict[Move, MoveRule] = {
    Move.SUBMIT: MoveRule(
        frozenset({PaperState.DRAFT, PaperState.RETURNED}),
        PaperState.SUBMITTED,
        (Role.DRAFTER, Role.SPOKESPERSON),
    ),
    Move.RETURN: MoveRule(frozenset({PaperState.SUBMITTED}), PaperState.RETURNED, (Role.LEADER,)),
    Move.APPROVE: MoveRule(frozenset({PaperState.SUBMITTED}), PaperState.APPROVED, (Role.LEADER,)),
    Move.NUMBER: MoveRule(frozenset({PaperState.APPROVED}), PaperState.NUMBERED, (Role.REGISTRY,)),
    # A number typed wrongly or twice is put right before the paper goes out; after that the paper is corrected.
    Move.RENUMBER: MoveRule(frozenset({PaperState.NUMBERED}), PaperState.NUMBERED, (Role.REGISTRY,)),
    Move.RELEASE: MoveRule(
        frozenset({PaperState.NUMBERED}), PaperState.RELEASED, (Role.REGISTRY, Role.SPOKESPERSON)
    ),
    # NĐ 30/2020/NĐ-CP, Điều 18 khoản 3 (sửa đổi, thay thế, đính chính) and khoản 4 (thu hồi).
    Move.CORRECT: MoveRule(
        frozenset({PaperState.RELEASED}), PaperState.CORRECTED, (Role.LEADER, Role.SPOKESPERSON)
    ),
    Move.WITHDRAW: MoveRule(
        frozenset({PaperState.RELEASED, PaperState.CORRECTED}),
        PaperState.WITHDRAWN,
        (Role.LEADER, Role.SPOKESPERSON),
    ),
}

EDITABLE = frozenset({PaperState.DRAFT, PaperState.RETURNED, PaperState.SUBMITTED})
FINISHED = frozenset({PaperState.RELEASED, PaperState.CORRECTED, PaperState.WITHDRAWN})
REASONED = frozenset({Move.RETURN, Move.RENUMBER, Move.CORRECT, Move.WITHDRAW})


class CorrectionWay(StrEnum):
    """How a released paper is put right (NĐ 30/2020/NĐ-CP, Điều 18 khoản 3)."""

    REPLACE = "replace"  # wrong in content: amended or replaced by a paper of the same form
    LETTER = "letter"  # wrong in form, technique or procedure: corrected by a công văn


@dataclass(frozen=True, slots=True)
class PaperMove:
    """One step of a paper, recorded with who and when.

    Attributes:
        version: version of the text that was moved.
        text_sha256: hash of that text.
        is_flagged: one person both wrote and approved it; allowed in a small office, shown and counted.
    """

    id: UUID
    move: Move
    target: PaperState
    at: datetime
    by: Ref
    version: int
    text_sha256: str
    remark: str = ""
    is_flagged: bool = False
    review: "PaperReview | None" = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """What numbering gives a paper (số, ngày, hệ thống số): with the files made of it."""

    number: int
    on: date
    series: str
    docx: Attachment
    pdf: Attachment


@dataclass(frozen=True, slots=True)
class PaperReview:
    """A flagged approval looked at afterwards by another leader (đã xem lại)."""

    id: UUID
    move_id: UUID
    at: datetime
    by: Ref
    remark: str = ""


@dataclass(frozen=True, slots=True)
class PaperVersion:
    """One saved text of a paper.

    Attributes:
        same_as: an earlier version with the same text, as after a restore; None when there is none.
        moves: what was done with this version.
    """

    version: int
    at: datetime
    by: Ref
    text_sha256: str
    same_as: int | None = None
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class FlaggedApproval:
    """An approval of one's own paper, and who looked at it later."""

    paper_id: UUID
    title: str
    kind: str
    number: int | None
    symbol: str
    state: PaperState
    approval: PaperMove


@dataclass(frozen=True, slots=True)
class Flagged:
    """Exceptions from the two-person rule, those not yet looked at first.

    Attributes:
        approvals: how many approvals there were in all.
    """

    approvals: int
    items: tuple[FlaggedApproval, ...]

    @property
    def count(self) -> int:
        """How many approvals were of one's own paper."""
        return len(self.items)

    @property
    def unreviewed(self) -> int:
        """How many nobody else has looked at yet."""
        return sum(item.approval.review is None for item in self.items)

    @property
    def percent(self) -> int:
        """Share of all approvals, rounded."""
        return round(100 * self.count / self.approvals) if self.approvals else 0


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with its text as it is now.

    Attributes:
        version: grows with each saved change of the text.
        number: số, stamped by the registry; None before.
        numbered_on: date printed on the paper.
        article_id: the article it answers, if any.
        docx, pdf: the files rendered when it was numbered; None before.
        due_at: until when it should be approved, as set when it was submitted; UTC.
        corrects: the released paper that this one corrects or replaces.
        corrected_by: the paper that corrects or replaces this one.
    """

    id: UUID
    letter: Letter
    state: PaperState
    version: int
    author: Ref
    created_at: datetime
    saved_at: datetime
    number: int | None = None
    numbered_on: date | None = None
    article_id: UUID | None = None
    moves: tuple[PaperMove, ...] = ()
    docx: Attachment | None = None
    pdf: Attachment | None = None
    due_at: datetime | None = None
    corrects: UUID | None = None
    corrected_by: UUID | None = None

    @property
    def title(self) -> str:
        """What lists call the paper: its subject."""
        return self.letter.subject

    @property
    def is_frozen(self) -> bool:
        """Whether the text can no longer change (after approval)."""
        return self.state not in EDITABLE


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper as a list shows it; ``sync`` is queued, sent, published, quarantined or ""."""

    n: int
    id: UUID
    kind: str
    title: str
    state: PaperState
    number: int | None
    symbol: str
    saved_at: datetime
    author: str
    sync: str = ""


def check_move(paper: Paper, move: Move, member: Member, remark: str = "") -> PaperState:
    """Say where a move leads.

    Raises:
        ConflictError: the move is not legal from the paper's state.
        AccessError: the member holds none of the roles whose move it is.
        UserError: a paper is returned, corrected or withdrawn without a reason.
    """
    rule = MOVES[move]
    if paper.state not in rule.sources:
        raise ConflictError("paper_move_illegal", move=move.value, state=paper.state.value)
    member.require(*rule.roles)
    if move in REASONED and not remark.strip():
        raise UserError("field_required", field="remark")
    return rule.target


def is_self_approval(paper: Paper, move: Move, member: Member) -> bool:
    """Say whether one person writes and approves: allowed for a small office, flagged (N25)."""
    submitters = [step.by.id for step in paper.moves if step.move is Move.SUBMIT]
    return move is Move.APPROVE and member.id in {paper.author.id, *submitters}


def moves_for(paper: Paper, member: Member) -> tuple[Move, ...]:
    """Give the moves that this member may make now, in their usual order."""
    return tuple(
        move
        for move, rule in MOVES.items()
        if paper.state in rule.sources and member.active and member.roles & set(rule.roles)
    )


def waits_for(state: PaperState) -> tuple[Role, ...]:
    """Give the roles whose turn it is in a state; empty when nobody's."""
    waiting = {
        PaperState.SUBMITTED: MOVES[Move.APPROVE].roles,
        PaperState.RETURNED: MOVES[Move.SUBMIT].roles,
        PaperState.APPROVED: MOVES[Move.NUMBER].roles,
        PaperState.NUMBERED: MOVES[Move.RELEASE].roles,
    }
    return waiting.get(state, ())


def edited_at_approval(paper: Paper) -> tuple[int, int] | None:
    """Give (version submitted, version approved) where the text was changed in between; None where it was not."""
    approved = next((step for step in reversed(paper.moves) if step.move is Move.APPROVE), None)
    sent = next((step for step in reversed(paper.moves) if step.move is Move.SUBMIT), None)
    if approved is None or sent is None or sent.text_sha256 == approved.text_sha256:
        return None
    return sent.version, approved.version


def check_review(paper: Paper, member: Member) -> PaperMove:
    """Give the flagged approval that the member may look at afterwards.

    Raises:
        ConflictError: ``review_not_needed``, ``review_done``.
        AccessError: the member is no leader, or the very one who approved.
    """
    flagged = next((step for step in reversed(paper.moves) if step.is_flagged), None)
    if flagged is None:
        raise ConflictError("review_not_needed")
    if flagged.review is not None:
        raise ConflictError("review_done", member=flagged.review.by.name)
    member.require(Role.LEADER)
    if member.id == flagged.by.id:
        raise AccessError("review_own", member=member.name)
    return flagged


def pick_number(taken: Iterable[int], wanted: int | None) -> int:
    """Give the number to stamp.

    Args:
        taken: numbers of the series already given this year.
        wanted: the number typed by the registry; None for the next one.

    Raises:
        ConflictError: the number typed is taken.
        UserError: it is not a positive number of at most six digits.

    Source:
        NĐ 30/2020/NĐ-CP, Điều 15(1): from 01 on 1 January, unbroken, each number once in a year.
    """
    used = set(taken)
    if wanted is None:
        return max(used, default=0) + 1
    if not 1 <= wanted <= 999_999:
        raise UserError("number_form", field="number")
    if wanted in used:
        raise ConflictError("number_taken", number=wanted, bearer="…")
    return wanted
