"""Answers to the questions of a contact, one by one: who answered, when, and what is still open (chưa trả lời)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.people import NAME_LIMIT
from spokesdesk.domain.text import clean_line, clean_text

ANSWER_LIMIT = 20_000
FIELD = "answers"
CLOCK_TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """An answer as typed.

    Attributes:
        question: place of the question among those of its entry, from 0.
        of: the earlier entry that asked; None for a question of the entry being written.
        answered_by: "" when it was whoever is named for the whole contact.
        answered_at: UTC; None for the time of the contact.
    """

    question: int
    text: str
    of: UUID | None = None
    answered_by: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that was given; a later one is a new entry, it never replaces this one.

    Attributes:
        contact_id: the entry that holds the question.
        question: place of the question among those of its entry, from 0.
        asked: the question's words.
        answered_at: UTC.
        given_in: the entry with which the answer was written down: the same one, or one that follows it.
    """

    id: UUID
    contact_id: UUID
    question: int
    asked: str
    text: str
    answered_by: str
    answered_at: datetime
    given_in: UUID


def checked_answers(drafts: Sequence[AnswerDraft], questions: int, now: datetime) -> tuple[AnswerDraft, ...]:
    """Give the answers with clean text; empty ones are left out, their questions stay open.

    Args:
        drafts: as typed.
        questions: how many questions the entry being written has.
        now: UTC.

    Raises:
        UserError: field ``answers``: a question that is not there, a time in the future, a text over its limit.
    """
    clean = tuple(made for draft in drafts if (made := _clean(draft)).text)
    for each in clean:
        if each.of is None and not 0 <= each.question < questions:
            raise UserError("answer_without_question", field=FIELD, n=each.question + 1)
        if each.answered_at is not None and each.answered_at > now + CLOCK_TOLERANCE:
            raise UserError("answered_in_future", field=FIELD, n=each.question + 1)
    return clean


def answers_by_question(
    questions: Sequence[str], answers: Sequence[Answer]
) -> tuple[tuple[Answer, ...], ...]:
    """Give the answers of each question in the order in which they were given.

    Args:
        questions: as the entry shows them.
        answers: of the entry and of those it corrects: an answer belongs to the question of the same words, else
            to the one at its place, since a correction may have changed the words.
    """
    sorted_answers = sorted(answers, key=lambda each: (each.answered_at, each.id))
    places = {question: place for place, question in reversed(list(enumerate(questions)))}
    found: list[list[Answer]] = [[] for _question in questions]
    for each in sorted_answers:
        at_place = each.question < len(questions) and questions[each.question] == each.asked
        place = each.question if at_place else places.get(each.asked, each.question)
        if place < len(questions):
            found[place].append(each)
    return tuple(tuple(group) for group in found)


def _clean(draft: AnswerDraft) -> AnswerDraft:
    return replace(
        draft,
        text=clean_text(draft.text, field=FIELD, limit=ANSWER_LIMIT),
        answered_by=clean_line(draft.answered_by, field="answered_by", limit=NAME_LIMIT),
    )
