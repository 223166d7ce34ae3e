"""What a service may ask for: the Desk, one Unit per use case, and the Protocols of everything beyond the rules."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, Protocol
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.calendar import WorkingCalendar
from spokesdesk.domain.chain import ChainFault, Link
from spokesdesk.domain.coverage import Article, ArticleRow, Claim
from spokesdesk.domain.errors import AccessError
from spokesdesk.domain.journal import Attachment, Contact, ContactRow
from spokesdesk.domain.letters import Letter
from spokesdesk.domain.papers import Paper, PaperMove, PaperRow, PaperState
from spokesdesk.domain.people import Agency, Journalist, Member, Outlet, Ref
from spokesdesk.domain.rules import RulePack


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
        state: queued, sent (the portal answered), published (seen in the feed and public) or quarantined.
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


@dataclass(frozen=True, slots=True)
class SyncState:
    """What the status line says of the portal; ``portal`` "" before enrolment; times UTC.

    Attributes:
        fault: code of what stopped the last round (portal_unreachable, portal_restored …); "" when well.
    """

    portal: str
    queued: int
    sent: int
    published: int
    quarantined: int
    last_round_at: datetime | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Where this desk is enrolled; the token and the device's seed are in ``DeviceKeys``, not here."""

    portal: str
    journal: UUID
    device: UUID
    agency: str
    epoch: str


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far this desk has read its journal's feed; ``chain`` is the hash (hex) of entry ``seq``."""

    epoch: str
    seq: int
    chain: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An operation that has not been seen in the feed; ``state`` queued, sent or quarantined."""

    op: wire.Op
    state: str
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Unpublished:
    """A record whose public page is not known yet, and its files."""

    record: UUID
    files: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class SyncBasis:
    """What a round starts from, read in one short transaction."""

    enrolment: Enrolment
    cursor: Cursor
    waiting: tuple[Waiting, ...]
    unpublished: tuple[Unpublished, ...]


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
        fault: code of what stopped the round; "" when it went well.
    """

    cursor: Cursor
    sent: tuple[UUID, ...] = ()
    quarantined: tuple[tuple[UUID, str], ...] = ()
    echoed: tuple[UUID, ...] = ()
    log: tuple[wire.Change, ...] = ()
    published: tuple[tuple[UUID, str], ...] = ()
    fault: str = ""


class PeopleStore(Protocol):
    """Members, the agency, outlets and journalists."""

    def agency(self) -> Agency: ...
    def save_agency(self, agency: Agency) -> None: ...
    def members(self, *, active_only: bool = True) -> tuple[Member, ...]: ...
    def member(self, member_id: UUID) -> Member: ...
    def save_member(self, member: Member, pin_hash: str | None) -> None: ...
    def pin_hash(self, member_id: UUID) -> str: ...
    def outlet(self, outlet_id: UUID) -> Outlet: ...
    def outlets_named(self, name: str) -> tuple[Outlet, ...]: ...
    def outlets(self) -> tuple[Outlet, ...]: ...
    def save_outlet(self, outlet: Outlet) -> None: ...
    def journalist(self, journalist_id: UUID) -> Journalist: ...
    def journalists_named(self, name: str, outlet_id: UUID | None) -> tuple[Journalist, ...]: ...
    def journalists(self, outlet_id: UUID | None = None) -> tuple[Journalist, ...]: ...
    def save_journalist(self, journalist: Journalist) -> None: ...
    def suggest(
        self, kind: str, words: str, outlet_id: UUID | None = None, limit: int = 12
    ) -> tuple[Suggestion, ...]: ...


class JournalStore(Protocol):
    """Contacts."""

    def add(self, contact: Contact) -> None: ...
    def get(self, contact_id: UUID) -> Contact: ...
    def row_numbers(
        self,
        words: str = "",
        *,
        outlet_id: UUID | None = None,
        journalist_id: UUID | None = None,
        limit: int = 50_000,
    ) -> tuple[int, ...]: ...
    def rows(self, numbers: Sequence[int]) -> tuple[ContactRow, ...]: ...
    def due(self, limit: int = 100) -> tuple[Contact, ...]: ...
    def count_between(self, start: datetime, end: datetime) -> int: ...
    def settle(self, contact_id: UUID, at: datetime) -> None: ...


