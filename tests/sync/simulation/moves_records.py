"""What people do at their desks: records, drafts, entries, and choices about conflicts."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.domain.library import LawEntry
from spokesdesk.services import journal, library, papers, people, requests, sync
from spokesdesk.services.ports.sync import SyncConflict
from tests.sync.simulation.history import History, traces

FIELDS = ("phone", "address", "remit")


def edit_field(history: History, n: int) -> None:
    """Type another value into a field of an outlet."""
    history.begin()
    if not history.sees(n):
        return
    which, name = history.random.choice(history.world.outlets), history.random.choice(FIELDS)
    desk = history.desk(n)
    found = people.outlet(desk, which)
    values: dict[str, Any] = {name: history.types(n, getattr(found, name))}
    people.save_outlet(desk, replace(found, **values))
    history.say(f"desk {n} types {values} into outlet {history.world.outlets.index(which)}")


def edit_text(history: History, n: int) -> None:
    """Type another sentence into the draft."""
    history.begin()
    if not history.sees(n):
        return
    desk = history.desk(n)
    found = papers.paper(desk, history.world.paper)
    body, trace = _rewritten(history, n, found.letter.body)
    papers.save_letter(desk, found.id, replace(found.letter, body=body), found.version)
    history.say(f"desk {n} types {trace} into the draft")


def edit_law(history: History, n: int) -> None:
    """Type another sentence into an instrument of the library, if it is there."""
    history.begin()
    desk, found = history.desk(n), _law(history, n)
    if found is None:
        return
    text, trace = _rewritten(history, n, found.draft.text)
    library.save(desk, replace(found.draft, text=text), found.id)
    history.say(f"desk {n} types {trace} into the instrument")


def _rewritten(history: History, n: int, text: str) -> tuple[str, str]:
    sentences = re.split(r"(?<=\.)(\s+)", text)
    at = history.random.randrange(0, len(sentences), 2)
    trace = history.types(n, sentences[at])
    sentences[at] = f"Sửa {trace} ở đây."
    return "".join(sentences), trace


def _law(history: History, n: int) -> LawEntry | None:
    try:
        return library.entry(history.desk(n), history.world.law)
    except UserError:
        return None


def drop_law(history: History, n: int) -> None:
    """Take the instrument out of the library."""
    history.begin()
    found = _law(history, n)
    if found is not None:
        history.dropped = found
        history.told.seen_over |= traces(found.draft.text)
        library.drop(history.desk(n), found.id)
        history.say(f"desk {n} drops the instrument")


def put_law_back(history: History, n: int) -> None:
    """Undo that, on the same desk or, as a mistake of its own, on another one."""
    history.begin()
    if history.sees(n) and history.dropped is not None and _law(history, n) is None:
        library.put_back(history.desk(n), history.dropped)
        history.say(f"desk {n} puts the instrument back")


def write_entry(history: History, n: int) -> None:
    """Write a contact down."""
    history.begin()
    desk = history.desk(n)
    at, outlet = desk.now() - timedelta(minutes=5), f"Báo {history.step_n}"
    draft = ContactDraft(Channel.PHONE, at, outlet, "Phạm Thu Hà", f"việc {history.step_n}")
    made, _changes = journal.log_contact(desk, draft)
    history.told.entries[made.id] = (n, history.step_n)
    history.say(f"desk {n} writes a contact down")


def hold_request(history: History, n: int) -> None:
    """Pass the request on."""
    history.begin()
    if not history.sees(n):
        return
    holder = f"Phòng {history.step_n}"
    requests.hold(history.desk(n), history.world.request, holder)
    history.told.steps[holder] = (n, history.step_n)
    history.say(f"desk {n} passes the request to {holder}")


def settle(history: History, n: int) -> None:
    """Decide a conflict that the desk shows."""
    history.begin()
    desk = history.desk(n)
    found = sync.conflicts(desk)
    if not found:
        return
    one = history.random.choice(sorted(found, key=lambda each: each.id))
    pick = history.random.choice(("current", "mine"))
    try:
        sync.settle(desk, one.id, pick)
    except ConflictError:
        return
    _decided(history, one, pick)
    history.say(f"desk {n} decides {one.field} for {pick}: {getattr(one, pick)!r}"[:200])


def _decided(history: History, one: SyncConflict, pick: str) -> None:
    left = one.mine if pick == "current" else one.current
    history.told.seen_over |= traces(left) - traces(getattr(one, pick))
