"""Alerts, requests, difficulties and their answers between the province and agencies: written here, sent in a round."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from spokesdesk.domain import province as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import to_vn, vn_day
from spokesdesk.domain.errors import AccessError, ConflictError, UserError, WaitError
from spokesdesk.domain.journal import QUESTION_LIMIT, Due
from spokesdesk.domain.people import Role
from spokesdesk.domain.province import (
    Complaint,
    KnownAgency,
    ListSeen,
    Matter,
    Note,
    NoteDraft,
    NoteKind,
    ReleaseSeen,
    Severity,
    Standing,
)
from spokesdesk.domain.rules import choose
from spokesdesk.domain.text import clean_text, short_date
from spokesdesk.services.journal import answer_due
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.request_opening import wished
from spokesdesk.services.templates import wording

# Who speaks for the agency to the province, and at the province to agencies.
_SPEAKS = (Role.SPOKESPERSON, Role.LEADER)
_EVER = datetime(1, 1, 1, tzinfo=UTC)
_BY_PROVINCE = frozenset({NoteKind.ALERT, NoteKind.REMIND, NoteKind.ASK})
_BY_AGENCY = frozenset({NoteKind.ACK, NoteKind.DIFFICULTY, NoteKind.REBUTTAL})

Written = tuple[Note, Changes]


def standing(desk: Desk) -> Standing:
    """Give what this workspace is at its portal, as the last round was told."""
    with desk.read() as unit:
        return unit.province.place().standing


def write(desk: Desk, draft: NoteDraft, draft_id: UUID | None = None) -> Written:
    """Write a note; the next round sends it, without a portal in reach it waits.

    Args:
        draft: as typed; its deadline is the law's of today, else the wish.
        draft_id: the autosaved draft that it replaces.

    Raises:
        AccessError: ``province_only``: an alert or a request by who is not the province; the member's role.
        WaitError: ``province_unknown``: no portal, or none with a province.
        UserError: names the field.
    """
    now = desk.now()
    clean = rules.checked(draft, now)
    due = deadline(desk, clean, now)
    with desk.write() as unit:
        made = written(desk, unit, clean, due, now)
        _drop(unit, draft_id)
    return made, (Change("province", made.id),)


def written(
    desk: Desk, unit: Unit, draft: NoteDraft, due: Due | None = None, at: datetime | None = None
) -> Note:
    """Write a note in a running transaction; raises as ``write`` does."""
    desk.member.require(*_SPEAKS)
    place = unit.province.place().standing
    if place is Standing.ALONE:
        raise WaitError("province_unknown")
    is_province = place is Standing.PROVINCE
    if draft.kind in (_BY_AGENCY if is_province else _BY_PROVINCE):
        raise AccessError("agency_only" if is_province else "province_only")
    if is_province:
        _require_known(unit, draft.recipient)
    made = Note(
        id=desk.new_id(),
        kind=draft.kind,
        title=draft.title,
        text=draft.text,
        at=at or desk.now(),
        by=desk.member.name,
        recipient=draft.recipient,
        about=draft.about,
        severity=draft.severity,
        due=due,
        extra=draft.extra,
    )
    unit.province.write(made, desk.member.ref)
    return made


def _require_known(unit: Unit, recipient: str) -> None:
    known = {str(one.journal) for one in unit.province.agencies()}
    if recipient != rules.TO_ALL and recipient not in known:
        raise UserError("agency_unknown", field="recipient", agency=recipient)


def deadline(desk: Desk, draft: NoteDraft, at: datetime) -> Due | None:
    """Give until when a note is to be answered: by the rule of its event, else by the wish; None for neither."""
    words = wording("province")["request"]
    wish = words["alert_wish" if draft.kind is NoteKind.ALERT else "wish"]
    due = answer_due(desk, draft.event, at) if draft.event else None
    return wished(due, draft.answer_by, _moment(wish, draft.answer_by))


def _moment(words: str, at: datetime | None) -> str:
    if at is None:
        return ""
    local = to_vn(at)
    return words.format(moment=f"{local:%H:%M} {short_date(local.date())}")


def alert_events(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Give the events whose clock an alert may start today: each and its name."""
    today = vn_day(desk.now())
    wanted = wording("province")["events"]["alert"]
    return tuple(
        (event, desk.rules.events[event].title)
        for event in wanted
        if event in desk.rules.events and choose(desk.rules, event, today)
    )


