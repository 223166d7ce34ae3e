"""Case files: facts by version, moves, and the row that lists show; found by any word."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Connection, bindparam, insert, select, update

from spokesdesk.domain.cases import (
    Case,
    CaseDraft,
    CaseKind,
    CaseMove,
    CaseOutcome,
    CaseRow,
    CaseState,
    CaseStep,
    CaseVersion,
)
from spokesdesk.domain.errors import ConflictError
from spokesdesk.domain.people import Ref
from spokesdesk.services.ports.paging import Paged
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.evidence import SqlEvidence
from spokesdesk.store.listing import latest, list_of
from spokesdesk.store.rows import RowValues, numbered, one
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.tables_cases import case, case_move, case_text

LIST_LIMIT = 50_000
_ORDER = latest(case, case.c.opened_at)
_FACTS = ("kind", "title", "happened_at", "person", "outlet_name")


class SqlCases:
    """The case tables."""

    def __init__(
        self, connection: Connection, chain: SqlChain, search: SqlSearch, evidence: SqlEvidence
    ) -> None:
        self._connection, self._chain, self._search = connection, chain, search
        self._evidence = evidence
        evidence.on_added = self.find_again

    def add(self, opened: Case, text_id: UUID) -> None:
        """Write a new case with its first facts and its first move, all in the chain."""
        facts = _facts_values(opened.facts)
        values = {
            "id": opened.id,
            "contact_id": opened.facts.contact_id,
            "opened_at": opened.opened_at,
            "author_id": opened.author.id,
            "author_name": opened.author.name,
            **{name: facts[name] for name in _FACTS},
            "state": opened.state.value,
            "version": 0,
            "saved_at": opened.saved_at,
        }
        self._connection.execute(insert(case), values)
        self._chain.join("case", opened.id, opened.opened_at, values)
        first = CaseVersion(1, opened.facts, opened.opened_at, opened.author)
        self.save_facts(opened.id, text_id, first)
        for step in opened.steps:
            self._add_move(opened.id, step)

    def get(self, case_id: UUID) -> Case:
        """Give a case with its facts as they are now and its moves; raises UserError("record_missing")."""
        row = one(self._connection, case, case_id)
        now = self._version(case_id, row["version"], row["contact_id"])
        moves = select(case_move).where(case_move.c.case_id == case_id).order_by(case_move.c.n)
        return Case(
            id=case_id,
            facts=now.facts,
            state=CaseState(row["state"]),
            version=row["version"],
            opened_at=row["opened_at"],
            saved_at=row["saved_at"],
            author=Ref(row["author_id"], row["author_name"]),
            steps=tuple(_step(found) for found in self._connection.execute(moves).mappings()),
        )

    def of_contact(self, contact_id: UUID) -> UUID | None:
        """Give the latest case that was opened from a contact."""
        statement = select(case.c.id).where(case.c.contact_id == contact_id)
        found = self._connection.scalar(statement.order_by(case.c.n.desc()).limit(1))
        return found if isinstance(found, UUID) else None

    def from_contacts(self, contacts: Sequence[UUID]) -> tuple[CaseRow, ...]:
        """Give the cases that were opened from some contacts, the latest opened first."""
        among: BindParameter[UUID] = bindparam("contacts", expanding=True)
        statement = select(case.c.n).where(case.c.contact_id.in_(among)).order_by(case.c.n.desc())
        return self.rows(list(self._connection.scalars(statement, {"contacts": list(contacts)})))

    def of_paper(self, paper_id: UUID) -> tuple[CaseRow, ...]:
        """Give the cases for which a letter was written."""
        moves = select(case_move.c.case_id).where(case_move.c.paper_id == paper_id)
        return self.rows(list(self._connection.scalars(select(case.c.n).where(case.c.id.in_(moves)))))

    def save_facts(self, case_id: UUID, text_id: UUID, saved: CaseVersion) -> None:
        """Write the next version of the facts.

        Raises:
            ConflictError: ``case_changed_meanwhile``: the version before it is not the latest any more.
        """
        facts = _facts_values(saved.facts)
        done = self._connection.execute(
            update(case)
            .where(case.c.id == case_id, case.c.version == saved.version - 1)
            .values(version=saved.version, saved_at=saved.at, **{name: facts[name] for name in _FACTS})
        )
        if done.rowcount != 1:
            raise ConflictError("case_changed_meanwhile")
        values = {
            "id": text_id,
            "case_id": case_id,
            "version": saved.version,
            **facts,
            "at": saved.at,
            "author_id": saved.by.id,
            "author_name": saved.by.name,
        }
        self._connection.execute(insert(case_text), values)
        self._chain.join("case_text", text_id, saved.at, values)
        self.find_again(case_id)

    def versions(self, case_id: UUID) -> tuple[CaseVersion, ...]:
        """Give every saved version of the facts, the first one first."""
        contact_id = one(self._connection, case, case_id)["contact_id"]
        statement = select(case_text).where(case_text.c.case_id == case_id, case_text.c.fork == 0)
        statement = statement.order_by(case_text.c.version)
        return tuple(_version(row, contact_id) for row in self._connection.execute(statement).mappings())

    def move(self, case_id: UUID, step: CaseStep, expected: CaseState) -> None:
        """Write a move; raises ConflictError when the case is not in the state it was seen in."""
        done = self._connection.execute(
            update(case)
            .where(case.c.id == case_id, case.c.state == expected.value)
            .values(state=step.target.value)
        )
        if done.rowcount != 1:
            raise ConflictError("case_changed_meanwhile")
        self._add_move(case_id, step)
        self.find_again(case_id)

    def row_numbers(
        self, words: str = "", *, states: Sequence[CaseState] = (), limit: int = LIST_LIMIT
    ) -> tuple[int, ...]:
        """Give the numbers of cases, the latest opened first."""
        return self._search.numbers(case, words, _wanted(states), _ORDER.columns, limit)

    def listed(self, words: str = "", *, states: Sequence[CaseState] = ()) -> Paged:
        """Give the list of cases to read by pages, the latest opened first (see ``list_of``)."""
        return list_of(self._connection, self._search, _ORDER, words, _wanted(states))

    def rows(self, numbers: Sequence[int]) -> tuple[CaseRow, ...]:
        """Give list rows in the order of the numbers."""
        found = numbered(self._connection, case, numbers)
        counted = self._evidence.counts([row["id"] for row in found])
        return tuple(_row(row, counted.get(row["id"], 0)) for row in found)

    def find_again(self, case_id: UUID) -> None:
        """Renew the words by which a case is found: facts, moves and evidence."""
        row = one(self._connection, case, case_id)
        facts = self._version(case_id, row["version"], None).facts
        moves = select(case_move.c.remark, case_move.c.told).where(case_move.c.case_id == case_id)
        words = [facts.person, facts.outlet, facts.place, facts.marks, facts.facts, facts.kind.wording]
        for remark, told in self._connection.execute(moves):
            words += [remark, *told]
        for item in self._evidence.of(case_id):
            words += [item.name, item.url, item.text, item.taken.note, item.taken.by]
        text = " · ".join(dict.fromkeys(word for word in words if word))
        self._search.put("case", case_id, facts.title, text, row["opened_at"])

    def renew(self, case_id: UUID) -> None:
        """Work out anew what lists show of a case, from its facts and moves, and the words by which it is found."""
        texts = select(case_text).where(case_text.c.case_id == case_id, case_text.c.fork == 0)
        row = self._connection.execute(texts.order_by(case_text.c.version.desc()).limit(1)).mappings().first()
        if row is None:
            return
        moves = select(case_move.c.target).where(case_move.c.case_id == case_id)
        state = self._connection.scalar(moves.order_by(case_move.c.n.desc()).limit(1))
        shown = {name: row[name] for name in (*_FACTS, "version")}
        shown |= {"saved_at": row["at"], "state": state or CaseState.OPEN.value}
        self._connection.execute(update(case).where(case.c.id == case_id).values(**shown))
        self.find_again(case_id)

    def _add_move(self, case_id: UUID, step: CaseStep) -> None:
        values = {
            "id": step.id,
            "case_id": case_id,
            "move": step.move.value,
            "target": step.target.value,
            "at": step.at,
            "author_id": step.by.id,
            "author_name": step.by.name,
            "remark": step.remark,
            "done_at": step.done_at,
            "told": list(step.to),
            "paper_id": step.paper_id,
            "outcome": step.outcome.value if step.outcome else "",
        }
        self._connection.execute(insert(case_move), values)
        self._chain.join("case_move", step.id, step.at, values)

    def _version(self, case_id: UUID, version: int, contact_id: UUID | None) -> CaseVersion:
        statement = select(case_text).where(
            case_text.c.case_id == bindparam("case_id"),
            case_text.c.version == bindparam("version"),
            case_text.c.fork == 0,
        )
        row = self._connection.execute(statement, {"case_id": case_id, "version": version}).mappings().one()
        return _version(row, contact_id)


def _wanted(states: Sequence[CaseState]) -> list[ColumnElement[bool]]:
    return [case.c.state.in_([state.value for state in states])] if states else []


def _facts_values(facts: CaseDraft) -> dict[str, object]:
    return {
        "kind": facts.kind.value,
        "title": facts.title,
        "happened_at": facts.happened_at,
        "place": facts.place,
        "person": facts.person,
        "outlet_id": facts.outlet_id,
        "outlet_name": facts.outlet,
        "marks": facts.marks,
        "facts": facts.facts,
    }


def _version(row: RowValues, contact_id: UUID | None) -> CaseVersion:
    same = ("title", "happened_at", "place", "person", "outlet_id", "marks", "facts")
    facts = CaseDraft(
        kind=CaseKind(row["kind"]),
        outlet=row["outlet_name"],
        contact_id=contact_id,
        **{name: row[name] for name in same},
    )
    return CaseVersion(row["version"], facts, row["at"], Ref(row["author_id"], row["author_name"]))


def _step(row: RowValues) -> CaseStep:
    return CaseStep(
        id=row["id"],
        move=CaseMove(row["move"]),
        target=CaseState(row["target"]),
        at=row["at"],
        by=Ref(row["author_id"], row["author_name"]),
        remark=row["remark"],
        done_at=row["done_at"],
        to=tuple(row["told"]),
        paper_id=row["paper_id"],
        outcome=CaseOutcome(row["outcome"]) if row["outcome"] else None,
    )


def _row(row: RowValues, items: int) -> CaseRow:
    return CaseRow(
        n=row["n"],
        id=row["id"],
        kind=CaseKind(row["kind"]),
        title=row["title"],
        state=CaseState(row["state"]),
        happened_at=row["happened_at"],
        opened_at=row["opened_at"],
        person=row["person"],
        outlet=row["outlet_name"],
        author=row["author_name"],
        items=items,
    )
