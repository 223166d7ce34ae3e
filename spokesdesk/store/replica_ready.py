"""A page of new entries made ready to be written: opened, looked at, as the texts that SQLite reads rows out of.

Done by whoever fetched the page, while pages before it are written: the transaction then runs a handful of
statements. Seen to in their turn instead: nouns whose entries have an effect on others, what is deleted or cannot be
read, and what bears a mark of secrecy.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from msgspec import json

from spokesdesk import wire
from spokesdesk.domain.errors import UserError
from spokesdesk.store.contact_values import row_words
from spokesdesk.store.database import Gate
from spokesdesk.store.replica_parts import Stale, note, sealed_part
from spokesdesk.store.replica_rows import UNREADABLE, hex_in, time_in, to_row, wordy_columns
from spokesdesk.store.replica_state import FULLER, LOCKED, PLACED
from spokesdesk.store.replica_strange import strange
from spokesdesk.store.replica_tables import VERSIONED, Spec, by_entity, parents_of
from spokesdesk.store.seals import Seals
from spokesdesk.store.search import words_of

# Entries that do more than stand in their place.
_IN_TURN = frozenset({"erasure", wire.DELETION, "number-holding"})
Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Ready:
    """A page of entries of one noun; each text is a JSON list, its ids and other bytes written in hex.

    Attributes:
        ring: the keys with which it was opened.
        is_whole: every sealed field could be opened.
        records: ids of the entries.
        parents: ids that a column points to in another page or table, by the table's name.
        rows: the columns of the noun's table, but for a row's place.
        replicas, links: rows of ``replica`` and ``peer_link``.
        words: documents to be found by, without their numbers; empty where the noun works them out itself.
        stale: what has to be worked out anew.
    """

    spec: Spec
    ring: wire.Ring
    is_whole: bool
    records: str
    parents: tuple[tuple[str, str], ...]
    rows: str
    replicas: str
    links: str
    words: str
    stale: Stale


def make_ready(states: Sequence[wire.RecordState], seals: Seals, gate: Gate | None) -> Ready | None:
    """Give a page's entries as they are written at once; None where each is to be seen to in its turn.

    Args:
        gate: refuses what bears a mark of secrecy.
    """
    spec = by_entity().get(states[0].entity) if states else None
    if spec is None or not spec.is_append or spec.entity in _IN_TURN or spec.table.name in VERSIONED:
        return None
    made = _Page(spec, seals, gate)
    try:
        for state in states:
            if state.deleted or state.entity != spec.entity:
                return None
            made.add(state)
        return made.ready()
    except (*UNREADABLE, UserError):
        return None


class _Page:
    """The rows of one page, as they gather."""

    def __init__(self, spec: Spec, seals: Seals, gate: Gate | None) -> None:
        self._spec, self._seals, self._gate = spec, seals, gate
        self._is_sealed = spec.entity in wire.SEALED_FIELDS
        self._statement = f'INSERT INTO "{spec.table.name}"'
        self._wordy = wordy_columns(spec.entity)
        self._blank = list(spec.blank.values())
        self._is_whole = True
        self._records: dict[str, None] = {}
        self._named: list[set[str | None]] = [set() for _parent in parents_of(spec.table)]
        self._rows: list[Row] = []
        self._replicas: list[Row] = []
        self._links: list[Row] = []
        self._words: list[Row] = []
        self._stale: Stale = defaultdict(dict)

    def add(self, state: wire.RecordState) -> None:
        """Add an entry; raises one of ``UNREADABLE``, UserError("secret_marked")."""
        spec, record, came = self._spec, state.rec, state.fields
        values, is_whole = came, True
        if self._is_sealed:
            values, is_whole = self._seals.read(spec.table, spec.entity, record, came)
        own = record.hex
        row = [*to_row(spec, values, as_text=True), *self._blank]
        self._look_at(row)
        self._records[own] = None
        for (column, _parent), named in zip(parents_of(spec.table), self._named, strict=True):
            named.add(values.get(column))
        self._rows.append(row)
        self._replicas.append([own, state.entity, state.ver, *self._kept(came, is_whole)])
        if link := values.get(wire.LINK):
            self._links.append(link_row(own, link))
        self._find(record, own, values)

    def ready(self) -> Ready:
        """Give it all."""
        spec = self._spec
        return Ready(
            spec,
            self._seals.ring,
            self._is_whole,
            _text(list(self._records)),
            tuple(self._parents()),
            _text(self._rows),
            _text(self._replicas),
            _text(self._links) if self._links else "",
            _text(self._words) if self._words else "",
            self._stale,
        )

    def _look_at(self, row: Row) -> None:
        if self._gate is not None:
            texts = {name: text for at, name in self._wordy if (text := row[at]) and not text.isascii()}
            if texts:
                self._gate(self._statement, texts)

    def _kept(self, came: dict[str, Any], is_whole: bool) -> tuple[str | None, str]:
        """Give what is kept of an entry as it came, and its state."""
        is_fuller = bool(strange(self._spec, came))
        if is_whole and not is_fuller:
            return None, PLACED
        self._is_whole = self._is_whole and is_whole
        kept = came if is_fuller else sealed_part(self._spec, came)
        return _text(kept), FULLER if is_whole else LOCKED

    def _parents(self) -> Iterable[tuple[str, str]]:
        for (_column, parent), named in zip(parents_of(self._spec.table), self._named, strict=True):
            ids = {hex_in(value) for value in named if value}
            if parent is self._spec.table:
                ids.difference_update(self._records)
            if ids:
                yield parent.name, _text(list(ids))

    def _find(self, record: UUID, own: str, values: dict[str, Any]) -> None:
        if self._spec.table.name != "contact" or values.get("corrects"):
            note(self._stale, self._spec, values, record)
            return
        title, body = row_words(values)
        flat, fold = words_of("contact", title, body)
        self._words.append(["contact", own, title, flat, time_in(values["received_at"]), fold])


def link_row(own: str, link: Mapping[str, Any]) -> Row:
    """Give the columns of ``peer_link`` as texts; raises one of ``UNREADABLE``.

    Args:
        own: id of the entry in hex.
    """
    salt = bytes.fromhex(link["salt"]).hex() if link["salt"] else None
    hashes = bytes.fromhex(link["commitment"]).hex(), bytes.fromhex(link["hash"]).hex()
    return [hex_in(link["device"]), link["n"], link["kind"], own, time_in(link["at"]), *hashes, salt]


def _text(value: object) -> str:
    return json.encode(value).decode()
