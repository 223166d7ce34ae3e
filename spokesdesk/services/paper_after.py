"""Papers after approval and release: corrected, withdrawn, and approvals of one's own paper looked at later."""

from dataclasses import replace
from uuid import UUID

from spokesdesk.domain import papers as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.letters import Letter, LetterKind
from spokesdesk.domain.papers import CorrectionWay, Flagged, Move, Paper, PaperReview
from spokesdesk.domain.people import Agency, Role
from spokesdesk.domain.register import mark
from spokesdesk.domain.text import clean_text, short_date
from spokesdesk.services.paper_moves import add_draft, step
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.templates import blank, wording

REMARK_LIMIT = 2_000


def correct(
    desk: Desk, paper_id: UUID, reason: str, way: CorrectionWay = CorrectionWay.REPLACE
) -> tuple[Paper, Changes]:
    """Mark a released paper as corrected and draft the paper that puts it right, linked to it.

    Args:
        reason: what is wrong; required, kept in the history and the register.
        way: a new paper of the same form for wrong content, a công văn for wrong form or procedure.

    Returns:
        The new draft; the old paper keeps its text, number and files.

    Raises:
        ConflictError: not released, or corrected or withdrawn before.
        UserError: names ``remark`` when there is no reason.

    Source:
        NĐ 30/2020/NĐ-CP, Điều 18 khoản 3.
    """
    clean = clean_text(reason, field="remark", limit=REMARK_LIMIT)
    with desk.write() as unit:
        before = unit.papers.get(paper_id)
        unit.papers.move(paper_id, step(desk, unit, before, Move.CORRECT, clean), before.state)
        letter = correcting_letter(before, clean, way, unit.people.agency())
        drafted = add_draft(desk, unit, letter, before.article_id, paper_id)
    return drafted, (Change("paper", drafted.id), Change("paper", paper_id))


def correcting_letter(old: Paper, reason: str, way: CorrectionWay, agency: Agency) -> Letter:
    """Compose the paper that puts another one right."""
    words = wording("correction")
    letter = old.letter
    assert old.numbered_on is not None
    kind = wording("kinds")[letter.kind.value]
    day = short_date(old.numbered_on)
    named = words["named"]["paper"].format(kind=kind, mark=mark(old), day=day)
    why = reason.strip().rstrip(".;")
    if way is CorrectionWay.REPLACE:
        lead = words["replace"]["opening"].format(named=named, reason=why)
        return replace(letter, body=f"{lead}\n\n{letter.body}")
    form = words["letter"]
    about = form["about"].format(subject=letter.subject) if letter.subject else ""
    paragraphs = (
        form["opening"].format(day=day, agency=agency.name, named=named, about=about),
        form["reason"].format(reason=why, agency=agency.name),
        form["written"],
        form["right"],
        form["closing"].format(named=named, agency=agency.name),
    )
    made = blank(LetterKind.CONG_VAN, agency)
    return replace(
        made,
        subject=form["subject"].format(named=named),
        addressees=letter.addressees,
        recipients=letter.recipients or made.recipients,
        body="\n\n".join(paragraphs),
    )


def withdraw(desk: Desk, paper_id: UUID, reason: str) -> tuple[Paper, Changes]:
    """Withdraw a released paper: text, number and files stay as they are; its public page is taken down.

    Args:
        reason: required.

    Raises:
        ConflictError: not released, or withdrawn before.
        UserError: names ``remark`` when there is no reason.

    Source:
        NĐ 30/2020/NĐ-CP, Điều 18 khoản 4; Phụ lục VI (the sender's record is frozen).
    """
    clean = clean_text(reason, field="remark", limit=REMARK_LIMIT)
    with desk.write() as unit:
        before = unit.papers.get(paper_id)
        unit.papers.move(paper_id, step(desk, unit, before, Move.WITHDRAW, clean), before.state)
        gone = unit.papers.get(paper_id)
        unit.outbox.queue_withdrawal(gone, desk.now())
        unit.elsewhere.queue_withdrawal(gone, desk.now())
    return gone, (Change("paper", paper_id), Change("sync"))


def flagged(desk: Desk) -> Flagged:
    """Give the approvals of one's own paper: how many of all, and who looked at them; the open ones first."""
    with desk.read() as unit:
        found = unit.paper_history.flagged()
        ordered = sorted(found, key=lambda item: item.approval.review is not None)
        return Flagged(unit.paper_history.approvals(), tuple(ordered))


def review(desk: Desk, paper_id: UUID, remark: str = "") -> tuple[Paper, Changes]:
    """Note that another leader has looked at a flagged approval afterwards (đã xem lại).

    Raises:
        ConflictError: ``review_not_needed``, ``review_done``.
        AccessError: no leader, or the one who approved.
    """
    clean = clean_text(remark, field="remark", limit=REMARK_LIMIT)
    with desk.write() as unit:
        before = unit.papers.get(paper_id)
        approval = rules.check_review(before, desk.member)
        made = PaperReview(desk.new_id(), approval.id, desk.now(), desk.member.ref, clean)
        unit.paper_history.add_review(made)
        return unit.papers.get(paper_id), (Change("paper", paper_id),)


def self_approval_reason(desk: Desk, unit: Unit, paper: Paper, remark: str) -> str:
    """Give the reason that a flagged approval is recorded with.

    Where nobody else could approve, that is the reason; where another leader works here, one must be typed.

    Raises:
        UserError: ``self_approval_reason``, names ``remark``.
    """
    if remark.strip() or not rules.is_self_approval(paper, Move.APPROVE, desk.member):
        return remark
    if other_leader(desk, unit):
        raise UserError("self_approval_reason", field="remark")
    return str(wording("moves")["one_person"])


def other_leader(desk: Desk, unit: Unit) -> bool:
    """Say whether somebody else could approve."""
    return any(
        member.id != desk.member.id and Role.LEADER in member.roles for member in unit.people.members()
    )
