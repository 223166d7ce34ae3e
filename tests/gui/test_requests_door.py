"""A request from the portal's journalists in the window: what goes back is said, an appointment is answered."""

from collections.abc import Callable
from datetime import timedelta

from spokesdesk.domain.changes import Change
from spokesdesk.domain.door import DoorLevel
from spokesdesk.domain.journal import GivenForm
from spokesdesk.domain.requests import Request, RequestMove, RequestState
from spokesdesk.gui.requests.answering import AnswerPanel
from spokesdesk.gui.requests.door import DoorCard
from spokesdesk.gui.requests.screen import RequestsScreen
from spokesdesk.gui.widgets.basic import LinkButton
from spokesdesk.services import requests
from spokesdesk.services.ports import Desk
from tests.gui.desk_fixtures import said
from tests.gui.door_fixtures import came
from tests.gui.stage import Stage, settle
from tests.gui.test_requests import asked, opened

Open = Callable[..., Stage]


def the_only(desk: Desk) -> Request:
    [number] = requests.request_numbers(desk)
    return requests.request(desk, requests.request_rows(desk, [number])[0].id)


def links(card: DoorCard) -> dict[str, LinkButton]:
    found: list[LinkButton] = list(card.findChildren(LinkButton))
    return {link.text(): link for link in found}


def test_a_question_shows_where_it_came_from_and_that_its_answer_goes_back(stage: Open, desk: Desk) -> None:
    question = came(desk)
    window = stage(desk)
    request = the_only(desk)
    screen = opened(window, request)
    assert screen.page.door.isVisible()
    assert "Câu hỏi" in said(screen.page.door)
    screen.page.ask(RequestMove.ANSWER)
    settle(window.courier)
    panel = screen.page.moving.panel
    assert isinstance(panel, AnswerPanel)
    assert panel.form.value() == GivenForm.PORTAL.value
    assert panel.meeting is None
    assert "gửi cho nhà báo qua cổng" in said(panel)
    panel.text.set_text("Trước ngày 30/12.")
    panel.confirm()
    settle(window.courier)
    assert requests.request(desk, request.id).state is RequestState.ANSWERED
    with desk.write() as unit:
        unit.door.rate(question.id, DoorLevel.POOR, "Chưa rõ.", desk.now())
    window.control.pages.on_changed((Change("sync"),))
    settle(window.courier)
    assert "Chưa hài lòng" in said(screen.page.door)
    assert "Chưa rõ." in said(screen.page.door)


def test_an_appointment_asks_whether_it_is_taken(stage: Open, desk: Desk) -> None:
    wanted = desk.now() + timedelta(days=2)
    came(desk, kind="appointment", wanted_at=wanted.isoformat())
    window = stage(desk)
    request = the_only(desk)
    screen = opened(window, request)
    screen.page.ask(RequestMove.ANSWER)
    settle(window.courier)
    panel = screen.page.moving.panel
    assert isinstance(panel, AnswerPanel)
    assert panel.meeting is not None
    panel.confirm()
    settle(window.courier)
    assert [field.name for field in panel.fields if field.error()] == ["meeting"]
    panel.meeting.set_value("accept")
    panel.confirm()
    settle(window.courier)
    closing = requests.request(desk, request.id).closing
    assert closing is not None
    assert closing.answer is not None
    assert closing.answer.text.startswith("Nhận lịch lúc ")


def test_a_request_that_came_another_way_shows_no_door(stage: Open, desk: Desk) -> None:
    window = stage(desk)
    screen: RequestsScreen = opened(window, asked(desk))
    assert not screen.page.door.isVisible()
    screen.page.ask(RequestMove.ANSWER)
    settle(window.courier)
    assert screen.page.moving.panel is not None
    assert "cổng" not in said(screen.page.moving.panel)


def test_the_parts_of_a_thread_lead_to_each_other(stage: Open, desk: Desk) -> None:
    first = came(desk)
    came(desk, topic="Hỏi thêm: Giá đất năm 2027", thread=str(first.id))
    window = stage(desk)
    rows = requests.request_rows(desk, requests.request_numbers(desk))
    follow = next(row for row in rows if row.topic.startswith("Hỏi thêm"))
    screen = opened(window, requests.request(desk, follow.id))
    links(screen.page.door)["Giá đất năm 2027"].click()
    settle(window.courier)
    assert screen.page.request is not None
    assert screen.page.request.topic == "Giá đất năm 2027"
