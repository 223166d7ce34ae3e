"""Finds many phrases in a text at once, accents aside, from syllable to syllable.

Vietnamese writes every syllable apart, so a phrase is a run of whole syllables. The automaton of Aho and Corasick
walks over syllables instead of letters, and only where a text holds every syllable of some phrase: sets of syllables
tell that at the speed of the interpreter's own code.
"""

from collections import deque
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from spokesdesk.domain.text import fold

K = TypeVar("K", bound=Hashable)
# What stands between two sentences or parts of one; no phrase reaches over it.
STOP = "|"
_JOINING = frozenset("-‐‑‒–—−_/'’ʼ·&")


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


class _Node(Generic[K]):
    __slots__ = ("back", "ends", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node[K]] = {}
        self.back: _Node[K] | None = None
        self.ends: tuple[K, ...] = ()


class PhraseIndex(Generic[K]):
    """Phrases to be found, each under a key.

    Args:
        phrases: key → its phrases as written; one without a letter or digit is left out.
    """

    def __init__(self, phrases: Mapping[K, Iterable[str]]) -> None:
        self._root: _Node[K] = _Node()
        # By its longest syllable, which is its rarest as a rule: what else a phrase must have.
        self._needed: dict[str, list[frozenset[str]]] = {}
        for key, written in phrases.items():
            for phrase in written:
                self._add(key, tuple(part for part in syllables(phrase).split() if part != STOP))
        self._anchors = frozenset(self._needed)
        self._link()

    def keys_in(self, text: str) -> tuple[K, ...]:
        """Give the keys of the phrases that stand in a text, in the order they are first met.

        Args:
            text: as ``syllables`` gives it.
        """
        words = text.split(" ")
        present = self._anchors.intersection(words)
        if not present:
            return ()
        known = frozenset(words)
        if not any(needed <= known for anchor in present for needed in self._needed[anchor]):
            return ()
        return tuple(dict.fromkeys(key for _end, key in self._walk(words)))

    def _walk(self, words: Sequence[str]) -> Iterator[tuple[int, K]]:
        """Give where phrases end and their keys; the one that began first comes first among equals."""
        root = self._root
        node = root
        for at, word in enumerate(words):
            while word not in node.next and node.back is not None:
                node = node.back
            node = node.next.get(word, root)
            for key in node.ends:
                yield at, key

    def _add(self, key: K, parts: tuple[str, ...]) -> None:
        if not parts:
            return
        node = self._root
        for part in parts:
            node = node.next.setdefault(part, _Node())
        node.ends = (*node.ends, key)
        self._needed.setdefault(max(parts, key=len), []).append(frozenset(parts))

    def _link(self) -> None:
        """Let every node know where to go on when the next syllable does not follow."""
        waiting = deque(self._root.next.values())
        for node in waiting:
            node.back = self._root
        while waiting:
            node = waiting.popleft()
            for part, child in node.next.items():
                back = node.back
                while back is not None and part not in back.next:
                    back = back.back
                child.back = self._root if back is None else back.next[part]
                child.ends = (*child.ends, *child.back.ends)
                waiting.append(child)
