"""Contact notes and case files are read by the agency's desks alone, wherever the log lives (sync.md T29)."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from spokesdesk import wire
from spokesdesk.domain.cases import CaseState
from spokesdesk.domain.chain import commitment, next_link
from spokesdesk.domain.errors import WaitError
from spokesdesk.domain.sealing import AWAITED
from spokesdesk.outside import sealing
from spokesdesk.services import cases, find, journal, privacy, sync
from spokesdesk.services.ports import Desk
from spokesdesk.store.chain import ADDED, BODIES
from spokesdesk.store.rows import body
from tests.server.running import RunningPortal
from tests.sync.notes import FACTS, SEEN, full_case, full_visit, visit
from tests.sync.pairs import Pair, differences, faults, made_desk, paired, well


@pytest.fixture(autouse=True)
def quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a passphrase costs is tested elsewhere."""
    monkeypatch.setattr(sealing, "COST", (64, 1, 1))


@pytest.fixture
def pair(tmp_path: Path, portal: RunningPortal) -> Iterator[Pair]:
    with paired(tmp_path, portal) as made:
        yield made


@pytest.fixture
def third(tmp_path: Path) -> Iterator[Desk]:
    made = made_desk(tmp_path / "third", "Vũ Thị Sen")
    yield made
    made.close()


def same(pair: Pair) -> None:
    pair.settle_down()
    assert differences(pair.first, pair.second) == []
    assert faults(pair.first) == faults(pair.second) == []


def places_with(folder: Path, word: str) -> list[str]:
    """Give the files that hold a word, whatever the case of its letters."""
    wanted = word.lower().encode()
    return [str(path) for path in folder.rglob("*") if path.is_file() and wanted in path.read_bytes().lower()]


def test_a_day_of_notes_and_cases_is_nowhere_at_the_portal(own_portal: RunningPortal, tmp_path: Path) -> None:
    own_portal.start()
    with paired(tmp_path / "desks", own_portal) as pair:
        contact = full_visit(pair.first)
        case = full_case(pair.first, contact)
        same(pair)
        theirs = cases.view(pair.second, case)
        assert theirs.case.facts.facts == "factscanary hai lần."
        assert [hit.id for hit in find.find(pair.second, "givencanary")] == [contact]
        cases.reopen(pair.second, case, "reopencanary")
        same(pair)
        edited = cases.case(pair.second, case)
        cases.save_facts(pair.second, case, replace(edited.facts, person="othercanary"), edited.version)
        cases.save_facts(pair.first, case, replace(edited.facts, person="clashcanary"), edited.version)
        gone = visit(pair.second, "erasedcanary", given="erasedtoo", journalist="Đỗ Thị Kín")
        same(pair)
        person = journal.contact(pair.first, gone).journalist
        assert person is not None
        privacy.erase(pair.first, person.id, privacy.law().delete[0].id)
        same(pair)
        assert sync.conflicts(pair.first)[0].mine in ("othercanary", "clashcanary")
        own_portal.command("backup", "--to", str(tmp_path / "copies"))
        device = own_portal.device(pair.agency)
        heard = tmp_path / "heard"
        hello = device.client.hello(device.token)
        asked = {"epoch": hello.epoch, "after": 0, "chain": wire.GENESIS.hex(), "limit": 1000}
        heard.mkdir()
        for name, more in (("changes", asked), ("snapshot", {"limit": 1000}), ("members", {})):
            answer = device.call("GET", f"/j/{device.journal}/{name}", params=more)
            assert answer.status_code == 200
            (heard / name).write_bytes(answer.content)
        own_portal.stop()
        for folder in (own_portal.data, tmp_path / "copies", heard):
            assert places_with(folder, SEEN), folder
            assert places_with(folder, "canary") == [], folder
            assert places_with(folder, "erasedtoo") == [], folder


def plain_ops(desk: Desk) -> list[str]:
    """Give what waits in a desk's outbox, as it lies there."""
    with desk.read() as unit:
        connection = unit.outbox._connection  # type: ignore[attr-defined]
        return [row[0] for row in connection.exec_driver_sql("SELECT op FROM outbox")]


