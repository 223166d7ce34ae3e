"""Notes of the province are believed by keys that are pinned: a new one counts when a person has confirmed it."""

import json
import secrets
from dataclasses import replace
from typing import Any

import pytest

from spokesdesk import wire
from spokesdesk.cli import commands
from spokesdesk.cli.answer import as_json
from spokesdesk.domain.errors import AccessError, UserError
from spokesdesk.domain.people import Role
from spokesdesk.domain.province import key_mark
from spokesdesk.services import find, province, province_keys, sync, today
from spokesdesk.services.ports import Desk
from tests.server.notes import note
from tests.sync.pairs import faults, well
from tests.sync.provinces import Both, confirmed, written_down


def run(desk: Desk, *arguments: str) -> Any:
    """Run a command at an open desk and read its JSON."""
    parsed = commands.parser().parse_args([*arguments, "--workspace", "x"])
    return json.loads(as_json(parsed.run(parsed, desk).value))


def test_a_note_by_an_unknown_key_waits_until_a_person_confirms_the_key(both: Both) -> None:
    device = both.portal.device("UBND tỉnh, máy mới " + secrets.token_hex(4), province=True)
    alert = note(device, "alert", both.journal, title="cảnh báo bằng khóa lạ")
    asked = note(device, "ask", both.journal, title="yêu cầu bằng khóa lạ")
    about = note(device, "remind", both.journal, about=alert.op.rec)
    assert [one.outcome for one in device.push(alert, asked, about)] == ["applied"] * 3
    well(both.agency)
    [sender] = [one for one in province_keys.new_senders(both.agency) if one.sender == device.journal]
    assert (sender.key, sender.notes) == (wire.public_key(device.seed), 3)
    told = [one for one in today.board(both.agency).alerts if one.id == sender.id]
    assert sender.mark in told[0].detail
    assert find.find(both.agency, "canh bao bang khoa la") == ()
    for record in (alert.op.rec, asked.op.rec):
        with pytest.raises(UserError, match="record_missing"):
            province.matter(both.agency, record)
    assert written_down(both.agency, asked.op.rec) == []
    staff = both.agency.working_as(replace(both.agency.member, roles=frozenset({Role.DRAFTER})))
    with pytest.raises(AccessError, match="role_needed"):
        province_keys.confirm(staff, sender.sender, sender.key)
    with pytest.raises(UserError, match="record_missing"):
        province_keys.confirm(both.agency, sender.sender, "0" * 64)
    run(both.agency, "province", "keys", "--confirm", sender.mark.lower())
    assert province.matter(both.agency, alert.op.rec).note.title == "cảnh báo bằng khóa lạ"
    assert alert.op.rec in [hit.id for hit in find.find(both.agency, "canh bao bang khoa la")]
    well(both.agency)
    assert [one.topic for one in written_down(both.agency, asked.op.rec)] == ["yêu cầu bằng khóa lạ"]
    again = note(device, "alert", both.journal, title="khóa đã quen")
    device.push(again)
    well(both.agency)
    assert province.matter(both.agency, again.op.rec).note.title == "khóa đã quen"
    assert faults(both.agency) == []


def test_what_a_colleague_confirmed_holds_on_every_desk_of_the_agency(both: Both, desk: Desk) -> None:
    sync.connect(desk, both.portal.url, both.portal.quick_code(both.name))
    well(desk)
    device = both.portal.device("UBND tỉnh, máy khác " + secrets.token_hex(4), province=True)
    alert = note(device, "alert", both.journal, title="hai máy cùng chờ")
    device.push(alert)
    for each in (desk, both.agency):
        well(each)
        assert wire.public_key(device.seed) in [one.key for one in province_keys.new_senders(each)]
    confirmed(both.agency, device)
    well(both.agency)
    well(desk)
    assert province.matter(desk, alert.op.rec).note.title == "hai máy cùng chờ"


def test_a_desk_that_enrols_believes_the_province_of_that_day_and_shows_its_mark(both: Both) -> None:
    told = run(both.province, "province", "keys")
    with both.agency.read() as unit:
        pinned = {key for _sender, key in unit.senders.pinned()}
    assert told["own"] in {key_mark(key) for key in pinned}
