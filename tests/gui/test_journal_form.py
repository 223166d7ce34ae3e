"""A visit is written down with few keys, nothing typed is lost, and wrong input is said where it stands."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spokesdesk.domain.errors import OutsideError
from spokesdesk.domain.journal import TOPIC_LIMIT
from spokesdesk.domain.people import Journalist
from spokesdesk.domain.verification import VerificationKind, VerificationResult
from spokesdesk.gui.journal.screen import JournalScreen
from spokesdesk.services import drafts, journal, people
from spokesdesk.services.ports import Desk, Unit
from tests.gui.desk_fixtures import Typist, entries, known_reporter, open_form
from tests.gui.stage import Stage, settle

Open = Callable[..., Stage]
MOST_KEYS = 60
MOST_FIELDS = 3


def saved_topic(desk: Desk) -> str:
    found = entries(desk)
    assert len(found) == 1
    return found[0].topic


def test_a_known_reporter_takes_three_fields_and_sixty_keys(stage: Open, desk: Desk, qtbot: QtBot) -> None:
    known = known_reporter(desk)
    opened = stage(desk)
    opened.window.activateWindow()
    typist = Typist(opened.window)

    typist.shortcut(Qt.Key.Key_N)
    typist.type("dinh khue")
    typist.press(Qt.Key.Key_Return)
    screen = opened.control.pages.current()
    assert isinstance(screen, JournalScreen)
    inputs = screen.form.inputs
    qtbot.waitUntil(inputs.topic.hasFocus)
    typist.type("Giá đất đền bù vành đai 4", telex="Gias ddaats ddeenf buf vanhf ddai 4")
    settle(opened.courier)
    assert inputs.outlet.text() == "Báo Đại Đoàn Kết"
    typist.shortcut(Qt.Key.Key_S)
    settle(opened.courier)

    entry = entries(desk)[0]
    assert (entry.journalist, entry.outlet) == (known.journalist.ref, known.outlet.ref)
    assert entry.topic == "Giá đất đền bù vành đai 4"
    assert entry.verification.result is VerificationResult.CARD_VALID
    assert entry.author == desk.member.ref
    assert typist.keys <= MOST_KEYS
    assert len(typist.fields) <= MOST_FIELDS


def test_enter_right_after_the_name_still_takes_the_known_reporter(
    stage: Open, desk: Desk, qtbot: QtBot
) -> None:
    known = known_reporter(desk)
    form = open_form(stage(desk))
    typist = Typist(form.window())
    typist.type("khue")
    assert not form.inputs.journalist.is_offering, "the list has not had time to open"
    typist.press(Qt.Key.Key_Return)
    qtbot.waitUntil(form.inputs.topic.hasFocus)
    assert form.values().journalist_id == str(known.journalist.id)


def test_an_outlet_is_found_without_accents(stage: Open, desk: Desk, qtbot: QtBot) -> None:
    known_reporter(desk)
    form = open_form(stage(desk))
    form.inputs.outlet.setFocus()
    Typist(form.window()).type("tuoi tre")
    qtbot.waitUntil(lambda: form.inputs.outlet.is_offering)
    QTest.keyClick(form.inputs.outlet, Qt.Key.Key_Return)
    assert form.inputs.outlet.text() == "Báo Tuổi Trẻ"


def test_another_paper_typed_before_the_name_stays(stage: Open, desk: Desk, qtbot: QtBot) -> None:
    known_reporter(desk)
    opened = stage(desk)
    form = open_form(opened)
    form.inputs.outlet.setText("Báo Lao Động")
    form.inputs.journalist.setFocus()
    typist = Typist(form.window())
    typist.type("khue")
    typist.press(Qt.Key.Key_Return)
    qtbot.waitUntil(form.inputs.topic.hasFocus)
    settle(opened.courier)
    assert form.inputs.outlet.text() == "Báo Lao Động"


def test_the_card_of_a_reporter_chosen_by_mistake_does_not_stay(
    stage: Open, desk: Desk, qtbot: QtBot
) -> None:
    known_reporter(desk)
    other = Journalist(desk.new_id(), "Vũ Quốc Huy")
    people.save_journalist(desk, other)
    opened = stage(desk)
    form = open_form(opened)
    inputs = form.inputs
    for words in ("khue", "huy"):
        inputs.journalist.setFocus()
        inputs.journalist.selectAll()
        typist = Typist(form.window())
        typist.type(words)
        typist.press(Qt.Key.Key_Return)
        qtbot.waitUntil(inputs.topic.hasFocus)
        settle(opened.courier)
    assert form.values().journalist_id == str(other.id)
    assert inputs.panel.kind() is VerificationKind.NONE
    assert inputs.outlet.text() == ""


def test_a_letter_already_typed_is_not_replaced_by_the_remembered_card(
    stage: Open, desk: Desk, qtbot: QtBot
) -> None:
    known_reporter(desk)
    opened = stage(desk)
    form = open_form(opened)
    form.inputs.panel.fill(VerificationKind.LETTER, {"letter_number": "12/GGT"})
    form.inputs.journalist.setFocus()
    typist = Typist(form.window())
    typist.type("khue")
    typist.press(Qt.Key.Key_Return)
    qtbot.waitUntil(form.inputs.topic.hasFocus)
    settle(opened.courier)
    assert form.inputs.panel.kind() is VerificationKind.LETTER
    assert form.values().typed["letter_number"] == "12/GGT"


def test_the_form_empties_only_when_it_is_written(stage: Open, desk: Desk) -> None:
    def broken() -> AbstractContextManager[Unit]:
        raise OutsideError("disk_full", path="sổ")

    opened = stage(replace(desk, write=broken))
    form = open_form(opened)
    form.inputs.journalist.setText("Vũ Quốc Huy")
    form.inputs.topic.setText("Bãi thải Nghi Yên")
    form.save()
    settle(opened.courier)
    assert form.values().topic == "Bãi thải Nghi Yên"
    assert form.isVisible()
    assert "đầy" in form.notice()
    assert entries(desk) == []


def test_what_is_typed_is_kept_and_taken_back_after_a_kill(stage: Open, desk: Desk, qtbot: QtBot) -> None:
    killed = stage(desk)
    form = open_form(killed)
    Typist(form.window()).type("Lê Thùy Ánh")
    form.inputs.questions.setFocus()
    Typist(form.window()).type("Trường học xã Bình Chánh bao giờ xong?")
    qtbot.waitUntil(lambda: not form.autosave.is_pending, timeout=1000)
    settle(killed.courier)
    kept = drafts.all_drafts(desk)
    assert [draft.form for draft in kept] == ["contact"]

    again = stage(desk, first="journal")
    screen = again.show("journal")
    assert isinstance(screen, JournalScreen)
    screen.restore(kept[0])
    assert screen.form.values().journalist == "Lê Thùy Ánh"
    assert screen.form.values().questions == "Trường học xã Bình Chánh bao giờ xong?"
    screen.form.inputs.topic.setText("Trường học")
    screen.save()
    settle(again.courier)
    assert saved_topic(desk) == "Trường học"
    assert drafts.all_drafts(desk) == (), "the draft became the entry"


def test_a_draft_waits_in_memory_until_the_desk_is_open(stage: Open, desk: Desk) -> None:
    opened = stage()
    form = open_form(opened)
    form.inputs.journalist.setText("Vũ Quốc Huy")
    form.inputs.topic.setText("Gọi trước khi mở máy")
    form.save()
    assert form.values().topic == "Gọi trước khi mở máy"
    opened.session._take_desk(desk)
    settle(opened.courier)
    assert [draft.values["topic"] for draft in drafts.all_drafts(desk)] == ["Gọi trước khi mở máy"]
    form.save()
    settle(opened.courier)
    assert saved_topic(desk) == "Gọi trước khi mở máy"


@pytest.mark.parametrize("is_open", [True, False], ids=["desk open", "desk still closed"])
def test_a_call_over_an_open_draft_loses_nothing(stage: Open, desk: Desk, is_open: bool) -> None:
    opened = stage(desk if is_open else None)
    form = open_form(opened)
    form.inputs.journalist.setText("Vũ Quốc Huy")
    form.inputs.topic.setText("Bãi thải Nghi Yên")
    form.inputs.questions.set_text("1. Quan trắc lúc nào?\n2. Ai làm?")
    first = form.values()
    opened.control.create("contact")
    assert not form.has_content()
    form.inputs.journalist.setText("Phạm Ý Lan")
    form.inputs.topic.setText("Dịch tả lợn châu Phi")
    if not is_open:
        opened.session._take_desk(desk)
    form.save()
    settle(opened.courier)
    assert saved_topic(desk) == "Dịch tả lợn châu Phi"
    assert not form.has_content(), "what is written is written; the form is empty again"

    screen = opened.control.pages.current()
    assert isinstance(screen, JournalScreen)
    assert [draft.values["topic"] for draft in drafts.all_drafts(desk)] == ["Bãi thải Nghi Yên"]
    screen.parked.resume_latest()
    assert form.values() == first
    form.save()
    settle(opened.courier)
    assert {entry.topic for entry in entries(desk)} == {"Dịch tả lợn châu Phi", "Bãi thải Nghi Yên"}
    assert drafts.all_drafts(desk) == ()


def test_a_draft_thrown_away_can_be_brought_back(stage: Open, desk: Desk) -> None:
    opened = stage(desk)
    form = open_form(opened)
    form.inputs.topic.setText("Bãi thải Nghi Yên")
    before = form.values()
    form.flush()
    settle(opened.courier)
    form.thrown_away.emit(None)
    settle(opened.courier)
    assert drafts.all_drafts(desk) == ()
    opened.control._toast._undone()
    settle(opened.courier)
    assert form.values() == before
    assert form.isVisible()


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("topic", "x" * (TOPIC_LIMIT + 1), f"“Chủ đề” nhận tối đa {TOPIC_LIMIT}"),
        ("topic", "   ", "“Chủ đề” còn trống"),
        ("topic", "đất \u202eđai", "đổi chiều chữ"),
        ("received_at", "hôm kia", "“Tiếp nhận lúc”"),
        ("received_at", "20/11/2199 09:15", "tương lai"),
        ("follow_up_on", "32/01/2026", "“Ngày nhắc”"),
    ],
)
def test_wrong_input_is_said_at_its_field_and_stays(
    stage: Open, desk: Desk, field: str, text: str, said: str
) -> None:
    opened = stage(desk)
    form = open_form(opened)
    form.inputs.journalist.setText("Vũ Quốc Huy")
    form.inputs.topic.setText("Bãi thải Nghi Yên")
    edit = form.inputs.field(field).edit
    edit.setProperty("text", text)
    form.save()
    settle(opened.courier)
    assert said in form.inputs.field(field).error()
    assert edit.property("text") == text
    assert edit.hasFocus()
    assert entries(desk) == []


def test_somebody_must_be_named(stage: Open, desk: Desk) -> None:
    opened = stage(desk)
    form = open_form(opened)
    form.inputs.topic.setText("Đòi vào hộ dân")
    form.save()
    settle(opened.courier)
    assert form.inputs.field("journalist").error()
    assert entries(desk) == []


def test_a_limit_is_said_while_typing_and_taken_back(stage: Open, desk: Desk) -> None:
    form = open_form(stage(desk))
    topic = form.inputs.field("topic")
    form.inputs.topic.setText("x" * (TOPIC_LIMIT + 1))
    assert str(TOPIC_LIMIT) in topic.error()
    assert len(form.inputs.topic.text()) == TOPIC_LIMIT + 1
    form.inputs.topic.setText("x" * TOPIC_LIMIT)
    assert topic.error() == ""


def test_a_time_typed_briefly_is_written_out(stage: Open, desk: Desk) -> None:
    form = open_form(stage(desk))
    edit = form.inputs.received
    edit.setFocus()
    edit.selectAll()
    Typist(form.window()).type("20-11-2026 9h15")
    form.inputs.topic.setFocus()
    assert edit.text() == "20/11/2026 09:15"


def test_papers_are_judged_while_their_facts_are_typed(stage: Open, desk: Desk) -> None:
    form = open_form(stage(desk))
    panel = form.inputs.panel
    form.inputs.received.setText("20/11/2026 09:15")
    panel.fill(VerificationKind.LETTER, {"letter_number": "12/GGT", "letter_until_on": "30/11/2026"})
    assert panel.verdict.chip.text() == VerificationResult.LETTER_MISSING_SCOPE.wording
    assert "không nêu nội dung" in panel.verdict.reasons()
    assert "Không được đòi cả thẻ nhà báo và giấy giới thiệu" in panel.verdict.barred()
    assert "126/2025/QH15" in panel.verdict.barred()
    full: dict[str, str | bool] = {
        "letter_names_us": True,
        "letter_content": "đất đai",
        "letter_time": "sáng 20/11",
    }
    panel.fill(VerificationKind.LETTER, panel.typed() | full)
    assert panel.verdict.chip.text() == VerificationResult.LETTER_VALID.wording
    form.inputs.received.setText("01/12/2026 09:15")
    assert panel.verdict.chip.text() == VerificationResult.LETTER_EXPIRED.wording


def test_an_answer_clock_shows_its_date_and_its_law(stage: Open, desk: Desk) -> None:
    opened = stage(desk)
    form = open_form(opened)
    form.inputs.received.setText("20/11/2026 09:15")
    events = dict(journal.answer_events(desk, desk.now().date()))
    assert "answer_demanded" in events
    form.inputs.answer.choose("answer_demanded")
    settle(opened.courier)
    due = journal.answer_due(desk, "answer_demanded", form.values().draft(desk.now()).received_at)
    assert due is not None
    assert due.citation in form.inputs.answer.due_text()
    assert due.wording in form.inputs.answer.due_text()


def test_tab_follows_the_conversation(stage: Open, desk: Desk) -> None:
    form = open_form(stage(desk))
    form.inputs.panel.fill(VerificationKind.CARD, {})
    form.inputs.channel.setFocus()
    passed = []
    for _step in range(16):
        focus = QApplication.focusWidget()
        passed.append(focus.accessibleName() if focus is not None else "")
        QTest.keyClick(focus or form, Qt.Key.Key_Tab)
    wanted = ["Hình thức tiếp xúc", "Tiếp nhận lúc", "Nhà báo, phóng viên", "Cơ quan báo chí"]
    wanted += ["Giấy tờ đã xuất trình", "Số thẻ", "Ngày cấp", "Hết hạn (in trên thẻ)", "Chủ đề", "Câu hỏi"]
    wanted += ["Nội dung đã cung cấp", "Hình thức cung cấp", "Người trả lời"]
    wanted += ["Có ghi âm, ghi hình; đã báo trước cho nhà báo", "Thời hạn trả lời", "Việc cần làm tiếp"]
    assert passed == wanted


def test_choosing_the_papers_shown_by_the_arrows_keeps_the_cursor_there(stage: Open, desk: Desk) -> None:
    form = open_form(stage(desk))
    kind = form.inputs.panel._kind
    kind.setFocus()
    for wanted in (VerificationKind.CARD, VerificationKind.LETTER):
        QTest.keyClick(kind, Qt.Key.Key_Down)
        assert form.inputs.panel.kind() is wanted
        assert QApplication.focusWidget() is kind


def test_a_long_error_is_in_sight_with_its_field(stage: Open, desk: Desk) -> None:
    opened = stage(desk)
    opened.window.resize(1024, 700)
    form = open_form(opened)
    form.inputs.journalist.setText("Vũ Quốc Huy")
    form.inputs.topic.setText("Giá đất")
    form.inputs.questions.set_text("chủ đề \u202eđảo\u202c chữ")
    form.save()
    settle(opened.courier)
    field = form.inputs.field("questions")
    assert "U+202E" in field.error()
    assert field.visibleRegion().boundingRect().height() == field.height()