def acknowledge(desk: Desk, note_id: UUID, remark: str = "", draft_id: UUID | None = None) -> Written:
    """Say to the province that an alert was received: who, and when.

    Raises:
        ConflictError: ``alert_acknowledged``: somebody of the agency has done it; says who.
        UserError: ``record_missing``.
    """
    with desk.write() as unit:
        about = unit.province.note(note_id)
        before = [one for one in unit.province.replies([note_id]) if one.is_own and one.kind is NoteKind.ACK]
        if before:
            raise ConflictError("alert_acknowledged", by=before[0].by, at=_told(before[0].at))
        draft = NoteDraft(NoteKind.ACK, about.title, remark, about=note_id)
        made = written(desk, unit, rules.checked(draft, desk.now()))
        _drop(unit, draft_id)
    return made, (Change("province", note_id),)


def _drop(unit: Unit, draft_id: UUID | None) -> None:
    if draft_id is not None:
        unit.drafts.drop(draft_id)


def answer(desk: Desk, note_id: UUID, text: str, draft_id: UUID | None = None) -> Written:
    """Answer a note: an agency an alert, the province a difficulty; it goes back to who wrote the note.

    Raises:
        UserError: nothing said (``text``); ``record_missing``.
    """
    with desk.write() as unit:
        about = unit.province.note(note_id)
        title = wording("province")["answer"]["title"].format(title=about.title)[: rules.TITLE_LIMIT]
        to = str(about.sender) if unit.province.place().standing is Standing.PROVINCE else rules.TO_PROVINCE
        draft = NoteDraft(NoteKind.ANSWER, title, text, recipient=to, about=note_id)
        made = written(desk, unit, rules.checked(draft, desk.now()))
        _drop(unit, draft_id)
    return made, (Change("province", note_id),)


def remind(
    desk: Desk, note_id: UUID, text: str = "", draft_id: UUID | None = None
) -> tuple[tuple[Note, ...], Changes]:
    """Remind those who have not acknowledged an alert or answered a request, one step more pressing than before.

    Raises:
        ConflictError: ``nobody_silent``: all have.
    """
    with desk.write() as unit:
        matter = matter_in(unit, note_id)
        silent = [one for one in _addressed(unit, matter.note) if _is_silent(matter, one.journal)]
        if not silent:
            raise ConflictError("nobody_silent")
        title = wording("province")["remind"]["title"].format(title=matter.note.title)[: rules.TITLE_LIMIT]
        severity = rules.raised(matter.severity)
        made = tuple(
            written(
                desk,
                unit,
                rules.checked(
                    NoteDraft(NoteKind.REMIND, title, text, str(one.journal), severity, about=note_id),
                    desk.now(),
                ),
            )
            for one in silent
        )
        _drop(unit, draft_id)
    return made, (Change("province", note_id),)


def _is_silent(matter: Matter, journal: UUID) -> bool:
    if matter.note.kind is NoteKind.ASK:
        return matter.answered_by(journal) is None
    return journal not in matter.acknowledged


def matter(desk: Desk, note_id: UUID) -> Matter:
    """Give a note with all that came of it; of a reply the matter that it belongs to."""
    with desk.read() as unit:
        return matter_in(unit, note_id)


def matter_in(unit: Unit, note_id: UUID) -> Matter:
    """Give the same in a running transaction; raises UserError("record_missing")."""
    note = unit.province.note(note_id)
    if note.about is not None and note.kind not in rules.ROOTS:
        note = unit.province.note(note.about)
    return rules.matters([note], unit.province.replies([note.id]))[0]


def matters(desk: Desk, *kinds: NoteKind) -> tuple[Matter, ...]:
    """Give the matters of some kinds, begun here or received, the latest first."""
    with desk.read() as unit:
        return matters_in(unit, kinds)


def matters_in(unit: Unit, kinds: Iterable[NoteKind], since: datetime = _EVER) -> tuple[Matter, ...]:
    """Give the same in a running transaction, of those begun since a time (UTC)."""
    wanted = frozenset(kinds)
    roots = (*unit.province.written(wanted, since), *unit.province.received(wanted, since))
    latest = sorted(roots, key=lambda note: note.at, reverse=True)
    return rules.matters(latest, unit.province.replies([note.id for note in latest]))


def silent(desk: Desk, about: Matter) -> tuple[KnownAgency, ...]:
    """Give the agencies that have not acknowledged an alert, or not answered a request."""
    with desk.read() as unit:
        return silent_in(unit, about)


def silent_in(unit: Unit, about: Matter) -> tuple[KnownAgency, ...]:
    """Give the same in a running transaction."""
    return tuple(one for one in _addressed(unit, about.note) if _is_silent(about, one.journal))


