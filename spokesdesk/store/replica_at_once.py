"""A page of new entries written at once: SQLite reads its rows out of texts that were made ready beforehand."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Connection, Table

from spokesdesk.store.bulk import insert_text
from spokesdesk.store.columns import blob_columns
from spokesdesk.store.replica_entries import highest, keep_links, put_behind, unsent_entries
from spokesdesk.store.replica_parts import Stale
from spokesdesk.store.replica_ready import Ready
from spokesdesk.store.replica_state import write_replica_text
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.tables import contact, search_doc
from spokesdesk.store.tables_sync import replica
from spokesdesk.store.tables_trust import settlement

_HAS_ANY = (
    "SELECT 1 FROM json_each(?) AS one CROSS JOIN {table} AS it ON it.{column} = unhex(one.value) LIMIT 1"
)
_LACKS_ANY = (
    "SELECT 1 FROM json_each(?) AS one "
    'WHERE NOT EXISTS (SELECT 1 FROM "{table}" AS it WHERE it.id = unhex(one.value)) LIMIT 1'
)
_SAID_OF = (
    "SELECT one.value FROM json_each(?) AS one CROSS JOIN {table} AS it ON it.{column} = unhex(one.value)"
)
# Where later entries name the contacts of which they say something.
_SAID_LATER = ((contact, "corrects"), (settlement, "contact_id"))


def write_at_once(connection: Connection, ready: Ready) -> Stale | None:
    """Write a page whose entries are all new and name nothing that is not here.

    Returns:
        Which records have to be found and worked out anew, by the table's name; None, and nothing written, for any
        other page: each of its entries is to be seen to in its turn.
    """
    if not _fits(connection, ready):
        return None
    spec, table = ready.spec, ready.spec.table
    columns, place = (*spec.columns, *spec.blank), highest(connection, table)
    number = ("n", place) if spec.is_numbered else None
    into = f'INSERT INTO "{table.name}"'
    unsent = unsent_entries(connection, spec.entity) if spec.is_numbered else []
    insert_text(connection, into, blob_columns(table), columns, ready.rows, place=number)
    if unsent:
        put_behind(connection, spec, unsent, highest(connection, table))
    keep_links(connection, ready.links)
    write_replica_text(connection, ready.replicas)
    if ready.words:
        SqlSearch(connection).put_text(ready.words)
    stale = {name: dict(records) for name, records in ready.stale.items()}
    for record in _said_of(connection, ready):
        stale.setdefault(table.name, {})[record] = None
    return stale


def _fits(connection: Connection, ready: Ready) -> bool:
    news: list[tuple[Table, str]] = [(replica, "record"), (ready.spec.table, "id")]
    if ready.words:
        news.append((search_doc, "record"))
    for table, column in news:
        known = _HAS_ANY.format(table=f'"{table.name}"', column=column)
        if connection.exec_driver_sql(known, (ready.records,)).first() is not None:
            return False
    for name, ids in ready.parents:
        if connection.exec_driver_sql(_LACKS_ANY.format(table=name), (ids,)).first() is not None:
            return False
    return True


def _said_of(connection: Connection, ready: Ready) -> Iterator[UUID]:
    """Give those of some contacts of which an entry that is here already says something."""
    for table, column in _SAID_LATER if ready.spec.table is contact else ():
        said = _SAID_OF.format(table=table.name, column=column)
        for (own,) in connection.exec_driver_sql(said, (ready.records,)):
            yield UUID(own)
