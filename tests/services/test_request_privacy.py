"""A person is taken out of requests and evening lists, and what happened can still be read and vouched for."""

from spokesdesk.domain.privacy import GONE, Scope
from spokesdesk.domain.request_moves import told
from spokesdesk.domain.requests import RequestState
from spokesdesk.services import day_end, find, privacy, requests, workspace
from spokesdesk.services.ports import Desk
from tests.asked import asked, given

NAME = "Quách Thị Hồng Ngọc"


def test_an_erased_person_is_in_no_request_and_no_evening_list(desk: Desk) -> None:
    made = asked(desk, topic=f"{NAME} hỏi giá đất", journalist=NAME, holder="Phòng Đất đai")
    listed, _changes = day_end.finish(desk)
    requests.answer(desk, made.id, given(desk, f"Đã trả lời {NAME}: 214.000 đồng"))
    assert made.journalist is not None
    privacy.erase(desk, made.journalist.id, "asked", Scope.CONTENT)
    left = requests.request(desk, made.id)
    assert NAME not in repr(left)
    assert "214.000" not in repr(left)
    assert (left.state, left.topic) == (RequestState.ANSWERED, GONE)
    assert [told(step) for step in left.steps] == ["Tiếp nhận yêu cầu", "Đã trả lời"]
    assert NAME not in repr(day_end.latest(desk))
    assert day_end.pdf(desk, listed.id).startswith(b"%PDF")
    assert find.find(desk, "hong ngoc") == ()
    assert workspace.doctor(desk).chain == ()
