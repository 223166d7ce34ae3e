"""A pack of rules as a file (bộ quy định): what it says of itself, what its signature covers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.rules.records import RulePack

SIGNATURE = "signature"
_HEAD = frozenset({"kind", "name", "version", "issued_on", "note"})


class PackKind(StrEnum):
    """``law``: the whole law, signed by the publisher. ``local``: a province's or agency's own rules on top."""

    LAW = "law"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class PackHead:
    """What a pack says of itself.

    Attributes:
        name: in Vietnamese; a later pack of the same name replaces a local one.
        version: numbers with dots, e.g. ``2026.12.1``.
        issued_on: when it was made, when it says so.
        note: what a person should know before taking it.
    """

    kind: PackKind
    name: str
    version: str
    issued_on: date | None
    note: str


def head_of(file: str, content: Mapping[str, object]) -> PackHead:
    """Give what a pack says of itself.

    Raises:
        UserError: ``pack_no_head``; ``rules_malformed`` naming the key.
    """
    named = content.get("pack")
    if not isinstance(named, Mapping):
        raise UserError("pack_no_head", field="file", file=file)
    values = {key: named.get(key, "") for key in ("name", "version", "note")}
    wrong = [key for key in named if key not in _HEAD]
    wrong += [key for key, value in values.items() if not isinstance(value, str)]
    wrong += [key for key in ("name", "version") if not str(values[key]).strip()]
    if named.get("kind") not in list(PackKind):
        wrong.append("kind")
    issued_on = named.get("issued_on")
    if issued_on is not None and type(issued_on) is not date:
        wrong.append("issued_on")
    if not wrong and not _numbers(str(values["version"])):
        wrong.append("version")
    if wrong:
        raise UserError("rules_malformed", file=file, rule="pack", key=wrong[0])
    on = issued_on if type(issued_on) is date else None
    return PackHead(
        PackKind(str(named["kind"])), str(values["name"]), str(values["version"]), on, str(values["note"])
    )


def canonical(content: Mapping[str, object]) -> bytes:
    """Give what a signature covers: all but the signature, as JSON with sorted keys, whatever the file's layout."""
    covered = {key: value for key, value in content.items() if key != SIGNATURE}
    return json.dumps(
        covered, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    ).encode()


def is_newer(version: str, than: str) -> bool:
    """Tell whether a version comes after another, number by number."""
    return _numbers(version) > _numbers(than)


def require_whole(pack: RulePack, present: RulePack) -> None:
    """Refuse a law pack that lacks what the program works with: it would silently stop clocks.

    Raises:
        ConflictError: ``pack_incomplete`` naming what is missing.
    """
    missing = [key for key in present.events if key not in pack.events and key not in _own(present)]
    missing += [
        instrument.id
        for instrument in present.instruments.values()
        if not instrument.is_local and instrument.id not in pack.instruments
    ]
    if not pack.grounds or not pack.card_terms or not pack.profiles:
        missing.append("ground, card_term, profile")
    if missing:
        raise ConflictError("pack_incomplete", field="file", missing=", ".join(missing[:5]))


def _own(pack: RulePack) -> frozenset[str]:
    """Give the events that only local rules know."""
    local = {rule.event for rule in pack.rules.values() if rule.is_local}
    return frozenset(local - {rule.event for rule in pack.rules.values() if not rule.is_local})


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.strip().split(".")
    return tuple(int(part) for part in parts) if all(part.isdecimal() for part in parts) else ()


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
