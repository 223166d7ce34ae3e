"""Copies in the window: made, tried out, got back, warned of; the checkup with its report; faults put right."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from spokesdesk import bootstrap
from spokesdesk.domain.backups import BackupPlan
from spokesdesk.gui.checkup import CheckupSheet
from spokesdesk.gui.prefs.backups import BackupsSection
from spokesdesk.gui.restoring import RestoreSheet
from spokesdesk.gui.settings import SettingsScreen
from spokesdesk.gui.today import TodayScreen
from spokesdesk.services import backups, workspace
from spokesdesk.services.ports import Desk
from tests.desks import PASSPHRASE
from tests.gui.desk_fixtures import logged, said
from tests.gui.stage import Stage, settle
from tests.judges import judge

Opens = Callable[..., Stage]


@pytest.fixture
def place(desk: Desk, tmp_path: Path) -> Path:
    folder = tmp_path / "ổ ngoài"
    folder.mkdir()
    backups.set_plan(desk, BackupPlan(str(folder)))
    return folder


def section_of(opened: Stage) -> BackupsSection:
    screen = opened.show("settings")
    assert isinstance(screen, SettingsScreen)
    screen.new("backup")
    found: list[BackupsSection] = list(screen.findChildren(BackupsSection))
    settle(opened.courier)
    return found[0]


def later(desk: Desk, days: float) -> Desk:
    return replace(desk, now=lambda: datetime.now(UTC) + timedelta(days=days))


def checked(opened: Stage) -> CheckupSheet:
    opened.window.ask("checkup")
    settle(opened.courier)
    found: list[CheckupSheet] = list(opened.window.findChildren(CheckupSheet))
    return found[-1]


def test_a_copy_is_made_and_tried_out_by_two_buttons(stage: Opens, desk: Desk, place: Path) -> None:
    opened = stage(desk)
    section = section_of(opened)
    assert "Chưa có bản sao lưu nào" in said(section)
    section.back_up()
    settle(opened.courier)
    (copy,) = backups.copies(desk)
    assert copy.name in said(section)
    section.drill()
    settle(opened.courier)
    assert "khôi phục được trọn vẹn" in said(section)
    assert str(place) in said(section)


def test_another_place_is_chosen_and_a_wrong_one_is_said(stage: Opens, desk: Desk, tmp_path: Path) -> None:
    opened = stage(desk)
    section = section_of(opened)
    (tmp_path / "mạng").mkdir()
    dialog = section._ask_place()
    dialog.fileSelected.emit(str(tmp_path / "mạng"))
    settle(opened.courier)
    assert backups.plan(desk).place == str(tmp_path / "mạng")
    section._place_chosen(str(desk.keeper.folder / "blobs"))
    settle(opened.courier)
    assert "mất một là mất cả hai" in said(section)
    assert backups.plan(desk).place == str(tmp_path / "mạng")
    section._own_place()
    section._auto.click()
    settle(opened.courier)
    assert backups.plan(desk) == BackupPlan("", is_on=False)
    dialogs: list[QFileDialog] = list(opened.window.findChildren(QFileDialog))
    for one in dialogs:
        one.close()


def test_a_copy_is_got_back_into_a_new_folder_and_opened(
    stage: Opens, desk: Desk, place: Path, tmp_path: Path
) -> None:
    logged(desk, "Trước khi mất máy")
    backups.back_up(desk)
    opened = stage(desk)
    section = section_of(opened)
    section.restore()
    sheets: list[RestoreSheet] = list(opened.window.findChildren(RestoreSheet))
    sheet = sheets[0]
    assert sheet.copies.count() == 1
    sheet._go_on()
    assert sheet.fields[1].error(), "no folder was named"
    sheet.folder.setText(str(desk.keeper.folder))
    sheet._go_on()
    settle(opened.courier)
    assert "đã có tệp khác" in sheet.fields[1].error(), "never over a living workspace"
    asked: list[Path] = []
    sheet.made.disconnect()
    sheet.made.connect(asked.append)
    sheet.folder.setText(str(tmp_path / "máy mới"))
    sheet._go_on()
    settle(opened.courier)
    sheet._go_on()
    assert asked == [tmp_path / "máy mới"]
    again = bootstrap.open_desk(tmp_path / "máy mới", passphrase=PASSPHRASE)
    assert workspace.doctor(again).ok
    again.close()


def test_an_old_copy_is_said_on_the_first_page_and_in_the_status_line(
    stage: Opens, desk: Desk, place: Path
) -> None:
    backups.back_up(desk)
    opened = stage(later(desk, 4))
    today = opened.show("today")
    assert isinstance(today, TodayScreen)
    assert "đã 4 ngày" in said(today)
    assert "Sao lưu cần xem lại" in said(opened.window.status_line)
    opened.control.care.backups.do_what_is_due()
    settle(opened.courier)
    assert "đã 4 ngày" not in said(today)
    assert "Sao lưu cần xem lại" not in said(opened.window.status_line)


def test_what_is_due_is_done_by_itself_and_a_failure_is_said(stage: Opens, desk: Desk, place: Path) -> None:
    opened = stage(desk)
    care = opened.control.care.backups
    care.do_what_is_due()
    settle(opened.courier)
    assert [run.kind.value for run in backups.runs(desk)] == ["drill", "backup"]
    shutil.rmtree(place)
    opened.session._desk = care._desk = later(desk, 5)
    care.do_what_is_due()
    settle(opened.courier)
    assert "Sao lưu cần xem lại" in said(opened.window.status_line)
    assert "ổ ngoài" in opened.control.care.caution()


def test_a_checkup_says_all_is_well_and_its_report_is_kept_as_text_and_pdf(
    stage: Opens, desk: Desk, tmp_path: Path
) -> None:
    import subprocess

    opened = stage(desk)
    sheet = checked(opened)
    assert "Nguyên vẹn" in said(sheet)
    for name in ("báo cáo.txt", "báo cáo.pdf"):
        sheet.save_to(str(tmp_path / name))
        settle(opened.courier)
    text = (tmp_path / "báo cáo.txt").read_text(encoding="utf-8")
    assert "Mọi thứ nguyên vẹn" in text
    printed = subprocess.run(
        [judge("pdftotext"), str(tmp_path / "báo cáo.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "BÁO CÁO KIỂM TRA BÀN LÀM VIỆC" in printed
    sheet.close()


def test_a_lost_and_a_damaged_file_are_named_and_brought_back_from_the_copies(
    stage: Opens, desk: Desk, place: Path
) -> None:
    kept = [desk.files.put_bytes(bytes([n]) * 70_000, f"{n}.bin") for n in (1, 2)]
    logged(desk, "Có tệp", attachments=tuple(kept))
    backups.back_up(desk)
    first, second = sorted((desk.keeper.folder / "blobs").glob("??/*"))
    first.unlink()
    raw = bytearray(second.read_bytes())
    raw[70] ^= 1
    second.write_bytes(raw)
    opened = stage(desk)
    sheet = checked(opened)
    assert "Có 2 chỗ không khớp" in said(sheet)
    assert "Lấy lại tệp" in sheet.report.toPlainText()
    sheet.fetch_back()
    settle(opened.courier)
    assert "Nguyên vẹn" in said(sheet)
    assert all(desk.files.is_whole(one.sha256) for one in kept)
    sheet.close()


def test_a_checkup_can_be_stopped(stage: Opens, desk: Desk, qtbot: QtBot) -> None:
    opened = stage(desk)
    opened.window.ask("checkup")
    found: list[CheckupSheet] = list(opened.window.findChildren(CheckupSheet))
    found[0].pace.stop()
    settle(opened.courier)
    assert "Đã dừng" in said(found[0])
    found[0].close()
