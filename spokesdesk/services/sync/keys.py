"""The agency's keys on this desk (khóa của cơ quan): made, handed over to colleagues, exchanged after a revocation.

Contact notes and case files are sealed with them before they leave the desk (sync.md T29). Only public keys and closed
boxes go through the portal.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from secrets import token_bytes
from uuid import UUID

from msgspec.structs import replace

from spokesdesk import wire
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import AccessError, WaitError
from spokesdesk.domain.people import Role
from spokesdesk.services.ports import Desk, Portal, Unit
from spokesdesk.services.sync.takingover import taking_over

BOX, RECOVERY = "box_key", "recovery_box"
BOX_BYTES = 32
_MARKED = 4


@dataclass(frozen=True, slots=True)
class Holder:
    """A device of the agency, and whether it has the key that is sealed with now.

    Attributes:
        is_own: it is this desk.
        has_key: the current key was handed over to it; while this desk has none, any key.
    """

    device: UUID
    name: str
    is_own: bool
    has_key: bool
    revoked: bool


@dataclass(frozen=True, slots=True)
class KeyState:
    """What a person sees of the agency's keys.

    Attributes:
        generation: of the key that is sealed with now; 0 while there is none here.
        mark: eight letters and digits to compare with a colleague's desk over the telephone; "" without a key.
        awaited: entries here that wait for a key.
        unvouched: keys that open, but that nobody known vouched for.
    """

    generation: int
    mark: str
    awaited: int
    unvouched: int
    holders: tuple[Holder, ...]


@dataclass(frozen=True, slots=True)
class KeyPlan:
    """What is to be done: a key to make, and keys to hand over, each to a public key (hex)."""

    made: tuple[wire.AgencyKey, ...]
    pairs: tuple[tuple[wire.AgencyKey, str], ...]


def plan_keys(
    ring: wire.Ring,
    members: Sequence[wire.Member],
    handed: Collection[tuple[str, str]],
    *,
    is_first: bool,
) -> KeyPlan:
    """Decide what keys to make and to hand over; asks and writes nothing.

    Args:
        handed: id of a key, public key that it was handed over to.
        is_first: nobody has handed over a key in this journal yet.
    """
    living = {key for one in members if not one.revoked for key in _boxes(one)}
    made: tuple[wire.AgencyKey, ...] = ()
    current = ring.current
    if current is None:
        made = (wire.first_key(),) if is_first else ()
    elif any(key == current.id and to not in living for key, to in handed):
        # A device was revoked, or a printed recovery key was replaced: who has the old one has this key.
        made = (wire.next_key(current),)
    pairs = [(key, to) for key in (*ring.keys, *made) for to in sorted(living) if (key.id, to) not in handed]
    return KeyPlan(made, tuple(pairs))


def _boxes(member: wire.Member) -> tuple[str, ...]:
    if member.box is None:
        return ()
    return tuple(key for key in (member.box.box_key, member.box.recovery_key) if key)


def own_box(desk: Desk, seed: bytes, *, anew: bool = False) -> wire.DeviceBox:
    """Give the public keys of this device, signed; its private key is made when there is none.

    Args:
        seed: of the device's signatures.
        anew: make another private key, for a device that goes on under another id.
    """
    if anew:
        desk.device_keys.put(BOX, token_bytes(BOX_BYTES))
    private = private_box(desk, seed)
    recovery = desk.device_keys.get(RECOVERY) or b""
    return wire.published(seed, wire.box_key(private), recovery.decode())


def private_box(desk: Desk, seed: bytes) -> bytes:
    """Give this device's private key to which others seal: the agency's keys, and sticks (made when there is none).

    A desk that was enrolled before it had one keeps the key by which its colleagues know it.

    Args:
        seed: of the device's signatures.
    """
    private = desk.device_keys.get(BOX)
    if private is None:
        with desk.read() as unit:
            is_known = unit.outbox.enrolment() is not None
        private = wire.sealing_seed(seed) if is_known else token_bytes(BOX_BYTES)
        desk.device_keys.put(BOX, private)
    return private


def look_after(desk: Desk, portal: Portal, token: str, seed: bytes, hello: wire.Hello) -> bool:
    """Hear of the journal's devices, make the first key or the next one, and hand keys over to who has none.

    Args:
        hello: what the portal said of the journal in this round.

    Returns:
        Whether something is to be sent, or can be sealed now.

    Raises:
        DeskError: the portal could not be asked.
    """
    with desk.read() as unit:
        place, known = unit.outbox.enrolment(), unit.agency_keys.members()
    if place is None:
        return False
    box = own_box(desk, seed)
    told: Sequence[wire.Member] = known
    if hello.members != wire.members_mark(known):
        told = (
            portal.members(token, place.journal).members if hello.members else _alone(place.device, seed, box)
        )
    own = next((one for one in told if one.device == place.device), None)
    if hello.members and own is not None and _boxes(own) != _boxes(replace(own, box=box)):
        told = portal.publish_box(token, place.journal, box).members
    with desk.write() as unit:
        if told is not known:
            unit.agency_keys.note(told, desk.now())
        has_more = _kept_up(desk, unit, place.journal)
    open_waiting(desk)
    return has_more


def open_waiting(desk: Desk) -> None:
    """Write what waited for a key that is here now, part by part: who types beside gets a turn between.

    What a round that was broken off has left is found again by the next one.
    """
    with desk.read() as unit:
        has_any = bool(unit.agency_keys.ring.keys) and unit.agency_keys.locked() > 0
    place: int | None = 0 if has_any else None
    with taking_over():
        while place is not None:
            with desk.write() as unit:
                place = unit.replicas.unlock(place)


def _alone(device: UUID, seed: bytes, box: wire.DeviceBox) -> tuple[wire.Member, ...]:
    """A portal of an older program names no devices: this one is known at least."""
    return (wire.Member(device, "", wire.public_key(seed), box),)


def _kept_up(desk: Desk, unit: Unit, journal: UUID) -> bool:
    keys = unit.agency_keys
    has_grown = keys.take()
    handed = keys.handed()
    found = plan_keys(keys.ring, keys.members(), handed, is_first=not handed)
    _hand_over(desk, unit, journal, found)
    return bool(has_grown or found.made or found.pairs)


def _hand_over(desk: Desk, unit: Unit, journal: UUID, found: KeyPlan) -> None:
    if found.made:
        unit.agency_keys.join(found.made)
    actor = str(desk.actor.id) if desk.actor else ""
    unit.agency_keys.hand_over(found.pairs, journal, desk.now(), actor, desk.new_id)


def key_state(desk: Desk) -> KeyState:
    """Give what a person sees of the agency's keys."""
    with desk.read() as unit:
        keys = unit.agency_keys
        ring, members, handed, locked = keys.ring, keys.members(), keys.handed(), keys.locked()
        place = unit.outbox.enrolment()
    current = ring.current
    holders = tuple(
        Holder(
            device=one.device,
            name=one.name,
            is_own=place is not None and one.device == place.device,
            has_key=any(to in _boxes(one) for key, to in handed if current is None or key == current.id),
            revoked=one.revoked,
        )
        for one in members
    )
    unvouched = sum(not key.seals for key in ring.keys)
    return KeyState(current.n if current else 0, mark_of(current), locked, unvouched, holders)


