"""An article's claims worded anew, rounds written down, pages read again and judged: in the window, by keyboard."""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from spokesdesk.domain.coverage import Article, Ask
from spokesdesk.domain.people import OutletKind
from spokesdesk.domain.rebuttals import RoundMove, RoundState
from spokesdesk.domain.recaptures import Judged, RecaptureDraft
from spokesdesk.gui.coverage.checking import CheckSheet
from spokesdesk.gui.coverage.outcomes import OutcomesSheet
from spokesdesk.gui.coverage.page import ArticlePage
from spokesdesk.gui.coverage.recapturesheet import RecaptureSheet
from spokesdesk.gui.coverage.rereading import ReadingSheet
from spokesdesk.gui.coverage.roundsheet import RoundSheet
from spokesdesk.gui.coverage.units import Units
from spokesdesk.gui.papers.screen import PapersScreen
from spokesdesk.gui.writingsheet import WritingSheet
from spokesdesk.services import coverage, drafts, rebuttals, recaptures
from spokesdesk.services.ports import Desk
from tests.desks import Office
from tests.gui.realcase import coverage_screen, press, type_text
from tests.gui.stage import Stage, settle
from tests.gui.typing import WAYS, check_field, fields_of
from tests.services.articles import QUOTE, TEXT, article, claim

Open = Callable[..., Stage]
DELIVERED = datetime(2026, 9, 10, 2, 0, tzinfo=UTC)


def opened(stage: Stage, found: Article) -> ArticlePage:
    stage.control.navigate("article", found.id)
    settle(stage.courier)
    return coverage_screen(stage).page


def delivered(desk: Desk, found: Article) -> None:
    rebuttals.open_rebuttal(desk, found.id)
    made = rebuttals.rounds(desk, found.id).rounds[0].round
    rebuttals.note(desk, made.id, RoundMove.DELIVER, done_at=DELIVERED)


def said(page: ArticlePage) -> str:
    labels: Iterable[QLabel] = page.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(page))


def state(desk: Desk, found: Article) -> RoundState:
    return rebuttals.rounds(desk, found.id).rounds[-1].round.state


