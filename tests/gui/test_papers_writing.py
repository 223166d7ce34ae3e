"""Writing a paper in the window: what is typed is printed beside it, kept, and never lost."""

import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from types import FrameType

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage, QTextCursor
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.papers import PaperState
from spokesdesk.gui.papers.page import PaperPage
from spokesdesk.services import drafts, papers
from spokesdesk.services.ports import Desk
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.layout.pages import lay_out
from spokesdesk.typeset.pages import page_images
from tests.desks import Office
from tests.gui.realcase import letter, open_paper, papers_screen, press, rebuttal, rest, type_text, works
from tests.gui.stage import Stage, settle

Open = Callable[..., Stage]


def shown_pages(page: PaperPage) -> list[QImage]:
    return page.preview.pages.images()


def true_pages(page: PaperPage) -> list[QImage]:
    """What the PDF of the text on screen looks like."""
    made = papers.preview(page.form.letter(), page.preview.pages.dpi())
    form = QImage.Format.Format_RGB32
    return [QImage(one.bgra, one.width, one.height, one.stride, form).copy() for one in made]


def saved_drafts(desk: Desk) -> dict[str, object]:
    return {kept.form: kept.values for kept in drafts.all_drafts(desk)}


def test_list_finds_without_accents_and_by_state(stage: Open, office: Office, qtbot: QtBot) -> None:
    letter(office.drafter, "đề nghị cải chính thông tin")
    invitation = letter(office.drafter, "mời dự họp báo quý III")
    papers.submit(office.drafter, invitation.id)
    screen = papers_screen(stage(office.drafter))
    assert screen.list.model.rowCount() == 2
    type_text(screen.list.search, "cai chinh")
    qtbot.waitUntil(lambda: screen.list.model.rowCount() == 1)
    screen.list.search.clear()
    qtbot.waitUntil(lambda: screen.list.model.rowCount() == 2)
    waiting = next(chip for chip in screen.list.chips if chip.text() == "Chờ duyệt")
    waiting.click()
    qtbot.waitUntil(lambda: screen.list.model.rowCount() == 1)
    row = screen.list.model.row_at(0)
    qtbot.waitUntil(lambda: screen.list.model.row_at(0) is not None)
    row = screen.list.model.row_at(0)
    assert row is not None
    cells = screen.list.cells(row)
    assert (cells.title, cells.chip) == ("V/v mời dự họp báo quý III", "Chờ duyệt")


def test_printed_page_follows_the_typing(stage: Open, office: Office, qtbot: QtBot) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, rebuttal(office.drafter), qtbot)
    before = shown_pages(page)
    assert before == true_pages(page)
    page.form.text.moveCursor(QTextCursor.MoveOperation.End)
    for word in ("\n\nMột đoạn nữa, ", "gõ liền tay, ", "dài thêm."):
        type_text(page.form.text, word)
        assert shown_pages(page) == before, "the stale page stays until the new one is there"
    rest(opened, page, qtbot)
    assert shown_pages(page) != before
    assert shown_pages(page) == true_pages(page)


def test_preview_is_as_sharp_as_the_screen(stage: Open, office: Office, qtbot: QtBot) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, rebuttal(office.drafter), qtbot)
    pages = page.preview.pages
    wanted = pages.page_width() * pages.devicePixelRatioF()
    assert abs(shown_pages(page)[0].width() - wanted) <= wanted / 100
    opened.window.resize(1024, 700)
    rest(opened, page, qtbot)
    wanted = pages.page_width() * pages.devicePixelRatioF()
    assert abs(shown_pages(page)[0].width() - wanted) <= wanted / 100


def test_what_cannot_be_printed_is_said_beside_the_field(stage: Open, office: Office, qtbot: QtBot) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, letter(office.drafter, "thử"), qtbot)
    before = shown_pages(page)
    page.form.text.setPlainText("Văn bản \u202eđảo chiều")
    rest(opened, page, qtbot)
    assert "U+202E" in page.preview.problem
    assert any("U+202E" in field.error() for field in page.form.fields if field.name == "body")
    assert page.form.text.toPlainText() == "Văn bản \u202eđảo chiều"
    assert shown_pages(page) == before
    page.form.text.setPlainText("Văn bản thường")
    rest(opened, page, qtbot)
    assert page.preview.problem == ""
    assert not any(field.error() for field in page.form.fields)


