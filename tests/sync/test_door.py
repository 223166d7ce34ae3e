"""From a journalist's browser to the desk and back: the request with its deadline, the answer, the rating."""

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from spokesdesk import assets
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.door import AccountState, DoorKind, DoorLevel, Meeting
from spokesdesk.domain.errors import AccessError, UserError
from spokesdesk.domain.journal import Channel, GivenForm
from spokesdesk.domain.people import Journalist, Outlet
from spokesdesk.domain.requests import GivenAnswer, Request, RequestState
from spokesdesk.services import door, people, province_journalists, requests, rulepacks, sync, today
from spokesdesk.services.door import MeetingSaid
from spokesdesk.services.ports import Desk
from spokesdesk.services.request_moves import Assign
from tests.server.running import RunningPortal
from tests.server.test_pages import Page
from tests.server.visitors import Visitor
from tests.sync.desks import on_line, press_release, released
from tests.sync.pairs import differences, faults, paired, well


@pytest.fixture
def lan(portal: RunningPortal) -> Iterator[Visitor]:
    """A verified journalist at her browser."""
    visitor = Visitor(portal).verified()
    yield visitor
    visitor.close()


@pytest.fixture
def stranger(portal: RunningPortal) -> Iterator[Visitor]:
    """Somebody without an account at a browser."""
    visitor = Visitor(portal)
    yield visitor
    visitor.close()


def joined(desk: Desk, portal: RunningPortal) -> str:
    """Connect a desk to the portal under an agency of its own; give the agency's name in addresses."""
    agency = f"Sở {secrets.token_hex(5)}"
    sync.connect(desk, portal.url, portal.quick_code(agency))
    well(desk)
    return agency


def key_of(visitor: Visitor, agency: str) -> str:
    shown = visitor.get("/nha-bao/hoi").text
    return shown[: shown.index(agency)].rpartition('value="')[2].partition('"')[0]


def asked(visitor: Visitor, agency: str, **typed: str) -> str:
    """Ask an agency by its form; give the path of the question."""
    words = {
        "agency": key_of(visitor, agency),
        "kind": "question",
        "topic": "về giá đất",
        "body": "Khi nào có?",
    }
    answer = visitor.send("/nha-bao/hoi", **(words | {"day": "", "time": ""} | typed))
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("?")[0]


def the_request(desk: Desk) -> Request:
    [number] = requests.request_numbers(desk)
    [row] = requests.request_rows(desk, [number])
    return requests.request(desk, row.id)


def answered(desk: Desk, request: Request, text: str, meeting: MeetingSaid | None = None) -> None:
    given = GivenAnswer(text, GivenForm.PORTAL, "", desk.now())
    requests.answer(desk, request.id, given, meeting=meeting)


def test_a_question_becomes_a_request_with_its_deadline_and_the_answer_comes_back(
    desk: Desk, portal: RunningPortal, stranger: Visitor
) -> None:
    lan = stranger.verified_by_forms()
    rulepacks.take(desk, assets.path("samples", "quy-dinh-hue.toml"))
    agency = joined(desk, portal)
    path = asked(lan, agency)
    report = well(desk)
    assert report.sent >= 2, "the request, and that the desk has it, go in the same round"
    request = the_request(desk)
    assert (request.channel, request.topic, request.subject.questions) == (
        Channel.PORTAL,
        "về giá đất",
        ("Khi nào có?",),
    )
    assert request.journalist is not None
    known = people.journalist(desk, request.journalist.id)
    assert (known.name, known.card_number, known.email) == (lan.name, "IBT-02311", lan.email)
    assert known.outlet is not None
    assert known.outlet.name == "Báo Tuổi Trẻ"
    assert request.due is not None
    assert request.due.due_at is not None
    assert request.due.citation
    assert [item.title for item in today.board(desk).due if item.id == request.id] == ["về giá đất"]
    shown = Page(lan.get(path).text).text
    due = to_vn(request.due.due_at)
    assert f"Hạn trả lời: {due:%H:%M, %d/%m/%Y} ({request.due.citation})" in shown
    requests.assign(desk, request.id, Assign(lead_unit="Phòng Mật Canary", remark="ghi nội bộ canary"))
    requests.hold(desk, request.id, "Ông Canary")
    answered(desk, request, "Bảng giá có từ ngày 01/01/2027.")
    well(desk)
    shown = Page(lan.get(path).text).text
    assert "Bảng giá có từ ngày 01/01/2027." in shown
    assert "Canary" not in shown
    assert "canary" not in shown
    found = Page(portal.get("/dung-han").text).text
    assert "Đúng hạn 1 (100 %)" in found[found.index(agency) :]
    assert lan.send(f"{path}/danh-gia", path, level="good", remark="Cảm ơn.").status_code == 303
    well(desk)
    seen = door.seen(desk, request.id)
    assert seen is not None
    assert (seen.door.level, seen.door.remark) == (DoorLevel.GOOD, "Cảm ơn.")
    assert [(step.target, state) for step, state, _reason in seen.sent][-1] == (
        RequestState.ANSWERED,
        "accepted",
    )
    assert faults(desk) == []


