"""What is due about spokespeople: publishing one in time, and rights that lapse."""

from dataclasses import dataclass
from uuid import UUID

from spokesdesk.domain import standing as standings
from spokesdesk.domain.clock import end_of_day, vn_day
from spokesdesk.domain.journal import Due
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.rules import choose
from spokesdesk.domain.spokespeople import BY_LETTER, Authorisation, SpeakerKind
from spokesdesk.services.journal import due_of
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.today import DueItem, Dues

_ASSIGNED = "spokesperson_assigned"
_LAPSES = "authorisation_lapses"


@dataclass(frozen=True, slots=True)
class SpeakerDue:
    """One thing with a date: ``title`` what, ``detail`` who; ``due.due_at`` is never None."""

    id: UUID
    title: str
    detail: str
    due: Due


def publication_due(desk: Desk, held: Authorisation) -> Due | None:
    """Give until when a regular spokesperson is to be published; None once published, or when no law sets a time.

    Source: Nghị định 244/2026/NĐ-CP, Điều 3 khoản 3 (24 hours from the decision).
    """
    with desk.read() as unit:
        return _publication(desk, unit, held)


def due(desk: Desk, unit: Unit) -> tuple[SpeakerDue, ...]:
    """Give what is due: unpublished spokespeople, authorisations that lapse soon or have just lapsed."""
    today = vn_day(desk.now())
    known = [item for item in unit.spokespeople.all() if item.corrected_by is None]
    found = [
        SpeakerDue(item.id, _("Công bố người phát ngôn"), _who(item), reckoned)
        for item in known
        if (reckoned := _publication(desk, unit, item)) is not None and reckoned.due_at is not None
    ]
    return (*found, *(_lapse(desk, item) for item in standings.lapsing(known, today)))


def dues(desk: Desk, unit: Unit, limit: int) -> Dues:
    """Give the same for the first page."""
    found = [DueItem("spokesperson", item.id, item.title, item.detail, item.due) for item in due(desk, unit)]
    return Dues(tuple(found[:limit]), len(found))


def _publication(desk: Desk, unit: Unit, held: Authorisation) -> Due | None:
    is_over = held.ending is not None or held.corrected_by is not None
    if held.kind is not SpeakerKind.REGULAR or held.decided_at is None or is_over or held.published_at:
        return None
    found = choose(desk.rules, _ASSIGNED, vn_day(held.decided_at))
    return due_of(desk, unit, found[0], held.decided_at) if found else None


def _lapse(desk: Desk, item: Authorisation) -> SpeakerDue:
    assert item.until_on is not None
    wording = _("Quyền phát ngôn hết hạn")
    found = choose(desk.rules, _LAPSES, item.from_on) if item.kind in BY_LETTER else ()
    law = found[0].citation.text if found else ""
    own = Due(found[0].id if found else "", end_of_day(item.until_on), wording, law, "verified")
    return SpeakerDue(item.id, wording, _who(item), own)


def _who(item: Authorisation) -> str:
    return " · ".join(part for part in (item.name, " ".join(item.scope.split())) if part)
