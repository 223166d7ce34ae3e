"""Numbers in Vietnamese sentences, and which of them differ from what was said before (số liệu đã nói)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from spokesdesk.domain.text import fold

# How many syllables around a number tell what it counts, and how many pairs of them two sentences must share.
_BEFORE, _AFTER, _SHARED = 8, 6, 2
_SCALES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
_NUMBER = re.compile(
    r"(?<![\w.,/-])(\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?)"  # 1.200.500   7,2   12
    r"(?![\w/]|[.,]\d|-\d)"
    r"(?:\s*(%)|\s+(nghìn|ngàn|triệu|tỷ|tỉ)\b(?:\s+(nghìn|ngàn|triệu|tỷ|tỉ)\b)?)?",
    re.IGNORECASE,
)
# Numbers that name a day, a place in a text or a paper count nothing.
_NAMED = re.compile(
    r"(?:ngày|tháng|năm|quý|điều|khoản|điểm|mục|số|lần thứ|phụ lục|kỳ|khóa|giờ|chương|trang|thứ)\s*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?;\n]*(?:[.,]\d[^.!?;\n]*)*[.!?;\n]?")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that counts something.

    Attributes:
        value: with its scale, ``2,5 tỷ`` is 2500000000.
        unit: ``%`` or what is counted, the folded syllable after it.
        text: as written, with its unit.
        start: where it begins.
        about: pairs of folded syllables around it.
        sentence: in which it stands.
    """

    value: Decimal
    unit: str
    text: str
    start: int
    about: frozenset[tuple[str, str]]
    sentence: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A number now that differs from one said before of the same thing; to be looked at, never refused.

    Attributes:
        source: index of the text in which it was said before.
    """

    now: Figure
    before: Figure
    source: int


def figures(text: str) -> tuple[Figure, ...]:
    """Give the numbers of a text that count something, not those of days, hours, papers and articles of law."""
    return tuple(found for start, sentence in _sentences(text) for found in _of_sentence(sentence, start))


def differences(text: str, earlier: Sequence[str]) -> tuple[Difference, ...]:
    """Give the numbers of a text that differ from what earlier texts say of the same thing.

    Args:
        text: being written.
        earlier: said before, what counts most first.

    Returns:
        One for each number at most, the first earlier text that speaks of it decides; none where that one says the
        same.
    """
    before = [figures(each) for each in earlier]
    found = []
    for now in figures(text):
        for source, known in enumerate(before):
            same = [(_likeness(now, each), each) for each in known if each.unit == now.unit]
            same = [pair for pair in same if pair[0] >= _SHARED]
            if same:
                if all(each.value != now.value for _score, each in same):
                    best = max(same, key=lambda pair: pair[0])[1]
                    found.append(Difference(now, best, source))
                break
    return tuple(found)


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    for match in _SENTENCE.finditer(text):
        if match[0].strip():
            yield match.start(), match[0]


def _of_sentence(sentence: str, start: int) -> Iterator[Figure]:
    for match in _NUMBER.finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        if _NAMED.search(before):
            continue
        syllables = _syllables(after)
        unit = "%" if match[2] else (syllables[0] if syllables else "")
        scale = sum(_SCALES[word.lower()] for word in (match[3], match[4]) if word)
        if not (unit or scale):
            continue
        value = Decimal(match[1].replace(".", "").replace(",", ".")).scaleb(scale)
        around = (*_syllables(before)[-_BEFORE:], "#", *syllables[:_AFTER])
        yield Figure(
            value,
            unit,
            " ".join((match[0] + ("" if match[2] else f" {_first_word(after)}")).split()),
            start + match.start(),
            frozenset(pair for pair in pairwise(around) if "#" not in pair),
            " ".join(sentence.split()),
        )


def _likeness(one: Figure, other: Figure) -> int:
    return len(one.about & other.about)


def _first_word(text: str) -> str:
    found = re.match(r"\s*([^\W\d_]+)", text)
    return found[1] if found else ""


def _syllables(text: str) -> list[str]:
    """Give the syllables of a text, folded; numbers are left out, they are what is compared."""
    plain = "".join(char if char.isalpha() else " " for char in fold(text))
    return plain.split()