@dataclass(frozen=True, slots=True)
class Sent:
    """An alert or a request of the province: to whom it went, and who has not acknowledged or answered it.

    Attributes:
        said_at: when the portal had the first acknowledgement or answer of an agency, UTC, by its journal.
    """

    note: Note
    addressed: tuple[KnownAgency, ...]
    silent: tuple[KnownAgency, ...]
    said_at: Mapping[UUID, datetime]


def sent(desk: Desk, *kinds: NoteKind) -> tuple[Sent, ...]:
    """Give the province's own notes of some kinds with who is silent, the latest first."""
    with desk.read() as unit:
        return sent_in(unit, kinds)


def sent_in(unit: Unit, kinds: Iterable[NoteKind], since: datetime = _EVER) -> tuple[Sent, ...]:
    """Give the same in a running transaction, of those written since a time (UTC); replies are not read whole."""
    notes = unit.province.written(frozenset(kinds), since)
    ids, known = [note.id for note in notes], unit.province.agencies()
    answered = unit.province.heard_from(ids, (NoteKind.ANSWER,))
    heard = unit.province.heard_from(ids, (NoteKind.ACK, NoteKind.ANSWER))
    found = []
    for note in notes:
        to = tuple(one for one in known if rules.reaches(note, one))
        said = answered if note.kind is NoteKind.ASK else heard
        times = {one.journal: said[note.id, one.journal] for one in to if (note.id, one.journal) in said}
        found.append(Sent(note, to, tuple(one for one in to if one.journal not in times), times))
    return tuple(found)


def _addressed(unit: Unit, note: Note) -> tuple[KnownAgency, ...]:
    known = unit.province.agencies()
    return tuple(one for one in known if rules.reaches(note, one))


def addressed(desk: Desk, note: Note) -> tuple[KnownAgency, ...]:
    """Give the agencies that a note of the province went to."""
    with desk.read() as unit:
        return _addressed(unit, note)


def agencies(desk: Desk) -> tuple[KnownAgency, ...]:
    """Give the agencies at the portal by name; empty but for the province."""
    with desk.read() as unit:
        return unit.province.agencies()


def releases(desk: Desk) -> tuple[ReleaseSeen, ...]:
    """Give the releases of all agencies, the latest first."""
    with desk.read() as unit:
        place = unit.outbox.enrolment()
        return unit.province.releases(place.portal if place else "")


def lists(desk: Desk) -> tuple[ListSeen, ...]:
    """Give the lists that agencies posted last, by agency."""
    with desk.read() as unit:
        return unit.province.lists()


def complaints(desk: Desk) -> tuple[Complaint, ...]:
    """Give the complaints of journalists about obstruction, the newest first; empty but for the province."""
    with desk.read() as unit:
        return unit.province.complaints()


def answer_complaint(
    desk: Desk, complaint_id: UUID, text: str, draft_id: UUID | None = None
) -> tuple[Complaint, Changes]:
    """Say to a journalist what came of a complaint; the next round takes it to the portal.

    Raises:
        UserError: nothing said (``text``); ``record_missing``.
    """
    desk.member.require(*_SPEAKS)
    said = clean_text(text, field="text", limit=QUESTION_LIMIT, required=True)
    with desk.write() as unit:
        unit.province.say_of(complaint_id, said)
        _drop(unit, draft_id)
        made = next(one for one in unit.province.complaints() if one.id == complaint_id)
    return made, (Change("province", complaint_id),)


def agency_named(desk: Desk, words: str) -> KnownAgency:
    """Give the agency that a name, or a part of it, means.

    Raises:
        UserError: ``agency_unknown``: none, or more than one.
    """
    from spokesdesk.domain.text import words_match

    known = agencies(desk)
    exact = [one for one in known if one.name == words]
    found = exact or [one for one in known if words_match(words, one.name)]
    if len(found) != 1:
        raise UserError("agency_unknown", field="recipient", agency=words)
    return found[0]


def _told(at: datetime) -> str:
    local = to_vn(at)
    return f"{local:%H:%M} {short_date(local.date())}"


__all__ = [
    "Sent",
    "Severity",
    "acknowledge",
    "addressed",
    "agencies",
    "agency_named",
    "alert_events",
    "answer",
    "answer_complaint",
    "complaints",
    "deadline",
    "lists",
    "matter",
    "matter_in",
    "matters",
    "matters_in",
    "releases",
    "remind",
    "sent",
    "sent_in",
    "silent",
    "silent_in",
    "standing",
    "write",
    "written",
]
