"""Requests for information: written once, moved by steps that join the chain, found by any word."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Text,
    func,
    insert,
    literal_column,
    or_,
    select,
    true,
    update,
)

from spokesdesk.domain.people import Ref
from spokesdesk.domain.request_moves import changed_meanwhile
from spokesdesk.domain.requests import OPEN_STATES, Request, RequestRow, RequestState, RequestStep
from spokesdesk.domain.text import fold
from spokesdesk.services.ports.paging import Paged
from spokesdesk.store.alias import is_of
from spokesdesk.store.chain import SqlChain
from spokesdesk.store.listing import Order, list_of
from spokesdesk.store.request_rows import (
    following_values,
    request_record,
    request_values,
    request_words,
    row_record,
    step_record,
    step_values,
)
from spokesdesk.store.rows import RowValues, numbered, one
from spokesdesk.store.search import SqlSearch
from spokesdesk.store.search_query import query_of_any
from spokesdesk.store.tables import journalist, outlet
from spokesdesk.store.tables_requests import LISTED, request, request_step

LIST_LIMIT = 50_000
_CHUNK = 500
_OPEN = request.c.state.in_([state.value for state in OPEN_STATES])
_SORTED: tuple[ColumnElement[Any], ...] = tuple(literal_column(part, Integer) for part in LISTED)
# All numbers are read at once, behind the first rows: no index serves "after this place" in such an order.
_LISTED = Order(request, _SORTED, tuple(part.desc() for part in _SORTED), short=1_000_000)
_ORDER = _LISTED.columns


class SqlRequests:
    """The request and request_step tables."""

    def __init__(self, connection: Connection, chain: SqlChain, search: SqlSearch) -> None:
        self._connection = connection
        self._chain = chain
        self._search = search

    def add(self, made: Request) -> None:
        """Write a request with its first steps, their links and its search text."""
        values = request_values(made)
        self._connection.execute(insert(request), values | following_values(made))
        self._chain.join("request", made.id, made.entered_at, values)
        for step in made.steps:
            self._write(step)
        self._search.put("request", made.id, *request_words(made), made.received_at)

    def get(self, request_id: UUID) -> Request:
        """Give a request with its steps; raises UserError("record_missing")."""
        return self._records([one(self._connection, request, request_id)])[0]

    def move(self, step: RequestStep, expected: RequestState) -> Request:
        """Write a step if the request is still where it was; raises ConflictError("request_changed") otherwise."""
        moved = self.get(step.request_id).after(step)
        statement = update(request).where(request.c.id == step.request_id, request.c.state == expected.value)
        if self._connection.execute(statement.values(following_values(moved))).rowcount != 1:
            raise changed_meanwhile(self.get(step.request_id).steps[-1])
        self._write(step)
        self._search.put("request", moved.id, *request_words(moved), moved.received_at)
        return moved

    def renew(self, request_id: UUID) -> None:
        """Work out anew what lists show of a request, from its steps, and the words by which it is found."""
        made = self.get(request_id)
        if made.steps:
            shown = update(request).where(request.c.id == request_id)
            self._connection.execute(shown.values(following_values(made)))
            self._search.put("request", made.id, *request_words(made), made.received_at)

    def row_numbers(
        self,
        words: str = "",
        *,
        states: Sequence[RequestState] = (),
        mine: Ref | None = None,
        outlet_id: UUID | None = None,
        journalist_id: UUID | None = None,
        holder: str = "",
        limit: int = LIST_LIMIT,
    ) -> tuple[int, ...]:
        """Give the numbers of requests for a list.

        Args:
            words: what they hold, in any field; "" for all.
            states: only these; empty for all.
            mine: only those this member answers for, holds, or shares.
            outlet_id: only those from this outlet.
            journalist_id: only those from this journalist.
            holder: only those that wait on whoever has these words in the name, accents aside.
            limit: most rows wanted.
        """
        wanted = self._wanted(states, mine, holder)
        if outlet_id is not None:
            wanted.append(is_of(self._connection, outlet, request.c.outlet_id, outlet_id))
        if journalist_id is not None:
            wanted.append(is_of(self._connection, journalist, request.c.journalist_id, journalist_id))
        return self._search.numbers(request, words, wanted, _ORDER, limit)

    def listed(
        self,
        words: str = "",
        *,
        states: Sequence[RequestState] = (),
        mine: Ref | None = None,
        holder: str = "",
    ) -> Paged:
        """Give the list of requests to read by pages; what is wanted as in ``row_numbers``."""
        return list_of(self._connection, self._search, _LISTED, words, self._wanted(states, mine, holder))

    def _wanted(
        self, states: Sequence[RequestState], mine: Ref | None, holder: str
    ) -> list[ColumnElement[bool]]:
        wanted: list[ColumnElement[bool]] = []
        if states:
            wanted += _in_states(states)
        if mine is not None:
            wanted.append(_is_mine(mine))
        if holder.strip():
            wanted.append(request.c.holder_fold.contains(fold(holder), autoescape=True))
        return wanted

    def rows(self, numbers: Sequence[int]) -> tuple[RequestRow, ...]:
        """Give list rows in the order of the numbers."""
        return tuple(row_record(row) for row in numbered(self._connection, request, numbers))

    def open(self, limit: int = LIST_LIMIT) -> tuple[Request, ...]:
        """Give the open requests, what is due first before the rest."""
        statement = select(request).where(_OPEN).order_by(*_ORDER).limit(limit)
        return self._records(list(self._connection.execute(statement).mappings()))

    def due_first(self, limit: int) -> tuple[Request, ...]:
        """Give the first open requests: what is due first, then those without a date, the earliest received first.

        However many are open, only the first of each state are read: the index gives them in order.
        """
        rows: list[RowValues] = []
        for dated in (True, False):
            room = limit - len(rows)
            for state in sorted(OPEN_STATES) if room > 0 else ():
                own = request.c.state == state.value
                if dated:
                    wanted = select(request).where(own, request.c.due_at.is_not(None))
                    wanted = wanted.order_by(request.c.due_at, request.c.n)
                else:
                    wanted = select(request).where(own, request.c.due_at.is_(None)).order_by(request.c.n)
                rows += [dict(row) for row in self._connection.execute(wanted.limit(room)).mappings()]
        rows.sort(key=lambda row: (row["due_at"] is None, row["due_at"] or row["received_at"], row["n"]))
        return self._records(rows[:limit])

    def count_open(self) -> int:
        """Count the open requests."""
        return self._connection.scalar(select(func.count()).select_from(request).where(_OPEN)) or 0

    def assigned(self, member: Ref, limit: int) -> tuple[RequestRow, ...]:
        """Give the open requests that a member answers for or holds, what is due first before the rest."""
        found: dict[int, RowValues] = {}
        for column, value in ((request.c.owner_id, member.id), (request.c.holder_fold, fold(member.name))):
            for state in sorted(OPEN_STATES):
                statement = select(request).where(column == value, request.c.state == state.value)
                latest = statement.order_by(request.c.due_at.is_(None), request.c.due_at).limit(limit)
                found |= {row["n"]: row for row in self._connection.execute(latest).mappings()}
        rows = sorted(
            found.values(), key=lambda row: (row["due_at"] is None, row["due_at"] or row["received_at"])
        )
        return tuple(row_record(row) for row in rows[:limit])

    def open_of_contacts(self, contacts: Sequence[UUID]) -> frozenset[UUID]:
        """Give those of some contacts that brought a request which is still open."""
        found: set[UUID] = set()
        for at in range(0, len(contacts), _CHUNK):
            among = request.c.contact_id.in_(contacts[at : at + _CHUNK])
            found.update(self._connection.scalars(select(request.c.contact_id).where(among, _OPEN)))
        return frozenset(found)

    def of_contact(self, contact_id: UUID) -> UUID | None:
        """Give the latest request that a contact brought, if any."""
        statement = select(request.c.id).where(request.c.contact_id == contact_id)
        found = self._connection.scalar(statement.order_by(request.c.n.desc()).limit(1))
        return found if isinstance(found, UUID) else None

    def of_paper(self, paper_id: UUID) -> tuple[RequestRow, ...]:
        """Give the requests that a paper answers, refuses or passes on."""
        steps = select(request_step.c.request_id).where(request_step.c.paper_id == paper_id)
        return self.rows(list(self._connection.scalars(select(request.c.n).where(request.c.id.in_(steps)))))

    def names(self) -> tuple[str, ...]:
        """Give the units and holders named so far, the one named most first."""
        found: dict[str, int] = {}
        for column in (request.c.holder, request.c.lead_unit):
            statement = select(column, func.count()).where(column != "").group_by(column).limit(200)
            for name, count in self._connection.execute(statement):
                found[name] = found.get(name, 0) + count
        return tuple(sorted(found, key=lambda name: (-found[name], name)))

    def alike(self, words: Sequence[str], outlet_id: UUID | None, limit: int = 100) -> tuple[Request, ...]:
        """Give answered requests that hold any of the words or came from the outlet, the latest first."""
        answered = request.c.state == RequestState.ANSWERED.value
        found: list[UUID] = []
        if words:
            found += self._search.records_by(query_of_any(words, ("request",)), 4 * limit)
        if outlet_id is not None:
            is_outlet = is_of(self._connection, outlet, request.c.outlet_id, outlet_id)
            of_outlet = select(request.c.id).where(is_outlet, answered)
            found += self._connection.scalars(of_outlet.order_by(request.c.n.desc()).limit(limit))
        statement = select(request).where(answered, request.c.id.in_(dict.fromkeys(found)))
        latest = statement.order_by(request.c.received_at.desc()).limit(limit)
        return self._records(list(self._connection.execute(latest).mappings()))

    def _records(self, rows: Sequence[RowValues]) -> tuple[Request, ...]:
        """Give requests from their rows, all their steps read at once."""
        steps: dict[UUID, list[RequestStep]] = {row["id"]: [] for row in rows}
        wanted = list(steps)
        for at in range(0, len(wanted), _CHUNK):
            part = request_step.c.request_id.in_(wanted[at : at + _CHUNK])
            statement = select(request_step).where(part).order_by(request_step.c.n)
            for found in self._connection.execute(statement).mappings():
                steps[found["request_id"]].append(step_record(found))
        return tuple(request_record(row, steps[row["id"]]) for row in rows)

    def _write(self, step: RequestStep) -> None:
        values = step_values(step)
        self._connection.execute(insert(request_step), values)
        self._chain.join("request_step", step.id, step.at, values)


def _in_states(states: Sequence[RequestState]) -> list[ColumnElement[bool]]:
    """Give the conditions of some states; of open ones in words that the index of the list's order serves."""
    if not OPEN_STATES.issuperset(states):
        return [request.c.state.in_([state.value for state in states])]
    # A bound, not an equality: that would hide from the planner that the index gives the order, too.
    is_open = _SORTED[0] >= 1
    if frozenset(states) == OPEN_STATES:
        return [is_open]
    # The sign keeps the planner from the index of states, after which all would have to be sorted.
    return [is_open, literal_column("+request.state", Text).in_([state.value for state in states])]


def _is_mine(member: Ref) -> ColumnElement[bool]:
    """Whether a member answers for a request, holds it, or has it shared: units and holders are kept by name."""
    given = func.json_type(request_step.c.detail, "$.assignment").is_not(None)
    of_request = request_step.c.request_id == request.c.id
    latest = select(func.max(request_step.c.n)).where(of_request, given).correlate(request).scalar_subquery()
    shared = func.json_each(request_step.c.detail, "$.assignment.shared").table_valued("value")
    among = select(request_step.c.n).join(shared, true())
    among = among.where(request_step.c.n == latest, shared.c.value == member.name)
    return or_(
        request.c.owner_id == member.id,
        request.c.holder_fold == fold(member.name),
        among.correlate(request).exists(),
    )
