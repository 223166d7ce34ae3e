"""Forms that begin from an entry: the correction that says it anew, the follow-up that goes on from it."""

from collections.abc import Iterable
from dataclasses import asdict

from spokesdesk.domain.answers import Answer
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.companions import Companion
from spokesdesk.domain.journal import Channel, Contact
from spokesdesk.domain.people import Ref
from spokesdesk.gui.journal.facts import day_text, typed_of
from spokesdesk.gui.journal.foldrows import Json
from spokesdesk.gui.journal.values import OCCASIONS, Values, moment_text
from spokesdesk.gui.questions import numbered
from spokesdesk.services import journal


def correction_of(entry: Contact, answer_event: str = "") -> Values:
    """Give the form that corrects an entry: everything it says, ready to be changed.

    Args:
        entry: what is corrected; answers given later by other entries stay theirs and are not repeated.
        answer_event: event that started its answer clock, "" for none.
    """
    said = [each for each in (*entry.answers, *entry.replies) if each.given_in == entry.id]
    return Values(
        channel=entry.channel.value,
        received=moment_text(entry.received_at),
        journalist=_name(entry.journalist),
        journalist_id=_id(entry.journalist),
        outlet=_name(entry.outlet),
        outlet_id=_id(entry.outlet),
        kind=entry.verification.kind.value,
        typed=typed_of(entry.verification.facts),
        topic=entry.topic,
        questions=numbered(entry.questions),
        given=entry.given,
        given_form=entry.given_form.value,
        follow_up=entry.follow_up,
        follow_up_on=day_text(entry.follow_up_on),
        answer_event=answer_event,
        attachments=tuple(asdict(item) for item in entry.attachments),
        corrects=str(entry.id),
        corrects_title=_title(entry),
        occasion=entry.occasion,
        answered_by=entry.answered_by,
        recorded=entry.recorded,
        companions=tuple(_companion(each) for each in entry.companions),
        answers=tuple(_answer(each, entry) for each in said),
        givens=tuple({"text": each.text, "form": each.form.value} for each in entry.givens),
        follows=str(entry.follows) if entry.follows else "",
    )


def follow_up_of(entry: Contact, thread: Iterable[Contact]) -> Values:
    """Give the form that follows an entry up: the same people and matter, and every question still open.

    Args:
        entry: what is followed up.
        thread: the thread it stands in.
    """
    is_over = entry.channel.value in OCCASIONS
    return Values(
        channel=Channel.EMAIL.value if is_over else entry.channel.value,
        journalist=_name(entry.journalist),
        journalist_id=_id(entry.journalist),
        outlet=_name(entry.outlet),
        outlet_id=_id(entry.outlet),
        topic=entry.topic,
        answers=open_answers(thread),
        follows=str(entry.id),
        follows_title=_title(entry),
    )


def open_answers(thread: Iterable[Contact]) -> tuple[Json, ...]:
    """Give an empty answer for every open question of a thread."""
    return tuple(
        {
            "of": str(each.of),
            "question": each.question,
            "asked": each.asked,
            "asked_on": day_text(vn_day(each.asked_at)),
            "text": "",
            "by": "",
            "at": "",
        }
        for each in journal.open_questions(thread)
    )


def _answer(answer: Answer, entry: Contact) -> Json:
    """Give an answer of an entry as its correction says it again; one to an earlier entry's question stays so."""
    own = answer.contact_id == entry.id or answer.asked in entry.questions
    return {
        "of": "" if own else str(answer.contact_id),
        "question": answer.question,
        "asked": answer.asked,
        "asked_on": "",
        "text": answer.text,
        "by": "" if answer.answered_by == entry.answered_by else answer.answered_by,
        "at": "" if answer.answered_at == entry.received_at else moment_text(answer.answered_at),
    }


def _companion(companion: Companion) -> Json:
    return {
        "journalist": _name(companion.journalist),
        "journalist_id": _id(companion.journalist),
        "outlet": _name(companion.outlet),
        "outlet_id": _id(companion.outlet),
        "kind": companion.verification.kind.value,
        "typed": typed_of(companion.verification.facts),
    }


def _name(ref: Ref | None) -> str:
    return ref.name if ref else ""


def _id(ref: Ref | None) -> str:
    return str(ref.id) if ref else ""


def _title(entry: Contact) -> str:
    return f"{moment_text(entry.received_at)} · {entry.topic}"
