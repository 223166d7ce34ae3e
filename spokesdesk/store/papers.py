"""Papers: each saved text a version of its own, each move a row, a number once a year in its series."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, bindparam, insert, select, update

from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.letters import Letter
from spokesdesk.domain.papers import Paper, PaperMove, PaperRow, PaperState, Stamp
from spokesdesk.domain.people import Ref
from spokesdesk.services.ports.paging import Paged
from spokesdesk.store.alias import is_of
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.listing import latest, list_of
from spokesdesk.store.paper_rows import head_values, move_record, reviews_of, stamp_values
from spokesdesk.store.rows import RowValues, file_record, numbered, one, plain
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.tables import article, outlet, paper, paper_move, paper_text
from spokesdesk.store.tables_sync import ledger
from spokesdesk.typeset.letter_file import read_letter, write_letter

LIST_LIMIT = 50_000
_ORDER = latest(paper, paper.c.saved_at)


class SqlPapers:
    """The paper, paper_text and paper_move tables."""

    def __init__(self, connection: Connection, chain: SqlChain, search: SqlSearch) -> None:
        self._connection = connection
        self._chain = chain
        self._search = search

    def add(self, made: Paper, text_id: UUID) -> None:
        """Write a new paper with its first text."""
        self._connection.execute(
            insert(paper).values(
                id=made.id,
                **head_values(made.letter),
                state=made.state.value,
                version=made.version,
                author_id=made.author.id,
                author_name=made.author.name,
                created_at=made.created_at,
                saved_at=made.saved_at,
                article_id=made.article_id,
                corrects=made.corrects,
            )
        )
        self._write_text(made.id, text_id, made.letter, made.version, made.saved_at, made.author)

    def get(self, paper_id: UUID) -> Paper:
        """Give a paper with its present text and its moves; raises UserError("record_missing")."""
        row = one(self._connection, paper, paper_id)
        letter = self.version(paper_id, int(str(row["version"])))
        steps = select(paper_move).where(paper_move.c.paper_id == paper_id).order_by(paper_move.c.n)
        found = list(self._connection.execute(steps).mappings())
        reviews = reviews_of(self._connection, [step["id"] for step in found if step["is_flagged"]])
        moves = tuple(move_record(step, reviews.get(step["id"])) for step in found)
        return _paper(row, letter, moves, self._corrected_by(paper_id))

    def _corrected_by(self, paper_id: UUID) -> UUID | None:
        found: UUID | None = self._connection.scalar(
            select(paper.c.id).where(paper.c.corrects == paper_id).order_by(paper.c.n.desc()).limit(1)
        )
        return found

    def version(self, paper_id: UUID, version: int) -> Letter:
        """Give one version of a paper's text."""
        statement = select(paper_text.c.letter).where(
            paper_text.c.paper_id == paper_id, paper_text.c.version == version, paper_text.c.fork == 0
        )
        found = self._connection.scalar(statement)
        if found is None:
            raise UserError("record_missing", field="version", id=version)
        return read_letter(found)

    def text_sha256(self, paper_id: UUID, version: int) -> str:
        """Give the hash of one version's text, as moves record it."""
        statement = select(paper_text.c.sha256).where(
            paper_text.c.paper_id == paper_id, paper_text.c.version == version, paper_text.c.fork == 0
        )
        return self._connection.scalar(statement) or ""

    def save_letter(
        self, paper_id: UUID, text_id: UUID, letter: Letter, version: int, at: datetime, by: Ref
    ) -> None:
        """Write the text as version ``version``.

        Raises:
            ConflictError: someone saved another text meanwhile; theirs stays, this one is not written.
        """
        changed = self._connection.execute(
            update(paper)
            .where(paper.c.id == paper_id, paper.c.version == version - 1)
            .values(**head_values(letter), version=version, saved_at=at)
        )
        if changed.rowcount != 1:
            raise ConflictError("paper_changed_meanwhile")
        self._write_text(paper_id, text_id, letter, version, at, by)

    def move(self, paper_id: UUID, step: PaperMove, expected: PaperState, stamp: Stamp | None = None) -> None:
        """Record a move; raises ConflictError when the paper is no longer in the state it was read in.

        Args:
            stamp: number, date and files that the move gives the paper.
        """
        stamped = stamp_values(stamp) if stamp else {}
        changed = self._connection.execute(
            update(paper)
            .where(paper.c.id == paper_id, paper.c.state == expected.value, paper.c.version == step.version)
            .values(state=step.target.value, **stamped)
        )
        if changed.rowcount != 1:
            raise ConflictError("paper_changed_meanwhile")
        values = {
            "id": step.id,
            "paper_id": paper_id,
            "move": step.move.value,
            "target": step.target.value,
            "at": step.at,
            "author_id": step.by.id,
            "author_name": step.by.name,
            "version": step.version,
            "text_sha256": step.text_sha256,
            "remark": step.remark,
            "is_flagged": step.is_flagged,
            "stamped": plain(stamped) if stamped else None,
        }
        self._connection.execute(insert(paper_move), values)
        self._chain.join("paper_move", step.id, step.at, values)

    def set_due(self, paper_id: UUID, due_at: datetime | None) -> None:
        """Keep until when a paper should be approved."""
        self._connection.execute(update(paper).where(paper.c.id == paper_id).values(due_at=due_at))

    def numbers(self, series: str, year: int) -> tuple[int, ...]:
        """Give the numbers of a series already given in a year."""
        statement = select(paper.c.number).where(
            paper.c.series == series, paper.c.year == year, paper.c.number.is_not(None)
        )
        return tuple(int(number) for number in self._connection.scalars(statement) if number is not None)

    def row_numbers(
        self, words: str = "", *, states: Sequence[PaperState] = (), limit: int = LIST_LIMIT
    ) -> tuple[int, ...]:
        """Give the numbers of papers, the one saved last first."""
        return self._search.numbers(paper, words, _wanted(states), _ORDER.columns, limit)

    def listed(self, words: str = "", *, states: Sequence[PaperState] = ()) -> Paged:
        """Give the list of papers to read by pages, the one saved last first (see ``list_of``)."""
        return list_of(self._connection, self._search, _ORDER, words, _wanted(states))

    def rows(self, numbers: Sequence[int]) -> tuple[PaperRow, ...]:
        """Give list rows in the order of the numbers, each with where it stands on its way to the portal."""
        found = numbered(self._connection, paper, numbers)
        statement = select(ledger.c.record, ledger.c.state).where(
            ledger.c.record.in_(bindparam("ids", expanding=True))
        )
        sent = self._connection.execute(statement, {"ids": [row["id"] for row in found]})
        states = {row.record: row.state for row in sent}
        return tuple(_row(row, states.get(row["id"], "")) for row in found)

    def about(self, outlet_id: UUID) -> tuple[PaperRow, ...]:
        """Give the papers that answer an outlet's articles, the newest first."""
        statement = (
            select(paper.c.n)
            .join(article, article.c.id == paper.c.article_id)
            .where(is_of(self._connection, outlet, article.c.outlet_id, outlet_id))
            .order_by(paper.c.n.desc())
        )
        return self.rows(list(self._connection.scalars(statement)))

    def _write_text(
        self, paper_id: UUID, text_id: UUID, letter: Letter, version: int, at: datetime, by: Ref
    ) -> None:
        text = write_letter(letter)
        values = {
            "paper_id": paper_id,
            "version": version,
            "id": text_id,
            "letter": text,
            "sha256": hashlib.sha256(text.encode()).hexdigest(),
            "at": at,
            "author_id": by.id,
            "author_name": by.name,
        }
        self._connection.execute(insert(paper_text), values)
        self._chain.join("paper_text", text_id, at, values)
        self._put_words(paper_id, letter, at)

    def renew(self, paper_id: UUID) -> None:
        """Work out anew what lists show of a paper, from its texts and moves, and the words it is found by."""
        texts = select(paper_text).where(paper_text.c.paper_id == paper_id, paper_text.c.fork == 0)
        latest = self._connection.execute(texts.order_by(paper_text.c.version.desc()).limit(1)).first()
        if latest is None:
            return
        moves = select(paper_move).where(paper_move.c.paper_id == paper_id)
        steps = self._connection.execute(moves.order_by(paper_move.c.n.desc())).all()
        letter = read_letter(latest.letter)
        shown = {**head_values(letter), "version": latest.version, "saved_at": latest.at}
        shown["state"] = steps[0].target if steps else PaperState.DRAFT.value
        self._connection.execute(update(paper).where(paper.c.id == paper_id).values(**shown))
        self._put_words(paper_id, letter, latest.at)

    def _put_words(self, paper_id: UUID, letter: Letter, at: datetime) -> None:
        words = " · ".join((*letter.addressees, letter.symbol, letter.body, *letter.recipients))
        self._search.put("paper", paper_id, letter.subject, words, at)


def _wanted(states: Sequence[PaperState]) -> list[ColumnElement[bool]]:
    return [paper.c.state.in_([state.value for state in states])] if states else []


def _paper(row: RowValues, letter: Letter, moves: tuple[PaperMove, ...], corrected_by: UUID | None) -> Paper:
    return Paper(
        id=row["id"],
        letter=letter,
        state=PaperState(str(row["state"])),
        version=int(str(row["version"])),
        author=Ref(row["author_id"], str(row["author_name"])),
        created_at=row["created_at"],
        saved_at=row["saved_at"],
        number=row["number"],
        numbered_on=row["numbered_on"],
        article_id=row["article_id"],
        moves=moves,
        docx=file_record(row["docx"]),
        pdf=file_record(row["pdf"]),
        due_at=row["due_at"],
        corrects=row["corrects"],
        corrected_by=corrected_by,
    )


def _row(row: RowValues, sync: str) -> PaperRow:
    return PaperRow(
        n=row["n"],
        id=row["id"],
        kind=str(row["kind"]),
        title=str(row["subject"]),
        state=PaperState(str(row["state"])),
        number=row["number"],
        symbol=str(row["symbol"]),
        saved_at=row["saved_at"],
        author=str(row["author_name"]),
        sync=sync,
    )
