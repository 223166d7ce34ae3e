"""What is wrong is refused with its reason and counted; what many do at once is never lost."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import httpx
import msgspec

from spokesdesk import wire
from spokesdesk.server import app, database, portal
from tests.server.running import Device, RunningPortal
from tests.server.test_log import told
from tests.server.test_sql import enrolled

SENTENCES = 15


def test_every_refusal_is_counted_under_its_reason(tmp_path: Path) -> None:
    engine = database.open_database("", tmp_path)
    served = portal.portal_at(engine, tmp_path)
    asyncio.run(send_what_is_wrong(served))
    engine.dispose()
    assert dict(served.refused) == {
        "enrol_code_unknown": 1,
        "signature_wrong": 2,
        "journal_foreign": 2,
        "op_schema_unknown": 1,
        "kind_unknown": 1,
        "dseq_reused": 1,
        "message_malformed": 2,
        "body_too_big": 1,
        "portal_token_refused": 1,
    }


async def send_what_is_wrong(served: portal.Portal) -> None:
    transport = httpx.ASGITransport(app.build(served))
    async with httpx.AsyncClient(transport=transport, base_url="http://portal.test") as client:
        device = await enrolled(served.engine, client, "Sở Sai")
        good = device.put(uuid4(), "a", None, 1)
        other = device.put(uuid4(), "a", None, 2)
        strange = [
            wire.SignedOp(other.op, good.sig),
            wire.SignedOp(msgspec.structs.replace(other.op, rec=uuid4()), other.sig),
            wire.sign(device.seed, msgspec.structs.replace(other.op, journal=uuid4())),
            wire.sign(device.seed, msgspec.structs.replace(other.op, sv=wire.SV + 1)),
            wire.sign(device.seed, msgspec.structs.replace(other.op, kind="hum")),
            wire.sign(device.seed, msgspec.structs.replace(good.op, op_id=uuid4())),
        ]
        path = f"/j/{device.journal}/push"
        answer = await client.post(path, content=wire.encode(wire.Push([good, *strange])))
        outcomes = wire.decode(answer.content, wire.PushReply).outcomes
        assert [one.outcome for one in outcomes] == ["applied", *["quarantined"] * 6]
        for body in (b"{", wire.encode(wire.Push([good] * (wire.PUSH_OPS + 1)))):
            assert (await client.post(path, content=body)).status_code == 400
        assert (await client.post(path, content=bytes(wire.BODY_BYTES + 1))).status_code == 413
        assert (await client.post(f"/j/{uuid4()}/push", content=b"{}")).status_code == 404
        nobody = {"authorization": "Bearer x"}
        assert (await client.post(path, content=b"{}", headers=nobody)).status_code == 401


def many(portal: RunningPortal, count: int) -> list[Device]:
    first = portal.device("Sở Đông Người " + uuid4().hex)
    return [first, *(portal.device(first.place.agency) for _ in range(count - 1))]


def test_eight_devices_that_type_into_one_field_at_once_lose_nothing(postgres_portal: RunningPortal) -> None:
    devices = many(postgres_portal, 8)
    rec = uuid4()
    devices[0].push(devices[0].put(rec, "name", None, "chung"))
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda at: devices[at].push(devices[at].put(rec, "name", "chung", f"của {at}")), range(8)
            )
        )
    assert sorted(outcome for [(outcome, _)] in map(told, answers)) == ["applied", *["conflict"] * 7]
    shot = devices[0].get("snapshot", wire.Snapshot)
    [state] = shot.records
    values = {state.fields["name"], *(kept.mine for kept in shot.conflicts)}
    assert values == {f"của {at}" for at in range(8)}
    assert {kept.current for kept in shot.conflicts} == {state.fields["name"]}


def test_eight_devices_that_correct_sentences_of_one_text_at_once_all_stand(
    postgres_portal: RunningPortal,
) -> None:
    """The text moves between the merge before the lock and the lock: what was merged early must not be written."""
    devices = many(postgres_portal, 8)
    rec = uuid4()
    base = " ".join(f"Câu số {at} nói việc khác nhau." for at in range(SENTENCES))

    def text(device: Device, before: str | None, after: str) -> wire.SignedOp:
        return device.record_op("put", rec, {"body": wire.FieldChange(before, after, "text")})

    devices[0].push(text(devices[0], None, base))
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda at: devices[at].push(
                    text(devices[at], base, base.replace(f"số {2 * at} nói", f"số {2 * at} báo"))
                ),
                range(8),
            )
        )
    assert [told(answer) for answer in answers] == [[("applied", "")]] * 8
    [state] = devices[0].get("snapshot", wire.Snapshot).records
    assert state.fields["body"] == " ".join(
        f"Câu số {at} {'nói' if at % 2 else 'báo'} việc khác nhau." for at in range(SENTENCES)
    )
