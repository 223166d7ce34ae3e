"""What was done about backups, and what a copy of the database says of itself."""

from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, insert, inspect, select, text

from spokesdesk.domain.backups import BackupRun, RunKind, Told
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.database import Database
from spokesdesk.store.tables_backups import backup_run

# The parts of the search index, which is built from the rows.
_MADE_ANEW = "search_index"
_PLAIN = ("id", "at", "place", "copy", "code", "said", "links", "head", "size", "files")


class SqlBackups:
    """The backup_run table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, run: BackupRun) -> None:
        """Note that a copy was made or tried out, or was not."""
        values = {name: getattr(run, name) for name in _PLAIN} | {"kind": run.kind.value}
        self._connection.execute(insert(backup_run), values)

    def last(self, kind: RunKind, *, good_only: bool = False) -> BackupRun | None:
        """Give the latest of a kind; None when there is none."""
        found = self.all(kind, limit=1, good_only=good_only)
        return found[0] if found else None

    def all(
        self, kind: RunKind | None = None, *, limit: int = 100, good_only: bool = False
    ) -> tuple[BackupRun, ...]:
        """Give what was done, the latest first."""
        asked = select(backup_run).order_by(backup_run.c.n.desc()).limit(limit)
        if kind is not None:
            asked = asked.where(backup_run.c.kind == kind.value)
        if good_only:
            asked = asked.where(backup_run.c.code == "")
        rows = self._connection.execute(asked).mappings()
        return tuple(
            BackupRun(kind=RunKind(row["kind"]), **{name: row[name] for name in _PLAIN}) for row in rows
        )


def survey(path: Path, key: bytes) -> Told:
    """Open a copy of a database with its key and count what is in it.

    Raises:
        AccessError: ``wrong_key``.
        OutsideError: ``database_damaged``, ``workspace_missing``.
    """
    with closing(Database(path, key)) as database, database.reading() as connection:
        return told_by(connection)


def told_by(connection: Connection) -> Told:
    """Count the rows of every table, and give the head of the chain."""
    names = [name for name in inspect(connection).get_table_names() if not name.startswith(_MADE_ANEW)]
    rows = {name: connection.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0 for name in sorted(names)}
    head = SqlChain(connection).head()
    return Told(head.n if head else 0, head.hash.hex() if head else "", rows)
