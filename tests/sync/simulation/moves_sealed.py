"""What people write that leaves a desk sealed: the facts of a case, the notes of a contact; a desk may lack the key."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from spokesdesk import wire
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.domain.sealing import holds_awaited
from spokesdesk.services import cases, journal, sync
from spokesdesk.services.sync.keys import BOX_BYTES, RECOVERY
from tests.sync.simulation.history import History

# A word that stands only in what is sealed.
SEALED = "lời kín"
FIELDS = ("title", "person", "marks", "facts")


def edit_case(history: History, n: int) -> None:
    """Type another fact of the case, where it can be read."""
    history.begin()
    if not history.sees(n):
        return
    desk, name = history.desk(n), history.random.choice(FIELDS)
    found = cases.case(desk, history.world.case)
    if holds_awaited(tuple(getattr(found.facts, each) for each in FIELDS)):
        history.say(f"desk {n} cannot read the case yet")
        return
    trace = history.types(n, getattr(found.facts, name))
    typed: dict[str, Any] = {name: f"Theo {SEALED} {trace}."}
    cases.save_facts(desk, found.id, replace(found.facts, **typed), found.version)
    history.say(f"desk {n} types {trace} into {name} of the case")


def write_notes(history: History, n: int) -> None:
    """Write a contact down with what was said in it."""
    history.begin()
    desk, words = history.desk(n), f"{SEALED} {history.step_n} của máy {n}"
    at = desk.now() - timedelta(minutes=5)
    draft = ContactDraft(Channel.PHONE, at, f"Báo {history.step_n}", "Phạm Thu Hà", "hỏi thêm")
    made, _changes = journal.log_contact(desk, replace(draft, questions=(words,), given=words))
    history.told.entries[made.id] = (n, history.step_n)
    history.told.notes[made.id] = words
    history.say(f"desk {n} writes {words!r} down")


def new_agency_key(history: History, n: int) -> None:
    """The agency gets its next key: somebody printed another recovery key."""
    history.begin()
    if sync.key_state(history.desk(n)).generation:
        printed = wire.box_key(history.random.randbytes(BOX_BYTES))
        history.desk(n).device_keys.put(RECOVERY, printed.encode())
        history.say(f"desk {n} prints another recovery key")
