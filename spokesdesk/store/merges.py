"""Merged records: who was merged into whom, when, by whom, and how it was before; and pairs kept apart."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Table, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or_keep

from spokesdesk.domain.duplicates import Pair, Sketch
from spokesdesk.domain.merging import Merge
from spokesdesk.domain.people import Ref
from spokesdesk.store.alias import survivor_of
from spokesdesk.store.rows import RowValues, one
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.sketches import journalist_sketches, outlet_sketches
from spokesdesk.store.tables import journalist, outlet
from spokesdesk.store.tables_people import record_distinct, record_merge

_TABLES: dict[str, Table] = {"journalist": journalist, "outlet": outlet}


class SqlMerges:
    """The record_merge and record_distinct tables, and ``merged_into`` of journalists and outlets."""

    def __init__(self, connection: Connection, search: SqlSearch) -> None:
        self._connection = connection
        self._search = search

    def sketches(self, kind: str, record: UUID | None = None) -> list[Sketch]:
        """Give what tells records of a kind apart: of all, or of one and those it may be the same as."""
        if kind == "outlet":
            return outlet_sketches(self._connection)
        return journalist_sketches(self._connection, record)

    def followers(self, kind: str, record: UUID) -> tuple[UUID, ...]:
        """Give the records merged into this one."""
        table = _TABLES[kind]
        return tuple(self._connection.scalars(select(table.c.id).where(table.c.merged_into == record)))

    def kept_id(self, kind: str, record: UUID) -> UUID:
        """Give the id to which a record leads; its own when it was not merged."""
        return survivor_of(self._connection, _TABLES[kind], record)

    def add(self, made: Merge) -> None:
        """Write a merge; the merged record and its followers lead to the kept one, and only that one is found."""
        values = {
            "id": made.id,
            "kind": made.kind,
            "kept": made.kept.id,
            "merged": made.merged.id,
            "before": {"name": made.kept.name, "merged": made.merged.name, "values": dict(made.before)},
            "after": dict(made.after),
            "followers": [str(item) for item in made.followers],
            "at": made.at,
            "author_id": made.by.id,
            "author_name": made.by.name,
        }
        self._connection.execute(insert(record_merge), values)
        self._lead(made, made.kept.id, made.kept.id)
        self._search.drop(made.merged.id)

    def undo(self, made: Merge, at: datetime, by: str) -> None:
        """Let the merged record stand for itself again, and its followers follow it."""
        self._lead(made, None, made.merged.id)
        done = update(record_merge).where(record_merge.c.id == made.id)
        self._connection.execute(done.values(undone_at=at, undone_by=by))

    def get(self, merge_id: UUID) -> Merge:
        """Give a merge; raises UserError("record_missing")."""
        return _merge(one(self._connection, record_merge, merge_id))

    def of(self, record: UUID) -> tuple[Merge, ...]:
        """Give the merges a record took part in, the newest first."""
        part = or_(record_merge.c.kept == record, record_merge.c.merged == record)
        statement = select(record_merge).where(part).order_by(record_merge.c.at.desc())
        return tuple(_merge(row) for row in self._connection.execute(statement).mappings())

    def all(self) -> tuple[Merge, ...]:
        """Give every merge that holds, the newest first."""
        holding = select(record_merge).where(record_merge.c.undone_at.is_(None))
        rows = self._connection.execute(holding.order_by(record_merge.c.at.desc())).mappings()
        return tuple(_merge(row) for row in rows)

    def keep_apart(self, pair: Pair, at: datetime, by: Ref) -> None:
        """Note that two records are not the same."""
        values = {"one": pair[0], "other": pair[1], "at": at, "author_id": by.id, "author_name": by.name}
        self._connection.execute(insert_or_keep(record_distinct).values(**values).on_conflict_do_nothing())

    def ask_again(self, pair: Pair) -> None:
        """Forget that two records are not the same."""
        kept = (record_distinct.c.one == pair[0]) & (record_distinct.c.other == pair[1])
        self._connection.execute(record_distinct.delete().where(kept))

    def apart(self) -> frozenset[Pair]:
        """Give the pairs that are not the same."""
        rows = self._connection.execute(select(record_distinct.c.one, record_distinct.c.other))
        return frozenset((row.one, row.other) for row in rows)

    def _lead(self, made: Merge, merged_to: UUID | None, followers_to: UUID) -> None:
        table = _TABLES[made.kind]
        self._connection.execute(
            update(table).where(table.c.id == made.merged.id).values(merged_into=merged_to)
        )
        if made.followers:
            self._connection.execute(
                update(table).where(table.c.id.in_(made.followers)).values(merged_into=followers_to)
            )


def _merge(row: RowValues) -> Merge:
    before = row["before"]
    return Merge(
        id=row["id"],
        kind=str(row["kind"]),
        kept=Ref(row["kept"], str(before["name"])),
        merged=Ref(row["merged"], str(before["merged"])),
        before=before["values"],
        after=row["after"],
        at=row["at"],
        by=Ref(row["author_id"], str(row["author_name"])),
        followers=tuple(UUID(str(item)) for item in row["followers"]),
        undone_at=row["undone_at"],
        undone_by=str(row["undone_by"]),
    )
