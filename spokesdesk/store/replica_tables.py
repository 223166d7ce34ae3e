"""Which tables several desks of one journal share, and how: the one place that says it for every table.

``append``: written once, an entry of the chain; it comes to the others as it was written, in the order of the feed.
``record``: may change; merged field by field. ``LOCAL``: stays on this desk, each with its reason.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from uuid import UUID, uuid5

from sqlalchemy import Column, Table

from spokesdesk import wire
from spokesdesk.store import tables as plain
from spokesdesk.store import (
    tables_cases,
    tables_contacts,
    tables_door,
    tables_imports,
    tables_incidents,
    tables_library,
    tables_monitoring,
    tables_people,
    tables_province,
    tables_trust,
)
from spokesdesk.store.chain import BODIES
from spokesdesk.store.columns import UuidBlob
from spokesdesk.store.tables import metadata

SPACE = UUID("6f0d5a4e-2f3c-5b8e-9d1a-3f6b7c8d9e0f")

LOCAL: dict[str, str] = {
    "account_seen": "read from the portal",
    "access": "who opened what on this desk: its own log",
    "backup_run": "copies that this desk made",
    "carried": "bookkeeping of sharing",
    "carried_op": "what this desk carries for others",
    "chain": "each desk has its own; the links travel with their entries",
    "changed": "bookkeeping of sharing",
    "checkpoint": "heads of this desk's own chain",
    "delivery": "what this desk sent to other places",
    "draft": "what is being typed",
    "elsewhere": "places that this desk publishes at; their passwords are on it",
    "enrolled": "bookkeeping of sharing",
    "erased_file": "files that are still to go from this desk",
    "feed_log": "bookkeeping of sharing",
    "incident_reminder": "which reminders this desk told",
    "import_row": "for undoing on the desk that imported",
    "inbox": "each desk reads the inbox of its journal itself",
    "inbox_place": "bookkeeping of sharing",
    "known_agency": "read from the portal",
    "key_holder": "the devices of the journal, as the portal names them",
    "complaint_seen": "read from the portal",
    "ledger": "bookkeeping of sharing",
    "list_span": "counted by the database",
    "outbox": "bookkeeping of sharing",
    "peer_link": "bookkeeping of sharing",
    "news_mark": "made from the texts of items, to find their like",
    "portal_file": "bookkeeping of sharing",
    "replica": "bookkeeping of sharing",
    "replication": "bookkeeping of sharing",
    "search_doc": "made from the records",
    "sync_conflict": "comes with the feed as it is",
}

# Settings that belong to the agency; every other one belongs to the desk.
SHARED_SETTINGS = (
    "agency",
    "agency_kind",
    "case_places",
    "holidays",
    "number_series",
    "organ_id",
    "privacy_retention",
)


@dataclass(frozen=True, slots=True)
class Spec:
    """How one table is shared.

    Attributes:
        entity: noun of its operations.
        written: columns written once, all of them in the first operation.
        puts: columns that may change later, merged by field.
        read: fields that are not columns but follow from the latest saved text.
        beside: the row is another noun's; this one only says what changes of it.
        blank: what columns that are worked out later hold until then.
        watched: columns whose change makes ``read`` change.
        texts: fields merged by sentence.
        found: fields that a machine found or worked out: the first to write one holds, and nobody is asked.
        key: columns that name a row.
    """

    table: Table
    entity: str
    is_append: bool
    written: tuple[str, ...]
    puts: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    blank: dict[str, object] = field(default_factory=dict)
    watched: tuple[str, ...] = ()
    texts: frozenset[str] = frozenset()
    found: frozenset[str] = frozenset()
    key: tuple[str, ...] = ("id",)
    beside: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Give the columns that travel."""
        return (*self.written, *self.puts)

    @property
    def is_numbered(self) -> bool:
        """Say whether rows have a place in the order in which they came."""
        return "n" in self.table.c

    def record_of(self, key: str) -> UUID:
        """Give the id under which the portal knows the row with this key (see ``key_sql``)."""
        if self.key == ("id",) and not self.beside and self.table is not plain.paper:
            return UUID(hex=key)
        return uuid5(SPACE, f"{self.entity}:{key}")

    def key_sql(self, row: str) -> str:
        """Give the SQL of a row's key as text: hex of ids, other values as they are."""
        return " || '|' || ".join(
            f'hex({row}."{name}")' if _is_id(self.table.c[name]) else f'{row}."{name}"' for name in self.key
        )

    def key_of(self, values: dict[str, object]) -> str:
        """Give the key of a row from its values as they travel."""
        return "|".join(
            UUID(str(values[name])).hex.upper() if _is_id(self.table.c[name]) else str(values[name])
            for name in self.key
        )


