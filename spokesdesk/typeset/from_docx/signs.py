"""What single lines of a paper say: number, date, stamps, rules drawn with signs."""

import re
from datetime import date

from spokesdesk.domain.letters import FIRST_DAY, LAST_DAY, MOST_NUMBER, LetterKind, Urgency
from spokesdesk.domain.text import fold
from spokesdesk.typeset.from_docx.lines import Line, Piece, cut
from spokesdesk.typeset.nd30 import form

CLOSING = " \t;.,"
_NUMBER = re.compile(r"s[ốo]\s*[:.]?\s*(\d{0,11})[\s._…]*/\s*(\S.*)", re.IGNORECASE)
_DATE = re.compile(
    r"(?:(?P<place>\D{1,100}?)\s*,\s*)?ngày(?P<day>[\s\d._…]*)tháng(?P<month>[\s\d._…]*)năm(?P<year>[\s\d._…]*)",
    re.IGNORECASE,
)
_RULE = re.compile(r"[\s\-_=*–—~.·o]+")
_TABS, _SPACES = re.compile(r"\s*\t\s*"), re.compile(r"\s{3,}")
_ABOUT = re.compile(r"\(?\s*(v\s*/\s*v|về việc)\b\s*[:.]?\s*", re.IGNORECASE)


def key(text: str) -> str:
    """Give a text's letters and digits alone, without accents and case."""
    return "".join(char for char in fold(text) if char.isalnum())


COUNTRY, MOTTO = key(form().words.country), key(form().words.motto)
_STAMPS = {key(stamp.words): urgency for urgency, stamp in form().stamps.items()}
_TITLES = {key(kind.title): name for name, kind in form().kinds.items() if kind.title}


def is_rule(text: str) -> bool:
    """Tell whether a line is only drawn, with signs in place of letters."""
    return bool(text) and bool(_RULE.fullmatch(text)) and text.strip(" o") != ""


def number_of(text: str) -> tuple[int | None, str] | None:
    """Give number and symbol of "Số: 214/STTTT-TTBCXB"; the number is None where blanks are left."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None or len(found[2]) > 30:
        return None
    number = int(found[1]) if found[1] else None
    if number is not None and not 1 <= number <= MOST_NUMBER:
        return None
    return number, found[2].strip(CLOSING)


def day_of(text: str) -> tuple[str, date | None] | None:
    """Give place and date of "Long An, ngày 12 tháng 3 năm 2018"; the date is None where blanks are left."""
    found = _DATE.fullmatch(text.strip(CLOSING))
    if found is None:
        return None
    digits = ["".join(re.findall(r"\d", found[name])) for name in ("year", "month", "day")]
    place = (found["place"] or "").strip()
    if not all(digits):
        return (place, None) if not any(digits[1:]) else None
    try:
        on = date(*map(int, digits))
    except (ValueError, OverflowError):
        return None
    return (place, on) if FIRST_DAY <= on <= LAST_DAY else None


def urgency_of(text: str) -> Urgency | None:
    """Give the degree of urgency that a stamp says."""
    return _STAMPS.get(key(text))


def kind_of(text: str) -> LetterKind | None:
    """Give the kind of paper whose printed name a line is."""
    return _TITLES.get(key(text))


def subject_of(text: str) -> str | None:
    """Give what stands after "V/v", None when a line does not begin so."""
    found = _ABOUT.match(text)
    return text[found.end() :].strip() if found else None


def sides_of(line: Line) -> tuple[Line | None, Line | None]:
    """Give what stands at the left and at the right of a line parted by tabs or many spaces."""
    text = line.text
    stripped = text.strip()
    start = len(text) - len(text.lstrip())
    is_whole = number_of(stripped) is not None or day_of(stripped) is not None
    gap = _TABS.search(text, start, start + len(stripped))
    if gap is None and not is_whole:
        gap = _SPACES.search(text, start, start + len(stripped))
    if gap is None:
        lone = cut(line, start)
        return (None, lone) if start and text[:start].count("\t") > 1 else (lone, None)
    left_text = text[start : gap.start()]
    left = Line((Piece(left_text, line.pieces[0].bold, line.pieces[0].italic),), line.role, line.align)
    return left, cut(line, gap.end())
