"""Backups (sao lưu) and drills (diễn tập khôi phục): which copies stay, when the next is due, when to warn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from spokesdesk.domain.clock import to_vn, vn_day

DAILY, WEEKLY = 7, 4
DRILL_EVERY = timedelta(days=7)
OLD_AFTER = timedelta(days=3)
# A copy "of tomorrow" was made by a wrong clock; nobody can tell how old it is.
_CLOCK_SLACK = timedelta(days=1)
_UNITS = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))


class RunKind(StrEnum):
    """What was done: a copy made, or one tried out."""

    BACKUP = "backup"
    DRILL = "drill"


@dataclass(frozen=True, slots=True)
class Told:
    """What a copy of the database says of itself; a restored one must say the same.

    Attributes:
        links: entries in the journal chain.
        head: hash of the last link, hex; "" for an empty journal.
        rows: how many rows each table has.
    """

    links: int = 0
    head: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Copy:
    """One day's copy of a workspace.

    Attributes:
        name: of its folder; sorts by time.
        made_at: UTC.
        size: bytes of everything it needs, shared files included.
        files: attachments it needs.
        added: bytes that were written for it.
    """

    name: str
    made_at: datetime
    told: Told
    size: int
    files: int
    added: int = 0


@dataclass(frozen=True, slots=True)
class BackupRun:
    """That a copy was made or tried out, or why it could not be.

    Attributes:
        place: folder of the copies.
        copy: name of the copy; "" when there is none.
        code: "" when it went well, else the code of the error or fault.
        said: the sentence that a person was told.
    """

    id: UUID
    kind: RunKind
    at: datetime
    place: str
    copy: str = ""
    code: str = ""
    said: str = ""
    links: int = 0
    head: str = ""
    size: int = 0
    files: int = 0

    @property
    def ok(self) -> bool:
        """Whether it went well."""
        return not self.code


@dataclass(frozen=True, slots=True)
class BackupPlan:
    """What this workspace has set.

    Attributes:
        place: folder in which the copies are kept; "" for the one beside the workspace.
        is_on: whether copies are made by themselves.
    """

    place: str = ""
    is_on: bool = True


def stay(made: Iterable[tuple[str, datetime]]) -> frozenset[str]:
    """Give the copies to keep: the last one of each of 7 days, and the last one of each of 4 weeks.

    Args:
        made: name and time of each copy. Days and weeks in which nobody worked are not counted.
    """
    latest_first = sorted(made, key=lambda one: one[1], reverse=True)
    days: dict[object, str] = {}
    weeks: dict[object, str] = {}
    for name, at in latest_first:
        days.setdefault(vn_day(at), name)
        weeks.setdefault(to_vn(at).isocalendar()[:2], name)
    return frozenset([*list(days.values())[:DAILY], *list(weeks.values())[:WEEKLY]])


def is_due(last: datetime | None, now: datetime) -> bool:
    """Tell whether today's copy is still to be made."""
    return last is None or vn_day(last) != vn_day(now)


def is_drill_due(last: datetime | None, now: datetime) -> bool:
    """Tell whether a copy is to be tried out again."""
    return last is None or not timedelta(0) <= now - last < DRILL_EVERY


def is_old(last: datetime | None, since: datetime, now: datetime) -> bool:
    """Tell whether one must be warned.

    Args:
        last: the last good copy.
        since: the workspace exists since then.
        now: UTC.
    """
    return not -_CLOCK_SLACK <= now - (last or since) <= OLD_AFTER


def differences(before: Told, after: Told) -> tuple[str, ...]:
    """Give the names of what a restored copy does not have as it was: tables, ``links``, ``head``."""
    tables = sorted({*before.rows, *after.rows})
    found = [name for name in tables if before.rows.get(name, 0) != after.rows.get(name, 0)]
    return (
        *found,
        *(name for name in ("links", "head") if getattr(before, name) != getattr(after, name)),
    )


def size_words(size: int) -> str:
    """Give a number of bytes as people read it: ``820 kB``, ``12,4 MB``, ``1,2 GB``."""
    step, unit = next(one for one in _UNITS if size >= one[0] or one is _UNITS[-1])
    return f"{size / step:.1f} {unit}".replace(".", ",")