class CoverageStore(Protocol):
    """Articles and their claims."""

    def add(self, article: Article) -> None: ...
    def add_claims(self, article_id: UUID, claims: Sequence[Claim], at: datetime) -> None: ...
    def get(self, article_id: UUID) -> Article: ...
    def row_numbers(
        self, words: str = "", *, outlet_id: UUID | None = None, limit: int = 50_000
    ) -> tuple[int, ...]: ...
    def rows(self, numbers: Sequence[int]) -> tuple[ArticleRow, ...]: ...


class PapersStore(Protocol):
    """Papers, their versions and moves."""

    def add(self, made: Paper, text_id: UUID) -> None: ...
    def get(self, paper_id: UUID) -> Paper: ...
    def save_letter(
        self, paper_id: UUID, text_id: UUID, letter: Letter, version: int, at: datetime, by: Ref
    ) -> None: ...
    def version(self, paper_id: UUID, version: int) -> Letter: ...
    def text_sha256(self, paper_id: UUID, version: int) -> str: ...
    def move(self, paper_id: UUID, step: PaperMove, expected: PaperState) -> None: ...
    def stamp(
        self, paper_id: UUID, number: int, on: date, series: str, docx: Attachment, pdf: Attachment
    ) -> None: ...
    def numbers(self, series: str, year: int) -> tuple[int, ...]: ...
    def row_numbers(
        self, words: str = "", *, states: Sequence[PaperState] = (), limit: int = 50_000
    ) -> tuple[int, ...]: ...
    def rows(self, numbers: Sequence[int]) -> tuple[PaperRow, ...]: ...
    def about(self, outlet_id: UUID) -> tuple[PaperRow, ...]: ...


class ChainStore(Protocol):
    """The journal chain; the nouns join their entries to it in the transaction that writes them."""

    def links(self) -> Iterator[Link]: ...
    def body_faults(self) -> list[ChainFault]: ...
    def head(self) -> Link | None: ...
    def erase(self, entry: UUID) -> None: ...


class DraftStore(Protocol):
    """What forms hold, saved while typing."""

    def save(self, draft: SavedDraft) -> None: ...
    def drop(self, draft_id: UUID) -> None: ...
    def all(self) -> tuple[SavedDraft, ...]: ...


class SearchStore(Protocol):
    """Full text over everything, words without accents, possibly in different fields of one entry."""

    def put(self, kind: str, record: UUID, title: str, body: str, at: datetime) -> None: ...
    def find(self, words: str, kinds: Sequence[str] = (), limit: int = 50) -> tuple[Hit, ...]: ...


class MachineSettings(Protocol):
    """Settings of this machine (palette, window, last workspace), declared in outside/settings.py."""

    def get(self, name: str) -> object: ...
    def put(self, name: str, value: object) -> None: ...


class SettingStore(Protocol):
    """Settings of the workspace (not of the machine), JSON-able values by name."""

    def get(self, name: str) -> object: ...
    def put(self, name: str, value: object) -> None: ...


class OutboxStore(Protocol):
    """Operations for the portal, the cursor and the log of the feed; nothing is kept before enrolment."""

    def state(self) -> SyncState: ...
    def rows(self, limit: int = 500) -> tuple[SyncRow, ...]: ...
    def queue_release(self, paper: Paper, at: datetime, op_id: UUID | None = None) -> bool: ...
    def enrolment(self) -> Enrolment | None: ...
    def enrol(self, enrolment: Enrolment, at: datetime) -> None: ...
    def basis(self) -> SyncBasis | None: ...
    def apply(self, plan: SyncPlan, at: datetime) -> None: ...
    def log(self, after: int = 0, limit: int = 1000) -> tuple[wire.Change, ...]: ...


