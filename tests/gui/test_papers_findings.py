"""Kiểm tra thể thức in the window: findings follow the typing, lead to their place, and rewrite nothing."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from spokesdesk.gui.papers.page import PaperPage
from spokesdesk.services.papers import Level
from tests.desks import Office
from tests.gui.realcase import letter, open_paper, papers_screen, press, rebuttal, type_text
from tests.gui.stage import Stage

Open = Callable[..., Stage]


def checked(page: PaperPage, qtbot: QtBot) -> PaperPage:
    """Wait until the findings are those of the text on screen."""
    qtbot.waitUntil(lambda: page.findings.is_settled, timeout=20_000)
    return page


def at_end(page: PaperPage, text: str) -> None:
    page.form.text.moveCursor(QTextCursor.MoveOperation.End)
    type_text(page.form.text, text)


def said(page: PaperPage) -> list[str]:
    return [row.accessibleName() for row in page.findings.rows()]


def test_the_rebuttal_drafted_for_an_article_is_in_form(stage: Open, office: Office, qtbot: QtBot) -> None:
    page = checked(open_paper(stage(office.drafter), rebuttal(office.drafter), qtbot), qtbot)
    assert page.findings.findings == ()
    assert not page.findings.isHidden()


def test_findings_follow_the_typing_and_rewrite_nothing(stage: Open, office: Office, qtbot: QtBot) -> None:
    paper = letter(office.drafter, "đề nghị cải chính", "Nội dung văn bản.")
    page = checked(open_paper(stage(office.drafter), paper, qtbot), qtbot)
    assert page.findings.rows() == ()
    at_end(page, " Theo khoản 2 điều 42")
    qtbot.waitUntil(lambda: len(page.findings.rows()) == 1, timeout=20_000)
    told = "Lỗi: “khoản 2 điều 42” → “khoản 2 Điều 42” · Phụ lục II, V.7"
    assert said(page) == [told]
    assert page.form.text.toPlainText() == "Nội dung văn bản. Theo khoản 2 điều 42"
    for _key in range(len("điều 42")):
        press(page.form.text, Qt.Key.Key_Backspace)
    type_text(page.form.text, "Điều 42.")
    qtbot.waitUntil(lambda: page.findings.rows() == () and page.findings.is_settled, timeout=20_000)


def test_a_click_and_enter_put_the_cursor_on_the_place(stage: Open, office: Office, qtbot: QtBot) -> None:
    paper = letter(
        office.drafter, "về việc đính chính", "Điểm báo 😀 ngày qua.\n\nỦy ban tại quận 1 và nhà nước."
    )
    page = checked(open_paper(stage(office.drafter), paper, qtbot), qtbot)
    rows = {row.found.rule: row for row in page.findings.rows()}
    assert set(rows) == {"C5", "C11", "TY1"}
    QTest.mouseClick(rows["C5"], Qt.MouseButton.LeftButton)
    assert page.form.text.textCursor().selectedText() == "quận 1"
    assert QApplication.focusWidget() is page.form.text or not page.isActiveWindow()
    press(rows["C11"], Qt.Key.Key_Return)
    assert page.form.text.textCursor().selectedText() == "nhà nước"
    press(rows["TY1"], Qt.Key.Key_Space)
    subject = page.form.text_edit("subject")
    assert subject.selectedText() == "về việc"  # type: ignore[union-attr]


def test_a_place_in_a_list_and_in_a_folded_card_is_found(stage: Open, office: Office, qtbot: QtBot) -> None:
    paper = letter(office.drafter, "đề nghị cải chính", "Nội dung văn bản.")
    page = checked(open_paper(stage(office.drafter), paper, qtbot), qtbot)
    recipients = page.form.text_edit("recipients")
    recipients.clear()
    type_text(recipients, "Như trên\n\n  sở Tài chính")
    symbol = next(field.edit for field in page.form.fields if field.name == "symbol")
    type_text(symbol, " -X")
    qtbot.waitUntil(lambda: len(page.findings.rows()) == 2, timeout=20_000)
    rows = {row.found.rule: row for row in page.findings.rows()}
    press(rows["C9"], Qt.Key.Key_Return)
    assert recipients.textCursor().selectedText() == "sở Tài chính"  # type: ignore[union-attr]
    assert page.form.heading._inner.isHidden()
    press(rows["NUM"], Qt.Key.Key_Return)
    assert not page.form.heading._inner.isHidden()


def test_an_empty_new_paper_is_left_in_peace(stage: Open, office: Office, qtbot: QtBot) -> None:
    opened = stage(office.drafter)
    screen = papers_screen(opened)
    screen.new()
    page = checked(screen.page, qtbot)
    assert page.findings.isHidden()
    at_end(page, "vì nhân dân")
    qtbot.waitUntil(lambda: not page.findings.isHidden() and page.findings.is_settled, timeout=20_000)
    levels = {row.found.level for row in page.findings.rows()}
    assert Level.ERROR in levels, "what is still missing is said once something is written"


def test_many_findings_stay_readable(stage: Open, office: Office, qtbot: QtBot) -> None:
    body = "\n\n".join(f"Nội dung {n} của nhà nước." for n in range(60)) + "\n\nTheo khoản 2 điều 42."
    paper = letter(office.drafter, "đề nghị cải chính", body)
    page = checked(open_paper(stage(office.drafter), paper, qtbot), qtbot)
    assert len(page.findings.rows()) == 30
    assert len(page.findings.findings) == 61
    assert page.findings.rows()[0].found.rule == "C14", "the gravest come first"


def test_findings_stand_beside_their_lines_and_move_with_them(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    body = "Mở đầu.\n\n| A | B |\n|---|---|\n| nhà nước | b |\n\nTheo *khoản 2 điều 42*, tại quận 1.\n\nHết."
    paper = letter(office.drafter, "đề nghị cải chính", body)
    page = checked(open_paper(stage(office.drafter), paper, qtbot), qtbot)
    margin = page.form.boxes()["body"].margin
    text = page.form.text
    assert {remark.cursor.selectedText() for remark in margin.remarks()} == {
        "nhà nước",
        "khoản 2 điều 42",
        "quận 1",
    }
    assert len(margin.lines()) == 2, "two are on one line"
    (top,) = (top for top, held in margin.lines().items() if len(held) == 2)
    place = text.document().find("khoản 2")
    assert abs(top - text.cursorRect(place).top()) < text.cursorRect(place).height()
    QTest.mouseClick(margin, Qt.MouseButton.LeftButton, pos=QPoint(10, top + 6))
    assert text.textCursor().selectedText() in ("khoản 2 điều 42", "quận 1")
    told = page.form.boxes()["body"].strip.accessibleName()
    assert text.textCursor().selectedText() in told
    assert "Phụ lục II" in told
    text.moveCursor(QTextCursor.MoveOperation.Start)
    type_text(text, "Thêm\n")
    assert {remark.cursor.selectedText() for remark in margin.remarks()} >= {"nhà nước", "quận 1"}


def test_f8_goes_through_the_findings_in_the_order_of_reading(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    body = "Theo khoản 2 điều 42.\n\nỦy ban tại quận 1."
    paper = letter(office.drafter, "đề nghị cải chính", body)
    opened = stage(office.drafter)
    page = checked(open_paper(opened, paper, qtbot), qtbot)
    opened.window.activateWindow()
    qtbot.waitUntil(opened.window.isActiveWindow)
    page.form.text.setFocus()
    seen = []
    for _press in range(3):
        QTest.keyClick(page.form.text, Qt.Key.Key_F8)
        seen.append(page.form.text.textCursor().selectedText())
    assert seen == ["khoản 2 điều 42", "quận 1", "khoản 2 điều 42"]
    QTest.keyClick(page.form.text, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert page.form.text.textCursor().selectedText() == "quận 1"


def test_findings_of_an_annex_stand_beside_the_annex(stage: Open, office: Office, qtbot: QtBot) -> None:
    paper = letter(office.drafter, "đề nghị cải chính", "Nội dung văn bản.")
    page = checked(open_paper(stage(office.drafter), paper, qtbot), qtbot)
    page.form.annexes.add_annex()
    type_text(page.form.annexes.boxes[0].title, "DANH SÁCH")
    type_text(page.form.annexes.boxes[0].body.edit, "Ủy ban tại quận 1.")
    margin = page.form.boxes()["annexes.1.body"].margin
    qtbot.waitUntil(lambda: len(margin.remarks()) == 1, timeout=20_000)
    page.findings.rows()[0].chosen.emit(page.findings.rows()[0].found)
    assert page.form.annexes.boxes[0].body.edit.textCursor().selectedText() == "quận 1"


def test_what_is_proposed_is_put_in_when_it_is_asked_for(stage: Open, office: Office, qtbot: QtBot) -> None:
    paper = letter(office.drafter, "đề nghị cải chính", "Theo **khoản 2 điều 42** và hết.")
    opened = stage(office.drafter)
    page = checked(open_paper(opened, paper, qtbot), qtbot)
    opened.window.activateWindow()
    qtbot.waitUntil(opened.window.isActiveWindow)
    page.form.text.setFocus()
    QTest.keyClick(page.form.text, Qt.Key.Key_F8)
    QTest.keyClick(page.form.text, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert page.form.text.text() == "Theo **khoản 2 Điều 42** và hết."
    page.form.text.undo()
    assert page.form.text.text() == "Theo **khoản 2 điều 42** và hết."
