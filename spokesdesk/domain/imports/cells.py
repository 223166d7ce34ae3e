"""What one cell of a table says: text made Unicode, dates in every form offices write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from spokesdesk.domain.clock import VN, parse_date, parse_time
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.legacy_text import Encoding, decode, follows, guess, is_unicode, to_unicode
from spokesdesk.domain.text import nfc, short_date

Cell = str | int | float | bool | date | datetime | time | timedelta | None

EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_DAYS = range(10_000, 110_000)
"""Numbers that can be days as Excel counts them: 1927 to 2201."""
EXCEL_ERRORS = frozenset(
    {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
UNCOMPUTED = "\ue000"
"""Stands for a formula whose result the file does not hold; a private character that no office types."""
ARMED = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""

_SHORT_YEAR = re.compile(r"^(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{2})$")
_SPOKEN = re.compile(r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Script:
    """In which encoding the texts of a table are.

    Attributes:
        whole: the old encoding most of the table is in; None for Unicode.
        known: all old encodings, for cells that differ from the rest.
    """

    whole: Encoding | None
    known: tuple[Encoding, ...]


def script_of(texts: Sequence[str], known: Sequence[Encoding]) -> Script:
    """Tell the encoding of a table by a sample of its texts."""
    old = "\n".join(text for text in texts if not text.isascii() and not is_unicode(text))
    return Script(guess(old, known) if old else None, tuple(known))


def shown(cell: Cell) -> str:
    """Give a cell as a person sees it in the table."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return "" if cell == UNCOMPUTED else cell
    if isinstance(cell, datetime):
        has_time = cell.time() != time(0)
        return f"{short_date(cell.date())} {cell:%H:%M}" if has_time else short_date(cell.date())
    if isinstance(cell, date):
        return short_date(cell)
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def unicode_text(text: str, script: Script) -> str:
    """Give a text in Unicode NFC, without the apostrophe that keeps a spreadsheet from computing it."""
    bare = text[1:] if text[:1] == "'" and text[1:2] in ARMED else text
    if bare.isascii():
        return bare
    if script.whole is not None and follows(bare, script.whole):
        return nfc(decode(bare, script.whole))
    return nfc(to_unicode(bare, script.known).text)


def as_date(cell: Cell) -> date | None:
    """Read a date; None for an empty cell.

    Raises:
        UserError: ``date_unreadable``: no date, or a day that does not exist.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = shown(cell).strip()
    if not text:
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool) and int(cell) in EXCEL_DAYS:
        return EXCEL_EPOCH + timedelta(days=int(cell))
    if text.isdecimal() and len(text) == 5 and int(text) in EXCEL_DAYS:
        return EXCEL_EPOCH + timedelta(days=int(text))
    return parse_date(_spelt(text))


def as_time(cell: Cell) -> time | None:
    """Read a time of day; None for an empty cell. Raises UserError ``time_unreadable``."""
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    if isinstance(cell, timedelta):
        cell = cell / timedelta(days=1)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if not 0 <= cell < 1:
            raise UserError("time_unreadable", field="received_time", text=shown(cell))
        minutes = round(cell * 24 * 60)
        return time(min(minutes // 60, 23), minutes % 60)
    text = shown(cell).strip()
    if not text:
        return None
    noon = datetime(2000, 1, 1, 12, tzinfo=VN)
    return parse_time(text, now=noon, field="received_time").astimezone(VN).time()


def as_moment(cell: Cell) -> tuple[date, time | None] | None:
    """Read a day, with its time of day where the cell has one; None for an empty cell.

    Raises:
        UserError: ``date_unreadable``.
    """
    if isinstance(cell, datetime):
        return cell.date(), cell.time() if cell.time() != time(0) else None
    if isinstance(cell, float) and not cell.is_integer() and int(cell) in EXCEL_DAYS:
        return EXCEL_EPOCH + timedelta(days=int(cell)), as_time(cell - int(cell))
    try:
        on = as_date(cell)
        return (on, None) if on else None
    except UserError as fault:
        try:
            at = parse_time(_spelt(shown(cell).strip())).astimezone(VN)
        except UserError:
            raise fault from None
        return at.date(), at.time()


def _spelt(text: str) -> str:
    """Give a date as the desk reads it: ``ngày 5 tháng 9 năm 2018`` and ``05/9/18`` with four digits of the year."""
    spoken = _SPOKEN.search(text)
    if spoken:
        return text.replace(spoken[0], f"{spoken[1]}/{spoken[2]}/{spoken[3]}")
    short = _SHORT_YEAR.match(text)
    return f"{short[1]}/{short[2]}/20{short[3]}" if short else text
