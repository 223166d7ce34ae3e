"""What goes from desk to desk by hand: a stick's content, one frame a line (đồng bộ mang tay).

The first frame is ``CarriedStart``; the others follow in any order. The stick itself is sealed and signed by who
wrote it; the operations keep the signatures of the devices that made them.
"""

from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from spokesdesk.wire.base import PUSH_OPS, Count, Hash, Signature
from spokesdesk.wire.feed import ChainPoint, Change, Snapshot
from spokesdesk.wire.members import Member
from spokesdesk.wire.ops import Op
from spokesdesk.wire.talk import ReleaseStatus

CARRIED = 1
Files = Annotated[list[Hash], Meta(max_length=1_000_000)]


class CarriedStart(Struct, frozen=True, tag="start"):
    """Who wrote the stick, how far it has read the feed, and which files it asks for.

    Attributes:
        at: the writer's clock, ISO 8601 UTC; shown, and decides between two sticks of one writer.
        before: epochs of the journal that the writer knew earlier: a reader in one of them is behind.
        filling: the writer has no records yet; ``seq`` and ``chain`` say nothing.
        wants: files that its records name and it does not have.
        offers: files that lie on the stick.
        members: devices of the journal as the writer knows them.
    """

    journal: UUID
    device: UUID
    at: Annotated[str, Meta(max_length=40)]
    epoch: Annotated[str, Meta(max_length=64)]
    seq: Count
    chain: Hash
    before: list[str]
    filling: bool
    wants: Files
    offers: Files
    members: list[Member] = []
    form: Count = CARRIED


class CarriedOp(Struct, frozen=True):
    """An operation on its way to the portal; ``tries``: how often an answer to it has come back."""

    op: Op
    sig: Signature
    tries: Count = 0


class CarriedOps(Struct, frozen=True, tag="ops"):
    """Some operations, each device's in the order in which they were made."""

    ops: Annotated[list[CarriedOp], Meta(max_length=PUSH_OPS)]


class CarriedFeed(Struct, frozen=True, tag="feed"):
    """A page of the feed as the writer read it."""

    changes: list[Change]


class CarriedPoints(Struct, frozen=True, tag="points"):
    """Chain hashes along the feed: by them a desk finds where a restored portal's past and its own part."""

    points: list[ChainPoint]


class CarriedSnapshot(Struct, frozen=True, tag="snapshot"):
    """A page of records as the portal has them, for a desk that the feed no longer reaches."""

    noun: str
    asked: str
    page: Snapshot


class Receipt(Struct, frozen=True, omit_defaults=True):
    """What became of a carried operation (biên nhận).

    Attributes:
        outcome: waiting – a carrier has it; sent – the portal has answered; refused – with the reason; arrived – seen
            in
            the feed at ``seq``.
        tries: of the operation as it came; an answer to an earlier try is old news.
    """

    op_id: UUID
    outcome: str
    reason: str = ""
    seq: Count = 0
    tries: Count = 0


class CarriedReceipts(Struct, frozen=True, tag="receipts"):
    """Receipts, where releases stand on the public side, and files that are at the portal."""

    receipts: list[Receipt]
    statuses: list[ReleaseStatus]
    files: Files


Frame = CarriedStart | CarriedOps | CarriedFeed | CarriedPoints | CarriedSnapshot | CarriedReceipts
