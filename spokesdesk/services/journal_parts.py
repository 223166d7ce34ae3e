"""What a contact is put together from besides its own fields: the other journalists, the answers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from spokesdesk.domain import verification as papers_check
from spokesdesk.domain.answers import FIELD as ANSWERS
from spokesdesk.domain.answers import Answer, AnswerDraft
from spokesdesk.domain.companions import FIELD as COMPANIONS
from spokesdesk.domain.companions import Companion, CompanionDraft
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import Contact
from spokesdesk.domain.people import Journalist
from spokesdesk.domain.verification import CardFacts, Facts
from spokesdesk.services.people import named_journalist, named_outlet
from spokesdesk.services.ports import Desk, Unit


def companions_of(
    desk: Desk, unit: Unit, drafts: Sequence[CompanionDraft], on: date
) -> tuple[Companion, ...]:
    """Give the other journalists of a contact, found or created, each with papers judged by the law of the day.

    Raises:
        UserError: field ``companions``; an ambiguous name lists who is meant by it.
    """
    return tuple(_companion(desk, unit, draft, on) for draft in drafts)


def _companion(desk: Desk, unit: Unit, draft: CompanionDraft, on: date) -> Companion:
    try:
        outlet = named_outlet(desk, unit, draft.outlet, draft.outlet_id)
        who = named_journalist(desk, unit, draft.journalist, draft.journalist_id, outlet)
    except UserError as error:
        raise UserError(error.code, field=COMPANIONS, **error.params) from error
    if who is not None:
        remember_card(unit, who, draft.facts)
    checked = papers_check.verify(draft.verification, draft.facts, on, desk.rules)
    return Companion(who.ref if who else None, outlet or (who.outlet if who else None), checked)


def remember_card(unit: Unit, who: Journalist, facts: Facts) -> None:
    """Keep the card shown with the journalist, so that next time it is prefilled."""
    if not isinstance(facts, CardFacts) or not facts.number or facts.number == who.card_number:
        return
    shown = replace(
        who,
        card_number=facts.number,
        card_issued_on=facts.issued_on,
        card_expires_on=facts.expires_on,
    )
    unit.people.save_journalist(shown)


def with_answers(desk: Desk, unit: Unit, entry: Contact, drafts: Sequence[AnswerDraft]) -> Contact:
    """Give the entry with its answers: to its own questions, and to those of earlier entries.

    Raises:
        UserError: field ``answers``: the earlier entry does not have that question; or no such entry.
    """
    for earlier in (entry.follows, entry.corrects):
        if earlier is not None:
            unit.journal.get(earlier)
    answers = [_answer(desk, unit, entry, draft) for draft in drafts]
    own = tuple(each for each in answers if each.contact_id == entry.id)
    return replace(entry, answers=own, replies=tuple(each for each in answers if each.contact_id != entry.id))


def _answer(desk: Desk, unit: Unit, entry: Contact, draft: AnswerDraft) -> Answer:
    asking = entry if draft.of is None else unit.journal.get(draft.of)
    if not 0 <= draft.question < len(asking.questions):
        raise UserError("answer_without_question", field=ANSWERS, n=draft.question + 1)
    made: UUID = desk.new_id()
    return Answer(
        id=made,
        contact_id=asking.id,
        question=draft.question,
        asked=asking.questions[draft.question],
        text=draft.text,
        answered_by=draft.answered_by or entry.answered_by,
        answered_at=draft.answered_at or entry.received_at,
        given_in=entry.id,
    )
