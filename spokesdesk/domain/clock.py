"""Times: Vietnamese time without a time zone database, reading what people type, what is left of a limit."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _

# Vietnam has kept one time everywhere, without summer time, since 1975; no time zone database is needed.
VN = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

_YEARS = range(1900, 2201)


def to_vn(at: datetime) -> datetime:
    """Give the same moment in Vietnamese time.

    Args:
        at: an aware time.

    Raises:
        ValueError: the time carries no zone.
    """
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at.astimezone(VN)


def vn_day(at: datetime) -> date:
    """Give the calendar day in Vietnam on which a moment falls."""
    return to_vn(at).date()


def iso_vn(at: datetime) -> str:
    """Give a moment as ISO 8601 in Vietnamese time, to the second: ``2026-11-20T09:15:00+07:00``."""
    return to_vn(at).isoformat(timespec="seconds")


def start_of_day(on: date) -> datetime:
    """Give the UTC moment at which a day begins in Vietnam."""
    return datetime.combine(on, time(0), VN).astimezone(UTC)


def end_of_day(on: date) -> datetime:
    """Give the UTC moment of 23:59:59 on a day in Vietnam.

    Source: Bộ luật Dân sự 2015, Điều 148 khoản 6 (a limit ends at the end, 24:00, of its last day).
    """
    return datetime.combine(on, time(23, 59, 59), VN).astimezone(UTC)


def parse_date(text: str, *, field: str = "date") -> date:
    """Read a date as people write it.

    Args:
        text: ``20/11/2026``, ``20-11-2026``, ``20.11.2026`` or ``2026-11-20``.
        field: name of the field, for the error.

    Raises:
        UserError: ``date_unreadable``: another form, or a day that does not exist.
    """
    found = _date(text.strip().lower().removeprefix("ngày").strip())
    if found is None:
        raise UserError("date_unreadable", field=field, text=text.strip()[:40])
    return found


def parse_time(text: str, *, now: datetime | None = None, field: str = "at") -> datetime:
    """Read a moment as people write it; without an offset it is Vietnamese time.

    Args:
        text: ISO 8601, ``20/11/2026 09:15``, ``9h15 20/11/2026``, a date alone (its first moment), or, when
            ``now`` is given, a time of day alone (``09:15``, today).
        now: the present moment, aware; makes a time of day alone readable.
        field: name of the field, for the error.

    Returns:
        An aware UTC time.

    Raises:
        UserError: ``time_unreadable``.
    """
    found = _iso(text.strip()) or _spoken(text.strip().lower(), now)
    if found is None:
        raise UserError("time_unreadable", field=field, text=text.strip()[:40])
    return found.astimezone(UTC)


def moment_told(text: str) -> datetime:
    """Read a moment as another machine tells it: ISO 8601; without an offset it is UTC.

    Returns:
        An aware UTC time.

    Raises:
        ValueError: another form, or a year of which nobody speaks: near the ends of the calendar a moment has no
            Vietnamese time, and who shows it fails.
    """
    found = datetime.fromisoformat(text)
    if found.year not in _YEARS:
        raise ValueError(text)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _iso(text: str) -> datetime | None:
    if len(text) < 10 or text[4:5] != "-":
        return None
    try:
        found = datetime.fromisoformat(text.replace(" +", "+"))
    except ValueError:
        return None
    if found.year not in _YEARS:
        return None
    return found if found.tzinfo else found.replace(tzinfo=VN)


def _spoken(text: str, now: datetime | None) -> datetime | None:
    for word, sign in (("giờ", "h"), ("phút", " "), ("ngày", " "), ("lúc", " "), (",", " ")):
        text = text.replace(word, sign)
    parts = text.replace(" h", "h").replace("h ", "h").split()
    days = [found for part in parts if (found := _date(part))]
    times = [moment for part in parts if (moment := _time_of_day(part)) is not None]
    if len(days) + len(times) != len(parts) or len(days) > 1 or len(times) > 1:
        return None
    if not days and (now is None or not times):
        return None
    on = days[0] if days else vn_day(now or datetime.now(UTC))
    return datetime.combine(on, times[0] if times else time(0), VN)


def _date(text: str) -> date | None:
    for sign in "/-.":
        parts = text.split(sign)
        if len(parts) == 3 and all(part.isascii() and part.isdecimal() for part in parts):
            if len(parts[0]) == 4:
                parts.reverse()
            day, month, year = map(int, parts)
            try:
                return date(year, month, day) if year in _YEARS else None
            except ValueError:
                return None
    return None


def _time_of_day(text: str) -> time | None:
    parts = text.replace("h", ":").rstrip(":").split(":")
    if text == text.replace("h", ":").replace(":", "") or not 1 <= len(parts) <= 3:
        return None
    if not all(part.isascii() and part.isdecimal() and len(part) <= 2 for part in parts):
        return None
    try:
        hour, minute, second = [*map(int, parts), 0, 0][:3]
        return time(hour, minute, second)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left of a limit at a moment.

    Attributes:
        due_at: when the limit ends (UTC).
        seconds: seconds left; negative once it has passed.
        overdue: the limit has passed.
        wording: the same in Vietnamese: ``còn 3 giờ 12 phút``, ``quá hạn 2 ngày``.
    """

    due_at: datetime
    seconds: int
    overdue: bool
    wording: str


