"""Small records that pass between services, store and the doors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.journal import Attachment


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: kind is contact, paper, article, outlet or journalist; ``at`` UTC."""

    kind: str
    id: UUID
    title: str
    snippet: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """What a form held when the last key was typed; ``values`` is the form's own JSON-able content."""

    id: UUID
    form: str
    values: Mapping[str, object]
    saved_at: datetime
    member_id: UUID | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name offered while typing: outlet or journalist; ``hint`` tells two of the same name apart."""

    id: UUID
    name: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SyncRow:
    """One record on its way to the portal.

    Attributes:
        state: queued, sent (the portal answered), published (seen in the feed and public),
            withdrawn (taken down) or quarantined.
        reason: why it is quarantined, a code; else "".
        url: the public page, once published.
    """

    record: UUID
    entity: str
    title: str
    state: str
    reason: str
    changed_at: datetime
    url: str = ""
    n: int = 0


@dataclass(frozen=True, slots=True)
class SyncState:
    """What the status line says of the portal; ``portal`` "" before enrolment; times UTC.

    Attributes:
        queued, sent, published, quarantined, withdrawn: releases.
        waiting: other records on their way to the colleagues' desks.
        refused: other records that the portal did not take.
        conflicts: open ones, to be settled by a person.
        filling: this desk is being filled for the first time; ``filled``: records that came so far.
        aside: records that came and were set aside, because they bear a mark of secrecy.
        awaited: entries that wait for the agency's key.
        by_hand: this desk joined by a stick and asks no network; ``last_round_at`` is when a stick was read.
        fault: code of what stopped the last round (portal_unreachable, portal_restored …); "" when well.
    """

    portal: str
    queued: int
    sent: int
    published: int
    quarantined: int
    last_round_at: datetime | None
    fault: str = ""
    withdrawn: int = 0
    waiting: int = 0
    refused: int = 0
    conflicts: int = 0
    filling: bool = False
    filled: int = 0
    aside: int = 0
    awaited: int = 0
    by_hand: bool = False

    @property
    def unsent(self) -> int:
        """Give how many records and releases wait for the portal."""
        return self.queued + self.waiting


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Where this desk is enrolled; the token and the device's seed are in ``DeviceKeys``, not here.

    Attributes:
        by_hand: it joined by a stick: nothing is asked over a network.
    """

    portal: str
    journal: UUID
    device: UUID
    agency: str
    epoch: str
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far this desk has read its journal's feed; ``chain`` is the hash (hex) of entry ``seq``."""

    epoch: str
    seq: int
    chain: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An operation that has not been seen in the feed; ``state`` queued, sent or quarantined.

    Attributes:
        n: place in the outbox.
        sig: signature of the device that made it, where that was not this one; "" otherwise.
    """

    op: wire.Op
    state: str
    tries: int = 0
    n: int = 0
    sig: str = ""


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A record whose public page is not known yet, and its files."""

    record: UUID
    files: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class SyncBasis:
    """What a round starts from, read in one short transaction; ``dseq``: operations made here so far."""

    enrolment: Enrolment
    cursor: Cursor
    waiting: tuple[Waiting, ...]
    unpublished: tuple[Unpublished, ...]
    dseq: int | None = None


@dataclass(frozen=True, slots=True)
class SyncPlan:
    """What a round will write, decided before anything is written.

    Attributes:
        sent: operations the portal answered; they stay until the feed shows them.
        quarantined: operation and the reason the portal gave.
        echoed: operations seen in the feed; these leave the outbox.
        log: the feed entries to keep, in order.
        cursor: how far the desk has read afterwards.
        published: record and public address.
        withdrawn: records whose public page was taken down.
        effects: what the entries of the log did, as far as their bodies are there.
        fault: code of what stopped the round; "" when it went well.
        passed: records of operations that stand in the feed before the cursor: they came here with the records.
    """

    cursor: Cursor
    sent: tuple[UUID, ...] = ()
    quarantined: tuple[tuple[UUID, str], ...] = ()
    echoed: tuple[UUID, ...] = ()
    log: tuple[wire.Change, ...] = ()
    published: tuple[tuple[UUID, str], ...] = ()
    withdrawn: tuple[UUID, ...] = ()
    effects: tuple[wire.Effect, ...] = ()
    fault: str = ""
    passed: tuple[UUID, ...] = ()
