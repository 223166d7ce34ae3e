"""The rule pack and the working calendar, read from the data files that come with the program."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from spokesdesk import assets
from spokesdesk.domain.calendar import WorkingCalendar, parse_calendar
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.rules import RulePack, parse_pack


@cache
def rule_pack() -> RulePack:
    """Give the law that comes with the program.

    Raises:
        UserError: ``rules_malformed``; a file of the program was damaged.
    """
    return read_pack(assets.path("rules"))


@cache
def working_calendar() -> WorkingCalendar:
    """Give the working calendar that comes with the program, without the agency's own days.

    Raises:
        UserError: ``calendar_malformed``; a file of the program was damaged.
    """
    return parse_calendar(_contents(_files(assets.path("calendar")), "calendar_malformed"))


def read_pack(*folders: Path) -> RulePack:
    """Give the rules of one or more folders together, e.g. the program's and a province's own.

    Args:
        folders: each with ``*.toml`` files; a later one may cite the instruments of an earlier one.

    Raises:
        UserError: ``rules_malformed``, naming the file, the rule and the key.
    """
    return parse_pack(_contents([file for folder in folders for file in _files(folder)], "rules_malformed"))


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))


def _contents(files: Iterable[Path], code: str) -> dict[str, dict[str, object]]:
    contents: dict[str, dict[str, object]] = {}
    for file in files:
        name = file.name if file.name not in contents else str(file)
        try:
            contents[name] = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
            raise UserError(code, file=file.name, rule="*", key=str(wrong)) from wrong
    return contents
