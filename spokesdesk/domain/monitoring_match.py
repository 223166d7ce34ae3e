"""Finds many phrases in a text at once, accents aside, from syllable to syllable.

Vietnamese writes every syllable apart, so a phrase can begin only behind a space. Walking a tree of letters at each
space finds what the automaton of Aho and Corasick finds at every letter; written as one regular expression, the walk
is done by the interpreter's own engine, many times as fast as steps in Python would be.
"""

import re
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from spokesdesk.domain.text import fold

K = TypeVar("K", bound=Hashable)
# What stands between two sentences or parts of one; no phrase reaches over it.
STOP = "|"
_JOINING = frozenset("-‐‑‒–—−_/'’ʼ·&")
_END = ""


def syllables(text: str) -> str:
    """Give a text as it is matched: folded syllables with one space between, ``|`` where a sign parts them.

    ``Sở Y tế – TP. Cần Thơ`` → ``so y te tp | can tho``; a dash or a slash joins, for both are written either way.
    """
    plain = fold(text)
    signs = {char for char in set(plain) if not (char.isalnum() or char == " ")}
    if signs:
        table = {ord(char): " " if char in _JOINING else f" {STOP} " for char in signs}
        plain = " ".join(plain.translate(table).split())
    return plain


class PhraseIndex(Generic[K]):
    """Phrases to be found, each under a key.

    Args:
        phrases: key → its phrases as written; one without a letter or digit is left out.
    """

    def __init__(self, phrases: Mapping[K, Iterable[str]]) -> None:
        self._keys: dict[str, tuple[K, ...]] = {}
        for key, written in phrases.items():
            for phrase in written:
                folded = " ".join(part for part in syllables(phrase).split() if part != STOP)
                if folded and key not in self._keys.get(folded, ()):
                    self._keys[folded] = (*self._keys.get(folded, ()), key)
        # Behind a space the longest phrase is found; what it begins with was found with it.
        self._found = {phrase: self._with_beginnings(phrase) for phrase in self._keys}
        tree = _tree(self._keys)
        self._pattern = re.compile(f" (?=({_written(tree)})(?: |$))") if tree else None

    def keys_in(self, text: str) -> tuple[K, ...]:
        """Give the keys of the phrases that stand in a text, in the order they are first met.

        Args:
            text: as ``syllables`` gives it.
        """
        if self._pattern is None:
            return ()
        met = dict.fromkeys(self._pattern.findall(f" {text}"))
        return tuple(dict.fromkeys(key for phrase in met for key in self._found[phrase]))

    def _with_beginnings(self, phrase: str) -> tuple[K, ...]:
        parts = phrase.split(" ")
        begun = (" ".join(parts[:end]) for end in range(1, len(parts) + 1))
        return tuple(dict.fromkeys(key for each in begun for key in self._keys.get(each, ())))


def _tree(phrases: Iterable[str]) -> dict[str, Any]:
    """Give the letters of phrases as a tree; ``""`` marks where one ends."""
    tree: dict[str, Any] = {}
    for phrase in phrases:
        node = tree
        for letter in phrase:
            node = node.setdefault(letter, {})
        node[_END] = {}
    return tree


def _written(node: dict[str, Any]) -> str:
    """Give a tree as a regular expression that takes the longest phrase; a chain of single letters stays flat."""
    taken: list[str] = []
    while len(node) == 1 and _END not in node:
        ((letter, node),) = node.items()
        taken.append(re.escape(letter))
    further = [
        f"{re.escape(letter)}{_written(child)}" for letter, child in sorted(node.items()) if letter != _END
    ]
    if not further:
        return "".join(taken)
    # Further letters count only when the phrase they begin ends at a space, too: else the shorter one holds.
    return "".join(taken) + f"(?:{'|'.join(further)}){'?' if _END in node else ''}"
