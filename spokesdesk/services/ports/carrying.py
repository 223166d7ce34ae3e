"""What carrying changes by hand asks of store and outside, and the small records that pass."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import UUID

from spokesdesk import wire
from spokesdesk.services.ports.outside import Incoming

CarryTold = Callable[[int, int], bool]
"""Told how many bytes are over, of how many; False stops."""


@dataclass(frozen=True, slots=True)
class CarryKey:
    """A desk of the agency as sticks know it: its keys (hex) for signing and for being sealed to, and its name.

    The keys are those that it published at its enrolment, see ``wire.Member``.
    """

    device: UUID
    signing: str
    sealing: str
    name: str


@dataclass(frozen=True, slots=True)
class CarriedDesk:
    """A colleague's desk for which this one carries.

    Attributes:
        device: its id at the portal.
        cursor: epoch, place and chain hash up to which it has read the feed.
        wants: files it asks for.
        offers: files it brought, of which it wants to hear that they arrived.
        at: when its stick was written, by its clock.
    """

    device: UUID
    cursor: tuple[str, int, str]
    wants: tuple[str, ...]
    offers: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class CarryFile:
    """A file for a stick: its hash, its size, and how to open it."""

    sha256: str
    size: int
    open: Callable[[], BinaryIO]


@dataclass(frozen=True, slots=True)
class CarrySeal:
    """Who writes a stick, for whom.

    Attributes:
        seed: the writer's 32-byte signing seed.
        private: its private key to which others seal; the keys of its files follow from it.
        readers: desks that can open it.
    """

    journal: UUID
    device: UUID
    at: datetime
    seed: bytes
    private: bytes
    readers: Sequence[CarryKey]


@dataclass(frozen=True, slots=True)
class CarryWritten:
    """What lies on the stick now: bytes, and files that found no room, by their hash."""

    size: int
    left_out: tuple[str, ...]


class StickFile(Incoming, Protocol):
    """A file of a stick while it is read; a changed byte raises ``carry_damaged``."""


class OpenStick(Protocol):
    """What one desk wrote, opened by one that it was meant for."""

    @property
    def at(self) -> datetime: ...
    @property
    def size(self) -> int: ...
    def frames(self) -> Iterator[bytes]: ...
    def files(self) -> dict[str, int]: ...
    def file(self, sha256: str) -> StickFile: ...


class StickNotes(Protocol):
    """Small notes on a stick, by name."""

    def put(self, name: str, data: bytes) -> None: ...
    def all(self, most_bytes: int) -> tuple[tuple[str, bytes], ...]: ...
    def drop(self, name: str) -> None: ...


class Stick(Protocol):
    """A folder, on a stick or shared, in which desks of an agency leave things for each other.

    ``asks`` are requests of desks to join, ``welcomes`` the answers.
    """

    @property
    def asks(self) -> StickNotes: ...
    @property
    def welcomes(self) -> StickNotes: ...
    def write(
        self, seal: CarrySeal, frames: Iterable[bytes], files: Sequence[CarryFile], told: CarryTold | None
    ) -> CarryWritten: ...
    def writers(self) -> tuple[UUID, ...]: ...
    def drop(self, writer: UUID) -> None: ...
    def open(
        self, writer: UUID, journal: UUID, device: UUID, private: bytes, keys: Sequence[CarryKey]
    ) -> OpenStick: ...


StickAt = Callable[[Path], Stick]


class CarryStore(Protocol):
    """Desks to seal for, desks for which this one carries, and operations on their way."""

    def desk_keys(self) -> tuple[CarryKey, ...]: ...
    def desks(self) -> tuple[CarriedDesk, ...]: ...
    def note(self, desk: CarriedDesk) -> None: ...
    def take(self, ops: Sequence[wire.CarriedOp], writer: UUID, epoch: str, at: datetime) -> int: ...
    def waiting(self, after: int, limit: int) -> tuple[tuple[int, wire.CarriedOp], ...]: ...
    def unseen(self) -> tuple[wire.CarriedOp, ...]: ...
    def answered(self, outcomes: Sequence[wire.Outcome], epoch: str, seq: int, at: datetime) -> None: ...
    def seen(self, log: Sequence[wire.Change], epoch: str, at: datetime) -> None: ...
    def receipts(self, epoch: str) -> tuple[wire.Receipt, ...]: ...
    def unpublished(self) -> tuple[UUID, ...]: ...
    def note_status(self, statuses: Sequence[wire.ReleaseStatus], at: datetime) -> None: ...
    def statuses(self) -> tuple[wire.ReleaseStatus, ...]: ...
    def let_go(self, writer: UUID, kept: Collection[UUID]) -> int: ...
    def log_from(self, after: int, limit: int) -> tuple[wire.Change, ...]: ...
    def files_named(self, after: int) -> frozenset[str]: ...
    def log_floor(self) -> int: ...
    def points(self, every: int) -> tuple[wire.ChainPoint, ...]: ...
    def sizes(self) -> tuple[int, int]: ...
