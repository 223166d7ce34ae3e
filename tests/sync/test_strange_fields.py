"""What a program to come writes besides is kept by this one, handed on whole, and written once it is known (F23)."""

import json
import secrets
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update

from spokesdesk import wire
from spokesdesk.domain.chain import commitment, next_link
from spokesdesk.services import people, privacy, sync
from spokesdesk.services.ports import Desk
from spokesdesk.store.rows import body
from spokesdesk.store.tables import setting
from spokesdesk.store.tables_sync import replica
from spokesdesk.store.tables_trust import subject_request
from tests.server.running import Device
from tests.sync.pairs import faults, well


def put(device: Device, rec: UUID, entity: str, **values: object) -> None:
    patch = {name: wire.FieldChange(None, value) for name, value in ({"id": str(rec)} | values).items()}
    told = device.push(device.record_op("put", rec, patch, entity=entity))
    assert [one.outcome for one in told] == ["applied"]


def at_portal(device: Device, entity: str, rec: UUID) -> dict[str, Any]:
    page = device.get("snapshot", wire.Snapshot, entity=entity)
    return next(one.fields for one in page.records if one.rec == rec)


def entry(device: Device, desk: Desk) -> tuple[UUID, dict[str, Any]]:
    """Let a newer program write an entry of its chain, with a column that this one does not have."""
    at, rec = desk.now(), uuid4()
    row: dict[str, Any] = dict.fromkeys(one.name for one in subject_request.c if one.name != "n")
    row |= {"id": rec, "step": "received", "wish": "see", "subject": uuid4(), "at": at, "clocks": []}
    row |= {"ground": "căn cứ", "author_id": desk.member.id, "author_name": "Mai", "channel": "qua Zalo"}
    said = body(row)
    salt = secrets.token_bytes(32)
    link = next_link(None, "subject_request", rec, at, commitment(salt, said))
    told = {
        "device": str(device.place.device),
        "n": link.n,
        "kind": link.kind,
        "at": at.isoformat(),
        "commitment": link.commitment.hex(),
        "hash": link.hash.hex(),
        "salt": salt.hex(),
    }
    values = {name: value for name, value in said.items() if value is not None} | {wire.LINK: told}
    patch = {name: wire.FieldChange(None, value) for name, value in values.items()}
    made = device.record_op("append", rec, patch, entity="subject-request")
    assert [one.outcome for one in device.push(made)] == ["applied"]
    return rec, values


def lost_at_portal(desk: Desk, entity: str) -> list[dict[str, Any]]:
    """Let the hourly comparison find that the portal has lost a noun; give what is sent again."""
    with desk.write() as unit:
        unit.replicas.send_unknown(entity, set())
        unit.replicas.gather(desk.now(), "", desk.new_id)
        basis = unit.outbox.basis()
    assert basis is not None
    return [
        {name: change.new for name, change in item.op.patch.items()}
        for item in basis.waiting
        if item.op.entity == entity
    ]


def kept(desk: Desk, rec: UUID) -> tuple[str, dict[str, Any] | None]:
    with desk.read() as unit:
        connection = unit.outbox._connection  # type: ignore[attr-defined]
        row = connection.execute(select(replica).where(replica.c.record == rec)).one()
    return row.state, row.fields


def test_a_record_that_is_edited_here_keeps_what_a_newer_program_wrote(desk: Desk, colleague: Device) -> None:
    rec = uuid4()
    put(colleague, rec, "outlet", name="Báo A", kind="online", hours="8–17 giờ")
    well(desk)
    [found] = [one for one in people.outlets(desk) if one.id == rec]
    people.save_outlet(desk, replace(found, name="Báo A, sửa"))
    well(desk)
    now = at_portal(colleague, "outlet", rec)
    assert (now["name"], now["hours"]) == ("Báo A, sửa", "8–17 giờ")
    assert "8–17 giờ" in [fields.get("hours") for fields in lost_at_portal(desk, "outlet")]
    well(desk)
    assert at_portal(colleague, "outlet", rec)["hours"] == "8–17 giờ"


def test_an_entry_is_kept_whole_holds_in_its_chain_and_is_handed_on_as_it_came(
    desk: Desk, colleague: Device
) -> None:
    rec, values = entry(colleague, desk)
    well(desk)
    assert faults(desk) == []
    assert values in lost_at_portal(desk, "subject-request")
    well(desk)
    assert (
        sync.state(desk).refused == 0
    )  # the portal compared it with what it has: the same, to the last field
    assert kept(desk, rec)[1] == values
    with desk.write() as unit:
        connection = unit.outbox._connection  # type: ignore[attr-defined]
        here = update(subject_request).where(subject_request.c.id == rec)
        connection.execute(here.values(ground="sửa lén"))
    assert faults(desk) != []


def test_a_field_is_written_as_soon_as_the_program_knows_it(desk: Desk, colleague: Device) -> None:
    rec, values = entry(colleague, desk)
    well(desk)
    known = {name: value for name, value in values.items() if name != "channel"}
    with desk.write() as unit:
        connection = unit.outbox._connection  # type: ignore[attr-defined]
        # As a program left it that did not know ``ground`` yet.
        connection.execute(update(subject_request).where(subject_request.c.id == rec).values(ground=""))
        connection.execute(update(replica).where(replica.c.record == rec).values(fields=known))
        connection.execute(update(setting).where(setting.c.name == "fields_known").values(value=1))
    well(desk)
    with desk.read() as unit:
        found = {one.id: one.ground for one in unit.access.requests()}
    assert found[rec] == "căn cứ"
    assert kept(desk, rec) == ("", None)


def test_what_is_erased_goes_with_the_fields_that_nobody_here_knows(desk: Desk, colleague: Device) -> None:
    rec, number = uuid4(), "0911 222 333"
    put(colleague, rec, "journalist", name="Đỗ Văn Kín", second_phone=number)
    well(desk)
    assert number in json.dumps(at_portal(colleague, "journalist", rec))
    privacy.erase(desk, rec, privacy.law().delete[0].id)
    well(desk)
    page = colleague.get("snapshot", wire.Snapshot, entity="journalist")
    assert number not in wire.encode(page).decode()
    assert all(number not in (one.effect or "") for one in colleague.feed())
    assert number not in json.dumps(kept(desk, rec)[1])
