"""Contacts worked out anew from their rows: what later entries say of them, and the words by which they are found."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from msgspec import json
from sqlalchemy import Connection, bindparam, exists, or_, select, update

from spokesdesk.store.columns import time_of
from spokesdesk.store.contact_values import WORD_COLUMNS, WORD_LISTS
from spokesdesk.store.tables import contact
from spokesdesk.store.tables_trust import settlement

_later = contact.alias("later")
# What later entries say of one: who corrects it, and what was noted of it last.
_LATER: dict[Any, Any] = {
    "corrected_by": select(_later.c.id)
    .where(_later.c.corrects == contact.c.id)
    .order_by(_later.c.n.desc())
    .limit(1)
    .correlate(contact)
    .scalar_subquery(),
    "settled_at": select(settlement.c.settled_at)
    .where(settlement.c.contact_id == contact.c.id)
    .order_by(settlement.c.n.desc())
    .limit(1)
    .correlate(contact)
    .scalar_subquery(),
}
# Most entries have nothing said of them later: writing those again would cost as much as their first writing.
_HAS_LATER = or_(
    contact.c.corrected_by.is_not(None),
    contact.c.settled_at.is_not(None),
    exists().where(_later.c.corrects == contact.c.id),
    exists().where(settlement.c.contact_id == contact.c.id),
)
_RENEW = update(contact).where(contact.c.id.in_(bindparam("ids", expanding=True)), _HAS_LATER).values(_LATER)
_WORDS = f"SELECT id, received_at, {', '.join(WORD_COLUMNS)} FROM contact WHERE id IN ({{marks}})"


def renew_later(connection: Connection, ids: Sequence[UUID]) -> None:
    """Write down anew of some entries who corrects them and what was settled."""
    connection.execute(_RENEW, {"ids": ids})


def read_words(connection: Connection, ids: Sequence[UUID]) -> Iterator[dict[str, Any]]:
    """Give what ``row_words`` reads of some entries, with id and time of each."""
    wanted = _WORDS.format(marks=", ".join("?" * len(ids)))
    for record, received, *words in connection.exec_driver_sql(wanted, tuple(each.bytes for each in ids)):
        values = dict(zip(WORD_COLUMNS, words, strict=True))
        for name in WORD_LISTS:
            values[name] = json.decode(values[name] or "null")
        yield values | {"id": UUID(bytes=record), "received_at": time_of(received)}