def test_missing_glyph_is_named(stage: Open, office: Office, qtbot: QtBot) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, letter(office.drafter, "thử"), qtbot)
    page.form.text.setPlainText("Chữ 漢 không có trong phông")
    rest(opened, page, qtbot)
    assert "Chữ 漢 không có" in page.preview.problem, "with the words around it"
    assert [field.name for field in page.form.fields if field.error()] == ["body"]
    assert page.form.text.toPlainText() == "Chữ 漢 không có trong phông"


def test_typed_text_becomes_a_draft_by_itself_and_comes_back(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    paper = letter(office.drafter, "thử")
    first = stage(office.drafter)
    page = open_paper(first, paper, qtbot)
    type_text(page.form.text, "Tin khẩn: ")
    qtbot.waitUntil(lambda: f"paper:{paper.id}" in saved_drafts(office.drafter))
    assert papers.paper(office.drafter, paper.id).letter.body.strip() == "Nội dung."
    # The program is killed here: nothing more is handed over.
    second = stage(office.drafter)
    draft = next(kept for kept in drafts.all_drafts(office.drafter))
    screen = papers_screen(second)
    screen.restore(draft)
    rest(second, screen.page, qtbot)
    assert screen.page.form.text.toPlainText().startswith("Tin khẩn: ")
    screen.save()
    settle(second.courier)
    assert papers.paper(office.drafter, paper.id).letter.body.startswith("Tin khẩn: ")
    assert saved_drafts(office.drafter) == {}


def test_opening_a_paper_offers_what_was_typed_before(stage: Open, office: Office, qtbot: QtBot) -> None:
    paper = letter(office.drafter, "thử")
    values = {"kind": "cong-van", "subject": "gõ dở", "body": "Đang viết", "size": 14, "version": 1}
    from uuid import uuid4

    drafts.save(office.drafter, f"paper:{paper.id}", uuid4(), values)
    page = open_paper(stage(office.drafter), paper, qtbot)
    assert page.form.text_edit("subject").text() == "thử"
    assert any("gõ dở" in text or "chưa lưu" in text for text in page.notes.texts())
    page.notes.take_draft()
    assert page.form.text_edit("subject").text() == "gõ dở"


def test_saving_makes_a_version_and_so_does_leaving(stage: Open, office: Office, qtbot: QtBot) -> None:
    paper = letter(office.drafter, "thử")
    opened = stage(office.drafter)
    page = open_paper(opened, paper, qtbot)
    type_text(page.form.text, "A")
    opened.control.obey("save")
    rest(opened, page, qtbot)
    assert papers.paper(office.drafter, paper.id).version == 2
    opened.control.obey("save")
    rest(opened, page, qtbot)
    assert papers.paper(office.drafter, paper.id).version == 2, "an unchanged text makes no version"
    type_text(page.form.text, "B")
    opened.control.navigate("today")
    settle(opened.courier)
    kept = papers.paper(office.drafter, paper.id)
    assert (kept.version, kept.letter.body[:2]) == (3, "AB")
    assert saved_drafts(office.drafter) == {}


def test_text_saved_elsewhere_is_said_calmly_and_nothing_is_lost(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    paper = letter(office.drafter, "thử")
    opened = stage(office.drafter)
    page = open_paper(opened, paper, qtbot)
    type_text(page.form.text, "Của tôi. ")
    theirs = replace(paper.letter, body="Của người khác.")
    papers.save_letter(office.spokesperson, paper.id, theirs, 1)
    opened.control.obey("save")
    rest(opened, page, qtbot)
    assert any("vẫn còn trên màn hình" in text for text in page.notes.texts())
    assert page.form.text.toPlainText().startswith("Của tôi. ")
    assert papers.paper(office.drafter, paper.id).letter.body.strip() == "Của người khác."
    page.notes.keep_mine.emit()
    rest(opened, page, qtbot)
    kept = papers.paper(office.drafter, paper.id)
    assert (kept.version, kept.letter.body[:8]) == (3, "Của tôi.")
    assert page.notes.texts() == ()


def test_new_paper_is_prefilled_and_becomes_a_draft(stage: Open, office: Office, qtbot: QtBot) -> None:
    opened = stage(office.drafter)
    screen = papers_screen(opened)
    screen.new("thong-cao-bao-chi")
    rest(opened, screen.page, qtbot)
    assert screen.page.form.letter().symbol == "TC-STTTT"
    assert screen.page.form.letter().signers[0].name == "Nguyễn Văn Ổn"
    screen.show_list()
    settle(opened.courier)
    assert papers.paper_numbers(office.drafter) == (), "nothing typed, nothing written"
    screen.new("cong-van")
    type_text(screen.page.form.text_edit("subject"), "mời họp báo")
    screen.save()
    rest(opened, screen.page, qtbot)
    (row,) = papers.paper_rows(office.drafter, papers.paper_numbers(office.drafter))
    assert (row.title, row.state, row.symbol) == ("mời họp báo", PaperState.DRAFT, "STTTT-TTBCXB")


def test_paper_begun_before_the_desk_is_open_keeps_what_was_typed(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    opened = stage(None)
    screen = opened.control.pages.show("papers")
    screen.new("cong-van")
    page = papers_screen_page(screen)
    type_text(page.form.text_edit("subject"), "viết trước khi mở khóa")
    opened.session._take_desk(office.drafter)
    rest(opened, page, qtbot)
    assert page.form.letter().subject == "viết trước khi mở khóa"
    assert page.form.letter().symbol == "STTTT-TTBCXB"
    qtbot.waitUntil(lambda: "paper:new" in saved_drafts(office.drafter), timeout=2_000)


def papers_screen_page(screen: object) -> PaperPage:
    from spokesdesk.gui.papers.screen import PapersScreen

    assert isinstance(screen, PapersScreen)
    return screen.page


@pytest.mark.parametrize(("keys", "marked"), [(Qt.Key.Key_B, "**"), (Qt.Key.Key_I, "*")])
def test_bold_and_italic_are_put_on_the_selection_and_taken_away(
    stage: Open, office: Office, qtbot: QtBot, keys: Qt.Key, marked: str
) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, letter(office.drafter, "thử", "không chính xác"), qtbot)
    text = page.form.text
    text.setFocus()
    text.selectAll()
    opened.window.activateWindow()
    press(text, keys, ctrl=True)
    assert text.text() == f"{marked}không chính xác{marked}"
    assert text.toPlainText() == "không chính xác", "nobody sees markup"
    press(text, keys, ctrl=True)
    assert text.text() == "không chính xác"
    text.undo()
    assert text.text() == f"{marked}không chính xác{marked}"


def test_ten_megabytes_are_refused_by_name(stage: Open, office: Office, qtbot: QtBot) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, letter(office.drafter, "thử"), qtbot)
    paste = QMimeData()
    paste.setText("Ộ" * 10_000_000)
    page.form.text.insertFromMimeData(paste)
    assert page.form.text.toPlainText() == "Nội dung."
    said = next(field.error() for field in page.form.fields if field.name == "body")
    assert "10.000.000" in said
    assert "Nội dung" in said


def test_too_long_a_field_is_named_with_its_limit(stage: Open, office: Office, qtbot: QtBot) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, letter(office.drafter, "thử"), qtbot)
    subject = page.form.text_edit("subject")
    assert isinstance(subject, QLineEdit)
    subject.insert("x" * 600)
    opened.control.obey("save")
    rest(opened, page, qtbot)
    said = next(field.error() for field in page.form.fields if field.name == "subject")
    assert "Trích yếu" in said
    assert "500" in said
    assert "subject" not in said, "the keys of a letter file are not for the window"
    assert len(subject.text()) == 603


