"""The first page on a real desk: all that is due in one order, what waits for me, alerts, long lists counted whole."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from spokesdesk.domain.clock import end_of_day
from spokesdesk.domain.incidents import IncidentDraft, Statement, StatementForm
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.domain.monitoring import ItemDraft
from spokesdesk.domain.requests import AskerKind, Request, RequestDraft
from spokesdesk.services import duties, incidents, journal, monitoring, request_moves, requests, today
from spokesdesk.services.ports import Desk
from tests.desks import Office

NOON = datetime(2026, 10, 13, 5, 0, tzinfo=UTC)


def asked(desk: Desk, topic: str, event: str = "press_opinion_received", **changes: object) -> Request:
    draft = RequestDraft(
        asker_kind=AskerKind.PRESS,
        received_at=desk.now() - timedelta(hours=1),
        channel=Channel.EMAIL,
        outlet="Báo Long An",
        topic=topic,
        questions=("Bao giờ xong?",),
        event=event,
    )
    return requests.open_request(desk, replace(draft, **changes))[0]  # type: ignore[arg-type]


def at(desk: Desk, moment: datetime) -> Desk:
    return replace(desk, now=lambda: moment)


def kinds(board: today.Today) -> list[tuple[str, str]]:
    return [(item.kind, item.title) for item in board.due]


def test_everything_due_stands_in_one_order_and_what_has_no_date_last(desk: Desk) -> None:
    noon = at(desk, NOON)
    duties.set_agency_kind(noon, "province")
    asked(noon, "Giá đất")
    asked(noon, "Hỏi nhanh", event="")
    incidents.open_incident(
        noon, IncidentDraft("Cháy kho", received_at=NOON, impact_at=NOON - timedelta(hours=1))
    )
    draft = ContactDraft(
        channel=Channel.PHONE,
        received_at=NOON,
        outlet="Báo Long An",
        journalist="Lê Thị Hà",
        topic="Hạn mặn",
        follow_up="Gọi lại",
        follow_up_on=date(2026, 10, 15),
    )
    journal.log_contact(noon, draft)
    board = today.board(noon)
    found = kinds(board)
    assert found[:3] == [("incident", "Cháy kho"), ("incident", "Cháy kho"), ("contact", "Gọi lại")]
    assert found[-1] == ("request", "Hỏi nhanh")
    assert ("request", "Giá đất") in found
    ends = [item.due.due_at for item in board.due if item.due.due_at]
    assert ends == sorted(ends)
    assert board.due_total == len(board.due)


def test_an_incident_leaves_the_page_when_somebody_spoke(desk: Desk) -> None:
    noon = at(desk, NOON)
    opened, _changes = incidents.open_incident(noon, IncidentDraft("Cháy kho", received_at=NOON))
    incidents.say(noon, opened.id, Statement(NOON, StatementForm.PORTAL, "Khuê", "Đã rõ."))
    assert kinds(today.board(noon)) == []


def test_a_duty_comes_two_weeks_ahead_and_goes_when_it_is_done(desk: Desk) -> None:
    noon = at(desk, NOON)
    duties.set_agency_kind(noon, "province")
    late = at(desk, datetime(2026, 10, 20, 5, 0, tzinfo=UTC))
    assert "duty" not in dict(kinds(today.board(at(desk, datetime(2026, 10, 13, 5, 0, tzinfo=UTC)))))
    turn = next(turn for turn in duties.upcoming(late) if turn.rule.id == "N244-MON")
    ends = [item.due.due_at for item in today.board(late).due if item.kind == "duty"]
    assert ends == [end_of_day(turn.due_on)]
    duties.done(late, "N244-MON", turn.due_on)
    ends = [item.due.due_at for item in today.board(late).due if item.kind == "duty"]
    assert end_of_day(turn.due_on) not in ends


def test_what_was_given_to_me_waits_for_me_and_for_nobody_else(office: Office) -> None:
    desk = office.spokesperson
    made = asked(desk, "Giá đất")
    assigned = request_moves.Assign(owner_id=office.drafter.member.id)
    requests.assign(desk, made.id, assigned)
    mine = today.board(office.drafter).waiting
    assert [(item.kind, item.title, item.chip) for item in mine] == [
        ("request", "Giá đất", "Yêu cầu giao tôi")
    ]
    assert today.board(office.registry).waiting == ()


def test_a_contact_that_brought_a_request_is_listed_once(desk: Desk) -> None:
    for n in range(5):
        draft = ContactDraft(
            channel=Channel.PHONE,
            received_at=desk.now() - timedelta(hours=n + 1),
            outlet="Báo Long An",
            journalist="Lê Thị Hà",
            topic=f"Việc {n}",
            questions=("Bao giờ?",),
            answer_event="answer_demanded",
        )
        journal.log_contact(desk, draft)
    assert sorted(kinds(today.board(desk))) == [("request", f"Việc {n}") for n in range(5)]


def test_of_more_than_the_page_lists_the_most_urgent_are_listed_and_all_are_counted(desk: Desk) -> None:
    now = desk.now()
    for n in range(6):
        asked(desk, f"Việc {n}", event="", wanted_at=now + timedelta(days=6 - n))
    with desk.read() as unit:
        first = unit.requests.due_first(2)
        assert [one.topic for one in first] == ["Việc 5", "Việc 4"]
        assert unit.requests.count_open() == 6


def test_a_year_without_a_table_of_days_off_is_said(desk: Desk) -> None:
    assert today.board(at(desk, NOON)).alerts == ()
    known = desk.calendar
    short = replace(known, known_from=date(2026, 1, 1), known_until=date(2026, 12, 31))
    late = replace(at(desk, datetime(2026, 12, 20, 5, 0, tzinfo=UTC)), calendar=short)
    (alert,) = today.board(late).alerts
    assert alert.title == "Chưa có bảng ngày nghỉ năm 2027"
    found = asked(late, "Giá đất", received_at=datetime(2026, 12, 20, 4, 0, tzinfo=UTC))
    assert found.due is not None
    assert found.due.calendar_uncertain, "the deadline says so, too"


def test_news_that_nobody_looked_at_waits_as_one_line(desk: Desk) -> None:
    draft = ItemDraft(
        where="Báo Long An",
        title="Cháy kho ở Đức Hòa",
        published_at=desk.now() - timedelta(hours=1),
        text="Tin nóng.",
    )
    for n in range(3):
        monitoring.add_item(desk, replace(draft, title=f"{draft.title} {n}", text=f"Tin nóng số {n}."))
    (line,) = today.board(desk).waiting
    assert (line.title, line.chip, line.id) == ("3 tin mới cần phân loại", "Phân loại tin", None)
