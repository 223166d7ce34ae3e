"""The portal's database: embedded SQLite or PostgreSQL by URL; transactions; migration at the start."""

import random
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.server import door_tables, tables, walls

T = TypeVar("T")
SQLITE_FIXED = (3, 51, 3)
_AGAIN = {"40001", "40P01"}
_MAY_NOT = "42501"
# Source: sqlite.org/rescode.html#full; PostgreSQL, Appendix A.
_SQLITE_FULL, _DISK_FULL = 13, "53100"
_TRIES = 8
RESTED_S = 2.0
_MIGRATION_LOCK = 0x53504F4B


def open_database(url: str, data: Path) -> Engine:
    """Give the engine of the portal's database, its schema up to date.

    Args:
        url: a PostgreSQL URL, or "" for the embedded database in ``data``.
        data: the portal's folder.

    Raises:
        UserError: ``database_url_unknown``.
        OutsideError: ``database_unreachable``, ``portal_file_unreadable``; ``database_newer``; ``database_older``, when
            who opens it may not bring it up to date.
    """
    engine = connect(url) if url else _embedded(data / "portal.db")
    try:
        with reading(engine) as connection:
            is_copy = is_replica(connection)
        if not is_copy:  # a copy gets its schema from its primary
            migrate(engine)
    except DBAPIError as error:
        engine.dispose()
        detail = type(error.orig).__name__
        if not url:
            path = str(data / "portal.db")
            raise OutsideError("portal_file_unreadable", path=path, detail=detail) from error
        code = "database_older" if _state(error) == _MAY_NOT else "database_unreachable"
        raise OutsideError(code, detail=detail) from error
    except OutsideError:
        engine.dispose()
        raise
    return engine


def _state(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", ""))


def is_full(error: BaseException) -> bool:
    """Say whether the database had no room on its disk: it is read, and takes no more until there is room."""
    if not isinstance(error, DBAPIError):
        return False
    code = int(getattr(error.orig, "sqlite_errorcode", 0) or 0)
    return code & 0xFF == _SQLITE_FULL or _state(error) == _DISK_FULL


def connect(url: str) -> Engine:
    """Give the engine of a PostgreSQL database as it is; raises UserError("database_url_unknown")."""
    try:
        parsed = sa.make_url(url)
    except sa.exc.ArgumentError as error:
        raise UserError("database_url_unknown", field="database") from error
    if parsed.get_backend_name() not in {"postgresql", "postgres"}:
        raise UserError("database_url_unknown", field="database")
    limits = "-c statement_timeout=30000 -c lock_timeout=15000 -c idle_in_transaction_session_timeout=60000"
    isolation = r"-c default_transaction_isolation=read\ committed"
    engine = sa.create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        isolation_level="AUTOCOMMIT",  # transactions are begun by walls.py
        pool_size=8,
        max_overflow=16,
        hide_parameters=True,
        json_serializer=_to_json,
        json_deserializer=msgspec.json.decode,
        connect_args={"options": f"{limits} {isolation}", "connect_timeout": 10},
    )
    walls.keep(engine)
    _ask_after_a_rest(engine)
    return engine


def _ask_after_a_rest(engine: Engine) -> None:
    """Ask a connection that rested whether it is still there; one that was used just now need not be asked."""

    def rests(_line: object, record: ConnectionPoolEntry) -> None:
        record.info["rests_since"] = time.monotonic()

    def wakes(line: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
        if time.monotonic() - record.info.get("rests_since", 0.0) < RESTED_S:
            return
        try:
            engine.dialect.do_ping(line)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    sa.event.listen(engine, "connect", rests)
    sa.event.listen(engine, "checkin", rests)
    sa.event.listen(engine, "checkout", wakes)


def _embedded(path: Path) -> Engine:
    from sqlcipher3 import dbapi2

    if dbapi2.sqlite_version_info < SQLITE_FIXED:  # older ones can corrupt a WAL (sync.md D8)
        needed = ".".join(map(str, SQLITE_FIXED))
        raise OutsideError("sqlite_too_old", found=dbapi2.sqlite_version, needed=needed)
    path.parent.mkdir(parents=True, exist_ok=True)

    def connect() -> Any:
        connection = dbapi2.connect(str(path), timeout=20, check_same_thread=False, isolation_level=None)
        # What was erased is overwritten, not only let go of (T30).
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = sa.create_engine(
        "sqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=QueuePool,
        pool_size=8,
        hide_parameters=True,
        json_serializer=_to_json,
        json_deserializer=msgspec.json.decode,
    )
    sa.event.listen(engine, "begin", _begin)
    return engine


def _to_json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that writes: all of it is kept, or nothing."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine, *, private: bool = True) -> Iterator[Connection]:
    """Open a transaction that only reads.

    Args:
        private: False where nothing behind the wall between journals is read (``walls.py``): on PostgreSQL there is
            then no transaction at all, each question sees what stands at its moment.
    """
    with engine.connect().execution_options(private=private) as connection, connection.begin():
        yield connection


def is_replica(connection: Connection) -> bool:
    """Say whether this database is a read-only copy that follows a primary, and may lag behind it."""
    if connection.dialect.name != "postgresql":
        return False
    return bool(connection.execute(sa.select(sa.func.pg_is_in_recovery())).scalar())


def in_transaction(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Do the work in one transaction, again from the start when the database asks for it (SQLSTATE 40001)."""
    for attempt in range(_TRIES):
        try:
            with writing(engine) as connection:
                return work(connection)
        except DBAPIError as error:
            if _state(error) not in _AGAIN or attempt == _TRIES - 1:
                raise
            time.sleep(random.uniform(0.005, 0.02) * 2**attempt)
    raise AssertionError("unreachable")


def migrate(engine: Engine) -> None:
    """Bring the schema up to date in one transaction; two processes that start together do it once.

    Raises:
        OutsideError: ``database_newer``: of a later program.
    """
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:  # its revision is none of ours
            raise OutsideError("database_newer") from error
        if connection.execute(sa.select(tables.portal.c.id)).first() is None:
            connection.execute(sa.insert(tables.portal).values(id=1, uid=uuid4(), made_at=datetime.now(UTC)))
        if connection.execute(sa.select(door_tables.door_secret.c.id)).first() is None:
            secret = secrets.token_bytes(32)
            connection.execute(sa.insert(door_tables.door_secret).values(id=1, secret=secret))
