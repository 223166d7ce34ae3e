"""The printed page and the text know each other: a click on the page leads to the words, the cursor marks the page."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spokesdesk.gui.papers.page import PaperPage
from spokesdesk.services.proofs import Source
from tests.desks import Office
from tests.gui.realcase import letter, open_paper, papers_screen, press, rest, type_text
from tests.gui.stage import Stage, settle

Open = Callable[..., Stage]
BODY = (
    "Đoạn mở đầu.\n\n"
    + "\n\n".join(f"Đoạn số {n} " + "nói thêm cho dài " * 12 for n in range(40))
    + "\n\nĐoạn kết."
)


def click_on(page: PaperPage, source: Source, letter_at: int) -> None:
    """Click on the page where a letter is printed, scrolled to it as a person would."""
    pages = page.preview.pages
    for at, leaf in enumerate(pages._leaves):
        mark = leaf.place(source, letter_at)
        if mark is not None:
            rect = pages._rect(at)
            down = rect.top() + round((mark.top + mark.bottom) / 2 * rect.height())
            pages.verticalScrollBar().setValue(down - 100)
            across = rect.left() + round(mark.left * rect.width()) + 1
            point = QPoint(across, down - pages.verticalScrollBar().value())
            QTest.mouseClick(pages.viewport(), Qt.MouseButton.LeftButton, pos=point)
            return
    raise AssertionError("printed nowhere")


def test_a_click_on_the_page_leads_to_the_words(stage: Open, office: Office, qtbot: QtBot) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, letter(office.drafter, "dài", BODY), qtbot)
    click_on(page, Source("body", 30), 0)
    text = page.form.text
    assert text.textCursor().block().text().startswith("Đoạn số 29 ")
    assert text.cursorRect().top() >= 0
    assert text.cursorRect().bottom() <= text.viewport().height()
    assert text.hasFocus() or not opened.window.isActiveWindow()
    click_on(page, Source("subject"), 0)
    assert page.form.text_edit("subject").hasFocus() or not opened.window.isActiveWindow()


def test_the_cursor_marks_its_line_and_turns_to_its_page(stage: Open, office: Office, qtbot: QtBot) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, letter(office.drafter, "dài", BODY), qtbot)
    opened.window.activateWindow()
    qtbot.waitUntil(opened.window.isActiveWindow)
    text = page.form.text
    text.setFocus()
    cursor = text.textCursor()
    cursor.setPosition(text.toPlainText().index("Đoạn kết"))
    text.setTextCursor(cursor)
    qtbot.waitUntil(lambda: page.preview.pages._mark is not None)
    rest(opened, page, qtbot)
    marked = page.preview.pages._mark
    assert marked is not None
    at, mark = marked
    assert at == page.preview.pages.count - 1
    assert mark.source == Source("body", 41)
    assert page.page_place.text().startswith(f"Bản in, trang {at + 1}/") or at == 0
    type_text(text, "Thêm ")
    rest(opened, page, qtbot)
    assert page.preview.pages._mark is not None, "the mark stays with the words when the page changes"


def test_pages_are_drawn_when_they_come_into_sight(stage: Open, office: Office, qtbot: QtBot) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, letter(office.drafter, "rất dài", BODY + "\n\n" + BODY), qtbot)
    pages = page.preview.pages
    assert pages.count >= 5
    assert pages.images()[-1].isNull(), "nobody looks there yet"
    pages.verticalScrollBar().setValue(pages.verticalScrollBar().maximum())
    rest(opened, page, qtbot)
    assert not pages.images()[-1].isNull()
    first = pages.images()[0].cacheKey()
    page.form.text.moveCursor(page.form.text.textCursor().MoveOperation.End)
    type_text(page.form.text, " Thêm.")
    rest(opened, page, qtbot)
    assert pages.images()[0].cacheKey() == first, "a page that looks as before is not drawn again"


def test_the_line_being_written_stays_in_sight(stage: Open, office: Office, qtbot: QtBot) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, letter(office.drafter, "dài", BODY), qtbot)
    opened.window.activateWindow()
    qtbot.waitUntil(opened.window.isActiveWindow)
    text = page.form.text
    page.area.verticalScrollBar().setValue(0)
    text.setFocus()
    text.moveCursor(text.textCursor().MoveOperation.End)
    type_text(text, "Thêm.")
    place = text.viewport().mapTo(page.area.viewport(), text.cursorRect().bottomLeft())
    assert 0 <= place.y() <= page.area.viewport().height()


def test_a_paper_opened_after_another_begins_at_its_top_and_is_not_typed_into(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    first, second = letter(office.drafter, "việc thứ nhất"), letter(office.drafter, "việc thứ hai")
    opened = stage(office.drafter)
    screen = papers_screen(opened)
    page = open_paper(opened, first, qtbot)
    page.form.text_edit("signers.1.name").setFocus()
    press(page.form.text_edit("signers.1.name"), Qt.Key.Key_Tab)  # the area follows the cursor down
    assert page.area.verticalScrollBar().value() > 0
    page.form.text_edit("signers.1.name").setFocus()
    screen.show_list()
    screen.list.list.select(second.id)
    settle(opened.courier)
    press(screen.list.list, Qt.Key.Key_Return)
    assert page.area.verticalScrollBar().value() == 0
    rest(opened, page, qtbot)
    assert page.paper is not None
    assert page.paper.id == second.id
    typed = page.form.letter()
    QTest.keyClicks(opened.window.focusWidget(), "x")
    assert page.form.letter() == typed
    assert page.area.verticalScrollBar().value() == 0
