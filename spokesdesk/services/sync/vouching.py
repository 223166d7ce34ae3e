"""A desk that has a network lets one in that has none (đón máy mới): it enrols it at the portal and writes the answer.

The portal lets a device in by its own one-time code, as ever: this desk only brings the proof that the new one made
with that code, and gets nothing by it. Tokens that the portal answers with stay unused: the new desk asks no network.
"""

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import AccessError, DeskError, OutsideError, UserError, WaitError
from spokesdesk.domain.people import NAME_LIMIT, Role
from spokesdesk.domain.text import clean_line
from spokesdesk.services.ports import Desk, Enrolment
from spokesdesk.services.ports.carrying import CarriedDesk, CarryTold
from spokesdesk.services.sync.carrying import CarriedOut, carry_out, seed_of
from spokesdesk.services.sync.exchange import run_round
from spokesdesk.services.sync.online import online_place
from spokesdesk.services.sync.place import DEVICE_NAME

ASKED_WITHIN = timedelta(days=7)
AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WaitingAsk:
    """A request on a stick.

    Attributes:
        check: the digits to compare with those that the desk which asks shows; "" when it cannot be read.
        name, agency: as they were typed there.
        at: that desk's clock, UTC; None when it cannot be read.
        is_known: that desk is in the journal already: its answer can be written once more.
        fault: why it cannot be vouched for.
    """

    check: str
    name: str
    agency: str
    at: datetime | None
    is_known: bool
    fault: DeskError | None


def waiting_asks(desk: Desk, folder: Path) -> tuple[WaitingAsk, ...]:
    """Give the requests that lie on a stick, the latest first; asks nobody.

    Raises:
        WaitError: ``join_no_request``: none is there.
        OutsideError: ``carry_folder``.
    """
    with desk.read() as unit:
        known = {one.public_key for one in unit.agency_keys.members() if not one.revoked}
    found = []
    for _name, data in desk.stick_at(folder).asks.all(wire.SIGNED_ASK_BYTES):
        try:
            ask = _read(data)
        except DeskError as fault:
            found.append(WaitingAsk("", "", "", None, is_known=False, fault=fault))
            continue
        found.append(
            WaitingAsk(
                check=wire.check_code(ask),
                name=_line(ask.name, DEVICE_NAME),
                agency=_line(ask.agency, NAME_LIMIT),
                at=_moment(ask),
                is_known=ask.public_key in known,
                fault=_fault(desk, ask),
            )
        )
    if not found:
        raise WaitError("join_no_request")
    found.sort(key=lambda one: one.at.timestamp() if one.at else 0, reverse=True)
    return tuple(found)


def vouch(
    desk: Desk, folder: Path, check: str, code: str, told: CarryTold | None = None
) -> tuple[CarriedOut, Changes]:
    """Let the desk in that asked on a stick, and write the answer and all records for it.

    What is cut off is done once more with the same code; the portal takes the desk in once.

    Args:
        desk: connected to the portal, an administrator at work.
        check: digits of the request, as a person compared them with those on the other desk.
        code: the portal's one-time code, as it was typed there.
        told: called with the bytes of files that are over, of how many; False stops.

    Raises:
        AccessError: the member is no administrator; ``join_code_other``: another code than was typed there;
            ``join_altered``; ``join_revoked``; ``join_other_agency``; what the portal says of the code.
        WaitError: ``join_no_request``; ``join_expired``; ``join_own``; ``join_too_new``; ``join_needs_network``;
            ``transfer_stopped``.
        OutsideError: ``portal_unreachable``, ``carry_folder``, ``disk_full`` and their kin.
    """
    desk.member.require(Role.ADMIN)
    place = _online(desk)
    stick = desk.stick_at(folder)
    name, ask = _chosen(stick.asks.all(wire.SIGNED_ASK_BYTES), check)
    fault = _fault(desk, ask)
    if fault is not None:
        raise fault
    typed = wire.read_code(code)
    if not wire.is_code(typed):
        raise UserError("join_code_form", field="code")
    if not wire.is_proven(ask, typed):
        raise AccessError("join_code_other", field="code")
    _went_well(desk)
    device = _let_in(desk, place, ask, typed)
    _went_well(desk)  # hears of the new desk, and hands the agency's keys over to it
    _carry_for(desk, place, device, datetime.fromisoformat(ask.at))
    made, changes = carry_out(desk, folder, told)
    if made.fault is not None:
        raise made.fault
    digest = wire.ask_digest(ask)
    answer = wire.closed_welcome(seed_of(desk), typed, ask, _answer(desk, place, device, digest))
    stick.welcomes.put(f"{digest[:32]}-{place.device.hex}", wire.encode(answer))
    stick.asks.drop(name)
    return made, (*changes, Change("sync"))


