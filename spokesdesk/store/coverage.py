"""Articles, what was read of them again, and their claims."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, select, update

from spokesdesk.domain.coverage import Article, ArticleRow, Ask, Claim, Reading, Verdict
from spokesdesk.domain.errors import ConflictError
from spokesdesk.domain.people import Ref
from spokesdesk.services.ports.paging import Paged
from spokesdesk.store.alias import is_of
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.listing import latest, list_of
from spokesdesk.store.rows import RowValues, file_record, file_value, numbered, one
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.tables import article, claim, outlet
from spokesdesk.store.tables_rebuttals import article_text

LIST_LIMIT = 50_000
_CLAIMS = select(claim).where(claim.c.article_id == bindparam("article")).order_by(claim.c.n)
_COUNTED = (claim.c.corrected_by.is_(None), claim.c.withdrawn.isnot(True))
_ORDER = latest(article, article.c.published_at)


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
        self.add_claims(entry.id, entry.claims, entry.found_at, entry.author)
        self._put_words(entry)

    def renew(self, article_id: UUID) -> None:
        """Work out anew which of an article's claims are corrected, and renew the words by which it is found."""
        later = claim.alias("later")
        corrects = (
            select(later.c.id).where(later.c.corrects == claim.c.id).order_by(later.c.n.desc()).limit(1)
        )
        marked = update(claim).where(claim.c.article_id == article_id)
        self._connection.execute(marked.values(corrected_by=corrects.correlate(claim).scalar_subquery()))
        self._put_words(self.get(article_id))

    def _put_words(self, entry: Article) -> None:
        words = " · ".join((entry.outlet.name, entry.byline, entry.url, entry.text))
        self._search.put("article", entry.id, entry.title, words, entry.published_at)

    def add_claims(self, article_id: UUID, claims: Sequence[Claim], at: datetime, by: Ref) -> None:
        """Write further claims of an article, each an entry of the journal of its own.

        Raises:
            ConflictError: ``claim_changed_meanwhile``: the claim that one corrects was worded anew already.
        """
        for made in claims:
            self._add_claim(article_id, made, at, by, withdrawn=None)

    def withdraw_claim(self, article_id: UUID, made: Claim, at: datetime, by: Ref) -> None:
        """Write that a claim no longer counts: an entry that corrects it and says no more."""
        self._add_claim(article_id, made, at, by, withdrawn=True)

    def _add_claim(
        self, article_id: UUID, made: Claim, at: datetime, by: Ref, *, withdrawn: bool | None
    ) -> None:
        if made.corrects is not None:
            replaced = (
                update(claim)
                .where(claim.c.id == made.corrects, claim.c.corrected_by.is_(None))
                .values(corrected_by=made.id)
            )
            if self._connection.execute(replaced).rowcount != 1:
                raise ConflictError("claim_changed_meanwhile")
        values = _claim_values(article_id, made) | {"withdrawn": withdrawn, "made_at": at, "made_by": by.name}
        self._connection.execute(insert(claim), values)
        self._chain.join("claim", made.id, at, values)

    def add_reading(self, made: Reading) -> None:
        """Write an article's text as it was read again; claims keep the reading they were marked in."""
        values = {
            "id": made.id,
            "article_id": made.article_id,
            "text": made.text,
            "text_sha256": made.text_sha256,
            "snapshot": file_value(made.snapshot),
            "at": made.at,
            "author_id": made.author.id,
            "author_name": made.author.name,
        }
        self._connection.execute(insert(article_text), values)
        self._chain.join("article_text", made.id, made.at, values)
        known = self.get(made.article_id)
        words = " · ".join((known.outlet.name, known.byline, known.url, made.text))
        self._search.put("article", known.id, known.title, words, known.published_at)

    def get(self, article_id: UUID) -> Article:
        """Give an article as read last, with its claims in the order they were first marked.

        Raises:
            UserError: ``record_missing``.
        """
        row = one(self._connection, article, article_id)
        read_again = select(article_text).where(article_text.c.article_id == article_id)
        readings = list(self._connection.execute(read_again.order_by(article_text.c.n)).mappings())
        if readings:
            latest = readings[-1]
            row = dict(row) | {name: latest[name] for name in ("text", "text_sha256")}
            row |= {"snapshot": latest["snapshot"]} if latest["snapshot"] else {}
        claims = _current(list(self._connection.execute(_CLAIMS, {"article": article_id}).mappings()))
        return _article(row, claims, 1 + len(readings))

    def claims(self, ids: Sequence[UUID]) -> tuple[Claim, ...]:
        """Give claims by their ids as they were worded then, corrected ones too, in the order asked."""
        statement = select(claim).where(claim.c.id.in_(bindparam("ids", expanding=True)))
        rows = self._connection.execute(statement, {"ids": list(ids)}).mappings()
        found = {row["id"]: _claim(row) for row in rows}
        return tuple(found[each] for each in ids if each in found)

    def claim_versions(self, claim_id: UUID) -> tuple[Claim, ...]:
        """Give every wording of a claim, the latest first."""
        article_id = one(self._connection, claim, claim_id)["article_id"]
        rows = self._connection.execute(_CLAIMS, {"article": article_id}).mappings()
        known = {row["id"]: _claim(row) for row in rows}
        found = [known[claim_id]]
        while found[-1].corrects in known:
            found.append(known[found[-1].corrects])
        return tuple(found)

    def row_numbers(
        self, words: str = "", *, outlet_id: UUID | None = None, limit: int = LIST_LIMIT
    ) -> tuple[int, ...]:
        """Give the numbers of articles, the latest published first."""
        return self._search.numbers(article, words, self._wanted(outlet_id), _ORDER.columns, limit)

    def listed(self, words: str = "", *, outlet_id: UUID | None = None) -> Paged:
        """Give the list of articles to read by pages, the latest published first (see ``list_of``)."""
        return list_of(self._connection, self._search, _ORDER, words, self._wanted(outlet_id))

    def _wanted(self, outlet_id: UUID | None) -> list[ColumnElement[bool]]:
        if outlet_id is None:
            return []
        return [is_of(self._connection, outlet, article.c.outlet_id, outlet_id)]

    def rows(self, numbers: Sequence[int]) -> tuple[ArticleRow, ...]:
        """Give list rows in the order of the numbers."""
        found = numbered(self._connection, article, numbers)
        counting = (
            select(claim.c.article_id, func.count())
            .where(claim.c.article_id.in_(bindparam("ids", expanding=True)), *_COUNTED)
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


def _claim_values(article_id: UUID, made: Claim) -> dict[str, object]:
    return {
        "id": made.id,
        "article_id": article_id,
        "quote": made.quote,
        "fact": made.fact,
        "proof": made.proof,
        "ground": made.ground,
        "verdict": made.verdict.value,
        "start": made.start,
        "asks": [ask.value for ask in made.asks],
        "files": [file_value(each) for each in made.files],
        "papers": [{"id": str(each.id), "name": each.name} for each in made.papers],
        "links": list(made.links),
        "text_sha256": made.text_sha256,
        "corrects": made.corrects,
    }


def _current(rows: Sequence[RowValues]) -> tuple[Claim, ...]:
    """Give the claims that count, each in its latest wording, in the order they were first marked."""
    by_id = {row["id"]: row for row in rows}
    places: dict[UUID | None, int] = {}
    for row in rows:  # in the order of writing, so that what a row corrects has its place already
        places[row["id"]] = places.get(row["corrects"]) or row["n"]
    counted = [row for row in by_id.values() if row["corrected_by"] is None and not row["withdrawn"]]
    return tuple(_claim(row) for row in sorted(counted, key=lambda row: places[row["id"]]))


def _claim(row: RowValues) -> Claim:
    return Claim(
        **{name: row[name] for name in ("id", "quote", "fact", "proof", "ground", "start", "corrects")},
        verdict=Verdict(str(row["verdict"])),
        # Claims of the first version of the program asked for a correction and had no evidence of their own.
        asks=tuple(Ask(value) for value in row["asks"] or (Ask.CORRECTION,)),
        files=tuple(file for value in row["files"] or () if (file := file_record(value))),
        papers=tuple(Ref(UUID(value["id"]), value["name"]) for value in row["papers"] or ()),
        links=tuple(row["links"] or ()),
        text_sha256=row["text_sha256"] or "",
    )


def _article(row: RowValues, claims: tuple[Claim, ...], readings: int) -> Article:
    same = ("id", "title", "published_at", "found_at", "url", "byline", "section", "text", "text_sha256")
    values = {name: row[name] for name in same}
    return Article(
        **values,
        outlet=Ref(row["outlet_id"], str(row["outlet_name"])),
        author=Ref(row["author_id"], str(row["author_name"])),
        snapshot=file_record(row["snapshot"]),
        claims=claims,
        readings=readings,
    )
