"""What is asked of the full-text index: folded words, each of which begins some word of an entry."""

from collections.abc import Sequence

from spokesdesk.domain.text import fold

WORDS_LIMIT = 16
SNIPPET_CHARS = 120
# Letters of two old scripts that SQLite's older table of Unicode takes for signs between words.
_PARTING = frozenset(map(chr, (*range(0x19B0, 0x19CA), 0x1CF2, 0x1CF3)))
# A letter of private use: no one types it, and the index takes it for a part of a word.
_MARK = "\ue000"


def folded(kind: str, title: str, body: str) -> str:
    """Give what is indexed of a record: a mark of its kind, then its words as ``fold`` has them."""
    return f"{kind_mark(kind)} {fold(f'{title} {body}')}"


def kind_mark(kind: str) -> str:
    """Give the word that every record of a kind holds."""
    return _MARK + kind


def query_of(words: str, kinds: Sequence[str] = ()) -> str:
    """Give the FTS5 query for typed words: every word must begin some word; "" when nothing can be searched."""
    parts = _parts(words)
    # A single letter as a prefix reads most of the index; it must be a whole word.
    terms = [f'"{part}"*' if len(part) > 1 else f'"{part}"' for part in parts]
    return " AND ".join([*_kinds(kinds), *terms]) if terms else ""


def query_of_any(words: Sequence[str], kinds: Sequence[str] = ()) -> str:
    """Give the FTS5 query for records that hold any of some whole words; "" when there is none."""
    parts = dict.fromkeys(part for word in words for part in _parts(word))
    terms = " OR ".join(f'"{part}"' for part in parts)
    return " AND ".join([*_kinds(kinds), f"({terms})"]) if terms else ""


def query_of_pairs(pairs: Sequence[tuple[str, str]], kinds: Sequence[str] = ()) -> str:
    """Give the FTS5 query for records that hold both words of any of some pairs; "" when there is none."""
    both = [" AND ".join(f'"{part}"' for part in _parts(" ".join(pair))) for pair in pairs[:WORDS_LIMIT]]
    terms = " OR ".join(f"({each})" for each in both if each)
    return " AND ".join([*_kinds(kinds), f"({terms})"]) if terms else ""


def snippet(body: str, indexed: str, words: str) -> str:
    """Give the part of a text around the first of the words, at most 120 characters and two marks of omission.

    Args:
        body: the text.
        indexed: what ``folded`` made of it and its title.
        words: as typed.
    """
    at = len(indexed) - len(body)
    # Folding keeps one character a letter in NFC text; where it did not, the beginning is shown instead.
    kept = at > 0 and indexed[at - 1] == " "
    places = [indexed.find(part, at) - at for part in _parts(words)] if kept else []
    start = max(0, min((place for place in places if place >= 0), default=0) - SNIPPET_CHARS // 4)
    if start:
        start = body.find(" ", start) + 1 or start
    end = start + SNIPPET_CHARS
    return ("…" if start else "") + body[start:end].strip() + ("…" if end < len(body) else "")


def _parts(words: str) -> list[str]:
    plain = "".join(char if char.isalnum() and char not in _PARTING else " " for char in fold(words))
    return plain.split()[:WORDS_LIMIT]


def _kinds(kinds: Sequence[str]) -> list[str]:
    return [f"({' OR '.join(f'{chr(34)}{kind_mark(kind)}{chr(34)}' for kind in kinds)})"] if kinds else []
