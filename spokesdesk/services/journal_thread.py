"""The thread of a contact: what followed it, and which of its questions nobody has answered yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from spokesdesk.domain.answers import answers_by_question
from spokesdesk.domain.journal import Contact
from spokesdesk.services.ports import Desk


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that has no answer yet.

    Attributes:
        of: the entry that holds it.
        question: its place among the questions of that entry, from 0.
        asked_at: UTC, when that contact was.
    """

    of: UUID
    question: int
    asked: str
    asked_at: datetime


def thread(desk: Desk, contact_id: UUID) -> tuple[Contact, ...]:
    """Give the whole thread that an entry stands in, in order of time, corrected entries among them."""
    with desk.read() as unit:
        return tuple(unit.journal.get(each) for each in unit.journal.thread(contact_id))


def open_questions(entries: Iterable[Contact]) -> tuple[OpenQuestion, ...]:
    """Give the questions without an answer in these entries; a corrected entry's are asked by its correction."""
    return tuple(
        OpenQuestion(entry.id, place, entry.questions[place], entry.received_at)
        for entry in entries
        if entry.corrected_by is None
        for place, answers in enumerate(answers_by_question(entry.questions, entry.answers))
        if not answers
    )
