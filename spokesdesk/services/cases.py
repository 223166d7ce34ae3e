"""Case files: opened from a contact in one step or from scratch, corrected by versions, moved and closed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from spokesdesk.domain import cases as rules
from spokesdesk.domain.cases import (
    Case,
    CaseDraft,
    CaseKind,
    CaseMove,
    CaseOutcome,
    CaseRow,
    CaseState,
    CaseStep,
    CaseVersion,
)
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import ConflictError
from spokesdesk.domain.evidence import Custody, Evidence
from spokesdesk.domain.journal import Contact
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.routing import Offence
from spokesdesk.services import routing
from spokesdesk.services.listed import Listed
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.paging import Paged
from spokesdesk.services.routing import Route


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with everything its page shows.

    Attributes:
        items: evidence, withdrawn items too.
        log: the custody log.
        routes: where it is reported today.
        law: what a report names.
        contact: the contact it was opened from, None for none.
        papers: the letters drafted for it: id, what lists call it, state.
    """

    case: Case
    items: tuple[Evidence, ...]
    log: tuple[Custody, ...]
    routes: tuple[Route, ...]
    law: tuple[Offence, ...]
    contact: Contact | None
    papers: tuple[tuple[UUID, str, str], ...]


def open_case(desk: Desk, draft: CaseDraft, draft_id: UUID | None = None) -> tuple[Case, Changes]:
    """Open a case from scratch.

    Args:
        draft: as typed.
        draft_id: the autosaved draft that this case replaces.

    Raises:
        UserError: names the field.
    """
    clean = rules.checked_case(draft, desk.now())
    with desk.write() as unit:
        opened = _opened(desk, unit, clean)
        if draft_id is not None:
            unit.drafts.drop(draft_id)
    return opened, _changes(opened)


def open_from_contact(desk: Desk, contact_id: UUID) -> tuple[Case, bool, Changes]:
    """Open a case from a contact of the journal, filled with what the contact says.

    Returns:
        The case and whether it is new: a contact whose case is not closed gives that one again.
    """
    with desk.write() as unit:
        known = unit.cases.of_contact(contact_id)
        if known is not None:
            there = unit.cases.get(known)
            if there.state is not CaseState.CLOSED:
                return there, False, ()
        opened = _opened(desk, unit, from_contact(unit.journal.get(contact_id)))
    return opened, True, _changes(opened)


def from_contact(entry: Contact) -> CaseDraft:
    """Give the facts of a case as a contact tells them: the kind follows what the papers were worth."""
    kind = CaseKind.HARASSMENT if entry.verification.result.is_good else CaseKind.IMPOSTOR
    person = entry.journalist.name if entry.journalist else ""
    outlet = entry.outlet.name if entry.outlet else ""
    who = ", ".join(part for part in (person, outlet) if part)
    title = f"{who}: {entry.topic}" if who else entry.topic
    said = [
        _("Nội dung người này nêu: {topic}.").format(topic=entry.topic.rstrip(".")),
        _("Kiểm tra giấy tờ: {result}.").format(result=entry.verification.result.wording),
        *(_("Người này hỏi: {question}").format(question=question) for question in entry.questions),
    ]
    return CaseDraft(
        kind=kind,
        title=title[: rules.TITLE_LIMIT],
        happened_at=entry.received_at,
        person=person,
        outlet=outlet,
        outlet_id=entry.outlet.id if entry.outlet else None,
        facts="\n".join(said)[: rules.FACTS_LIMIT],
        contact_id=entry.id,
    )


def case(desk: Desk, case_id: UUID) -> Case:
    """Give one case."""
    with desk.read() as unit:
        return unit.cases.get(case_id)


def view(desk: Desk, case_id: UUID) -> CaseView:
    """Give a case with everything its page shows."""
    with desk.read() as unit:
        return view_in(desk, unit, case_id)


def view_in(desk: Desk, unit: Unit, case_id: UUID) -> CaseView:
    """Give a case with everything its page shows, inside a running transaction."""
    found = unit.cases.get(case_id)
    contact_id = found.facts.contact_id
    papers = (unit.papers.get(paper_id) for paper_id in found.papers)
    return CaseView(
        case=found,
        items=unit.evidence.of(case_id),
        log=unit.evidence.log(case_id),
        routes=routing.routes_in(unit, found, vn_day(desk.now())),
        law=routing.law(found),
        contact=unit.journal.get(contact_id) if contact_id else None,
        papers=tuple((paper.id, paper.title, paper.state.value) for paper in papers),
    )


def versions(desk: Desk, case_id: UUID) -> tuple[CaseVersion, ...]:
    """Give every saved version of a case's facts, the first one first."""
    with desk.read() as unit:
        return unit.cases.versions(case_id)


def case_numbers(desk: Desk, words: str = "", states: Sequence[CaseState] = ()) -> tuple[int, ...]:
    """Give the numbers of cases for a list, the latest opened first."""
    with desk.read() as unit:
        return unit.cases.row_numbers(words, states=states)


def case_list(desk: Desk, words: str = "", states: Sequence[CaseState] = ()) -> Listed[CaseRow]:
    """Give the cases to read by pages, the latest opened first."""

    def pick(unit: Unit) -> Paged:
        return unit.cases.listed(words, states=states)

    return Listed(desk, pick, lambda unit, numbers: unit.cases.rows(numbers))


