"""The rows of the contact form read as drafts: other journalists, answers, things given."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from spokesdesk.domain.answers import AnswerDraft
from spokesdesk.domain.clock import parse_time
from spokesdesk.domain.companions import CompanionDraft
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import Given, GivenForm
from spokesdesk.domain.verification import VerificationKind
from spokesdesk.gui.journal.answers import aligned
from spokesdesk.gui.journal.facts import facts_of

Json = Mapping[str, object]
# What a row holds without anybody having typed it.
_GIVEN_FREE = frozenset({"of", "question", "asked", "asked_on", "form", "kind", "typed"})


def has_text(value: Json) -> bool:
    """Whether somebody typed something into a row."""
    typed = value.get("typed")
    texts = [item for key, item in value.items() if key not in _GIVEN_FREE]
    texts += list(typed.values()) if isinstance(typed, Mapping) else []
    return any(isinstance(text, str) and text.strip() for text in texts)


def companion_draft(value: Json) -> CompanionDraft:
    """Give one more journalist as typed; raises UserError of the field ``companions``."""
    kind = _kind(value.get("kind"))
    typed = value.get("typed")
    try:
        facts = facts_of(kind, typed if isinstance(typed, Mapping) else {}, strict=True)
    except UserError as error:
        raise UserError(error.code, field="companions", **error.params) from error
    return CompanionDraft(
        journalist=_text(value, "journalist"),
        outlet=_text(value, "outlet"),
        journalist_id=_id(_text(value, "journalist_id")),
        outlet_id=_id(_text(value, "outlet_id")),
        verification=kind,
        facts=facts,
    )


def answer_drafts(values: Sequence[Json], questions: Sequence[str], now: datetime) -> tuple[AnswerDraft, ...]:
    """Give the answers that have a text, each with its question.

    Args:
        values: as the rows hold them.
        questions: of the form, as they are now: they may have changed since the rows were made.
        now: UTC.

    Raises:
        UserError: of the field ``answers``, for a time that cannot be read.
    """
    earlier = [value for value in values if value.get("of")]
    rows = [*aligned(questions, values), *earlier]
    return tuple(_answer(value, now) for value in rows if _text(value, "text").strip())


def given(value: Json) -> Given:
    """Give one more thing that was given."""
    form = value.get("form")
    return Given(_text(value, "text"), GivenForm(str(form)) if form in list(GivenForm) else GivenForm.ORAL)


def _answer(value: Json, now: datetime) -> AnswerDraft:
    at, place = _text(value, "at"), value.get("question")
    return AnswerDraft(
        question=place if isinstance(place, int) else -1,
        text=_text(value, "text"),
        of=_id(_text(value, "of")),
        answered_by=_text(value, "by"),
        answered_at=parse_time(at, now=now, field="answers") if at.strip() else None,
    )


def _kind(value: object) -> VerificationKind:
    return VerificationKind(str(value)) if value in list(VerificationKind) else VerificationKind.NONE


def _text(value: Json, key: str) -> str:
    text = value.get(key, "")
    return text if isinstance(text, str) else ""


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
