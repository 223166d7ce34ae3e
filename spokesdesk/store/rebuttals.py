"""Rounds of a rebuttal with their steps, recaptures with their checks."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from spokesdesk.domain.coverage import Ask
from spokesdesk.domain.errors import ConflictError
from spokesdesk.domain.journal import Due
from spokesdesk.domain.people import Ref
from spokesdesk.domain.rebuttals import Round, RoundMove, RoundStep, RoundTo
from spokesdesk.domain.recaptures import Check, Judged, Judgement, Recapture
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.rows import RowValues, file_record, file_value, one, plain
from spokesdesk.store.tables import article
from spokesdesk.store.tables_rebuttals import rebuttal_round, recapture, recapture_check, round_step

_STEPS = (
    select(round_step)
    .where(round_step.c.round_id.in_(bindparam("rounds", expanding=True)))
    .order_by(round_step.c.n)
)
_HEADS = select(article.c.id, article.c.outlet_id, article.c.outlet_name, article.c.title).where(
    article.c.id.in_(bindparam("ids", expanding=True))
)
_CHUNK = 500


class SqlRebuttals:
    """The tables of what becomes of a rebuttal."""

    def __init__(self, connection: Connection, chain: SqlChain) -> None:
        self._connection, self._chain = connection, chain

    def add(self, made: Round) -> None:
        """Write a new round with its first step."""
        values = {
            "id": made.id,
            "article_id": made.article_id,
            "number": made.number,
            "goes_to": made.to.value,
            "addressee": made.addressee,
            "paper_id": made.paper_id,
            "claims": [str(each) for each in made.claims],
            "asks": [ask.value for ask in made.asks],
            "opened_at": made.opened_at,
            "author_id": made.author.id,
            "author_name": made.author.name,
            "state": made.state.value,
            "due_at": None,
        }
        self._connection.execute(insert(rebuttal_round), values)
        self._chain.join("rebuttal_round", made.id, made.opened_at, values)
        for step in made.steps:
            self._add_step(made.id, step)

    def step(self, before: Round, step: RoundStep, after: Round) -> None:
        """Write a step; raises ConflictError("round_changed_meanwhile") when the round is not as it was seen."""
        count = select(func.count()).where(round_step.c.round_id == before.id).scalar_subquery()
        due = after.next_due
        done = self._connection.execute(
            update(rebuttal_round)
            .where(rebuttal_round.c.id == before.id, count == len(before.steps))
            .values(state=after.state.value, due_at=due.due_at if due else None)
        )
        if done.rowcount != 1:
            raise ConflictError("round_changed_meanwhile")
        self._add_step(before.id, step)

    def renew(self, round_id: UUID) -> None:
        """Work out anew what lists show of a round, from its steps."""
        made = self.get(round_id)
        if not made.steps:
            return
        due = made.next_due
        shown = update(rebuttal_round).where(rebuttal_round.c.id == round_id)
        self._connection.execute(shown.values(state=made.state.value, due_at=due.due_at if due else None))

    def get(self, round_id: UUID) -> Round:
        """Give a round with its steps; raises UserError("record_missing")."""
        return self._rounds([one(self._connection, rebuttal_round, round_id)])[0]

    def of_article(self, article_id: UUID) -> tuple[Round, ...]:
        """Give the rounds of an article, the first one first."""
        return self._read(select(rebuttal_round).where(rebuttal_round.c.article_id == article_id))

    def of_paper(self, paper_id: UUID) -> Round | None:
        """Give the round whose letter a paper is, if any."""
        found = self._read(select(rebuttal_round).where(rebuttal_round.c.paper_id == paper_id))
        return found[0] if found else None

    def due(self, limit: int = 500) -> tuple[Round, ...]:
        """Give the rounds that have something to be looked at, what is due first first."""
        wanted = select(rebuttal_round).where(rebuttal_round.c.due_at.is_not(None))
        rows = self._connection.execute(wanted.order_by(rebuttal_round.c.due_at).limit(limit)).mappings()
        return self._rounds([dict(row) for row in rows])

    def all(self, start: datetime | None = None, end: datetime | None = None) -> tuple[Round, ...]:
        """Give the rounds opened in a span of time (UTC, the end not in it), the first one first."""
        wanted = select(rebuttal_round)
        if start is not None:
            wanted = wanted.where(rebuttal_round.c.opened_at >= start)
        if end is not None:
            wanted = wanted.where(rebuttal_round.c.opened_at < end)
        return self._read(wanted)

    def outlets(self, articles: Sequence[UUID]) -> dict[UUID, Ref]:
        """Give the outlet of each of some articles."""
        wanted = select(article.c.id, article.c.outlet_id, article.c.outlet_name).where(
            article.c.id.in_(bindparam("ids", expanding=True))
        )
        rows = self._connection.execute(wanted, {"ids": list(dict.fromkeys(articles))})
        return {row.id: Ref(row.outlet_id, row.outlet_name) for row in rows}

    def heads(self, articles: Sequence[UUID]) -> dict[UUID, tuple[Ref, str]]:
        """Give outlet and title of each of some articles, all read at once."""
        wanted = list(dict.fromkeys(articles))
        found: dict[UUID, tuple[Ref, str]] = {}
        for at in range(0, len(wanted), _CHUNK):
            for row in self._connection.execute(_HEADS, {"ids": wanted[at : at + _CHUNK]}):
                found[row.id] = (Ref(row.outlet_id, row.outlet_name), row.title)
        return found

    def add_recapture(self, made: Recapture) -> None:
        """Write a page read again."""
        values = {name: getattr(made, name) for name in _RECAPTURE} | {
            "file": file_value(made.file),
            "author_id": made.author.id,
            "author_name": made.author.name,
        }
        self._connection.execute(insert(recapture), values)
        self._chain.join("recapture", made.id, made.at, values)

    def recapture(self, recapture_id: UUID) -> Recapture:
        """Give a page read again; raises UserError("record_missing")."""
        return _recapture(one(self._connection, recapture, recapture_id))

    def recaptures(self, article_id: UUID) -> tuple[Recapture, ...]:
        """Give what was read again of an article, the first one first."""
        wanted = select(recapture).where(recapture.c.article_id == article_id).order_by(recapture.c.n)
        return tuple(_recapture(row) for row in self._connection.execute(wanted).mappings())

    def add_check(self, made: Check) -> None:
        """Write what a person found in a page read again."""
        values = {
            "id": made.id,
            "recapture_id": made.recapture_id,
            "answers": [plain(asdict(answer)) for answer in made.answers],
            "remark": made.remark,
            "at": made.at,
            "author_id": made.author.id,
            "author_name": made.author.name,
        }
        self._connection.execute(insert(recapture_check), values)
        self._chain.join("recapture_check", made.id, made.at, values)

    def checks(self, article_id: UUID) -> dict[UUID, Check]:
        """Give the latest check of each recapture of an article, by the recapture's id."""
        wanted = (
            select(recapture_check)
            .join(recapture, recapture.c.id == recapture_check.c.recapture_id)
            .where(recapture.c.article_id == article_id)
            .order_by(recapture_check.c.n)
        )
        rows = self._connection.execute(wanted).mappings()
        return {row["recapture_id"]: _check(row) for row in rows}

    def _add_step(self, round_id: UUID, step: RoundStep) -> None:
        values = {
            "id": step.id,
            "round_id": round_id,
            "move": step.move.value,
            "at": step.at,
            "author_id": step.by.id,
            "author_name": step.by.name,
            "done_at": step.done_at,
            "remark": step.remark,
            "dues": [plain(asdict(due)) for due in step.dues],
            "look_on": step.look_on,
            "file": file_value(step.file),
            "url": step.url,
        }
        self._connection.execute(insert(round_step), values)
        self._chain.join("round_step", step.id, step.at, values)

    def _read(self, wanted: "Select[tuple[object, ...]]") -> tuple[Round, ...]:
        rows = self._connection.execute(wanted.order_by(rebuttal_round.c.n)).mappings()
        return self._rounds([dict(row) for row in rows])

    def _rounds(self, rows: Sequence[RowValues]) -> tuple[Round, ...]:
        steps: dict[UUID, list[RoundStep]] = {row["id"]: [] for row in rows}
        wanted = list(steps)
        for at in range(0, len(wanted), _CHUNK):
            found = self._connection.execute(_STEPS, {"rounds": wanted[at : at + _CHUNK]})
            for row in found.mappings():
                steps[row["round_id"]].append(_step(row))
        return tuple(_round(row, tuple(steps[row["id"]])) for row in rows)


