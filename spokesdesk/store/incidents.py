"""Incidents: what is known by version, what was done by step, the row that lists show, reminders that were told."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, insert, select, update
from sqlalchemy.dialects.sqlite import insert as put

from spokesdesk.domain.errors import ConflictError
from spokesdesk.domain.incidents import (
    Incident,
    IncidentMove,
    IncidentRow,
    IncidentState,
    IncidentStep,
    IncidentVersion,
)
from spokesdesk.domain.reminders import Step
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.incident_rows import (
    following_values,
    incident_record,
    incident_words,
    row_record,
    step_record,
    step_values,
    version_record,
    version_values,
)
from spokesdesk.store.rows import RowValues, numbered, one
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.tables_incidents import incident, incident_reminder, incident_step, incident_text

LIST_LIMIT = 50_000
_OPEN = incident.c.state != IncidentState.CLOSED.value
_CHUNK = 500


class SqlIncidents:
    """The incident tables."""

    def __init__(self, connection: Connection, chain: SqlChain, search: SqlSearch) -> None:
        self._connection, self._chain, self._search = connection, chain, search

    def add(self, opened: Incident, text_id: UUID) -> None:
        """Write a new incident with what is known and its first step, all in the chain."""
        values = {
            "id": opened.id,
            "opened_at": opened.opened_at,
            "author_id": opened.author.id,
            "author_name": opened.author.name,
        }
        self._connection.execute(insert(incident), values | following_values(opened))
        self._chain.join("incident", opened.id, opened.opened_at, values)
        self._write_version(
            opened.id,
            text_id,
            IncidentVersion(opened.version, opened.facts, opened.clocks, opened.opened_at, opened.author),
        )
        for step in opened.steps:
            self._write_step(step)
        self._follow(opened)

    def get(self, incident_id: UUID) -> Incident:
        """Give an incident with its steps; raises UserError("record_missing")."""
        return self._records([one(self._connection, incident, incident_id)])[0]

    def save(self, text_id: UUID, saved: IncidentVersion, incident_id: UUID) -> Incident:
        """Write the next version of what is known.

        Raises:
            ConflictError: ``incident_changed_meanwhile``: the version before it is not the latest any more.
        """
        done = self._connection.execute(
            update(incident)
            .where(incident.c.id == incident_id, incident.c.version == saved.version - 1)
            .values(version=saved.version, saved_at=saved.at)
        )
        if done.rowcount != 1:
            raise ConflictError("incident_changed_meanwhile")
        self._write_version(incident_id, text_id, saved)
        return self._follow(self.get(incident_id))

    def versions(self, incident_id: UUID) -> tuple[IncidentVersion, ...]:
        """Give every saved version, the first one first."""
        statement = select(incident_text).where(
            incident_text.c.incident_id == incident_id, incident_text.c.fork == 0
        )
        rows = self._connection.execute(statement.order_by(incident_text.c.version)).mappings()
        return tuple(version_record(row) for row in rows)

    def move(self, step: IncidentStep, expected: IncidentState) -> Incident:
        """Write a step; raises ConflictError when the incident is not in the state it was seen in."""
        done = self._connection.execute(
            update(incident)
            .where(incident.c.id == step.incident_id, incident.c.state == expected.value)
            .values(state=step.target.value)
        )
        if done.rowcount != 1:
            raise ConflictError("incident_changed_meanwhile")
        self._write_step(step)
        return self._follow(self.get(step.incident_id))

    def row_numbers(
        self, words: str = "", *, states: Sequence[IncidentState] = (), limit: int = LIST_LIMIT
    ) -> tuple[int, ...]:
        """Give the numbers of incidents: open ones first, what is due first before the rest, then the latest."""
        wanted: list[ColumnElement[bool]] = []
        if states:
            wanted.append(incident.c.state.in_([state.value for state in states]))
        order = (~_OPEN, incident.c.due_at.is_(None), incident.c.due_at, incident.c.n.desc())
        return self._search.numbers(incident, words, wanted, order, limit)

    def rows(self, numbers: Sequence[int]) -> tuple[IncidentRow, ...]:
        """Give list rows in the order of the numbers."""
        return tuple(row_record(row) for row in numbered(self._connection, incident, numbers))

    def open(self, limit: int = LIST_LIMIT) -> tuple[Incident, ...]:
        """Give the incidents that are not closed, what is due first before the rest."""
        statement = select(incident).where(_OPEN).order_by(incident.c.due_at.is_(None), incident.c.due_at)
        return self._records(list(self._connection.execute(statement.limit(limit)).mappings()))

    def between(self, start: datetime, end: datetime) -> tuple[Incident, ...]:
        """Give the incidents that began in a stretch of time (UTC), the end left out, the earliest first."""
        statement = select(incident).where(incident.c.began_at >= start, incident.c.began_at < end)
        rows = self._connection.execute(statement.order_by(incident.c.began_at)).mappings()
        return self._records(list(rows))

    def spoken_between(self, start: datetime, end: datetime) -> tuple[Incident, ...]:
        """Give the incidents about which something was said in a stretch of time (UTC), the end left out."""
        spoken = select(incident_step.c.incident_id).where(incident_step.c.move == IncidentMove.SAY.value)
        rows = self._connection.execute(select(incident).where(incident.c.id.in_(spoken))).mappings()
        found = self._records(list(rows))
        return tuple(each for each in found if any(start <= said.said_at < end for said in each.statements))

    def of_paper(self, paper_id: UUID) -> tuple[IncidentRow, ...]:
        """Give the incidents for which a paper was written."""
        steps = select(incident_step.c.incident_id).where(incident_step.c.paper_id == paper_id)
        return self.rows(list(self._connection.scalars(select(incident.c.n).where(incident.c.id.in_(steps)))))

    def told(self) -> frozenset[Step]:
        """Give the reminders told of incidents that are not closed."""
        statement = select(incident_reminder).join(incident, incident.c.id == incident_reminder.c.incident_id)
        rows = self._connection.execute(statement.where(_OPEN))
        return frozenset(Step(row.incident_id, row.rule_id, row.due_at, row.hours) for row in rows)

    def tell(self, steps: Sequence[Step], at: datetime) -> tuple[Step, ...]:
        """Note reminders as told; gives those that were not noted before, which are the ones to be told."""
        return tuple(step for step in steps if self._tell(step, at))

    def _tell(self, step: Step, at: datetime) -> bool:
        values = {
            "incident_id": step.incident_id,
            "rule_id": step.rule_id,
            "due_at": step.due_at,
            "hours": step.hours,
            "told_at": at,
        }
        return self._connection.execute(put(incident_reminder).on_conflict_do_nothing(), values).rowcount == 1

    def renew(self, incident_id: UUID) -> None:
        """Work out anew what lists show of an incident, from its texts and steps, and the words it is found by."""
        texts = select(incident_text).where(
            incident_text.c.incident_id == incident_id, incident_text.c.fork == 0
        )
        latest = self._connection.execute(texts.order_by(incident_text.c.version.desc()).limit(1)).first()
        moves = select(incident_step.c.target).where(incident_step.c.incident_id == incident_id)
        state = self._connection.scalar(moves.order_by(incident_step.c.n.desc()).limit(1))
        if latest is not None and state is not None:
            shown = update(incident).where(incident.c.id == incident_id)
            self._connection.execute(shown.values(version=latest.version, saved_at=latest.at, state=state))
            self._follow(self.get(incident_id))

    def _follow(self, made: Incident) -> Incident:
        """Let the row and the words follow the entries."""
        values = following_values(made)
        self._connection.execute(update(incident).where(incident.c.id == made.id).values(values))
        self._search.put("incident", made.id, made.title, incident_words(made), made.opened_at)
        return made

    def _write_version(self, incident_id: UUID, text_id: UUID, saved: IncidentVersion) -> None:
        values = version_values(incident_id, text_id, saved)
        self._connection.execute(insert(incident_text), values)
        self._chain.join("incident_text", text_id, saved.at, values)

    def _write_step(self, step: IncidentStep) -> None:
        values = step_values(step)
        self._connection.execute(insert(incident_step), values)
        self._chain.join("incident_step", step.id, step.at, values)

    def _records(self, rows: Sequence[RowValues]) -> tuple[Incident, ...]:
        """Give incidents from their rows, versions and steps of many read at once."""
        steps: dict[UUID, list[IncidentStep]] = {row["id"]: [] for row in rows}
        latest: dict[UUID, IncidentVersion] = {}
        wanted = list(steps)
        for at in range(0, len(wanted), _CHUNK):
            part = wanted[at : at + _CHUNK]
            found = select(incident_step).where(incident_step.c.incident_id.in_(part))
            for row in self._connection.execute(found.order_by(incident_step.c.n)).mappings():
                steps[row["incident_id"]].append(step_record(row))
            texts = select(incident_text).join(incident, incident.c.id == incident_text.c.incident_id)
            is_latest = incident_text.c.version == incident.c.version
            texts = texts.where(incident.c.id.in_(part), is_latest, incident_text.c.fork == 0)
            for row in self._connection.execute(texts).mappings():
                latest[row["incident_id"]] = version_record(row)
        return tuple(incident_record(row, latest[row["id"]], steps[row["id"]]) for row in rows)
