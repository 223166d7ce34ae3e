"""What may and may not be demanded on a day, and the citations that reasons carry."""

from datetime import date

from spokesdesk.domain.rules import CardTerm, Citation, Confidence, Demand, RulePack
from spokesdesk.domain.verification.records import VerificationKind


def may_demand(kind: VerificationKind, on: date, pack: RulePack) -> tuple[str, ...]:
    """Give the sentences on what may be demanded on a day, each with its citation."""
    return tuple(_with_source(rule.text, rule) for rule in _demands(kind, on, pack) if rule.allowed)


def may_not_demand(kind: VerificationKind, on: date, pack: RulePack) -> tuple[str, ...]:
    """Give the sentences on what may not be demanded on a day, each with its citation."""
    return tuple(_with_source(rule.text, rule) for rule in _demands(kind, on, pack) if not rule.allowed)


def not_to_be_kept(on: date, pack: RulePack) -> tuple[str, ...]:
    """Give the sentences on what may not be copied nor kept on a day, each with its citation."""
    found = _demands(VerificationKind.NONE, on, pack)
    return tuple(_with_source(rule.text, rule) for rule in found if rule.about == "identity_copy")


def _demands(kind: VerificationKind, on: date, pack: RulePack) -> list[Demand]:
    foreign_or_defence = kind in (VerificationKind.FOREIGN, VerificationKind.DEFENCE)
    profile = kind.value if foreign_or_defence else "general"
    return [
        rule
        for rule in pack.demands
        if rule.profile in (profile, "any")
        and rule.in_force_from <= on
        and (rule.in_force_to is None or on <= rule.in_force_to)
    ]


def _with_source(sentence: str, rule: Demand | CardTerm) -> str:
    return sentence + cited(rule.citation, rule.confidence)


def cited(citation: Citation, confidence: Confidence) -> str:
    """Give the end of a sentence: its citation in brackets, any doubt about its text, a full stop."""
    doubt = "" if confidence is Confidence.VERIFIED else f"; {confidence.wording}"
    return f" ({citation.text}{doubt})."


def reason(sentence: str, about: str, kind: VerificationKind, on: date, pack: RulePack) -> str:
    """Give a sentence with the citation of what may be demanded in that matter on that day.

    Args:
        sentence: without its full stop.
        about: the matter, as the data names it (``card``, ``letter`` …).
        kind: what was shown.
        on: day of the contact.
        pack: the law as data.
    """
    for rule in _demands(kind, on, pack):
        if rule.about == about and rule.allowed:
            return _with_source(sentence, rule)
    return f"{sentence}."
