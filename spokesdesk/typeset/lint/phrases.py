"""Names with one right spelling, found in whatever letters they are written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from spokesdesk.typeset.lint.findings import data, words

_WORD = re.compile(r"\w+")
# Both places of the tone mark are met in papers; either is let be.
_OLD_TONES = (("Ủy", "Uỷ"), ("óa", "oá"), ("òa", "oà"), ("ủy", "uỷ"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """A name in its right spelling.

    Attributes:
        pattern: the same words in any letters.
        after: when not empty, only found after one of these.
        not_after: not found after any of these.
    """

    rule: str
    right: str
    pattern: re.Pattern[str]
    after: tuple[str, ...]
    not_after: tuple[str, ...]

    def stands(self, text: str, at: int) -> bool:
        """Whether what stands before a place lets the name be meant there."""
        before = f" {text[max(at - 60, 0) : at].rstrip().lower()}"
        if self.after:
            return before.endswith(tuple(f" {word.lower()}" for word in self.after))
        return not before.endswith(tuple(f" {word}" for word in self.not_after))


def phrase(rule: str, right: str, entry: dict[str, Any] | None = None) -> Phrase:
    """Give a name to look for; ``entry`` may hold ``after`` and ``not_after``."""
    right = " ".join(right.split())
    letters = r"\s+".join(re.escape(part) for part in right.split())
    given = entry or {}
    pattern = re.compile(rf"{letters}(?!\w)", re.IGNORECASE)
    return Phrase(rule, right, pattern, tuple(given.get("after", ())), tuple(given.get("not_after", ())))


def index(phrases: list[Phrase]) -> dict[str, list[Phrase]]:
    """Sort names by their first word, the longest first."""
    found: dict[str, list[Phrase]] = {}
    for each in sorted(phrases, key=lambda one: len(one.right), reverse=True):
        first = _WORD.search(each.right)
        if first:
            found.setdefault(first[0].lower(), []).append(each)
    return found


@cache
def known() -> dict[str, list[Phrase]]:
    """Give the names of the rule data by their first word."""
    made: list[Phrase] = []
    for entry in data()["phrases"]:
        for name in _names(entry):
            made += [phrase(entry["rule"], form, entry) for form in _forms(name)]
    years = [f"{can} {chi}" for can in words("can") for chi in words("chi")]
    made += [phrase("C15", year, {"after": ["năm", "xuân", "tết"]}) for year in years]
    return index(made)


def _names(entry: dict[str, Any]) -> Iterator[str]:
    for name in entry["words"]:
        yield from (f"{kind} {name}" for kind in entry["kinds"]) if "kinds" in entry else (name,)


def _forms(name: str) -> set[str]:
    forms = {name}
    for new, old in _OLD_TONES:
        forms |= {form.replace(new, old) for form in forms}
    return forms


def misspelt(text: str, names: dict[str, list[Phrase]]) -> Iterator[tuple[int, int, Phrase]]:
    """Give the places where a name stands in other letters than its right ones.

    Yields:
        Start, end, the name. A place in capitals throughout is passed over: heads and titles are printed so.
    """
    reached = 0
    for word in _WORD.finditer(text):
        if word.start() < reached:
            continue
        for each in names.get(word[0].lower(), ()):
            found = each.pattern.match(text, word.start())
            if found and each.stands(text, word.start()):
                reached = found.end()
                if not _is_right(found[0], each.right):
                    yield found.start(), found.end(), each
                break


def _is_right(written: str, right: str) -> bool:
    flat = " ".join(written.split())
    return flat == right or (flat.isupper() and " " in flat)
