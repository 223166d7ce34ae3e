"""What an administrator asks and does: agencies, devices, room on disk; every act is noted with who did it."""

import getpass
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from spokesdesk.domain.errors import UserError
from spokesdesk.server.database import in_transaction, reading
from spokesdesk.server.tables import admin_act, blob, change, conflict, device, journal, record, release

LEAST_QUOTA = 100 * 1024**2
MOST_QUOTA = 100 * 1024**4


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency at the portal, and how much it has there.

    Attributes:
        moved_at: when its journal last grew, UTC; None before the first operation.
    """

    name: str
    journal: UUID
    entries: int
    records: int
    releases: int
    conflicts: int
    devices: int
    files: int
    used: int
    quota: int
    made_at: datetime
    moved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Machine:
    """A device of an agency; times UTC."""

    id: UUID
    agency: str
    name: str
    enrolled_at: datetime
    operations: int
    last_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Act:
    """What an administrator did."""

    at: datetime
    by: str
    act: str
    agency: str
    told: dict[str, object]


def owner_of(connection: Connection, agency: str) -> UUID:
    """Give the journal of an agency.

    Raises:
        UserError: ``agency_missing``.
    """
    found: UUID | None = connection.execute(
        sa.select(journal.c.id).where(journal.c.agency == agency)
    ).scalar()
    if found is None:
        raise UserError("agency_missing", field="agency", agency=agency)
    return found


def agencies(engine: Engine) -> tuple[Agency, ...]:
    """Give every agency by name."""
    with reading(engine) as connection:
        rows = connection.execute(sa.select(journal).order_by(journal.c.agency)).all()
        return tuple(_agency(connection, row) for row in rows)


def _agency(connection: Connection, row: sa.Row[tuple[object, ...]]) -> Agency:
    def count(table: sa.Table, *more: "sa.ColumnElement[bool]") -> int:
        counted = sa.select(sa.func.count()).select_from(table).where(table.c.journal == row.id, *more)
        return int(connection.execute(counted).scalar_one())

    used = sa.select(sa.func.coalesce(sa.func.sum(blob.c.size), 0)).where(blob.c.journal == row.id)
    last = sa.select(change.c.at).where(change.c.journal == row.id, change.c.seq == row.seq)
    return Agency(
        name=row.agency,
        journal=row.id,
        entries=row.seq,
        records=count(record, record.c.deleted.is_(False)),
        releases=count(release, release.c.state == "public"),
        conflicts=count(conflict, conflict.c.state == "open"),
        devices=count(device, device.c.revoked_at.is_(None)),
        files=count(blob),
        used=int(connection.execute(used).scalar_one()),
        quota=row.quota,
        made_at=row.made_at,
        moved_at=connection.execute(last).scalar(),
    )


def machines(engine: Engine, agency: str = "") -> tuple[Machine, ...]:
    """Give the devices of an agency, or of all; raises as ``owner_of`` does."""
    with reading(engine) as connection:
        wanted = sa.select(device, journal.c.agency).join_from(device, journal)
        if agency:
            wanted = wanted.where(device.c.journal == owner_of(connection, agency))
        rows = connection.execute(wanted.order_by(journal.c.agency, device.c.enrolled_at)).all()
        return tuple(_machine(connection, row) for row in rows)


def _machine(connection: Connection, row: sa.Row[tuple[object, ...]]) -> Machine:
    here = (change.c.journal == row.journal) & (change.c.device == row.id)
    counted = sa.select(sa.func.count()).select_from(change).where(here)
    last = sa.select(change.c.at).where(here).order_by(change.c.dseq.desc()).limit(1)
    return Machine(
        row.id,
        row.agency,
        row.name,
        row.enrolled_at,
        int(connection.execute(counted).scalar_one()),
        connection.execute(last).scalar(),
        row.revoked_at,
    )


def set_quota(engine: Engine, agency: str, size: int, now: datetime) -> int:
    """Set how much room an agency has for files; give what it had before.

    Raises:
        UserError: ``agency_missing``; ``quota_range``.
    """
    if not LEAST_QUOTA <= size <= MOST_QUOTA:
        raise UserError("quota_range", field="quota", least=LEAST_QUOTA // 1024**2)

    def work(connection: Connection) -> int:
        owner = owner_of(connection, agency)
        here = journal.c.id == owner
        before = int(connection.execute(sa.select(journal.c.quota).where(here)).scalar_one())
        connection.execute(sa.update(journal).where(here).values(quota=size))
        note(connection, "quota", agency, now, {"before": before, "after": size})
        return before

    return in_transaction(engine, work)


def note(
    connection: Connection, act: str, agency: str, now: datetime, told: dict[str, object] | None = None
) -> None:
    """Note what an administrator does, in the transaction that does it."""
    connection.execute(
        sa.insert(admin_act).values(id=uuid4(), at=now, by=_who(), act=act, agency=agency, told=told or {})
    )


def acts(engine: Engine, limit: int = 200) -> tuple[Act, ...]:
    """Give what administrators did, newest first."""
    wanted = sa.select(admin_act).order_by(admin_act.c.at.desc(), admin_act.c.id.desc()).limit(limit)
    with reading(engine) as connection:
        return tuple(Act(row.at, row.by, row.act, row.agency, row.told) for row in connection.execute(wanted))


def _who() -> str:
    """Name the account of the machine that does it; ``sudo`` says who is behind root."""
    import os

    try:
        account = getpass.getuser()
    except (KeyError, OSError):  # a service without an account of its own name
        account = "?"
    behind = os.environ.get("SUDO_USER", "")
    return (f"{behind} ({account})" if behind and behind != account else account)[:120]
