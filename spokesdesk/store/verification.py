"""A verification as a JSON column keeps it: result and reasons as they were said, facts as they were read."""

from dataclasses import fields
from datetime import date
from typing import Any

from spokesdesk.domain.verification import (
    CardFacts,
    DefenceFacts,
    Facts,
    ForeignFacts,
    LetterFacts,
    Verification,
    VerificationKind,
    VerificationResult,
)
from spokesdesk.store.rows import RowValues

_FACTS: dict[str, type[Any]] = {
    "card": CardFacts,
    "letter": LetterFacts,
    "foreign": ForeignFacts,
    "defence": DefenceFacts,
}
_NAMES = {record: name for name, record in _FACTS.items()}
_DATES = frozenset({"issued_on", "expires_on", "until_on"})


def verification_value(checked: Verification) -> dict[str, object]:
    """Give the JSON value of a verification."""
    return {
        "kind": checked.kind.value,
        "result": checked.result.value,
        "reasons": list(checked.reasons),
        "may_not_demand": list(checked.may_not_demand),
        "facts": facts_value(checked.facts),
    }


def verification_record(value: RowValues) -> Verification:
    """Give the verification that a JSON column keeps."""
    return Verification(
        VerificationKind(value["kind"]),
        VerificationResult(value["result"]),
        tuple(value["reasons"]),
        tuple(value["may_not_demand"]),
        facts_record(value["facts"]),
    )


def facts_value(facts: Facts) -> dict[str, object] | None:
    """Give the JSON value of what was read off a card or letter."""
    if facts is None:
        return None
    values: dict[str, object] = {"of": _NAMES[type(facts)]}
    for field in fields(facts):
        item = getattr(facts, field.name)
        if isinstance(item, CardFacts | LetterFacts):
            item = facts_value(item)
        values[field.name] = item.isoformat() if isinstance(item, date) else item
    return values


def facts_record(value: RowValues | None) -> Facts:
    """Give the facts that a JSON value keeps; what a later version added is left out."""
    if value is None:
        return None
    record = _FACTS[value["of"]]
    known = {field.name for field in fields(record)}
    items = {name: _item(name, item) for name, item in value.items() if name in known}
    made: Facts = record(**items)
    return made


def _item(name: str, item: Any) -> object:
    if isinstance(item, dict):
        return facts_record(item)
    return date.fromisoformat(item) if name in _DATES and item else item