def test_a_place_is_marked_by_keyboard_alone_with_what_is_asked_and_what_proves_it(
    stage: Open, office: Office, tmp_path: Path
) -> None:
    found = article(office.drafter)
    desk_stage = stage(office.drafter)
    page = opened(desk_stage, found)
    page.text.setFocus()
    second = TEXT.rindex(QUOTE)
    for _move in range(second):
        QTest.keyClick(page.text, Qt.Key.Key_Right)
    for _move in range(len(QUOTE)):
        QTest.keyClick(page.text, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert page.text.selected() == (QUOTE, second)
    desk_stage.window.activateWindow()
    press(page.text, Qt.Key.Key_M, ctrl=True)
    type_text(page.marking.parts.texts["fact"], "Sở đã kiểm tra 02 lần")
    report = tmp_path / "bien-ban.txt"
    report.write_text("Biên bản", encoding="utf-8")
    page.marking.parts.files.add(report)
    settle(desk_stage.courier)
    page.marking.parts.asks.boxes[Ask.REMOVAL].click()
    page.marking.parts.texts["links"].set_text("https://vi.du/tcbc")
    page.marking.save()
    settle(desk_stage.courier)
    (kept,) = coverage.article(office.drafter, found.id).claims
    assert (kept.start, kept.asks) == (second, (Ask.CORRECTION, Ask.REMOVAL))
    assert [each.name for each in kept.files] == ["bien-ban.txt"]
    assert kept.links == ("https://vi.du/tcbc",)
    assert "bien-ban.txt" in said(page)


def test_a_claim_is_worded_anew_and_one_taken_away_comes_back(stage: Open, office: Office) -> None:
    found = article(office.drafter, claim())
    desk_stage = stage(office.drafter)
    page = opened(desk_stage, found)
    page.claims.edit_wanted.emit(found.claims[0])
    page.marking.parts.texts["fact"].set_text("Sở đã kiểm tra 03 lần")
    page.marking.save()
    settle(desk_stage.courier)
    (worded,) = coverage.article(office.drafter, found.id).claims
    assert worded.fact == "Sở đã kiểm tra 03 lần"
    page.claims.drop_wanted.emit(worded)
    settle(desk_stage.courier)
    assert coverage.article(office.drafter, found.id).claims == ()
    desk_stage.control._toast._undone()
    settle(desk_stage.courier)
    assert [each.fact for each in coverage.article(office.drafter, found.id).claims] == [worded.fact]
    assert len(page.text.extraSelections()) == 1


def test_f7_goes_from_claim_to_claim(stage: Open, office: Office) -> None:
    found = article(
        office.drafter, claim(start=TEXT.rindex(QUOTE)), claim("mưa lớn ở huyện Bến Lức", "mưa nhỏ")
    )
    page = opened(stage(office.drafter), found)
    page.text.setFocus()
    places = []
    for key in (Qt.Key.Key_F7, Qt.Key.Key_F7, Qt.Key.Key_F7):
        press(page.text, key)
        places.append(page.text.selected()[1])
    first, last = TEXT.index("mưa lớn"), TEXT.rindex(QUOTE)
    assert places == [first, last, first]


def test_a_text_read_again_says_what_is_lost(stage: Open, office: Office) -> None:
    found = article(office.drafter, claim("Có 120 hộ phải dời nhà", "Có 12 hộ"))
    desk_stage = stage(office.drafter)
    page = opened(desk_stage, found)
    page.read_again()
    sheet = page.following.sheet
    assert isinstance(sheet, ReadingSheet)
    sheet.text.set_text(TEXT.replace("120 hộ", "12 hộ"))
    sheet.save()
    settle(desk_stage.courier)
    assert "bản đang xem không còn câu này" in said(page)
    assert page.text.extraSelections() == []


def test_what_happened_is_written_down_and_can_be_taken_back(stage: Open, office: Office) -> None:
    found = article(office.drafter, claim(), kind=OutletKind.DAILY)
    rebuttals.open_rebuttal(office.drafter, found.id)
    desk_stage = stage(office.drafter)
    page = opened(desk_stage, found)
    page.following.note_last()
    sheet = page.following.sheet
    assert isinstance(sheet, RoundSheet)
    assert sheet.move_box.value() is RoundMove.DELIVER
    sheet.done_at.set_at(DELIVERED)
    sheet.save()
    settle(desk_stage.courier)
    assert state(office.drafter, found) is RoundState.WAITING
    shown = said(page)
    assert "Chờ trả lời" in shown
    assert "lần 1 / 2" in shown
    assert "chưa xác minh" in shown
    assert "02 lần, bản c ghi 03 lần" in shown, "the copies of the decree conflict, and that is said"
    desk_stage.control._toast._undone()
    settle(desk_stage.courier)
    assert state(office.drafter, found) is RoundState.WRITING


def test_a_page_read_again_is_compared_judged_and_offers_its_fate(stage: Open, office: Office) -> None:
    found = article(office.drafter, claim())
    delivered(office.drafter, found)
    desk_stage = stage(office.drafter)
    page = opened(desk_stage, found)
    page.following.recapture()
    sheet = page.following.sheet
    assert isinstance(sheet, RecaptureSheet)
    sheet.save()
    settle(desk_stage.courier)
    assert [field.name for field in sheet.fields if field.error()] == ["text"], "nothing was read"
    sheet.text.set_text(f"Thông tin cải chính, xin lỗi\n\n{TEXT}")
    sheet.save()
    settle(desk_stage.courier)
    check = page.following.sheet
    assert isinstance(check, CheckSheet)
    assert "Thông tin cải chính" in check.after.toPlainText()
    assert "Thông tin cải chính" not in check.before.toPlainText()
    rows = {row.point: row for row in check.rows}
    assert all(row.judged.value() is Judged.UNCHECKED for row in rows.values()), (
        "the person decides, not the program"
    )
    rows["title"].judged.set_value(Judged.YES)
    rows["place"].judged.set_value(Judged.NO)
    rows["place"].note.setText("Ở cuối trang")
    check.save()
    settle(desk_stage.courier)
    assert "Chưa đạt: Đăng, phát đúng chỗ" in said(page)
    page.following.note_last()
    fate = page.following.sheet
    assert isinstance(fate, RoundSheet)
    assert fate.move_box.value() is RoundMove.PART


def test_the_next_letter_and_those_above_are_offered_once_the_outlet_failed(
    stage: Open, office: Office
) -> None:
    found = article(office.drafter, claim())
    delivered(office.drafter, found)
    desk_stage = stage(office.drafter)
    page = opened(desk_stage, found)
    page.rebuttal.click()
    settle(desk_stage.courier)
    assert not isinstance(desk_stage.control.pages.current(), PapersScreen), "the fate comes first"
    made = rebuttals.rounds(office.drafter, found.id).rounds[0].round
    rebuttals.note(office.drafter, made.id, RoundMove.SILENT)
    page.refresh()
    settle(desk_stage.courier)
    shown = said(page)
    assert "Có thể gửi tiếp" in shown
    assert page.rebuttal.text() == "Soạn công văn lần tiếp"
    page.rebuttal.click()
    settle(desk_stage.courier)
    screen = desk_stage.control.pages.current()
    assert isinstance(screen, PapersScreen)
    assert rebuttals.rounds(office.drafter, found.id).rounds[-1].round.number == 2


def test_outcomes_are_counted_in_the_window_and_written_out(
    stage: Open, office: Office, tmp_path: Path
) -> None:
    found = article(office.drafter, claim())
    delivered(office.drafter, found)
    desk_stage = stage(office.drafter)
    coverage_screen(stage=desk_stage).outcomes()
    sheet = coverage_screen(desk_stage).page.following.sheet
    assert isinstance(sheet, OutcomesSheet)
    settle(desk_stage.courier)
    cells = sheet.cells()
    assert cells[0][2] == "Đã đề nghị"
    assert any("Báo Ví Dụ" in row for row in cells)
    sheet.write(str(tmp_path / "ket-qua.csv"))
    settle(desk_stage.courier)
    assert "Báo Ví Dụ" in (tmp_path / "ket-qua.csv").read_text(encoding="utf-8-sig")
    sheet.from_on.setText("ngày mai")
    sheet.load()
    assert sheet.fields[0].error()


def test_a_claim_being_worded_anew_comes_back_after_a_kill(stage: Open, office: Office, qtbot: QtBot) -> None:
    found = article(office.drafter, claim())
    page = opened(stage(office.drafter), found)
    page.claims.edit_wanted.emit(found.claims[0])
    type_text(page.marking.parts.texts["fact"], "x")
    qtbot.waitUntil(lambda: bool(drafts.all_drafts(office.drafter)), timeout=1_500)
    (draft,) = drafts.all_drafts(office.drafter)
    second = stage(office.drafter)
    screen = coverage_screen(second)
    screen.restore(draft)
    settle(second.courier)
    screen.page.marking.save()
    settle(second.courier)
    (worded,) = coverage.article(office.drafter, found.id).claims
    assert worded.corrects == found.claims[0].id


def test_what_was_being_written_in_a_window_comes_back_after_a_kill(
    stage: Open, office: Office, qtbot: QtBot
) -> None:
    desk = office.drafter
    found = article(desk, claim())
    delivered(desk, found)
    seen, _changes = recaptures.add(desk, found.id, RecaptureDraft(text=TEXT))
    following = opened(stage(desk), found).following
    typed: list[tuple[Callable[[], None], Callable[[], QWidget]]] = [
        (following.note_last, lambda: cast(RoundSheet, following.sheet).remark),
        (following.recapture, lambda: cast(RecaptureSheet, following.sheet).text),
        (lambda: following.check(seen.id), lambda: cast(CheckSheet, following.sheet).rows[0].note),
        (lambda: following.read_again(found), lambda: cast(ReadingSheet, following.sheet).text),
    ]
    first = len(drafts.all_drafts(desk))

    def count(wanted: int) -> bool:
        return len(drafts.all_drafts(desk)) == wanted

    for n, (show, field) in enumerate(typed, start=first + 1):
        show()
        settle(following._context.courier)
        type_text(field(), "chữ đang gõ")
        qtbot.waitUntil(partial(count, n), timeout=1_500)
    second = stage(desk)
    screen = coverage_screen(second)
    for draft in drafts.all_drafts(desk):
        screen.restore(draft)
        settle(second.courier)
        sheet = screen.page.following.sheet
        assert isinstance(sheet, WritingSheet)
        assert "chữ đang gõ" in json.dumps(sheet.values(), ensure_ascii=False)
        sheet.close()
    screen.page.following.note_last()
    settle(second.courier)
    again = screen.page.following.sheet
    assert isinstance(again, RoundSheet)
    assert again.remark.text() == "chữ đang gõ", "a window that is opened again holds what was typed"
    again.move_box.set_value(RoundMove.SILENT)
    again.save()
    settle(second.courier)
    assert state(desk, found) is RoundState.SILENT
    assert len(drafts.all_drafts(desk)) == first + 3


def test_what_was_thrown_away_can_be_taken_back(stage: Open, office: Office) -> None:
    found = article(office.drafter, claim())
    delivered(office.drafter, found)
    desk_stage = stage(office.drafter)
    following = opened(desk_stage, found).following
    following.note_last()
    sheet = following.sheet
    assert isinstance(sheet, RoundSheet)
    settle(desk_stage.courier)
    type_text(sheet.remark, "đã gọi điện")
    sheet.cancel()
    settle(desk_stage.courier)
    assert drafts.all_drafts(office.drafter) == ()
    desk_stage.control._toast._undone()
    settle(desk_stage.courier)
    back = following.sheet
    assert isinstance(back, RoundSheet)
    assert back is not sheet
    assert back.remark.text() == "đã gọi điện"


@pytest.mark.parametrize("way", WAYS)
def test_the_windows_take_vietnamese(stage: Open, office: Office, way: str) -> None:
    found = article(office.drafter, claim())
    delivered(office.drafter, found)
    seen, _changes = recaptures.add(office.drafter, found.id, RecaptureDraft(text=TEXT))
    desk_stage = stage(office.drafter)
    page = opened(desk_stage, found)
    following = page.following
    for show in (following.note_last, following.recapture, lambda: following.check(seen.id), page.read_again):
        show()
        settle(desk_stage.courier)
        assert following.sheet is not None
        fields = fields_of(following.sheet)
        assert fields
        assert [fault for field in fields if (fault := check_field(field, way))] == []
        following.sheet.close()


@pytest.mark.parametrize("size", [(1366, 768), (1024, 700)])
def test_the_windows_fit_the_screen(stage: Open, office: Office, size: tuple[int, int]) -> None:
    found = article(office.drafter, claim())
    delivered(office.drafter, found)
    seen, _changes = recaptures.add(office.drafter, found.id, RecaptureDraft(text=TEXT))
    desk_stage = stage(office.drafter, size=size)
    page = opened(desk_stage, found)
    assert page.side.widget().width() <= page.side.viewport().width()
    for show in (page.following.note_last, page.following.recapture, lambda: page.following.check(seen.id)):
        show()
        settle(desk_stage.courier)
        sheet = page.following.sheet
        assert sheet is not None
        hint = sheet.minimumSizeHint()
        assert hint.width() <= size[0]
        assert hint.height() <= size[1] - 40
        sheet.close()


def test_places_count_signs_beyond_the_first_plane_as_qt_does() -> None:
    text = "a😀b😀c"
    units = Units(text)
    for place in range(len(text) + 1):
        unit = len(text[:place].encode("utf-16-le")) // 2
        assert units.of(place) == unit
        assert units.place(unit) == place
