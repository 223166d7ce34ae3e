"""Judging what a person showed, one way for each kind of papers."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.rules import PapersCheck, RulePack
from spokesdesk.domain.text import short_date
from spokesdesk.domain.verification.cards import judge_card
from spokesdesk.domain.verification.demands import may_not_demand, reason
from spokesdesk.domain.verification.records import (
    DefenceFacts,
    Facts,
    ForeignFacts,
    Judged,
    LetterFacts,
    Verification,
    VerificationKind,
    VerificationResult,
)


def verify(kind: VerificationKind, facts: Facts, on: date, pack: RulePack) -> Verification:
    """Judge what a person showed by the law of that day.

    Args:
        kind: what was shown.
        facts: what was read off it; None or facts of another kind count as nothing read.
        on: the day of the contact in Vietnam.
        pack: the law as data.

    Source: Luật Báo chí 2016, Điều 25, 28; Luật Báo chí 2025, Điều 27, 28; văn bản ghi trong từng lý do.
    """
    result, reasons = _JUDGES[kind](facts, on, pack)
    return Verification(kind, result, tuple(reasons), may_not_demand(kind, on, pack), facts)


def _judge_papers(
    kind: VerificationKind, profile_id: str, said: Mapping[str, object], on: date, pack: RulePack
) -> Judged:
    """Judge by a profile: what is past, what is missing, or that all is in order."""
    profile = pack.profiles[profile_id]
    until = said.get(profile.until)
    late = isinstance(until, date) and until < on
    valid, missing, expired = _RESULTS[kind]
    reasons = []
    if isinstance(until, date) and until < on:
        reasons.append(reason(profile.expired.format(day=short_date(until)), profile.about, kind, on, pack))
    lacking = [check for check in pack.checks if profile_id in check.profiles and _lacks(check, said)]
    reasons += [reason(check.missing, check.about, kind, on, pack) for check in lacking]
    if late:
        return expired, reasons
    if reasons:
        return missing, reasons
    return valid, [reason(profile.good, profile.about, kind, on, pack)]


def _lacks(check: PapersCheck, said: Mapping[str, object]) -> bool:
    if not all(said.get(fact) for fact in check.only):
        return False
    value = said.get(check.fact)
    return not (value.strip() if isinstance(value, str) else value)


def _judge_letter(facts: Facts, on: date, pack: RulePack) -> Judged:
    letter = facts if isinstance(facts, LetterFacts) else LetterFacts()
    return _judge_papers(VerificationKind.LETTER, "letter", asdict(letter), on, pack)


def _judge_foreign(facts: Facts, on: date, pack: RulePack) -> Judged:
    foreign = facts if isinstance(facts, ForeignFacts) else ForeignFacts()
    resident = "foreign_resident" if foreign.resident else "foreign_visiting"
    profile = "foreign_assistant" if foreign.assistant else resident
    return _judge_papers(VerificationKind.FOREIGN, profile, asdict(foreign), on, pack)


def _judge_defence(facts: Facts, on: date, pack: RulePack) -> Judged:
    shown = facts if isinstance(facts, DefenceFacts) else DefenceFacts()
    letter = asdict(shown.letter) if shown.letter else {}
    said = asdict(shown) | {f"letter_{name}": value for name, value in letter.items()}
    return _judge_papers(VerificationKind.DEFENCE, "defence", said, on, pack)


def _judge_none(facts: Facts, on: date, pack: RulePack) -> Judged:
    said = _("Chưa xuất trình giấy tờ; có thể đề nghị thẻ nhà báo hoặc giấy giới thiệu, không phải cả hai")
    return VerificationResult.NONE, [reason(said, "letter", VerificationKind.NONE, on, pack)]


# Valid, missing, expired.
_RESULTS = {
    VerificationKind.LETTER: (
        VerificationResult.LETTER_VALID,
        VerificationResult.LETTER_MISSING_SCOPE,
        VerificationResult.LETTER_EXPIRED,
    ),
    VerificationKind.FOREIGN: (
        VerificationResult.FOREIGN_PERMIT,
        VerificationResult.FOREIGN_MISSING,
        VerificationResult.FOREIGN_EXPIRED,
    ),
    VerificationKind.DEFENCE: (
        VerificationResult.DEFENCE_VALID,
        VerificationResult.DEFENCE_MISSING,
        VerificationResult.DEFENCE_EXPIRED,
    ),
}

_JUDGES: dict[VerificationKind, Callable[[Facts, date, RulePack], Judged]] = {
    VerificationKind.CARD: judge_card,
    VerificationKind.LETTER: _judge_letter,
    VerificationKind.FOREIGN: _judge_foreign,
    VerificationKind.DEFENCE: _judge_defence,
    VerificationKind.NONE: _judge_none,
}
