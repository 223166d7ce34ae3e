"""The province's alerts told on this desk: which came since somebody was told, each once."""

from datetime import datetime
from uuid import UUID

from spokesdesk.domain.clock import remaining
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.province import Matter, NoteKind, Severity, Standing
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.province import matter_in, matters_in
from spokesdesk.services.province_due import LOOKED_BACK, is_over

# Up to which place of the inbox alerts were told on this desk.
TOLD = "alerts_told"
_TOLD_OF = (NoteKind.ALERT, NoteKind.REMIND)


def untold(desk: Desk) -> tuple[Matter, ...]:
    """Give the alerts that came, or were repeated, since this desk told of any; nothing is noted by it.

    An alert that somebody of the agency acknowledged meanwhile is not told.
    """
    with desk.read() as unit:
        return _untold(unit)[0]


def tell(desk: Desk) -> tuple[Matter, ...]:
    """Give the same, and note that they are told; the latest first."""
    with desk.write() as unit:
        found, last = _untold(unit)
        if last:
            unit.settings.put(TOLD, last)
    return found


def unheard(desk: Desk) -> frozenset[UUID]:
    """Give the alerts that nobody of this agency acknowledged."""
    with desk.read() as unit:
        recent = matters_in(unit, (NoteKind.ALERT,), desk.now() - LOOKED_BACK)
    return frozenset(one.note.id for one in recent if not (one.note.is_own or one.acknowledged))


def words(matter: Matter, now: datetime) -> tuple[str, str]:
    """Say what an alert is, until when and that it was repeated, with the tone of it; ``now`` UTC."""
    note, due = matter.note, matter.note.due
    parts = [_("Cảnh báo của {agency}: {title}").format(agency=note.agency, title=note.title)]
    if due is not None and due.due_at is not None:
        parts.append(remaining(due.due_at, now).wording)
    if matter.reminders:
        parts.append(_("tỉnh đã nhắc lại {n} lần").format(n=len(matter.reminders)))
    is_late = due is not None and is_over(due, now)
    is_red = matter.severity is Severity.URGENT or bool(matter.reminders) or is_late
    return " – ".join(parts) + ".", "red" if is_red else "amber"


def _untold(unit: Unit) -> tuple[tuple[Matter, ...], int]:
    """Give what is to be told, and the last place of the inbox that was looked at; 0 for nothing new."""
    if unit.province.place().standing is not Standing.AGENCY:
        return (), 0
    kept = unit.settings.get(TOLD)
    came = unit.province.arrived(_TOLD_OF, kept if isinstance(kept, int) else 0)
    found: dict[UUID, Matter] = {}
    for _place, note in reversed(came):
        root = note.id if note.kind is NoteKind.ALERT else note.about
        if root is None or root in found:
            continue
        try:
            matter = matter_in(unit, root)
        except UserError:  # the reminder of an alert that this desk never got
            continue
        if matter.note.kind is NoteKind.ALERT and not matter.acknowledged:
            found[root] = matter
    return tuple(found.values()), max((place for place, _note in came), default=0)
