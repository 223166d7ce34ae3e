"""Chèn: found by words, chosen by keys, put in at the cursor; where a paragraph comes from is seen in the history."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from spokesdesk.gui.papers.inserting import InsertPalette
from spokesdesk.gui.papers.page import PaperPage
from spokesdesk.services import inserting, papers
from spokesdesk.services.inserting import OfferKind
from tests.desks import Office
from tests.gui.realcase import letter, open_paper, press, rest, type_text
from tests.gui.stage import Stage
from tests.gui.typing import WAYS, check_field

Open = Callable[..., Stage]
SAID = "Nước thải của nhà máy đã được **quan trắc** hằng tuần."


def said_in(page: PaperPage) -> list[str]:
    """Give every line of the history."""
    labels: list[QLabel] = list(page.history.findChildren(QLabel))
    return [each.text() for each in labels]


def opened_palette(stage: Stage, page: PaperPage, qtbot: QtBot) -> InsertPalette:
    stage.window.activateWindow()
    qtbot.waitUntil(stage.window.isActiveWindow)
    page.form.text.setFocus()
    press(page.form.text, Qt.Key.Key_M, ctrl=True)
    palette = page.putting.palette
    assert palette.isVisible()
    assert palette.words.hasFocus()
    qtbot.waitUntil(lambda: palette.is_settled, timeout=10_000)
    return palette


def sought(palette: InsertPalette, words: str, qtbot: QtBot) -> InsertPalette:
    palette.words.clear()
    type_text(palette.words, words)
    qtbot.waitUntil(lambda: palette.is_settled, timeout=10_000)
    return palette


def test_a_sentence_is_put_in_and_its_blank_waits_to_be_filled(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, letter(office.drafter, "thử", "Mở đầu."), qtbot)
    page.form.text.moveCursor(QTextCursor.MoveOperation.End)
    palette = opened_palette(opened, page, qtbot)
    assert {offer.kind for offer in palette.offers()} == {OfferKind.PHRASE}
    sought(palette, "phuc dap van ban", qtbot)
    press(palette.words, Qt.Key.Key_Return)
    text = page.form.text
    assert not palette.isVisible()
    assert text.hasFocus()
    assert text.textCursor().selectedText() == "…"
    type_text(text, "15/UBND-VX")
    assert text.text().startswith("Mở đầu.\n\nPhúc đáp Công văn số 15/UBND-VX ngày …")
    for _step in range(12):
        text.undo()
    assert text.text() == "Mở đầu."


def test_a_citation_goes_into_the_sentence_and_is_short_the_second_time(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, letter(office.drafter, "thử", "Theo "), qtbot)
    for _time in range(2):
        page.form.text.moveCursor(QTextCursor.MoveOperation.End)
        palette = sought(opened_palette(opened, page, qtbot), "nghi dinh 237", qtbot)
        press(palette.words, Qt.Key.Key_Tab)
        press(palette.words, Qt.Key.Key_Tab)
        assert {offer.kind for offer in palette.offers()} == {OfferKind.RULE}
        press(palette.words, Qt.Key.Key_Return)
        type_text(page.form.text, "; theo ")
    once, twice, _end = page.form.text.text().split("; theo")
    assert once.startswith("Theo Nghị định số 237/2026/NĐ-CP ngày 26 tháng 6 năm 2026 của Chính phủ quy định")
    assert twice == " Nghị định số 237/2026/NĐ-CP"


def test_what_was_said_before_is_put_in_and_noted(stage: Open, office: Office, qtbot: QtBot) -> None:
    letter(office.drafter, "trả lời về nước thải", f"Mở đầu.\n\n{SAID}")
    paper = letter(office.drafter, "lần hai", "Đang viết.")
    opened = stage(office.drafter)
    page = open_paper(opened, paper, qtbot)
    page.form.text.moveCursor(QTextCursor.MoveOperation.End)
    palette = sought(opened_palette(opened, page, qtbot), "nuoc thai quan trac", qtbot)
    assert "quan trắc hằng tuần" in palette._shown.text()
    assert "*" not in palette._shown.text()
    press(palette.words, Qt.Key.Key_Return)
    rest(opened, page, qtbot)
    assert papers.paper(office.drafter, paper.id).letter.body == f"Đang viết.\n\n{SAID}"
    (noted,) = inserting.origins(office.drafter, paper.id)
    shown = said_in(page)
    assert noted in shown
    page = open_paper(stage(office.leader), paper, qtbot)
    assert noted in said_in(page)


def test_escape_and_leaving_change_nothing(stage: Open, office: Office, qtbot: QtBot) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, letter(office.drafter, "thử", "Mở đầu."), qtbot)
    palette = opened_palette(opened, page, qtbot)
    press(palette.words, Qt.Key.Key_Down)
    press(palette.words, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert page.form.text.hasFocus()
    assert page.form.text.text() == "Mở đầu."
    page.form.set_frozen(True)
    press(page.form.text, Qt.Key.Key_M, ctrl=True)
    assert not palette.isVisible()


def test_nothing_found_is_said(stage: Open, office: Office, qtbot: QtBot) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, letter(office.drafter, "thử", "Mở đầu."), qtbot)
    palette = sought(opened_palette(opened, page, qtbot), "zzzz qqqq", qtbot)
    assert palette.offers() == []
    assert "Không thấy" in palette._none.text()
    QTest.keyClick(palette.words, Qt.Key.Key_Return)
    assert page.form.text.text() == "Mở đầu."


@pytest.mark.parametrize("way", WAYS)
def test_the_search_takes_vietnamese(stage: Open, office: Office, qtbot: QtBot, way: str) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, letter(office.drafter, "thử", "Mở đầu."), qtbot)
    palette = opened_palette(opened, page, qtbot)
    assert check_field(palette.words, way) == ""
    qtbot.waitUntil(lambda: palette.is_settled, timeout=10_000)
