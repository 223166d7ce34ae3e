"""Copies by themselves, drills that find what is wrong, and a restored workspace that holds everything (F27)."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from spokesdesk import bootstrap
from spokesdesk.domain.backups import BackupPlan, RunKind
from spokesdesk.domain.errors import AccessError, OutsideError, UserError, WaitError
from spokesdesk.domain.journal import Attachment, Channel, ContactDraft
from spokesdesk.services import backups, journal, workspace
from spokesdesk.services.ports import Desk
from tests.desks import PASSPHRASE, Office


def logged(desk: Desk, topic: str, *files: Attachment) -> None:
    draft = ContactDraft(
        channel=Channel.VISIT,
        received_at=desk.now() - timedelta(hours=1),
        outlet="Báo Đại Đoàn Kết",
        journalist="Vũ Quốc Huy",
        topic=topic,
        attachments=files,
    )
    journal.log_contact(desk, draft)


def at(desk: Desk, days: float) -> Desk:
    """Give the desk some days from now."""
    from dataclasses import replace

    return replace(desk, now=lambda: datetime.now(UTC) + timedelta(days=days))


@pytest.fixture
def busy(desk: Desk, tmp_path: Path) -> Desk:
    """A desk with entries and a file, whose copies go to a place that was chosen."""
    logged(desk, "Sạt lở bờ sông", desk.files.put_bytes(b"anh chup hien truong" * 9000, "anh.jpg"))
    logged(desk, "Giá đất")
    (tmp_path / "ổ ngoài").mkdir()
    backups.set_plan(desk, BackupPlan(str(tmp_path / "ổ ngoài")))
    return desk


def blob_files(place: Path) -> set[Path]:
    return set(place.rglob("blobs/??/*"))


def test_a_copy_is_made_tried_out_and_opens_as_it_was(busy: Desk, tmp_path: Path) -> None:
    run, changes = backups.back_up(busy)
    assert (run.ok, run.files, [change.kind for change in changes]) == (True, 1, ["backup"])
    drill, _changes = backups.drill(busy)
    assert (drill.code, drill.said) == ("", "")
    assert not list(tmp_path.glob(".spokesdesk-drill-*"))
    (copy,) = backups.copies(busy)
    logged(busy, "Sau lần sao lưu")
    bootstrap.restore(backups.state(busy).place, tmp_path / "máy mới" / "bàn")
    again = bootstrap.open_desk(tmp_path / "máy mới" / "bàn", passphrase=PASSPHRASE)
    found = workspace.doctor(again)
    assert found.ok
    assert (found.entries, found.head) == (copy.told.links, copy.told.head)
    topics = [row.topic for row in journal.contact_rows(again, journal.contact_numbers(again))]
    assert sorted(topics) == ["Giá đất", "Sạt lở bờ sông"]
    again.close()


def test_attachments_are_copied_once_for_all_days(busy: Desk) -> None:
    first, _changes = backups.back_up(busy)
    place = backups.state(busy).place
    (blob,) = blob_files(place)
    before = blob.stat().st_mtime_ns
    logged(busy, "Thêm", busy.files.put_bytes(b"ghi am" * 9000, "b.mp3"))
    backups.back_up(busy)
    assert len(blob_files(place)) == 2
    assert blob.stat().st_mtime_ns == before
    assert len(backups.copies(busy)) == 1, "of one day the last copy stays"
    assert backups.copies(busy)[0].name != first.copy


def test_what_no_copy_needs_any_more_goes(busy: Desk) -> None:
    backups.back_up(busy)
    place = backups.state(busy).place
    stray = place / "blobs" / "ab" / ("ab" * 32)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"of a copy that went")
    backups.back_up(busy)
    assert not stray.exists()
    assert len(blob_files(place)) == 1


def test_a_damaged_list_of_parts_makes_nothing_be_thrown_away(busy: Desk) -> None:
    backups.back_up(busy)
    place = backups.state(busy).place
    (day,) = (place / "days").iterdir()
    shutil.copytree(day, day.with_name("2020-01-01 000000"))
    (day.with_name("2020-01-01 000000") / "manifest.json").write_text("{", encoding="utf-8")
    stray = place / "blobs" / "ab" / ("ab" * 32)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"perhaps of the damaged one")
    busy.keeper.copies(place.parent).keep_only([day.name, "2020-01-01 000000"])
    assert stray.exists()


@pytest.mark.parametrize("part", ["desk.db", "workspace.json", "blobs", "blob gone", "manifest.json"])
def test_a_drill_finds_a_flipped_byte_and_a_lost_file_in_every_part(busy: Desk, part: str) -> None:
    backups.back_up(busy)
    place = backups.state(busy).place
    (blob,) = blob_files(place)
    (day,) = (place / "days").iterdir()
    if part == "blob gone":
        blob.unlink()
    else:
        file = blob if part == "blobs" else day / part
        raw = bytearray(file.read_bytes())
        raw[len(raw) // 2] ^= 1
        file.write_bytes(raw)
    if part == "manifest.json":  # a list that cannot be believed is no copy at all
        assert not backups.copies(busy)
        return
    run, _changes = backups.drill(busy)
    assert run.code == "drill_failed"
    assert run.said
    assert "diễn tập" in backups.caution(backups.state(busy))


def test_a_shared_file_that_rotted_is_written_anew_and_the_copies_are_good_again(busy: Desk) -> None:
    backups.back_up(busy)
    (blob,) = blob_files(backups.state(busy).place)
    raw = bytearray(blob.read_bytes())
    raw[-9] ^= 1
    blob.write_bytes(raw)
    later = at(busy, 1)
    done = [(run.kind.value, run.ok) for run in backups.daily(later)[0]]
    assert done == [("backup", True), ("drill", False), ("backup", True), ("drill", True)]
    assert backups.caution(backups.state(later)) == ""
    assert all(backups.drill(later, copy.name)[0].ok for copy in backups.copies(later))


def test_a_copy_of_another_journal_is_no_copy_of_this_one(busy: Desk, tmp_path: Path) -> None:
    backups.back_up(busy)
    folder = tmp_path / "xưa"
    shutil.copytree(busy.keeper.folder, folder)
    other = bootstrap.open_desk(folder, passphrase=PASSPHRASE).working_as(busy.member)
    logged(other, "Nhánh khác")
    backups.back_up(other)
    run, _changes = backups.drill(busy)
    other.close()
    assert "Chuỗi của bản sao lưu" in run.said


def test_daily_does_what_is_due_once_a_day_and_the_drill_once_a_week(busy: Desk) -> None:
    def done(days: float) -> list[str]:
        return [run.kind.value for run in backups.daily(at(busy, days))[0]]

    assert done(0) == ["backup", "drill"]
    assert done(0) == []
    assert done(1) == ["backup"]
    assert done(8) == ["backup", "drill"]
    backups.set_plan(busy, BackupPlan(is_on=False))
    assert done(20) == []


def test_a_place_that_is_gone_is_told_not_raised_and_tried_again_later(busy: Desk, tmp_path: Path) -> None:
    backups.back_up(busy)
    shutil.rmtree(tmp_path / "ổ ngoài")
    later = at(busy, 5)
    assert backups.daily(later) == ((), backups.daily(later)[1])
    found = backups.state(later)
    assert found.tried is not None
    assert found.tried.code == "backup_folder_missing"
    assert "ổ ngoài" in backups.caution(found)
    (tmp_path / "ổ ngoài").mkdir()
    assert backups.daily(at(busy, 5.01))[0] == ()
    assert all(run.ok for run in backups.daily(at(busy, 5.1))[0])
    assert backups.caution(backups.state(at(busy, 5.1))) == ""


def test_an_old_copy_is_warned_of_and_a_fresh_one_is_not(busy: Desk) -> None:
    assert backups.caution(backups.state(busy)) == ""
    assert "Chưa có" in backups.caution(backups.state(at(busy, 4)))
    backups.back_up(busy)
    assert backups.caution(backups.state(at(busy, 2))) == ""
    assert "đã 4 ngày" in backups.caution(backups.state(at(busy, 4)))
    assert "đồng hồ" in backups.caution(backups.state(at(busy, -400)))


def test_without_a_choice_copies_lie_beside_the_workspace_and_that_is_said(desk: Desk) -> None:
    run, _changes = backups.back_up(desk)
    found = backups.state(desk)
    assert run.ok
    assert found.is_own_place
    assert found.is_on_same_disk
    assert found.place.parent.parent == desk.keeper.folder.parent


def test_only_an_administrator_chooses_the_place_and_not_inside_the_workspace(office: Office) -> None:
    with pytest.raises(AccessError):
        backups.set_plan(office.drafter, BackupPlan())
    with pytest.raises(UserError, match="backup_inside"):
        backups.set_plan(office.spokesperson, BackupPlan(str(office.folder / "blobs")))
    with pytest.raises(UserError, match="backup_folder_missing"):
        backups.set_plan(office.spokesperson, BackupPlan(str(office.folder / "không có")))


@pytest.mark.parametrize("after", [1, 2, 3])
def test_a_copy_that_was_stopped_leaves_nothing_and_the_older_ones(busy: Desk, after: int) -> None:
    backups.back_up(busy)
    before = [copy.name for copy in backups.copies(busy)]
    busy.files.put_bytes(b"them mot tep" * 500_000, "c.bin")
    asked = iter(range(100))
    with pytest.raises(WaitError, match="stopped"):
        backups.back_up(busy, is_cancelled=lambda: next(asked) >= after)
    assert [copy.name for copy in backups.copies(busy)] == before
    place = backups.state(busy).place
    assert not list(place.rglob(".backup-*"))
    assert not list(busy.keeper.folder.glob(".backup-*"))
    assert not list(place.rglob("*.part"))
    assert backups.drill(busy)[0].ok


def test_a_full_disk_is_said_noted_and_leaves_the_older_copies(
    busy: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups.back_up(busy)
    before = backups.copies(busy)
    monkeypatch.setattr("spokesdesk.outside.restoring.SPARE", 1 << 60)
    with pytest.raises(OutsideError, match="disk_full"):
        backups.back_up(busy)
    assert backups.copies(busy) == before
    assert backups.runs(busy)[0].code == "disk_full"
    with pytest.raises(OutsideError, match="disk_full"):
        backups.drill(busy)


def test_two_at_once_wait_for_each_other(busy: Desk) -> None:
    backups.back_up(busy)
    (copy,) = backups.copies(busy)
    there = busy.keeper.copies(backups.state(busy).place.parent)
    with busy.keeper.rehearse(there, copy.name, backups.no_progress, backups.never):
        with pytest.raises(WaitError, match="backup_running"):
            backups.back_up(busy)
        assert backups.daily(at(busy, 1))[0] == ()
    assert backups.back_up(busy)[0].ok


def test_what_a_killed_drill_left_behind_is_cleared_away(busy: Desk) -> None:
    backups.back_up(busy)
    left = busy.keeper.folder.with_name(".spokesdesk-drill-dead")
    left.mkdir()
    (left / "desk.db").write_bytes(b"x")
    assert backups.drill(busy)[0].ok
    assert not left.exists()


def test_the_notes_tell_what_was_done(busy: Desk) -> None:
    backups.back_up(busy)
    backups.drill(busy)
    done = backups.runs(busy)
    assert [run.kind for run in done] == [RunKind.DRILL, RunKind.BACKUP]
    assert done[0].head == done[1].head
