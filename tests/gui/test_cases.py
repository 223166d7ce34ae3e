"""Case files in the window: one key from a contact, evidence by drop and paste, the letter, the way to the end."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from spokesdesk.domain.cases import CaseOutcome, CaseState
from spokesdesk.domain.evidence import CustodyAct, EvidenceKind, Taken
from spokesdesk.gui.cases.asking import Ask
from spokesdesk.gui.cases.screen import CasesScreen
from spokesdesk.gui.cases.viewing import ItemSheet
from spokesdesk.gui.papers.screen import PapersScreen
from spokesdesk.gui.widgets.basic import LinkButton
from spokesdesk.services import cases, evidence
from tests.desks import Office
from tests.gui.case_fixtures import copy_picture, drop, made, page_of
from tests.gui.desk_fixtures import Typist, entries, journal_of, logged, open_form, said
from tests.gui.realcase import press, type_text
from tests.gui.stage import Stage, settle

Open = Callable[..., Stage]


def test_a_suspicious_visitor_is_on_file_with_a_picture_after_two_keys(stage: Open, office: Office) -> None:
    """F2 on the entry, Ctrl+V: the first evidence is kept; the rest can wait."""
    contact = logged(office.spokesperson, "Đòi gặp lãnh đạo")
    opened = stage(office.spokesperson)
    journal_of(opened)
    opened.control.navigate("contact", contact.id)
    settle(opened.courier)
    copy_picture()
    typist = Typist(opened.window)
    opened.window.activateWindow()
    typist.press(Qt.Key.Key_F2)
    settle(opened.courier)
    typist.shortcut(Qt.Key.Key_V)
    settle(opened.courier)
    assert typist.keys == 3
    (row,) = cases.case_rows(office.spokesperson, cases.case_numbers(office.spokesperson))
    assert (row.person, row.title, row.items) == (
        "Vũ Quốc Huy",
        "Vũ Quốc Huy, Báo Đại Đoàn Kết: Đòi gặp lãnh đạo",
        1,
    )
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
    page.adding.refused.kept_anyway.emit(next(one for one in page.adding.refused.files() if one.path))
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
    press(page.adding.drop, Qt.Key.Key_F3)
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


def test_a_big_file_on_its_way_can_be_stopped(stage: Open, office: Office, tmp_path: Path) -> None:
    case = made(office.drafter)
    opened = stage(office.drafter)
    page = page_of(opened, case)
    film = tmp_path / "phim.mp4"
    with film.open("wb") as handle:
        handle.truncate(64 << 20)
    drop(page, film)
    page.adding.coming.stop(page.adding.coming._rows[0][0])
    settle(opened.courier)
    assert cases.view(office.drafter, case.id).items == ()
    assert list(office.drafter.files.all()) == []
    assert page.adding.coming.isHidden()