def test_who_joins_while_nobody_is_there_waits_for_the_key_and_loses_nothing(pair: Pair, third: Desk) -> None:
    contact = full_visit(pair.first)
    case = full_case(pair.first, contact)
    same(pair)
    own = visit(third, "owncanary", given="ownwords")
    sync.connect(third, pair.portal.url, pair.portal.quick_code(pair.agency))
    well(third)
    assert sync.key_state(third).generation == 0
    assert sync.key_state(third).awaited > 0
    # It heard of both in one breath: in no order that says anything.
    assert {(one.name, one.has_key) for one in sync.key_state(third).holders if not one.is_own} == {
        ("Lê Thị Mai", True),
        ("Trần Văn Bình", True),
    }
    assert journal.contact(third, contact).given == AWAITED
    waiting = cases.case(third, case)
    assert (waiting.facts.title, waiting.facts.facts) == (AWAITED, AWAITED)
    assert waiting.state is CaseState.CLOSED
    assert not any("owncanary" in op or "ownwords" in op for op in plain_ops(third))
    assert sync.state(third).waiting > 0
    cases.reopen(third, case, "còn việc")
    with pytest.raises(WaitError, match="agency_key_awaited"):
        cases.save_facts(third, case, replace(waiting.facts, person="Ai đó"), waiting.version)
    with pytest.raises(WaitError, match="agency_key_awaited"):
        privacy.erase(third, journal.contact(third, contact).journalist.id, privacy.law().delete[0].id)  # type: ignore[union-attr]
    assert faults(third) == []
    # Any member desk that comes online hands the key over.
    well(pair.second)
    well(third)
    assert (sync.key_state(third).generation, sync.key_state(third).awaited) == (1, 0)
    assert sync.key_state(third).mark == sync.key_state(pair.first).mark
    assert journal.contact(third, contact).given == "givencanary"
    assert [hit.id for hit in find.find(third, "followcanary")] == [contact]
    same(pair)
    well(third)
    assert differences(pair.first, third) == []
    assert faults(third) == []
    assert journal.contact(pair.first, own).given == "ownwords"


def test_two_people_write_different_facts_of_a_case_and_both_stand(pair: Pair) -> None:
    case = full_case(pair.first, full_visit(pair.first))
    cases.reopen(pair.first, case, "còn việc")
    same(pair)
    for desk, change in ((pair.first, {"person": "Ông A"}), (pair.second, {"facts": "Ba người chứng kiến."})):
        known = cases.case(desk, case)
        cases.save_facts(desk, case, replace(known.facts, **change), known.version)  # type: ignore[arg-type]
    same(pair)
    stands = cases.case(pair.first, case).facts
    assert (stands.person, stands.facts) == ("Ông A", "Ba người chứng kiến.")
    assert sync.conflicts(pair.first) == ()


def test_a_sealed_entry_with_a_mark_of_secrecy_is_set_aside_when_its_key_comes(
    pair: Pair, third: Desk
) -> None:
    harmless = visit(pair.first, "giá điện")
    same(pair)
    marked = copied(pair, harmless, "Báo cáo đóng dấu TỐI MẬT về kimcương")
    sync.connect(third, pair.portal.url, pair.portal.quick_code(pair.agency))
    well(third)
    assert sync.set_aside(third) == ()  # nobody can say yet what it says
    well(pair.second)
    well(third)
    assert journal.contact(third, harmless).topic == "giá điện"
    assert journal.contact(third, marked).topic == AWAITED
    assert find.find(third, "kimcương") == ()
    assert [one.record for one in sync.set_aside(third)] == [marked]
    assert sync.key_state(third).awaited == 0
    assert faults(third) == []
    # It keeps nobody from erasing other data, nor is it written when it is tried once more.
    assert sync.try_aside(third)[0] == 1
    person = journal.contact(third, harmless).journalist
    assert person is not None
    privacy.erase(third, person.id, privacy.law().delete[0].id)
    well(third)


def copied(pair: Pair, contact: UUID, topic: str) -> UUID:
    """Let a program that does not know the marks write an entry like another one, sealed as that one is."""
    device, rec = pair.portal.device(pair.agency), uuid4()
    with pair.first.read() as unit:
        ring = unit.agency_keys.ring
    assert ring.current is not None
    [effect] = [one for one in device.effects() if one.op.rec == contact and one.op.kind == "append"]
    values = {name: change.new for name, change in effect.op.patch.items() if name != wire.LINK}
    for name, value in values.items():
        if wire.is_box(value):
            values[name] = wire.unseal(ring, wire.Place(device.journal, "contact", contact, name), value)
    values |= {"id": str(rec), "topic": topic}
    salt, at = secrets.token_bytes(32), pair.first.now()
    row = {column.name: values.get(column.name) for column in BODIES["contact"][0].c}
    said = commitment(salt, body(row, BODIES["contact"][1], ADDED["contact"]))
    link = next_link(None, "contact", rec, at, said)
    for name in wire.SEALED_FIELDS["contact"] & values.keys():
        if not wire.has_nothing(values[name]):
            place = wire.Place(device.journal, "contact", rec, name)
            values[name] = wire.seal(ring.current, place, values[name])
    hidden = wire.seal(ring.current, wire.Place(device.journal, "contact", rec, wire.LINK), salt.hex())
    values[wire.LINK] = {
        "device": str(device.place.device),
        "n": link.n,
        "kind": link.kind,
        "at": at.isoformat(),
        "commitment": link.commitment.hex(),
        "hash": link.hash.hex(),
        "salt": hidden,
    }
    patch = {name: wire.FieldChange(None, value) for name, value in values.items()}
    told = device.push(device.record_op("append", rec, patch))
    assert [one.outcome for one in told] == ["applied"]
    return rec


