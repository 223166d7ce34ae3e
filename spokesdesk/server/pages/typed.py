"""What a form of the journalists' door brings: its fields, and days and times as people type them."""

from datetime import date, datetime
from urllib.parse import parse_qsl

from starlette.requests import Request

from spokesdesk.domain.clock import VN
from spokesdesk.domain.errors import UserError
from spokesdesk.server import requests

FORM_BYTES = 64 * 1024
FIELDS = 20


async def fields(request: Request) -> dict[str, str]:
    """Give the fields of a form; raises UserError("message_malformed") for a body of another kind."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise UserError("message_malformed", detail="content-type")
    data = await requests.body(request, FORM_BYTES)
    try:
        pairs = parse_qsl(
            data.decode("ascii"), keep_blank_values=True, max_num_fields=FIELDS, errors="strict"
        )
    except ValueError:
        raise UserError("message_malformed", detail="form") from None
    return dict(pairs)


def moment_typed(day: str, time: str, *, needed: bool = False) -> datetime | None:
    """Read a day and a time as people in Vietnam type them; both "" for none.

    Args:
        day: 02/12/2026, or as a browser's own field gives it: 2026-12-02.
        time: 14:30; "" takes the end of the working day.

    Returns:
        UTC-aware moment.

    Raises:
        UserError: ``door_wish_form``.
    """
    if not day.strip() and not time.strip() and not needed:
        return None
    found = day_typed(day, "wanted_at", "door_wish_form")
    try:
        hour, _colon, minute = (time.strip().replace("h", ":").replace("g", ":") or "17:00").partition(":")
        return datetime(found.year, found.month, found.day, int(hour), int(minute or 0), tzinfo=VN)
    except (ValueError, OverflowError):
        raise UserError("door_wish_form", field="wanted_at") from None


def day_typed(day: str, name: str, code: str) -> date:
    """Read a day as people type it; raises UserError of the code, naming the field."""
    plain = day.strip()
    try:
        if "/" in plain:
            parts = [int(part) for part in plain.split("/")]
            return date(parts[2], parts[1], parts[0])
        return date.fromisoformat(plain)
    except (ValueError, IndexError, OverflowError):
        raise UserError(code, field=name) from None
