"""Triggers that note in the same transaction which rows of shared tables were saved.

They are made when a desk joins a journal, and anew at each opening: a desk on its own carries none of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from spokesdesk.store.database import Database
from spokesdesk.store.replica_tables import SHARED_SETTINGS, Spec, by_table

_IS_ON = "(SELECT marking FROM replication)"


def trigger_sql(specs: tuple[Spec, ...]) -> dict[str, str]:
    """Give the triggers of one table by name."""
    spec, table = specs[0], specs[0].table.name
    columns: dict[str, None] = {}
    for each in specs:
        columns |= dict.fromkeys((*each.written, *each.puts, *each.watched))
    watched = ", ".join(f'"{name}"' for name in columns)
    events = {
        "in": (f'AFTER INSERT ON "{table}"', "NEW"),
        "of": (f'AFTER UPDATE OF {watched} ON "{table}"', "NEW"),
        "out": (f'AFTER DELETE ON "{table}"', "OLD"),
    }
    return {
        f"shared_{table}_{name}": (
            f'CREATE TRIGGER "shared_{table}_{name}" {event} WHEN {_condition(spec, row)} BEGIN '
            f"INSERT INTO changed(noun, key) VALUES ('{table}', {spec.key_sql(row)}) "
            "ON CONFLICT(noun, key) DO NOTHING; END"
        )
        for name, (event, row) in events.items()
    }


def _condition(spec: Spec, row: str) -> str:
    if spec.entity == "news":
        # Thousands a day that nobody wants stay on the desk that found them.
        return f"{_IS_ON} AND {row}.is_wanted"
    if spec.entity != "setting":
        return _IS_ON
    names = ", ".join(f"'{name}'" for name in SHARED_SETTINGS)
    return f"{_IS_ON} AND {row}.name IN ({names})"


def watch(database: Database) -> None:
    """Make sure, as a workspace opens, that what is saved is noted; nothing where this desk joined no journal."""
    with database.reading() as connection:
        is_shared = connection.exec_driver_sql("SELECT 1 FROM replication").first() is not None
    if is_shared:
        with database.writing() as connection:
            ensure_triggers(connection)


def ensure_triggers(connection: Connection) -> None:
    """Make the triggers that are missing or of an older program; nothing where this desk joined no journal."""
    if connection.exec_driver_sql("SELECT 1 FROM replication").first() is None:
        return
    found = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'shared!_%' ESCAPE '!'"
    )
    there = {str(name): str(sql) for name, sql in found}
    wanted: dict[str, str] = {}
    for specs in by_table().values():
        wanted |= trigger_sql(specs)
    for name, sql in there.items():
        if sql != wanted.get(name):
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for name, sql in wanted.items():
        if there.get(name) != sql:
            connection.exec_driver_sql(sql)


def mark_all(connection: Connection) -> None:
    """Note every row there is as saved: what a desk brings into the journal that it joins."""
    for table, specs in by_table().items():
        spec = specs[0]
        where = ""
        if spec.entity == "setting":
            where = " WHERE name IN ({})".format(", ".join(f"'{name}'" for name in SHARED_SETTINGS))
        order = " ORDER BY n" if spec.is_numbered else ""
        connection.exec_driver_sql(
            f"INSERT OR IGNORE INTO changed(noun, key) "
            f"SELECT '{table}', {spec.key_sql('t')} FROM \"{table}\" AS t{where}{order}"
        )


@contextmanager
def silenced(connection: Connection) -> Iterator[None]:
    """Write what came from the portal without noting it as saved here, inside the caller's transaction."""
    connection.exec_driver_sql("UPDATE replication SET marking = 0")
    yield
    connection.exec_driver_sql("UPDATE replication SET marking = 1")