def test_of_two_texts_of_a_case_the_same_one_stands_on_a_desk_that_cannot_read_them_yet(
    pair: Pair, third: Desk
) -> None:
    case = full_case(pair.first, full_visit(pair.first))
    cases.reopen(pair.first, case, "còn việc")
    same(pair)
    for desk, words in ((pair.first, "Hai người chứng kiến."), (pair.second, "Ba người chứng kiến.")):
        known = cases.case(desk, case)
        cases.save_facts(desk, case, replace(known.facts, facts=words), known.version)
    well(pair.first)
    sync.connect(third, pair.portal.url, pair.portal.quick_code(pair.agency))
    well(third)
    assert cases.case(third, case).facts.facts == AWAITED
    # One round hands the key over and tells of the text that came second.
    well(pair.second)
    well(third)
    same(pair)
    well(third)
    assert differences(pair.first, third) == []


def test_a_revoked_desk_gets_no_later_key_and_old_fields_stay_readable(pair: Pair, third: Desk) -> None:
    before = visit(pair.first, given="trước khi thu hồi")
    same(pair)
    kept = pair.second.device_keys.get("agency_keys")
    assert kept is not None
    with pair.second.read() as unit:
        place = unit.outbox.enrolment()
    assert place is not None
    pair.portal.command("revoke", str(place.device))
    well(pair.first)
    state = sync.key_state(pair.first)
    assert (state.generation, [(one.has_key, one.revoked) for one in state.holders]) == (
        2,
        [(True, False), (False, True)],
    )
    well(pair.first)
    assert sync.key_state(pair.first).generation == 2
    after = visit(pair.first, given="sau khi thu hồi")
    well(pair.first)
    report, _changes = sync.run_round(pair.second)
    assert report.fault is not None
    assert report.fault.code == "device_revoked"
    assert pair.second.device_keys.get("agency_keys") == kept
    sync.connect(third, pair.portal.url, pair.portal.quick_code(pair.agency))
    for desk in (pair.first, third):
        well(desk)
    assert journal.contact(third, before).given == "trước khi thu hồi"
    assert journal.contact(third, after).given == "sau khi thu hồi"
    with third.read() as unit:
        values = unit.agency_keys.ring
        sealed = unit.replicas.counts()
    assert [key.n for key in values.keys] == [1, 2]
    assert sealed["key-grant"][0] > 0
    revoked_ring = wire.decode(kept, wire.Ring)
    [box] = [
        change.new
        for op in effects(pair)
        if op.rec == after
        for name, change in op.patch.items()
        if name == "given"
    ]
    with pytest.raises(wire.KeyMissingError):
        wire.unseal(revoked_ring, wire.Place(place.journal, "contact", after, "given"), box)


def effects(pair: Pair) -> list[wire.Op]:
    """Give every operation that the journal has."""
    with pair.first.read() as unit:
        log = unit.outbox.log(0, 10_000)
    return [wire.decode(entry.effect or "", wire.Effect).op for entry in log]


def test_a_clash_in_a_sealed_field_is_opened_on_both_desks_and_settled_with_a_third_version(
    pair: Pair,
) -> None:
    case = cases.open_case(pair.first, FACTS)[0]
    same(pair)
    for desk, words in ((pair.first, "Đến lúc 9 giờ."), (pair.second, "Đến lúc 10 giờ.")):
        cases.save_facts(desk, case.id, replace(case.facts, facts=words), case.version)
    same(pair)
    [here], [there] = sync.conflicts(pair.first), sync.conflicts(pair.second)
    assert (here.base, here.current, here.mine) == (FACTS.facts, "Đến lúc 9 giờ.", "Đến lúc 10 giờ.")
    assert (there.current, there.mine, there.is_text) == (here.current, here.mine, True)
    sync.settle(pair.second, there.id, "text", "Đến lúc 9 giờ 30.")
    same(pair)
    assert cases.case(pair.first, case.id).facts.facts == "Đến lúc 9 giờ 30."
    assert sync.conflicts(pair.first) == sync.conflicts(pair.second) == ()


def test_what_both_type_alike_is_no_clash_and_what_is_unchanged_is_not_sealed_anew(pair: Pair) -> None:
    case = cases.open_case(pair.first, FACTS)[0]
    same(pair)
    for desk in (pair.first, pair.second):
        cases.save_facts(desk, case.id, replace(case.facts, person="Trần Văn Giả"), case.version)
    same(pair)
    assert sync.conflicts(pair.first) == ()
    changes = [set(op.patch) for op in effects(pair) if op.entity == "case-facts" and op.rec]
    assert changes[1:] == [{"person"}, {"person"}]
