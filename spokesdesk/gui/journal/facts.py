"""What was read off the papers shown: the verification form's texts and ticks as ``Facts``, and back."""

from collections.abc import Callable, Mapping
from datetime import date

from spokesdesk.domain.clock import parse_date
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import TEXT_LIMIT
from spokesdesk.domain.people import NAME_LIMIT
from spokesdesk.domain.text import clean_line
from spokesdesk.domain.verification import (
    CardFacts,
    DefenceFacts,
    Facts,
    ForeignFacts,
    LetterFacts,
    VerificationKind,
)

Typed = Mapping[str, str | bool]
"""Texts and ticks by field name, e.g. ``{"card_number": "IBT00123", "letter_names_us": True}``."""


class _Reader:
    """Reads typed facts; a strict one refuses what it cannot read, a lenient one leaves it out."""

    def __init__(self, typed: Typed, *, strict: bool) -> None:
        self._typed, self._strict = typed, strict

    def line(self, field: str, limit: int = NAME_LIMIT) -> str:
        text = str(self._typed.get(field, "") or "")
        if self._strict:
            return clean_line(text, field=field, limit=limit)
        return text.strip()

    def day(self, field: str) -> date | None:
        text = str(self._typed.get(field, "") or "").strip()
        if not text:
            return None
        try:
            return parse_date(text, field=field)
        except UserError:
            if self._strict:
                raise
            return None

    def ticked(self, field: str) -> bool:
        return self._typed.get(field) is True


def facts_of(kind: VerificationKind, typed: Typed, *, strict: bool) -> Facts:
    """Give the facts of what was shown.

    Args:
        kind: what was shown.
        typed: the inputs of that kind.
        strict: True when saving; False while typing, where a date that cannot be read yet counts as not read.

    Raises:
        UserError: strict only; names the input.
    """
    maker = _MAKERS.get(kind)
    return maker(_Reader(typed, strict=strict)) if maker else None


def _card(read: _Reader) -> CardFacts:
    return CardFacts(read.line("card_number"), read.day("card_issued_on"), read.day("card_expires_on"))


def _letter(read: _Reader) -> LetterFacts:
    return LetterFacts(
        read.line("letter_number"),
        read.day("letter_until_on"),
        read.ticked("letter_names_us"),
        read.line("letter_content", TEXT_LIMIT),
        read.line("letter_time"),
    )


def _foreign(read: _Reader) -> ForeignFacts:
    return ForeignFacts(
        read.line("permit_number"),
        read.day("permit_until_on"),
        read.ticked("resident"),
        read.ticked("assistant"),
        read.ticked("identity_shown"),
        read.line("permit_scope", TEXT_LIMIT),
    )


def _defence(read: _Reader) -> DefenceFacts:
    letter, card = _letter(read), _card(read)
    return DefenceFacts(
        identity_shown=read.ticked("identity_shown"),
        letter=None if letter == LetterFacts() else letter,
        letter_from_press=read.ticked("letter_from_press"),
        signed_by_head=read.ticked("signed_by_head"),
        sealed=read.ticked("sealed"),
        card=None if card == CardFacts() else card,
        names_holder=read.ticked("names_holder"),
    )


_MAKERS: dict[VerificationKind, Callable[[_Reader], Facts]] = {
    VerificationKind.CARD: _card,
    VerificationKind.LETTER: _letter,
    VerificationKind.FOREIGN: _foreign,
    VerificationKind.DEFENCE: _defence,
}


def typed_of(facts: Facts) -> dict[str, str | bool]:
    """Give the inputs that show these facts."""
    match facts:
        case CardFacts():
            return {
                "card_number": facts.number,
                "card_issued_on": day_text(facts.issued_on),
                "card_expires_on": day_text(facts.expires_on),
            }
        case LetterFacts():
            return {
                "letter_number": facts.number,
                "letter_until_on": day_text(facts.until_on),
                "letter_names_us": facts.names_us,
                "letter_content": facts.content,
                "letter_time": facts.time,
            }
        case ForeignFacts():
            return {
                "permit_number": facts.permit_number,
                "permit_until_on": day_text(facts.until_on),
                "resident": facts.resident,
                "assistant": facts.assistant,
                "identity_shown": facts.identity_shown,
                "permit_scope": facts.scope,
            }
        case DefenceFacts():
            return typed_of(facts.letter) | typed_of(facts.card) | _defence_ticks(facts)
        case None:
            return {}


def _defence_ticks(facts: DefenceFacts) -> dict[str, str | bool]:
    return {
        "identity_shown": facts.identity_shown,
        "letter_from_press": facts.letter_from_press,
        "signed_by_head": facts.signed_by_head,
        "sealed": facts.sealed,
        "names_holder": facts.names_holder,
    }


def day_text(on: date | None) -> str:
    """Give a day as it is typed, ``20/11/2026``; "" for none."""
    return f"{on:%d/%m/%Y}" if on else ""