def _is_id(column: "Column[object]") -> bool:
    return isinstance(column.type, UuidBlob)


@dataclass(frozen=True, slots=True)
class Versioned:
    """Texts saved as versions. Two desks may save the same version; the later one is set aside.

    Attributes:
        owner: column that names the record they are of.
        fields: what a version says, merged field by field.
    """

    table: Table
    owner: str
    fields: tuple[str, ...]


_CASE = ("kind", "title", "happened_at", "place", "person", "outlet_id", "outlet_name", "marks", "facts")
_TIMES = ("happened_at", "received_at", "impact_at", "asked_at")
_INCIDENT = ("title", *_TIMES, "scope", "place", "lead", "participants", "facts", "clocks")
VERSIONED: dict[str, Versioned] = {
    "paper_text": Versioned(plain.paper_text, "paper_id", ("letter",)),
    "case_text": Versioned(tables_cases.case_text, "case_id", _CASE),
    "incident_text": Versioned(tables_incidents.incident_text, "incident_id", _INCIDENT),
}
# Columns of entries that are worked out: what they hold until then.
_BLANK: dict[str, dict[str, object]] = {
    "case": {"kind": "", "title": "", "state": "open", "version": 0, "saved_at": 0},
    "rebuttal_round": {"state": "writing"},
    "request": {"topic": "", "state": "open"},
    "incident": {"title": "", "state": "open", "scope": "", "began_at": 0, "version": 0, "saved_at": 0},
}
_STANDING: dict[str, object] = {
    "state": "new",
    "verdict": "",
    "assignee": "",
    "assignee_fold": "",
    "done": "",
    "copies": 0,
}
_SINCE: dict[str, tuple[str, ...]] = {
    "member": ("pin_hash",),
    "outlet": ("name_fold",),
    "journalist": ("name_fold",),
    "paper": ("n", "kind", "subject", "symbol", "state", "version", "saved_at"),
    "law_entry": ("n",),
    "duty_mark": ("n",),
    # How an item stands is what its steps say.
    "news": ("n", *_STANDING),
    # How a source fares is seen by each desk that fetches it.
    "news_source": (
        "etag",
        "modified",
        "checked_at",
        "ok_at",
        "next_at",
        "failures",
        "fault",
        "fault_detail",
    ),
}
_PAPER: dict[str, object] = {
    "read": ("letter",),
    "watched": ("version",),
    "texts": frozenset({"letter"}),
    "blank": {"kind": "", "state": "draft", "version": 0, "saved_at": 0},
}
_NEWS: dict[str, object] = {
    "blank": _STANDING,
    "found": frozenset({column.name for column in tables_monitoring.news.c} - {"article_id"}),
}
_RECORDS: tuple[tuple[Table, str, tuple[str, ...], dict[str, object]], ...] = (
    (plain.member, "member", ("id",), {}),
    (plain.setting, "setting", ("name",), {}),
    (plain.outlet, "outlet", ("id",), {"blank": {"name_fold": ""}, "texts": frozenset({"note"})}),
    (plain.journalist, "journalist", ("id",), {"blank": {"name_fold": ""}, "texts": frozenset({"note"})}),
    (plain.paper, "paper-draft", ("id",), _PAPER),
    (tables_people.outlet_office, "outlet-office", ("id",), {}),
    (tables_people.record_merge, "record-merge", ("id",), {}),
    (tables_people.record_distinct, "record-distinct", ("one", "other"), {}),
    (tables_contacts.contact_paper, "contact-paper", ("contact_id", "paper_id"), {}),
    (tables_imports.import_run, "import-run", ("id",), {}),
    (tables_library.law_entry, "law-entry", ("id",), {"texts": frozenset({"text"})}),
    (tables_library.duty_mark, "duty-mark", ("rule_id", "due_on"), {}),
    (tables_monitoring.news_source, "news-source", ("id",), {"blank": {"failures": 0}}),
    (tables_monitoring.watch_subject, "watch-subject", ("id",), {}),
    (tables_monitoring.news, "news", ("id",), _NEWS),
    (tables_door.door_request, "door-request", ("id",), {}),
    (tables_province.sender_key, "sender-key", ("sender", "key"), {"found": frozenset({"at", "by"})}),
    (tables_trust.deletion_done, "deletion-done", ("deletion_id", "device"), {}),
)
# What may change of an entry travels as a record of its own: an entry itself is never changed.
_BESIDE = (
    Spec(
        tables_cases.case,
        "case-facts",
        False,
        ("id",),
        read=_CASE,
        watched=("version",),
        texts=frozenset({"facts", "marks"}),
        beside=True,
    ),
    Spec(
        tables_incidents.incident,
        "incident-facts",
        False,
        ("id",),
        read=_INCIDENT,
        watched=("version",),
        texts=frozenset({"facts"}),
        beside=True,
    ),
    Spec(tables_library.rule_pack, "rule-pack-state", False, ("id",), ("dropped_at",), beside=True),
)


