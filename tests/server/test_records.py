"""Records of every noun through a real portal: merged, in conflict, deleted, read by snapshot and feed."""

import base64
import hashlib
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from spokesdesk import wire
from spokesdesk.server import database
from spokesdesk.server.tables import change, conflict, record
from tests.server.running import Device, RunningPortal
from tests.server.test_log import told


def colleagues(portal: RunningPortal) -> tuple[Device, Device]:
    """Give two devices of one agency."""
    first = portal.device("Sở Hai Người " + uuid4().hex)
    return first, portal.device(first.place.agency)


def replayed(effects: list[wire.Effect]) -> dict[UUID, dict[str, object]]:
    """Build the records from the feed, as a desk does."""
    records: dict[UUID, dict[str, object]] = {}
    for effect in effects:
        records.setdefault(effect.op.rec, {}).update(wire.values_after(effect))
        if effect.deleted:
            del records[effect.op.rec]
    return records


def test_a_conflict_is_fed_to_everybody_and_settled_for_everybody(portal: RunningPortal) -> None:
    one, two = colleagues(portal)
    rec = uuid4()
    one.push(one.put(rec, "name", None, "Lan"), one.put(rec, "name", "Lan", "Liên"))
    assert told(two.push(two.put(rec, "name", "Lan", "Loan"))) == [("conflict", "")]
    [kept] = one.effects()[-1].conflicts
    assert (kept.base, kept.current, kept.mine, kept.state) == ("Lan", "Liên", "Loan", "open")
    settled = two.record_op("settle", rec, {"name": wire.settling("Liên", "Loan", "Loan")})
    assert told(two.push(settled)) == [("applied", "")]
    [after] = one.effects()[-1].conflicts
    assert (after.id, after.state, after.current) == (kept.id, "settled", "Loan")
    assert replayed(one.effects()) == {rec: {"name": "Loan"}}
    shot = one.get("snapshot", wire.Snapshot)
    assert [record.fields for record in shot.records] == [{"name": "Loan"}]
    assert shot.conflicts == []


def test_a_text_merged_by_the_portal_reaches_both_with_its_parents(portal: RunningPortal) -> None:
    one, two = colleagues(portal)
    rec, base = uuid4(), "Đạt 7,2 %. Sở đã họp. Còn 3 ca."

    def text(device: Device, before: str | None, after: str) -> wire.SignedOp:
        return device.record_op("put", rec, {"body": wire.FieldChange(before, after, "text")})

    one.push(text(one, None, base), text(one, base, base.replace("7,2", "7,5")))
    assert told(two.push(text(two, base, base.replace("3 ca", "4 ca")))) == [("applied", "")]
    last = one.effects()[-1]
    assert last.fields == {"body": "Đạt 7,5 %. Sở đã họp. Còn 4 ca."}
    assert last.before == {"body": "Đạt 7,5 %. Sở đã họp. Còn 3 ca."}
    assert told(two.push(text(two, base, base.replace("7,2", "7,1")))) == [("conflict", "")]


def test_feed_and_snapshot_tell_the_same(portal: RunningPortal) -> None:
    one, two = colleagues(portal)
    recs = [uuid4() for _ in range(8)]
    one.push(*[one.put(rec, "n", None, at) for at, rec in enumerate(recs)])
    one.push(*[one.record_op("append", uuid4(), {"said": wire.FieldChange(None, "x")}, entity="answer")])
    two.push(
        two.record_op("delete", recs[0], {}, 1),
        two.record_op("put", recs[1], {"tags": wire.FieldChange(None, ["b", "a"], "set")}),
        two.record_op("add", recs[1], {"tags": wire.FieldChange(None, ["c"])}),
        two.put(recs[2], "n", 1, 5),
        two.put(recs[3], "n", 3, {"đ": [1.5, None, True]}),
    )
    shots: list[wire.RecordState] = []
    conflicts: list[wire.Conflict] = []
    after = ""
    while True:
        page = two.get("snapshot", wire.Snapshot, limit=2, after=after)
        shots, conflicts, after = [*shots, *page.records], [*conflicts, *page.conflicts], page.after
        if not after:
            break
    assert [(one.entity, one.rec) for one in shots] == sorted((one.entity, one.rec) for one in shots)
    assert {shot.rec: shot.fields for shot in shots if not shot.deleted} == replayed(one.effects())
    assert [shot.rec for shot in shots if shot.deleted] == [recs[0]]
    assert [(kept.rec, kept.mine) for kept in conflicts] == [(recs[2], 5)]
    only = one.get("snapshot", wire.Snapshot, entity="answer")
    assert [shot.entity for shot in only.records] == ["answer"]


