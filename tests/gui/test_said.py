"""Lần trước đã nói gì: one key away in a paper, an answer and a contact; numbers that differ are pointed out."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.requests import RequestMove
from spokesdesk.gui.journal.screen import JournalScreen
from spokesdesk.gui.requests.answering import AnswerPanel
from spokesdesk.gui.requests.screen import RequestsScreen
from spokesdesk.gui.said import SaidSheet
from spokesdesk.gui.widgets.basic import LinkButton
from spokesdesk.services import papers
from tests.desks import Office
from tests.gui.realcase import letter, open_paper
from tests.gui.stage import Stage, settle
from tests.gui.test_requests import asked

Open = Callable[..., Stage]
SUBJECT = "Về di dời dân do mưa lớn tại huyện Bến Lức"
BODY = "Mưa lớn tại huyện Bến Lức làm 12 hộ dân phải di dời."


def said_earlier(office: Office) -> None:
    blank = papers.blank(office.drafter, LetterKind.THONG_CAO_BAO_CHI)
    made, _changes = papers.create(office.drafter, replace(blank, subject=SUBJECT, body=BODY))
    papers.submit(office.drafter, made.id)
    papers.approve(office.leader, made.id)
    papers.number(office.registry, made.id, 5)


def shown(sheet: SaidSheet | None) -> str:
    assert sheet is not None
    labels: Iterable[QLabel] = sheet.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(sheet))


def test_f6_in_a_paper_shows_what_was_said_and_puts_it_in(stage: Open, office: Office, qtbot: QtBot) -> None:
    said_earlier(office)
    opened = stage(office.drafter)
    page = open_paper(opened, letter(office.drafter, SUBJECT, BODY.replace("12", "120")), qtbot)
    opened.window.activateWindow()
    page.form.text.setFocus()
    QTest.keyClick(page.form.text, Qt.Key.Key_F6)
    settle(opened.courier)
    words = shown(page.said.sheet)
    assert "số 05/" in words
    assert "nay 120 hộ" in words
    assert "trước 12 hộ" in words
    assert page.said.sheet is not None
    buttons: Iterable[LinkButton] = page.said.sheet.findChildren(LinkButton)
    take = next(button for button in buttons if "Đưa vào" in button.text())
    take.click()
    settle(opened.courier)
    assert "làm 12 hộ dân phải di dời" in page.form.text.toPlainText()
    assert "làm 120 hộ dân phải di dời" in page.form.text.toPlainText()


def test_nothing_said_before_is_said_calmly(stage: Open, office: Office, qtbot: QtBot) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, letter(office.drafter, SUBJECT), qtbot)
    page.said.open()
    settle(opened.courier)
    assert "Chưa có văn bản hay câu trả lời nào" in shown(page.said.sheet)


def test_f6_while_answering_a_request(stage: Open, office: Office) -> None:
    said_earlier(office)
    desk = office.drafter
    made = asked(desk, "Di dời dân do mưa lớn ở Bến Lức")
    opened = stage(desk)
    opened.control.navigate("request", made.id)
    settle(opened.courier)
    screen = opened.control.pages.current()
    assert isinstance(screen, RequestsScreen)
    screen.page.ask(RequestMove.ANSWER)
    settle(opened.courier)
    panel = screen.page.moving.panel
    assert isinstance(panel, AnswerPanel)
    panel.text.set_text("Mưa lớn làm 13 hộ dân phải di dời.")
    screen.page.look_back()
    settle(opened.courier)
    words = shown(screen.page.back_sheet)
    assert "nay 13 hộ" in words
    assert screen.page.back_sheet is not None
    screen.page.back_sheet.close()


def test_f6_while_a_contact_is_written(stage: Open, office: Office) -> None:
    said_earlier(office)
    opened = stage(office.drafter)
    opened.control.obey("new:contact")
    settle(opened.courier)
    screen = opened.control.pages.current()
    assert isinstance(screen, JournalScreen)
    screen.form.inputs.topic.setText("Di dời dân do mưa lớn ở Bến Lức")
    opened.window.activateWindow()
    screen.form.inputs.topic.setFocus()
    QTest.keyClick(screen.form.inputs.topic, Qt.Key.Key_F6)
    settle(opened.courier)
    sheet = screen.form.said.sheet
    assert "số 05/" in shown(sheet)
    assert sheet is not None
    sheet.close()