def _append(kind: str, table: Table, apart: tuple[str, ...]) -> Spec:
    written = tuple(column.name for column in table.c if column.name not in apart)
    return Spec(table, kind.replace("_", "-"), True, written, blank=_BLANK.get(kind, {}))


def _record(table: Table, entity: str, key: tuple[str, ...], more: dict[str, object]) -> Spec:
    aside = (*key, *_SINCE.get(table.name, ()))
    puts = tuple(column.name for column in table.c if column.name not in aside)
    return Spec(table, entity, False, key, puts, key=key, **more)  # type: ignore[arg-type]


@cache
def specs() -> tuple[Spec, ...]:
    """Give how each shared table is shared, parents before what points to them."""
    made = [_append(kind, table, apart) for kind, (table, apart) in BODIES.items()]
    made += [_record(*record) for record in _RECORDS]
    made += _BESIDE
    place = {table.name: at for at, table in enumerate(metadata.sorted_tables)}
    return tuple(sorted(made, key=lambda spec: (place[spec.table.name], spec.beside)))


@cache
def by_entity() -> dict[str, Spec]:
    """Give the same by the noun of the operations."""
    return {spec.entity: spec for spec in specs()}


@cache
def in_order_of_filling() -> tuple[str, ...]:
    """Give the nouns in the order in which an empty desk takes them: those last for which a key may have to come."""
    late: set[str] = set()
    for spec in specs():
        parents = {parent.name for _column, parent in parents_of(spec.table)}
        if spec.entity in wire.SEALED_FIELDS or late & parents:
            late.add(spec.table.name)
    return tuple(sorted(by_entity(), key=lambda noun: by_entity()[noun].table.name in late))


@cache
def by_table() -> dict[str, tuple[Spec, ...]]:
    """Give the same by the table's name."""
    found: dict[str, tuple[Spec, ...]] = {}
    for spec in specs():
        found[spec.table.name] = (*found.get(spec.table.name, ()), spec)
    return found


@cache
def parents_of(table: Table) -> tuple[tuple[str, Table], ...]:
    """Give the columns of a table that point to another, each with where it points."""
    return tuple((column.name, key.column.table) for column in table.c for key in column.foreign_keys)


@cache
def children_of(table: Table) -> tuple[tuple[Table, str], ...]:
    """Give where a table's rows are pointed to from."""
    found: Iterable[tuple[Table, str]] = (
        (other, column)
        for other in metadata.tables.values()
        for column, to in parents_of(other)
        if to is table
    )
    return tuple(found)


def unclassed() -> tuple[str, ...]:
    """Give the tables of the schema that are in no class, or in two."""
    shared = {spec.table.name for spec in specs()}
    every = set(metadata.tables)
    return tuple(sorted((every - shared - set(LOCAL)) | (shared & set(LOCAL))))
