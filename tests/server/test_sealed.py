"""What the portal does for fields that it cannot read: it keeps public keys, and takes nothing in the clear."""

import secrets
from uuid import uuid4

import pytest

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError
from tests.server.running import Device, RunningPortal, ask

KEY = wire.first_key()


def sealed(device: Device, rec: object, name: str, value: object, entity: str = "contact") -> dict[str, str]:
    return wire.seal(KEY, wire.Place(device.journal, entity, rec, name), value)  # type: ignore[arg-type]


def test_a_sealed_field_in_the_clear_is_refused(embedded_portal: RunningPortal) -> None:
    device, rec = embedded_portal.device(), uuid4()
    box = sealed(device, rec, "given", "Đã đưa thông cáo")
    refused = [
        device.put(uuid4(), "given", None, "Đã đưa thông cáo"),
        device.put(uuid4(), "given", "trước đó", box),
        device.put(uuid4(), "given", None, {"sealed": "không phải"}),
        device.record_op(
            "append", uuid4(), {"text": wire.FieldChange(None, "lời đáp")}, entity="contact-answer"
        ),
        device.record_op(
            "append",
            uuid4(),
            {"_link": wire.FieldChange(None, {"salt": "00" * 32, "n": 1})},
            entity="case-move",
        ),
        device.record_op(
            "put",
            uuid4(),
            {"noun": wire.FieldChange(None, "custody"), "values": wire.FieldChange(None, {"remark": "giao"})},
            entity="remains",
        ),
    ]
    told = device.push(*refused)
    assert [one.reason for one in told] == ["field_unsealed"] * len(refused)
    [taken, empty, other] = device.push(
        device.put(rec, "given", None, box),
        device.put(uuid4(), "given", None, ""),
        device.put(uuid4(), "channel", None, "phone"),
    )
    assert (taken.outcome, empty.outcome, other.outcome) == ("applied", "applied", "applied")
    late = device.record_op("settle", rec, {"given": wire.settling(box, "đọc được", box)})
    assert device.push(late)[0].reason == "field_unsealed"


def test_two_sealed_values_are_a_conflict_and_the_same_one_is_none(embedded_portal: RunningPortal) -> None:
    device, rec = embedded_portal.device(), uuid4()
    first, mine, theirs = (
        sealed(device, rec, "facts", words, "case-facts") for words in ("một", "hai", "ba")
    )
    outcomes = [
        device.push(device.put(rec, "facts", base, new, entity="case-facts"))[0].outcome
        for base, new in ((None, first), (first, mine), (first, mine), (first, theirs))
    ]
    assert outcomes == ["applied", "applied", "applied", "conflict"]
    [conflict] = device.effects()[-1].conflicts
    assert (conflict.base, conflict.current, conflict.mine) == (first, mine, theirs)


def test_a_device_publishes_the_keys_that_it_signed_itself(embedded_portal: RunningPortal) -> None:
    client, seed = embedded_portal.client(), secrets.token_bytes(32)
    box, other = (wire.box_key(secrets.token_bytes(32)) for _ in range(2))
    foreign = wire.published(secrets.token_bytes(32), box)
    code = embedded_portal.quick_code("Sở Hộp Khóa")
    asked = ask(code, seed)
    with pytest.raises(AccessError, match="enrol_proof_wrong"):
        client.enrol(wire.EnrolAsk(code, asked.public_key, asked.proof, box=foreign))
    own = wire.published(seed, box)
    given = client.enrol(wire.EnrolAsk(code, asked.public_key, asked.proof, box=own))
    before = client.hello(given.token).members
    [member] = client.members(given.token, given.journal).members
    assert (member.device, member.public_key, member.box, member.revoked) == (
        given.device,
        asked.public_key,
        own,
        False,
    )
    assert before == wire.members_mark([member])
    with pytest.raises(AccessError, match="enrol_proof_wrong"):
        client.publish_box(given.token, given.journal, foreign)
    later = wire.published(seed, box, other)
    assert client.publish_box(given.token, given.journal, later).members[0].box == later
    assert client.hello(given.token).members != before
    colleague = embedded_portal.device("Sở Hộp Khóa")
    embedded_portal.command("revoke", str(given.device))
    told = {
        one.device: one.revoked
        for one in colleague.client.members(colleague.token, colleague.journal).members
    }
    assert told == {given.device: True, colleague.place.device: False}
