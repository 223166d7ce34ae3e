"""What people ask about their own data: received with its clocks, done or refused on a ground."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.journal import Due
from spokesdesk.domain.privacy import ACKNOWLEDGE, EVENTS, Step, SubjectRequest, Wish
from spokesdesk.domain.rules import choose
from spokesdesk.services.journal import due_of
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.privacy import law


def receive(
    desk: Desk, journalist_id: UUID, wish: Wish, received_at: datetime | None = None
) -> tuple[SubjectRequest, Changes]:
    """Note a request with its deadlines by the law of the day.

    Args:
        received_at: UTC; None for now.

    Raises:
        UserError: ``record_missing``, ``received_in_future``.

    Source:
        NĐ 356/2025/NĐ-CP, Điều 5: 2 working days to acknowledge; 10, 15 or 20 days to do it.
    """
    at = received_at or desk.now()
    if at > desk.now():
        raise UserError("received_in_future", field="received")
    with desk.write() as unit:
        unit.people.journalist(journalist_id)
        clocks = tuple(
            due for event in (ACKNOWLEDGE, EVENTS[wish]) if (due := _clock(desk, unit, event, at)) is not None
        )
        made = SubjectRequest(
            desk.new_id(), None, Step.RECEIVED, wish, journalist_id, at, clocks, "", desk.member.ref
        )
        unit.access.add_request(made)
    return made, (Change("subject_request", made.id),)


def answer(desk: Desk, request_id: UUID, step: Step, ground_id: str = "") -> tuple[SubjectRequest, Changes]:
    """Note that a request was done, or refused on a ground of the law.

    Raises:
        UserError: ``record_missing``, ``privacy_ground``: a refusal needs one of ``law().refuse``.
        ConflictError: ``subject_request_closed``.
    """
    ground = ""
    if step is Step.REFUSED:
        chosen = law().ground(ground_id, refuse=True)
        ground = f"{chosen.text} ({chosen.citation})"
    with desk.write() as unit:
        known = unit.access.requests()
        asked = next((one for one in known if one.id == request_id and one.about is None), None)
        if asked is None:
            raise UserError("record_missing", field="id", id=request_id)
        if any(one.about == request_id for one in known):
            raise ConflictError("subject_request_closed")
        made = replace(
            asked,
            id=desk.new_id(),
            about=request_id,
            step=step,
            at=desk.now(),
            clocks=(),
            ground=ground,
            author=desk.member.ref,
        )
        unit.access.add_request(made)
    return made, (Change("subject_request", request_id),)


def requests(
    desk: Desk, journalist_id: UUID | None = None
) -> tuple[tuple[SubjectRequest, SubjectRequest | None], ...]:
    """Give requests with their answers (None while open), the latest first."""
    with desk.read() as unit:
        known = unit.access.requests(journalist_id)
    answers = {one.about: one for one in known if one.about is not None}
    return tuple((one, answers.get(one.id)) for one in reversed(known) if one.about is None)


def _clock(desk: Desk, unit: Unit, event: str, at: datetime) -> Due | None:
    found = choose(desk.rules, event, vn_day(at))
    return due_of(desk, unit, found[0], at) if found else None