def test_digests_find_the_noun_and_the_bucket_that_differ(portal: RunningPortal) -> None:
    one, two = colleagues(portal)
    recs = [uuid4() for _ in range(6)]
    one.push(
        *[one.put(rec, "n", None, 1, entity="outlet" if at else "person") for at, rec in enumerate(recs)]
    )
    before = {told.name: told for told in one.get("digest", wire.Digests).digests}
    assert {name: told.count for name, told in before.items()} == {"outlet": 5, "person": 1}
    marks = 0
    for rec in recs[1:]:
        marks ^= wire.record_mark(rec, 1)
    assert before["outlet"].digest == wire.digest_text(marks)
    two.push(two.put(recs[3], "n", 1, 2, entity="outlet"))
    after = {told.name: told for told in one.get("digest", wire.Digests).digests}
    assert {name for name in after if after[name] != before[name]} == {"outlet"}
    buckets = one.get("digest", wire.Digests, entity="outlet").digests
    assert sum(told.count for told in buckets) == 5
    assert f"{wire.bucket(recs[3]):02x}" in {told.name for told in buckets}


def test_a_delete_that_loses_to_an_edit_tells_so_in_the_feed(portal: RunningPortal) -> None:
    one, two = colleagues(portal)
    rec = uuid4()
    one.push(one.put(rec, "name", None, "Lan"), one.put(rec, "name", "Lan", "Liên"))
    two.push(two.record_op("delete", rec, {"name": wire.FieldChange("Lan", None)}, 1))
    last = one.effects()[-1]
    assert (last.deleted, last.notice) == (False, "edit_beats_delete")
    two.push(two.record_op("delete", rec, {"name": wire.FieldChange("Liên", None)}, 3))
    assert one.effects()[-1].deleted


@pytest.mark.parametrize(
    ("kind", "patch", "reason"),
    [
        ("put", {}, "fields_wrong"),
        ("add", {"a": {"base": None, "new": "x"}}, "fields_wrong"),
        ("settle", {"a": {"base": 1, "new": 2}}, "fields_wrong"),
        ("delete", {}, "record_unknown"),
        ("sing", {"a": {"base": None, "new": 1}}, "kind_unknown"),
        ("put", {"a": {"base": None, "new": 2**60}}, "op_malformed"),
    ],
)
def test_a_poison_operation_is_set_apart_and_the_rest_flows(
    device: Device, kind: str, patch: dict[str, dict[str, object]], reason: str
) -> None:
    fields = {name: wire.FieldChange(**one) for name, one in patch.items()}  # type: ignore[arg-type]
    bad = device.record_op(kind, uuid4(), {} if reason == "op_malformed" else fields)
    bad = wire.SignedOp(bad.op if reason != "op_malformed" else _with(bad.op, fields), bad.sig)
    good = device.put(uuid4(), "name", None, "Lan")
    assert told(device.push(bad, good)) == [("quarantined", reason), ("applied", "")]
    assert [entry.op_id for entry in device.feed()] == [good.op.op_id]


def _with(op: wire.Op, patch: dict[str, wire.FieldChange]) -> wire.Op:
    import msgspec

    return msgspec.structs.replace(op, patch=patch)


