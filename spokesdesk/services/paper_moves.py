"""What every step of a paper shares: a draft is added, a step is checked and recorded."""

from dataclasses import replace
from uuid import UUID

from spokesdesk.domain import papers as rules
from spokesdesk.domain.errors import ConflictError
from spokesdesk.domain.letters import Letter
from spokesdesk.domain.papers import Move, Paper, PaperMove, PaperState
from spokesdesk.services.ports import Desk, Unit

# What cannot be taken back waits until people who wrote at the same time have agreed on one text.
_BINDING = frozenset({Move.APPROVE, Move.NUMBER, Move.RELEASE})


def add_draft(
    desk: Desk, unit: Unit, letter: Letter, article_id: UUID | None, corrects: UUID | None = None
) -> Paper:
    """Write a draft inside a running transaction; number and date are the registry's and are left out."""
    now = desk.now()
    made = Paper(
        id=desk.new_id(),
        letter=replace(letter, number=None, date_on=None),
        state=PaperState.DRAFT,
        version=1,
        author=desk.member.ref,
        created_at=now,
        saved_at=now,
        article_id=article_id,
        corrects=corrects,
    )
    unit.papers.add(made, desk.new_id())
    return made


def step(desk: Desk, unit: Unit, before: Paper, move: Move, remark: str) -> PaperMove:
    """Give the record of a step by the member who works now; raises as ``domain.papers.check_move``."""
    target = rules.check_move(before, move, desk.member, remark)
    if move in _BINDING and unit.replicas.has_conflict("paper", before.id):
        raise ConflictError("conflict_open")
    return PaperMove(
        id=desk.new_id(),
        move=move,
        target=target,
        at=desk.now(),
        by=desk.member.ref,
        version=before.version,
        text_sha256=unit.papers.text_sha256(before.id, before.version),
        remark=remark.strip(),
        is_flagged=rules.is_self_approval(before, move, desk.member),
    )
