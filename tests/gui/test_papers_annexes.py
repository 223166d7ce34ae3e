"""Annexes and the address line are written in the window, kept as they are typed, and printed beside it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spokesdesk.domain.letters import Annex, Footer, LetterKind
from spokesdesk.domain.papers import Paper
from spokesdesk.gui.papers.page import PaperPage
from spokesdesk.services import drafts, papers
from spokesdesk.services.ports import Desk
from spokesdesk.services.proofs import Source
from tests.desks import Office
from tests.gui.realcase import open_paper, papers_screen, rest, type_text
from tests.gui.stage import Stage
from tests.gui.typing import WAYS, check_field, fields_of

Open = Callable[..., Stage]
TABLE = "| STT | Tên |\n|:---:|---|\n| 1 | Báo Một |"


def annexed(desk: Desk) -> Paper:
    blank = papers.blank(desk, LetterKind.CONG_VAN)
    annexes = (Annex("Danh sách báo", TABLE, landscape=True), Annex("Bảng so sánh", "Nội dung *hai*."))
    made = replace(blank, subject="thử", addressees=("Báo Một",), body="Nội dung.", annexes=annexes)
    return papers.create(desk, replace(made, contact=Footer("Số 1 đường A", "0272 1")))[0]


def saved(stage: Stage, page: PaperPage, qtbot: QtBot) -> None:
    stage.control.obey("save")
    rest(stage, page, qtbot)


def test_annexes_and_address_are_shown_and_kept_untouched(stage: Open, office: Office, qtbot: QtBot) -> None:
    paper = annexed(office.drafter)
    opened = stage(office.drafter)
    page = open_paper(opened, paper, qtbot)
    first, second = page.form.annexes.boxes
    assert first.landscape.isChecked()
    assert "|" not in first.body.edit.toPlainText()
    assert second.body.edit.toPlainText() == "Nội dung hai."
    assert page.form.letter() == paper.letter


def test_an_annex_is_written_turned_moved_and_saved(stage: Open, office: Office, qtbot: QtBot) -> None:
    paper = annexed(office.drafter)
    opened = stage(office.drafter)
    page = open_paper(opened, paper, qtbot)
    page.form.annexes.add_annex()
    third = page.form.annexes.boxes[2]
    type_text(third.title, "Ghi chú")
    type_text(third.body.edit, "Một\nHai")
    third.landscape.click()
    page.form.annexes.move_box(third, -1)
    page.form.annexes.boxes[0].landscape.click()
    saved(opened, page, qtbot)
    kept = papers.paper(office.drafter, paper.id).letter
    assert [(annex.title, annex.body, annex.landscape) for annex in kept.annexes] == [
        ("Danh sách báo", TABLE, False),
        ("Ghi chú", "Một\n\nHai", True),
        ("Bảng so sánh", "Nội dung *hai*.", False),
    ]
    shapes = [image.width() > image.height() for image in page.preview.pages.images() if not image.isNull()]
    assert True not in shapes[:2]


def test_an_annex_taken_away_comes_back(stage: Open, office: Office, qtbot: QtBot) -> None:
    paper = annexed(office.drafter)
    opened = stage(office.drafter)
    page = open_paper(opened, paper, qtbot)
    page.form.annexes.remove(page.form.annexes.boxes[0])
    assert [annex.title for annex in page.form.letter().annexes] == ["Bảng so sánh"]
    page.form.annexes.restore()
    assert page.form.letter() == paper.letter


def test_the_address_line_is_switched_and_written(stage: Open, office: Office, qtbot: QtBot) -> None:
    paper = annexed(office.drafter)
    opened = stage(office.drafter)
    page = open_paper(opened, paper, qtbot)
    page.form.foot.open()
    QTest.mouseClick(
        page.form.foot.wanted, Qt.MouseButton.LeftButton, pos=page.form.foot.wanted.rect().center()
    )
    page.form.foot.wanted.setChecked(False)
    assert page.form.letter().contact is None
    field = next(each for each in page.form.foot.fields if each.name == "contact.email")
    type_text(field.edit, "so@tinh.gov.vn")
    saved(opened, page, qtbot)
    assert papers.paper(office.drafter, paper.id).letter.contact == Footer(
        "Số 1 đường A", "0272 1", email="so@tinh.gov.vn"
    )


def test_a_draft_keeps_annexes_and_one_from_before_them_loses_none(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    paper = annexed(office.drafter)
    opened = stage(office.drafter)
    page = open_paper(opened, paper, qtbot)
    type_text(page.form.annexes.boxes[1].body.edit, "Trước. ")
    qtbot.waitUntil(lambda: any(drafts.all_drafts(office.drafter)), timeout=2_000)
    second = stage(office.drafter)
    screen = papers_screen(second)
    screen.restore(next(iter(drafts.all_drafts(office.drafter))))
    rest(second, screen.page, qtbot)
    assert screen.page.form.letter().annexes[1].body == "Trước. Nội dung *hai*."
    old = dict(screen.page.form.values())
    del old["annexes"], old["contact"]
    screen.page.form.set_letter(paper.letter)
    screen.page.form.set_values(old)
    assert screen.page.form.letter() == paper.letter


def test_words_of_an_annex_lead_to_it_and_faults_are_said_there(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    paper = annexed(office.drafter)
    opened = stage(office.drafter)
    page = open_paper(opened, paper, qtbot)
    page.preview.pointed.emit((Source("annexes.1.body", 0, 3), 4))
    edit = page.form.annexes.boxes[0].body.edit
    cell = edit.textCursor().currentTable().cellAt(edit.textCursor())
    assert (cell.row(), cell.column()) == (1, 1)
    type_text(page.form.annexes.boxes[1].body.edit, "Chữ 漢 ")
    rest(opened, page, qtbot)
    assert [field.name for field in page.form.fields if field.error()] == ["annexes.2.body"]


def test_a_frozen_paper_shows_its_annexes_and_changes_none(stage: Open, office: Office, qtbot: QtBot) -> None:
    paper = annexed(office.drafter)
    page = open_paper(stage(office.drafter), paper, qtbot)
    page.form.set_frozen(True)
    box = page.form.annexes.boxes[0]
    page.form.annexes.add_annex()
    type_text(box.body.edit, "x")
    assert page.form.letter() == paper.letter
    assert box.title.isReadOnly()


@pytest.mark.parametrize("way", WAYS)
def test_annexes_and_address_take_vietnamese(stage: Open, office: Office, qtbot: QtBot, way: str) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, annexed(office.drafter), qtbot)
    opened.window.activateWindow()
    qtbot.waitUntil(opened.window.isActiveWindow)
    page.form.foot.open()
    fields = [*fields_of(page.form.annexes), *fields_of(page.form.foot)]
    assert len(fields) == 9
    assert [fault for field in fields if (fault := check_field(field, way))] == []
