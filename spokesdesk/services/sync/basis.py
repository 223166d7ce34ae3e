"""What a round starts from, and that there is one at a time."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from spokesdesk import wire
from spokesdesk.domain.errors import WaitError
from spokesdesk.services.ports import Desk, SyncBasis, Unit
from spokesdesk.services.sync.plan import Outgoing, outgoing

_round = threading.Lock()
PATIENCE_S = 120


@contextmanager
def one_at_a_time(*, is_patient: bool = False) -> Iterator[None]:
    """Keep a second round out while this block runs; raises WaitError("sync_running").

    Args:
        is_patient: wait some time for the round that is under way.
    """
    if not _round.acquire(timeout=PATIENCE_S if is_patient else 0):
        raise WaitError("sync_running")
    try:
        yield
    finally:
        _round.release()


def basis_of(desk: Desk, after: int = 0, known: Mapping[int, wire.Op] | None = None) -> SyncBasis:
    """Give what a round starts from; raises WaitError("not_enrolled")."""
    with desk.read() as unit:
        basis = unit.outbox.basis(after, known)
    if basis is None:
        raise WaitError("not_enrolled")
    return basis


def preview(desk: Desk) -> Outgoing:
    """Give what the next round would send; asks nobody. Raises WaitError("not_enrolled")."""
    gather(desk)
    return outgoing(basis_of(desk))


def gather(desk: Desk) -> None:
    """Make operations of what was saved since the last time."""
    with desk.write() as unit:
        gathered(desk, unit)


def gathered(desk: Desk, unit: Unit) -> None:
    """Do the same in a transaction that is open."""
    actor = str(desk.actor.id) if desk.actor else ""
    unit.replicas.gather(desk.now(), actor, desk.new_id)
