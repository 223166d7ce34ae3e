"""Requests that came through the journalists' door, and what is said back: operations of their own in the outbox."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, insert, select, update

from spokesdesk import wire
from spokesdesk.domain.door import DoorKind, DoorLevel, DoorRequest
from spokesdesk.domain.requests import OPEN_STATES, RequestState
from spokesdesk.store.outbox_releases import Releases
from spokesdesk.store.tables_door import door_request
from spokesdesk.store.tables_requests import request
from spokesdesk.store.tables_sync import ledger, outbox

_OTHER, _THEIRS = door_request.alias("other"), request.alias("theirs")
_WAITING = select(outbox.c.record)
_TOLD = (
    select(_OTHER.c.id)
    .join(_THEIRS, _THEIRS.c.id == _OTHER.c.request_id)
    .where(_OTHER.c.question == door_request.c.question, _OTHER.c.id.not_in(_WAITING))
    .where(_THEIRS.c.state != RequestState.WITHDRAWN.value)
    .exists()
)
_DOUBLES = (
    select(door_request.c.request_id)
    .join(request, request.c.id == door_request.c.request_id)
    .where(door_request.c.id.in_(_WAITING), request.c.state.in_(sorted(OPEN_STATES)), _TOLD)
)


class SqlDoor(Releases):
    """The table ``door_request``, and the outbox."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)

    def add(self, made: DoorRequest) -> None:
        """Note which question a request is."""
        self._connection.execute(
            insert(door_request).values(
                id=made.id,
                question=made.question,
                request_id=made.request_id,
                kind=made.kind.value,
                thread=made.thread,
                asked_at=made.asked_at,
                wanted_at=made.wanted_at,
            )
        )

    def of_request(self, request_id: UUID) -> DoorRequest | None:
        """Give what is known of a request that came through the door; None for any other."""
        here = door_request.c.request_id == request_id
        row = self._connection.execute(select(door_request).where(here)).first()
        return _record(row) if row else None

    def of_question(self, question: UUID) -> tuple[DoorRequest, ...]:
        """Give the requests that a question became; more than one when two desks took it far apart."""
        here = door_request.c.question == question
        return tuple(_record(row) for row in self._connection.execute(select(door_request).where(here)))

    def unsent_doubles(self) -> tuple[UUID, ...]:
        """Give open requests not sent yet whose question the feed has told of as a colleague's request meanwhile."""
        return tuple(self._connection.scalars(_DOUBLES))

    def of_thread(self, root: UUID) -> tuple[DoorRequest, ...]:
        """Give the requests of a thread, the first question first."""
        here = (door_request.c.question == root) | (door_request.c.thread == root)
        wanted = select(door_request).where(here).order_by(door_request.c.asked_at)
        return tuple(_record(row) for row in self._connection.execute(wanted))

    def rate(self, question: UUID, level: DoorLevel, remark: str, at: datetime) -> tuple[UUID, ...]:
        """Keep a rating; give the requests that it is of."""
        here = door_request.c.question == question
        found = tuple(self._connection.scalars(select(door_request.c.request_id).where(here)))
        self._connection.execute(
            update(door_request).where(here).values(level=level.value, remark=remark, rated_at=at)
        )
        return found

    def say(self, made: wire.DoorReply, title: str, at: datetime, actor: str, ids: tuple[UUID, UUID]) -> bool:
        """Queue a word for the journalist.

        Args:
            title: what the ledger calls it.
            at: UTC.
            actor: id of the member who says it.
            ids: of the word and of its operation; a word that is in the ledger is not queued again.

        Returns:
            False when nothing was queued.
        """
        place = self._place()
        if place is None or self._has(ids[0]):
            return False
        op = wire.Op(
            op_id=ids[1],
            device=place.device,
            dseq=place.dseq + 1,
            actor=actor,
            journal=place.journal,
            entity=wire.DOOR_REPLY,
            rec=ids[0],
            kind="append",
            base_ver=0,
            patch=wire.door_reply_patch(made),
            sv=wire.SV,
            wall=at.isoformat(),
        )
        shown = {"record": op.rec, "entity": op.entity, "title": title, "state": "queued", "files": []}
        self._connection.execute(insert(ledger).values(**shown, changed_at=at))
        self._queue(op, at)
        return True

    def states(self, words: Sequence[UUID]) -> dict[UUID, tuple[str, str]]:
        """Give the ways of words that this desk said: state and reason, by id."""
        here = ledger.c.record.in_(words) & (ledger.c.entity == wire.DOOR_REPLY)
        rows = self._connection.execute(select(ledger.c.record, ledger.c.state, ledger.c.reason).where(here))
        return {row.record: (row.state, row.reason) for row in rows}


def _record(row: Row[Any]) -> DoorRequest:
    return DoorRequest(
        row.id,
        row.question,
        row.request_id,
        DoorKind(row.kind),
        row.thread,
        row.asked_at,
        row.wanted_at,
        DoorLevel(row.level) if row.level else None,
        row.remark,
        row.rated_at,
    )
