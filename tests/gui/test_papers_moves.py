"""A paper's way in the window: each member's own moves, what they ask for, and what stays of them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.papers import Move, Paper, PaperState
from spokesdesk.domain.people import Role
from spokesdesk.gui.papers.page import PaperPage
from spokesdesk.gui.papers.panels import NumberPanel
from spokesdesk.services import papers
from tests.desks import Office
from tests.gui.realcase import letter, open_paper, press, rebuttal, rest, type_text, works
from tests.gui.stage import Stage, settle
from tests.gui.typing import WAYS, check_field, fields_of

Open = Callable[..., Stage]


@pytest.fixture
def approved(office: Office) -> Paper:
    """A paper that waits for its number."""
    paper = letter(office.drafter, "cung cấp thông tin")
    papers.submit(office.drafter, paper.id)
    return papers.approve(office.leader, paper.id)[0]


def click(stage: Stage, page: PaperPage, move: Move, qtbot: QtBot) -> None:
    page.top.buttons[move].click()
    rest(stage, page, qtbot)


def confirm(stage: Stage, page: PaperPage, qtbot: QtBot) -> None:
    assert page.moving.panel is not None
    page.moving.panel.button.click()
    rest(stage, page, qtbot)


def test_the_whole_way(stage: Open, office: Office, qtbot: QtBot) -> None:
    paper = rebuttal(office.drafter)
    opened = stage(office.drafter)
    page = open_paper(opened, paper, qtbot)
    assert list(page.top.buttons) == [Move.SUBMIT]
    type_text(page.form.text_edit("subject"), "Kính ")
    click(opened, page, Move.SUBMIT, qtbot)
    sent = papers.paper(office.drafter, paper.id)
    assert (sent.state, sent.version) == (PaperState.SUBMITTED, 2), "what was typed goes along"
    assert page.isAncestorOf(page.window().focusWidget()), "the next key stays on the page"
    works(opened, office.leader)
    assert list(page.top.buttons) == [Move.RETURN, Move.APPROVE]
    click(opened, page, Move.APPROVE, qtbot)
    confirm(opened, page, qtbot)
    works(opened, office.registry)
    click(opened, page, Move.NUMBER, qtbot)
    confirm(opened, page, qtbot)
    click(opened, page, Move.RELEASE, qtbot)
    confirm(opened, page, qtbot)
    done = papers.paper(office.drafter, paper.id)
    assert (done.state, done.number) == (PaperState.RELEASED, 1)
    assert [step.by.name for step in done.moves] == [
        "Lê Thị Ánh",
        "Nguyễn Văn Ổn",
        "Phạm Thị Ấn",
        "Phạm Thị Ấn",
    ]
    assert not page.top.buttons


def test_returning_asks_for_a_reason_and_shows_it_to_the_writer(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    paper = letter(office.drafter, "thử")
    papers.submit(office.drafter, paper.id)
    opened = stage(office.leader)
    page = open_paper(opened, paper, qtbot)
    click(opened, page, Move.RETURN, qtbot)
    confirm(opened, page, qtbot)
    assert page.moving.panel is not None
    assert page.moving.panel.fields[0].error()
    assert papers.paper(office.drafter, paper.id).state is PaperState.SUBMITTED
    edit = page.moving.panel.fields[0].edit
    assert isinstance(edit, QPlainTextEdit)
    type_text(edit, "Bổ sung căn cứ pháp lý")
    confirm(opened, page, qtbot)
    assert papers.paper(office.drafter, paper.id).state is PaperState.RETURNED
    works(opened, office.drafter)
    assert any("Bổ sung căn cứ pháp lý" in text for text in page.notes.texts())
    assert list(page.top.buttons) == [Move.SUBMIT]


def test_escape_puts_a_move_away(stage: Open, office: Office, qtbot: QtBot, approved: Paper) -> None:
    opened = stage(office.registry)
    page = open_paper(opened, approved, qtbot)
    click(opened, page, Move.NUMBER, qtbot)
    panel = page.moving.panel
    assert panel is not None
    press(panel, Qt.Key.Key_Escape)
    assert panel.isHidden()
    assert papers.paper(office.drafter, approved.id).state is PaperState.APPROVED


def test_number_is_offered_and_a_taken_one_is_refused_in_words(
    stage: Open, office: Office, qtbot: QtBot, approved: Paper
) -> None:
    papers.number(office.registry, approved.id, 7)
    second = letter(office.drafter, "văn bản sau")
    papers.submit(office.drafter, second.id)
    papers.approve(office.leader, second.id)
    opened = stage(office.registry)
    page = open_paper(opened, second, qtbot)
    click(opened, page, Move.NUMBER, qtbot)
    panel = page.moving.panel
    assert isinstance(panel, NumberPanel)
    assert panel.number.text() == "08"
    assert panel.date.text() == f"{office.registry.now().astimezone():%d/%m/%Y}"
    panel.number.setText("7")
    confirm(opened, page, qtbot)
    assert "7" in panel.fields[0].error()
    assert papers.paper(office.drafter, second.id).state is PaperState.APPROVED
    panel.number.setText("9")
    panel.date.set_on(date(2026, 1, 5))
    confirm(opened, page, qtbot)
    done = papers.paper(office.drafter, second.id)
    assert (done.number, done.numbered_on) == (9, date(2026, 1, 5))


@pytest.mark.parametrize(
    ("number", "day"), [("abc", ""), ("0", ""), ("5", "31/02/2026"), ("5", "05/01/2199")]
)
def test_number_and_date_that_cannot_be_are_said_beside_the_field(
    stage: Open, office: Office, qtbot: QtBot, approved: Paper, number: str, day: str
) -> None:
    opened = stage(office.registry)
    page = open_paper(opened, approved, qtbot)
    click(opened, page, Move.NUMBER, qtbot)
    panel = page.moving.panel
    assert isinstance(panel, NumberPanel)
    panel.number.setText(number)
    if day:
        panel.date.setText(day)
    confirm(opened, page, qtbot)
    assert [bool(field.error()) for field in panel.fields] == [not day, bool(day)]
    assert panel.number.text() == number
    assert papers.paper(office.drafter, approved.id).state is PaperState.APPROVED


def test_approved_text_is_frozen_and_says_why(
    stage: Open, office: Office, qtbot: QtBot, approved: Paper
) -> None:
    page = open_paper(stage(office.drafter), approved, qtbot)
    edits: list[QLineEdit | QPlainTextEdit] = [
        *page.form.findChildren(QLineEdit),
        *page.form.findChildren(QPlainTextEdit),
    ]
    assert len(edits) > 10
    assert [edit.accessibleName() for edit in edits if not edit.isReadOnly()] == []
    assert not page.form.heading.kind.isEnabled()
    assert any("Nguyễn Văn Ổn đã duyệt" in said for said in page.notes.texts())


def test_approving_ones_own_paper_is_allowed_and_flagged(stage: Open, office: Office, qtbot: QtBot) -> None:
    alone = replace(office.leader.member, roles=frozenset(Role))
    desk = office.leader.working_as(alone)
    paper = letter(desk, "một người làm hết")
    papers.submit(desk, paper.id)
    opened = stage(desk)
    page = open_paper(opened, paper, qtbot)
    click(opened, page, Move.APPROVE, qtbot)
    confirm(opened, page, qtbot)
    assert page.top.flag() == "Tự duyệt"
    assert papers.paper(desk, paper.id).moves[-1].is_flagged


def test_steps_say_who_and_when(stage: Open, office: Office, qtbot: QtBot, approved: Paper) -> None:
    page = open_paper(stage(office.drafter), approved, qtbot)
    told = page.steps.told()
    assert told["Trình"].startswith("Lê Thị Ánh, ")
    assert told["Duyệt"].startswith("Nguyễn Văn Ổn, ")
    assert told["Phát hành"] == "Chưa làm"


def test_incomplete_paper_is_not_submitted_and_the_field_is_named(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    blank = papers.blank(office.drafter, LetterKind.CONG_VAN)
    paper = papers.create(office.drafter, replace(blank, body="Có nội dung."))[0]
    opened = stage(office.drafter)
    page = open_paper(opened, paper, qtbot)
    click(opened, page, Move.SUBMIT, qtbot)
    said = {field.name: field.error() for field in page.form.fields if field.error()}
    assert list(said) == ["subject"]
    assert "Trích yếu" in said["subject"]
    assert papers.paper(office.drafter, paper.id).state is PaperState.DRAFT


def test_numbered_paper_shows_its_own_file(
    stage: Open, office: Office, qtbot: QtBot, approved: Paper
) -> None:
    opened = stage(office.registry)
    page = open_paper(opened, approved, qtbot)
    before = page.preview.pages.images()
    click(opened, page, Move.NUMBER, qtbot)
    confirm(opened, page, qtbot)
    kept = papers.file(office.registry, approved.id, "pdf")
    shown = papers.preview_pdf(kept, page.preview.pages.dpi())
    assert page.preview.pages.images() != before
    assert bytes(page.preview.pages.images()[0].constBits()) == shown[0].bgra


@pytest.mark.parametrize("way", WAYS)
def test_what_a_move_asks_for_takes_vietnamese(stage: Open, office: Office, qtbot: QtBot, way: str) -> None:
    paper = letter(office.drafter, "thử")
    papers.submit(office.drafter, paper.id)
    opened = stage(office.leader)
    page = open_paper(opened, paper, qtbot)
    click(opened, page, Move.RETURN, qtbot)
    assert page.moving.panel is not None
    fields = fields_of(page.moving.panel)
    assert fields
    assert [fault for field in fields if (fault := check_field(field, way))] == []


@pytest.mark.parametrize("size", [(1366, 768), (1024, 700), (912, 600)])
def test_nothing_is_cut_off_beside_the_page(
    stage: Open, office: Office, qtbot: QtBot, size: tuple[int, int]
) -> None:
    opened = stage(office.leader, size=size)
    paper = rebuttal(office.drafter)
    papers.submit(office.drafter, paper.id)
    page = open_paper(opened, paper, qtbot)
    click(opened, page, Move.RETURN, qtbot)
    page.form.heading.open()
    settle(opened.courier)
    assert page.area.widget().width() <= page.area.viewport().width()
    assert page.minimumSizeHint().width() <= page.width()
    assert page.preview.pages.page_width() >= 300
