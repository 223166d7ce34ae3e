"""What was answered earlier that bears on what is asked now (lần trước đã nói gì)."""

from collections.abc import Iterable
from itertools import pairwise
from uuid import UUID

from spokesdesk.domain.requests import Request
from spokesdesk.domain.text import fold

# A Vietnamese word is mostly two syllables, so two in a row mean something where a single one does not.
_PAIR, _SAME_OUTLET = 2, 1


def syllables(text: str) -> tuple[str, ...]:
    """Give the syllables of a text, folded (no accents, đ as d), in their order."""
    return tuple("".join(char if char.isalnum() else " " for char in fold(text)).split())


def likeness(wanted: str, outlet_id: UUID | None, earlier: Request) -> int:
    """Give how much an earlier request has to do with what is asked now; 0 for nothing.

    Args:
        wanted: topic and questions of the one asked now.
        outlet_id: its outlet, if any.
        earlier: the other one.
    """
    shared = len(_pairs(wanted) & _pairs(_text(earlier)))
    same_outlet = outlet_id is not None and earlier.outlet is not None and earlier.outlet.id == outlet_id
    return _PAIR * shared + (_SAME_OUTLET if same_outlet else 0)


def most_like(
    wanted: str, outlet_id: UUID | None, others: Iterable[Request], limit: int
) -> tuple[Request, ...]:
    """Give those that have most to do with it, of equals the latest first."""
    scored = [(likeness(wanted, outlet_id, other), other) for other in others]
    kept = [pair for pair in scored if pair[0]]
    kept.sort(key=lambda pair: (pair[0], pair[1].received_at), reverse=True)
    return tuple(other for _score, other in kept[:limit])


def _text(request: Request) -> str:
    answered = [step.answer.text for step in request.steps if step.answer]
    return " ".join((request.topic, *request.subject.questions, *answered))


def _pairs(text: str) -> set[tuple[str, str]]:
    found = syllables(text)
    return set(pairwise(found))
