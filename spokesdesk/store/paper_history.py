"""What became of papers: their versions, flagged approvals and who looked at them later, numbers year by year."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import Connection, and_, func, insert, or_, select

from spokesdesk.domain.papers import FlaggedApproval, Move, PaperReview, PaperState, PaperVersion
from spokesdesk.domain.people import Ref
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.paper_rows import move_record, reviews_of
from spokesdesk.store.tables import paper, paper_move, paper_review, paper_text


class SqlPaperHistory:
    """The paper_text, paper_move and paper_review tables, read across papers."""

    def __init__(self, connection: Connection, chain: SqlChain) -> None:
        self._connection = connection
        self._chain = chain

    def versions(self, paper_id: UUID) -> tuple[PaperVersion, ...]:
        """Give every saved text of a paper, the first one first."""
        moves: dict[int, list[Move]] = defaultdict(list)
        steps = select(paper_move.c.version, paper_move.c.move).where(paper_move.c.paper_id == paper_id)
        for version, move in self._connection.execute(steps.order_by(paper_move.c.n)):
            moves[version].append(Move(move))
        columns = (
            paper_text.c.version,
            paper_text.c.at,
            paper_text.c.author_id,
            paper_text.c.author_name,
            paper_text.c.sha256,
        )
        stands = (paper_text.c.paper_id == paper_id) & (paper_text.c.fork == 0)
        texts = select(*columns).where(stands).order_by(paper_text.c.version)
        found: list[PaperVersion] = []
        first: dict[str, int] = {}
        for version, at, author_id, name, sha256 in self._connection.execute(texts):
            same_as = first.get(sha256)
            first.setdefault(sha256, version)
            by = Ref(author_id, name)
            found.append(PaperVersion(version, at, by, sha256, same_as, tuple(moves[version])))
        return tuple(found)

    def approvals(self) -> int:
        """Give how many approvals there were."""
        counted = select(func.count()).select_from(paper_move).where(paper_move.c.move == Move.APPROVE.value)
        return self._connection.scalar(counted) or 0

    def flagged(self) -> tuple[FlaggedApproval, ...]:
        """Give the approvals of one's own paper, the latest first."""
        joined = paper_move.join(paper, paper.c.id == paper_move.c.paper_id)
        columns = [paper.c.id, paper.c.subject, paper.c.kind, paper.c.number, paper.c.symbol, paper.c.state]
        statement = (
            select(paper_move, *(column.label(f"of_{column.name}") for column in columns))
            .select_from(joined)
            .where(paper_move.c.is_flagged)
            .order_by(paper_move.c.n.desc())
        )
        rows = list(self._connection.execute(statement).mappings())
        reviews = reviews_of(self._connection, [row["id"] for row in rows])
        return tuple(
            FlaggedApproval(
                paper_id=row["of_id"],
                title=row["of_subject"],
                kind=row["of_kind"],
                number=row["of_number"],
                symbol=row["of_symbol"],
                state=PaperState(row["of_state"]),
                approval=move_record(row, reviews.get(row["id"])),
            )
            for row in rows
        )

    def add_review(self, review: PaperReview) -> None:
        """Write that a flagged approval was looked at."""
        values = {
            "id": review.id,
            "move_id": review.move_id,
            "at": review.at,
            "author_id": review.by.id,
            "author_name": review.by.name,
            "remark": review.remark,
        }
        self._connection.execute(insert(paper_review), values)
        self._chain.join("paper_review", review.id, review.at, values)

    def series(self, year: int | None = None) -> tuple[tuple[str, int], ...]:
        """Give the (series, year) that have numbers, the latest year first."""
        statement = select(paper.c.series, paper.c.year).where(paper.c.number.is_not(None)).distinct()
        if year is not None:
            statement = statement.where(paper.c.year == year)
        found = [(str(series), int(of)) for series, of in self._connection.execute(statement)]
        return tuple(sorted(found, key=lambda item: (-item[1], item[0])))

    def numbered(self, year: int, series: str = "") -> tuple[UUID, ...]:
        """Give the papers numbered in a year, in the order of their day and number; "" takes every series."""
        statement = select(paper.c.id).where(paper.c.year == year, paper.c.number.is_not(None))
        order = (paper.c.numbered_on, paper.c.series, paper.c.number)
        if series:
            statement = statement.where(paper.c.series == series)
            order = (paper.c.number, paper.c.numbered_on, paper.c.series)
        return tuple(self._connection.scalars(statement.order_by(*order)))

    def marks(self, symbol: str, year: int) -> tuple[int, ...]:
        """Give the numbers that stand before a symbol in a year, whatever their series."""
        statement = select(paper.c.number).where(
            paper.c.symbol == symbol, paper.c.year == year, paper.c.number.is_not(None)
        )
        return tuple(int(number) for number in self._connection.scalars(statement) if number is not None)

    def twins(self, paper_id: UUID) -> tuple[UUID, ...]:
        """Give the other papers that bear a paper's number in its year: in its series, or before its symbol."""
        own = select(paper.c.series, paper.c.symbol, paper.c.year, paper.c.number).where(
            paper.c.id == paper_id
        )
        row = self._connection.execute(own).first()
        if row is None or row.number is None:
            return ()
        same_mark = and_(paper.c.symbol == row.symbol, paper.c.symbol != "")
        statement = select(paper.c.id).where(
            paper.c.year == row.year,
            paper.c.number == row.number,
            paper.c.id != paper_id,
            or_(paper.c.series == row.series, same_mark),
        )
        return tuple(self._connection.scalars(statement.order_by(paper.c.n)))

    def doubled(self) -> tuple[UUID, ...]:
        """Give the papers whose number another paper of their year bears too, the older ones first."""
        other = paper.alias()
        same = or_(
            other.c.series == paper.c.series, and_(other.c.symbol == paper.c.symbol, paper.c.symbol != "")
        )
        statement = (
            select(paper.c.id)
            .join(
                other,
                and_(
                    other.c.year == paper.c.year, other.c.number == paper.c.number, other.c.id != paper.c.id
                ),
            )
            .where(paper.c.number.is_not(None), same)
            .group_by(paper.c.id)
            .order_by(paper.c.year, paper.c.number, func.min(paper.c.n))
        )
        return tuple(self._connection.scalars(statement))
