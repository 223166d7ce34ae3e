"""A calendar file (RFC 5545) of periodic duties: all-day entries with a reminder, the same UID for the same turn."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from spokesdesk.domain.duties import DutyTurn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import short_date

_MOST_OCTETS = 75
REMIND_DAYS = 3


def calendar_file(turns: Iterable[DutyTurn], made_at: datetime, name: str) -> bytes:
    """Give the file: UTF-8, CRLF, lines folded at 75 octets; turns already done are left out.

    Args:
        made_at: UTC, when the file was made.
        name: of the calendar.

    Source: RFC 5545, 3.1 (folding), 3.3.11 (escapes), 3.6.1, 3.6.6.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//SpokesDesk//Duties//VI", "CALSCALE:GREGORIAN"]
    lines += [f"X-WR-CALNAME:{_escaped(name)}"]
    for turn in turns:
        if turn.done_on is None:
            lines += _event(turn, made_at)
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) + "\r\n" for line in lines).encode()


def _event(turn: DutyTurn, made_at: datetime) -> list[str]:
    rule = turn.rule
    told = [rule.action, _("Căn cứ: {law}").format(law=rule.citation.text)]
    if rule.confidence.is_uncertain:
        told.append(rule.confidence.wording)
    if turn.data_from and turn.data_to:
        told.append(
            _("Số liệu từ {first} đến {last}").format(
                first=short_date(turn.data_from), last=short_date(turn.data_to)
            )
        )
    return [
        "BEGIN:VEVENT",
        f"UID:{turn.uid}",
        f"DTSTAMP:{made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{turn.due_on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{turn.due_on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(rule.title)}",
        f"DESCRIPTION:{_escaped(chr(10).join(told))}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"TRIGGER:-P{REMIND_DAYS}D",
        f"DESCRIPTION:{_escaped(rule.title)}",
        "END:VALARM",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    for char in ("\\", ";", ","):
        text = text.replace(char, f"\\{char}")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a line so that none is longer than 75 octets, never inside a letter."""
    parts, length = [""], 0
    for char in line:
        size = len(char.encode())
        if length + size > _MOST_OCTETS:
            parts.append(" ")
            length = 1
        parts[-1] += char
        length += size
    return "\r\n".join(parts)