def test_a_whole_number_with_a_point_is_the_number_for_everybody(portal: RunningPortal) -> None:
    one, two = colleagues(portal)
    rec = uuid4()
    one.push(one.put(rec, "n", None, [1.0, 2.5]))
    assert replayed(one.effects()) == {rec: {"n": [1, 2.5]}}
    [shot] = one.get("snapshot", wire.Snapshot).records
    assert wire.canonical(shot.fields) == b'{"n":[1,2.5]}'
    assert "1.0" not in wire.encode(shot.fields).decode()
    assert told(two.push(two.put(rec, "n", [1, 2.5], 3))) == [("applied", "")]
    assert told(one.push(one.put(rec, "n", 3, 2.0**53))) == [("quarantined", "op_malformed")]


def test_a_noun_of_a_newer_client_is_kept_and_fed_on(device: Device) -> None:
    made = device.put(uuid4(), "colour", None, "xanh", entity="thing-of-tomorrow")
    assert told(device.push(made)) == [("applied", "")]
    assert device.effects()[0].op == made.op


def test_schemas_to_come_are_refused_and_the_last_three_are_taken(device: Device) -> None:
    import msgspec

    for sv, wanted in ((wire.SV + 1, "quarantined"), (wire.SV, "applied"), (wire.SV_OLDEST, "applied")):
        op = msgspec.structs.replace(device.put(uuid4(), "a", None, 1).op, sv=sv)
        [outcome] = device.push(wire.sign(device.seed, op))
        assert outcome.outcome == wanted
        assert outcome.reason == ("op_schema_unknown" if wanted == "quarantined" else "")


def test_a_copied_disk_shows_by_its_numbers(device: Device) -> None:
    import copy

    twin = copy.copy(device)
    twin.numbers = copy.copy(device.numbers)
    device.push(device.put(uuid4(), "a", None, 1))
    late = twin.put(uuid4(), "a", None, 2)
    assert told(twin.push(late)) == [("quarantined", "dseq_reused")]
    assert len(device.feed()) == 1


def test_nothing_is_half_taken_when_a_push_fails_in_the_middle(
    embedded_portal: RunningPortal, monkeypatch: pytest.MonkeyPatch
) -> None:
    from spokesdesk.server import log, portal, publish, tokens

    device = embedded_portal.device()
    who = tokens.Caller(device.journal, device.place.device)
    good = device.put(uuid4(), "a", None, 1)
    device.push(good)

    def broken(*_args: object) -> None:
        raise sa.exc.IntegrityError("insert", {}, Exception())

    with monkeypatch.context() as patched:
        patched.setattr(publish, "publish_complete", broken)
        message = wire.Push([device.put(uuid4(), "a", None, 2), device.release("x")])
        with pytest.raises(sa.exc.IntegrityError):
            log.push(embedded_portal.engine, who, message, portal.utc_now())
    assert len(device.feed()) == 1
    hello = device.client.hello(device.token)
    with database.reading(embedded_portal.engine) as connection:
        mine = change.c.journal == device.journal
        count, most = connection.execute(
            sa.select(sa.func.count(), sa.func.max(change.c.seq)).where(mine)
        ).one()
    assert (hello.seq, count, most) == (1, 1, 1)


def test_another_journal_never_sees_records_conflicts_or_digests(
    portal: RunningPortal, device: Device
) -> None:
    stranger = portal.device()
    rec = uuid4()
    device.push(device.put(rec, "a", None, 1), device.put(rec, "a", 0, 2))
    assert stranger.get("snapshot", wire.Snapshot).records == []
    assert stranger.get("digest", wire.Digests).digests == []
    assert told(stranger.push(stranger.record_op("delete", rec, {}))) == [("quarantined", "record_unknown")]
    for what in ("snapshot", "digest", "chain", "wait?for=0", "changes"):
        answer = stranger.call("GET", f"/j/{device.journal}/{what}")
        assert (answer.status_code, answer.json()["error"]) == (404, "journal_foreign")
    for what in ("push", "restored"):
        answer = stranger.call("POST", f"/j/{device.journal}/{what}", content=b"{}")
        assert (answer.status_code, answer.json()["error"]) == (404, "journal_foreign")
    with database.reading(portal.engine) as connection:
        mine = sa.select(sa.func.count()).select_from(conflict).where(conflict.c.journal == device.journal)
        assert connection.execute(mine).scalar_one() == 1


