"""Where one person's data is, whatever the noun; and how it is erased so that the chain still holds."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Table,
    Text,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError

from spokesdesk.domain.papers import PaperState
from spokesdesk.domain.people import Ref
from spokesdesk.domain.privacy import GONE, HELD, Deletion, Scope, Trace, without
from spokesdesk.store.chain import BODIES, SqlChain
from spokesdesk.store.columns import Json, UuidBlob
from spokesdesk.store.emptied import CONTENT, WHOLE, Content, emptied, files_of, points_to_journalist
from spokesdesk.store.erased_files import note_erased
from spokesdesk.store.retention import Aged, older
from spokesdesk.store.rows import RowValues, plain
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.search_query import query_of
from spokesdesk.store.tables import chain, journalist, metadata, paper, paper_text, search_doc
from spokesdesk.store.tables_trust import (
    access,
    checkpoint,
    deletion,
    deletion_done,
    erased_file,
    erasure,
    subject_request,
)

KINDS = {table.name: kind for kind, (table, _apart) in BODIES.items()}
# What keeps no person's text, or is kept by other rules: the chain, the proofs, the way to the portal.
_APART = frozenset(
    [table.name for table in (chain, search_doc, journalist, checkpoint, deletion, erasure, access)]
    + [
        subject_request.name,
        deletion_done.name,
        erased_file.name,
        "setting",
        "member",
        "outlet",
        "enrolled",
        "ledger",
        "outbox",
        "feed_log",
    ]
    + ["delivery", "elsewhere", "key_holder", "carried", "carried_op"]
)
# Rows that only help to undo something or to go on typing: they go as a whole.
_DROPPED = frozenset({"draft", "import_row", "record_merge"})
# Rows that belong to a row that concerns the person: table, its column, the table it points to.
_CHILDREN = (
    ("contact_answer", "contact_id", "contact"),
    ("request_step", "request_id", "request"),
    ("door_request", "request_id", "request"),
    ("case", "contact_id", "contact"),
    ("case_text", "case_id", "case"),
)
# What else belongs to a record that goes as a whole.
_PARTS = (
    *_CHILDREN,
    ("case_move", "case_id", "case"),
    ("evidence", "case_id", "case"),
    ("custody", "case_id", "case"),
    ("article_text", "article_id", "article"),
    ("claim", "article_id", "article"),
    ("recapture", "article_id", "article"),
    ("recapture_check", "recapture_id", "recapture"),
    ("rebuttal_round", "article_id", "article"),
    ("round_step", "round_id", "rebuttal_round"),
)
# The columns of an entry in which people stand by name.
_NAMED = ("journalist_name", "asker")
_TIMES = ("received_at", "at", "saved_at", "opened_at", "started_at")
_TITLES = ("topic", "title", "name", "text", "form")
# Not by the index's own secure-delete: on an index without places it damages entries that were renewed (SQLite 3.53).
_OPTIMIZE = text("INSERT INTO search_index(search_index) VALUES('optimize')")
_MENTIONS = text(
    "SELECT d.kind, count(*) AS many FROM search_index AS i JOIN search_doc AS d ON d.n = i.rowid "
    "WHERE search_index MATCH :query GROUP BY d.kind"
)


class SqlPrivacy:
    """Reads and erases across all tables; a table added later is covered when it points to a journalist."""

    def __init__(self, connection: Connection, joined: SqlChain, search: SqlSearch) -> None:
        self._connection = connection
        self._chain = joined
        self._search = search

    def traces(self, subject: UUID) -> tuple[Trace, ...]:
        """Give every row that concerns a journalist, the newest first."""
        found = [_trace(table, row) for table, row in self._rows_of(subject)]
        oldest = datetime.min.replace(tzinfo=UTC)
        return tuple(sorted(found, key=lambda trace: trace.at or oldest, reverse=True))

    def mentions(self, name: str) -> dict[str, int]:
        """Count the records in which a name stands, by kind."""
        words = query_of(name)
        if not words:
            return {}
        return {row.kind: row.many for row in self._connection.execute(_MENTIONS, {"query": words})}

    def erase_person(
        self, subject: UUID, texts: Sequence[str], scope: Scope, deletion_id: UUID
    ) -> tuple[dict[str, int], list[str], list[str]]:
        """Take a person out of every row; a row of the chain keeps its place, with a new commitment.

        Args:
            texts: by which the person is known.
            scope: identity alone, or what was said and given, too.

        Returns:
            How many rows of each kind, the commitments of the emptied entries, the hashes of files named before.
        """
        self._connection.exec_driver_sql("PRAGMA secure_delete = ON")
        content = CONTENT if scope is Scope.CONTENT else {}
        rows = [*self._rows_of(subject), *self._unfinished(texts)]
        done = self._empty(rows, texts, content, deletion_id)
        self._search.drop(subject)
        self._forget_journalist(subject)
        done[0]["journalist"] = 1
        return done

    def erase_entry(
        self, kind: str, record: UUID, deletion_id: UUID
    ) -> tuple[dict[str, int], list[str], list[str]]:
        """Take the texts, the person and the files out of one entry and what belongs to it; see ``erase_person``.

        Args:
            kind: contact, request, article or case.
        """
        self._connection.exec_driver_sql("PRAGMA secure_delete = ON")
        own = metadata.tables[kind]
        rows = [(own, row) for row in self._select(own, own.c.id == record)]
        texts = [row[name] for _table, row in rows for name in _NAMED if row.get(name)]
        is_whole = kind in ("article", "case")
        rows += list(self._children({kind: {record}}, _PARTS if is_whole else _CHILDREN))
        return self._empty(rows, texts, WHOLE if is_whole else CONTENT, deletion_id)

    def settle_index(self) -> None:
        """Merge the search index into one piece, so that no older piece keeps words that were erased."""
        self._connection.execute(_OPTIMIZE)

    def record(self, made: Deletion) -> None:
        """Write the record of a deletion into the chain."""
        values = {
            "id": made.id,
            "subject_kind": made.subject_kind,
            "subject": made.subject,
            "scope": made.scope.value,
            "ground": made.ground,
            "citation": made.citation,
            "counts": dict(made.counts),
            "hashes": list(made.hashes),
            "files": list(made.files),
            "at": made.at,
            "author_id": made.author.id,
            "author_name": made.author.name,
        }
        self._connection.execute(insert(deletion), values)
        self._chain.join("deletion", made.id, made.at, values)
        note_erased(self._connection, made.id, made.files)

    def deletions(self) -> tuple[Deletion, ...]:
        """Give the records of deletions, the latest first."""
        rows = self._connection.execute(select(deletion).order_by(deletion.c.n.desc())).mappings()
        return tuple(_deletion(row) for row in rows)

    def older(self, kind: str, before: datetime, limit: int) -> Aged:
        """Give what of a kind is older than a time (UTC) and not erased yet, see ``retention.older``."""
        return older(self._connection, kind, before, limit)

    def _rows_of(self, subject: UUID) -> Iterator[tuple[Table, RowValues]]:
        seen: dict[str, set[UUID]] = {}
        for table in metadata.sorted_tables:
            wanted = _concerns(table, subject) if table.name not in _APART else None
            for row in self._select(table, wanted) if wanted is not None else ():
                if "id" in row:
                    seen.setdefault(table.name, set()).add(row["id"])
                yield table, row
        for table, row in self._children(seen):
            if row["id"] not in seen.get(table.name, ()):
                yield table, row

    def _unfinished(self, texts: Sequence[str]) -> Iterator[tuple[Table, RowValues]]:
        """Give the drafts of papers that name a person, in any saved text: nobody has put them forward yet.

        What was put forward is a record of the agency and stays.
        """
        is_draft = paper_text.c.paper_id.in_(
            select(paper.c.id).where(paper.c.state == PaperState.DRAFT.value)
        )
        naming: set[UUID] = set()
        statement = select(paper_text).where(is_draft).order_by(paper_text.c.paper_id, paper_text.c.version)
        for text_row in self._connection.execute(statement).mappings():
            if without(text_row["letter"], texts) != text_row["letter"]:
                naming.add(text_row["paper_id"])
                yield paper_text, dict(text_row)
        for row in self._select(paper, paper.c.id.in_(naming)) if naming else ():
            yield paper, row

    def _children(
        self, parents: dict[str, set[UUID]], wanted: Sequence[tuple[str, str, str]] = _CHILDREN
    ) -> Iterator[tuple[Table, RowValues]]:
        known = {name: set(ids) for name, ids in parents.items()}
        for name, column, parent in wanted:
            table, ids = metadata.tables[name], list(known.get(parent, ()))
            for at in range(0, len(ids), 500):
                for row in self._select(table, table.c[column].in_(ids[at : at + 500])):
                    known.setdefault(name, set()).add(row["id"])
                    yield table, row

    def _select(self, table: Table, wanted: ColumnElement[bool]) -> list[RowValues]:
        return [dict(row) for row in self._connection.execute(select(table).where(wanted)).mappings()]

    def _empty(
        self,
        rows: Sequence[tuple[Table, RowValues]],
        texts: Sequence[str],
        content: Content,
        deletion_id: UUID,
    ) -> tuple[dict[str, int], list[str], list[str]]:
        counts: Counter[str] = Counter()
        hashes: list[str] = []
        files: list[str] = []
        for table, row in rows:
            key = and_(*(column == row[column.name] for column in table.primary_key))
            counts[KINDS.get(table.name, table.name)] += 1
            if table.name in _DROPPED:
                self._connection.execute(delete(table).where(key))
                continue
            if content:
                files += files_of(row)
            after = emptied(table, row, texts, content)
            if after:
                self._connection.execute(update(table).where(key).values(after))
            if table.name in KINDS:
                hashes.append(self._chain.erase(row["id"], {**row, **after}, deletion_id))
            if "id" in row:
                is_empty = table.name in content
                self._empty_search(row["id"], texts, Scope.CONTENT if is_empty else Scope.IDENTITY)
        cases = [row["id"] for table, row in rows if table.name == "case"]
        held = self._evidence_of(cases) if "evidence" not in content else 0
        counts.update({f"evidence{HELD}": held} if held else {})
        return dict(counts), hashes, files

    def _evidence_of(self, cases: Sequence[UUID]) -> int:
        """Count the evidence of some cases: it stays as it was gathered (see ``PrivacyLaw.hold``)."""
        own = metadata.tables["evidence"]
        counted = select(func.count()).select_from(own).where(own.c.case_id.in_(cases))
        return self._connection.scalar(counted) or 0

    def _empty_search(self, record: UUID, texts: Sequence[str], scope: Scope) -> None:
        doc = (
            self._connection.execute(select(search_doc).where(search_doc.c.record == record))
            .mappings()
            .first()
        )
        if doc is None:
            return
        self._search.drop(record)
        if scope is Scope.IDENTITY:
            title, body = str(without(doc["title"], texts)), str(without(doc["body"], texts))
            self._search.put(doc["kind"], record, title, body, doc["at"])

    def _forget_journalist(self, subject: UUID) -> None:
        try:
            with self._connection.begin_nested():
                self._connection.execute(delete(journalist).where(journalist.c.id == subject))
        except IntegrityError:
            # Some row may not lose its journalist: an empty one stays in the place.
            blank: dict[str, object] = {
                column.name: None if column.nullable else ""
                for column in journalist.c
                if column.name not in ("id", "merged_into")
            }
            self._connection.execute(
                update(journalist)
                .where(journalist.c.id == subject)
                .values(blank | {"name": GONE, "name_fold": ""})
            )


def _concerns(table: Table, subject: UUID) -> ColumnElement[bool] | None:
    """Which rows of a table concern a person: those that point to them; where none can, those that hold their id."""
    pointing = [column == subject for column in table.c if points_to_journalist(column)]
    if pointing:
        return or_(*pointing)
    if table.name == "contact":
        return None
    holding: list[ColumnElement[bool]] = [
        column == subject
        for column in table.c
        if isinstance(column.type, UuidBlob) and not column.primary_key and column.name != "id"
    ]
    holding += [
        func.instr(column, str(subject)) > 0
        for column in table.c
        if isinstance(column.type, Json) or (table.name in _DROPPED and isinstance(column.type, Text))
    ]
    return or_(*holding) if holding else None


def _trace(table: Table, row: RowValues) -> Trace:
    at = next((row[name] for name in _TIMES if isinstance(row.get(name), datetime)), None)
    title = next((str(row[name]) for name in _TITLES if isinstance(row.get(name), str) and row[name]), "")
    values = {name: plain(value) for name, value in row.items() if value not in (None, "", [], {})}
    return Trace(table.name, row.get("id"), title, at, values, tuple(files_of(row)))


def _deletion(row: RowMapping) -> Deletion:
    return Deletion(
        row["id"],
        row["subject_kind"],
        row["subject"],
        Scope(row["scope"]),
        row["ground"],
        row["citation"],
        row["counts"],
        tuple(row["hashes"]),
        tuple(row["files"]),
        row["at"],
        Ref(row["author_id"], row["author_name"]),
    )
