"""Two people changed the same field: what both meant, or that a person must decide. Pure, the same on desk and portal.

A text is merged by whole sentences and only where the changed places do not touch: word by word,
1.200.500 corrected to 2.200.500 and to 1.200.700 would give a number that nobody wrote (sync.md D4, §1.1).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A longer text goes to a person: no press paper is one, and the search for what is equal grows with the square.
MOST_SENTENCES = 5_000

_ENDER = re.compile(r"[.!?…]+[\"'”’»)\]*_]*(?=\s)|\n")
_LIST_MARK = re.compile(r"[-*+•–#|>]|\d{1,3}[.)]\s|[a-zđ][.)]\s")
_LINE_END = re.compile(r"[.!?…:;,|]\s*$")
# Not the end of a sentence: Th.S, TP, đ/c, v.v, tr …; short words in capitals are taken for one as well.
_ABBREVIATIONS = frozenset(
    [
        "ths",
        "th.s",
        "tp",
        "ts",
        "gs",
        "pgs",
        "bs",
        "ks",
        "ls",
        "cn",
        "đ/c",
        "v.v",
        "vv",
        "st",
        "tr",
        "t.p",
        "tx",
        "tt",
        "q",
        "p",
        "h",
        "nxb",
        "mr",
        "mrs",
        "ms",
        "dr",
        "no",
    ]
)
# A short number after one of these, or at the beginning of a line, numbers what follows: Điều 5. Nội dung …
_COUNTED = frozenset(
    [
        "",
        *[
            "điều",
            "khoản",
            "mục",
            "điểm",
            "chương",
            "phần",
            "bài",
            "lục",
            "số",
            "quyển",
            "tập",
            "kỳ",
            "lần",
            "quý",
            "ngày",
            "tháng",
        ],
    ]
)


class How(StrEnum):
    """How two changes of one field are merged."""

    SCALAR = "scalar"  # một giá trị
    TEXT = "text"  # văn bản, ghép theo câu
    SET = "set"  # tập hợp, ghép theo phần tử
    FOUND = "found"  # máy tìm ra: máy nào ghi trước thì giữ, không ai phải phân xử


@dataclass(frozen=True, slots=True)
class Merged:
    """What a field holds after a change came to it; ``clash``: it keeps what it held, and a person must decide."""

    value: object
    clash: bool = False


@dataclass(frozen=True, slots=True)
class _Region:
    """Sentences ``start`` to ``end`` of the base text become ``new``."""

    start: int
    end: int
    new: tuple[str, ...]

    def touches(self, other: "_Region") -> bool:
        return self.start <= other.end and other.start <= self.end


def same(one: object, other: object) -> bool:
    """Say whether two values of a message are equal, as JSON: 1 is neither true nor 1.0."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(a, b) for a, b in zip(one, other, strict=True))
    return one == other


def merged(
    how: How,
    base: object,
    current: object,
    new: object,
    text_merge: Callable[[str, str, str], str | None] | None = None,
) -> Merged:
    """Merge a change into a field.

    Args:
        how: class of the field; a set is merged by its elements elsewhere and counts as one value here.
        base: what the field held for the person who changed it.
        current: what it holds now.
        new: what that person made of it.
        text_merge: ``merged_text``, or one that remembers what it gave.

    Returns:
        The value from now on; ``clash`` when both sides changed it, each in another way.
    """
    if same(current, new) or same(base, new):
        return Merged(current)
    if same(current, base):
        return Merged(new)
    if how is How.FOUND:
        return Merged(current)
    if how is How.TEXT and isinstance(base, str) and isinstance(current, str) and isinstance(new, str):
        text = (text_merge or merged_text)(base, current, new)
        if text is not None:
            return Merged(text)
    return Merged(current, clash=True)


def merged_text(base: str, one: str, other: str) -> str | None:
    """Merge two changes of a text by whole sentences.

    Returns:
        The text with both changes, every sentence of it as somebody wrote it; None when the changes touch.
    """
    old, left, right = sentences(base), sentences(one), sentences(other)
    if max(len(old), len(left), len(right)) > MOST_SENTENCES:
        return None
    regions = _joined(_regions(old, left), _regions(old, right))
    if regions is None:
        return None
    made: list[str] = []
    at = 0
    for region in regions:
        made += [*old[at : region.start], *region.new]
        at = region.end
    made += old[at:]
    text = "".join(made)
    # Read again it must fall into the same sentences: else two pieces have grown together into something new.
    return text if sentences(text) == made else None


def _regions(old: Sequence[str], new: Sequence[str]) -> list[_Region]:
    head = next(
        (at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    rest = min(len(old), len(new)) - head
    tail = next((at for at in range(rest) if old[-1 - at] != new[-1 - at]), rest)
    matcher = SequenceMatcher(None, old[head : len(old) - tail], new[head : len(new) - tail], autojunk=False)
    return [
        _Region(head + a, head + b, tuple(new[head + c : head + d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]


def _joined(left: Sequence[_Region], right: Sequence[_Region]) -> list[_Region] | None:
    """Give the changes of both sides in order; None when one touches another and is not the very same."""
    for one in left:
        if any(one.touches(two) and one != two for two in right):
            return None
    return sorted({*left, *right}, key=lambda region: (region.start, region.end))


def sentences(text: str) -> list[str]:
    """Cut a text into sentences, each with the space behind it; joined they are the text again.

    Never cut: at a point inside a number (1.200.500), a date (12. 3. 2018) or a shortened word or name (TP. Huế,
    Ng. V. An), and at the end of a line that goes on in the next.
    """
    ends = [*_ends(text), len(text)]
    cuts = zip([0, *ends], ends, strict=False)
    return [text[start:end] for start, end in cuts if end > start]


def _ends(text: str) -> Iterator[int]:
    last = 0
    for found in _ENDER.finditer(text):
        if found.start() < last:
            continue
        after = found.end()
        while after < len(text) and text[after].isspace():
            after += 1
        gap = text[found.end() : after] if found[0] != "\n" else text[found.start() : after]
        is_end = gap.count("\n") > 1 or (
            _ends_line(text, found.start(), after)
            if "\n" in gap
            else _ends_sentence(text, found.start(), after)
        )
        if is_end:
            last = after
            yield after


def _ends_line(text: str, at: int, after: int) -> bool:
    before, rest = text[max(0, at - 40) : at + 1], text[after : after + 8]
    if _LIST_MARK.match(rest) and not (rest[:1].isdigit() and re.search(r"\d\D{0,3}$", before)):
        return True
    if not _LINE_END.search(before) or not rest[:1].isupper():
        return False
    return text[at] == "\n" or _ends_sentence(text, at, after)


def _ends_sentence(text: str, at: int, after: int) -> bool:
    follows = text[after : after + 2].lstrip("\"'“‘«([*_")[:1]
    if not follows or not follows.isupper():
        return not follows and after == len(text)
    if text[at] != ".":
        return True
    return not _is_short(text[max(0, at - 40) : at])


def _is_short(before: str) -> bool:
    """Say whether the point after this may belong to its last word: an abbreviation, an initial, a number of a list."""
    *rest, word = re.split(r"[\s(\"“‘'«*]", before)
    if not any(char.isalnum() for char in word):
        return False
    if word.isdigit():
        return len(word) < 3 and (
            (rest[-1:] or [""])[0].lower() in _COUNTED or "\n" in before[-len(word) - 1 :]
        )
    return len(word) <= 1 or (len(word) <= 4 and word.isupper()) or word.lower() in _ABBREVIATIONS
