"""Markers of clauses, points and dashes (khoản, điểm, gạch đầu dòng), and the one that follows each."""

import re

# Điểm are lettered by the Vietnamese alphabet (NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 6 điểm đ).
LETTERS = "abcdđeghiklmnopqrstuvxy"
_MARKER = re.compile(r"(?:(\d{1,3}(?:\.\d{1,3})*)\.|([^\W\d_])\)|([-–+•]))\s+")


def clause(at: int) -> str:
    """Give the marker of a clause (khoản), counted from 0."""
    return f"{at + 1}. "


def point(at: int) -> str:
    """Give the marker of a point (điểm), counted from 0."""
    return f"{LETTERS[at % len(LETTERS)]}) "


def dash(_at: int) -> str:
    """Give the marker of a dashed line."""
    return "- "


def marker_of(text: str) -> str:
    """Give the marker a line begins with, as it is written; "" when it has none."""
    found = _MARKER.match(text)
    return found[0] if found else ""


def next_marker(text: str) -> str:
    """Give the marker of the line after this one; "" when this one has none.

    >>> next_marker("1.2. Nội dung")
    '1.3. '
    """
    found = _MARKER.match(text)
    if found is None:
        return ""
    number, letter, sign = found.groups()
    if number:
        above, _dot, last = number.rpartition(".")
        return f"{above}.{int(last) + 1}. " if above else f"{int(last) + 1}. "
    if letter:
        at = LETTERS.find(letter)
        return f"{LETTERS[at + 1]}) " if 0 <= at < len(LETTERS) - 1 else ""
    return f"{sign} "
