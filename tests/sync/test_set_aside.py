"""A colleague's record that bears a mark of secrecy is set aside and told; the rest of the round goes on."""

import secrets
from uuid import uuid4

from spokesdesk import wire
from spokesdesk.services import people, sync
from spokesdesk.services.ports import Desk
from tests.server.running import Device, RunningPortal
from tests.sync.pairs import faults, well

MARKED = "Báo cáo đóng dấu TỐI MẬT"


def put(device: Device, rec: object, name: str, base: object = None) -> wire.SignedOp:
    values = {"id": str(rec), "name": name, "kind": "online"} if base is None else {"name": name}
    patch = {
        field: wire.FieldChange(base if field == "name" else None, value) for field, value in values.items()
    }
    return device.record_op("put", rec, patch, entity="outlet")  # type: ignore[arg-type]


def names(desk: Desk) -> set[str]:
    return {one.name for one in people.outlets(desk)}


def test_the_marked_record_waits_aside_and_the_others_come(desk: Desk, colleague: Device) -> None:
    marked = uuid4()
    colleague.push(
        put(colleague, uuid4(), "Báo A"), put(colleague, marked, MARKED), put(colleague, uuid4(), "Báo B")
    )
    well(desk)
    assert names(desk) == {"Báo A", "Báo B"}
    [aside] = sync.set_aside(desk)
    assert (aside.record, aside.entity) == (marked, "outlet")
    assert sync.state(desk).aside == 1
    colleague.push(put(colleague, uuid4(), "Báo C"))
    well(desk)  # nor does it stop a later round
    assert "Báo C" in names(desk)
    assert sync.try_aside(desk)[0] == 1
    assert faults(desk) == []


def test_when_the_mark_is_taken_off_it_comes_in_whole(desk: Desk, colleague: Device) -> None:
    marked = uuid4()
    colleague.push(put(colleague, marked, MARKED))
    well(desk)
    colleague.push(put(colleague, marked, "Báo đã sửa", MARKED))
    well(desk)
    [found] = [one for one in people.outlets(desk) if one.id == marked]
    assert (found.name, found.kind.value) == ("Báo đã sửa", "online")
    assert sync.set_aside(desk) == ()


def test_nothing_of_it_is_found_or_listed(desk: Desk, colleague: Device) -> None:
    from spokesdesk.services import find

    colleague.push(put(colleague, uuid4(), MARKED))
    well(desk)
    assert find.find(desk, "bao cao dong dau") == ()
    assert all("MẬT" not in row.title for row in sync.ledger(desk, every=True))


def test_a_desk_that_is_filled_sets_it_aside_too(desk: Desk, portal: RunningPortal) -> None:
    agency = f"Sở {secrets.token_hex(5)}"
    colleague = portal.device(agency)
    colleague.push(put(colleague, uuid4(), "Báo A"), put(colleague, uuid4(), MARKED))
    sync.connect(desk, portal.url, portal.quick_code(agency))
    report = well(desk)
    assert report.filled == 2
    assert "Báo A" in names(desk)
    assert len(sync.set_aside(desk)) == 1
    well(desk)
