"""The length of a long list and its marks, from the weeks that the database counts."""

from sqlalchemy import Connection, Table, select

from spokesdesk.services.ports.paging import Listing
from spokesdesk.store.tables import contact
from spokesdesk.store.tables_lists import SHIFT_US, SPAN_US, list_span


def has_spans(table: Table) -> bool:
    """Tell whether the rows of this table are counted by weeks."""
    return table is contact


def span_listing(connection: Connection, name: str) -> Listing:
    """Give the length of a table's list, the latest first, with a mark at the end of every week that has rows."""
    statement = (
        select(list_span.c.span, list_span.c.n)
        .where(list_span.c.list == name, list_span.c.n > 0)
        .order_by(list_span.c.span.desc())
    )
    count = 0
    places: list[int] = []
    keys: list[tuple[int, int]] = []
    for span, n in connection.execute(statement).all():
        places.append(count)
        keys.append(((span + 1) * SPAN_US - SHIFT_US, 0))
        count += n
    return Listing(count, tuple(places), tuple(keys))