def mark_of(key: wire.AgencyKey | None) -> str:
    """Give the mark of a key that two people compare, in two groups of four; "" for none."""
    return f"{key.id[:_MARKED]}-{key.id[_MARKED : 2 * _MARKED]}".upper() if key else ""


def recover_keys(desk: Desk, typed: str) -> tuple[KeyState, Changes]:
    """Open the agency's keys with the printed recovery key of any of its desks, when no desk is left to hand them over.

    Args:
        typed: the recovery key as typed from the paper.

    Raises:
        AccessError: ``recovery_mistyped``; ``recovery_no_key``: nothing was handed over for it in this journal, or
            all of it is here already; the member is no administrator.
        WaitError: ``not_enrolled``.
    """
    desk.member.require(Role.ADMIN)
    private = desk.keeper.recovery_box(typed)
    with desk.write() as unit:
        if unit.outbox.enrolment() is None:
            raise WaitError("not_enrolled")
        if not unit.agency_keys.take(private):
            raise AccessError("recovery_no_key", field="recovery")
    open_waiting(desk)
    return key_state(desk), (Change("sync"), Change("contact"), Change("case"))


def begin_keys(desk: Desk) -> tuple[KeyState, Changes]:
    """Begin with a key of this desk's own, when no desk and no recovery key is left that could hand one over.

    What was sealed before stays as it is, and opens if its key ever comes.

    Raises:
        WaitError: ``not_enrolled``; ``agency_key_there``: this desk has a key.
        AccessError: the member is no administrator.
    """
    desk.member.require(Role.ADMIN)
    with desk.write() as unit:
        place = unit.outbox.enrolment()
        if place is None:
            raise WaitError("not_enrolled")
        if unit.agency_keys.ring.current is not None:
            raise WaitError("agency_key_there")
        keys = unit.agency_keys
        found = plan_keys(keys.ring, keys.members(), keys.handed(), is_first=True)
        _hand_over(desk, unit, place.journal, found)
    return key_state(desk), (Change("sync"),)