def _online(desk: Desk) -> Enrolment:
    try:
        return online_place(desk)[0]
    except WaitError as error:
        raise WaitError("join_needs_network") from error


def _chosen(notes: tuple[tuple[str, bytes], ...], check: str) -> tuple[str, wire.JoinAsk]:
    digits = "".join(letter for letter in check if letter.isdigit())
    altered: DeskError | None = None
    for name, data in notes:
        try:
            ask = _read(data)
        except DeskError as fault:
            altered = fault
            continue
        if wire.check_code(ask).replace("-", "") == digits:
            return name, ask
    raise altered or WaitError("join_no_request")


def _read(data: bytes) -> wire.JoinAsk:
    """Read a request; raises AccessError("join_altered") or WaitError("join_too_new")."""
    try:
        signed = wire.decode(data, wire.SignedAsk)
        is_own = wire.is_own_ask(signed)
    except UserError as error:
        raise AccessError("join_altered") from error
    if not is_own or _moment(signed.ask) is None:
        raise AccessError("join_altered")
    if signed.ask.form > wire.JOINING:
        raise WaitError("join_too_new")
    return signed.ask


def _moment(ask: wire.JoinAsk) -> datetime | None:
    try:
        at = datetime.fromisoformat(ask.at)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def _fault(desk: Desk, ask: wire.JoinAsk) -> DeskError | None:
    """Say why a request that is whole is not to be vouched for."""
    at, now = _moment(ask), desk.now()
    if at is None or now - at > ASKED_WITHIN or at - now > AHEAD:
        return WaitError("join_expired")
    if ask.public_key == wire.public_key(seed_of(desk)):
        return WaitError("join_own")
    return None


def _line(text: str, limit: int) -> str:
    """Give what a strange desk calls itself, fit to be shown."""
    try:
        return clean_line(text, field="name", limit=limit)
    except UserError:
        return ""


def _went_well(desk: Desk) -> None:
    report, _changes = run_round(desk, is_patient=True)
    if report.fault is not None:
        raise report.fault


def _let_in(desk: Desk, place: Enrolment, ask: wire.JoinAsk, code: str) -> UUID:
    """Have the portal know the desk; one that it knows already is not let in twice."""
    _place, token = online_place(desk)
    with closing(desk.portal_at(place.portal)) as portal:
        known = portal.members(token, place.journal).members
        there = next((one for one in known if one.public_key == ask.public_key), None)
        if there is not None and there.revoked:
            raise AccessError("join_revoked")
        if there is not None:
            return there.device
        given = portal.enrol(
            wire.EnrolAsk(
                code=code,
                public_key=ask.public_key,
                proof=ask.proof,
                agency=ask.agency,
                device_name=_line(ask.name, DEVICE_NAME),
                device=ask.device,
                box=ask.box,
            )
        )
    if given.journal != place.journal:
        raise AccessError("join_other_agency", agency=given.agency)
    return given.device


def _carry_for(desk: Desk, place: Enrolment, device: UUID, at: datetime) -> None:
    """From now on sticks bring all records and files for the new desk, until one of its own says what it has.

    Args:
        at: by its clock, by which its sticks are told apart, too.
    """
    with desk.write() as unit:
        if any(one.device == device and one.cursor[2] for one in unit.carried.desks()):
            return  # it was here before, and said what it has
        wants = tuple(sorted(unit.files_named(shared=True)))
        unit.carried.note(CarriedDesk(device, (place.epoch, 0, ""), wants, (), at))


def _answer(desk: Desk, place: Enrolment, device: UUID, digest: str) -> wire.Welcome:
    with desk.read() as unit:
        members, pinned = unit.agency_keys.members(), unit.senders.pinned()
        basis = unit.outbox.basis()
    by = next((one for one in members if one.device == place.device), None)
    if by is None:
        raise OutsideError("portal_answer_unreadable", portal=place.portal)
    return wire.Welcome(
        ask=digest,
        journal=place.journal,
        device=device,
        agency=place.agency,
        epoch=basis.cursor.epoch if basis else place.epoch,
        portal=place.portal,
        by=by,
        members=list(members),
        senders=[wire.SenderKey(sender, key) for sender, key in sorted(pinned)],
        at=desk.now().isoformat(),
    )