def test_what_is_erased_stands_nowhere_any_more_and_the_chain_holds(portal: RunningPortal) -> None:
    one, two = colleagues(portal)
    rec, other = uuid4(), uuid4()
    one.push(one.put(rec, "name", None, "Lê Thị Kín"), one.put(rec, "name", "Lê Thị Kín", "Lê Thị Kín A"))
    two.push(two.put(rec, "name", "Lê Thị Kín", "Lê Thị Kín B"), two.put(other, "name", None, "Minh"))
    assert told(one.push(one.record_op("erase", rec, {"name": wire.FieldChange(None, "")}))) == [
        ("applied", "")
    ]
    entries = two.feed()
    assert [entry.effect is None for entry in entries] == [True, True, True, False, False]
    assert wire.values_after(wire.decode(entries[-1].effect or "", wire.Effect)) == {"name": ""}
    with database.reading(portal.engine) as connection:
        for table in (change, conflict, record):
            here = sa.select(table).where(table.c.journal == one.journal)
            assert "Kín" not in repr(connection.execute(here).all())


def test_who_begins_to_be_filled_hears_which_nouns_there_are(device: Device) -> None:
    for noun in ("visit", "answer"):
        device.push(device.record_op("put", uuid4(), {"name": wire.FieldChange(None, noun)}, entity=noun))
    first = device.get("snapshot", wire.Snapshot, entity=wire.KEY_GRANT)
    assert first.nouns == ["answer", "visit"]
    assert device.get("snapshot", wire.Snapshot, entity="answer").nouns == []


@pytest.mark.parametrize(
    "after", ["x", "contact/", "contact/zz", "/", "a\0/00000000-0000-0000-0000-000000000000"]
)
def test_a_place_that_no_snapshot_gave_is_refused(device: Device, after: str) -> None:
    answer = device.call("GET", f"/j/{device.journal}/snapshot", params={"after": after})
    assert (answer.status_code, answer.json()["error"]) == (400, "message_malformed")


def test_files_of_erased_data_go_with_the_record_of_the_deletion(portal: RunningPortal) -> None:
    own, other = portal.device(), portal.device("Sở Khác " + uuid4().hex)
    alone, shared, title = uuid4().bytes, uuid4().bytes, "Thông cáo " + uuid4().hex
    for data in (alone, shared):
        own.upload(data)
    other.upload(shared)
    own.publish(title)
    public = f"%PDF {title}".encode()
    names = [hashlib.sha256(data).hexdigest() for data in (alone, shared, public)]
    said = {"files": wire.FieldChange(None, [*names, "../../x", 7, "a" * 64])}
    assert told(own.push(own.record_op("append", uuid4(), said, entity="deletion"))) == [("applied", "")]
    assert [own.call("GET", f"/files/{sha256}").status_code for sha256 in names] == [404, 404, 200]
    assert other.call("GET", f"/files/{names[1]}").content == shared
    kept = {path.name for path in portal.data.rglob("*") if path.name in names}
    assert kept == set(names[1:])


def test_an_upload_of_an_erased_file_that_is_under_way_ends(portal: RunningPortal) -> None:
    own, data = portal.device(), uuid4().bytes * 1000
    sha256 = hashlib.sha256(data).hexdigest()
    described = f"sha256 {base64.b64encode(sha256.encode()).decode()}"
    headers = {"tus-resumable": "1.0.0", "upload-length": str(len(data)), "upload-metadata": described}
    place = own.call("POST", "/uploads", headers=headers).headers["location"]
    way = place.removeprefix(portal.url)
    assert own.call("HEAD", way, headers={"tus-resumable": "1.0.0"}).status_code == 200
    said = {"files": wire.FieldChange(None, [sha256])}
    own.push(own.record_op("append", uuid4(), said, entity="deletion"))
    assert own.call("HEAD", way, headers={"tus-resumable": "1.0.0"}).status_code == 404
