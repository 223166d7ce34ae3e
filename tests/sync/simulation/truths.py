"""What must be true after a history: nothing lost, all alike, the log whole (sync.md §2)."""

import json
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from spokesdesk import wire
from spokesdesk.domain.chain import faults as link_faults
from spokesdesk.domain.chain import peer_faults
from spokesdesk.server.database import reading
from spokesdesk.server.tables import change, conflict, record
from spokesdesk.server.tables import journal as head_table
from spokesdesk.services import cases, journal, people, requests, sync
from tests.sync.pairs import differences
from tests.sync.simulation.history import History, traces
from tests.sync.simulation.moves_sealed import SEALED
from tests.sync.simulation.places import Place
from tests.sync.simulation.truths_door import door_faults
from tests.sync.simulation.truths_province import province_faults


def check(history: History) -> None:
    """Calm the history down, then look; an AssertionError says what is not true."""
    history.calm_down()
    faults = [
        *_log_faults(history),
        *(fault for n in sorted(history.joined) for fault in _desk_faults(history, n)),
        *_lost(history),
        *_kept(history),
        *_shown(history),
        *(door_faults(history) if history.told.asked else ()),
        *(province_faults(history) if history.told.notes_down or history.told.notes_up else ()),
    ]
    assert not faults, "\n".join(faults)


def _of(history: History, table: sa.Table, journal: sa.Column[Any]) -> "sa.Select[Any]":
    return sa.select(table).where(journal == history.world.journal)


def _log_faults(history: History) -> list[str]:
    """The counter counts, the chain holds."""
    found: list[str] = []
    with reading(history.world.engine) as connection:
        head = connection.execute(_of(history, head_table, head_table.c.id)).one()
        rows = connection.execute(_of(history, change, change.c.journal).order_by(change.c.seq)).all()
    if [row.seq for row in rows] != list(range(1, head.seq + 1)):
        found.append("the counter is not the number of entries")
    at = wire.GENESIS
    for row in rows:
        at = wire.chained(at, row.op_id, row.commitment)
        if at != row.chain:
            found.append(f"the chain breaks at {row.seq}")
            break
        if row.effect and wire.commitment(row.salt, row.effect) != row.commitment:
            found.append(f"entry {row.seq} is not what was committed to")
    if at != head.chain:
        found.append("the journal's head is not its last link")
    return found


def _desk_faults(history: History, n: int) -> list[str]:
    place, found = history.world.places[n], []
    for table in ("outbox", "changed"):
        if left := place.rows(f"SELECT count(*) FROM {table}")[0][0]:
            found.append(f"desk {n}: {left} left in {table}")
    with reading(history.world.engine) as connection:
        head = connection.execute(_of(history, head_table, head_table.c.id)).one()
        clashes = connection.execute(_of(history, conflict, conflict.c.journal)).all()
    if place.rows("SELECT epoch, seq, chain FROM enrolled") != [(head.epoch, head.seq, head.chain.hex())]:
        found.append(f"desk {n} does not stand where the journal does")
    shown = {UUID(bytes=row[0]) for row in place.rows("SELECT id FROM sync_conflict WHERE state = 'open'")}
    opened = {row.id for row in clashes if row.state == "open"}
    if shown != opened:
        found.append(f"desk {n} shows other conflicts: {shown} {opened}")
    first = min(history.joined)
    apart = differences(history.world.places[first].desk, place.desk) if n != first else []
    found += [f"desks {first} and {n}: {line}"[:400] for line in apart]
    return found + _record_faults(history, n) + _chain_faults(history, n)


def _record_faults(history: History, n: int) -> list[str]:
    """The desk knows of each record what the portal has."""
    found: list[str] = []
    with reading(history.world.engine) as connection:
        rows = connection.execute(_of(history, record, record.c.journal)).mappings().all()
    there = {row["id"]: row for row in rows}
    for rec, entity, ver, fields, state in history.world.places[n].rows(
        "SELECT record, entity, ver, fields, state FROM replica"
    ):
        held = there.pop(UUID(bytes=rec), None)
        if state == "held" and entity != wire.DOOR_REPLY:
            found.append(f"desk {n} still holds {rec.hex()} back")
        if held is None:
            found.append(f"desk {n} knows a record that the portal does not: {rec.hex()}")
        elif ver != held["ver"] or (state == "deleted") != held["deleted"]:
            found.append(f"desk {n}: {rec.hex()} {ver} {state!r} {dict(held)}"[:400])
        elif fields and not held["deleted"] and json.loads(fields) != _read(held["fields"]):
            found.append(f"desk {n}: {rec.hex()} {fields} {held['fields']}"[:600])
    # A desk that was filled from records needs no words to journalists; the hourly comparison brings them.
    lacked = [row for row in there.values() if not row["deleted"] and row["entity"] != wire.DOOR_REPLY]
    return found + [f"desk {n} lacks {dict(row)}"[:300] for row in lacked]


def _read(fields: Any) -> Any:
    return json.loads(fields) if isinstance(fields, str) else fields


def _chain_faults(history: History, n: int) -> list[str]:
    with history.world.places[n].desk.read() as unit:
        links = tuple(unit.chain.links())
        told = [
            *link_faults(links),
            *peer_faults(unit.chain.peers(), links),
            *unit.chain.body_faults(),
        ]
    return [f"desk {n}: {line}" for line in told]


def _lost(history: History) -> list[str]:
    """Everything typed holds, or waits in a conflict, or was replaced by somebody who had seen it."""
    told, found = history.told, []
    place = history.world.places[min(history.joined)]
    held = {trace for (text,) in place.rows("SELECT fields FROM replica") for trace in traces(text or "")}
    held |= traces(repr(cases.case(place.desk, history.world.case).facts))
    for one in sync.conflicts(place.desk):
        held |= traces(repr((one.base, one.current, one.mine)))
    found += [f"lost: {trace}" for trace in told.typed.keys() - told.seen_over - held]
    for entry in told.entries:
        try:
            written = journal.contact(place.desk, entry)
        except Exception as error:
            found.append(f"lost: contact {entry} ({error!r})")
            continue
        if written.given != told.notes.get(entry, ""):
            found.append(f"contact {entry} says {written.given!r}")
    holders = {step.holder for step in requests.request(place.desk, history.world.request).steps}
    found += [f"lost: {holder}" for holder in told.steps.keys() - holders]
    if len(sync.conflicts(place.desk)) > 20:
        found.append("conflicts breed")
    return found


def _kept(history: History) -> list[str]:
    """Who was erased is gone from every desk and from the portal; the others are there."""
    told, found = history.told, []
    world = history.world
    for name in told.erased:
        if name.encode() in world.portal_state():
            found.append(f"the portal keeps {name}")
        for n in sorted(history.joined):
            found += [f"desk {n} keeps {name} in {table}" for table in _tables_with(world.places[n], name)]
    for name, (who, _by, _when) in told.people.items():
        place = world.places[min(history.joined)]
        if name not in told.erased and people.journalist(place.desk, who).name != name:
            found.append(f"lost: {name}")
    return found


def _tables_with(place: Place, word: str) -> list[str]:
    tables = place.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    return [name for (name,) in tables if word in repr(place.rows(f'SELECT * FROM "{name}"'))]


def _shown(history: History) -> list[str]:
    """What leaves a desk sealed is nowhere at the portal."""
    is_shown = SEALED.encode() in history.world.portal_state()
    return ["the portal can read what is sealed"] if is_shown else []
