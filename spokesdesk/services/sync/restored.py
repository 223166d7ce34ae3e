"""A portal that was restored from an older backup: what it forgot is given back, whoever wrote it (sync.md D6)."""

from collections.abc import Sequence
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.errors import UserError
from spokesdesk.services.ports import Cursor, Desk, Portal, SyncBasis, Unit

PLACES = 100
LOOKED_THROUGH = 1_000
_EPOCHS = "sync_epochs"


def come_back(desk: Desk, portal: Portal, token: str, basis: SyncBasis) -> None:
    """Find where the portal's journal and this desk's reading of it part, and queue what came after for the portal.

    The operations keep their ids and the signatures of the devices that made them. The records of the portal are then
    read anew as in a first filling; what waits here stays on top of them.

    Raises:
        DeskError: the portal cannot be reached; nothing is changed then.
    """
    hello = portal.hello(token)
    place = _parting(desk, portal, token, basis)
    if hello.epoch == basis.cursor.epoch:
        _tell(desk, portal, token, basis, place)
    with desk.write() as unit:
        unit.settings.put(_EPOCHS, sorted(epochs_before(unit) | {basis.cursor.epoch}))
        unit.outbox.give_back(place, desk.now())
        unit.replicas.begin_anew()


def let_go_of_known(desk: Desk, basis: SyncBasis) -> bool:
    """Forget what colleagues' desks once signed, a restored portal refused, and it has from them by now.

    The portal may have been put back to before such a desk was enrolled; its people sign it in once more, and it sends
    what it has under its new name. True when there was something refused to look at.
    """
    refused = [item.op for item in basis.waiting if item.state == "quarantined" and item.sig]
    if refused:
        with desk.write() as unit:
            unit.outbox.let_go(unit.replicas.said_by_portal(refused), desk.now())
    return bool(refused)


def epochs_before(unit: Unit) -> set[str]:
    """Give the epochs of the journal that this desk has left behind: a stick of one of them is old."""
    place = unit.outbox.basis()
    found = unit.settings.get(_EPOCHS)
    known = {str(epoch) for epoch in found} if isinstance(found, list) else set()
    return known - ({place.cursor.epoch} if place else set())


def _tell(desk: Desk, portal: Portal, token: str, basis: SyncBasis, place: int) -> None:
    """Show the portal an entry that it has lost, so that every desk hears of it.

    It believes entries of devices that it knows: it may have forgotten one that joined since, so of each device that
    wrote after the place the last is shown until one is believed, this desk's first.
    """
    for entry in _shown(desk, basis, place):
        try:
            portal.told_fork(token, basis.enrolment.journal, wire.ForkTold(basis.cursor.epoch, entry))
        except UserError as error:
            # Its device is forgotten; or the entry is there, at another place: a colleague gave it back before.
            if error.code != "fork_unproven":
                raise
        else:
            return


def _shown(desk: Desk, basis: SyncBasis, place: int) -> Sequence[wire.Change]:
    latest: dict[UUID, wire.Change] = {}
    with desk.read() as unit:
        lost = unit.outbox.log(max(place, basis.cursor.seq - LOOKED_THROUGH), LOOKED_THROUGH)
    for entry in lost:
        if entry.effect is not None:
            latest[wire.decode(entry.effect, wire.Effect).op.device] = entry
    own = basis.enrolment.device
    return [latest[device] for device in sorted(latest, key=lambda one: (one != own, -latest[one].seq))]


def _parting(desk: Desk, portal: Portal, token: str, basis: SyncBasis) -> int:
    """Give the last place of the feed that both know alike: bisected by a hundred places a question."""
    low, high = 0, basis.cursor.seq
    while low < high:
        step = max(1, (high - low + PLACES - 1) // PLACES)
        places = [*range(low + step, high, step), high][:PLACES]
        told = portal.points(token, basis.enrolment.journal, places).points
        alike = _alike(desk, basis.cursor, told)
        found = max((seq for seq in alike if seq > low), default=low)
        following = min((place for place in places if place > found), default=high + 1)
        low, high = found, following - 1
    return low


def _alike(desk: Desk, cursor: Cursor, told: Sequence[wire.ChainPoint]) -> set[int]:
    same: set[int] = set()
    with desk.read() as unit:
        for point in told:
            if point.seq == cursor.seq:
                own = cursor.chain
            else:
                entries = unit.outbox.log(point.seq - 1, 1)
                own = entries[0].chain if entries and entries[0].seq == point.seq else ""
            if own and own == point.chain:
                same.add(point.seq)
    return same
