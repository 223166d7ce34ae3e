"""What watching the press asks for: sources and subjects, items found, pages kept, the web itself."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from spokesdesk.domain.false_posts import FalsePost
from spokesdesk.domain.monitoring import (
    Capture,
    Item,
    ItemRow,
    ItemState,
    Source,
    Standing,
    Subject,
    Triage,
    TriageStep,
)
from spokesdesk.domain.monitoring_web import Feed, Fetched, Page
from spokesdesk.domain.people import Ref
from spokesdesk.services.ports.paging import Paged


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of items is narrowed to.

    Attributes:
        matched: only items in which something watched for stands, or that a person put in.
        mine: only those given to this member.
    """

    states: tuple[ItemState, ...] = ()
    matched: bool = False
    mine: Ref | None = None
    subject: UUID | None = None
    verdict: Triage | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """By what an item is known again, and finds items like it.

    Attributes:
        url: canonical address, "" for none.
        title: folded title, outlet and day.
        shingles: of its text; empty for a short one.
    """

    url: str
    title: str
    shingles: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Near:
    """An item found before that may hold a text like some new ones.

    Attributes:
        marks: those it has of the marks asked for.
    """

    id: UUID
    published_at: datetime
    text: str
    marks: frozenset[int]


class Web(Protocol):
    """The web: every call blocks, and may raise OutsideError or UserError."""

    def get(self, url: str, *, etag: str = "", modified: str = "") -> Fetched: ...
    def feed(self, fetched: Fetched) -> Feed: ...
    def page(self, fetched: Fetched) -> Page: ...


class WatchStore(Protocol):
    """Sources and subjects."""

    def save_source(self, source: Source, by: Ref, at: datetime) -> None: ...
    def looked(self, source: Source) -> None: ...
    def drop_source(self, source_id: UUID) -> None: ...
    def source(self, source_id: UUID) -> Source: ...
    def sources(self) -> tuple[Source, ...]: ...
    def save_subject(self, subject: Subject, by: Ref, at: datetime) -> None: ...
    def drop_subject(self, subject_id: UUID) -> None: ...
    def subjects(self) -> tuple[Subject, ...]: ...


class MonitoringStore(Protocol):
    """Items found and their triage."""

    def known(self, keys: Sequence[Keys]) -> frozenset[str]: ...
    def near(self, marks: Collection[int], since: datetime) -> tuple[Near, ...]: ...
    def add(self, made: Sequence[tuple[Item, Keys]]) -> None: ...
    def get(self, item_id: UUID) -> Item: ...
    def step(self, step: TriageStep, expected: Standing) -> Item: ...
    def steps(self, item_id: UUID) -> tuple[TriageStep, ...]: ...
    def link_article(self, item_id: UUID, article_id: UUID) -> None: ...
    def set_subjects(self, item_id: UUID, subjects: Sequence[Ref]) -> None: ...
    def new_ones(self, since: datetime) -> tuple[Item, ...]: ...
    def listed(self, wanted: Wanted, words: str = "") -> Paged: ...
    def rows(self, numbers: Sequence[int]) -> tuple[ItemRow, ...]: ...
    def count(self, wanted: Wanted) -> int: ...
    def copies(self, item_id: UUID) -> tuple[Item, ...]: ...
    def between(self, start: datetime, end: datetime) -> tuple[Item, ...]: ...
    def open(self) -> tuple[Item, ...]: ...
    def forget(self, before: datetime, limit: int) -> int: ...


class KeptPages(Protocol):
    """Pages kept as they were served, and the sheets of false posts."""

    def add(self, made: Capture) -> None: ...
    def of(self, item_id: UUID) -> tuple[Capture, ...]: ...
    def save_false_post(self, made: FalsePost) -> None: ...
    def false_post(self, item_id: UUID) -> FalsePost | None: ...