def test_no_page_is_set_or_drawn_on_the_thread_of_the_window(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, letter(office.drafter, "dài", "Một đoạn khá dài. " * 400), qtbot)
    costly = {work.__code__ for work in (compose, lay_out, page_images)}
    on_this_thread: list[str] = []

    def note(frame: FrameType, event: str, _arg: object) -> None:
        if event == "call" and frame.f_code in costly:
            on_this_thread.append(frame.f_code.co_name)

    sys.setprofile(note)
    try:
        page.form.text.setPlainText("Một đoạn khác cũng dài. " * 1_000)
        rest(opened, page, qtbot)
    finally:
        sys.setprofile(None)
    assert page.preview.pages.count > 3
    assert on_this_thread == []


def test_other_member_at_the_same_paper_sees_own_moves(stage: Open, office: Office, qtbot: QtBot) -> None:
    paper = letter(office.drafter, "thử")
    papers.submit(office.drafter, paper.id)
    opened = stage(office.drafter)
    page = open_paper(opened, paper, qtbot)
    assert page.top.turn() == "Chờ lãnh đạo"
    assert not page.top.buttons
    works(opened, office.leader)
    assert [button.accessibleName() for button in page.top.buttons.values()] == ["Trả lại…", "Duyệt"]
    assert page.form.letter().kind is LetterKind.CONG_VAN


