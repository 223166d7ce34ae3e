"""What the province asked and became requests: notes not written down yet, and those that two desks wrote down."""

from uuid import UUID

from sqlalchemy import FromClause, ScalarSelect, Select, and_, func, or_, select

from spokesdesk.domain.journal import Channel
from spokesdesk.domain.province import NoteKind
from spokesdesk.domain.requests import CLOSED_STATES, OPEN_STATES, RequestMove, RequestState
from spokesdesk.store.tables import chain
from spokesdesk.store.tables_province import inbox
from spokesdesk.store.tables_requests import request, request_step

_OTHER = request.alias("other")
# Requests written down before schema 33 bear the note's own id, and name none.
_NOTE = func.coalesce(request.c.note_id, request.c.id)
_ENDED = sorted(CLOSED_STATES - {RequestState.WITHDRAWN})


def _place(of: FromClause) -> "ScalarSelect[int]":
    """Give the place of a request in the feed: that of its first step, for steps keep the feed's order."""
    step = request_step.alias()
    first = select(func.min(step.c.n)).where(step.c.request_id == of.c.id)
    return first.correlate(of).scalar_subquery()


def unopened() -> "Select[tuple[object, ...]]":
    """Give the statement of the province's requests that are no requests here yet, the first first."""
    named = select(request.c.id).where(request.c.note_id == inbox.c.item).exists()
    bearing = select(request.c.id).where(request.c.id == inbox.c.item).exists()
    wanted = select(inbox).where(inbox.c.kind == NoteKind.ASK.value, ~named, ~bearing)
    return wanted.order_by(inbox.c.at)


def doubles() -> "Select[tuple[UUID]]":
    """Give the statement of this desk's own open requests whose note another request stands for.

    Another one stands when it came before in the feed, or was answered. What a person opened again stays open.
    """
    is_own = select(chain.c.n).where(chain.c.entry == request.c.id, chain.c.kind == "request").exists()
    steps = select(request_step.c.n).where(request_step.c.request_id == request.c.id)
    is_opened_again = steps.where(request_step.c.move == RequestMove.REOPEN.value).exists()
    is_of_note = or_(_OTHER.c.note_id == _NOTE, _OTHER.c.id == _NOTE)
    is_before = and_(_OTHER.c.state.in_(sorted(OPEN_STATES)), _place(_OTHER) < _place(request))
    stands = or_(_OTHER.c.state.in_(_ENDED), is_before)
    others = select(_OTHER.c.id).where(is_of_note, _OTHER.c.id != request.c.id, stands).exists()
    is_asked = and_(request.c.channel == Channel.PROVINCE.value, request.c.state.in_(sorted(OPEN_STATES)))
    return select(request.c.id).where(is_asked, is_own, ~is_opened_again, others).order_by(request.c.n)
