"""Brings a workspace's database to the shape this program knows, or leaves it exactly as it was."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2 as driver

from spokesdesk.domain.errors import DeskError, OutsideError
from spokesdesk.store import faults
from spokesdesk.store.database import Database
from spokesdesk.store.migrations import SCHEMA

if TYPE_CHECKING:
    from alembic.config import Config

_REVISIONS = Path(__file__).with_name("migrations")


def prepare(database: Database) -> None:
    """Make an empty database ready, upgrade an older one, refuse a newer one.

    An older file is copied beside itself first; the upgrade is one transaction, so a kill or a power cut
    leaves the old shape or the new one. Alembic is imported only when there is something to do.

    Args:
        database: an open database.

    Raises:
        OutsideError: ``schema_newer``, ``schema_unknown`` (not ours), ``migration_failed``, ``disk_full``.
        WaitError: ``database_busy``.
    """
    found = database.user_version()
    if found == SCHEMA:
        return
    if found > SCHEMA:
        raise OutsideError("schema_newer", found=found, known=SCHEMA)
    if found == 0 and not _is_empty(database):
        raise OutsideError("schema_unknown", path=str(database.path))
    copy = None
    if found:
        copy = database.path.with_name(f"{database.path.stem}.schema-{found}.db")
        database.backup_to(copy)
    _upgrade(database, copy)


def is_older(database: Database) -> bool:
    """Tell whether a database has a shape from before this program's."""
    return 0 < database.user_version() < SCHEMA


def _upgrade(database: Database, copy: Path | None) -> None:
    try:
        with faults.explained(database.path):
            _run_revisions(database)
    except DeskError:
        raise
    except (SQLAlchemyError, driver.Error, ValueError) as error:
        raise OutsideError("migration_failed", copy=str(copy or "")) from error


def _run_revisions(database: Database) -> None:
    from alembic import command

    def connect() -> object:
        raw = database.connect()
        # Batch operations drop and remake parents: references left on would empty the children.
        raw.execute("PRAGMA foreign_keys = OFF")
        return raw

    engine = create_engine(
        "sqlite://", module=driver, creator=connect, poolclass=NullPool, hide_parameters=True
    )
    event.listen(engine, "begin", _begin_immediate)
    with engine.connect() as connection, connection.begin():
        if _scalar(connection, "PRAGMA user_version") == SCHEMA:
            return  # another process was faster
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, f"{SCHEMA:04d}")
        loose = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if loose is not None:
            raise ValueError(f"the upgrade left a reference to nothing in {loose[0]}")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA:d}")


def alembic_config() -> "Config":
    """Give Alembic's configuration: where the revisions are; no file of its own is needed."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("path_separator", "os")
    config.set_main_option("script_location", str(_REVISIONS).replace("%", "%%"))
    return config


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _scalar(connection: Connection, statement: str) -> object:
    return connection.exec_driver_sql(statement).scalar()


def _is_empty(database: Database) -> bool:
    with database.reading() as connection:
        return _scalar(connection, "SELECT count(*) FROM sqlite_master") == 0
