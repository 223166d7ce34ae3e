"""Who may speak for the agency: write it down, end it, publish it, and ask whether somebody may on a day."""

from datetime import date, datetime
from uuid import UUID

from spokesdesk.domain import spokespeople as rules
from spokesdesk.domain import standing as standings
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.people import Ref
from spokesdesk.domain.rules import choose
from spokesdesk.domain.spokespeople import (
    Authorisation,
    AuthorisationDraft,
    AuthorisationStep,
    SpeakerKind,
    StepKind,
)
from spokesdesk.domain.standing import Standing, sentence
from spokesdesk.domain.text import clean_text, fold, given_name_key
from spokesdesk.services.ports import Desk, Unit

__all__ = [
    "Standing",
    "authorise",
    "blank",
    "current",
    "end",
    "get",
    "history",
    "lapsing",
    "publish",
    "resume",
    "sentence",
    "standing",
    "unpublish",
]

_GIVEN = "authorisation_given"


def standing(desk: Desk, name: str, on: date) -> Standing:
    """Tell whether somebody may speak for the agency on a day.

    Args:
        name: as typed, with or without accents; a member's name is as good as any other.
        on: the day in Vietnam.

    Returns:
        ``state`` valid, lapsed, not_yet or unknown; ``sentence`` says it in words.
    """
    with desk.read() as unit:
        return standings.standing_of(name, on, unit.spokespeople.all())


def authorise(
    desk: Desk, draft: AuthorisationDraft, draft_id: UUID | None = None
) -> tuple[Authorisation, Changes]:
    """Write down who may speak for the agency; an entry of the journal, never changed afterwards.

    Args:
        draft: as typed; ``corrects`` makes it the correction of an earlier entry.
        draft_id: the autosaved draft that this entry replaces.

    Raises:
        UserError: names the field; ``redelegation`` when the giver only speaks by authorisation.
        ConflictError: ``authorisation_corrected``.
    """
    now = desk.now()
    clean = rules.checked_authorisation(draft, now)
    with desk.write() as unit:
        held = tuple(item for item in unit.spokespeople.all() if item.corrected_by is None)
        if clean.corrects is not None:
            _require_latest(unit, clean.corrects)
        rules.require_no_redelegation(clean, held, _law(desk, clean.from_on))
        made = _made(desk, unit, clean, now)
        unit.spokespeople.add(made)
        if draft_id is not None:
            unit.drafts.drop(draft_id)
        kept = unit.spokespeople.get(made.id)
    return kept, _changed(kept)


def end(
    desk: Desk, authorisation_id: UUID, on: date, *, remark: str = "", withdrawn: bool = False
) -> tuple[Authorisation, Changes]:
    """Write down that an authorisation holds no more.

    Args:
        on: the first day on which it does not hold.
        remark: why.
        withdrawn: it was taken back, rather than having come to its end.

    Raises:
        UserError: ``ending_before_start``.
        ConflictError: ``authorisation_ended``, ``authorisation_corrected``.
    """
    with desk.write() as unit:
        held = _require_latest(unit, authorisation_id)
        if held.ending is not None:
            raise ConflictError("authorisation_ended")
        if on < held.from_on:
            raise UserError("ending_before_start", field="on")
        kind = StepKind.WITHDRAWN if withdrawn else StepKind.ENDED
        return _stepped(desk, unit, held, kind, remark=remark, on=on)


def resume(desk: Desk, authorisation_id: UUID) -> tuple[Authorisation, Changes]:
    """Take the last ending back, as an entry of its own; without one nothing is written."""
    with desk.write() as unit:
        held = _require_latest(unit, authorisation_id)
        if held.ending is None:
            return held, ()
        return _stepped(desk, unit, held, StepKind.RESUMED)


def publish(
    desk: Desk, authorisation_id: UUID, at: datetime, *, url: str = ""
) -> tuple[Authorisation, Changes]:
    """Write down that the holder was published.

    Args:
        at: UTC, when.
        url: the public page.

    Raises:
        UserError: ``published_before_decision``.
    """
    with desk.write() as unit:
        held = _require_latest(unit, authorisation_id)
        if at > desk.now() + rules.CLOCK_TOLERANCE or (held.decided_at and at < held.decided_at):
            raise UserError("published_before_decision", field="published_at")
        return _stepped(desk, unit, held, StepKind.PUBLISHED, remark=url, happened_at=at)