def remaining(due_at: datetime, now: datetime) -> Remaining:
    """Say what is left until a limit ends, or by how much it has passed.

    A limit that ends with the day counts by calendar days, as an office does: the day after is one day late.

    Args:
        due_at: when the limit ends, aware.
        now: the present moment, aware.
    """
    seconds = int((due_at - now).total_seconds())
    overdue = now > due_at
    days, rest = divmod(abs(seconds), 86400)
    if to_vn(due_at).time() >= time(23, 59, 59):
        days = abs((vn_day(due_at) - vn_day(now)).days)
        span = _days(days) if days else _hours(abs(seconds))
    elif days >= 2:
        span = _days(days)
    elif days == 1 and rest >= 3600:
        span = f"{_days(1)} {_hours(rest // 3600 * 3600)}"
    else:
        span = _days(1) if days else _hours(rest)
    wording = (_("quá hạn {span}") if overdue else _("còn {span}")).format(span=span)
    return Remaining(due_at.astimezone(UTC), seconds, overdue, wording)


def _days(days: int) -> str:
    return _("{n} ngày").format(n=days)


def _hours(seconds: int) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    if not hours and not minutes:
        return _("chưa đến 1 phút")
    parts = [_("{n} giờ").format(n=hours)] if hours else []
    if minutes:
        parts.append(_("{n} phút").format(n=minutes))
    return " ".join(parts)


EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
"""No machine that runs this program can be at an earlier moment: its clock is wrong."""
SET_BACK = timedelta(hours=12)
"""So much before the journal's latest entry, a clock was set back; less may be a mended minute."""


def clock_caution(now: datetime, latest_at: datetime | None) -> str:
    """Say that the machine's clock must be wrong, "" when nothing speaks against it.

    Args:
        now: what the machine says, aware.
        latest_at: when the journal's latest entry was written, aware; None for an empty journal.
    """
    if now < EARLIEST:
        known = EARLIEST if latest_at is None else max(EARLIEST, latest_at)
    elif latest_at is not None and now < latest_at - SET_BACK:
        known = latest_at
    else:
        return ""
    return _(
        "Đồng hồ máy đang chỉ {now}, sớm hơn cả {known} là lúc chắc chắn đã qua. Mọi mục ghi lúc này vẫn được giữ "
        "theo đúng thứ tự, nhưng ngày giờ và thời hạn sẽ sai: hãy chỉnh đồng hồ máy, rồi đính chính các mục đã ghi."
    ).format(now=f"{to_vn(now):%H:%M %d/%m/%Y}", known=f"{to_vn(known):%H:%M %d/%m/%Y}")
