"""Representative offices of outlets (văn phòng đại diện) in our province."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.people import NAME_LIMIT, NOTE_LIMIT, Ref
from spokesdesk.domain.text import clean_line, clean_text


@dataclass(frozen=True, slots=True)
class Office:
    """An outlet's representative office.

    Attributes:
        head: trưởng văn phòng đại diện.
        decision: the paper that set it up.
        from_on: the first day, ``until_on`` the last; None when not known.
    """

    id: UUID
    outlet: Ref
    address: str
    head: str = ""
    phone: str = ""
    email: str = ""
    decision: str = ""
    from_on: date | None = None
    until_on: date | None = None
    note: str = ""

    def is_open(self, on: date) -> bool:
        """Tell whether the office works on a day."""
        return (self.from_on is None or self.from_on <= on) and (self.until_on is None or on <= self.until_on)


def checked_office(office: Office) -> Office:
    """Give the office with clean text; raises UserError naming the field."""
    if office.from_on and office.until_on and office.until_on < office.from_on:
        raise UserError("posting_days", field="until_on")
    lines: dict[str, Any] = {
        field: clean_line(getattr(office, field), field=field, limit=NAME_LIMIT, required=field == "address")
        for field in ("address", "head", "phone", "email", "decision")
    }
    return replace(office, note=clean_text(office.note, field="note", limit=NOTE_LIMIT), **lines)
