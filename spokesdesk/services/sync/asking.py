"""A desk that never meets a network asks on a stick to be let into the agency's journal (xin vào sổ chung), and enters.

Its keys, the one-time code and what it asked are kept among the secrets of the device until an answer comes; who it is
changes only when it enters.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from secrets import token_bytes, token_hex

from msgspec import Struct

from spokesdesk import wire
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import AccessError, ConflictError, UserError, WaitError
from spokesdesk.domain.people import Role
from spokesdesk.services.ports import Desk, Enrolment, SyncState
from spokesdesk.services.ports.carrying import CarryKey, CarryTold, Stick, StickNotes
from spokesdesk.services.sync.carriedin import CarriedFrom, carry_in
from spokesdesk.services.sync.carriedportal import read
from spokesdesk.services.sync.keys import BOX, BOX_BYTES, RECOVERY, private_box
from spokesdesk.services.sync.online import PENDING, SEED
from spokesdesk.services.sync.place import ANEW, DEVICE_NAME, SEED_BYTES, taken_up

ANSWERED_WITHIN = timedelta(days=30)


class _Pending(Struct, frozen=True):
    """What was asked, with what only this desk knows; keys as hex."""

    code: str
    seed: str
    private: str
    signed: wire.SignedAsk


@dataclass(frozen=True, slots=True)
class Asked:
    """What this desk asked for and has no answer to.

    Attributes:
        check: the digits that the desk which vouches shows, too (mã đối chiếu).
        at: UTC.
    """

    check: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """What an answer on a stick lets this desk into.

    Attributes:
        by: name of the desk that vouches.
        at: its clock, UTC.
    """

    agency: str
    portal: str
    by: str
    at: datetime


def ask_to_join(desk: Desk, folder: Path, code: str, *, anew: bool = False) -> tuple[Asked, Changes]:
    """Leave a request on a stick. The same code gives the same request again, however often.

    Args:
        desk: at work as an administrator; not connected to a portal, or joined by a stick before.
        code: the portal's one-time code; spaces and dashes do not matter.
        anew: as another device with other keys: the right of the one that this desk was is taken back.

    Raises:
        AccessError: the member is no administrator.
        UserError: ``join_code_form``.
        ConflictError: ``already_enrolled``.
        OutsideError: ``carry_folder``, ``disk_full``, ``read_only``.
    """
    desk.member.require(Role.ADMIN)
    typed = wire.read_code(code)
    if not wire.is_code(typed):
        raise UserError("join_code_form", field="code")
    pending, place, is_other = _pending(desk), _place(desk), anew or _is_another(desk)
    if pending is None or pending.code != typed or _is_new(pending) != (place is None or is_other):
        pending = _made(desk, typed, place, anew=is_other)
        desk.device_keys.put(PENDING, wire.encode(pending))
    signed = pending.signed
    desk.stick_at(folder).asks.put(wire.ask_digest(signed.ask)[:32], wire.encode(signed))
    return _asked(signed.ask), (Change("sync"),)


def _is_another(desk: Desk) -> bool:
    """Say whether this desk cannot go on as the device that it was: its disk was copied, or put back from a backup."""
    with desk.read() as unit:
        return unit.outbox.state().fault in ANEW


def _is_new(pending: _Pending) -> bool:
    return pending.signed.ask.device is None


def _place(desk: Desk) -> Enrolment | None:
    with desk.read() as unit:
        place = unit.outbox.enrolment()
    if place is not None and not place.by_hand:
        raise ConflictError("already_enrolled", portal=place.portal)
    return place


def _made(desk: Desk, code: str, place: Enrolment | None, *, anew: bool) -> _Pending:
    kept = None if place is None or anew else desk.device_keys.get(SEED)
    seed = kept or token_bytes(SEED_BYTES)
    private = private_box(desk, seed) if kept else token_bytes(BOX_BYTES)
    recovery = (desk.device_keys.get(RECOVERY) or b"").decode()
    with desk.read() as unit:
        agency = unit.people.agency().name
    ask = wire.JoinAsk(
        name=desk.member.name[:DEVICE_NAME],
        agency=agency,
        public_key=wire.public_key(seed),
        box=wire.published(seed, wire.box_key(private), recovery),
        proof=wire.sign_bytes(seed, wire.enrol_proof(code)),
        once=token_hex(32),
        at=desk.now().isoformat(),
        device=place.device if place is not None and kept else None,
    )
    return _Pending(code, seed.hex(), private.hex(), wire.asked_to_join(seed, ask))


def _pending(desk: Desk) -> _Pending | None:
    kept = desk.device_keys.get(PENDING)
    return wire.decode(kept, _Pending) if kept else None


def _asked(ask: wire.JoinAsk) -> Asked:
    return Asked(wire.check_code(ask), datetime.fromisoformat(ask.at))


def asked(desk: Desk) -> Asked | None:
    """Give what this desk asked for and has no answer to."""
    pending = _pending(desk)
    return _asked(pending.signed.ask) if pending else None


def forget_ask(desk: Desk) -> Changes:
    """Ask for nothing any more: an answer that still comes is refused."""
    desk.member.require(Role.ADMIN)
    desk.device_keys.put(PENDING, None)
    return (Change("sync"),)


def invitation(desk: Desk, folder: Path) -> Invitation:
    """Look what the answer on a stick lets this desk into; changes nothing.

    Raises:
        WaitError: ``join_not_asked``, ``join_expired``, ``join_no_welcome``, ``join_too_new``.
        AccessError: ``join_other_welcome``; ``join_altered``.
        OutsideError: ``carry_folder``.
    """
    _name, found = _welcome(desk, desk.stick_at(folder).welcomes, _outstanding(desk))
    return Invitation(found.agency, found.portal, found.by.name, datetime.fromisoformat(found.at))


def _outstanding(desk: Desk) -> _Pending:
    pending = _pending(desk)
    if pending is None:
        raise WaitError("join_not_asked")
    if desk.now() - _asked(pending.signed.ask).at > ANSWERED_WITHIN:
        raise WaitError("join_expired")
    return pending


def _welcome(desk: Desk, notes: StickNotes, pending: _Pending) -> tuple[str, wire.Welcome]:
    """Give the answer to what this desk asked, the latest of several, with its name on the stick."""
    found: list[tuple[str, wire.Welcome]] = []
    others, altered = 0, False
    for name, data in notes.all(wire.CLOSED_WELCOME_BYTES):
        try:
            closed = wire.decode(data, wire.ClosedWelcome)
            if closed.form > wire.JOINING:
                raise WaitError("join_too_new")
            if closed.ask != wire.ask_digest(pending.signed.ask):
                others += 1
                continue
            opened = wire.opened_welcome(closed, bytes.fromhex(pending.private), pending.code)
            datetime.fromisoformat(opened.at)
            found.append((name, opened))
        except (UserError, wire.KeyMissingError, ValueError):
            altered = True
    if found:
        return max(found, key=lambda one: one[1].at)
    if altered:
        raise AccessError("join_altered")
    if others:
        raise AccessError("join_other_welcome")
    raise WaitError("join_no_welcome")


def enter(desk: Desk, folder: Path, told: CarryTold | None = None) -> tuple[tuple[CarriedFrom, ...], Changes]:
    """Enter the agency's journal by the answer on a stick, and take in the records that lie beside it.

    Everything is read to its end before anything is written here. What is cut off later goes on by ``carry_in``.

    Raises:
        WaitError: as ``invitation`` says; ``join_no_records``: the records are not on the stick; ``transfer_stopped``.
        AccessError: as ``invitation`` says; the member is no administrator.
        ConflictError: ``already_enrolled``; ``join_other_journal``: the answer lets it into another one than before.
        OutsideError: ``carry_damaged``, ``carry_folder`` and their kin.
    """
    desk.member.require(Role.ADMIN)
    pending, before = _outstanding(desk), _place(desk)
    stick = desk.stick_at(folder)
    name, found = _welcome(desk, stick.welcomes, pending)
    if before is not None and before.journal != found.journal:
        raise ConflictError("join_other_journal")
    _check_records(stick, found, bytes.fromhex(pending.private), is_new=before is None)
    _take_up(desk, before, found, pending)
    stick.welcomes.drop(name)
    if before is not None and before.device != found.device:
        stick.drop(before.device)  # what it left as another device is written anew as this one
    came, changes = carry_in(desk, folder, told, found.by.device)
    return came, (*changes, Change("member"), Change("setting"))


def _check_records(stick: Stick, found: wire.Welcome, private: bytes, *, is_new: bool) -> None:
    """Read what the desk that vouches wrote beside its answer, and keep nothing of it."""
    by = found.by
    if by.device not in stick.writers():
        raise WaitError("join_no_records")
    key = CarryKey(by.device, by.public_key, by.box.box_key if by.box else "", by.name)
    try:
        content = read(stick.open(by.device, found.journal, found.device, private, [key]).frames())
    except AccessError as error:
        raise WaitError("join_no_records") from error
    if is_new and not content.pages:
        raise WaitError("join_no_records")


def _take_up(desk: Desk, before: Enrolment | None, found: wire.Welcome, pending: _Pending) -> SyncState:
    """From here on this desk is what the answer says; done twice, it is the same."""
    keys = desk.device_keys
    keys.put(SEED, bytes.fromhex(pending.seed))
    keys.put(BOX, bytes.fromhex(pending.private))
    made = Enrolment(found.portal, found.journal, found.device, found.agency, found.epoch, by_hand=True)
    state = taken_up(desk, before, made, found.senders, filling=True, members=found.members)
    with desk.write() as unit:
        unit.outbox.retry_known({found.device}, desk.now())
    keys.put(PENDING, None)
    return state
