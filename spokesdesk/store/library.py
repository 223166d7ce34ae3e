"""Packs of rules, the library of instruments, marks of periodic duties."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or_renew

from spokesdesk.domain.duties import DutyMark
from spokesdesk.domain.library import LawDraft, LawEntry, TakenPack
from spokesdesk.domain.people import Ref
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.rows import RowValues, file_record, file_value, one
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.tables_library import duty_mark, law_entry, rule_pack

_PLAIN = ("key", "name", "title", "issued_on", "from_on", "to_on", "text")


class SqlLibrary:
    """The rule_pack, law_entry and duty_mark tables."""

    def __init__(self, connection: Connection, chain: SqlChain, search: SqlSearch) -> None:
        self._connection = connection
        self._chain = chain
        self._search = search

    def add_pack(self, made: TakenPack) -> None:
        """Write a pack that was taken, and its link."""
        values: dict[str, Any] = {
            "id": made.id,
            "kind": made.kind,
            "name": made.name,
            "version": made.version,
            "content": made.content,
            "at": made.at,
            "author_id": made.author.id,
            "author_name": made.author.name,
        }
        self._connection.execute(insert(rule_pack), values)
        self._chain.join("rule_pack", made.id, made.at, values)

    def put_away(self, pack_id: UUID, at: datetime | None) -> None:
        """Note that a pack is no longer used; None: it is used again."""
        self._connection.execute(update(rule_pack).where(rule_pack.c.id == pack_id).values(dropped_at=at))

    def packs(self) -> tuple[TakenPack, ...]:
        """Give every pack that was taken, the oldest first."""
        rows = self._connection.execute(select(rule_pack).order_by(rule_pack.c.n)).mappings()
        same = ("id", "kind", "name", "version", "content", "at", "dropped_at")
        return tuple(TakenPack(author=_author(row), **{name: row[name] for name in same}) for row in rows)

    def save(self, entry: LawEntry) -> None:
        """Add or renew an instrument, and its search text."""
        draft = entry.draft
        values: dict[str, Any] = {name: getattr(draft, name) for name in _PLAIN}
        values |= {"id": entry.id, "file": file_value(draft.file), "at": entry.at}
        values |= {"author_id": entry.author.id, "author_name": entry.author.name}
        made = insert_or_renew(law_entry).values(**values)
        newer = {name: made.excluded[name] for name in values if name != "id"}
        self._connection.execute(made.on_conflict_do_update(index_elements=["id"], set_=newer))
        self._search.put("law", entry.id, draft.name, f"{draft.title} · {draft.text}", entry.at)

    def drop(self, entry_id: UUID) -> None:
        """Take an instrument out."""
        self._connection.execute(delete(law_entry).where(law_entry.c.id == entry_id))
        self._search.drop(entry_id)

    def get(self, entry_id: UUID) -> LawEntry:
        """Give an instrument; raises UserError("record_missing")."""
        return _entry(one(self._connection, law_entry, entry_id))

    def entries(self) -> tuple[LawEntry, ...]:
        """Give every instrument the agency keeps, the latest first."""
        rows = self._connection.execute(select(law_entry).order_by(law_entry.c.n.desc())).mappings()
        return tuple(_entry(row) for row in rows)

    def mark(self, made: DutyMark) -> None:
        """Note a turn of a duty as done; a second note of the same turn replaces the first."""
        self.unmark(made)
        values = {"rule_id": made.rule_id, "due_on": made.due_on, "done_on": made.done_on, "at": made.at}
        values |= {"author_id": made.by.id, "author_name": made.by.name}
        self._connection.execute(insert(duty_mark), values)

    def unmark(self, made: DutyMark) -> None:
        """Take the note of a turn back."""
        turn = (duty_mark.c.rule_id == made.rule_id) & (duty_mark.c.due_on == made.due_on)
        self._connection.execute(delete(duty_mark).where(turn))

    def marks(self) -> tuple[DutyMark, ...]:
        """Give every turn noted as done, the oldest first."""
        rows = self._connection.execute(select(duty_mark).order_by(duty_mark.c.due_on)).mappings()
        return tuple(
            DutyMark(row["rule_id"], row["due_on"], row["done_on"], row["at"], _author(row)) for row in rows
        )


def _author(row: RowValues) -> Ref:
    return Ref(row["author_id"], str(row["author_name"]))


def _entry(row: RowValues) -> LawEntry:
    draft = LawDraft(file=file_record(row["file"]), **{name: row[name] for name in _PLAIN})
    return LawEntry(row["id"], draft, row["at"], _author(row))