class Portal(Protocol):
    """The portal at one address; every call may raise OutsideError, WaitError or AccessError."""

    def enrol(self, ask: wire.EnrolAsk) -> wire.Enrolled: ...
    def hello(self, token: str) -> wire.Hello: ...
    def push(self, token: str, journal: UUID, push: wire.Push) -> wire.PushReply: ...
    def changes(self, token: str, journal: UUID, cursor: Cursor, limit: int) -> wire.Changes: ...
    def releases(self, token: str, journal: UUID, records: Sequence[UUID]) -> wire.Releases: ...
    def has_file(self, token: str, sha256: str) -> bool: ...
    def put_file(self, token: str, file: Attachment, source: BinaryIO) -> None: ...
    def close(self) -> None: ...


class Unit(Protocol):
    """One transaction: all of it is kept, or nothing."""

    @property
    def people(self) -> PeopleStore: ...
    @property
    def journal(self) -> JournalStore: ...
    @property
    def coverage(self) -> CoverageStore: ...
    @property
    def papers(self) -> PapersStore: ...
    @property
    def chain(self) -> ChainStore: ...
    @property
    def drafts(self) -> DraftStore: ...
    @property
    def search(self) -> SearchStore: ...
    @property
    def settings(self) -> SettingStore: ...
    @property
    def outbox(self) -> OutboxStore: ...
    def files_named(self) -> tuple[str, ...]: ...


class Files(Protocol):
    """The encrypted blob store: a file is known by the SHA-256 of its bytes."""

    def put_file(self, source: Path, name: str) -> Attachment: ...
    def put_bytes(self, data: bytes, name: str) -> Attachment: ...
    def read(self, sha256: str) -> bytes: ...
    def open(self, sha256: str) -> BinaryIO: ...
    def export(self, sha256: str, target: Path) -> None: ...
    def has(self, sha256: str) -> bool: ...
    def all(self) -> Iterator[str]: ...
    def is_whole(self, sha256: str) -> bool: ...


class Pins(Protocol):
    """Hashes PINs slowly (Argon2id) and checks them."""

    def hash(self, pin: str) -> str: ...
    def matches(self, pin: str, hashed: str) -> bool: ...


class Printer(Protocol):
    """Prints a PDF as it is, page by page, through the system's printer."""

    def names(self) -> tuple[str, ...]: ...
    def print_pdf(self, pdf: bytes, *, title: str, printer: str = "", copies: int = 1) -> str: ...


class DeviceKeys(Protocol):
    """Secrets of this device in the workspace's key envelope: its signing seed and its portal token."""

    def get(self, name: str) -> bytes | None: ...
    def put(self, name: str, value: bytes | None) -> None: ...


class Keeper(Protocol):
    """Keeps the workspace as files: backup, integrity, keys."""

    folder: Path

    def backup(self, target: Path) -> Path: ...
    def database_faults(self) -> list[str]: ...
    def change_passphrase(self, passphrase: str) -> None: ...
    def new_recovery_key(self) -> str: ...
    def unlock_ways(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything a service works with, wired once in ``bootstrap``.

    Attributes:
        write: opens a Unit that may write (BEGIN IMMEDIATE); commits when the block ends without error.
        read: opens a Unit on a connection of its own that only reads.
        now: UTC now.
        new_id: a fresh UUIDv7.
        actor: who is working now; None before anyone is chosen.
        answer_events: events of the rule pack that a contact may start an answer clock with.
        outlet_kinds: our kind of outlet → the rule pack's.
        portal_at: makes the client of the portal at an address.
    """

    write: Callable[[], AbstractContextManager[Unit]]
    read: Callable[[], AbstractContextManager[Unit]]
    now: Callable[[], datetime]
    new_id: Callable[[], UUID]
    files: Files
    pins: Pins
    printer: Printer
    device_keys: DeviceKeys
    keeper: Keeper
    rules: RulePack
    calendar: WorkingCalendar
    answer_events: tuple[str, ...]
    outlet_kinds: Mapping[str, str]
    portal_at: Callable[[str], Portal]
    close: Callable[[], None]
    actor: Member | None = None

    def working_as(self, member: Member) -> "Desk":
        """Give the same desk with another member at it."""
        return replace(self, actor=member)

    @property
    def member(self) -> Member:
        """Who is working now; raises AccessError("nobody_working") when nobody is chosen."""
        if self.actor is None:
            raise AccessError("nobody_working")
        return self.actor
