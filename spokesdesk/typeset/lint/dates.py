"""Dates: zeros before days and months, days that do not exist, a letter older than what it cites."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter
from spokesdesk.domain.text import short_date, vn_date
from spokesdesk.typeset.lint.findings import Finding, finding
from spokesdesk.typeset.lint.passages import Passage

LONG = r"(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2})\s+năm\s+(?P<y>\d{4})(?!\d)"
SHORT = r"(?<![\w/.,-])(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4})(?![\w/])"
_LONG = re.compile(rf"(?<!\w)[Nn]gày\s+{LONG}")
_SHORT = re.compile(SHORT)
_CODE = r"(?P<code>\d{1,6}\s*/\s*(?:\d{4}\s*/\s*)?[^\W\d_][\w&]*(?:\s*-\s*[^\W\d_][\w&]*)*)"
_DAY = r"(?P<day>ngày\s+\d{1,2}(?:/\d{1,2}/|\s+tháng\s+\d{1,2}\s+năm\s+)\d{4})"
_CITED = re.compile(rf"{_CODE},?\s+(?:ban hành\s+|ký\s+|đề\s+)?{_DAY}")
_PARTS = re.compile(r"(\d{1,2})(?:/|\s+tháng\s+)(\d{1,2})(?:/|\s+năm\s+)(\d{4})")


def dates(letter: Letter, texts: Sequence[Passage]) -> Iterator[Finding]:
    """Give what is wrong with the dates of a letter (Phụ lục I, Phần I, Mục II, khoản 4 điểm b)."""
    for passage in texts:
        yield from _written(passage)
        if letter.date_on is not None and letter.kind != "bien-ban":
            yield from _later(letter.date_on, passage)


def _written(passage: Passage) -> Iterator[Finding]:
    for pattern, level in ((_LONG, ""), (_SHORT, "warn")):
        for match in pattern.finditer(passage.text):
            on = read_day(match["d"], match["m"], match["y"])
            span = passage.span(*match.span())
            if on is None:
                message = _("Ngày {day} không có trong lịch").format(
                    day=match[0][5:].strip() if pattern is _LONG else match[0]
                )
                yield finding("DT2", passage.field, span, message)
                continue
            right = match[0][0] + vn_date(on)[1:] if pattern is _LONG else short_date(on)
            if " ".join(match[0].split()) != right:
                message = _(
                    "Ngày nhỏ hơn 10 và tháng 1, tháng 2 ghi thêm số 0 phía trước; các tháng khác không ghi"
                )
                yield finding("DT1", passage.field, span, message, right, level)


def _later(dated_on: date, passage: Passage) -> Iterator[Finding]:
    for match in _CITED.finditer(passage.plain):
        parts = _PARTS.search(match["day"])
        on = read_day(*parts.groups()) if parts else None
        if on is not None and on > dated_on:
            message = _("Văn bản ghi ngày {own} nhưng viện dẫn văn bản số {code} ngày {cited}, ban hành sau")
            said = message.format(own=short_date(dated_on), code=match["code"], cited=short_date(on))
            yield finding("DT3", passage.field, passage.span(*match.span()), said)


def read_day(day: str, month: str, year: str) -> date | None:
    """Give the day that three numbers name, None when no calendar has it."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
