"""What the format check (kiểm tra thể thức) finds, and the data that says how grave it is and by which clause."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from spokesdesk import assets


class Level(StrEnum):
    """How sure and how grave a finding is."""

    ERROR = "error"
    WARN = "warn"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One place of a letter that departs from the rules of form.

    Attributes:
        rule: key of the rule in ``resources/formats/lint_nd30.toml``, e.g. ``C14``.
        field: path of the field as in a letter file: ``body``, ``addressees.2``, ``signers.1.name``.
        start: first character of the place in the field's text (as ``domain.letters.tidy`` gives it), from 0.
        end: the character after the last one; equal to ``start`` where something is missing.
        message: what is wrong, for a person.
        suggestion: what should stand there instead of ``text[start:end]``; "" when nothing can be proposed.
        clause: where the rule stands, e.g. ``Phụ lục II, V.7``.
    """

    rule: str
    level: Level
    field: str
    start: int
    end: int
    message: str
    suggestion: str
    clause: str


@cache
def data() -> dict[str, Any]:
    """Give the rule data."""
    return tomllib.loads(assets.read_text("formats", "lint_nd30.toml"))


def words(name: str) -> tuple[str, ...]:
    """Give one of the lists of the rule data, e.g. ``families``."""
    return tuple(data()["lists"][name])


def finding(
    rule: str,
    field: str,
    span: tuple[int, int],
    message: str,
    suggestion: str = "",
    level: str = "",
) -> Finding:
    """Give a finding of a rule; its clause, and its level unless another is given, come from the rule data."""
    known = data()["rules"][rule]
    return Finding(rule, Level(level or known["level"]), field, *span, message, suggestion, known["clause"])


@cache
def expand(pattern: str) -> re.Pattern[str]:
    """Give a pattern with the letter classes and lists it names (%U, %L, %F, %P, %T) put in, compiled."""
    for mark, text in _classes().items():
        pattern = pattern.replace(mark, text)
    return re.compile(pattern)


@cache
def _classes() -> dict[str, str]:
    letters = [chr(code) for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00))]
    lists = {"%F": words("families"), "%P": words("honoured"), "%T": words("types")}
    return {
        "%U": _runs([letter for letter in letters if letter.isupper()]),
        "%L": _runs([letter for letter in letters if letter.islower()]),
        **{mark: "|".join(_loose(item) for item in _longest_first(items)) for mark, items in lists.items()},
    }


def _loose(text: str) -> str:
    return r"\s+".join(re.escape(part) for part in text.split())


def _longest_first(items: tuple[str, ...]) -> list[str]:
    return sorted(items, key=len, reverse=True)


def _runs(letters: list[str]) -> str:
    """Give letters as the inside of a character class."""
    return "".join(letters)


def is_small(letter: str) -> bool:
    """Tell whether a letter is small and has a capital: ª and º count as small and have none."""
    return letter.islower() and letter.upper() != letter
