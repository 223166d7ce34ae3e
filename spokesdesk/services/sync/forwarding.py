"""What colleagues' desks sent by hand goes on to the portal, as they signed it; what it says is kept for them."""

from collections.abc import Callable, Sequence
from uuid import UUID

from spokesdesk import wire
from spokesdesk.services.ports import Desk, Portal, SyncBasis


def forward(desk: Desk, portal: Portal, token: str, basis: SyncBasis) -> int:
    """Send what waits, each operation once; give how many the portal answered.

    Raises:
        DeskError: the portal could not be asked; what was not answered waits.
    """
    cursor, after, answered = basis.cursor, 0, 0
    while True:
        with desk.read() as unit:
            found = unit.carried.waiting(after, wire.PUSH_OPS)
        batch = _of_size(found)
        if not batch:
            return answered
        signed = [wire.SignedOp(one.op, one.sig) for _n, one in batch]
        told = portal.push(token, basis.enrolment.journal, wire.Push(signed))
        with desk.write() as unit:
            unit.carried.answered(told.outcomes, cursor.epoch, cursor.seq, desk.now())
        after = batch[-1][0]
        answered += len(told.outcomes)


def _of_size(found: Sequence[tuple[int, wire.CarriedOp]]) -> Sequence[tuple[int, wire.CarriedOp]]:
    """Give as many as one push takes; a large one goes alone."""
    size = 0
    for at, (_n, one) in enumerate(found):
        size += len(wire.encode(one))
        if at and size > wire.PUSH_BYTES:
            return found[:at]
    return found


def ask_for_carried(desk: Desk, statuses: Callable[[Sequence[UUID]], Sequence[wire.ReleaseStatus]]) -> None:
    """Ask where releases of colleagues' desks stand on the public side, for their receipts."""
    with desk.read() as unit:
        records = unit.carried.unpublished()
    if records:
        found = statuses(records)
        with desk.write() as unit:
            unit.carried.note_status(found, desk.now())
