"""What a press card (thẻ nhà báo) is worth on a day."""

from datetime import date

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.rules import CardTerm, RulePack
from spokesdesk.domain.text import short_date
from spokesdesk.domain.verification.demands import cited, reason
from spokesdesk.domain.verification.records import (
    CardFacts,
    Facts,
    Judged,
    VerificationKind,
    VerificationResult,
    absent,
)


def judge_card(facts: Facts, on: date, pack: RulePack) -> Judged:
    """Judge a press card: past its end it is expired; without number or dates it cannot be judged.

    Source: Luật Báo chí 2016, Điều 28 khoản 2; Luật Báo chí 2025, Điều 28 khoản 4; terms in the rule pack.
    """
    card = facts if isinstance(facts, CardFacts) else CardFacts()
    term = _term(card, pack)
    end = _card_end(card, term)
    if end is not None and on > end:
        return VerificationResult.CARD_EXPIRED, [_end_reason(_("Thẻ hết giá trị sau ngày {day}"), end, term)]
    missing = absent(
        (not card.number, _("Chưa ghi số thẻ")),
        (
            end is None,
            _("Chưa ghi ngày cấp hoặc ngày hết hạn in trên thẻ nên chưa biết thẻ còn giá trị hay không"),
        ),
        (
            card.issued_on is not None and card.issued_on > on,
            _("Ngày cấp thẻ sau ngày tiếp xúc; hãy xem lại thẻ"),
        ),
    )
    if missing or end is None:
        reasons = [reason(each, "card", VerificationKind.CARD, on, pack) for each in missing]
        return VerificationResult.CARD_INCOMPLETE, reasons
    return VerificationResult.CARD_VALID, [_end_reason(_("Thẻ có giá trị đến hết ngày {day}"), end, term)]


def _term(card: CardFacts, pack: RulePack) -> CardTerm | None:
    for term in pack.card_terms:
        if card.issued_on is None:
            if term.printed_until is not None and term.printed_until == card.expires_on:
                return term
        elif term.issued_from <= card.issued_on and (
            term.issued_to is None or card.issued_on <= term.issued_to
        ):
            return term
    return None


def _card_end(card: CardFacts, term: CardTerm | None) -> date | None:
    by_rule = _end_by_rule(card, term)
    if card.expires_on is None:
        return by_rule
    # The end printed on the card counts; only an extension of a whole term reaches beyond it.
    extended = term is not None and term.printed_until == card.expires_on and term.valid_until is not None
    return max(card.expires_on, by_rule) if extended and by_rule else card.expires_on


def _end_by_rule(card: CardFacts, term: CardTerm | None) -> date | None:
    if term is None:
        return None
    if term.valid_until is not None:
        return term.valid_until
    if term.valid_years is None or card.issued_on is None:
        return None
    year, issued = card.issued_on.year + term.valid_years, card.issued_on
    leap_day = issued.month == 2 and issued.day == 29
    return date(year, 2, 28) if leap_day else issued.replace(year=year)


def _end_reason(sentence: str, end: date, term: CardTerm | None) -> str:
    said = sentence.format(day=short_date(end))
    if term is None:
        return _("{said} (ngày in trên thẻ).").format(said=said)
    note = f" {term.note}" if term.note else ""
    return f"{term.title}. {said}{cited(term.citation, term.confidence)}{note}"