def test_where_the_law_names_no_day_the_wish_is_the_desks_clock_and_nobody_is_counted_late(
    desk: Desk, portal: RunningPortal, lan: Visitor
) -> None:
    agency = joined(desk, portal)
    day = (desk.now() + timedelta(days=3)).date()
    path = asked(lan, agency, day=day.isoformat(), time="10:00")
    well(desk)
    due = the_request(desk).due
    assert due is not None
    assert due.due_at is not None
    assert to_vn(due.due_at).date() == day
    assert due.citation
    assert "Hạn trả lời:" not in Page(lan.get(path).text).text
    found = Page(portal.get("/dung-han").text).text
    assert "Không có hạn cố định: chưa 1" in found[found.index(agency) :]


def test_a_refusal_gives_its_ground_and_a_moved_deadline_only_its_day(
    desk: Desk, portal: RunningPortal, lan: Visitor
) -> None:
    agency = joined(desk, portal)
    path = asked(lan, agency)
    well(desk)
    request = the_request(desk)
    later = desk.now() + timedelta(days=9)
    requests.set_deadline(desk, request.id, later, "chờ ý kiến nội bộ canary")
    well(desk)
    shown = Page(lan.get(path).text).text
    assert f"Cơ quan hẹn trả lời trước {to_vn(later):%H:%M, %d/%m/%Y}" in shown
    assert "canary" not in shown
    [ground, *_rest] = requests.grounds(desk)
    requests.refuse(desk, request.id, ground.id, "Hồ sơ đang được thanh tra.")
    well(desk)
    shown = Page(lan.get(path).text).text
    assert "Đã từ chối" in shown
    assert ground.citation.text in shown
    assert "Hồ sơ đang được thanh tra." in shown
    requests.reopen(desk, request.id, "từ chối nhầm canary")
    well(desk)
    shown = Page(lan.get(path).text).text
    assert "Cơ quan mở lại câu hỏi" in shown
    assert "canary" not in shown


def test_an_appointment_is_accepted_at_its_hour(desk: Desk, portal: RunningPortal, lan: Visitor) -> None:
    agency = joined(desk, portal)
    day = (desk.now() + timedelta(days=4)).date()
    path = asked(lan, agency, kind="appointment", topic="gặp Giám đốc", day=day.isoformat(), time="08:30")
    well(desk)
    request = the_request(desk)
    assert request.topic == "Lịch hẹn: gặp Giám đốc"
    seen = door.seen(desk, request.id)
    assert seen is not None
    assert seen.door.kind is DoorKind.APPOINTMENT
    assert seen.door.wanted_at is not None
    with pytest.raises(UserError, match="door_meeting_time"):
        answered(desk, request, "", MeetingSaid(Meeting.ACCEPT, desk.now()))
    answered(desk, request, "Mang theo thẻ.", MeetingSaid(Meeting.ACCEPT, seen.door.wanted_at))
    well(desk)
    shown = Page(lan.get(path).text).text
    assert "Nhận lịch lúc" not in shown
    assert f"Nhận lịch : {to_vn(seen.door.wanted_at):%H:%M, %d/%m/%Y}" in shown.replace("lịch:", "lịch :")
    assert "Mang theo thẻ." in shown


def test_one_of_two_desks_takes_it_and_both_have_it(
    tmp_path: Path, portal: RunningPortal, lan: Visitor
) -> None:
    with paired(tmp_path, portal) as pair:
        path = asked(lan, pair.agency)
        pair.settle_down()
        assert differences(pair.first, pair.second) == []
        request = the_request(pair.second)
        answered(pair.second, request, "Trả lời từ máy thứ hai.")
        pair.settle_down()
        assert "Trả lời từ máy thứ hai." in lan.get(path).text
        lan.send(f"{path}/danh-gia", path, level="poor")
        pair.settle_down()
        lan.send(f"{path}/hoi-them", path, body="Vì sao?")
        pair.settle_down()
        assert differences(pair.first, pair.second) == []
        for desk in (pair.first, pair.second):
            seen = door.seen(desk, request.id)
            assert seen is not None
            assert seen.door.level is DoorLevel.POOR
            assert [topic for _id, topic in seen.others] == ["Hỏi thêm: về giá đất"]
            assert faults(desk) == []


@pytest.mark.parametrize("how", ["request", "reply"])
def test_a_line_that_fails_brings_the_question_once(
    desk: Desk, portal: RunningPortal, lan: Visitor, how: str
) -> None:
    agency = joined(desk, portal)
    asked(lan, agency)
    fails = {"door": how}
    broken, _changes = sync.run_round(on_line(desk, fails))
    assert broken.fault is not None
    fails.clear()
    for _ in range(3):
        well(on_line(desk, fails))
    assert the_request(desk).topic == "về giá đất"


