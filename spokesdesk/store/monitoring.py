"""Items found in the press, by pages; their triage, each step a link of the chain."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    delete,
    exists,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from spokesdesk.domain.errors import ConflictError
from spokesdesk.domain.monitoring import Item, ItemRow, ItemState, Standing, Triage, TriageMove, TriageStep
from spokesdesk.domain.monitoring_copies import LEAST_COMMON, marks
from spokesdesk.domain.people import Ref
from spokesdesk.domain.text import fold
from spokesdesk.services.ports.monitoring import Keys, Wanted
from spokesdesk.services.ports.paging import Paged
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.listing import SHORT, SqlList, SqlShort, latest
from spokesdesk.store.rows import RowValues, file_record, file_value, numbered, one
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.tables_monitoring import news, news_mark, page_capture, triage_step

_SAME = (
    "id",
    "where",
    "title",
    "published_at",
    "found_at",
    "url",
    "byline",
    "text",
    "outlet_id",
    "source_id",
)
_ORDER = latest(news, news.c.published_at)
_CHUNK = 500
_FIRST = news.c.same_as.is_(None)


class SqlMonitoring:
    """The news, news_mark and triage_step tables."""

    def __init__(self, connection: Connection, chain: SqlChain, search: SqlSearch) -> None:
        self._connection = connection
        self._chain = chain
        self._search = search

    def known(self, keys: Sequence[Keys]) -> frozenset[str]:
        """Give which of some addresses and titles were found before."""
        found: set[str] = set()
        for column, wanted in (
            (news.c.url_key, [each.url for each in keys if each.url]),
            (news.c.title_key, [each.title for each in keys]),
        ):
            for at in range(0, len(wanted), _CHUNK):
                part = select(column).where(column.in_(wanted[at : at + _CHUNK]), column != "")
                found.update(self._connection.scalars(part))
        return frozenset(found)

    def like(self, marks: Collection[int], since: datetime) -> tuple[tuple[UUID, str], ...]:
        """Give id and text of first items, published since a time, that share enough of these marks."""
        near = (
            select(news_mark.c.item_n)
            .where(news_mark.c.mark.in_(list(marks)))
            .group_by(news_mark.c.item_n)
            .having(func.count() >= LEAST_COMMON)
        )
        statement = select(news.c.id, news.c.text).where(
            news.c.n.in_(near), _FIRST, news.c.published_at >= since
        )
        return tuple((row.id, row.text) for row in self._connection.execute(statement.order_by(news.c.n)))

    def add(self, item: Item, keys: Keys) -> None:
        """Write an item, what it is found by, and count it at the one it repeats."""
        values = _values(item, keys)
        n = self._connection.execute(insert(news), values).inserted_primary_key
        assert n is not None
        if keys.shingles:
            rows = [{"mark": mark, "item_n": n[0]} for mark in marks(keys.shingles)]
            self._connection.execute(insert(news_mark), rows)
        if item.same_as is not None:
            wanted = or_(news.c.is_wanted, literal(bool(values["is_wanted"])))
            counted = update(news).where(news.c.id == item.same_as)
            self._connection.execute(counted.values(copies=news.c.copies + 1, is_wanted=wanted))
        words = " · ".join((item.where, item.byline, item.url, item.text))
        self._search.put("news", item.id, item.title, words, item.published_at)

    def get(self, item_id: UUID) -> Item:
        """Give an item; raises UserError("record_missing")."""
        return _item(one(self._connection, news, item_id))

    def step(self, step: TriageStep, expected: Standing) -> Item:
        """Write a step if the item still stands where it did.

        Raises:
            ConflictError: ``item_changed`` naming who changed it.
        """
        before = (news.c.id == step.item_id, *_stands(expected))
        # What somebody touched is wanted: it stays, and colleagues get it before the step that names it.
        after: dict[str, Any] = _standing_values(step.now) | {"assignee_fold": fold(step.now.assignee)}
        after["is_wanted"] = True
        if self._connection.execute(update(news).where(*before).values(after)).rowcount != 1:
            self.get(step.item_id)
            raise ConflictError("item_changed", name=self.steps(step.item_id)[-1].by.name)
        values: dict[str, Any] = _standing_values(step.now) | {
            "id": step.id,
            "item_id": step.item_id,
            "move": step.move.value,
            "item_sha256": step.item_sha256,
            "at": step.at,
            "author_id": step.by.id,
            "author_name": step.by.name,
        }
        self._connection.execute(insert(triage_step), values)
        self._chain.join("triage_step", step.id, step.at, values)
        return self.get(step.item_id)

    def steps(self, item_id: UUID) -> tuple[TriageStep, ...]:
        """Give the steps of an item in their order."""
        statement = select(triage_step).where(triage_step.c.item_id == item_id).order_by(triage_step.c.n)
        return tuple(_step(row) for row in self._connection.execute(statement).mappings())

    def link_article(self, item_id: UUID, article_id: UUID) -> None:
        """Note the article that was opened from an item."""
        named = update(news).where(news.c.id == item_id)
        self._connection.execute(named.values(article_id=article_id))

    def set_subjects(self, item_id: UUID, subjects: Sequence[Ref]) -> None:
        """Write anew what is watched for and stands in an item."""
        values = {
            "subjects": _refs(subjects),
            "is_wanted": or_(literal(bool(subjects)), news.c.source_id.is_(None)),
        }
        self._connection.execute(update(news).where(news.c.id == item_id).values(values))

    def new_ones(self, since: datetime) -> tuple[Item, ...]:
        """Give the items nobody has looked at that were published since a time."""
        fresh = (news.c.state == ItemState.NEW.value, news.c.published_at >= since)
        return self._records(select(news).where(*fresh))

    def listed(self, wanted: Wanted, words: str = "") -> Paged:
        """Give first items that meet some conditions as a list by pages, the latest published first."""
        conditions = _conditions(wanted)
        if not words.strip():
            return SqlList(self._connection, _ORDER, conditions)
        found = self._search.numbers(news, words, conditions, _ORDER.columns, SHORT)
        return SqlShort(self._connection, news, found)

    def rows(self, numbers: Sequence[int]) -> tuple[ItemRow, ...]:
        """Give list rows in the order of the numbers."""
        return tuple(
            ItemRow(
                n=row["n"],
                id=row["id"],
                where=row["where"],
                title=row["title"],
                published_at=row["published_at"],
                subjects=tuple(each["name"] for each in row["subjects"]),
                now=_standing(row),
                copies=row["copies"],
            )
            for row in numbered(self._connection, news, numbers)
        )

    def count(self, wanted: Wanted) -> int:
        """Count first items that meet some conditions."""
        counted = select(func.count()).select_from(news).where(*_conditions(wanted))
        return self._connection.scalar(counted) or 0

    def copies(self, item_id: UUID) -> tuple[Item, ...]:
        """Give the items that repeat another one, the earliest first."""
        return self._records(select(news).where(news.c.same_as == item_id))

    def between(self, start: datetime, end: datetime) -> tuple[Item, ...]:
        """Give wanted items published in a span, copies too, the earliest first."""
        within = (news.c.published_at >= start, news.c.published_at <= end)
        return self._records(select(news).where(*within, news.c.is_wanted))

    def open(self) -> tuple[Item, ...]:
        """Give the items that are being seen to, the earliest first."""
        return self._records(select(news).where(news.c.state == ItemState.OPEN.value, _FIRST))

    def forget(self, before: datetime, limit: int) -> int:
        """Drop up to ``limit`` items found before a time that nobody wanted, touched or repeated."""
        touched = select(triage_step.c.n).where(triage_step.c.item_id == news.c.id)
        kept = select(page_capture.c.n).where(page_capture.c.item_id == news.c.id)
        stale = (
            news.c.state == ItemState.NEW.value,
            news.c.is_wanted == false(),
            _FIRST,
            news.c.copies == 0,
            news.c.article_id.is_(None),
            news.c.published_at < before,
            news.c.found_at < before,
            ~exists(touched),
            ~exists(kept),
        )
        rows = self._connection.execute(select(news.c.n, news.c.id).where(*stale).limit(limit)).all()
        for row in rows:
            self._search.drop(row.id)
        for table, column in ((news_mark, news_mark.c.item_n), (news, news.c.n)):
            self._connection.execute(delete(table).where(column.in_([row.n for row in rows])))
        return len(rows)

    def _records(self, statement: Any) -> tuple[Item, ...]:
        ordered = statement.order_by(news.c.published_at, news.c.n)
        return tuple(_item(row) for row in self._connection.execute(ordered).mappings())


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [_FIRST]
    if wanted.states:
        conditions.append(news.c.state.in_([state.value for state in wanted.states]))
    if wanted.matched:
        conditions.append(news.c.is_wanted)
    if wanted.mine is not None:
        conditions.append(news.c.assignee_fold == fold(wanted.mine.name))
    if wanted.verdict is not None:
        conditions.append(news.c.verdict == wanted.verdict.value)
    if wanted.subject is not None:
        conditions.append(func.instr(news.c.subjects, str(wanted.subject)) > 0)
    return conditions


def _stands(now: Standing) -> list[ColumnElement[bool]]:
    return [news.c[name] == value for name, value in _standing_values(now).items()]


def _standing_values(now: Standing) -> dict[str, str]:
    return {
        "state": now.state.value,
        "verdict": now.verdict.value if now.verdict else "",
        "assignee": now.assignee,
        "done": now.done,
    }


def _standing(row: RowValues) -> Standing:
    verdict = Triage(row["verdict"]) if row["verdict"] else None
    return Standing(ItemState(row["state"]), verdict, row["assignee"], row["done"])


def _refs(subjects: Sequence[Ref]) -> list[dict[str, str]]:
    return [{"id": str(each.id), "name": each.name} for each in subjects]


def _values(item: Item, keys: Keys) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(item, name) for name in _SAME}
    return (
        values
        | _standing_values(item.now)
        | {
            "subjects": _refs(item.subjects),
            "is_wanted": bool(item.subjects) or item.source_id is None,
            "files": [file_value(each) for each in item.files],
            "assignee_fold": fold(item.now.assignee),
            "same_as": item.same_as,
            "copies": item.copies,
            "article_id": item.article_id,
            "url_key": keys.url,
            "title_key": keys.title,
        }
    )


def _item(row: RowValues) -> Item:
    files = tuple(found for value in row["files"] if (found := file_record(value)) is not None)
    return Item(
        **{name: row[name] for name in _SAME},
        subjects=tuple(Ref(UUID(each["id"]), each["name"]) for each in row["subjects"]),
        files=files,
        now=_standing(row),
        same_as=row["same_as"],
        copies=row["copies"],
        article_id=row["article_id"],
    )


def _step(row: RowValues) -> TriageStep:
    by = Ref(row["author_id"], row["author_name"])
    move = TriageMove(row["move"])
    return TriageStep(row["id"], row["item_id"], move, _standing(row), row["at"], by, row["item_sha256"])
