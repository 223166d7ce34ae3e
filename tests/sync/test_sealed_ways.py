"""The ways back to sealed fields: printed keys, a key of its own, a file for what a revoked desk could not send."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from spokesdesk import bootstrap
from spokesdesk.domain.errors import AccessError, UserError, WaitError
from spokesdesk.domain.people import MemberDraft, Role
from spokesdesk.domain.sealing import AWAITED
from spokesdesk.outside import sealing
from spokesdesk.services import cases, journal, sync, workspace
from spokesdesk.services.ports import Desk
from tests.desks import AGENCY
from tests.server.running import RunningPortal
from tests.sync.desks import PASSPHRASE
from tests.sync.notes import FACTS, full_visit, visit
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


def test_the_printed_key_of_a_lost_desk_opens_what_it_sealed(
    portal: RunningPortal, tmp_path: Path, third: Desk
) -> None:
    members = [MemberDraft("Lê Thị Mai", frozenset(Role))]
    lost, printed = bootstrap.create(tmp_path / "lost", AGENCY, members, passphrase=PASSPHRASE)
    agency = "Sở Mất Máy"
    sync.connect(lost, portal.url, portal.quick_code(agency))
    contact = full_visit(lost)
    well(lost)
    lost.close()
    other, elsewhere = bootstrap.create(tmp_path / "other", AGENCY, members, passphrase=PASSPHRASE)
    other.close()
    sync.connect(third, portal.url, portal.quick_code(agency))
    well(third)
    assert journal.contact(third, contact).given == AWAITED
    with pytest.raises(AccessError, match="recovery_no_key"):
        sync.recover_keys(third, elsewhere)
    with pytest.raises(AccessError, match="recovery_mistyped"):
        sync.recover_keys(third, printed[:-1] + ("A" if printed[-1] != "A" else "B"))
    state, _changes = sync.recover_keys(third, printed)
    assert (state.generation, state.awaited) == (1, 0)
    assert journal.contact(third, contact).given == "givencanary"
    well(third)
    assert faults(third) == []


def test_another_printed_key_makes_another_key_and_the_old_paper_opens_nothing_later(
    pair: Pair, third: Desk
) -> None:
    before = workspace.new_recovery_key(pair.first)
    well(pair.first)
    well(pair.first)
    generation = sync.key_state(pair.first).generation
    after = workspace.new_recovery_key(pair.first)
    well(pair.first)
    assert sync.key_state(pair.first).generation == generation + 1
    contact = visit(pair.first, given="sau khi đổi mã")
    same(pair)
    assert journal.contact(pair.second, contact).given == "sau khi đổi mã"
    sync.connect(third, pair.portal.url, pair.portal.quick_code(pair.agency))
    well(third)
    sync.recover_keys(third, before)
    assert journal.contact(third, contact).given == AWAITED
    sync.recover_keys(third, after)
    assert journal.contact(third, contact).given == "sau khi đổi mã"


def test_a_copy_of_the_workspace_opened_with_its_recovery_key_reads_and_seals_on(
    portal: RunningPortal, tmp_path: Path
) -> None:
    members = [MemberDraft("Lê Thị Mai", frozenset(Role))]
    desk, printed = bootstrap.create(tmp_path / "w", AGENCY, members, passphrase=PASSPHRASE)
    sync.connect(desk, portal.url, portal.quick_code("Sở Bản Sao"))
    contact = full_visit(desk)
    well(desk)
    mark = sync.key_state(desk).mark
    desk.close()
    shutil.copytree(tmp_path / "w", tmp_path / "copy")
    again = bootstrap.open_desk(tmp_path / "copy", recovery=printed)
    try:
        assert (sync.key_state(again).mark, journal.contact(again, contact).given) == (mark, "givencanary")
        visit(again, given="viết tiếp")
        assert well(again).sent > 0
    finally:
        again.close()


def test_a_desk_that_nobody_can_help_begins_with_a_key_of_its_own(pair: Pair, third: Desk) -> None:
    old = visit(pair.first, given="của máy cũ")
    same(pair)
    sync.connect(third, pair.portal.url, pair.portal.quick_code(pair.agency))
    well(third)
    state, _changes = sync.begin_keys(third)
    assert state.generation == 1
    new = visit(third, given="của máy mới")
    well(third)
    with pytest.raises(WaitError, match="agency_key_there"):
        sync.begin_keys(third)
    # The others come back after all: both keys open on all desks, each goes on sealing with the one it trusts.
    for desk in (pair.first, third, pair.first):
        well(desk)
    assert journal.contact(third, old).given == "của máy cũ"
    assert journal.contact(pair.first, new).given == "của máy mới"
    assert sync.key_state(pair.first).unvouched == sync.key_state(third).unvouched == 1


def test_what_a_revoked_desk_could_not_send_goes_on_through_a_colleague(pair: Pair, tmp_path: Path) -> None:
    case = cases.open_case(pair.first, FACTS)[0]
    same(pair)
    with pair.second.read() as unit:
        place = unit.outbox.enrolment()
    assert place is not None
    pair.portal.command("revoke", str(place.device))
    stuck = full_visit(pair.second)
    cases.save_facts(pair.second, case.id, replace(case.facts, person="Trần Văn Giả"), case.version)
    report, _changes = sync.run_round(pair.second)
    assert report.fault is not None
    assert report.fault.code == "device_revoked"
    waiting = sync.state(pair.second).waiting
    file = tmp_path / "máy hai.hangcho"
    made = sync.export_outbox(pair.second, file)
    assert (made.changes, made.apart) == (waiting, 0)
    assert sync.state(pair.second).waiting == waiting
    data = file.read_bytes()
    assert b"canary" not in data
    assert b"journalist" not in data
    well(pair.first)
    taken, _changes = sync.import_outbox(pair.first, file)
    assert taken.taken == taken.changes == made.changes
    assert journal.contact(pair.first, stuck).given == "givencanary"
    assert well(pair.first).fault is None
    assert sync.import_outbox(pair.first, file)[0].taken == 0
    assert cases.case(pair.first, case.id).facts.person == "Trần Văn Giả"
    assert sync.conflicts(pair.first) == ()
    assert faults(pair.first) == []
    third = made_desk(tmp_path / "third", "Vũ Thị Sen")
    try:
        sync.connect(third, pair.portal.url, pair.portal.quick_code(pair.agency))
        for desk in (third, pair.first, third):
            well(desk)
        assert journal.contact(third, stuck).questions == ("questioncanary thế nào?",)
        assert differences(pair.first, third) == []
        assert faults(third) == []
    finally:
        third.close()


def test_a_file_of_another_journal_or_an_altered_one_changes_nothing(
    pair: Pair, tmp_path: Path, third: Desk
) -> None:
    visit(pair.first)
    file = tmp_path / "a.hangcho"
    sync.export_outbox(pair.first, file)
    data = file.read_bytes()
    well(pair.first)
    with pytest.raises(UserError, match="outbox_empty"):
        sync.export_outbox(pair.first, tmp_path / "b.hangcho")
    assert not (tmp_path / "b.hangcho").exists()
    sync.connect(third, pair.portal.url, pair.portal.quick_code("Sở Khác Hẳn"))
    well(third)
    other, altered = pair.second, data[:-1] + bytes([data[-1] ^ 1])
    for desk, content in ((third, data), (other, altered), (other, b"PK"), (other, data[:30])):
        file.write_bytes(content)
        before = sync.state(desk).waiting
        with pytest.raises(UserError, match="outbox_file_strange"):
            sync.import_outbox(desk, file)
        assert sync.state(desk).waiting == before
