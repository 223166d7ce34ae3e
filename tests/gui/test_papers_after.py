"""What comes after approval in the window: two words and approve, comparing, correcting, withdrawing, the register."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QDir, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from spokesdesk.domain.clock import to_vn, vn_day
from spokesdesk.domain.numbers import SeriesMode
from spokesdesk.domain.papers import Move, Paper, PaperState
from spokesdesk.domain.people import MemberDraft, Role
from spokesdesk.gui.papers.comparing import CompareSheet
from spokesdesk.gui.prefs.numbers import NumbersSection
from spokesdesk.gui.settings import SettingsScreen
from spokesdesk.gui.widgets.basic import LinkButton
from spokesdesk.services import papers, people
from tests.desks import Office
from tests.gui.desk_fixtures import Typist, said
from tests.gui.realcase import letter, open_paper, papers_screen, rebuttal, rest, type_text, works
from tests.gui.stage import Stage, settle
from tests.gui.test_papers_moves import click, confirm
from tests.gui.typing import WAYS, check_field, fields_of

Open = Callable[..., Stage]


def released(office: Office, subject: str = "cung cấp thông tin") -> Paper:
    paper = letter(office.drafter, subject)
    papers.submit(office.drafter, paper.id)
    papers.approve(office.leader, paper.id)
    papers.number(office.registry, paper.id)
    return papers.release(office.registry, paper.id)[0]


def give_reason(stage: Stage, text: str) -> None:
    panel = papers_screen(stage).page.moving.panel
    assert panel is not None
    edit = panel.fields[0].edit
    assert isinstance(edit, QPlainTextEdit)
    type_text(edit, text)


def test_two_words_changed_and_approved_in_three_keys(stage: Open, office: Office, qtbot: QtBot) -> None:
    paper = letter(office.drafter, "thử", "Sở đề nghị quý Báo cải chính ngày 12/3/2018.")
    papers.submit(office.drafter, paper.id)
    opened = stage(office.leader)
    opened.window.activateWindow()
    page = open_paper(opened, paper, qtbot)
    text = page.form.text
    text.setFocus()
    text.moveCursor(QTextCursor.MoveOperation.End)
    typist = Typist(opened.window)
    typist.type(" Xin cảm ơn.")
    typist.keys = 0
    typist.shortcut(Qt.Key.Key_Return)
    settle(opened.courier)
    panel = page.moving.panel
    assert panel is not None
    assert "Anh/chị đã sửa 1 chỗ: thêm “Xin cảm ơn.”" in said(panel)
    typist.press(Qt.Key.Key_Return)
    rest(opened, page, qtbot)
    assert typist.keys <= 3
    done = papers.paper(office.leader, paper.id)
    assert (done.state, done.version) == (PaperState.APPROVED, 2)
    assert done.letter.body.endswith("12/3/2018. Xin cảm ơn.")
    kept = papers.versions(office.leader, paper.id)
    assert [each.by.name for each in kept] == ["Lê Thị Ánh", "Nguyễn Văn Ổn"]
    assert kept[-1].moves == (Move.APPROVE,)
    assert not page.saving.is_dirty
    links: list[LinkButton] = list(page.history.findChildren(LinkButton))
    assert any("bản 1 → bản 2" in link.accessibleName() for link in links)


def test_what_waits_is_opened_beside_article_and_proof_and_leads_to_the_next(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    second = letter(office.drafter, "việc sau")
    papers.submit(office.drafter, second.id)
    first = rebuttal(office.drafter)
    due = office.drafter.now().replace(year=2099)
    papers.submit(office.drafter, first.id, due_at=due)
    opened = stage(office.leader)
    opened.window.activateWindow()
    screen = papers_screen(opened)
    screen.list.waiting_button.click()
    settle(opened.courier)
    rows = [screen.waiting.model.row_at(n) for n in range(screen.waiting.model.rowCount())]
    assert [row.item.id for row in rows if row is not None] == [first.id, second.id]
    typist = Typist(opened.window)
    typist.press(Qt.Key.Key_Return)
    rest(opened, screen.page, qtbot)
    shown = said(screen.page.claims)
    assert "Công văn của Hội Luật gia tỉnh Long An" in shown
    typist.shortcut(Qt.Key.Key_Return)
    settle(opened.courier)
    typist.press(Qt.Key.Key_Return)
    rest(opened, screen.page, qtbot)
    assert papers.paper(office.leader, first.id).state is PaperState.APPROVED
    assert screen.waiting.isVisible()
    assert screen.waiting.model.rowCount() == 1


def test_a_deadline_is_set_and_a_moment_that_cannot_be_is_said(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    paper = letter(office.drafter, "thử")
    opened = stage(office.drafter)
    page = open_paper(opened, paper, qtbot)
    page.ask_due()
    sheet = page.due
    assert sheet is not None
    sheet.at.setText("31/02/2026 10:00")
    sheet.save()
    assert sheet._field.error()
    sheet.at.setText("23/11/2026 10:00")
    sheet.save()
    settle(opened.courier)
    kept = papers.paper(office.drafter, paper.id).due_at
    assert kept is not None
    assert f"{to_vn(kept):%d/%m/%Y %H:%M}" == "23/11/2026 10:00"


def test_withdrawing_asks_why_and_is_shown_on_page_and_list(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    paper = released(office)
    opened = stage(office.leader)
    page = open_paper(opened, paper, qtbot)
    assert list(page.top.buttons) == [Move.CORRECT, Move.WITHDRAW]
    assert page.top.primary() is None
    click(opened, page, Move.WITHDRAW, qtbot)
    confirm(opened, page, qtbot)
    assert papers.paper(office.leader, paper.id).state is PaperState.RELEASED
    give_reason(opened, "Ban hành sai thẩm quyền")
    confirm(opened, page, qtbot)
    assert papers.paper(office.leader, paper.id).state is PaperState.WITHDRAWN
    assert any("thu hồi" in text and "Ban hành sai thẩm quyền" in text for text in page.after.texts())
    (row,) = papers.paper_rows(office.leader, papers.paper_numbers(office.leader))
    assert papers_screen(opened).list.cells(row).chip == "Đã thu hồi"


def test_correcting_opens_the_new_paper_and_each_leads_to_the_other(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    paper = released(office)
    opened = stage(office.leader)
    page = open_paper(opened, paper, qtbot)
    click(opened, page, Move.CORRECT, qtbot)
    give_reason(opened, "Sai số liệu mục 2")
    confirm(opened, page, qtbot)
    assert page.paper is not None
    assert page.paper.corrects == paper.id
    assert "thay thế Công văn số 01/" in page.form.text.text()
    assert any("sửa một văn bản" in text for text in page.after.texts())
    page.after._older()
    rest(opened, page, qtbot)
    assert page.paper.id == paper.id
    assert any("Sai số liệu mục 2" in text for text in page.after.texts())


def test_a_self_approval_is_counted_on_the_list_and_looked_at_on_the_page(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    alone, _changes = people.save_member(office.spokesperson, MemberDraft("Một mình", frozenset(Role)))
    own = office.spokesperson.working_as(alone)
    paper = letter(own, "việc khẩn cấp")
    papers.submit(own, paper.id)
    opened = stage(own)
    page = open_paper(opened, paper, qtbot)
    click(opened, page, Move.APPROVE, qtbot)
    confirm(opened, page, qtbot)
    assert page.moving.panel is not None
    assert "ghi lý do" in page.moving.panel.fields[0].error()
    give_reason(opened, "Việc khẩn")
    confirm(opened, page, qtbot)
    assert page.top.flag() == "Tự duyệt"
    assert page.after.review_button.isHidden()
    works(opened, office.leader)
    assert not page.after.review_button.isHidden()
    screen = papers_screen(opened)
    screen.show_list()
    settle(opened.courier)
    assert "1 lần trong 1 lần duyệt (100 %) · 1 lần chưa được xem lại" in said(screen.list.flagged)
    open_paper(opened, paper, qtbot)
    page.after.review("Đã đối chiếu")
    settle(opened.courier)
    assert papers.flagged(office.leader).unreviewed == 0
    assert "Đã đối chiếu" in said(page.history)


def test_versions_are_compared_with_the_keyboard_and_taken_back(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    paper = letter(office.drafter, "thử", "Đoạn một có 12 người.\n\nĐoạn hai giữ nguyên.\n\nĐoạn ba cũ.")
    body = paper.letter.body.replace("12", "15").replace("cũ", "mới")
    papers.save_letter(office.drafter, paper.id, replace(paper.letter, body=body), 1)
    opened = stage(office.drafter)
    opened.window.activateWindow()
    page = open_paper(opened, paper, qtbot)
    page.form.text.setFocus()
    typist = Typist(opened.window)
    typist.shortcut(Qt.Key.Key_D)
    settle(opened.courier)
    sheet = page.comparing
    assert isinstance(sheet, CompareSheet)
    assert (sheet.before.value(), sheet.after.value()) == (1, 2)
    assert "2 chỗ khác nhau" in sheet.count.text()
    assert "1215" in sheet.text.toPlainText()
    looks = {}
    for at in range(1, len(sheet.text.toPlainText()) + 1):
        cursor = sheet.text.textCursor()
        cursor.setPosition(at)
        form = cursor.charFormat()
        looks[at] = (form.fontStrikeOut(), form.fontUnderline())
    assert (True, False) in looks.values()
    assert (False, True) in looks.values()
    first = sheet.text.textCursor().position()
    sheet.go(1)
    assert sheet.text.textCursor().position() > first
    sheet.go(1)
    assert sheet.text.textCursor().position() == first
    sheet.restore()
    rest(opened, page, qtbot)
    now = papers.paper(office.drafter, paper.id)
    assert (now.version, now.letter.body) == (3, paper.letter.body)
    assert page.form.text.text() == paper.letter.body


def test_the_register_is_shown_and_written(
    stage: Open, office: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDir, "homePath", lambda: str(tmp_path))
    released(office)
    third = letter(office.drafter, "việc ba")
    papers.submit(office.drafter, third.id)
    papers.approve(office.leader, third.id)
    papers.number(office.registry, third.id, 3)
    opened = stage(office.registry)
    screen = papers_screen(opened)
    screen.show_register()
    settle(opened.courier)
    model = screen.register.table.model()
    assert (model.rowCount(), model.columnCount()) == (2, 10)
    assert model.index(0, 0).data() == "01/STTTT-TTBCXB"
    assert screen.register.gaps.accessibleName() == "Công văn: thiếu số 02"
    assert screen.register.year.value() == vn_day(office.registry.now()).year
    target = tmp_path / "sổ.pdf"
    screen.register.write_to(str(target))
    settle(opened.courier)
    assert target.read_bytes().startswith(b"%PDF")


def test_an_administrator_joins_kinds_and_others_are_told_why_not(stage: Open, office: Office) -> None:
    opened = stage(office.spokesperson)
    screen = opened.show("settings")
    assert isinstance(screen, SettingsScreen)
    sections: list[NumbersSection] = list(screen.findChildren(NumbersSection))
    section = sections[0]
    section.mode.set_value(SeriesMode.MIXED)
    kinds = {kind.value: edit for kind, edit in section.names.items()}
    for kind in ("cong-van", "thong-bao"):
        kinds[kind].setText("Hành chính")
    section.save()
    settle(opened.courier)
    kept = papers.series(office.spokesperson)
    assert {kind.value: name for kind, name in kept.table} == {
        "cong-van": "Hành chính",
        "thong-bao": "Hành chính",
    }
    works(opened, office.drafter)
    section.mode.set_value(SeriesMode.SHARED)
    section.save()
    settle(opened.courier)
    assert "vai trò" in section._said.accessibleName()
    assert papers.series(office.drafter).mode is SeriesMode.MIXED


@pytest.mark.parametrize("size", [(1366, 768), (1024, 700)])
def test_nothing_of_the_new_pages_is_wider_than_the_window(
    stage: Open, office: Office, qtbot: QtBot, size: tuple[int, int]
) -> None:
    released(office)
    opened = stage(office.leader, size=size)
    screen = papers_screen(opened)
    for page, show in ((screen.waiting, screen.show_waiting), (screen.register, screen.show_register)):
        show()
        settle(opened.courier)
        assert page.isVisible()
        assert page.minimumSizeHint().width() <= screen.width()
    screen.show_list()
    assert screen.list.minimumSizeHint().width() <= screen.width()


@pytest.mark.parametrize("way", WAYS)
def test_reasons_take_vietnamese(stage: Open, office: Office, qtbot: QtBot, way: str) -> None:
    opened = stage(office.leader)
    page = open_paper(opened, released(office), qtbot)
    click(opened, page, Move.CORRECT, qtbot)
    assert page.moving.panel is not None
    fields = fields_of(page.moving.panel)
    assert fields
    assert [fault for field in fields if (fault := check_field(field, way))] == []
    QApplication.processEvents()