def test_nobody_at_work_leaves_it_at_the_portal(desk: Desk, portal: RunningPortal, lan: Visitor) -> None:
    agency = joined(desk, portal)
    path = asked(lan, agency)
    well(replace(desk, actor=None))
    assert requests.request_numbers(desk) == ()
    assert "Chờ cơ quan nhận" in Page(lan.get(path).text).text
    well(desk)
    assert "Cơ quan đang xử lý" in Page(lan.get(path).text).text


def test_a_mark_of_secrecy_is_not_taken_in(desk: Desk, portal: RunningPortal, lan: Visitor) -> None:
    agency = joined(desk, portal)
    asked(lan, agency, body="TỐI MẬT\nSố: 01/BC-STTTT\nNội dung canary")
    well(desk)
    request = the_request(desk)
    assert request.topic == "Câu hỏi qua cổng có dấu chỉ độ mật"
    assert "canary" not in " ".join(request.subject.questions)
    well(desk)
    with desk.read() as unit:
        kept = [entry.effect or "" for entry in unit.outbox.log()]
    assert kept
    assert "canary" not in "".join(kept)


def test_a_known_journalist_is_not_entered_twice(desk: Desk, portal: RunningPortal, lan: Visitor) -> None:
    outlet, _ = people.save_outlet(desk, Outlet(desk.new_id(), "Báo Tuổi Trẻ"))
    known, _ = people.save_journalist(
        desk, Journalist(desk.new_id(), lan.name, outlet.ref, card_number="IBT-02311")
    )
    other, _ = people.save_journalist(
        desk, Journalist(desk.new_id(), lan.name, outlet.ref, card_number="IBT-77777")
    )
    agency = joined(desk, portal)
    asked(lan, agency)
    well(desk)
    request = the_request(desk)
    assert request.journalist == known.ref
    assert {one.id for one in people.journalists(desk)} == {known.id, other.id}


def test_an_answer_by_a_released_paper_leads_to_its_page(
    desk: Desk, portal: RunningPortal, lan: Visitor
) -> None:
    agency = joined(desk, portal)
    path = asked(lan, agency)
    well(desk)
    paper = released(desk, press_release("về bảng giá đất"))
    given = GivenAnswer("", GivenForm.PRESS_RELEASE, "", desk.now(), paper.id)
    requests.answer(desk, the_request(desk).id, given)
    well(desk)
    links = [a["href"] or "" for a in Page(lan.get(path).text).all("a")]
    [link] = [one for one in links if one.startswith("/thong-cao/")]
    assert portal.get(link).status_code == 200
    assert UUID(link.rpartition("/")[2]) != paper.id


def test_a_portal_put_back_from_a_backup_gets_question_and_answer_back(
    desk: Desk, own_portal: RunningPortal, tmp_path: Path
) -> None:
    own_portal.start()
    visitor = Visitor(own_portal).verified()
    try:
        agency = joined(desk, own_portal)
        own_portal.stop()
        shutil.copytree(own_portal.data, tmp_path / "backup")
        own_portal.start()
        path = asked(visitor, agency)
        well(desk)
        answered(desk, the_request(desk), "Không bị mất.")
        well(desk)
        own_portal.stop()
        shutil.rmtree(own_portal.data)
        shutil.copytree(tmp_path / "backup", own_portal.data)
        own_portal.start()
        assert visitor.get(path).status_code == 404
        well(desk)
        shown = Page(visitor.get(path).text).text
        assert "Khi nào có?" in shown
        assert "Không bị mất." in shown
        assert the_request(desk).state is RequestState.ANSWERED
    finally:
        visitor.close()


def test_the_province_verifies_from_its_desk(desk: Desk, portal: RunningPortal, stranger: Visitor) -> None:
    stranger.register()
    sync.connect(desk, portal.url, portal.quick_code(f"UBND {secrets.token_hex(4)}", province=True))
    [found] = province_journalists.accounts(desk, stranger.email, AccountState.PENDING)
    assert (found.person.name, found.person.card) == (stranger.name, "IBT-02311")
    with pytest.raises(UserError, match="door_reason_missing"):
        province_journalists.decide(desk, stranger.email, AccountState.REFUSED)
    made = province_journalists.decide(desk, stranger.email, AccountState.VERIFIED)
    assert made.state is AccountState.VERIFIED
    stranger.sign_in()
    assert Page(stranger.get("/nha-bao/hoi").text).all("textarea") != []
    with pytest.raises(UserError, match="door_journalist_unknown"):
        province_journalists.decide(desk, "khong@co.vn", AccountState.VERIFIED)


def test_an_agency_reads_and_decides_no_account(desk: Desk, portal: RunningPortal, lan: Visitor) -> None:
    joined(desk, portal)
    with pytest.raises(AccessError, match="role_missing"):
        province_journalists.decide(desk, lan.email, AccountState.BLOCKED, "x")
