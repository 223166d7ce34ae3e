"""Operations are taken once, in one order, only from the device that signed them, only into its own journal."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import msgspec
import pytest

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError, WaitError
from spokesdesk.outside.portal import HttpPortal
from spokesdesk.server import database
from spokesdesk.services.ports import Cursor
from tests.server.running import Device, RunningPortal


def told(outcomes: list[wire.Outcome]) -> list[tuple[str, str]]:
    return [(outcome.outcome, outcome.reason) for outcome in outcomes]


def test_a_pushed_operation_stands_in_the_feed_with_its_signature(device: Device) -> None:
    signed = device.release("về việc thứ nhất")
    assert told(device.push(signed)) == [("applied", "")]
    [entry] = device.feed()
    assert entry.effect is not None
    effect = wire.decode(entry.effect, wire.Effect)
    assert effect.op == signed.op
    assert wire.is_signed(wire.public_key(device.seed), wire.SignedOp(effect.op, effect.sig))


def test_the_same_push_twice_is_a_duplicate_and_the_counter_stays(device: Device) -> None:
    ops = [device.release(f"về việc {n}") for n in range(3)]
    assert told(device.push(*ops)) == [("applied", "")] * 3
    before = device.client.hello(device.token)
    assert told(device.push(*ops)) == [("duplicate", "")] * 3
    assert told(device.push(ops[0], ops[0])) == [("duplicate", "")] * 2
    assert device.client.hello(device.token) == before
    assert before.seq == 3


def test_an_operation_twice_in_one_push_is_taken_once(device: Device) -> None:
    signed = device.release("về việc trùng")
    assert told(device.push(signed, signed)) == [("applied", ""), ("duplicate", "")]
    assert len(device.feed()) == 1


def test_a_forged_signature_is_refused_and_the_rest_flows(device: Device) -> None:
    good, bad = device.release("về việc thật"), device.release("về việc giả")
    forged = wire.SignedOp(bad.op, "0" * 128)
    assert told(device.push(forged, good)) == [("quarantined", "signature_wrong"), ("applied", "")]
    assert [entry.op_id for entry in device.feed()] == [good.op.op_id]


@pytest.mark.parametrize(
    "change",
    [
        {"dseq": 999},
        {"actor": str(uuid4())},
        {"rec": uuid4()},
        {"wall": "2030-01-01T00:00:00Z"},
        {"base_ver": 7},
        {"patch": {"title": wire.FieldChange(None, "khác")}},
    ],
)
def test_an_altered_operation_is_refused(device: Device, change: dict[str, object]) -> None:
    signed = device.release("về việc bị sửa")
    altered = wire.SignedOp(msgspec.structs.replace(signed.op, **change), signed.sig)
    assert told(device.push(altered)) == [("quarantined", "signature_wrong")]
    assert device.feed() == []


def test_an_id_used_for_another_text_is_refused(device: Device) -> None:
    first = device.release("về việc đầu")
    device.push(first)
    other = msgspec.structs.replace(device.release("về việc khác").op, op_id=first.op.op_id)
    assert told(device.push(wire.sign(device.seed, other))) == [("quarantined", "op_id_reused")]


def test_an_operation_of_another_journal_is_refused(portal: RunningPortal, device: Device) -> None:
    stranger = portal.device()
    signed = stranger.release("về việc của cơ quan khác")
    assert told(device.push(signed)) == [("quarantined", "journal_foreign")]
    moved = msgspec.structs.replace(signed.op, journal=device.journal)
    assert told(device.push(wire.sign(stranger.seed, moved))) == [("quarantined", "device_unknown")]
    assert device.feed() == []


def test_a_token_opens_no_other_journal(portal: RunningPortal, device: Device) -> None:
    stranger = portal.device()
    cursor = Cursor(device.place.epoch, 0, wire.GENESIS.hex())
    client, token = stranger.client, stranger.token
    with pytest.raises(AccessError, match="journal_foreign"):
        client.changes(token, device.journal, cursor, 10)
    with pytest.raises(AccessError, match="journal_foreign"):
        client.push(token, device.journal, wire.Push([device.release("x")]))
    with pytest.raises(AccessError, match="journal_foreign"):
        client.releases(token, device.journal, [uuid4()])


@pytest.mark.parametrize("token", ["", "x", "a.b.c", f"{UUID(int=7).hex}.{UUID(int=8).hex}.secret"])
def test_a_made_up_token_opens_nothing(embedded_portal: RunningPortal, token: str) -> None:
    client = embedded_portal.client()
    with pytest.raises(AccessError, match="portal_token_refused"):
        client.hello(token)


def test_a_revoked_device_writes_nothing_more(portal: RunningPortal, device: Device) -> None:
    device.push(device.release("về việc trước"))
    assert portal.command("revoke", str(device.place.device)) == 0
    with pytest.raises(AccessError, match="device_revoked"):
        device.push(device.release("về việc sau"))


def test_a_colleague_cannot_send_for_a_revoked_device(portal: RunningPortal) -> None:
    first = portal.device("Sở Hai Máy " + uuid4().hex)
    agency = first.place.agency
    second = portal.device(agency)
    assert second.journal == first.journal
    late = first.release("về việc muộn")
    portal.command("revoke", str(first.place.device))
    assert told(second.push(late)) == [("quarantined", "device_revoked")]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 501),
        ("title", "đảo \u202echiều"),
        ("text", ["có ký tự \x07 lạ"]),
        ("text", "không phải danh sách"),
        ("number", 0),
        ("number", "5"),
        ("date_on", "2018-02-30"),
        ("pdf", {"sha256": "../../etc/passwd", "name": "a.pdf", "size": 1}),
        ("pdf", {"sha256": "0" * 64, "name": "a.pdf", "size": -1}),
        ("docx", None),
    ],
)
def test_fields_that_no_release_can_have_are_refused(device: Device, field: str, value: object) -> None:
    signed = wire.sign(device.seed, device.op(fields={field: value}))
    assert told(device.push(signed)) == [("quarantined", "fields_wrong")]
    assert device.feed() == []


def test_an_operation_over_its_size_is_refused(device: Device) -> None:
    huge = device.op(fields={"text": ["x" * 490_000] * 9})
    assert told(device.push(wire.sign(device.seed, huge))) == [("quarantined", "op_too_big")]


def test_a_body_over_its_size_is_refused_before_it_is_read(device: Device) -> None:
    answer = device.call("POST", f"/j/{device.journal}/push", content=b" " * (wire.BODY_BYTES + 1))
    assert answer.status_code == 413
    streamed = iter([b" " * 1024 * 1024] * 17)
    answer = device.call("POST", f"/j/{device.journal}/push", content=streamed)
    assert answer.status_code == 411


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"ops": 5}',
        b'{"ops": [], "more": 1}',
        b"[" * 100_000,
        b"\xff\xfe",
        b'{"ops":[{"op":1}]}',
    ],
)
def test_a_body_that_is_no_push_is_an_answer_not_a_crash(device: Device, body: bytes) -> None:
    answer = device.call("POST", f"/j/{device.journal}/push", content=body)
    assert answer.status_code == 400
    assert answer.json()["error"] == "message_malformed"


def test_a_client_too_old_is_told_so(device: Device) -> None:
    with pytest.raises(WaitError, match="client_too_old"):
        device.client.push(device.token, device.journal, wire.Push([], sv=0))


def test_an_unknown_kind_is_set_apart(device: Device) -> None:
    odd = msgspec.structs.replace(device.release("x").op, kind="sing")
    assert told(device.push(wire.sign(device.seed, odd))) == [("quarantined", "kind_unknown")]


def test_the_same_release_from_a_second_device_is_no_conflict_and_shows_once(portal: RunningPortal) -> None:
    first = portal.device("Sở Khôi Phục " + uuid4().hex)
    second = portal.device(first.place.agency)
    made = first.publish("về việc một lần duy nhất")
    again = msgspec.structs.replace(made.op, op_id=uuid4(), device=second.place.device)
    assert told(second.push(wire.sign(second.seed, again))) == [("applied", "")]
    assert len(second.feed()) == 2
    assert portal.get("/?tim=mot+lan+duy+nhat").text.count("<article>") == 1


def test_another_text_for_a_released_record_is_kept_beside_it(portal: RunningPortal, device: Device) -> None:
    made = device.publish("về việc đã công bố nguyên vẹn")
    other = device.op(rec=made.op.rec, fields={"title": "về việc đã bị đổi lén"})
    assert told(device.push(wire.sign(device.seed, other))) == [("conflict", "")]
    assert [entry.op_id for entry in device.feed()] == [made.op.op_id, other.op_id]
    page = portal.get("/").text
    assert "Về việc đã công bố nguyên vẹn" in page
    assert "đổi lén" not in page


def test_a_cursor_that_is_not_on_the_chain_is_a_fork(device: Device) -> None:
    device.push(*[device.release(f"về việc {n}") for n in range(3)])
    entries = device.feed()
    good = Cursor(device.place.epoch, 2, entries[1].chain)
    assert [entry.seq for entry in device.feed(good)] == [3]
    for cursor in (
        replace(good, chain="0" * 64),
        replace(good, seq=9),
        replace(good, epoch="another"),
        Cursor(good.epoch, 0, good.chain),
    ):
        with pytest.raises(WaitError, match="portal_restored"):
            device.client.changes(device.token, device.journal, cursor, 10)


def test_eight_pushers_leave_a_feed_without_gaps(postgres_portal: RunningPortal) -> None:
    push_together(postgres_portal, rounds=6)


@pytest.mark.long
def test_eight_pushers_for_a_minute_leave_a_feed_without_gaps(postgres_portal: RunningPortal) -> None:
    began = datetime.now(UTC)
    while (datetime.now(UTC) - began).total_seconds() < 60:
        push_together(postgres_portal, rounds=20)


def push_together(portal: RunningPortal, rounds: int) -> None:
    """Eight devices of one journal push at once while a reader follows; it must miss nothing."""
    first = portal.device("Sở Tám Máy " + uuid4().hex)
    devices = [first, *(portal.device(first.place.agency) for _ in range(7))]
    batches = [
        [[device.release(f"{at}-{turn}-{n}") for n in range(4)] for turn in range(rounds)]
        for at, device in enumerate(devices)
    ]
    seen: list[wire.Change] = []
    is_over = threading.Event()

    def follow() -> None:
        at = Cursor(first.place.epoch, 0, wire.GENESIS.hex())
        client = HttpPortal(portal.url)
        while True:
            was_over = is_over.is_set()
            page = client.changes(first.token, first.journal, at, 7)
            for entry in page.changes:
                assert wire.follows(at.chain, entry)
                at = Cursor(page.epoch, entry.seq, entry.chain)
            seen.extend(page.changes)
            if was_over and not page.more:
                client.close()
                return

    def send(at: int) -> list[wire.Outcome]:
        outcomes = [told for batch in batches[at] for told in devices[at].push(*batch)]
        devices[at].client.close()
        return outcomes

    with ThreadPoolExecutor(9) as pool:
        reader = pool.submit(follow)
        answers = [told for outcomes in pool.map(send, range(8)) for told in outcomes]
        is_over.set()
        reader.result(60)
    assert {told.outcome for told in answers} == {"applied"}
    assert [entry.seq for entry in seen] == list(range(1, 8 * rounds * 4 + 1))
    assert {entry.op_id: entry.seq for entry in seen} == {told.op_id: told.seq for told in answers}


def test_a_body_can_be_erased_and_the_chain_still_holds(portal: RunningPortal, device: Device) -> None:
    import sqlalchemy as sa

    from spokesdesk.server.tables import change

    device.push(*[device.release(f"về việc {n}") for n in range(3)])
    engine = portal.engine
    here = (change.c.journal == device.journal) & (change.c.seq == 2)
    with database.writing(engine) as connection:
        connection.execute(sa.update(change).where(here).values(effect=None, salt=None))
    entries = device.feed()
    assert entries[1].effect is None
    assert len(entries) == 3


def test_an_altered_entry_breaks_the_chain(portal: RunningPortal, device: Device) -> None:
    import sqlalchemy as sa

    from spokesdesk.server.tables import change

    device.push(device.release("về việc bị sửa trong kho"))
    with database.writing(portal.engine) as connection:
        connection.execute(
            sa.update(change)
            .where(change.c.journal == device.journal)
            .values(effect=sa.func.replace(change.c.effect, "trong kho", "trong tay"))
        )
    with pytest.raises(AssertionError):
        device.feed()
