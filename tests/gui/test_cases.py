"""Case files in the window: one key from a contact, evidence by drop and paste, the letter, the way to the end."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from spokesdesk.domain.cases import Case, CaseDraft, CaseKind, CaseOutcome, CaseState
from spokesdesk.domain.evidence import CustodyAct, EvidenceKind, Taken
from spokesdesk.gui.cases.asking import Ask
from spokesdesk.gui.cases.page import CasePage
from spokesdesk.gui.cases.screen import CasesScreen
from spokesdesk.gui.cases.viewing import ItemSheet
from spokesdesk.gui.papers.screen import PapersScreen
from spokesdesk.gui.widgets.basic import LinkButton
from spokesdesk.services import cases, drafts, evidence
from spokesdesk.services.ports import Desk
from tests.desks import Office
from tests.gui.desk_fixtures import Typist, entries, journal_of, logged, open_form, said
from tests.gui.realcase import press, type_text
from tests.gui.stage import Stage, settle
from tests.gui.typing import WAYS, check_field, fields_of

Open = Callable[..., Stage]


def made(desk: Desk, title: str = "Người lạ đòi gặp lãnh đạo") -> Case:
    draft = CaseDraft(
        CaseKind.IMPOSTOR, title, person="Trần Văn Giả", outlet="Báo Ảo", facts="Đến lúc 9 giờ."
    )
    return cases.open_case(desk, draft)[0]


def page_of(stage: Stage, case: Case) -> CasePage:
    stage.window.activateWindow()
    stage.control.navigate("case", case.id)
    settle(stage.courier)
    screen = stage.control.pages.current()
    assert isinstance(screen, CasesScreen)
    assert screen.page.seen is not None
    return screen.page


def drop(page: CasePage, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, none, left = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    # Anywhere on the page will do, also on a field.
    QApplication.sendEvent(page.adding.note, QDragEnterEvent(QPoint(5, 5), copy, mime, left, none))
    QApplication.sendEvent(page.adding.note, QDropEvent(QPointF(5, 5), copy, mime, left, none))


def copy_picture() -> None:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor("#0b6e75"))
    QGuiApplication.clipboard().setImage(image)


def test_a_suspicious_visitor_is_on_file_with_a_picture_after_two_keys(stage: Open, office: Office) -> None:
    """F8 on the entry, Ctrl+V: the first evidence is kept; the rest can wait."""
    contact = logged(office.spokesperson, "Đòi gặp lãnh đạo")
    opened = stage(office.spokesperson)
    journal_of(opened)
    opened.control.navigate("contact", contact.id)
    settle(opened.courier)
    copy_picture()
    typist = Typist(opened.window)
    opened.window.activateWindow()
    typist.press(Qt.Key.Key_F8)
    settle(opened.courier)
    typist.shortcut(Qt.Key.Key_V)
    settle(opened.courier)
    assert typist.keys == 3
    (row,) = cases.case_rows(office.spokesperson, cases.case_numbers(office.spokesperson))
    assert (row.person, row.items) == ("Vũ Quốc Huy", 1)
    seen = cases.view(office.spokesperson, row.id)
    assert seen.contact is not None
    assert seen.contact.id == contact.id
    (item,) = seen.items
    assert item.kind is EvidenceKind.SCREENSHOT
    screen = opened.control.pages.current()
    assert isinstance(screen, CasesScreen)
    buttons: list[LinkButton] = list(screen.page.facts.findChildren(LinkButton))
    assert "Từ lần tiếp xúc: Đòi gặp lãnh đạo" in [button.accessibleName() for button in buttons]


def test_a_case_opened_by_mistake_is_taken_back(stage: Open, office: Office) -> None:
    contact = logged(office.spokesperson, "Hỏi đường")
    opened = stage(office.spokesperson)
    journal_of(opened)
    opened.control.navigate("contact", contact.id)
    settle(opened.courier)
    opened.control.obey("case")
    settle(opened.courier)
    assert opened.control._toast.undo_offered
    opened.control._toast._undone()
    settle(opened.courier)
    (row,) = cases.case_rows(office.spokesperson, cases.case_numbers(office.spokesperson))
    assert row.state is CaseState.CLOSED
    assert cases.case(office.spokesperson, row.id).steps[-1].outcome is CaseOutcome.MISTAKE
    assert opened.control.pages.current() is journal_of(opened)


def test_an_entry_being_written_is_saved_before_its_case_opens(stage: Open, office: Office) -> None:
    opened = stage(office.spokesperson)
    form = open_form(opened)
    typist = Typist(opened.window)
    typist.type("Trần Văn Giả")
    opened.control.obey("case")
    settle(opened.courier)
    assert cases.case_numbers(office.spokesperson) == (), "the topic is missing: nothing was saved, no case"
    type_text(form.inputs.topic, "Đòi ký hợp đồng")
    opened.control.obey("save")
    settle(opened.courier)
    (entry,) = entries(office.spokesperson)
    (row,) = cases.case_rows(office.spokesperson, cases.case_numbers(office.spokesperson))
    assert cases.case(office.spokesperson, row.id).facts.contact_id == entry.id


def test_files_dropped_are_kept_and_what_is_refused_says_why(
    stage: Open, office: Office, tmp_path: Path
) -> None:
    case = made(office.drafter)
    page = page_of(stage(office.drafter), case)
    (tmp_path / "biển số.jpg").write_bytes(b"\xff\xd8 anh")
    (tmp_path / "rỗng.txt").touch()
    (tmp_path / "CCCD mặt trước.jpg").write_bytes(b"\xff\xd8 the")
    type_text(page.adding.note, "xe của người này")
    drop(page, tmp_path / "biển số.jpg", tmp_path / "rỗng.txt", tmp_path / "CCCD mặt trước.jpg")
    settle(page._context.courier)
    (item,) = cases.view(office.drafter, case.id).items
    assert (item.name, item.taken.note, item.by.name) == ("biển số.jpg", "xe của người này", "Lê Thị Ánh")
    assert item.taken.by == "ngày giờ ghi trong tệp"
    words = said(page)
    assert "rỗng.txt" in words
    assert "giấy tờ tùy thân" in words
    assert page.items.rows.rows().rowCount() == 1
    page.adding.reason.setText("giấy tờ giả, công an yêu cầu giữ")
    page.adding._keep_card(next(one for one in page.adding._refused if one.path))
    settle(page._context.courier)
    kept = cases.view(office.drafter, case.id).items[-1]
    assert (kept.name, kept.taken.card_reason) == ("CCCD mặt trước.jpg", "giấy tờ giả, công an yêu cầu giữ")


def test_a_picture_of_the_screen_comes_only_after_the_notice(stage: Open, office: Office) -> None:
    case = made(office.drafter)
    page = page_of(stage(office.drafter), case)
    press(page.adding.drop, Qt.Key.Key_F6)
    assert "Chụp toàn bộ màn hình máy này" in said(page)
    assert cases.view(office.drafter, case.id).items == ()
    page.adding.drop.take_screen()
    settle(page._context.courier)
    (item,) = cases.view(office.drafter, case.id).items
    assert (item.kind, item.taken.by) == (EvidenceKind.SCREENSHOT, "máy của cơ quan")
    assert item.file.name.startswith("man-hinh-")


def test_testimony_and_web_address_are_typed_in(stage: Open, office: Office) -> None:
    case = made(office.drafter)
    opened = stage(office.drafter)
    page = page_of(opened, case)
    page.adding.open_typed()
    type_text(page.adding.text, "Tôi thấy ông ta chụp ảnh")
    opened.control.obey("save")
    settle(opened.courier)
    assert [field.name for field in page.adding.fields if field.error()] == ["taken_by"]
    type_text(page.adding.taken_by, "Chị Ổn, văn thư")
    type_text(page.adding.taken_at, "khong phai gio")
    page.adding.add_typed()
    assert [field.name for field in page.adding.fields if field.error()] == ["taken_at"]
    page.adding.taken_at.setText("09:15 20/11/2026")
    page.adding.add_typed()
    settle(opened.courier)
    (item,) = cases.view(office.drafter, case.id).items
    assert (item.text, item.taken.by) == ("Tôi thấy ông ta chụp ảnh", "Chị Ổn, văn thư")
    assert page.adding.text.text() == ""


def test_looking_at_an_item_is_shown_and_logged(stage: Open, office: Office, tmp_path: Path) -> None:
    case = made(office.drafter)
    evidence.add_testimony(office.drafter, case.id, "Lời trình bày", Taken(by="Chị Ổn"))
    opened = stage(office.drafter)
    page = page_of(opened, case)
    press(page.items.rows, Qt.Key.Key_Return)
    settle(opened.courier)
    sheets: list[ItemSheet] = list(opened.window.findChildren(ItemSheet))
    (sheet,) = [one for one in sheets if one.isVisible()]
    assert "Lời trình bày" in sheet.windowTitle()
    sheet.close()
    page.items.write_out(cases.view(office.drafter, case.id).items[0].id, str(tmp_path / "ra.txt"))
    settle(opened.courier)
    assert [entry.act for entry in cases.view(office.drafter, case.id).log] == [
        CustodyAct.ADDED,
        CustodyAct.VIEWED,
        CustodyAct.EXPORTED,
    ]
    assert "Lưu ra" in said(page) or "Xuất ra ngoài" in said(page)


def test_the_letter_goes_to_the_places_ticked(stage: Open, office: Office) -> None:
    case = made(office.drafter)
    opened = stage(office.drafter)
    page = page_of(opened, case)
    for route, tick in page.places._ticks:
        tick.setChecked(route.place.id == "cuc-bao-chi")
    assert "chưa kiểm chứng" in said(page)
    press(page.adding.drop, Qt.Key.Key_F9)
    settle(opened.courier)
    screen = opened.control.pages.current()
    assert isinstance(screen, PapersScreen)
    (paper_id,) = cases.case(office.drafter, case.id).papers
    with office.drafter.read() as unit:
        assert unit.papers.get(paper_id).letter.addressees == (
            "Cục Báo chí (Bộ Văn hóa, Thể thao và Du lịch)",
        )


def test_a_case_is_reported_closed_and_opened_again(stage: Open, office: Office) -> None:
    case = made(office.drafter)
    opened = stage(office.drafter)
    page = page_of(opened, case)
    page._ask(Ask.REPORT)
    assert "Cục Báo chí" in page.asking.to.text()
    page.asking.to.set_text("")
    page.asking.save()
    settle(opened.courier)
    assert [field.name for field in page.asking.fields if field.error()] == ["to"]
    page.asking.to.set_text("Công an xã Tân Ân")
    type_text(page.asking.remark, "gọi điện")
    opened.control.obey("save")
    settle(opened.courier)
    assert cases.case(office.drafter, case.id).state is CaseState.REPORTED
    assert not page.asking.is_open
    page._ask(Ask.CLOSE)
    page.asking.outcome.set_value(CaseOutcome.PASSED)
    page.asking.save()
    settle(opened.courier)
    assert page.adding.isHidden()
    assert page.letter.isHidden()
    page._ask(Ask.REOPEN)
    type_text(page.asking.remark, "có thêm nhân chứng")
    page.asking.save()
    settle(opened.courier)
    again = cases.case(office.drafter, case.id)
    assert again.state is CaseState.OPEN
    assert again.steps[-2].outcome is CaseOutcome.PASSED
    assert not page.adding.isHidden()


def test_an_item_is_withdrawn_with_a_reason(stage: Open, office: Office) -> None:
    case = made(office.drafter)
    evidence.add_testimony(office.drafter, case.id, "Nhầm", Taken(by="Chị Ổn"))
    opened = stage(office.drafter)
    page = page_of(opened, case)
    press(page.items.rows, Qt.Key.Key_Delete)
    assert page.asking.is_open
    page.asking.save()
    settle(opened.courier)
    assert [field.name for field in page.asking.fields if field.error()] == ["remark"]
    type_text(page.asking.remark, "thuộc vụ khác")
    page.asking.save()
    settle(opened.courier)
    (item,) = cases.view(office.drafter, case.id).items
    assert item.withdrawn


def test_a_bundle_is_written_from_the_window(stage: Open, office: Office, tmp_path: Path) -> None:
    case = made(office.drafter)
    evidence.add_testimony(office.drafter, case.id, "Lời", Taken(by="Chị Ổn"))
    opened = stage(office.drafter)
    page = page_of(opened, case)
    page.give_out()
    settle(opened.courier)
    dialogs: list[QFileDialog] = list(opened.window.findChildren(QFileDialog))
    (dialog,) = [one for one in dialogs if one.isVisible()]
    dialog.close()
    page.giving.write(case.id, str(tmp_path / "goi"))
    settle(opened.courier)
    assert (tmp_path / "goi.zip").is_file()
    page.giving.write(case.id, str(tmp_path / "goi.zip"))
    settle(opened.courier)
    assert not page.giving.is_running
    log = cases.view(office.drafter, case.id).log
    assert [entry.act for entry in log] == [CustodyAct.ADDED, CustodyAct.EXPORTED]


def test_a_case_being_typed_comes_back_after_a_kill(stage: Open, office: Office, qtbot: QtBot) -> None:
    first = stage(office.drafter)
    first.control.create("case")
    screen = first.control.pages.current()
    assert isinstance(screen, CasesScreen)
    type_text(screen.form._lines["title"], "Vụ đang gõ dở")
    qtbot.waitUntil(lambda: bool(drafts.all_drafts(office.drafter)), timeout=1_500)
    (draft,) = drafts.all_drafts(office.drafter)
    second = stage(office.drafter)
    assert second.control._take_back(draft)
    again = second.control.pages.current()
    assert isinstance(again, CasesScreen)
    assert again.form._lines["title"].text() == "Vụ đang gõ dở"
    again.form.save()
    settle(second.courier)
    assert [row.title for row in cases.case_rows(office.drafter, cases.case_numbers(office.drafter))] == [
        "Vụ đang gõ dở"
    ]
    assert drafts.all_drafts(office.drafter) == ()


@pytest.mark.parametrize("form", ["case:edit", "case:add", "case:ask"])
def test_what_is_typed_on_a_case_comes_back_after_a_kill(
    stage: Open, office: Office, qtbot: QtBot, form: str
) -> None:
    case = made(office.drafter)
    first = stage(office.drafter)
    page = page_of(first, case)
    screen = first.control.pages.current()
    assert isinstance(screen, CasesScreen)
    if form == "case:edit":
        page._edit()
        type_text(screen.form._texts["facts"], " Rồi bỏ đi")
    elif form == "case:add":
        page.adding.open_typed()
        type_text(page.adding.text, "Rồi bỏ đi")
    else:
        page._ask(Ask.CLOSE)
        type_text(page.asking.remark, "Rồi bỏ đi")
    qtbot.waitUntil(lambda: bool(drafts.all_drafts(office.drafter)), timeout=1_500)
    (draft,) = drafts.all_drafts(office.drafter)
    assert draft.form == f"{form}:{case.id}"
    second = stage(office.drafter)
    assert second.control._take_back(draft)
    settle(second.courier)
    again = second.control.pages.current()
    assert isinstance(again, CasesScreen)
    typed = {
        "case:edit": again.form._texts["facts"],
        "case:add": again.page.adding.text,
        "case:ask": again.page.asking.remark,
    }[form]
    assert typed.text().endswith("Rồi bỏ đi")


def test_facts_are_changed_as_a_new_version(stage: Open, office: Office) -> None:
    case = made(office.drafter)
    opened = stage(office.drafter)
    page = page_of(opened, case)
    page._edit()
    screen = opened.control.pages.current()
    assert isinstance(screen, CasesScreen)
    screen.form._lines["happened_at"].setText("lúc nào đó")
    opened.control.obey("save")
    assert [field.name for field in screen.form.fields if field.error()] == ["happened_at"]
    screen.form._lines["happened_at"].setText("09:00 20/11/2026")
    opened.control.obey("save")
    settle(opened.courier)
    assert cases.case(office.drafter, case.id).version == 2
    assert screen._stack.currentWidget() is screen.page


def test_the_list_is_searched_without_accents_and_by_state(stage: Open, office: Office, qtbot: QtBot) -> None:
    case = made(office.drafter)
    other = made(office.drafter, "Vụ khác")
    cases.close(office.drafter, other.id, CaseOutcome.UNFOUNDED)
    opened = stage(office.drafter)
    screen = opened.show("cases")
    assert isinstance(screen, CasesScreen)
    assert screen.list.model.rowCount() == 2
    type_text(screen.list.search, "nguoi la")
    qtbot.waitUntil(lambda: not screen.list._pause.isActive())
    settle(opened.courier)
    assert screen.list.model.rowCount() == 1
    screen.list.search.clear()
    screen.list.chips[3].click()
    qtbot.waitUntil(lambda: not screen.list._pause.isActive())
    settle(opened.courier)
    assert screen.list.model.rowCount() == 1
    assert case.state is CaseState.OPEN


@pytest.mark.parametrize("way", WAYS)
def test_fields_take_vietnamese(stage: Open, office: Office, way: str) -> None:
    page = page_of(stage(office.drafter), made(office.drafter))
    page.adding.open_typed()
    page._ask(Ask.REPORT)
    fields = fields_of(page)
    assert len(fields) >= 8
    assert [fault for field in fields if (fault := check_field(field, way))] == []


@pytest.mark.parametrize("way", WAYS)
def test_the_form_takes_vietnamese(stage: Open, office: Office, way: str) -> None:
    opened = stage(office.drafter)
    opened.control.create("case")
    screen = opened.control.pages.current()
    assert isinstance(screen, CasesScreen)
    fields = fields_of(screen.form)
    assert len(fields) == 7
    assert [fault for field in fields if (fault := check_field(field, way))] == []


@pytest.mark.parametrize("size", [(1366, 768), (1024, 700), (912, 600)])
def test_nothing_is_cut_off_on_a_case(stage: Open, office: Office, size: tuple[int, int]) -> None:
    case = made(office.drafter)
    evidence.add_testimony(office.drafter, case.id, "Lời", Taken(by="Chị Ổn"))
    page = page_of(stage(office.drafter, size=size), case)
    page._ask(Ask.REPORT)
    settle(page._context.courier)
    for side in (page._side, page._left):
        assert side.widget().width() <= side.viewport().width()
    assert page.minimumSizeHint().width() <= page.width()


def test_a_locked_desk_shows_nothing_of_a_case(stage: Open, office: Office) -> None:
    opened = stage(office.drafter)
    page = page_of(opened, made(office.drafter))
    screen = opened.control.pages.current()
    assert isinstance(screen, CasesScreen)
    screen.desk_closed()
    assert page.seen is None
    assert "Trần Văn Giả" not in said(screen)
    QTest.keyClick(opened.window, Qt.Key.Key_Escape)