def test_locking_hides_the_paper_and_unlocking_brings_it_back(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, letter(office.drafter, "bí mật đến khi công bố"), qtbot)
    screen = papers_screen(opened)
    screen.desk_closed()
    assert page.form.letter().subject == ""
    assert page.preview.pages.count == 0
    screen.desk_ready(office.drafter)
    rest(opened, page, qtbot)
    assert screen.shows_page
    assert page.form.letter().subject == "bí mật đến khi công bố"


def test_locking_keeps_what_is_being_typed(stage: Open, office: Office, qtbot: QtBot) -> None:
    opened = stage(office.drafter)
    paper = letter(office.drafter, "thử")
    page = open_paper(opened, paper, qtbot)
    type_text(page.form.text, "Đang gõ. ")
    screen = papers_screen(opened)
    screen.flush()
    screen.desk_closed()
    screen.desk_ready(office.drafter)
    rest(opened, page, qtbot)
    assert page.form.text.toPlainText().startswith("Đang gõ. ")
    assert page.preview.pages.count == 1
    screen.save()
    rest(opened, page, qtbot)
    assert papers.paper(office.drafter, paper.id).letter.body.startswith("Đang gõ. ")


def test_coming_back_goes_on_with_the_version_that_leaving_made(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    opened = stage(office.drafter)
    screen = papers_screen(opened)
    screen.new("cong-van")
    rest(opened, screen.page, qtbot)
    type_text(screen.page.form.text_edit("subject"), "mời họp")
    opened.control.navigate("coverage")
    opened.control.navigate("papers")
    type_text(screen.page.form.text_edit("subject"), " báo")
    screen.save()
    rest(opened, screen.page, qtbot)
    (row,) = papers.paper_rows(office.drafter, papers.paper_numbers(office.drafter))
    assert row.title == "mời họp báo"
    assert papers.paper(office.drafter, row.id).version == 2
    assert screen.page.notes.texts() == ()


def test_decomposed_text_is_kept_composed(stage: Open, office: Office, qtbot: QtBot) -> None:
    paper = letter(office.drafter, "thử")
    opened = stage(office.drafter)
    page = open_paper(opened, paper, qtbot)
    apart = unicodedata.normalize("NFD", "Nguyễn Thị Ổn ở Thừa Thiên Huế")
    page.form.text.setPlainText(apart)
    page.form.text_edit("addressees").clear()
    type_text(page.form.text_edit("addressees"), apart)
    screen = papers_screen(opened)
    screen.save()
    rest(opened, page, qtbot)
    kept = papers.paper(office.drafter, paper.id).letter
    assert kept.body.strip() == "Nguyễn Thị Ổn ở Thừa Thiên Huế"
    assert kept.addressees == ("Nguyễn Thị Ổn ở Thừa Thiên Huế",)


def test_tab_goes_down_the_page(stage: Open, office: Office, qtbot: QtBot) -> None:
    opened = stage(office.drafter)
    screen = papers_screen(opened)
    screen.new("cong-van")
    rest(opened, screen.page, qtbot)
    form = screen.page.form
    wanted: list[QWidget] = [form.text_edit("subject"), form.text_edit("addressees"), form.editors()["body"]]
    wanted += [form.text_edit("legal_bases"), form.text_edit("recipients")]
    for before, after in pairwise(wanted):
        assert _tabbed(before) is after


def _tabbed(before: QWidget) -> QWidget:
    """Where Tab leads from an input."""
    following = before.nextInFocusChain()
    while following and not (following.focusPolicy() & Qt.FocusPolicy.TabFocus and following.isVisible()):
        following = following.nextInFocusChain()
    assert following is not None
    return following
