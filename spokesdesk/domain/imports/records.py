"""What a check of a table found, and what an import did."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from spokesdesk.domain.imports.fields import Noun
from spokesdesk.domain.people import Ref


class OnSame(StrEnum):
    """What becomes of a row about somebody already in the book."""

    FILL = "fill"  # only what was empty is filled in
    REPLACE = "replace"  # what the row says stands instead
    SKIP = "skip"
    NEW = "new"


class Act(StrEnum):
    """What a row did to a record."""

    MADE = "made"
    CHANGED = "changed"


class RunState(StrEnum):
    """Where an import stands."""

    RUNNING = "running"  # under way, or cut off in the middle
    DONE = "done"
    CANCELLED = "cancelled"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a row: the row cannot go in until it is mended.

    Attributes:
        line: number of the row in the file, from 1, as Excel shows it.
        column: the column's heading, "" when the whole row is meant.
        text: what stands there.
        code: key into ``domain.words``; ``params`` are its values.
    """

    line: int
    column: str
    text: str
    code: str
    params: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Same:
    """A row about somebody already known.

    Attributes:
        record: the record it is about; None when it repeats an earlier row of the file.
        why: what is the same: "card", "email", "phone", "name", "entry".
    """

    line: int
    title: str
    record: Ref | None
    why: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What reading the whole table found, before anything is written.

    Attributes:
        total: rows that hold something.
        good: rows that can go in.
        faults: the first of them; ``fault_rows`` counts the rows all the same.
        sames: the first of them; ``same_rows`` counts all.
        repaired: how many cells were turned into Unicode; ``samples`` shows some as (before, after).
        cancelled: the person stopped it; the counts are of what was read.
    """

    total: int
    good: int
    fault_rows: int
    faults: tuple[Fault, ...]
    same_rows: int
    sames: tuple[Same, ...]
    repaired: int = 0
    samples: tuple[tuple[str, str], ...] = ()
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class ImportRow:
    """What one row of an import did: made a record, or changed one."""

    line: int
    noun: Noun
    record: UUID
    act: Act


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One import (lần nhập), to be looked at and undone as a whole.

    Attributes:
        file_name: of the table; its bytes are named by ``file_sha256``.
        made: records made, changed: records changed, skipped: rows left out on purpose, faulty: rows with faults.
        kept: after undoing: names of records that stayed because they were used or changed since.
    """

    id: UUID
    noun: Noun
    file_name: str
    file_sha256: str
    state: RunState
    started_at: datetime
    author: Ref
    finished_at: datetime | None = None
    made: int = 0
    changed: int = 0
    skipped: int = 0
    faulty: int = 0
    kept: tuple[str, ...] = ()
