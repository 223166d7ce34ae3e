"""Where this desk belongs: connecting it to a portal, and what to show of the way there."""

from contextlib import closing
from secrets import token_bytes
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import AccessError, ConflictError
from spokesdesk.domain.papers import PaperState
from spokesdesk.domain.people import Role
from spokesdesk.services.ports import Desk, Enrolment, SyncRow, SyncState

SEED = "device_seed"
TOKEN = "portal_token"
SEED_BYTES = 32
# Faults after which a desk is enrolled once more: under a new id and key, or as the device that it was.
_ANEW = frozenset({"device_cloned", "device_revoked", "device_unknown", "session_copied"})
_AGAIN = frozenset({"session_unknown", "session_over", "portal_token_refused"})
LONGEST_CODE = 64


def connect(desk: Desk, portal: str, code: str) -> tuple[SyncState, Changes]:
    """Enrol this desk at a portal with a one-time code, and queue what was released before.

    Args:
        desk: at work as an administrator.
        portal: address, https (http only for this machine).
        code: as the portal gave it; spaces and dashes do not matter.

    Raises:
        AccessError: the code is unknown, used or expired; the member is no administrator.
        ConflictError: ``already_enrolled``.
        OutsideError: ``portal_unreachable`` and its kin.
    """
    desk.member.require(Role.ADMIN)
    place, is_anew = _place(desk)
    # A workspace that shares its device's id with another one goes on under a new id, with a key of its own.
    seed = None if is_anew else desk.device_keys.get(SEED)
    seed = seed or token_bytes(SEED_BYTES)
    if place is None:
        desk.device_keys.put(SEED, seed)
    with desk.read() as unit:
        agency = unit.people.agency().name
    typed = code.strip()
    if not 0 < len(typed) <= LONGEST_CODE:
        raise AccessError("enrol_code_unknown", field="code")
    ask = wire.EnrolAsk(
        code=typed,
        public_key=wire.public_key(seed),
        proof=wire.sign_bytes(seed, wire.enrol_proof(typed)),
        agency=agency,
        device=place.device if place is not None and not is_anew else None,
    )
    with closing(desk.portal_at(portal)) as client:
        given = client.enrol(ask)
    desk.device_keys.put(TOKEN, given.renewal.encode())
    made = Enrolment(portal.strip().rstrip("/"), given.journal, given.device, given.agency, given.epoch)
    if place is not None:
        desk.device_keys.put(SEED, seed)
        return _rejoined(desk, place, made), (Change("sync"),)
    return _enrolled(desk, made, filling=given.seq > 0), (Change("sync"),)


def _place(desk: Desk) -> tuple[Enrolment | None, bool]:
    """Give where this desk is enrolled, and whether it needs a new id and key.

    Raises:
        ConflictError: ``already_enrolled``.
    """
    with desk.read() as unit:
        place, fault = unit.outbox.enrolment(), unit.outbox.state().fault
    if place is not None and fault not in _ANEW | _AGAIN:
        raise ConflictError("already_enrolled", portal=place.portal)
    return place, fault in _ANEW


def _rejoined(desk: Desk, before: Enrolment, made: Enrolment) -> SyncState:
    if made.journal != before.journal:
        raise ConflictError("already_enrolled", portal=before.portal)
    with desk.write() as unit:
        unit.replicas.gather(desk.now(), str(desk.member.id), desk.new_id)
        if made.device == before.device:
            unit.outbox.sign_in(made, desk.now())
        else:
            unit.outbox.rejoin(made, desk.now())
        return unit.outbox.state()


def _enrolled(desk: Desk, place: Enrolment, *, filling: bool) -> SyncState:
    with desk.write() as unit:
        unit.outbox.enrol(place, desk.now())
        unit.replicas.join(filling=filling)
        released = unit.papers.row_numbers(states=(PaperState.RELEASED,))
        for row in sorted(unit.papers.rows(released), key=lambda row: row.saved_at):
            unit.outbox.queue_release(unit.papers.get(row.id), desk.now(), desk.new_id())
        return unit.outbox.state()


def state(desk: Desk) -> SyncState:
    """Give what the status line says of the portal."""
    with desk.read() as unit:
        return unit.outbox.state()


def ledger(desk: Desk, limit: int = 500, *, every: bool = False) -> tuple[SyncRow, ...]:
    """Give the releases sent or to be sent, what is still on its way first; with ``every`` all other records, too."""
    with desk.read() as unit:
        return unit.outbox.rows(limit, every=every)


def retry(desk: Desk, record: UUID) -> Changes:
    """Queue once more what the portal refused of a record; the portal decides anew."""
    with desk.write() as unit:
        unit.outbox.retry(record, desk.now())
    return (Change("sync"),)
