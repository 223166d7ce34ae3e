"""What one round did."""

from dataclasses import dataclass

from spokesdesk.domain.errors import DeskError
from spokesdesk.services.ports import SyncState


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one round did.

    Attributes:
        sent: operations the portal answered.
        echoed: operations seen in the feed, which left the outbox.
        received: entries of the feed read, own and colleagues'.
        files: files uploaded.
        published: releases that became public.
        quarantined: operations the portal would not take.
        filled: records that the first filling of this desk brought.
        repaired: records that differed from the portal's and were read, or queued, anew.
        forwarded: operations of colleagues, brought by hand, that the portal answered.
        fault: what stopped the round; None when it went to its end.
        members: the mark of the journal's devices, as the portal told it.
        door_at: when the last of what waited at the journalists' door came, milliseconds since 1970; 0 for nothing.
    """

    sent: int
    echoed: int
    received: int
    files: int
    published: int
    quarantined: int
    fault: DeskError | None
    state: SyncState
    filled: int = 0
    repaired: int = 0
    forwarded: int = 0
    door_at: int = 0
    members: str = ""
