"""Two people at two desks of one agency, and what is the same on both."""

import json
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from spokesdesk import bootstrap
from spokesdesk.domain.people import MemberDraft, Role
from spokesdesk.services import sync, workspace
from spokesdesk.services.ports import Desk
from spokesdesk.store.columns import Json
from spokesdesk.store.replica_tables import specs
from tests.desks import AGENCY
from tests.server.running import RunningPortal
from tests.sync.desks import PASSPHRASE

NAMES = ("Lê Thị Mai", "Trần Văn Bình")


@dataclass
class Pair:
    """Two desks of one journal.

    Attributes:
        first: began the journal.
        second: joined it with a code of its own.
    """

    portal: RunningPortal
    agency: str
    first: Desk
    second: Desk

    def settle_down(self) -> None:
        """Let both exchange until neither has anything for the other."""
        for desk in (self.first, self.second, self.first, self.second):
            well(desk)


def well(desk: Desk) -> sync.SyncReport:
    """Do a round that must go to its end."""
    report, _changes = sync.run_round(desk)
    assert report.fault is None, report.fault
    return report


def made_desk(folder: Path, name: str) -> Desk:
    """Give a desk of one person, who may do everything."""
    desk, _key = bootstrap.create(folder, AGENCY, [MemberDraft(name, frozenset(Role))], passphrase=PASSPHRASE)
    return desk


@contextmanager
def paired(
    folder: Path, portal: RunningPortal, before: Callable[[Desk], None] | None = None
) -> Iterator[Pair]:
    """Give two new desks that share a journal, both up to date.

    Args:
        before: what was done on the first one before it had a portal.
    """
    first, second = (made_desk(folder / str(n), name) for n, name in enumerate(NAMES))
    agency = f"Sở {secrets.token_hex(5)}"
    try:
        if before is not None:
            before(first)
        sync.connect(first, portal.url, portal.quick_code(agency))
        well(first)
        sync.connect(second, portal.url, portal.quick_code(agency))
        pair = Pair(portal, agency, first, second)
        pair.settle_down()
        yield pair
    finally:
        first.close()
        second.close()


def shared_rows(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """Give every shared row of a desk as it is kept, without its place and what is the device's own."""
    found: dict[str, list[dict[str, Any]]] = {}
    with desk.read() as unit:
        connection = unit.outbox._connection  # type: ignore[attr-defined]
        for table in {spec.table.name: spec.table for spec in specs()}.values():
            aside = {"n", "pin_hash", "device"}
            names = [column.name for column in table.c if column.name not in aside]
            columns = ", ".join(f'"{name}"' for name in names)
            where = " WHERE name = 'agency'" if table.name == "setting" else ""
            rows = connection.exec_driver_sql(f'SELECT {columns} FROM "{table.name}"{where}')
            found[table.name] = sorted((_read(table, names, row) for row in rows), key=repr)
    return found


def _read(table: Table, names: list[str], row: Any) -> dict[str, Any]:
    """The order of keys in a JSON value says nothing; nor how many texts a desk had set aside before another one."""
    found = {
        name: json.loads(value) if isinstance(table.c[name].type, Json) and value else value
        for name, value in zip(names, row, strict=True)
    }
    return found | {"fork": min(found["fork"], 1)} if "fork" in found else found


def differences(one: Desk, other: Desk) -> list[str]:
    """Give what is not the same on two desks, a line a row."""
    found: list[str] = []
    theirs = shared_rows(other)
    for table, rows in shared_rows(one).items():
        if len(rows) != len(theirs[table]):
            found.append(f"{table}: {len(rows)} and {len(theirs[table])} rows")
        for mine, their in zip(rows, theirs[table], strict=False):
            found += [
                f"{table}.{name}: {mine[name]!r} {their[name]!r}"
                for name in mine
                if mine[name] != their[name]
            ]
    return found


def faults(desk: Desk) -> list[str]:
    """Give what the doctor finds in database and chains; colleagues' files travel by themselves."""
    return list(workspace.sentences(replace(workspace.doctor(desk), files=())))


def found_by(desk: Desk) -> list[tuple[object, ...]]:
    """Give all by which something is found on a desk."""
    with desk.read() as unit:
        connection = unit.outbox._connection  # type: ignore[attr-defined]
        rows = connection.exec_driver_sql("SELECT kind, record, title, body, fold FROM search_doc")
        return sorted(tuple(row) for row in rows)