def unpublish(desk: Desk, authorisation_id: UUID) -> tuple[Authorisation, Changes]:
    """Take back that the holder was published; without that nothing is written."""
    with desk.write() as unit:
        held = _require_latest(unit, authorisation_id)
        if held.published_at is None:
            return held, ()
        return _stepped(desk, unit, held, StepKind.UNPUBLISHED)


def blank(desk: Desk, kind: SpeakerKind) -> AuthorisationDraft:
    """Give a new entry of a kind with what is known: the agency, and the head who gives it."""
    today = vn_day(desk.now())
    with desk.read() as unit:
        agency = unit.people.agency()
        known = unit.spokespeople.all()
    heads = [item for item in known if item.kind is SpeakerKind.HEAD and item.holds_on(today)]
    head = next((item for item in heads if item.corrected_by is None), None)
    if kind is SpeakerKind.HEAD:
        return AuthorisationDraft(kind, "", today)
    return AuthorisationDraft(
        kind,
        "",
        today,
        issuing_body=agency.name,
        authorised_by=head.name if head else "",
        authorised_by_post=head.post if head else "",
    )


def get(desk: Desk, authorisation_id: UUID) -> Authorisation:
    """Give one authorisation with what became of it."""
    with desk.read() as unit:
        return unit.spokespeople.get(authorisation_id)


def history(desk: Desk) -> tuple[Authorisation, ...]:
    """Give every authorisation there ever was, corrected ones aside, the newest start first."""
    with desk.read() as unit:
        found = [item for item in unit.spokespeople.all() if item.corrected_by is None]
    return tuple(sorted(found, key=lambda item: (item.from_on, item.at), reverse=True))


def current(desk: Desk, on: date) -> tuple[Authorisation, ...]:
    """Give those valid on a day, in the order of Vietnamese names."""
    held = [item for item in history(desk) if item.holds_on(on)]
    return tuple(sorted(held, key=lambda item: given_name_key(item.name)))


def lapsing(desk: Desk) -> tuple[Authorisation, ...]:
    """Give what lapses soon or has just lapsed, the first to lapse first."""
    with desk.read() as unit:
        return standings.lapsing(unit.spokespeople.all(), vn_day(desk.now()))


def _made(desk: Desk, unit: Unit, clean: AuthorisationDraft, now: datetime) -> Authorisation:
    return Authorisation(
        id=desk.new_id(),
        kind=clean.kind,
        name=clean.name,
        from_on=clean.from_on,
        until_on=clean.until_on,
        at=now,
        author=desk.member.ref,
        post=clean.post,
        decision_number=clean.decision_number,
        decided_at=clean.decided_at,
        issuing_body=clean.issuing_body,
        authorised_by=clean.authorised_by,
        authorised_by_post=clean.authorised_by_post,
        scope=clean.scope,
        phone=clean.phone,
        email=clean.email,
        note=clean.note,
        member=_member(unit, clean),
        corrects=clean.corrects,
    )


def _member(unit: Unit, clean: AuthorisationDraft) -> Ref | None:
    """Give the member meant: the one chosen, else the only one of that name."""
    if clean.member_id is not None:
        return unit.people.member(clean.member_id).ref
    found = [item for item in unit.people.members() if fold(item.name) == fold(clean.name)]
    return found[0].ref if len(found) == 1 else None


def _stepped(
    desk: Desk,
    unit: Unit,
    held: Authorisation,
    step: StepKind,
    *,
    remark: str = "",
    on: date | None = None,
    happened_at: datetime | None = None,
    paper_id: UUID | None = None,
) -> tuple[Authorisation, Changes]:
    clean = clean_text(remark, field="remark", limit=rules.REMARK_LIMIT)
    made = AuthorisationStep(
        desk.new_id(), held.id, step, desk.now(), desk.member.ref, on, happened_at, clean, paper_id
    )
    unit.spokespeople.add_step(made)
    return unit.spokespeople.get(held.id), _changed(held)


def _require_latest(unit: Unit, authorisation_id: UUID) -> Authorisation:
    held = unit.spokespeople.get(authorisation_id)
    if held.corrected_by is not None:
        raise ConflictError("authorisation_corrected")
    return held


def _law(desk: Desk, on: date) -> str:
    found = choose(desk.rules, _GIVEN, on)
    return found[0].citation.text if found else ""


def _changed(held: Authorisation) -> Changes:
    return (Change("spokesperson", held.id),)
