"""Finding words in a text being written, with their accents or without."""

import unicodedata
from collections.abc import Iterator

_DROPPED = frozenset(range(0x300, 0x370))


def matches(text: str, wanted: str, *, accents: bool) -> Iterator[tuple[int, int]]:
    """Give where a text holds what is wanted, whatever the case; matches do not overlap.

    Args:
        text: to search in.
        wanted: to search for; nothing is found for an empty one.
        accents: whether accents must be the same; else *cai chinh* finds *cải chính*.

    Yields:
        Start and end, in characters of ``text``.
    """
    needle = "".join(_plain(char, accents=accents) for char in unicodedata.normalize("NFC", wanted))
    if not needle:
        return
    hay, places = [], []
    for at, char in enumerate(text):
        plain = _plain(char, accents=accents)
        hay.append(plain)
        places += [at] * len(plain)
    whole = "".join(hay)
    at = whole.find(needle)
    while at >= 0:
        end = places[at + len(needle) - 1] + 1
        while not accents and end < len(text) and ord(text[end]) in _DROPPED:
            end += 1
        yield places[at], end
        at = whole.find(needle, at + len(needle))


def _plain(char: str, *, accents: bool) -> str:
    if char.isascii():
        return char.lower()
    lower = char.lower()
    if accents:
        return lower
    apart = unicodedata.normalize("NFD", lower)
    return "".join("d" if each == "đ" else each for each in apart if ord(each) not in _DROPPED)
