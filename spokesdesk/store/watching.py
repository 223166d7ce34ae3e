"""What is watched: the feeds that are fetched, the subjects that are looked for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from spokesdesk.domain.monitoring import Source, Subject
from spokesdesk.domain.people import Ref
from spokesdesk.store.rows import RowValues, one
from spokesdesk.store.tables_monitoring import news_source, watch_subject

_PLAIN = ("id", "name", "url", "is_active")
_LOOKED = ("etag", "modified", "checked_at", "ok_at", "next_at", "failures", "fault", "fault_detail")


class SqlWatching:
    """The news_source and watch_subject tables."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save_source(self, source: Source, by: Ref, at: datetime) -> None:
        """Add or renew a source."""
        values = {name: getattr(source, name) for name in (*_PLAIN, *_LOOKED)}
        values["outlet_id"] = source.outlet.id if source.outlet else None
        values["outlet_name"] = source.outlet.name if source.outlet else ""
        self._save(news_source, values, by, at)

    def looked(self, source: Source) -> None:
        """Write down what an attempt to fetch a source brought; a source taken out meanwhile stays out."""
        values = {name: getattr(source, name) for name in _LOOKED}
        self._connection.execute(update(news_source).where(news_source.c.id == source.id).values(values))

    def drop_source(self, source_id: UUID) -> None:
        """Take a source out; what it brought stays."""
        self._connection.execute(delete(news_source).where(news_source.c.id == source_id))

    def source(self, source_id: UUID) -> Source:
        """Give a source; raises UserError("record_missing")."""
        return _source(one(self._connection, news_source, source_id))

    def sources(self) -> tuple[Source, ...]:
        """Give every source by name."""
        rows = self._connection.execute(select(news_source).order_by(news_source.c.name)).mappings()
        return tuple(_source(row) for row in rows)

    def save_subject(self, subject: Subject, by: Ref, at: datetime) -> None:
        """Add or renew a subject."""
        values = {"id": subject.id, "name": subject.name, "phrases": list(subject.phrases)}
        self._save(watch_subject, values | {"is_active": subject.is_active}, by, at)

    def drop_subject(self, subject_id: UUID) -> None:
        """Take a subject out; items keep its name."""
        self._connection.execute(delete(watch_subject).where(watch_subject.c.id == subject_id))

    def subjects(self) -> tuple[Subject, ...]:
        """Give every subject by name."""
        rows = self._connection.execute(select(watch_subject).order_by(watch_subject.c.name)).mappings()
        return tuple(Subject(row["id"], row["name"], tuple(row["phrases"]), row["is_active"]) for row in rows)

    def _save(self, table: Table, values: Mapping[str, Any], by: Ref, at: datetime) -> None:
        written = {**values, "at": at, "author_id": by.id, "author_name": by.name}
        made = insert(table).values(written)
        newer = {name: made.excluded[name] for name in written if name != "id"}
        self._connection.execute(made.on_conflict_do_update(index_elements=["id"], set_=newer))


def _source(row: RowValues) -> Source:
    outlet = Ref(row["outlet_id"], row["outlet_name"]) if row["outlet_id"] else None
    return Source(outlet=outlet, **{name: row[name] for name in (*_PLAIN, *_LOOKED)})
