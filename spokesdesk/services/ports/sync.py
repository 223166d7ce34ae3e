"""What sharing a journal with other desks asks of the store, and the small records that pass."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.people import Ref
from spokesdesk.services.ports.paging import Paged
from spokesdesk.services.ports.records import SyncRow


@dataclass(frozen=True, slots=True)
class Merged:
    """A text that the portal merged from this desk's and a colleague's: its author saves it as the next version.

    Attributes:
        fields: the merged values, by field.
        actor: id of the member who typed this desk's, "" when unknown.
    """

    entity: str
    record: UUID
    fields: Mapping[str, Any]
    actor: str


@dataclass(frozen=True, slots=True)
class Filling:
    """How far the first filling of this desk has come.

    Attributes:
        noun: which nouns' records come now, parents before what points to them; "" before the first page.
        after: what the next page is asked with; "" for the first of the noun.
        cursor: place and chain hash in the feed from which it is followed afterwards; None before the first page.
    """

    noun: str = ""
    after: str = ""
    cursor: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class SyncConflict:
    """Two people changed one field of one record (xung đột).

    Attributes:
        record: as the portal knows it.
        title: of the record, "" when it has none.
        subject: the row here that a screen can open: its noun and id; None where there is no such screen.
        current: what holds until somebody decides: what reached the portal first.
        mine: what the other one typed; ``is_own`` says whether that was this desk.
        is_text: the values are texts.
    """

    id: UUID
    record: UUID
    entity: str
    field: str
    title: str
    base: Any
    current: Any
    mine: Any
    is_own: bool
    is_text: bool
    by: str
    opened_at: datetime
    state: str
    subject: tuple[str, UUID] | None = None


@dataclass(frozen=True, slots=True)
class SetAside:
    """A record that came from a colleague and was set aside, because it bears a mark of secrecy (dấu hiệu bí mật).

    Attributes:
        by: who wrote it last, "" when that is not known.
    """

    record: UUID
    entity: str
    by: str


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """All that is known of one record's way to the portal.

    Attributes:
        waiting: operations of it that no feed has shown yet.
        tries: how often the portal answered the one that waits longest.
        since: when the first of them was queued (UTC); None when nothing waits.
        files: hashes of the files of a release.
    """

    row: SyncRow
    waiting: int
    tries: int
    since: datetime | None
    files: tuple[str, ...]


class LedgerStore(Protocol):
    """The ledger as lists read it."""

    def listed(self, states: Sequence[str] = (), words: str = "") -> Paged: ...
    def rows_of(self, numbers: Sequence[int]) -> tuple[SyncRow, ...]: ...
    def counts(self) -> dict[str, int]: ...
    def entry(self, record: UUID) -> LedgerEntry | None: ...


class ReplicaStore(Protocol):
    """Shared records: what was saved here goes out, what colleagues saved comes in."""

    def join(self, *, filling: bool) -> None: ...
    def gather(self, at: datetime, actor: str, new_id: Callable[[], UUID]) -> int: ...
    def land(self, effects: Sequence[wire.Effect], own: UUID, at: datetime) -> tuple[Merged, ...]: ...
    def make_ready(self, page: wire.Snapshot) -> Any: ...
    def fill(self, page: wire.Snapshot, at: datetime, ready: Any = None) -> None: ...
    def filling(self) -> Filling | None: ...
    def note_filling(self, filling: Filling | None) -> None: ...
    def nouns(self) -> tuple[str, ...]: ...
    def begin_anew(self) -> None: ...
    def said_by_portal(self, ops: Sequence[wire.Op]) -> list[UUID]: ...
    def counts(self) -> dict[str, tuple[int, int]]: ...
    def is_check_due(self, before: datetime) -> bool: ...
    def note_checked(self, at: datetime, repaired: int) -> None: ...
    def repair(self, page: wire.Snapshot, at: datetime) -> int: ...
    def send_unknown(self, entity: str, known: Collection[UUID]) -> int: ...
    def subject_of(self, entity: str, record: UUID) -> tuple[str, UUID] | None: ...
    def conflicts(self, *, open_only: bool = True) -> tuple[SyncConflict, ...]: ...
    def aside(self) -> tuple[SetAside, ...]: ...
    def try_aside(self) -> int: ...
    def has_conflict(self, table: str, record: UUID) -> bool: ...
    def save_text(
        self, entity: str, record: UUID, fields: Mapping[str, Any], text_id: UUID, at: datetime, by: Ref
    ) -> bool: ...
    def stand(self, records: Sequence[UUID]) -> tuple[Merged, ...]: ...
    def settle(
        self, conflict: SyncConflict, value: object, at: datetime, actor: str, new_id: Callable[[], UUID]
    ) -> None: ...
    def unlock(self, after: int = 0) -> int | None: ...
    def unsent(self) -> tuple[list[wire.Op], int]: ...
    def adopt(self, ops: Sequence[wire.Op], own: UUID, at: datetime) -> int: ...


class AgencyKeyStore(Protocol):
    """The agency's keys that this desk holds, the journal's devices, and handing keys over."""

    @property
    def ring(self) -> wire.Ring: ...
    def locked(self) -> int: ...
    def members(self) -> tuple[wire.Member, ...]: ...
    def note(self, members: Iterable[wire.Member], at: datetime) -> tuple[wire.Member, ...]: ...
    def hear(self, members: Iterable[wire.Member], at: datetime) -> None: ...
    def handed(self) -> frozenset[tuple[str, str]]: ...
    def grants(self) -> tuple[dict[str, Any], ...]: ...
    def join(self, keys: Sequence[wire.AgencyKey]) -> bool: ...
    def take(self, private: bytes | None = None) -> bool: ...
    def hand_over(
        self,
        pairs: Sequence[tuple[wire.AgencyKey, str]],
        journal: UUID,
        at: datetime,
        actor: str,
        new_id: Callable[[], UUID],
    ) -> None: ...


class PortalFileStore(Protocol):
    """Files known to be at the portal."""

    def seen(self, epoch: str, since: datetime) -> frozenset[str]: ...
    def known(self, epoch: str) -> frozenset[str]: ...
    def note(self, files: Sequence[str], epoch: str, at: datetime) -> None: ...
