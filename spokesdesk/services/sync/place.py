"""Where this desk belongs: connecting it to a portal, and what to show of the way there."""

from contextlib import closing
from secrets import token_bytes

from spokesdesk import wire
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import AccessError, ConflictError
from spokesdesk.domain.papers import PaperState
from spokesdesk.domain.people import Role
from spokesdesk.services.ports import Desk, Enrolment, SyncRow, SyncState

SEED = "device_seed"
TOKEN = "portal_token"
SEED_BYTES = 32
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
    _require_not_enrolled(desk)
    seed = desk.device_keys.get(SEED) or token_bytes(SEED_BYTES)
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
    )
    with closing(desk.portal_at(portal)) as client:
        given = client.enrol(ask)
        desk.device_keys.put(TOKEN, given.token.encode())
        has_records = client.hello(given.token).seq > 0
    place = Enrolment(portal.strip().rstrip("/"), given.journal, given.device, given.agency, given.epoch)
    return _enrolled(desk, place, filling=has_records), (Change("sync"),)


def _require_not_enrolled(desk: Desk) -> None:
    with desk.read() as unit:
        if (place := unit.outbox.enrolment()) is not None:
            raise ConflictError("already_enrolled", portal=place.portal)


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


def ledger(desk: Desk, limit: int = 500) -> tuple[SyncRow, ...]:
    """Give every record sent or to be sent: what is still on its way first."""
    with desk.read() as unit:
        return unit.outbox.rows(limit)
