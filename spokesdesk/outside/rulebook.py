"""The rule pack and the working calendar, read from the data files that come with the program."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spokesdesk import assets
from spokesdesk.domain.calendar import WorkingCalendar, parse_calendar
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.rules import RulePack, parse_pack

DESK_FILE = "desk.toml"
# Files of the same folder that are no rules with a clock; their nouns read them.
NOT_PACK = frozenset({DESK_FILE, "routing.toml", "offences.toml", "follow_up.toml"})


@dataclass(frozen=True, slots=True)
class DeskRules:
    """How the desk uses the rule pack.

    Attributes:
        answer_events: events that a contact may start an answer clock with.
        outlet_kinds: kind of outlet in the address book → kind in the rules.
    """

    answer_events: tuple[str, ...]
    outlet_kinds: Mapping[str, str]


@cache
def load_pack() -> RulePack:
    """Give the law that comes with the program.

    Raises:
        UserError: ``rules_malformed``; a file of the program was damaged.
    """
    return read_pack(assets.path("rules"))


@cache
def load_calendar() -> WorkingCalendar:
    """Give the working calendar that comes with the program, without the agency's own days.

    Raises:
        UserError: ``calendar_malformed``; a file of the program was damaged.
    """
    files = sorted(assets.path("calendar").glob("*.toml"))
    return parse_calendar(_contents(files, "calendar_malformed"))


@cache
def load_desk_rules() -> DeskRules:
    """Give how the desk uses the rule pack.

    Raises:
        UserError: ``rules_malformed``.
    """
    content = _contents([assets.path("rules", DESK_FILE)], "rules_malformed")[DESK_FILE]
    events, kinds = content.get("answer_events"), content.get("outlet_kinds")
    if not isinstance(events, list) or not isinstance(kinds, dict):
        raise UserError("rules_malformed", file=DESK_FILE, rule="*", key="answer_events, outlet_kinds")
    return DeskRules(tuple(map(str, events)), {str(key): str(value) for key, value in kinds.items()})


def shipped_contents() -> dict[str, dict[str, object]]:
    """Give the rule files that come with the program, by name, as read from TOML."""
    files = [file for file in sorted(assets.path("rules").glob("*.toml")) if file.name not in NOT_PACK]
    return _contents(files, "rules_malformed")


def read_pack(*folders: Path) -> RulePack:
    """Give the rules of one or more folders together, e.g. the program's and a province's own.

    Args:
        folders: each with ``*.toml`` files; a later one may cite the instruments of an earlier one.

    Raises:
        UserError: ``rules_malformed``, naming the file, the rule and the key.
    """
    files = [
        file for folder in folders for file in sorted(folder.glob("*.toml")) if file.name not in NOT_PACK
    ]
    return parse_pack(_contents(files, "rules_malformed"))


def _contents(files: Iterable[Path], code: str) -> dict[str, dict[str, object]]:
    contents: dict[str, dict[str, object]] = {}
    for file in files:
        name = file.name if file.name not in contents else str(file)
        try:
            contents[name] = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as wrong:
            raise UserError(code, file=file.name, rule="*", key=str(wrong)) from wrong
    return contents