_RECAPTURE = ("id", "article_id", "url", "text", "text_sha256", "gone", "taken_at", "at")


def _round(row: RowValues, steps: tuple[RoundStep, ...]) -> Round:
    same = ("id", "article_id", "number", "addressee", "paper_id", "opened_at")
    return Round(
        **{name: row[name] for name in same},
        to=RoundTo(row["goes_to"]),
        claims=tuple(UUID(each) for each in row["claims"]),
        asks=tuple(Ask(each) for each in row["asks"]),
        author=Ref(row["author_id"], row["author_name"]),
        steps=steps,
    )


def _step(row: RowValues) -> RoundStep:
    return RoundStep(
        **{name: row[name] for name in ("id", "at", "done_at", "remark", "look_on", "url")},
        move=RoundMove(row["move"]),
        by=Ref(row["author_id"], row["author_name"]),
        dues=tuple(_due(value) for value in row["dues"]),
        file=file_record(row["file"]),
    )


def _due(value: RowValues) -> Due:
    at = value["due_at"]
    return Due(**{**value, "due_at": datetime.fromisoformat(at) if at else None})


def _recapture(row: RowValues) -> Recapture:
    return Recapture(
        **{name: row[name] for name in _RECAPTURE},
        file=file_record(row["file"]),
        author=Ref(row["author_id"], row["author_name"]),
    )


def _check(row: RowValues) -> Check:
    return Check(
        **{name: row[name] for name in ("id", "recapture_id", "remark", "at")},
        answers=tuple(Judgement(**{**each, "judged": Judged(each["judged"])}) for each in row["answers"]),
        author=Ref(row["author_id"], row["author_name"]),
    )
