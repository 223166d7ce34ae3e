"""Two desks, one journal: what is typed on one is on the other, whatever happens on the way."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from spokesdesk import bootstrap
from spokesdesk.domain.cases import CaseDraft, CaseKind
from spokesdesk.domain.errors import ConflictError
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.domain.letters import Letter
from spokesdesk.domain.people import Outlet
from spokesdesk.domain.requests import RequestDraft
from spokesdesk.services import cases, find, journal, papers, people, privacy, requests, samples, sync
from spokesdesk.services.ports import Desk
from tests.server.running import RunningPortal
from tests.sync.desks import PASSPHRASE, press_release, released
from tests.sync.pairs import Pair, differences, faults, made_desk, paired, well

BODY = "Mưa lớn kéo dài. Thiệt hại ước 7,2 tỷ đồng.\n\nCác xã đã di dời 1.200 hộ dân."


@pytest.fixture
def pair(tmp_path: Path, portal: RunningPortal) -> Iterator[Pair]:
    with paired(tmp_path, portal) as made:
        yield made


def same(pair: Pair) -> None:
    pair.settle_down()
    assert differences(pair.first, pair.second) == []
    assert faults(pair.first) == []
    assert faults(pair.second) == []


def visit(desk: Desk, topic: str, journalist: str = "Phạm Thu Hà", outlet: str = "Báo Đắk Lắk") -> UUID:
    draft = ContactDraft(Channel.PHONE, desk.now() - timedelta(hours=1), outlet, journalist, topic)
    return journal.log_contact(desk, draft)[0].id


def outlet(desk: Desk, name: str) -> Outlet:
    return next(one for one in people.outlets(desk) if one.name == name)


def edited(desk: Desk, paper_id: UUID, before: str, after: str) -> None:
    found = papers.paper(desk, paper_id)
    letter = replace(found.letter, body=found.letter.body.replace(before, after))
    papers.save_letter(desk, paper_id, letter, found.version)


def draft(desk: Desk) -> UUID:
    return papers.create(desk, press_release("về mưa lũ", BODY))[0].id


def letter(desk: Desk, paper_id: UUID) -> Letter:
    return papers.paper(desk, paper_id).letter


def test_a_desk_with_a_year_of_entries_fills_the_one_that_joins(
    tmp_path: Path, portal: RunningPortal
) -> None:
    with paired(tmp_path, portal, before=samples.furnish) as pair:
        same(pair)
        assert find.find(pair.second, "han man", ("paper",))
        assert len(requests.request_numbers(pair.second)) == len(requests.request_numbers(pair.first)) > 0


def test_what_each_types_is_on_the_others_desk_and_found_there(pair: Pair) -> None:
    mine, theirs = visit(pair.first, "giá lúa vụ hè thu"), visit(pair.second, "sạt lở ven sông")
    same(pair)
    assert [hit.id for hit in find.find(pair.second, "lua vu he thu")] == [mine]
    assert [hit.id for hit in find.find(pair.first, "sat lo")] == [theirs]
    # Both wrote the outlet down without knowing of each other: two records, to be merged by a person.
    assert len([one for one in people.outlets(pair.first) if one.name == "Báo Đắk Lắk"]) == 2


def test_an_edit_of_one_field_each_needs_nobody(pair: Pair) -> None:
    visit(pair.first, "hạn mặn")
    pair.settle_down()
    people.save_outlet(pair.first, replace(outlet(pair.first, "Báo Đắk Lắk"), phone="0262 1"))
    people.save_outlet(pair.second, replace(outlet(pair.second, "Báo Đắk Lắk"), address="12 Lê Duẩn"))
    same(pair)
    found = outlet(pair.first, "Báo Đắk Lắk")
    assert (found.phone, found.address) == ("0262 1", "12 Lê Duẩn")
    assert sync.conflicts(pair.first) == ()


@pytest.mark.parametrize(("pick", "holds"), [("current", "0262 1"), ("mine", "0262 2")])
def test_a_clash_is_shown_on_both_desks_and_settled_on_one(pair: Pair, pick: str, holds: str) -> None:
    visit(pair.first, "hạn mặn")
    pair.settle_down()
    people.save_outlet(pair.first, replace(outlet(pair.first, "Báo Đắk Lắk"), phone="0262 1"))
    people.save_outlet(pair.second, replace(outlet(pair.second, "Báo Đắk Lắk"), phone="0262 2"))
    same(pair)
    [seen], [there] = sync.conflicts(pair.first), sync.conflicts(pair.second)
    assert (seen.id, seen.field, seen.current, seen.mine) == (there.id, "phone", "0262 1", "0262 2")
    assert (seen.is_own, there.is_own, seen.title) == (False, True, "Báo Đắk Lắk")
    sync.settle(pair.second, there.id, pick)
    assert sync.conflicts(pair.second) == ()
    same(pair)
    assert outlet(pair.first, "Báo Đắk Lắk").phone == holds
    assert sync.conflicts(pair.first) == ()
    with pytest.raises(ConflictError, match="conflict_settled"):
        sync.settle(pair.first, seen.id, "mine")


def test_sentences_changed_apart_become_one_text_in_a_version_of_its_own(pair: Pair) -> None:
    paper = draft(pair.first)
    pair.settle_down()
    edited(pair.first, paper, "Mưa lớn kéo dài.", "Mưa lớn kéo dài ba ngày.")
    edited(pair.second, paper, "1.200 hộ dân", "1.350 hộ dân")
    same(pair)
    merged = "Mưa lớn kéo dài ba ngày. Thiệt hại ước 7,2 tỷ đồng.\n\nCác xã đã di dời 1.350 hộ dân."
    assert letter(pair.first, paper).body == letter(pair.second, paper).body == merged
    assert sync.conflicts(pair.first) == sync.conflicts(pair.second) == ()


def test_a_figure_corrected_by_two_waits_for_a_person_and_holds_the_release_back(pair: Pair) -> None:
    paper = draft(pair.first)
    pair.settle_down()
    edited(pair.first, paper, "7,2 tỷ", "7,5 tỷ")
    edited(pair.second, paper, "7,2 tỷ", "7,1 tỷ")
    same(pair)
    assert "7,5 tỷ" in letter(pair.second, paper).body
    [conflict] = sync.conflicts(pair.second)
    assert conflict.subject == ("paper", paper)
    assert "7,5 tỷ" in conflict.current
    assert "7,1 tỷ" in conflict.mine
    assert "7,2 tỷ" in conflict.base
    papers.submit(pair.first, paper)
    with pytest.raises(ConflictError, match="conflict_open"):
        papers.approve(pair.first, paper, "việc gấp")
    sync.settle(pair.second, conflict.id, "text", sync.readable(conflict)[1].replace("7,5 tỷ", "7,15 tỷ"))
    same(pair)
    assert "7,15 tỷ" in letter(pair.first, paper).body
    papers.approve(pair.first, paper, "việc gấp")


def test_a_release_of_one_desk_is_a_released_paper_on_the_other(pair: Pair) -> None:
    paper = released(pair.first, press_release("về hạn mặn"))
    same(pair)
    found = papers.paper(pair.second, paper.id)
    assert (found.state, found.number, found.letter) == (paper.state, paper.number, paper.letter)


def test_steps_taken_on_both_desks_stand_in_the_same_order_on_both(pair: Pair) -> None:
    draft = RequestDraft(Channel.PHONE, pair.first.now(), "số liệu hạn mặn", asker="UBND xã A")
    made = requests.open_request(pair.first, replace(draft, outlet="Báo A"))[0].id
    pair.settle_down()
    for desk, holder in ((pair.first, "Phòng A"), (pair.second, "Phòng B"), (pair.first, "Phòng C")):
        requests.hold(desk, made, holder)
    same(pair)
    holders = [step.holder for step in requests.request(pair.first, made).steps if step.holder]
    assert holders == [step.holder for step in requests.request(pair.second, made).steps if step.holder]
    assert sorted(holders) == ["Phòng A", "Phòng B", "Phòng C"]


def test_personal_data_erased_on_one_desk_are_gone_on_the_other(pair: Pair) -> None:
    entry = visit(pair.first, "hỏi về đất đai", "Đỗ Văn Mật")
    same(pair)
    person = journal.contact(pair.second, entry).journalist
    assert person is not None
    privacy.erase(pair.second, person.id, privacy.law().delete[0].id)
    same(pair)
    assert find.find(pair.first, "do van mat") == ()
    kept = journal.contact(pair.first, entry)
    assert kept.journalist is None or "Mật" not in kept.journalist.name


def test_a_case_that_was_edited_after_it_was_shared_comes_whole_to_a_desk_that_joins(
    pair: Pair, tmp_path: Path
) -> None:
    made = cases.open_case(pair.first, CaseDraft(CaseKind.HARASSMENT, "Đòi tiền", facts="Đến lúc 9 giờ."))[0]
    same(pair)
    cases.save_facts(pair.second, made.id, replace(made.facts, facts="Đến lúc 10 giờ."), made.version)
    newcomer = made_desk(tmp_path / "new", "Vũ Thị Sen")
    try:
        same(pair)
        sync.connect(newcomer, pair.portal.url, pair.portal.quick_code(pair.agency))
        for desk in (newcomer, pair.first, newcomer):
            well(desk)
        assert cases.case(newcomer, made.id).facts.facts == "Đến lúc 10 giờ."
        assert differences(pair.first, newcomer) == []
    finally:
        newcomer.close()


def test_an_idle_round_says_little(pair: Pair) -> None:
    report = well(pair.first)
    assert (report.sent, report.received, report.echoed) == (0, 0, 0)


def test_a_portal_put_back_from_a_backup_gets_colleagues_entries_back_too(
    own_portal: RunningPortal, tmp_path: Path
) -> None:
    own_portal.start()
    with paired(tmp_path / "desks", own_portal) as pair:
        own_portal.stop()
        shutil.copytree(own_portal.data, tmp_path / "backup")
        own_portal.start()
        mine, theirs = visit(pair.first, "giá lúa"), visit(pair.second, "sạt lở", "Lê An", "Báo B")
        same(pair)
        # The second desk goes home; the portal loses the day; a third entry is written before anybody notices.
        own_portal.stop()
        shutil.rmtree(own_portal.data)
        shutil.copytree(tmp_path / "backup", own_portal.data)
        own_portal.start()
        third = visit(pair.first, "thủy lợi")
        well(pair.first)
        newcomer = made_desk(tmp_path / "new", "Vũ Thị Sen")
        try:
            sync.connect(newcomer, own_portal.url, own_portal.quick_code(pair.agency))
            well(newcomer)
            for entry in (mine, theirs, third):
                assert journal.contact(newcomer, entry).id == entry
        finally:
            newcomer.close()
        same(pair)
        # What a colleague had given back before came with the records, and waits for nothing any more.
        assert [sync.state(desk).waiting for desk in (pair.first, pair.second)] == [0, 0]


def test_a_workspace_put_back_from_its_backup_goes_on_under_a_new_id_and_gets_its_days_back(
    tmp_path: Path, portal: RunningPortal
) -> None:
    with paired(tmp_path, portal) as pair:
        folder = pair.first.keeper.folder
        pair.first.close()
        shutil.copytree(folder, tmp_path / "backup")
        pair.first = bootstrap.open_desk(folder, passphrase=PASSPHRASE).working_as(pair.first.member)
        lost = visit(pair.first, "việc của hôm qua")
        same(pair)
        pair.first.close()
        shutil.rmtree(folder)
        shutil.copytree(tmp_path / "backup", folder)
        pair.first = bootstrap.open_desk(folder, passphrase=PASSPHRASE).working_as(pair.first.member)
        fresh = visit(pair.first, "việc của hôm nay")
        report, _changes = sync.run_round(pair.first)
        assert report.fault is not None
        assert report.fault.code == "device_cloned"
        sync.connect(pair.first, portal.url, portal.quick_code(pair.agency))
        pair.settle_down()
        for desk in (pair.first, pair.second):
            assert {journal.contact(desk, entry).id for entry in (lost, fresh)} == {lost, fresh}
        assert differences(pair.first, pair.second) == []
