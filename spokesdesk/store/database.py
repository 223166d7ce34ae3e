"""The workspace's database file: one SQLCipher database behind a SQLAlchemy Core engine."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as driver

from spokesdesk.domain.errors import AccessError, DeskError, OutsideError, WaitError
from spokesdesk.domain.language import gettext as _
from spokesdesk.services.ports.stopping import Stop, current_stop
from spokesdesk.store import faults
from spokesdesk.store.bulk import LOOKED_AT, ROWS
from spokesdesk.store.turns import Turns

NEEDED_SQLITE = (3, 51, 3)
BUSY_SECONDS = 5.0
_AFTER_KEY = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -64000",
    "PRAGMA journal_size_limit = 67108864",
)
_BEGIN_OPTION = "desk_begin"
# Execution option of every connection: the gate, for what is looked at before it is written.
GATE = "desk_gate"
_WRITES = ("INSERT", "UPDATE", "REPLACE")
# Copies of what stands in another row and was looked at there: words to be found by, what the portal has, its feed,
# what a colleague's desk sends by hand.
_COPIES = (
    "INSERT INTO search_",
    "INSERT INTO replica ",
    "INSERT INTO feed_log",
    "INSERT INTO carried_op",
    "INSERT OR IGNORE INTO peer_link",
)
_PLACES = tuple(map(str, range(100)))
Gate = Callable[[str, Mapping[str, object]], None]


class Database:
    """One encrypted database file; safe to use from several threads, each block on its own connection.

    Args:
        path: the file.
        key: 32 bytes, used as SQLCipher's raw key.
        create: make the file when it is missing; without it a missing or empty file is an error.
        gate: looks at every statement that writes, with its values by column, before it runs; may raise.

    Raises:
        AccessError: ``wrong_key``.
        OutsideError: ``workspace_missing``, ``database_damaged``, ``read_only``, ``disk_full``,
            ``sqlite_too_old``.
        WaitError: ``database_busy``.
    """

    def __init__(self, path: Path, key: bytes, *, create: bool = False, gate: Gate | None = None) -> None:
        if len(key) != 32:
            raise ValueError("the key is 32 bytes")
        _require_sound_sqlite()
        self.path = path
        self._key = key
        self._closed = False
        self._turns = Turns()
        if not create:
            _require_file(path)
        self._make_or_check(create)
        self._engine = self._make_engine(gate)
        if gate is not None:
            event.listen(self._engine, "before_cursor_execute", partial(_through_gate, gate))

    def __repr__(self) -> str:
        return f"Database({str(self.path)!r})"

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection that may write (BEGIN IMMEDIATE); all of the block is kept, or nothing.

        Raises:
            WaitError: ``database_busy`` when another writer held the file too long.
            OutsideError: ``disk_full``, ``read_only``, ``database_damaged``, ``disk_failed``.
            ConflictError: ``record_exists`` when a unique value was already there.
        """
        with self._turns.taken(BUSY_SECONDS), self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one unchanging state of the file and refuses to write.

        Raises:
            WaitError: ``stopped``: the reading was broken off (see ``services.ports.stopping``).
        """
        with self._transaction("BEGIN") as connection:
            connection.exec_driver_sql("PRAGMA query_only = ON")
            try:
                with _stopped_by(current_stop(), connection):
                    yield connection
            finally:
                if not connection.invalidated:
                    connection.exec_driver_sql("PRAGMA query_only = OFF")

    def close(self) -> None:
        """Fold the write-ahead log into the file and let it go; later use raises ``workspace_closed``."""
        if self._closed:
            return
        self._engine.dispose()
        # What was saved is safe in the log; where it cannot be folded in now (disk full), the next opening does it.
        with suppress(DeskError, driver.DatabaseError), closing(self.connect()) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._closed = True

    def backup_to(self, target: Path) -> None:
        """Copy the database as it is now, under the same key; writers may go on meanwhile.

        Args:
            target: the new file; it appears only when it is complete and on the disk.

        Raises:
            OutsideError: ``disk_full``, ``read_only``, ``database_damaged``.
        """
        part = target.with_name(target.name + ".part")
        try:
            with (
                self._driver_errors(target),
                closing(self.connect()) as source,
                closing(self._open_raw(part, "rwc")) as copy,
            ):
                source.backup(copy)
            _sync(part)
            part.replace(target)
        finally:
            for leftover in (part, part.with_name(part.name + "-wal"), part.with_name(part.name + "-shm")):
                leftover.unlink(missing_ok=True)

    def integrity_faults(self) -> list[str]:
        """Check every page's seal, the structure, and the references.

        Returns:
            One Vietnamese sentence per fault; empty when the file is whole. A fresh connection is used,
            because one that has met a damaged page no longer gives true answers.
        """
        sealed = self._rows_of("PRAGMA cipher_integrity_check")
        if sealed:
            return [_("Trang dữ liệu hỏng hoặc bị sửa: {detail}").format(detail=row[0]) for row in sealed]
        built = self._rows_of("PRAGMA integrity_check")
        loose = self._rows_of("PRAGMA foreign_key_check")
        return [
            *(_("Cấu trúc sai: {detail}").format(detail=row[0]) for row in built if row[0] != "ok"),
            *(_("Một dòng của bảng {table} trỏ tới mục không có.").format(table=row[0]) for row in loose),
        ]

    def scrub(self) -> None:
        """Write the file anew without anything that was deleted, and empty the log; copies from upgrades go.

        Raises:
            WaitError: ``database_busy``: somebody reads or writes; what was deleted is overwritten already.
            OutsideError: ``disk_full``.
        """
        with self._driver_errors(self.path), closing(self.connect()) as raw:
            raw.execute("PRAGMA secure_delete = ON")
            raw.execute("VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for copy in self.path.parent.glob(f"{self.path.stem}.schema-*.db*"):
            copy.unlink(missing_ok=True)

    def user_version(self) -> int:
        """Give the schema number kept in the file; 0 for a new one."""
        with closing(self.connect()) as raw:
            return int(raw.execute("PRAGMA user_version").fetchone()[0])

    def connect(self) -> Any:
        """Give a bare driver connection, keyed and set up, for migrations and checks; close it after."""
        if self._closed:
            raise WaitError("workspace_closed")
        with self._driver_errors(self.path):
            return self._open_raw(self.path, "rw")

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with faults.explained(self.path), self._engine.connect() as connection:
            connection.execution_options(**{_BEGIN_OPTION: begin})
            try:
                with connection.begin():
                    yield connection
            except driver.DatabaseError as error:
                raise faults.meaning(error, self.path) or error from error

    def _rows_of(self, pragma: str) -> list[tuple[Any, ...]]:
        try:
            with closing(self.connect()) as raw:
                return [tuple(row) for row in raw.execute(pragma)]
        except driver.DatabaseError as error:
            return [(str(error),)]

    def _make_engine(self, gate: Gate | None) -> Engine:
        engine = create_engine(
            "sqlite://",
            module=driver,
            creator=self.connect,
            poolclass=QueuePool,
            pool_size=6,
            max_overflow=10,
            pool_timeout=30,
            hide_parameters=True,
            execution_options={GATE: gate},
        )
        event.listen(engine, "begin", _begin)
        event.listen(engine, "handle_error", _drop_poisoned)
        return engine

    def _make_or_check(self, create: bool) -> None:
        with self._driver_errors(self.path):
            self._open_raw(self.path, "rwc" if create else "rw").close()

    def _open_raw(self, path: Path, mode: str) -> Any:
        uri = f"{path.absolute().as_uri()}?mode={mode}"
        raw = driver.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, timeout=BUSY_SECONDS
        )
        try:
            raw.execute("PRAGMA cipher_log_level = NONE")
            raw.execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
            _require_right_key(raw)
            for pragma in _AFTER_KEY:
                raw.execute(pragma)
        except BaseException:
            raw.close()
            raise
        return raw

    @contextmanager
    def _driver_errors(self, path: Path) -> Iterator[None]:
        try:
            yield
        except driver.DatabaseError as error:
            known = faults.meaning(error, path)
            if known is None:
                raise
            raise known from error


def _stopped_by(stop: Stop | None, connection: Connection) -> AbstractContextManager[None]:
    driver_connection = connection.connection.driver_connection
    if stop is None or driver_connection is None:
        return nullcontext()
    return stop.watching(driver_connection.interrupt)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(str(connection.get_execution_options().get(_BEGIN_OPTION, "BEGIN")))


def _through_gate(
    gate: Gate,
    _connection: Connection,
    _cursor: Any,
    statement: str,
    parameters: Any,
    context: Any,
    executemany: bool,
) -> None:
    """Show every statement that writes to the gate, whichever noun it is of."""
    if not statement.startswith(_WRITES) or statement.startswith(_COPIES):
        return
    if context.execution_options.get(LOOKED_AT):
        return
    compiled = getattr(context, "compiled", None)
    names = getattr(compiled, "positiontup", None) or ()
    bulk = context.execution_options.get(ROWS)
    for row in bulk or (parameters if executemany else [parameters]):
        values = row if isinstance(row, Mapping) else _named(row, names)
        gate(statement, values)


def _named(row: Sequence[object], names: Sequence[str]) -> dict[str, object]:
    if len(names) == len(row):
        return dict(zip(names, row, strict=True))
    # Some values of a statement have no name: they go by their place.
    places = _PLACES if len(row) <= len(_PLACES) else tuple(map(str, range(len(row))))
    return dict(zip((*names, *places[len(names) :]), row, strict=False))


def _drop_poisoned(context: Any) -> None:
    """A connection that has met a damaged page goes on giving errors for good ones: let it go."""
    if faults.primary_code(context.original_exception) in (faults.CORRUPT, faults.NOTADB, faults.IOERR):
        context.is_disconnect = True


def _require_right_key(raw: Any) -> None:
    try:
        raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError as error:
        if faults.primary_code(error) == faults.NOTADB:
            raise AccessError("wrong_key") from error
        raise


def _require_file(path: Path) -> None:
    if not path.is_file():
        raise OutsideError("workspace_missing", path=str(path))
    if path.stat().st_size == 0:
        raise OutsideError("database_damaged", path=str(path))


def _require_sound_sqlite() -> None:
    if driver.sqlite_version_info < NEEDED_SQLITE:
        needed = ".".join(map(str, NEEDED_SQLITE))
        raise OutsideError("sqlite_too_old", found=driver.sqlite_version, needed=needed)


def _sync(path: Path) -> None:
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())
