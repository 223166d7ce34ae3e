"""Entries of a page made ready to be written: opened, as rows and as words; all that needs no database.

Done by whoever fetched the page, while the page before is written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from spokesdesk import wire
from spokesdesk.store.contact_values import row_words
from spokesdesk.store.replica_rows import id_in, time_in, to_row
from spokesdesk.store.replica_tables import Spec, by_entity
from spokesdesk.store.seals import Seals
from spokesdesk.store.search import Text

# What a malformed value of a record makes of the work on it.
UNREADABLE = (ValueError, TypeError, AttributeError, KeyError)


@dataclass(frozen=True, slots=True)
class Ready:
    """An entry as it is written.

    Attributes:
        values: as they travel, opened.
        is_whole: every sealed field could be opened.
        row: its columns.
        link: its link in the chain of its desk; None where it has none.
        words: by which a contact is found, while nothing else says more of it; None for other nouns.
    """

    values: dict[str, Any]
    is_whole: bool
    row: list[Any]
    link: list[Any] | None
    words: Text | None


def make_ready(states: Iterable[wire.RecordState], seals: Seals) -> dict[UUID, Ready]:
    """Give the entries among some records, but for what is deleted or cannot be read: that is seen to in its turn."""
    found: dict[UUID, Ready] = {}
    for state in states:
        spec = by_entity().get(state.entity)
        if spec is None or not spec.is_append or state.deleted:
            continue
        try:
            found[state.rec] = _ready(spec, state, seals)
        except UNREADABLE:
            continue
    return found


def _ready(spec: Spec, state: wire.RecordState, seals: Seals) -> Ready:
    values, is_whole = state.fields, True
    if spec.entity in wire.SEALED_FIELDS:
        values, is_whole = seals.read(spec.table, spec.entity, state.rec, values)
    link = values.get(wire.LINK)
    return Ready(
        values,
        is_whole,
        entry_row(spec, values),
        link_row(state.rec, link) if link else None,
        _words(spec, state.rec, values),
    )


def _words(spec: Spec, record: UUID, values: dict[str, Any]) -> Text | None:
    if spec.table.name != "contact" or values.get("corrects"):
        return None
    return Text("contact", record, *row_words(values), datetime.fromisoformat(values["received_at"])).folded()


def entry_row(spec: Spec, values: dict[str, Any]) -> list[Any]:
    """Give the columns of an entry as they are inserted, but for its place; raises one of ``UNREADABLE``."""
    return [*to_row(spec, values), *spec.blank.values()]


def link_row(record: UUID, link: dict[str, Any]) -> list[Any]:
    """Give the columns of ``peer_link``; raises one of ``UNREADABLE``."""
    salt = bytes.fromhex(link["salt"]) if link["salt"] else None
    made = [id_in(link["device"]), link["n"], link["kind"], record.bytes, time_in(link["at"])]
    return [*made, bytes.fromhex(link["commitment"]), bytes.fromhex(link["hash"]), salt]
