"""What must be true of notes between province and agency: each is there once, where it belongs, with its words."""

from collections import Counter

from spokesdesk.domain.journal import Channel
from spokesdesk.domain.province import NoteKind
from spokesdesk.services import province, requests
from spokesdesk.services.ports import Desk
from tests.sync.simulation.history import History
from tests.sync.simulation.places import PROVINCE


def province_faults(history: History) -> list[str]:
    """Say what is wrong."""
    told, found = history.told, []
    for n in sorted(history.joined):
        desk = history.desk(n)
        shown = Counter(one.note.title for one in province.matters(desk, NoteKind.ALERT, NoteKind.ASK))
        if shown != Counter(told.notes_down.keys()):
            found.append(f"desk {n} has of the province {shown}, written {told.notes_down}")
        asked = Counter(words for words, kind in told.notes_down.items() if kind is NoteKind.ASK)
        if _requests(desk) != asked:
            found.append(f"desk {n} has requests of the province {_requests(desk)}, asked {asked}")
    there = history.desk(PROVINCE)
    matters = province.matters(there, NoteKind.ALERT, NoteKind.ASK, NoteKind.DIFFICULTY)
    came = Counter(reply.text for one in matters for reply in one.replies)
    came.update(one.note.title for one in matters if one.note.kind is NoteKind.DIFFICULTY)
    # What a desk forgot with its disk may have been sent before.
    if came != Counter({*came, *told.notes_up}):
        found.append(f"the province has {came}, written {told.notes_up}")
    return found


def _requests(desk: Desk) -> Counter[str]:
    rows = requests.request_rows(desk, requests.request_numbers(desk))
    found = (requests.request(desk, row.id) for row in rows)
    return Counter(one.topic for one in found if one.channel is Channel.PROVINCE)
