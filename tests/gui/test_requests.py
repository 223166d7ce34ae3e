"""Requests in the window: taken, answered beside what was said before, refused, found, and the end of the day."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.journal import Channel, GivenForm
from spokesdesk.domain.requests import GivenAnswer, Request, RequestDraft, RequestMove, RequestState
from spokesdesk.gui.requests.answering import AnswerPanel, RefusePanel
from spokesdesk.gui.requests.assigning import AssignPanel
from spokesdesk.gui.requests.panels import HoldPanel
from spokesdesk.gui.requests.screen import RequestsScreen
from spokesdesk.gui.widgets.basic import Button
from spokesdesk.gui.widgets.fields import LineEdit
from spokesdesk.services import day_end, drafts, papers, requests
from spokesdesk.services.ports import Desk
from tests.desks import Office
from tests.gui.desk_fixtures import logged, said
from tests.gui.stage import Stage, settle
from tests.gui.typing import WAYS, check_field, fields_of

Open = Callable[..., Stage]


def asked(desk: Desk, topic: str = "Giá đất đền bù", **changed: object) -> Request:
    draft = RequestDraft(Channel.EMAIL, desk.now(), topic, outlet="Báo Tuổi Trẻ", journalist="Vũ Quốc Huy")
    return requests.open_request(desk, replace(draft, **changed))[0]  # type: ignore[arg-type]


def screen_of(stage: Stage) -> RequestsScreen:
    screen = stage.show("requests")
    assert isinstance(screen, RequestsScreen)
    return screen


def opened(stage: Stage, request: Request) -> RequestsScreen:
    screen = screen_of(stage)
    stage.control.navigate("request", request.id)
    settle(stage.courier)
    return screen


def buttons(within: QWidget) -> dict[str, Button]:
    found: list[Button] = list(within.findChildren(Button))
    return {button.text(): button for button in found}


def titles(screen: RequestsScreen, stage: Stage) -> list[str]:
    model = screen.list.model
    for _twice in range(2):
        found = [model.row_at(n) for n in range(model.rowCount())]
        settle(stage.courier)
    return [row.topic for row in found if row is not None]


def test_a_request_is_taken_by_keys_and_shown_with_its_deadline(stage: Open, desk: Desk) -> None:
    window = stage(desk)
    window.control.create("request")
    settle(window.courier)
    screen = window.control.pages.current()
    assert isinstance(screen, RequestsScreen)
    inputs = screen.form.inputs
    window.control.obey("save")
    settle(window.courier)
    assert [field.name for field in inputs.fields() if field.error()] == ["journalist"]
    inputs.journalist.setText("Đặng Thị Khuê")
    inputs.outlet.setText("Báo Tuổi Trẻ")
    inputs.topic.setText("Giá đất đền bù")
    inputs.questions.set_text("1. Bao nhiêu?\n2. Khi nào?")
    inputs.clock.choose("press_opinion_received")
    settle(window.courier)
    assert "237/2026" in inputs.clock.due_text()
    window.control.obey("save")
    settle(window.courier)
    found = screen.page.request
    assert found is not None
    assert found.subject.questions == ("Bao nhiêu?", "Khi nào?")
    told = said(screen.page)
    assert "còn " in told
    assert "237/2026" in told
    assert "chưa" in told.lower(), "a text that was not verified says so"
    assert drafts.all_drafts(desk) == ()


def test_what_is_typed_is_kept_and_taken_back(stage: Open, desk: Desk) -> None:
    window = stage(desk)
    screen = screen_of(window)
    screen.new()
    screen.form.inputs.topic.setText("Nước sạch nông thôn")
    screen.flush()
    settle(window.courier)
    (kept,) = drafts.all_drafts(desk)
    again = stage(desk)
    settle(again.courier)
    assert again.control._take_back(kept)
    settle(again.courier)
    assert screen_of(again).form.inputs.topic.text() == "Nước sạch nông thôn"


def test_answering_shows_what_was_said_before_and_needs_an_answer(stage: Open, desk: Desk) -> None:
    before = asked(desk, "Giá đất đền bù vành đai 3", outlet="Báo Lao Động")
    earlier = GivenAnswer("214.000 đồng một mét vuông.", GivenForm.EMAIL, "", desk.now())
    requests.answer(desk, before.id, earlier)
    now = asked(desk, "Giá đất đền bù vành đai 4")
    window = stage(desk)
    screen = opened(window, now)
    assert "214.000 đồng một mét vuông." in said(screen.page.said)
    screen.page.ask(RequestMove.ANSWER)
    settle(window.courier)
    panel = screen.page.moving.panel
    assert isinstance(panel, AnswerPanel)
    window.control.obey("save")
    settle(window.courier)
    assert [field.name for field in panel.fields if field.error()] == ["answer"]
    screen.page.said.taken.emit("214.000 đồng một mét vuông.")
    panel.form.set_value(GivenForm.EMAIL.value)
    window.control.obey("save")
    settle(window.courier)
    assert requests.request(desk, now.id).state is RequestState.ANSWERED
    assert "Mở lại" in screen.page.reopen.text()
    assert drafts.all_drafts(desk) == ()
    screen.page.moving._undo()
    settle(window.courier)
    assert requests.request(desk, now.id).is_open


def test_a_refusal_shows_its_ground_and_opens_its_letter(stage: Open, desk: Desk) -> None:
    made = asked(desk)
    window = stage(desk)
    screen = opened(window, made)
    screen.page.ask(RequestMove.REFUSE)
    panel = screen.page.moving.panel
    assert isinstance(panel, RefusePanel)
    panel.confirm()
    settle(window.courier)
    assert [field.name for field in panel.fields if field.error()] == ["ground"]
    panel.ground.set_value("L126-31-2-B")
    assert "Vụ án đang được điều tra" in said(panel)
    panel.reason.set_text("Cơ quan điều tra đang thụ lý.")
    panel.confirm()
    settle(window.courier)
    closing = requests.request(desk, made.id).closing
    assert closing is not None
    assert closing.paper_id is not None
    screen.page.question.paper_wanted.emit(None)
    settle(window.courier)
    shown = window.control.pages.current()
    assert shown is not None
    assert shown.name == "papers"
    assert "Cơ quan điều tra" in papers.paper(desk, closing.paper_id).letter.body.replace(
        "cơ quan", "Cơ quan"
    )
    back = buttons(shown)["Mở yêu cầu"]
    back.click()
    settle(window.courier)
    assert screen_of(window).page.request == requests.request(desk, made.id)


def test_the_second_to_close_sees_who_closed_it_and_keeps_what_was_typed(stage: Open, office: Office) -> None:
    made = asked(office.spokesperson)
    window = stage(office.spokesperson)
    screen = opened(window, made)
    screen.page.ask(RequestMove.ANSWER)
    panel = screen.page.moving.panel
    assert isinstance(panel, AnswerPanel)
    panel.text.set_text("Câu trả lời của tôi")
    panel.form.set_value(GivenForm.EMAIL.value)
    other = GivenAnswer("Đã gửi báo sáng nay.", GivenForm.EMAIL, "", office.drafter.now())
    requests.answer(office.drafter, made.id, other)
    panel.confirm()
    settle(window.courier)
    told = said(screen.page)
    assert "Lê Thị Ánh" in told
    assert "Đã gửi báo sáng nay." in told
    assert panel.text.text() == "Câu trả lời của tôi"
    assert len(requests.request(office.drafter, made.id).steps) == 2


def test_a_panel_half_typed_comes_back_with_its_draft(stage: Open, desk: Desk) -> None:
    made = asked(desk)
    window = stage(desk)
    screen = opened(window, made)
    screen.page.ask(RequestMove.ANSWER)
    panel = screen.page.moving.panel
    assert isinstance(panel, AnswerPanel)
    panel.text.set_text("Đang viết dở")
    screen.show_list()
    settle(window.courier)
    (kept,) = drafts.all_drafts(desk)
    screen.restore(kept)
    settle(window.courier)
    panel = screen.page.moving.panel
    assert isinstance(panel, AnswerPanel)
    assert panel.text.text() == "Đang viết dở"
    screen.page.ask(RequestMove.HOLD)
    screen.page.ask(RequestMove.ANSWER)
    settle(window.courier)
    panel = screen.page.moving.panel
    assert isinstance(panel, AnswerPanel)
    assert panel.text.text() == "Đang viết dở", "another step between loses nothing"
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    settle(window.courier)
    assert drafts.all_drafts(desk) == ()
    screen.page.moving._take_back()
    panel = screen.page.moving.panel
    assert isinstance(panel, AnswerPanel)
    assert panel.text.text() == "Đang viết dở"


def test_giving_it_away_and_saying_who_has_it(stage: Open, office: Office) -> None:
    made = asked(office.spokesperson)
    window = stage(office.spokesperson)
    screen = opened(window, made)
    screen.page.ask(RequestMove.ASSIGN)
    settle(window.courier)
    panel = screen.page.moving.panel
    assert isinstance(panel, AssignPanel)
    panel.owner.set_value(str(office.drafter.member.id))
    panel.confirm()
    settle(window.courier)
    assert "Lê Thị Ánh" in said(screen.page.people)
    screen.page.ask(RequestMove.HOLD)
    holding = screen.page.moving.panel
    assert isinstance(holding, HoldPanel)
    holding.holder.setText("Phòng Đất đai")
    holding.confirm()
    settle(window.courier)
    found = requests.request(office.drafter, made.id)
    assert found.assignment.owner is not None
    assert (found.assignment.owner.name, found.holder) == ("Lê Thị Ánh", "Phòng Đất đai")


@pytest.mark.parametrize("way", WAYS)
def test_every_field_of_panels_and_evening_takes_vietnamese(stage: Open, desk: Desk, way: str) -> None:
    made = asked(desk)
    window = stage(desk)
    screen = opened(window, made)
    window.window.activateWindow()
    faults: list[str] = []
    seen = 0
    for move, _words in screen.page.possible():
        screen.page.ask(move)
        settle(window.courier)
        assert screen.page.moving.panel is not None
        fields = [field for field in fields_of(screen.page.moving.panel) if field.isVisible()]
        seen += len(fields)
        faults += [fault for field in fields if (fault := check_field(field, way))]
        screen.page.moving.drop()
    screen.end_day()
    settle(window.courier)
    fields = [field for field in fields_of(screen.day_end) if field.isVisible()]
    faults += [fault for field in fields if (fault := check_field(field, way))]
    assert (seen >= 15, len(fields)) == (True, 2)
    assert faults == []


def test_the_list_is_narrowed_by_words_state_and_holder(stage: Open, desk: Desk) -> None:
    late = asked(
        desk,
        "Việc đã trễ",
        received_at=desk.now() - timedelta(days=3),
        wanted_at=desk.now() - timedelta(days=1),
        holder="Phòng Đất đai",
    )
    asked(desk, "Việc khác")
    done = asked(desk, "Việc xong")
    requests.withdraw(desk, done.id, "Báo rút")
    window = stage(desk)
    screen = screen_of(window)
    assert titles(screen, window) == ["Việc đã trễ", "Việc khác"]
    row = next(
        row for row in requests.request_rows(desk, requests.request_numbers(desk)) if row.id == late.id
    )
    cells = screen.list.cells(row)
    assert (cells.chip.startswith("quá hạn"), cells.tone) == (True, "red")
    assert "Phòng Đất đai" in cells.detail
    screen.list.holder.setText("phong dat")
    screen.list._search()
    assert titles(screen, window) == ["Việc đã trễ"]
    screen.list.holder.clear()
    for at, found in ((1, []), (2, ["Việc xong"]), (3, ["Việc đã trễ", "Việc khác", "Việc xong"])):
        screen.list.chips[at].click()
        settle(window.courier)
        assert titles(screen, window) == found


def test_one_key_leads_from_the_contact_to_its_request(stage: Open, desk: Desk, qtbot: QtBot) -> None:
    entry = logged(desk, "Trả lời về giá đất", answer_event="answer_demanded")
    window = stage(desk)
    window.window.activateWindow()
    window.control.navigate("contact", entry.id)
    settle(window.courier)
    QTest.keyClick(window.window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: isinstance(window.control.pages.current(), RequestsScreen))
    settle(window.courier)
    screen = window.control.pages.current()
    assert isinstance(screen, RequestsScreen)
    assert screen.page.request is not None
    assert screen.page.request.subject.contact_id == entry.id


def test_the_day_ends_when_every_request_has_a_holder(stage: Open, desk: Desk, tmp_path: Path) -> None:
    first = asked(desk, "Giá đất")
    window = stage(desk)
    screen = screen_of(window)
    screen.end_day()
    settle(window.courier)
    page = screen.day_end
    page.save_pdf()
    settle(window.courier)
    assert "chưa được chốt" in said(page)
    assert day_end.latest(desk) is None
    (field,) = page._holders.values()
    assert isinstance(field.edit, LineEdit)
    field.edit.setText("Lãnh đạo Sở")
    page.save_pdf()
    settle(window.courier)
    made = day_end.latest(desk)
    assert made is not None
    assert [(item.request_id, item.holder) for item in made.items] == [(first.id, "Lãnh đạo Sở")]
    dialogs: list[QFileDialog] = list(window.window.findChildren(QFileDialog))
    (dialog,) = dialogs
    dialog.reject()
    page.write_to(str(tmp_path / "cuối ngày.pdf"))
    settle(window.courier)
    assert (tmp_path / "cuối ngày.pdf").read_bytes() == day_end.pdf(desk, made.id)
    assert made.on == vn_day(desk.now())
    assert drafts.all_drafts(desk) == ()
