"""Requests and what stands beside them: contacts, the today page, lists, earlier answers."""

from datetime import timedelta
from uuid import UUID

import pytest

from spokesdesk.domain.changes import Change
from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.requests import (
    RequestState,
)
from spokesdesk.services import journal, people, requests, today
from spokesdesk.services.ports import Desk
from spokesdesk.services.request_moves import Assign
from tests.asked import a_contact, asked, given, request_of
from tests.desks import Office


def test_a_contact_with_an_answer_event_opens_its_request_and_is_settled_by_it(desk: Desk) -> None:
    entry = a_contact(desk)
    made = request_of(desk, entry)
    assert made.subject.contact_id == entry.id
    assert (made.topic, made.due, made.received_at) == (entry.topic, entry.due, entry.received_at)
    assert requests.of_contact(desk, a_contact(desk, answer_event="").id) is None
    with pytest.raises(ConflictError, match="contact_request_open"):
        journal.settle(desk, entry.id)
    _closed, changes = requests.answer(desk, made.id, given(desk))
    assert Change("contact", entry.id) in changes
    assert journal.contact(desk, entry.id).settled_at is not None
    requests.reopen(desk, made.id, "Trả lời thiếu câu 2")
    assert journal.contact(desk, entry.id).settled_at is None


def test_a_corrected_contact_corrects_its_request(desk: Desk) -> None:
    wrong = a_contact(desk, topic="Nước sạch thành thị")
    right = a_contact(desk, topic="Nước sạch nông thôn", corrects=wrong.id)
    made = request_of(desk, right)
    assert (made.topic, len(requests.request_numbers(desk))) == ("Nước sạch nông thôn", 1)
    assert made.steps[0].subject is not None
    assert made.steps[0].subject.topic == "Nước sạch thành thị"
    assert requests.of_contact(desk, wrong.id) is None


def test_nothing_is_opened_when_the_contact_is_refused(desk: Desk) -> None:
    with pytest.raises(UserError):
        a_contact(desk, topic="")
    assert requests.request_numbers(desk) == ()


def test_the_list_is_filtered_by_state_holder_and_owner(office: Office) -> None:
    desk = office.spokesperson
    mine = asked(desk, topic="Của tôi", owner_id=desk.member.id)
    unit = asked(desk, topic="Của phòng", lead_unit="Phòng Đất đai")
    done = asked(desk, topic="Xong rồi")
    requests.withdraw(desk, done.id, "Báo rút")

    def ids(**chosen: object) -> list[UUID]:
        numbers = requests.request_numbers(desk, **chosen)  # type: ignore[arg-type]
        return [row.id for row in requests.request_rows(desk, numbers)]

    assert ids() == [mine.id, unit.id, done.id]
    assert ids(mine=desk.member.ref) == [mine.id]
    assert ids(holder="phong dat") == [unit.id]
    assert ids(states=(RequestState.WITHDRAWN,)) == [done.id]
    assert ids(words="phong dat dai") == [unit.id]


def test_mine_is_what_i_answer_for_hold_or_share(office: Office) -> None:
    desk, me = office.spokesperson, office.spokesperson.member
    owned = asked(desk, topic="Tôi phụ trách", owner_id=me.id)
    held = asked(desk, topic="Đang chờ tôi", lead_unit="Phòng Đất đai", holder=me.name.upper())
    shared = asked(desk, topic="Tôi phối hợp", lead_unit="Phòng Đất đai", shared=("Phòng Nước", me.name))
    asked(desk, topic="Của người khác", lead_unit="Phòng Đất đai", shared=(f"{me.name} B",))

    def mine() -> set[UUID]:
        return {row.id for row in requests.request_rows(desk, requests.request_numbers(desk, mine=me.ref))}

    assert mine() == {owned.id, held.id, shared.id}
    requests.assign(desk, shared.id, Assign(lead_unit="Phòng Đất đai", shared=("Phòng Nước",)))
    assert mine() == {owned.id, held.id}


def test_a_request_stands_on_the_timeline_of_who_asked(desk: Desk) -> None:
    made = asked(desk)
    asked(desk, outlet="Báo Lao Động", journalist="")
    assert made.journalist is not None
    assert made.outlet is not None
    for passed in (
        people.timeline(desk, journalist_id=made.journalist.id),
        people.timeline(desk, outlet_id=made.outlet.id),
    ):
        assert [(item.kind, item.id, item.title) for item in passed] == [("request", made.id, made.topic)]


def test_what_was_said_before_is_on_the_same_words_or_outlet(desk: Desk) -> None:
    land = asked(desk, outlet="Báo Lao Động", journalist="")
    water = asked(desk, topic="Nước sạch nông thôn", questions=(), outlet="VnExpress", journalist="")
    still_open = asked(desk, topic="Giá đất đền bù cầu Rạch Miễu")
    for made in (land, water):
        requests.answer(desk, made.id, given(desk))
    now = asked(
        desk, topic="Báo hỏi giá đất đền bù ở Đức Hòa", questions=(), outlet="VnExpress", journalist=""
    )
    assert now.outlet is not None
    found = requests.said_before(desk, now.topic, (), now.outlet.id, apart_from=now.id)
    assert [each.id for each in found] == [land.id, water.id]
    assert still_open.id not in [each.id for each in found]


def test_today_shows_open_requests_first_due_first_and_each_once(desk: Desk) -> None:
    soon = asked(desk, topic="Cần ngay", wanted_at=desk.now() + timedelta(hours=1))
    late = asked(
        desk,
        topic="Đã trễ",
        received_at=desk.now() - timedelta(days=3),
        wanted_at=desk.now() - timedelta(days=2),
        holder="Phòng Đất đai",
    )
    undated = asked(desk, topic="Không hạn")
    entry = a_contact(desk)
    due = today.board(desk).due
    assert [(item.kind, item.id) for item in due] == [
        ("request", late.id),
        ("request", soon.id),
        ("request", request_of(desk, entry).id),
        ("request", undated.id),
    ]
    assert due[0].holder == "Phòng Đất đai"
    requests.withdraw(desk, late.id, "Báo rút")
    assert late.id not in [item.id for item in today.board(desk).due]
