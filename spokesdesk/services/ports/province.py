"""What the exchange between province and agencies asks of the store."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from spokesdesk.domain.people import Ref
from spokesdesk.domain.province import (
    Complaint,
    KnownAgency,
    ListSeen,
    NewSender,
    Note,
    NoteKind,
    ReleaseSeen,
    Standing,
)


@dataclass(frozen=True, slots=True)
class InboxPlace:
    """How far the inbox was read.

    Attributes:
        seq: place of the last item read, and ``mark`` its mark.
        agencies_at: when the agencies were last asked for, UTC.
    """

    seq: int
    mark: str
    standing: Standing = Standing.ALONE
    agencies_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """An item of the inbox as it is kept; ``kind`` of a note, or release, withdrawn, list."""

    item: UUID
    kind: str
    sender: UUID
    agency: str
    title: str
    at: datetime
    arrived_at: datetime
    about: UUID | None = None
    text: str = ""
    by: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    proof: Mapping[str, Any] | None = None


class SenderStore(Protocol):
    """Keys by which the province is believed."""

    def pinned(self) -> frozenset[tuple[UUID, str]]: ...
    def pin(self, keys: Sequence[tuple[UUID, str]], at: datetime, by: str = "") -> None: ...
    def waiting(self) -> tuple[NewSender, ...]: ...
    def let_in(self) -> int: ...


class ProvinceStore(Protocol):
    """Notes of this journal, and its inbox."""

    def place(self) -> InboxPlace: ...
    def take(self, items: Sequence[Received], seq: int, mark: str) -> int: ...
    def stand(self, standing: Standing) -> None: ...
    def save_agencies(self, agencies: Sequence[KnownAgency], at: datetime) -> None: ...
    def agencies(self) -> tuple[KnownAgency, ...]: ...
    def write(self, note: Note, by: Ref) -> None: ...
    def note(self, note_id: UUID) -> Note: ...
    def written(self, kinds: Collection[NoteKind], since: datetime = ...) -> tuple[Note, ...]: ...
    def received(self, kinds: Collection[NoteKind], since: datetime = ...) -> tuple[Note, ...]: ...
    def arrived(self, kinds: Collection[NoteKind], after: int) -> tuple[tuple[int, Note], ...]: ...
    def unopened(self) -> tuple[Note, ...]: ...
    def doubles(self) -> tuple[UUID, ...]: ...
    def replies(self, about: Collection[UUID]) -> tuple[Note, ...]: ...
    def heard_from(
        self, about: Collection[UUID], kinds: Collection[NoteKind]
    ) -> dict[tuple[UUID, UUID], datetime]: ...
    def releases(self, portal: str) -> tuple[ReleaseSeen, ...]: ...
    def lists(self) -> tuple[ListSeen, ...]: ...
    def save_complaints(self, told: Sequence[Complaint]) -> None: ...
    def complaints(self) -> tuple[Complaint, ...]: ...
    def say_of(self, complaint_id: UUID, text: str) -> None: ...
