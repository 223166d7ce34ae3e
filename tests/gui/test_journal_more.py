"""More journalists, answers one by one, follow-ups: folded away until asked for, kept while typing, shown in full."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from spokesdesk.domain.answers import AnswerDraft
from spokesdesk.domain.companions import CompanionDraft
from spokesdesk.domain.journal import Channel, Given, GivenForm
from spokesdesk.domain.spokespeople import AuthorisationDraft, SpeakerKind
from spokesdesk.domain.verification import VerificationKind, VerificationResult
from spokesdesk.gui.journal.form import ContactForm
from spokesdesk.gui.journal.listing import cells
from spokesdesk.gui.journal.screen import JournalScreen
from spokesdesk.gui.journal.values import Values, from_json
from spokesdesk.gui.rows import ROW_ROLE
from spokesdesk.services import drafts, journal, spokespeople
from spokesdesk.services.ports import Desk
from tests.gui.desk_fixtures import Typist, entries, journal_of, known_reporter, logged, open_form, said
from tests.gui.stage import Stage, settle
from tests.gui.typing import WAYS, check_field, fields_of

Open = Callable[..., Stage]


def ctrl(form: QWidget, key: Qt.Key) -> None:
    focus = QApplication.focusWidget() or form
    QTest.keyClick(focus, key, Qt.KeyboardModifier.ControlModifier)


def filled(stage: Stage) -> ContactForm:
    form = open_form(stage)
    form.inputs.journalist.setText("Vũ Quốc Huy")
    form.inputs.topic.setText("Giá đất")
    return form


def shown_entry(stage: Stage, contact_id: object) -> JournalScreen:
    screen = journal_of(stage)
    screen.open_record("contact", contact_id)  # type: ignore[arg-type]
    settle(stage.courier)
    return screen


def test_nothing_of_it_is_seen_until_asked_for(stage: Open, desk: Desk) -> None:
    form = open_form(stage(desk))
    more = form.inputs.more
    assert [fold.field.isVisible() for fold in more.folds] == [False, False, False]
    assert not form.inputs.occasion.isVisible()
    assert not more.note.isVisible()


def test_a_second_journalist_is_added_by_keys_with_a_card_remembered(
    stage: Open, desk: Desk, qtbot: QtBot
) -> None:
    known = known_reporter(desk)
    opened = stage(desk)
    form = filled(opened)
    form.inputs.topic.setFocus()
    ctrl(form, Qt.Key.Key_J)
    row = form.inputs.more.companions.rows()[0]
    assert row.journalist.hasFocus()
    typist = Typist(form.window())
    typist.type("khue")
    typist.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: row.journalist.text() == known.journalist.name)
    settle(opened.courier)
    assert row.panel.kind() is VerificationKind.CARD
    form.save()
    settle(opened.courier)
    (entry,) = entries(desk)
    assert [each.journalist for each in entry.companions] == [known.journalist.ref]
    assert entry.companions[0].verification.result is VerificationResult.CARD_VALID


def test_an_answer_stays_with_its_question_while_questions_change(stage: Open, desk: Desk) -> None:
    opened = stage(desk)
    form = filled(opened)
    questions = form.inputs.questions
    questions.setFocus()
    questions.set_text("Ai duyệt?\nBao nhiêu hộ?")
    ctrl(form, Qt.Key.Key_T)
    rows = form.inputs.more.answers.rows()
    assert rows[0].text.hasFocus()
    rows[1].text.set_text("14 hộ")
    rows[1].by.setText("Nguyễn Văn Ổn")
    questions.setFocus()
    questions.set_text("Khi nào?\nAi duyệt?\nBao nhiêu hộ?")
    form.inputs.topic.setFocus()
    settle(opened.courier)
    form.save()
    settle(opened.courier)
    (entry,) = entries(desk)
    assert [(each.asked, each.text, each.answered_by) for each in entry.answers] == [
        ("Bao nhiêu hộ?", "14 hộ", "Nguyễn Văn Ổn")
    ]
    assert [each.asked for each in journal.open_questions((entry,))] == ["Khi nào?", "Ai duyệt?"]


def test_an_answer_whose_question_was_taken_out_is_not_lost_silently(stage: Open, desk: Desk) -> None:
    opened = stage(desk)
    form = filled(opened)
    form.inputs.questions.set_text("Ai duyệt?\nBao nhiêu hộ?")
    form.inputs.more.open_answers()
    form.inputs.more.answers.rows()[1].text.set_text("14 hộ")
    form.inputs.questions.set_text("Ai duyệt?")
    form.save()
    settle(opened.courier)
    assert "Không có câu hỏi" in form.inputs.more.folds[1].field.error()
    assert entries(desk) == []


def test_answers_need_questions_first(stage: Open, desk: Desk) -> None:
    opened = stage(desk)
    form = filled(opened)
    ctrl(form, Qt.Key.Key_T)
    assert form.inputs.more.answers.rows() == ()
    assert "câu hỏi" in opened.window.status_line.said()


def test_several_things_given_and_the_name_of_a_conference(stage: Open, desk: Desk) -> None:
    opened = stage(desk)
    form = filled(opened)
    form.inputs.channel.set_value(Channel.CONFERENCE)
    assert form.inputs.occasion.isVisible()
    form.inputs.occasion.setText("Họp báo quý IV")
    form.inputs.given.set_text("Trả lời tại chỗ")
    form.inputs.given_form.set_value(GivenForm.ORAL)
    for _each in range(2):
        ctrl(form, Qt.Key.Key_G)
    first, _empty = form.inputs.more.givens.rows()
    first.text.setText("Báo cáo 37/BC-STTTT")
    first.form.set_value(GivenForm.DOCUMENT)
    form.inputs.recorded.setChecked(True)
    form.save()
    settle(opened.courier)
    (entry,) = entries(desk)
    assert entry.givens == (Given("Báo cáo 37/BC-STTTT", GivenForm.DOCUMENT),)
    assert (entry.occasion, entry.recorded) == ("Họp báo quý IV", True)


def test_a_draft_brings_every_row_back(stage: Open, desk: Desk, qtbot: QtBot) -> None:
    killed = stage(desk)
    form = filled(killed)
    more = form.inputs.more
    more.add_companion()
    more.companions.rows()[0].journalist.setText("Phạm Ý Lan")
    form.inputs.questions.set_text("Ai duyệt?")
    more.open_answers()
    more.answers.rows()[0].text.set_text("UBND tỉnh")
    more.add_given()
    more.givens.rows()[0].text.setText("Ảnh hiện trường")
    before = form.values()
    qtbot.waitUntil(lambda: not form.autosave.is_pending, timeout=1500)
    settle(killed.courier)
    again = stage(desk, first="journal")
    screen = journal_of(again)
    screen.restore(drafts.all_drafts(desk)[0])
    assert screen.form.values() == before


def test_a_draft_of_an_older_program_still_opens() -> None:
    values = from_json({"journalist": "Lê Ánh", "topic": "Giá đất", "typed": {}, "attachments": []})
    assert values == Values(journalist="Lê Ánh", topic="Giá đất")


def test_a_row_can_be_taken_out_again(stage: Open, desk: Desk) -> None:
    form = filled(stage(desk))
    more = form.inputs.more
    more.add_companion()
    more.add_companion()
    more.companions.rows()[0].taken_out.emit(None)
    assert len(more.companions.rows()) == 1
    more.companions.rows()[0].taken_out.emit(None)
    assert not more.folds[0].field.isVisible()


@pytest.mark.parametrize("is_authorised", [True, False])
def test_who_answered_without_authorisation_is_said_beside_the_field(
    stage: Open, desk: Desk, is_authorised: bool
) -> None:
    today = datetime.now(UTC).date()
    if is_authorised:
        draft = AuthorisationDraft(
            kind=SpeakerKind.REGULAR,
            name="Nguyễn Văn Ổn",
            from_on=today - timedelta(days=9),
            decision_number="12/QĐ",
            decided_at=datetime.now(UTC) - timedelta(days=9),
        )
        spokespeople.authorise(desk, draft)
    opened = stage(desk)
    form = filled(opened)
    form.inputs.more.answered_by.setFocus()
    Typist(form.window()).type("Nguyễn Văn Ổn")
    settle(opened.courier)
    assert not form.inputs.more.note.isVisible(), "nothing jumps while typing"
    form.inputs.topic.setFocus()
    settle(opened.courier)
    assert form.inputs.more.note.isVisible() is not is_authorised
    form.save()
    settle(opened.courier)
    (entry,) = entries(desk)
    assert entry.answered_by == "Nguyễn Văn Ổn"
    screen = shown_entry(opened, entry.id)
    assert ("được phát ngôn" in said(screen.detail)) is not is_authorised


def test_a_follow_up_begins_with_what_is_still_open_and_the_thread_shows_both(
    stage: Open, desk: Desk
) -> None:
    first = logged(
        desk, "Giá đất", questions=("Ai duyệt?", "Bao nhiêu hộ?"), answers=(AnswerDraft(0, "UBND tỉnh"),)
    )
    opened = stage(desk)
    opened.window.activateWindow()
    screen = shown_entry(opened, first.id)
    assert "chưa trả lời" in said(screen.detail)
    screen.list.rows.setFocus()
    ctrl(screen, Qt.Key.Key_L)
    (row,) = screen.form.inputs.more.answers.rows()
    assert row.text.hasFocus()
    assert "Bao nhiêu hộ?" in said(row)
    row.text.set_text("Còn 14 hộ")
    screen.save()
    settle(opened.courier)
    later = screen.detail.contact()
    assert later is not None
    assert later.follows == first.id
    assert "Chuỗi tiếp nối" in said(screen.detail)
    assert [each.text for each in journal.contact(desk, first.id).answers] == ["UBND tỉnh", "Còn 14 hộ"]
    screen = shown_entry(opened, first.id)
    assert "trả lời sau" in said(screen.detail)
    assert "chưa trả lời" not in said(screen.detail)


def test_a_correction_says_everything_again(stage: Open, desk: Desk) -> None:
    first = logged(
        desk,
        "Giá đất",
        channel=Channel.BRIEFING,
        occasion="Giao ban tháng 11",
        questions=("Ai duyệt?", "Bao nhiêu hộ?"),
        answers=(AnswerDraft(1, "14 hộ", answered_by="Nguyễn Văn Ổn"),),
        answered_by="Trần Minh Khuê",
        companions=(CompanionDraft("Phạm Ý Lan", "Báo Lao Động"),),
        givens=(Given("Ảnh", GivenForm.ZALO),),
        recorded=True,
    )
    opened = stage(desk)
    screen = shown_entry(opened, first.id)
    screen.detail.correct_asked.emit(first)
    screen.save()
    settle(opened.courier)
    second = screen.detail.contact()
    assert second is not None
    assert second.corrects == first.id
    for name in ("occasion", "questions", "answered_by", "companions", "givens", "recorded", "channel"):
        assert getattr(second, name) == getattr(first, name), name
    again = [(each.asked, each.text, each.answered_by, each.answered_at) for each in second.answers]
    received = first.received_at.replace(second=0, microsecond=0)
    assert again == [("Bao nhiêu hộ?", "14 hộ", "Nguyễn Văn Ổn", received)]


def test_the_list_says_how_many_came_and_what_was_written_late(stage: Open, desk: Desk) -> None:
    logged(
        desk,
        "Ghi sau",
        received_at=datetime.now(UTC) - timedelta(days=3),
        companions=(CompanionDraft("Phạm Ý Lan"), CompanionDraft("Lê Ánh")),
    )
    opened = stage(desk)
    model = journal_of(opened).list.rows.rows()
    model.index(0).data(ROW_ROLE)
    settle(opened.courier)
    row = cells(model.index(0).data(ROW_ROLE))
    assert row.title == "Vũ Quốc Huy +2"
    assert row.note.startswith("ghi muộn")


def test_minutes_are_drafted_with_one_key_and_opened_the_next_time(stage: Open, desk: Desk) -> None:
    entry = logged(desk, "Giá đất")
    opened = stage(desk)
    opened.window.activateWindow()
    screen = shown_entry(opened, entry.id)
    screen.list.rows.setFocus()
    ctrl(screen, Qt.Key.Key_B)
    settle(opened.courier)
    assert len(journal.minutes_of(desk, entry.id)) == 1
    current = opened.control.pages.current()
    assert current is not None
    assert current.name == "papers"
    screen = shown_entry(opened, entry.id)
    screen.detail.open_minutes()
    settle(opened.courier)
    assert len(journal.minutes_of(desk, entry.id)) == 1


def test_tab_goes_through_the_rows_in_their_places(stage: Open, desk: Desk) -> None:
    form = filled(stage(desk))
    form.inputs.questions.set_text("Ai duyệt?")
    more = form.inputs.more
    more.add_companion()
    more.open_answers()
    more.add_given()
    settle(form._context.courier)
    form.inputs.outlet.setFocus()
    passed = []
    for _step in range(14):
        QTest.keyClick(QApplication.focusWidget() or form, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        passed.append(focus.accessibleName() if focus is not None else "")
    wanted = ["Giấy tờ đã xuất trình", "Nhà báo thứ 2", "Cơ quan báo chí", "Giấy tờ đã xuất trình", "Chủ đề"]
    wanted += ["Câu hỏi", "Câu trả lời", "Người trả lời câu này", "Trả lời lúc", "Nội dung đã cung cấp"]
    wanted += ["Hình thức cung cấp", "Nội dung cung cấp 2", "Hình thức cung cấp 2", "Người trả lời"]
    assert passed == wanted


@pytest.mark.parametrize("way", WAYS)
def test_every_field_of_the_rows_takes_vietnamese(stage: Open, desk: Desk, way: str) -> None:
    form = filled(stage(desk))
    form.inputs.questions.set_text("Ai duyệt?")
    more = form.inputs.more
    more.add_companion()
    more.open_answers()
    more.add_given()
    more.companions.rows()[0].panel.fill(VerificationKind.FOREIGN, {})
    form.inputs.channel.set_value(Channel.CONFERENCE)
    rows = (*more.companions.rows(), *more.answers.rows(), *more.givens.rows(), form.inputs.field("occasion"))
    fields = [field for row in rows for field in fields_of(row) if field.isVisible()]
    assert len(fields) >= 10
    assert [fault for field in fields if (fault := check_field(field, way))] == []
