"""Articles and their claims."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, select

from spokesdesk.domain.coverage import Article, ArticleRow, Claim, Verdict
from spokesdesk.domain.people import Ref
from spokesdesk.store.alias import is_of
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.rows import RowValues, file_record, file_value, numbered, one
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.tables import article, claim, outlet

LIST_LIMIT = 50_000


class SqlCoverage:
    """The article and claim tables."""

    def __init__(self, connection: Connection, chain: SqlChain, search: SqlSearch) -> None:
        self._connection = connection
        self._chain = chain
        self._search = search

    def add(self, entry: Article) -> None:
        """Write an article with its claims, their links and the search text."""
        values = _values(entry)
        self._connection.execute(insert(article), values)
        self._chain.join("article", entry.id, entry.found_at, values)
        self.add_claims(entry.id, entry.claims, entry.found_at)
        words = " · ".join((entry.outlet.name, entry.byline, entry.url, entry.text))
        self._search.put("article", entry.id, entry.title, words, entry.published_at)

    def add_claims(self, article_id: UUID, claims: Sequence[Claim], at: datetime) -> None:
        """Write further claims of an article, each an entry of the journal of its own."""
        for made in claims:
            values = {
                "id": made.id,
                "article_id": article_id,
                "quote": made.quote,
                "fact": made.fact,
                "proof": made.proof,
                "ground": made.ground,
                "verdict": made.verdict.value,
                "start": made.start,
            }
            self._connection.execute(insert(claim), values)
            self._chain.join("claim", made.id, at, values)

    def get(self, article_id: UUID) -> Article:
        """Give an article with its claims in the order they were marked; raises UserError("record_missing")."""
        row = one(self._connection, article, article_id)
        statement = select(claim).where(claim.c.article_id == article_id).order_by(claim.c.n)
        claims = tuple(_claim(found) for found in self._connection.execute(statement).mappings())
        return _article(row, claims)

    def row_numbers(
        self, words: str = "", *, outlet_id: UUID | None = None, limit: int = LIST_LIMIT
    ) -> tuple[int, ...]:
        """Give the numbers of articles, the latest published first."""
        wanted: list[ColumnElement[bool]] = []
        if outlet_id is not None:
            wanted.append(is_of(self._connection, outlet, article.c.outlet_id, outlet_id))
        return self._search.numbers(
            article, words, wanted, (article.c.published_at.desc(), article.c.n.desc()), limit
        )

    def rows(self, numbers: Sequence[int]) -> tuple[ArticleRow, ...]:
        """Give list rows in the order of the numbers."""
        found = numbered(self._connection, article, numbers)
        counting = (
            select(claim.c.article_id, func.count())
            .where(claim.c.article_id.in_(bindparam("ids", expanding=True)))
            .group_by(claim.c.article_id)
        )
        counted = self._connection.execute(counting, {"ids": [row["id"] for row in found]})
        claims = {row[0]: row[1] for row in counted}
        return tuple(
            ArticleRow(
                n=row["n"],
                id=row["id"],
                published_at=row["published_at"],
                outlet=str(row["outlet_name"]),
                title=str(row["title"]),
                claims=claims.get(row["id"], 0),
            )
            for row in found
        )


def _values(entry: Article) -> dict[str, object]:
    return {
        "id": entry.id,
        "outlet_id": entry.outlet.id,
        "outlet_name": entry.outlet.name,
        "title": entry.title,
        "published_at": entry.published_at,
        "found_at": entry.found_at,
        "url": entry.url,
        "byline": entry.byline,
        "section": entry.section,
        "text": entry.text,
        "text_sha256": entry.text_sha256,
        "snapshot": file_value(entry.snapshot),
        "author_id": entry.author.id,
        "author_name": entry.author.name,
    }


def _claim(row: RowValues) -> Claim:
    values = {name: row[name] for name in Claim.__dataclass_fields__}
    return Claim(**(values | {"verdict": Verdict(str(row["verdict"]))}))


def _article(row: RowValues, claims: tuple[Claim, ...]) -> Article:
    same = ("id", "title", "published_at", "found_at", "url", "byline", "section", "text", "text_sha256")
    values = {name: row[name] for name in same}
    return Article(
        **values,
        outlet=Ref(row["outlet_id"], str(row["outlet_name"])),
        author=Ref(row["author_id"], str(row["author_name"])),
        snapshot=file_record(row["snapshot"]),
        claims=claims,
    )
