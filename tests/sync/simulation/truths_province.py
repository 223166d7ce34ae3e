"""What must be true of notes between province and agency: each is there once, where it belongs, with its words."""

from collections import Counter

from spokesdesk.domain.journal import Channel
from spokesdesk.domain.province import NoteKind
from spokesdesk.domain.requests import RequestState
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
        asked = {words for words, kind in told.notes_down.items() if kind is NoteKind.ASK}
        if not _is_each_once(_requests(desk), asked):
            found.append(f"desk {n} has requests of the province {_requests(desk)}, asked {asked}")
    there = history.desk(PROVINCE)
    matters = province.matters(there, NoteKind.ALERT, NoteKind.ASK, NoteKind.DIFFICULTY)
    came = Counter(reply.text for one in matters for reply in one.replies)
    came.update(one.note.title for one in matters if one.note.kind is NoteKind.DIFFICULTY)
    # What a desk forgot with its disk may have been sent before.
    if came != Counter({*came, *told.notes_up}):
        found.append(f"the province has {came}, written {told.notes_up}")
    return found


def _requests(desk: Desk) -> list[tuple[str, bool]]:
    """Give what was asked, and whether it is open, of every request but closed doubles."""
    rows = requests.request_rows(desk, requests.request_numbers(desk))
    found = [requests.request(desk, row.id) for row in rows]
    standing = [one for one in found if one.state is not RequestState.WITHDRAWN]
    return sorted((one.topic, one.is_open) for one in standing if one.channel is Channel.PROVINCE)


def _is_each_once(standing: list[tuple[str, bool]], asked: set[str]) -> bool:
    """Say whether all that was asked is one open request, or ended; at two desks at once two may have answered."""
    open_ones = [words for words, is_open in standing if is_open]
    ended = {words for words, is_open in standing if not is_open}
    return (
        len(open_ones) == len(set(open_ones)) and not ended & {*open_ones} and ended | {*open_ones} == asked
    )
