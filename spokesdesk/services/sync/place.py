"""Where this desk belongs: connecting it to a portal, and what to show of the way there."""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from contextlib import closing
from hashlib import sha256
from secrets import token_bytes, token_urlsafe
from urllib.parse import urlencode
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import AccessError, ConflictError
from spokesdesk.domain.papers import PaperState
from spokesdesk.domain.people import Role
from spokesdesk.services.ports import Desk, Enrolment, Portal, SyncRow, SyncState, Unit
from spokesdesk.services.sync.joining import note_before
from spokesdesk.services.sync.keys import own_box
from spokesdesk.services.sync.online import PENDING, SEED, TOKEN, online_place

SEED_BYTES = 32
# Faults after which a desk is enrolled once more: under a new id and key, or as the device that it was.
ANEW = frozenset({"device_cloned", "device_revoked", "device_unknown", "session_copied"})
_AGAIN = frozenset({"session_unknown", "session_over", "portal_token_refused"})
LONGEST_CODE = 64
DEVICE_NAME = 120
Ask = Callable[[str], wire.EnrolAsk]


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
    typed = code.strip()
    if not 0 < len(typed) <= LONGEST_CODE:
        desk.member.require(Role.ADMIN)
        raise AccessError("enrol_code_unknown", field="code")
    return _joined(desk, portal, lambda client, ask: client.enrol(ask(typed)))


def connect_by_browser(
    desk: Desk, portal: str, is_wanted: Callable[[], bool] | None = None
) -> tuple[SyncState, Changes]:
    """Enrol this desk by signing in at the portal in the system's browser (PKCE, RFC 7636 and RFC 8252).

    Args:
        desk: at work as an administrator.
        portal: address, https (http only for this machine).
        is_wanted: asked while the browser is waited for; False ends it.

    Raises:
        WaitError: ``sign_in_not_done``.
        OutsideError: ``browser_missing``.
        Others as ``connect`` does.
    """
    verifier, state = token_urlsafe(48), token_urlsafe(32)
    digest = urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")

    def page(redirect: str) -> str:
        asked = {"response_type": "code", "redirect_uri": redirect, "state": state}
        asked |= {"code_challenge": digest, "code_challenge_method": "S256"}
        return f"{portal.strip().rstrip('/')}/dang-nhap-may?{urlencode(asked)}"

    def enrol(client: Portal, ask: Ask) -> wire.Enrolled:
        code, redirect = desk.browser.sign_in(page, state, is_wanted)
        return client.enrol_signed_in(wire.SignInAsk(ask(code), verifier, redirect))

    return _joined(desk, portal, enrol)


def _joined(
    desk: Desk, portal: str, enrol: Callable[[Portal, Ask], wire.Enrolled]
) -> tuple[SyncState, Changes]:
    desk.member.require(Role.ADMIN)
    place, is_anew = _place(desk)
    # A workspace that shares its device's id with another one goes on under a new id, with a key of its own.
    seed = (None if is_anew else desk.device_keys.get(SEED)) or token_bytes(SEED_BYTES)
    if place is None:
        desk.device_keys.put(SEED, seed)
    with desk.read() as unit:
        agency = unit.people.agency().name
    box = own_box(desk, seed, anew=is_anew and place is not None)

    def ask(code: str) -> wire.EnrolAsk:
        return wire.EnrolAsk(
            code=code,
            public_key=wire.public_key(seed),
            proof=wire.sign_bytes(seed, wire.enrol_proof(code)),
            agency=agency,
            device_name=desk.member.name[:DEVICE_NAME],
            device=place.device if place is not None and not is_anew else None,
            box=box,
        )

    with closing(desk.portal_at(portal)) as client:
        given = enrol(client, ask)
    if place is not None and given.journal != place.journal:
        raise ConflictError("already_enrolled", portal=place.portal)
    desk.device_keys.put(TOKEN, given.renewal.encode())
    made = Enrolment(portal.strip().rstrip("/"), given.journal, given.device, given.agency, given.epoch)
    desk.device_keys.put(PENDING, None)
    if place is not None:
        desk.device_keys.put(SEED, seed)
    return taken_up(desk, place, made, given.senders, filling=given.seq > 0), (Change("sync"),)


def _place(desk: Desk) -> tuple[Enrolment | None, bool]:
    """Give where this desk is enrolled, and whether it needs a new id and key.

    Raises:
        ConflictError: ``already_enrolled``.
    """
    with desk.read() as unit:
        place, fault = unit.outbox.enrolment(), unit.outbox.state().fault
    if place is not None and not place.by_hand and fault not in ANEW | _AGAIN:
        raise ConflictError("already_enrolled", portal=place.portal)
    return place, fault in ANEW


def taken_up(
    desk: Desk,
    before: Enrolment | None,
    made: Enrolment,
    senders: Sequence[wire.SenderKey],
    *,
    filling: bool,
    members: Sequence[wire.Member] = (),
) -> SyncState:
    """Note where this desk belongs from now on, in one transaction.

    Args:
        before: where it belonged, in the same journal.
        senders: keys by which notes of the province are believed, for a desk that is new.
        filling: the journal holds records that a new desk is filled with first.
        members: desks of the journal, where somebody told of them.
    """
    with desk.write() as unit:
        if before is None:
            _enrol(desk, unit, made, senders, filling=filling)
        else:
            unit.replicas.gather(desk.now(), str(desk.member.id), desk.new_id)
            if made.device == before.device:
                unit.outbox.sign_in(made, desk.now())
            else:
                unit.outbox.rejoin(made, desk.now())
        unit.agency_keys.note(members, desk.now())
        return unit.outbox.state()


def _enrol(
    desk: Desk, unit: Unit, place: Enrolment, senders: Sequence[wire.SenderKey], *, filling: bool
) -> None:
    unit.outbox.enrol(place, desk.now())
    if filling:
        note_before(unit)
    unit.replicas.join(filling=filling)
    unit.senders.pin([(one.journal, one.key) for one in senders], desk.now())
    released = unit.papers.row_numbers(states=(PaperState.RELEASED,))
    for row in sorted(unit.papers.rows(released), key=lambda row: row.saved_at):
        unit.outbox.queue_release(unit.papers.get(row.id), desk.now(), desk.new_id())


def check_portal(desk: Desk) -> wire.Hello:
    """Ask the portal where the journal stands, to try the way there; nothing is sent.

    Raises:
        WaitError: ``not_enrolled``, ``carried_only``.
        AccessError: ``device_key_missing``, or the portal knows this desk no more.
        OutsideError: ``portal_unreachable`` and its kin.
    """
    place, token = online_place(desk)
    with closing(desk.portal_at(place.portal)) as portal:
        return portal.hello(token)


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
