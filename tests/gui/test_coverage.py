"""Coverage in the window: an article kept, what is not so marked in it, and the letter that answers it."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from spokesdesk.domain.coverage import Verdict
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.people import Outlet, OutletKind
from spokesdesk.gui.coverage.page import ArticlePage
from spokesdesk.gui.papers.screen import PapersScreen
from spokesdesk.services import coverage, drafts, papers, people
from spokesdesk.services.ports import Desk
from tests.desks import Office
from tests.gui.realcase import QUOTE, TEXT, article, coverage_screen, press, rest, type_text
from tests.gui.stage import Stage, settle
from tests.gui.typing import WAYS, check_field, fields_of

Open = Callable[..., Stage]


def known_outlet(desk: Desk) -> None:
    people.save_outlet(desk, Outlet(desk.new_id(), "Báo Tuổi Trẻ", OutletKind.ONLINE))


def open_article(stage: Stage, found_id: object) -> ArticlePage:
    stage.control.navigate("article", found_id)  # type: ignore[arg-type]
    settle(stage.courier)
    page = coverage_screen(stage).page
    assert page.article is not None
    return page


def select(page: ArticlePage, words: str) -> None:
    cursor = page.text.textCursor()
    start = page.text.toPlainText().index(words)
    cursor.setPosition(start)
    cursor.setPosition(start + len(words), QTextCursor.MoveMode.KeepAnchor)
    page.text.setTextCursor(cursor)


def said(page: ArticlePage) -> str:
    labels: Iterable[QLabel] = page.findChildren(QLabel)
    return "\n".join(label.text() for label in labels)


def test_article_is_kept_with_outlet_found_without_accents(
    stage: Open, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    known_outlet(office.spokesperson)
    snapshot = tmp_path / "chụp màn hình.png"
    snapshot.write_bytes(b"\x89PNG anh chup")
    opened = stage(office.drafter)
    screen = coverage_screen(opened)
    screen.new()
    form = screen.form
    type_text(form.outlet, "tuoi tre")
    qtbot.waitUntil(lambda: form.outlet.is_offering)
    press(form.outlet, Qt.Key.Key_Return)
    assert form.outlet.text() == "Báo Tuổi Trẻ"
    type_text(form.title_edit, "Cô giáo bị bắt quỳ")
    form.published.set_at(datetime(2018, 3, 6, 2, 0, tzinfo=UTC))
    type_text(form.url, "https://vi.du/bai")
    form.text.set_text(TEXT)
    form.files.add(snapshot)
    settle(opened.courier)
    opened.control.obey("save")
    settle(opened.courier)
    (number,) = coverage.article_numbers(office.drafter)
    (row,) = coverage.article_rows(office.drafter, (number,))
    kept = coverage.article(office.drafter, row.id)
    assert (kept.outlet.name, kept.title, kept.url) == (
        "Báo Tuổi Trẻ",
        "Cô giáo bị bắt quỳ",
        "https://vi.du/bai",
    )
    assert kept.published_at == datetime(2018, 3, 6, 2, 0, tzinfo=UTC)
    assert kept.snapshot is not None
    assert office.drafter.files.read(kept.snapshot.sha256) == b"\x89PNG anh chup"
    assert drafts.all_drafts(office.drafter) == ()
    assert screen.page.article == kept, "the article just kept is shown"


def test_what_an_article_lacks_is_said_at_the_field_and_nothing_is_lost(stage: Open, office: Office) -> None:
    opened = stage(office.drafter)
    screen = coverage_screen(opened)
    screen.new()
    screen.form.title_edit.setText("Có tên bài")
    screen.form.url.setText("vi.du/khong-giao-thuc")
    opened.control.obey("save")
    settle(opened.courier)
    assert [field.name for field in screen.form.fields if field.error()] == ["outlet"]
    screen.form.outlet.setText("Báo Mới")
    opened.control.obey("save")
    settle(opened.courier)
    assert [field.name for field in screen.form.fields if field.error()] == ["url"]
    assert screen.form.title_edit.text() == "Có tên bài"
    assert coverage.article_numbers(office.drafter) == ()


@pytest.mark.parametrize(("name", "limit"), [("outlet", 200), ("title", 500), ("url", 2000), ("byline", 200)])
def test_a_paste_far_over_the_limit_is_refused_in_words_and_what_was_typed_stays(
    stage: Open, office: Office, name: str, limit: int
) -> None:
    opened = stage(office.drafter)
    screen = coverage_screen(opened)
    screen.new()
    field = next(field for field in screen.form.fields if field.name == name)
    field.edit.setProperty("text", "Đang viết")
    QGuiApplication.clipboard().setText("Ỗ" * 5_000_000)
    QTest.keyClick(field.edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QGuiApplication.clipboard().clear()
    assert field.edit.property("text") == "Đang viết"
    assert f"“{field.label.text()}” nhận tối đa {limit} ký tự" in field.error()


def test_article_being_typed_comes_back_after_a_kill(stage: Open, office: Office, qtbot: QtBot) -> None:
    known_outlet(office.spokesperson)
    first = coverage_screen(stage(office.drafter))
    first.new()
    type_text(first.form.title_edit, "Bài đang gõ dở")
    qtbot.waitUntil(lambda: bool(drafts.all_drafts(office.drafter)), timeout=1_500)
    (draft,) = drafts.all_drafts(office.drafter)
    second = coverage_screen(stage(office.drafter))
    second.restore(draft)
    assert second.form.title_edit.text() == "Bài đang gõ dở"


def test_marking_a_place_keeps_quote_fact_proof_and_verdict(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    found = article(office.drafter, marked=False)
    opened = stage(office.drafter)
    page = open_article(opened, found.id)
    select(page, QUOTE)
    page.text.setFocus()
    opened.window.activateWindow()
    press(page.text, Qt.Key.Key_M, ctrl=True)
    assert page.marking.is_open
    assert page.marking.values()["quote"] == QUOTE
    page.marking.save()
    settle(opened.courier)
    assert [field.name for field in page.marking.fields if field.error()] == ["fact"]
    fact = next(field.edit for field in page.marking.fields if field.name == "fact")
    type_text(fact, "Ông V.H.T. không phải là hội viên")
    page.marking.verdict.set_value(Verdict.FALSE)
    page.marking.save()
    settle(opened.courier)
    (claim,) = coverage.article(office.drafter, found.id).claims
    assert (claim.quote, claim.fact) == (QUOTE, "Ông V.H.T. không phải là hội viên")
    assert (claim.verdict, claim.start) == (Verdict.FALSE, TEXT.index(QUOTE))
    (mark,) = page.text.extraSelections()
    assert mark.cursor.selectedText() == QUOTE  # type: ignore[attr-defined]
    assert not page.marking.is_open


def test_claim_thrown_away_can_be_taken_back(stage: Open, office: Office) -> None:
    found = article(office.drafter, marked=False)
    opened = stage(office.drafter)
    page = open_article(opened, found.id)
    page.mark()
    fact = next(field.edit for field in page.marking.fields if field.name == "fact")
    type_text(fact, "Sự thật đã gõ")
    page.marking.close_panel()
    settle(opened.courier)
    assert not page.marking.is_open
    assert opened.control._toast.undo_offered
    opened.control._toast._undone()
    assert page.marking.values()["fact"] == "Sự thật đã gõ"


def test_clocks_follow_the_law_of_the_day_of_publication(stage: Open, office: Office) -> None:
    known_outlet(office.spokesperson)
    found = article(office.drafter)
    page = open_article(stage(office.drafter), found.id)
    words = said(page)
    assert "Theo luật có hiệu lực ngày 06/3/2018" in words
    assert "Điều 42 Luật Báo chí số 103/2016/QH13" in words
    assert "2026" not in words


def test_letter_and_release_are_drafted_and_opened(stage: Open, office: Office, qtbot: QtBot) -> None:
    found = article(office.drafter)
    opened = stage(office.drafter)
    page = open_article(opened, found.id)
    page.rebuttal.click()
    settle(opened.courier)
    screen = opened.control.pages.current()
    assert isinstance(screen, PapersScreen)
    rest(opened, screen.page, qtbot)
    paper = screen.page.paper
    assert paper is not None
    assert (paper.article_id, paper.letter.kind) == (found.id, LetterKind.CONG_VAN)
    assert QUOTE in paper.letter.body
    assert not screen.page.claims.isHidden()
    page = open_article(opened, found.id)
    page.release.click()
    settle(opened.courier)
    rows = papers.paper_rows(office.drafter, papers.paper_numbers(office.drafter))
    assert sorted(row.kind for row in rows) == ["cong-van", "thong-cao-bao-chi"]


def test_list_of_articles_is_searched_without_accents(stage: Open, office: Office, qtbot: QtBot) -> None:
    article(office.drafter)
    screen = coverage_screen(stage(office.drafter))
    assert screen.list.model.rowCount() == 1
    type_text(screen.list.search, "hoi luat gia")
    qtbot.waitUntil(lambda: not screen.list._pause.isActive())
    settle(screen.context.courier)
    assert screen.list.model.rowCount() == 1
    type_text(screen.list.search, " khong co")
    qtbot.waitUntil(lambda: screen.list.model.rowCount() == 0)


@pytest.mark.parametrize("way", WAYS)
def test_marking_takes_vietnamese(stage: Open, office: Office, way: str) -> None:
    found = article(office.drafter, marked=False)
    page = open_article(stage(office.drafter), found.id)
    page.mark()
    fields = fields_of(page.marking)
    assert len(fields) == 6
    assert [fault for field in fields if (fault := check_field(field, way))] == []


@pytest.mark.parametrize("size", [(1366, 768), (1024, 700), (912, 600)])
def test_nothing_is_cut_off_beside_the_article(stage: Open, office: Office, size: tuple[int, int]) -> None:
    opened = stage(office.drafter, size=size)
    page = open_article(opened, article(office.drafter).id)
    page.mark()
    settle(opened.courier)
    assert page.side.widget().width() <= page.side.viewport().width()
    assert page.minimumSizeHint().width() <= page.width()


def test_tab_goes_through_the_form_as_it_stands(stage: Open, office: Office) -> None:
    desk_stage = stage(office.drafter)
    desk_stage.window.activateWindow()
    screen = coverage_screen(desk_stage)
    screen.new()
    form = screen.form
    wanted = [form.outlet, form.published, form.title_edit, form.url, form.byline, form.section, form.text]
    met: list[object] = []
    for _step in range(len(wanted)):
        here = QApplication.focusWidget()
        assert here is not None
        met.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
        while QApplication.focusWidget() is here:
            QTest.keyClick(here, Qt.Key.Key_Tab)
    assert met == wanted
    landed = QApplication.focusWidget()
    assert landed is form.files or (landed is not None and form.files.isAncestorOf(landed))
