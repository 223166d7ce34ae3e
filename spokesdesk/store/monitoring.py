"""Items found in the press, by pages; their triage, each step a link of the chain."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    bindparam,
    delete,
    exists,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    update,
)

from spokesdesk.domain.errors import ConflictError
from spokesdesk.domain.monitoring import Item, ItemRow, ItemState, Standing, TriageStep
from spokesdesk.domain.monitoring_copies import LEAST_COMMON, marks, shingles
from spokesdesk.domain.monitoring_match import syllables
from spokesdesk.domain.people import Ref
from spokesdesk.domain.text import fold
from spokesdesk.services.ports.monitoring import Keys, Near, Wanted
from spokesdesk.services.ports.paging import Paged
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.listing import SHORT, SqlList, SqlShort, latest
from spokesdesk.store.monitoring_rows import (
    found_by,
    item_record,
    item_values,
    refs,
    standing,
    standing_values,
    step_record,
)
from spokesdesk.store.rows import numbered, one
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.tables_monitoring import news, news_mark, page_capture, triage_step

T = TypeVar("T")
_TOUCHED = exists(select(triage_step.c.n).where(triage_step.c.item_id == news.c.id))
_KEPT = exists(select(page_capture.c.n).where(page_capture.c.item_id == news.c.id))
_ORDER = latest(news, news.c.published_at)
_CHUNK = 500
_FIRST = news.c.same_as.is_(None)
# Numbers are never given again, not even those of items that are gone.
_LAST = text("SELECT seq FROM sqlite_sequence WHERE name = 'news'").columns(news.c.n)
_KNOWN_URLS = select(news.c.url_key).where(
    news.c.url_key.in_(bindparam("keys", expanding=True)), news.c.url_key != ""
)
_KNOWN_TITLES = select(news.c.title_key).where(news.c.title_key.in_(bindparam("keys", expanding=True)))
_MARKED = select(news_mark.c.item_n, news_mark.c.mark).where(
    news_mark.c.mark.in_(bindparam("marks", expanding=True))
)
_NEAR = (
    select(news.c.n, news.c.id, news.c.published_at, news.c.text)
    .where(
        news.c.n.in_(bindparam("numbers", expanding=True)), _FIRST, news.c.published_at >= bindparam("since")
    )
    .order_by(news.c.n)
)
_AMONG: BindParameter[Any] = bindparam("ids", expanding=True)
_OF_IDS = select(news).where(news.c.id.in_(_AMONG)).order_by(news.c.n)
# The last step of an item comes last, and holds.
_STEPS_OF = select(triage_step).where(triage_step.c.item_id.in_(_AMONG)).order_by(triage_step.c.n)
_COPIES_OF = (
    select(news.c.same_as, func.count().label("copies"))
    .where(news.c.same_as.in_(_AMONG))
    .group_by(news.c.same_as)
)
_STAND = (
    update(news)
    .where(news.c.id == bindparam("item"))
    .values({name: bindparam(f"now_{name}") for name in ("state", "verdict", "assignee", "done")})
    .values(assignee_fold=bindparam("now_fold"), copies=bindparam("now_copies"))
)
_UNMARK = delete(news_mark).where(news_mark.c.item_n == bindparam("marked"))


class SqlMonitoring:
    """The news, news_mark and triage_step tables."""

    def __init__(self, connection: Connection, chain: SqlChain, search: SqlSearch) -> None:
        self._connection = connection
        self._chain = chain
        self._search = search

    def known(self, keys: Sequence[Keys]) -> frozenset[str]:
        """Give which of some addresses and titles were found before."""
        found: set[str] = set()
        for statement, wanted in (
            (_KNOWN_URLS, [each.url for each in keys if each.url]),
            (_KNOWN_TITLES, [each.title for each in keys]),
        ):
            for part in _chunks(wanted):
                found.update(self._connection.scalars(statement, {"keys": part}))
        return frozenset(found)

    def near(self, marks: Collection[int], since: datetime) -> tuple[Near, ...]:
        """Give first items published since a time that have enough of some marks, the earliest first."""
        shared: defaultdict[int, set[int]] = defaultdict(set)
        for part in _chunks(sorted(marks)):
            rows = self._connection.execute(_MARKED, {"marks": part})
            for row in rows:
                shared[row.item_n].add(row.mark)
        numbers = sorted(n for n, found in shared.items() if len(found) >= LEAST_COMMON)
        return tuple(
            Near(row.id, row.published_at, row.text, frozenset(shared[row.n]))
            for part in _chunks(numbers)
            for row in self._connection.execute(_NEAR, {"numbers": part, "since": since})
        )

    def add(self, made: Sequence[tuple[Item, Keys]]) -> None:
        """Write new items, what they are found by, and count each at the one that it repeats."""
        last = self._connection.scalar(_LAST) or 0
        rows = [item_values(item, keys) | {"n": last + at} for at, (item, keys) in enumerate(made, start=1)]
        self._connection.execute(insert(news), rows)
        numbered_keys = [(row["n"], keys) for row, (_item, keys) in zip(rows, made, strict=True)]
        marked = [{"mark": mark, "item_n": n} for n, keys in numbered_keys for mark in marks(keys.shingles)]
        if marked:
            self._connection.execute(insert(news_mark), marked)
        for row in rows:
            if row["same_as"] is not None:
                self._count_copy(row["same_as"], is_wanted=row["is_wanted"])
        self._search.put_all([found_by(item) for item, _keys in made])

    def renew(self, items: Sequence[UUID]) -> None:
        """Work out anew, after rows came, how items stand, what repeats them, by what they are found."""
        for part in _chunks(items):
            self._renew(part)

    def _renew(self, items: Sequence[UUID]) -> None:
        rows = self._connection.execute(_OF_IDS, {"ids": items}).mappings().all()
        standing = {row["item_id"]: step_record(row).now for row in self._rows_of(_STEPS_OF, items)}
        copies = {row["same_as"]: row["copies"] for row in self._rows_of(_COPIES_OF, items)}
        stand = [
            _stands_now(row["id"], standing.get(row["id"], Standing()), copies.get(row["id"], 0))
            for row in rows
        ]
        marked = [(row["n"], marks(shingles(syllables(row["text"])))) for row in rows]
        if not rows:
            return
        self._connection.execute(_STAND, stand)
        self._connection.execute(_UNMARK, [{"marked": n} for n, _found in marked])
        if fresh := [{"mark": mark, "item_n": n} for n, found in marked for mark in found]:
            self._connection.execute(insert(news_mark), fresh)
        self._search.put_all([found_by(item_record(row)) for row in rows])

    def _rows_of(self, statement: Any, items: Sequence[UUID]) -> Sequence[Any]:
        return self._connection.execute(statement, {"ids": items}).mappings().all()

    def _count_copy(self, first: UUID, *, is_wanted: bool) -> None:
        wanted = or_(news.c.is_wanted, literal(is_wanted))
        counted = update(news).where(news.c.id == first)
        self._connection.execute(counted.values(copies=news.c.copies + 1, is_wanted=wanted))

    def get(self, item_id: UUID) -> Item:
        """Give an item; raises UserError("record_missing")."""
        return item_record(one(self._connection, news, item_id))

    def step(self, step: TriageStep, expected: Standing) -> Item:
        """Write a step if the item still stands where it did.

        Raises:
            ConflictError: ``item_changed`` naming who changed it.
        """
        before = (news.c.id == step.item_id, *_stands(expected))
        # What somebody touched is wanted: it stays, and colleagues get it before the step that names it.
        after: dict[str, Any] = standing_values(step.now) | {"assignee_fold": fold(step.now.assignee)}
        after["is_wanted"] = True
        if self._connection.execute(update(news).where(*before).values(after)).rowcount != 1:
            self.get(step.item_id)
            raise ConflictError("item_changed", name=self.steps(step.item_id)[-1].by.name)
        values: dict[str, Any] = standing_values(step.now) | {
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
        return tuple(step_record(row) for row in self._connection.execute(statement).mappings())

    def link_article(self, item_id: UUID, article_id: UUID) -> None:
        """Note the article that was opened from an item."""
        named = update(news).where(news.c.id == item_id)
        self._connection.execute(named.values(article_id=article_id))

    def set_subjects(self, item_id: UUID, subjects: Sequence[Ref]) -> None:
        """Write anew what is watched for and stands in an item."""
        values = {
            "subjects": refs(subjects),
            "is_wanted": or_(literal(bool(subjects)), news.c.source_id.is_(None), _TOUCHED, _KEPT),
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
                now=standing(row),
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
        # Desks that found the same apart may have joined a copy to what was a copy elsewhere.
        of = select(news.c.id).where(news.c.same_as == item_id)
        repeating = or_(news.c.same_as == item_id, news.c.same_as.in_(of))
        return self._records(select(news).where(repeating))

    def between(self, start: datetime, end: datetime) -> tuple[Item, ...]:
        """Give wanted items published in a span, copies too, the earliest first."""
        within = (news.c.published_at >= start, news.c.published_at <= end)
        return self._records(select(news).where(*within, news.c.is_wanted))

    def open(self) -> tuple[Item, ...]:
        """Give the items that are being seen to, the earliest first."""
        return self._records(select(news).where(news.c.state == ItemState.OPEN.value, _FIRST))

    def forget(self, before: datetime, limit: int) -> int:
        """Drop up to ``limit`` items found before a time that nobody wanted, touched or repeated."""
        stale = (
            news.c.state == ItemState.NEW.value,
            news.c.is_wanted == false(),
            _FIRST,
            news.c.copies == 0,
            news.c.article_id.is_(None),
            news.c.published_at < before,
            news.c.found_at < before,
            ~_TOUCHED,
            ~_KEPT,
        )
        rows = self._connection.execute(select(news.c.n, news.c.id).where(*stale).limit(limit)).all()
        for row in rows:
            self._search.drop(row.id)
        for table, column in ((news_mark, news_mark.c.item_n), (news, news.c.n)):
            self._connection.execute(delete(table).where(column.in_([row.n for row in rows])))
        return len(rows)

    def _records(self, statement: Any) -> tuple[Item, ...]:
        ordered = statement.order_by(news.c.published_at, news.c.n)
        return tuple(item_record(row) for row in self._connection.execute(ordered).mappings())


def _chunks(wanted: Sequence[T]) -> Iterator[Sequence[T]]:
    return (wanted[at : at + _CHUNK] for at in range(0, len(wanted), _CHUNK))


def _stands_now(item_id: UUID, now: Standing, copies: int) -> dict[str, Any]:
    values: dict[str, Any] = {f"now_{name}": value for name, value in standing_values(now).items()}
    return values | {"item": item_id, "now_fold": fold(now.assignee), "now_copies": copies}


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
    return [news.c[name] == value for name, value in standing_values(now).items()]