def case_rows(desk: Desk, numbers: Sequence[int]) -> tuple[CaseRow, ...]:
    """Give the rows of a list, in the order of their numbers."""
    with desk.read() as unit:
        return unit.cases.rows(numbers)


def save_facts(
    desk: Desk, case_id: UUID, draft: CaseDraft, expected_version: int, draft_id: UUID | None = None
) -> tuple[Case, Changes]:
    """Save a case's facts as their next version; unchanged facts make none.

    Args:
        draft: as typed; its contact is not changed.
        expected_version: the version that was edited.

    Raises:
        UserError: names the field.
        ConflictError: the case is closed (``case_closed``), or somebody saved it meanwhile.
    """
    clean = rules.checked_case(draft, desk.now())
    with desk.write() as unit:
        before = unit.cases.get(case_id)
        if before.state is CaseState.CLOSED:
            raise ConflictError("case_closed")
        if before.version != expected_version:
            raise ConflictError("case_changed_meanwhile")
        clean = replace(clean, contact_id=before.facts.contact_id)
        if clean != before.facts:
            saved = CaseVersion(expected_version + 1, clean, desk.now(), desk.member.ref)
            unit.cases.save_facts(case_id, desk.new_id(), saved)
        if draft_id is not None:
            unit.drafts.drop(draft_id)
        return unit.cases.get(case_id), (Change("case", case_id),)


def report(
    desk: Desk,
    case_id: UUID,
    to: Sequence[str],
    *,
    done_at: datetime | None = None,
    remark: str = "",
    paper_id: UUID | None = None,
) -> tuple[Case, Changes]:
    """Write down that the case was reported.

    Args:
        to: who was told, each as the list of places names it.
        done_at: UTC, when it was done; None for now.
        remark: by what way, who took it, the number of the letter.

    Raises:
        UserError: names ``to``, ``done_at`` or ``remark``.
        ConflictError: the case is closed.
    """
    told = tuple(to)
    return move(
        desk, case_id, CaseMove.REPORT, remark, to=told, done_at=done_at or desk.now(), paper_id=paper_id
    )


def close(desk: Desk, case_id: UUID, outcome: CaseOutcome, remark: str = "") -> tuple[Case, Changes]:
    """Close a case with its outcome; raises ConflictError, UserError naming ``outcome`` or ``remark``."""
    return move(desk, case_id, CaseMove.CLOSE, remark, outcome=outcome)


def reopen(desk: Desk, case_id: UUID, remark: str) -> tuple[Case, Changes]:
    """Open a closed case again; raises ConflictError, UserError naming ``remark`` when no reason is given."""
    return move(desk, case_id, CaseMove.REOPEN, remark)


def move(
    desk: Desk,
    case_id: UUID,
    made: CaseMove,
    remark: str = "",
    *,
    to: tuple[str, ...] = (),
    done_at: datetime | None = None,
    paper_id: UUID | None = None,
    outcome: CaseOutcome | None = None,
) -> tuple[Case, Changes]:
    """Write a move into the journal and give the case after it."""
    with desk.write() as unit:
        before = unit.cases.get(case_id)
        step = _step(desk, made, rules.target_of(before, made), remark)
        step = replace(step, to=to, done_at=done_at, paper_id=paper_id, outcome=outcome)
        unit.cases.move(case_id, rules.checked_step(step, desk.now()), before.state)
        return unit.cases.get(case_id), (Change("case", case_id),)


def note_letter(desk: Desk, unit: Unit, before: Case, paper_id: UUID) -> None:
    """Write down, inside a running transaction, that a letter was drafted for a case."""
    step = _step(desk, CaseMove.DRAFT, rules.target_of(before, CaseMove.DRAFT), "")
    unit.cases.move(before.id, replace(step, paper_id=paper_id), before.state)


def note_export(desk: Desk, case_id: UUID, name: str, seal: str) -> None:
    """Write down that a case was given out as a bundle, with the seal by which the bundle is known again."""
    with desk.write() as unit:
        before = unit.cases.get(case_id)
        remark = _("{name}, mã của gói {seal}").format(name=name, seal=seal)
        step = _step(desk, CaseMove.EXPORT, rules.target_of(before, CaseMove.EXPORT), remark)
        unit.cases.move(case_id, step, before.state)


def _opened(desk: Desk, unit: Unit, facts: CaseDraft) -> Case:
    now = desk.now()
    opened = Case(
        id=desk.new_id(),
        facts=facts,
        state=CaseState.OPEN,
        version=1,
        opened_at=now,
        saved_at=now,
        author=desk.member.ref,
        steps=(_step(desk, CaseMove.OPEN, CaseState.OPEN, ""),),
    )
    unit.cases.add(opened, desk.new_id())
    return opened


def _step(desk: Desk, made: CaseMove, target: CaseState, remark: str) -> CaseStep:
    return CaseStep(desk.new_id(), made, target, desk.now(), desk.member.ref, remark)


def _changes(opened: Case) -> Changes:
    from_contact = opened.facts.contact_id
    changed = (Change("case", opened.id),)
    return (*changed, Change("contact", from_contact)) if from_contact else changed
