"""What imports did: made and changed records by run, taken back as a whole."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from spokesdesk.domain.imports import Act, ImportRow, ImportRun, Noun, RunState
from spokesdesk.domain.people import Ref
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.columns import UtcTime, UuidBlob
from spokesdesk.store.people import SqlPeople
from spokesdesk.store.rows import RowValues, body, one
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.tables import contact, journalist, outlet
from spokesdesk.store.tables_imports import import_move, import_row, import_run

_TABLES: dict[Noun, Table] = {Noun.OUTLET: outlet, Noun.JOURNALIST: journalist, Noun.CONTACT: contact}
# Made once: a statement costs more to build than to run, and an import runs them for every row.
_BY_ID = {
    noun: select(table).where(table.c.id.in_(bindparam("ids", expanding=True)))
    for noun, table in _TABLES.items()
}
_SAME_CONTACT = (
    select(contact.c.id, contact.c.topic)
    .where(contact.c.received_at == bindparam("at"), contact.c.topic == bindparam("topic"))
    .limit(1)
)
_COUNTS = ("made", "changed", "skipped", "faulty")


class SqlImports:
    """The import_run, import_row and import_move tables."""

    def __init__(self, connection: Connection, chain: SqlChain, search: SqlSearch, people: SqlPeople) -> None:
        self._connection = connection
        self._chain = chain
        self._search = search
        self._people = people

    def save(self, run: ImportRun) -> None:
        """Add a run or renew it."""
        values = {
            "id": run.id,
            "noun": run.noun.value,
            "file_name": run.file_name,
            "file_sha256": run.file_sha256,
            "state": run.state.value,
            "started_at": run.started_at,
            "finished_at": run.finished_at,
            "counts": {name: getattr(run, name) for name in _COUNTS},
            "kept": list(run.kept),
            "author_id": run.author.id,
            "author_name": run.author.name,
        }
        changed = self._connection.execute(
            update(import_run).where(import_run.c.id == run.id).values(values)
        ).rowcount
        if not changed:
            self._connection.execute(insert(import_run), values)

    def note_move(self, move_id: UUID, run: ImportRun, at: datetime, by: Ref) -> None:
        """Write into the chain that a run was finished or taken back, with its counts and its file."""
        values = {
            "id": move_id,
            "run_id": run.id,
            "move": run.state.value,
            "file_name": run.file_name,
            "file_sha256": run.file_sha256,
            "counts": {name: getattr(run, name) for name in _COUNTS} | {"kept": len(run.kept)},
            "at": at,
            "author_id": by.id,
            "author_name": by.name,
        }
        self._connection.execute(insert(import_move), values)
        self._chain.join("import_move", move_id, at, values)

    def runs(self) -> tuple[ImportRun, ...]:
        """Give the runs, the latest first."""
        rows = self._connection.execute(select(import_run).order_by(import_run.c.started_at.desc()))
        return tuple(_run(row) for row in rows.mappings())

    def run(self, run_id: UUID) -> ImportRun:
        """Give one run; raises UserError("record_missing")."""
        return _run(one(self._connection, import_run, run_id))

    def snapshot(self, noun: Noun, record: UUID) -> Mapping[str, object]:
        """Give a record's row as it stands, to be kept before it is changed."""
        return body(one(self._connection, _TABLES[noun], record), ())

    def note(self, run_id: UUID, rows: Sequence[tuple[ImportRow, Mapping[str, object] | None]]) -> None:
        """Remember what rows did to records, as the records stand now.

        Args:
            rows: each with the record's row from before, None for a record that was made.
        """
        states: dict[UUID, str] = {}
        for noun in Noun:
            states |= self._states_of(noun, [row.record for row, _before in rows if row.noun is noun])
        values = [
            {
                "run_id": run_id,
                "line": row.line,
                "noun": row.noun.value,
                "record": row.record,
                "act": row.act.value,
                "before": dict(before) if before is not None else None,
                "after": states[row.record],
            }
            for row, before in rows
        ]
        if values:
            self._connection.execute(insert(import_row), values)

    def take_back(self, run_id: UUID, limit: int) -> tuple[int, tuple[str, ...]]:
        """Undo the latest rows of a run that still stand.

        Args:
            limit: most rows at once.

        Returns:
            How many rows were dealt with (0: the run is undone), and the names of records that stay, because they
            were changed since or something refers to them.
        """
        statement = select(import_row).where(import_row.c.run_id == run_id)
        rows = list(
            self._connection.execute(statement.order_by(import_row.c.n.desc()).limit(limit)).mappings()
        )
        kept = [name for row in rows if (name := self._undo(row))]
        self._connection.execute(delete(import_row).where(import_row.c.n.in_([row["n"] for row in rows])))
        return len(rows), tuple(kept)

    def same_contact(self, received_at: datetime, topic: str) -> Ref | None:
        """Give an entry of that moment with that topic."""
        row = self._connection.execute(_SAME_CONTACT, {"at": received_at, "topic": topic}).first()
        return Ref(row.id, row.topic) if row else None

    def _undo(self, row: RowValues) -> str:
        """Take back what one row did; gives the name of a record that stays, "" when it was undone."""
        noun, record = Noun(row["noun"]), row["record"]
        table = _TABLES[noun]
        found = self._connection.execute(_BY_ID[noun], {"ids": [record]}).mappings().first()
        if found is None:
            return ""
        name = str(found["topic"] if noun is Noun.CONTACT else found["name"])
        if _state(dict(found)) != row["after"]:
            return name
        if row["act"] == Act.CHANGED.value:
            values = _revived(table, row["before"])
            self._connection.execute(update(table).where(table.c.id == record).values(values))
            self._renew_search(noun, record)
            return ""
        return "" if self._forget(noun, table, record) else name

    def _forget(self, noun: Noun, table: Table, record: UUID) -> bool:
        """Delete a record that nothing refers to; an entry of the chain leaves its link, without its salt."""
        if noun is not Noun.CONTACT:
            leading = select(table.c.id).where(table.c.merged_into == record).limit(1)
            if self._connection.scalar(leading) is not None:
                return False
        try:
            with self._connection.begin_nested():
                self._connection.execute(delete(table).where(table.c.id == record))
        except IntegrityError:
            return False
        if noun is Noun.CONTACT:
            self._chain.erase(record)
        self._search.drop(record)
        return True

    def _renew_search(self, noun: Noun, record: UUID) -> None:
        if noun is Noun.OUTLET:
            self._people.save_outlet(self._people.outlet(record))
        else:
            self._people.save_journalist(self._people.journalist(record))

    def _states_of(self, noun: Noun, records: Sequence[UUID]) -> dict[UUID, str]:
        if not records:
            return {}
        found = self._connection.execute(_BY_ID[noun], {"ids": list(records)}).mappings()
        return {row["id"]: _state(dict(row)) for row in found}


def _state(row: RowValues) -> str:
    return json.dumps(body(row, ()), ensure_ascii=False, sort_keys=True)


def _revived(table: Table, before: Mapping[str, Any]) -> dict[str, object]:
    """Give the columns' values of a kept row back in their types."""
    return {
        column.name: _value(column.type, before[column.name])
        for column in table.c
        if column.name in before and column.name != "id"
    }


def _value(kind: object, value: Any) -> object:
    if value is None:
        return None
    if isinstance(kind, UuidBlob):
        return UUID(value)
    if isinstance(kind, UtcTime):
        return datetime.fromisoformat(value).astimezone(UTC)
    if str(kind) == "DATE":
        return date.fromisoformat(value)
    return value


def _run(row: RowValues) -> ImportRun:
    counts = {name: int(row["counts"].get(name, 0)) for name in _COUNTS}
    return ImportRun(
        id=row["id"],
        noun=Noun(row["noun"]),
        file_name=row["file_name"],
        file_sha256=row["file_sha256"],
        state=RunState(row["state"]),
        started_at=row["started_at"],
        author=Ref(row["author_id"], row["author_name"]),
        finished_at=row["finished_at"],
        kept=tuple(row["kept"]),
        **counts,
    )
