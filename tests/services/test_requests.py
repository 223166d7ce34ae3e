"""Requests for information: taken, given to somebody, ended as the law allows, and never ended twice."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import Thread
from uuid import UUID

import pytest

from spokesdesk import assets
from spokesdesk.domain.changes import Change
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import AccessError, ConflictError, UserError
from spokesdesk.domain.journal import Channel, GivenForm
from spokesdesk.domain.papers import PaperState
from spokesdesk.domain.requests import (
    AskerKind,
    RequestDraft,
    RequestMove,
    RequestState,
)
from spokesdesk.domain.words import word
from spokesdesk.services import drafts, find, papers, requests
from spokesdesk.services.paper_sources import sources
from spokesdesk.services.ports import Desk
from spokesdesk.services.request_moves import Assign
from tests.asked import asked, faults, given
from tests.desks import Office


def test_a_request_reads_back_as_it_was_written_with_both_times(desk: Desk) -> None:
    received = desk.now() - timedelta(hours=3)
    made = asked(desk, received_at=received)
    assert requests.request(desk, made.id) == made
    assert (made.state, made.received_at) == (RequestState.OPEN, received)
    assert made.entered_at > made.received_at
    assert made.subject.questions == ("Đơn giá được phê duyệt ngày nào?", "Ai phê duyệt?")
    assert [hit.id for hit in find.find(desk, "gia dat khue phe duyet", ("request",))] == [made.id]
    assert faults(desk) == []


def test_the_office_and_another_agency_ask_too(desk: Desk) -> None:
    office = asked(
        desk, asker_kind=AskerKind.OFFICE, asker="Văn phòng UBND tỉnh", channel=Channel.DOCUMENT, outlet="x"
    )
    assert (office.who, office.outlet, office.journalist) == ("Văn phòng UBND tỉnh", None, None)
    with pytest.raises(UserError) as caught:
        asked(desk, asker_kind=AskerKind.AGENCY, asker=" ")
    assert caught.value.field == "asker"


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"topic": " "}, "text_required", "topic"),
        ({"outlet": "", "journalist": ""}, "who_missing", "journalist"),
        ({"questions": ("?",) * 51}, "too_many_questions", "questions"),
        (
            {"wanted_at": datetime(2020, 1, 1, tzinfo=datetime.now().astimezone().tzinfo)},
            "request_wanted_early",
            "wanted_at",
        ),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(
    desk: Desk, changed: dict[str, object], code: str, field: str
) -> None:
    with pytest.raises(UserError) as caught:
        asked(desk, **changed)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert requests.request_numbers(desk) == ()


def test_the_deadline_is_the_law_of_the_day_and_stays_with_the_request(desk: Desk) -> None:
    received = datetime.fromisoformat("2026-11-16T09:00:00+07:00")
    made = asked(desk, received_at=received, event="press_opinion_received")
    # NĐ 237/2026, Điều 18(3): 15 working days from 17/11; 24/11 is a holiday (NQ 28/2026/QH16): until 08/12.
    assert made.due is not None
    assert made.due.due_at is not None
    assert to_vn(made.due.due_at).date() == date(2026, 12, 8)
    assert "237/2026" in made.due.citation
    assert made.due.confidence == "one_copy"
    later = desk.now() + timedelta(days=40)
    moved, _changes = requests.set_deadline(desk, made.id, later, "Phải xin ý kiến Bộ")
    assert moved.due is not None
    assert (moved.due.due_at, moved.due.rule_id) == (later, made.due.rule_id)
    assert moved.steps[0].due == made.due
    assert (moved.steps[1].by.name, moved.steps[1].remark) == ("Trần Minh Khuê", "Phải xin ý kiến Bộ")
    with pytest.raises(UserError) as caught:
        requests.set_deadline(desk, made.id, later, "  ")
    assert caught.value.field == "remark"


def test_where_the_law_sets_no_day_the_wish_of_the_asker_counts(desk: Desk) -> None:
    wanted = desk.now() + timedelta(hours=3)
    by_law = asked(desk, event="press_question", wanted_at=wanted)
    assert by_law.due is not None
    assert by_law.due.due_at == wanted
    assert "244/2026" in by_law.due.citation
    plain = asked(desk, wanted_at=wanted)
    assert plain.due is not None
    assert (plain.due.due_at, plain.due.citation) == (wanted, "")


def test_an_answer_must_exist_to_close_as_answered(office: Office) -> None:
    desk = office.spokesperson
    made = asked(desk)
    for wrong, field in (
        (given(desk, "  "), "answer"),
        (given(desk, form=GivenForm.NONE), "given_form"),
        (given(desk, given_at=desk.now() + timedelta(days=1)), "given_at"),
        (given(desk, given_at=made.received_at - timedelta(days=1)), "given_at"),
    ):
        with pytest.raises(UserError) as caught:
            requests.answer(desk, made.id, wrong)
        assert caught.value.field == field
    assert requests.request(desk, made.id).is_open
    closed, _changes = requests.answer(office.drafter, made.id, given(desk))
    assert closed.state is RequestState.ANSWERED
    assert closed.closing is not None
    assert closed.closing.by.name == "Lê Thị Ánh"
    assert closed.closing.answer is not None
    assert closed.closing.answer.given_to == "Đặng Thị Đình Khuê – Báo Tuổi Trẻ"
    assert [hit.id for hit in find.find(desk, "phe duyet ngay 12/3", ("request",))] == [made.id]
    assert faults(desk) == []


def test_only_a_released_paper_is_an_answer(office: Office) -> None:
    made = asked(office.drafter)
    release = papers.read_letter(assets.read_text("samples", "thong-cao-bao-chi.toml"))
    paper, _changes = papers.create(office.drafter, release)
    answer = given(office.drafter, "", form=GivenForm.PRESS_RELEASE, paper_id=paper.id)
    with pytest.raises(ConflictError) as caught:
        requests.answer(office.drafter, made.id, answer)
    assert caught.value.code == "answer_paper_unreleased"
    papers.submit(office.drafter, paper.id)
    papers.approve(office.leader, paper.id)
    papers.number(office.registry, paper.id)
    papers.release(office.registry, paper.id)
    closed, _changes = requests.answer(office.drafter, made.id, answer)
    assert closed.closing is not None
    assert closed.closing.paper_id == paper.id


def test_refusal_needs_a_ground_in_force_and_a_reason_and_drafts_its_letter(office: Office) -> None:
    desk = office.spokesperson
    made = asked(desk)
    today_grounds = [ground.id for ground in requests.grounds(desk)]
    assert today_grounds == ["L126-31-2-A", "L126-31-2-B", "L126-31-2-C"]
    for ground, reason, field in (
        ("", "Đang thanh tra", "ground"),
        ("L103-38-2-D", "Đang soạn đề án", "ground"),
        ("bận họp", "Bận", "ground"),
        ("L126-31-2-C", "  ", "remark"),
    ):
        with pytest.raises(UserError) as caught:
            requests.refuse(desk, made.id, ground, reason)
        assert caught.value.field == field
    with pytest.raises(AccessError):
        requests.refuse(office.drafter, made.id, "L126-31-2-C", "Đang thanh tra")
    assert papers.paper_numbers(desk) == ()
    closed, changes = requests.refuse(
        desk, made.id, "L126-31-2-C", "Thanh tra tỉnh đang làm việc, chưa có kết luận."
    )
    assert closed.state is RequestState.REFUSED
    assert closed.closing is not None
    assert closed.closing.ground is not None
    assert closed.closing.ground.citation == "điểm c khoản 2 Điều 31 Luật Báo chí số 126/2025/QH15"
    assert closed.closing.paper_id is not None
    assert Change("paper", closed.closing.paper_id) in changes
    letter = papers.paper(desk, closed.closing.paper_id)
    assert letter.state is PaperState.DRAFT
    assert letter.letter.addressees == ("Báo Tuổi Trẻ",)
    body = letter.letter.body
    assert "điểm c khoản 2 Điều 31 Luật Báo chí số 126/2025/QH15" in body
    assert "thanh tra tỉnh đang làm việc, chưa có kết luận" in body.lower()
    assert "khoản 3 Điều 4 Nghị định số 244/2026/NĐ-CP ngày" in body
    assert "2. Ai phê duyệt?" in body
    assert [(one.kind, one.id) for one in sources(desk, letter.id)] == [("request", made.id)]


def test_a_refusal_under_the_old_law_could_use_the_old_ground(office: Office) -> None:
    old = replace(office.spokesperson, now=lambda: datetime.fromisoformat("2026-06-20T09:00:00+07:00"))
    made = asked(old)
    closed, _changes = requests.refuse(old, made.id, "l103-38-2-d", "Đề án đang soạn thảo")
    assert closed.closing is not None
    assert closed.closing.ground is not None
    assert "103/2016" in closed.closing.ground.citation
    assert closed.closing.paper_id is not None
    assert "Nghị định số 244/2026" not in papers.paper(old, closed.closing.paper_id).letter.body


def test_a_transfer_names_where_to_and_drafts_the_letter(desk: Desk) -> None:
    made = asked(desk, event="press_opinion_received")
    with pytest.raises(UserError) as caught:
        requests.refer(desk, made.id, " ")
    assert caught.value.field == "refer_to"
    closed, _changes = requests.refer(desk, made.id, "UBND huyện Đức Hòa")
    assert closed.state is RequestState.REFERRED
    assert closed.closing is not None
    assert closed.closing.paper_id is not None
    letter = papers.paper(desk, closed.closing.paper_id).letter
    assert letter.addressees == ("UBND huyện Đức Hòa",)
    assert "15 ngày làm việc" in letter.body
    assert any("để biết" in line for line in letter.recipients)


def test_the_second_to_close_is_told_what_happened_and_writes_nothing(office: Office) -> None:
    made = asked(office.spokesperson)
    requests.answer(office.drafter, made.id, given(office.drafter))
    with pytest.raises(ConflictError) as caught:
        requests.withdraw(office.spokesperson, made.id, "Báo rút", seen=made.steps[-1].id)
    said = word(caught.value)
    assert "Lê Thị Ánh" in said
    assert "Phê duyệt ngày 12/3." in said
    assert len(requests.request(office.spokesperson, made.id).steps) == 2


def test_of_two_who_close_at_once_one_writes_and_one_is_told(office: Office) -> None:
    made = asked(office.spokesperson)
    told: list[str] = []

    def close(desk: Desk) -> None:
        try:
            requests.answer(desk, made.id, given(desk))
        except ConflictError as error:
            told.append(error.code)

    both = [Thread(target=close, args=(desk,)) for desk in (office.spokesperson, office.drafter)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert told == ["request_closed"]
    assert len(requests.request(office.spokesperson, made.id).steps) == 2


def test_a_step_on_what_changed_meanwhile_is_stopped(office: Office) -> None:
    made = asked(office.spokesperson)
    seen = made.steps[-1].id
    requests.assign(office.drafter, made.id, Assign(office.drafter.member.id), seen)
    with pytest.raises(ConflictError) as caught:
        requests.assign(office.spokesperson, made.id, Assign(lead_unit="Phòng Đất đai"), seen)
    assert "Giao cho Lê Thị Ánh" in word(caught.value)
    found = requests.request(office.spokesperson, made.id)
    assert found.assignment.owner is not None
    assert (found.assignment.owner.name, found.holder) == ("Lê Thị Ánh", "Lê Thị Ánh")


def test_reopening_needs_a_reason_and_goes_back_to_who_had_it(office: Office) -> None:
    desk = office.spokesperson
    made = asked(desk, owner_id=office.drafter.member.id)
    assert made.state is RequestState.ASSIGNED
    requests.withdraw(desk, made.id, "Báo gọi lại, không hỏi nữa")
    with pytest.raises(UserError):
        requests.reopen(desk, made.id, "")
    again, _changes = requests.reopen(desk, made.id, "Báo hỏi tiếp")
    assert again.state is RequestState.ASSIGNED
    assert [step.move for step in again.steps] == [RequestMove.OPEN, RequestMove.WITHDRAW, RequestMove.REOPEN]
    with pytest.raises(ConflictError):
        requests.reopen(desk, made.id, "Báo hỏi tiếp")
    closed, _changes = requests.answer(desk, made.id, given(desk))
    undone, _changes = requests.undo(desk, made.id, closed.steps[-1].id)
    assert undone.is_open
    assert faults(desk) == []


def test_an_amendment_keeps_what_stood_there(desk: Desk) -> None:
    made = asked(desk, topic="Giá đất vành đai 3")
    amended, _changes = requests.amend(desk, made.id, "Giá đất vành đai 4", ("Ai phê duyệt?",))
    assert (amended.topic, amended.subject.questions) == ("Giá đất vành đai 4", ("Ai phê duyệt?",))
    assert amended.steps[0].subject is not None
    assert amended.steps[0].subject.topic == "Giá đất vành đai 3"
    assert [hit.id for hit in find.find(desk, "vanh dai 4", ("request",))] == [made.id]


def test_logging_drops_the_draft_it_came_from(desk: Desk) -> None:
    draft_id = UUID(int=8)
    drafts.save(desk, "request", draft_id, {"topic": "Giá đất"})
    draft = RequestDraft(Channel.PHONE, desk.now(), "Giá đất", journalist="Vũ Quốc Huy")
    requests.open_request(desk, draft, draft_id)
    assert drafts.all_drafts(desk) == ()


def test_a_step_changed_on_the_disk_is_found(desk: Desk) -> None:
    from sqlalchemy import update

    from spokesdesk.store.tables_requests import request_step

    made = asked(desk)
    requests.withdraw(desk, made.id, "Báo rút")
    with desk.write() as unit:
        changed = update(request_step).where(request_step.c.move == "withdraw").values(remark="Không rút")
        unit._connection.execute(changed)  # type: ignore[attr-defined]
    assert [fault.code for fault in faults(desk)] == ["body_changed"]  # type: ignore[attr-defined]


def test_a_request_hidden_from_the_list_on_the_disk_is_found(desk: Desk) -> None:
    from sqlalchemy import update

    from spokesdesk.store.tables_requests import request

    made = asked(desk)
    with desk.write() as unit:
        hidden = update(request).values(state="withdrawn", closed_at=desk.now())
        unit._connection.execute(hidden)  # type: ignore[attr-defined]
    assert [fault.entry for fault in faults(desk)] == [made.id]  # type: ignore[attr-defined]
