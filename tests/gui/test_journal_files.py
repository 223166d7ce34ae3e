"""Files and large texts reach the contact form by paste, drop and dialog; what cannot be taken is said."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from spokesdesk.domain.errors import DeskError, WaitError
from spokesdesk.domain.journal import Attachment, FileKind
from spokesdesk.domain.words import word
from spokesdesk.gui.courier import Running
from spokesdesk.gui.journal.form import ContactForm
from spokesdesk.gui.journal.screen import JournalScreen
from spokesdesk.gui.viewer import Viewer
from spokesdesk.gui.widgets.basic import LinkButton
from spokesdesk.gui.widgets.fields import ComboBox
from spokesdesk.services import journal
from spokesdesk.services.ports import Desk
from tests.gui.desk_fixtures import entries, journal_of, logged, open_form, said
from tests.gui.stage import Stage, settle

Open = Callable[..., Stage]


def saved_topic(desk: Desk) -> str:
    found = entries(desk)
    assert len(found) == 1
    return found[0].topic


@pytest.mark.parametrize("name", ["topic", "questions"])
def test_ten_megabytes_pasted_are_refused_with_the_limit(stage: Open, desk: Desk, name: str) -> None:
    form = open_form(stage(desk))
    field = form.inputs.field(name)
    edit = field.edit
    edit.setProperty("text" if name == "topic" else "plainText", "Đang viết")
    edit.setFocus()
    QGuiApplication.clipboard().setText("Ỗ" * 10_000_000)
    QTest.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QGuiApplication.clipboard().clear()
    assert "Đang viết" in (form.values().topic, form.values().questions)
    label = {"topic": "“Chủ đề” nhận tối đa 250 ký tự", "questions": "“Câu hỏi” nhận tối đa 200000 ký tự"}[
        name
    ]
    assert label in field.error()


def dropped(form: ContactForm, *paths: Path) -> None:
    for path in paths:
        form.inputs.files.add(path)


def test_files_are_kept_with_the_entry(stage: Open, desk: Desk, tmp_path: Path) -> None:
    opened = stage(desk)
    form = open_form(opened)
    paper = tmp_path / "giấy giới thiệu.pdf"
    paper.write_bytes(b"noi dung giay")
    form.inputs.journalist.setText("Vũ Quốc Huy")
    form.inputs.topic.setText("Có tệp")
    dropped(form, paper)
    form.save()
    settle(opened.courier)
    kept = entries(desk)[0].attachments
    assert [file.name for file in kept] == ["giấy giới thiệu.pdf"]
    assert journal.file_bytes(desk, kept[0].sha256) == b"noi dung giay"


def test_an_empty_file_is_refused_in_words_and_the_entry_waits(
    stage: Open, desk: Desk, tmp_path: Path
) -> None:
    opened = stage(desk)
    form = open_form(opened)
    empty = tmp_path / "rong.jpg"
    empty.touch()
    form.inputs.journalist.setText("Vũ Quốc Huy")
    form.inputs.topic.setText("Tệp rỗng")
    dropped(form, empty)
    settle(opened.courier)
    form.save()
    settle(opened.courier)
    assert entries(desk) == [], "an entry without the file it was given would lose evidence silently"
    assert form.inputs.field("attachments").error()
    form.inputs.files.clear()
    form.save()
    settle(opened.courier)
    assert saved_topic(desk) == "Tệp rỗng"


def test_a_screenshot_pasted_in_any_field_is_attached(stage: Open, desk: Desk, qtbot: QtBot) -> None:
    opened = stage(desk)
    form = open_form(opened)
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    QGuiApplication.clipboard().setImage(picture)
    form.inputs.topic.setFocus()
    QTest.keyClick(form.inputs.topic, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(form.inputs.files.attachments()) == 1)
    QGuiApplication.clipboard().clear()
    assert form.inputs.topic.text() == ""


def test_a_file_dropped_on_a_text_field_is_attached(
    stage: Open, desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    form = open_form(stage(desk))
    paper = tmp_path / "giấy giới thiệu.pdf"
    paper.write_bytes(b"noi dung giay")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(paper))])
    mime.setText(str(paper))
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    QCoreApplication.sendEvent(form.inputs.topic, QDragEnterEvent(QPoint(5, 5), copy, mime, left, none))
    QCoreApplication.sendEvent(form.inputs.topic, QDropEvent(QPointF(5, 5), copy, mime, left, none))
    qtbot.waitUntil(lambda: [file.name for file in form.inputs.files.attachments()] == [paper.name])
    assert form.inputs.topic.text() == ""


def test_text_beside_a_picture_is_pasted_as_text(stage: Open, desk: Desk) -> None:
    form = open_form(stage(desk))
    mime = QMimeData()
    mime.setText("Giá đất")
    mime.setImageData(QImage(2, 2, QImage.Format.Format_RGB32))
    QGuiApplication.clipboard().setMimeData(mime)
    form.inputs.topic.setFocus()
    QTest.keyClick(form.inputs.topic, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QGuiApplication.clipboard().clear()
    assert form.inputs.topic.text() == "Giá đất"
    assert form.inputs.files.is_empty


def test_a_file_says_what_it_is_and_there_is_no_kind_for_identity_papers(
    stage: Open, desk: Desk, tmp_path: Path
) -> None:
    opened = stage(desk)
    form = open_form(opened)
    form.inputs.journalist.setText("Vũ Quốc Huy")
    form.inputs.topic.setText("Có ảnh thẻ")
    photo = tmp_path / "IMG_0412.jpg"
    photo.write_bytes(b"\xff\xd8 anh")
    dropped(form, photo)
    settle(opened.courier)
    kinds: list[ComboBox[FileKind]] = list(form.inputs.files.findChildren(ComboBox))
    assert len(kinds) == 1
    kind = kinds[0]
    assert kind.value() is FileKind.PHOTO
    offered = [kind.itemText(n).casefold() for n in range(kind.count())]
    assert not any("căn cước" in text or "hộ chiếu" in text or "tùy thân" in text for text in offered)
    kind.set_value(FileKind.PRESS_CARD)
    form.save()
    settle(opened.courier)
    assert [file.kind for file in entries(desk)[0].attachments] == [FileKind.PRESS_CARD]


def test_a_notice_says_that_identity_papers_are_not_kept(stage: Open, desk: Desk, tmp_path: Path) -> None:
    opened = stage(desk)
    form = open_form(opened)
    assert "căn cước" in form.inputs.attached.notice()
    assert "356/2025/NĐ-CP" in form.inputs.attached.notice()
    card = tmp_path / "CCCD mat truoc.jpg"
    card.write_bytes(b"\xff\xd8 anh")
    dropped(form, card)
    settle(opened.courier)
    assert "CCCD mat truoc.jpg" in form.inputs.attached.warning()
    form.inputs.files.clear()
    assert form.inputs.attached.warning() == ""


class SlowDisk:
    """Keeps a file piece by piece, each when the test says so."""

    def __init__(self) -> None:
        self.go_on = threading.Semaphore(0)
        self.kept = 0

    def __call__(self, path: Path, told: Callable[[int], bool], *, looked: bool = False) -> Attachment:
        size = path.stat().st_size
        for read in range(0, size, size // 4):
            self.go_on.acquire()
            if not told(read):
                raise WaitError("attachment_stopped", name=path.name)
        self.kept += 1
        return Attachment("a" * 64, path.name, size, FileKind.VIDEO)


def test_a_large_file_says_how_far_it_is_and_can_be_stopped(
    stage: Open, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    opened = stage(desk)
    form = open_form(opened)
    disk = SlowDisk()
    area = form.inputs.files
    area.keep_watched(disk)
    film = tmp_path / "ghi hình.mp4"
    film.write_bytes(bytes(4000))
    form.inputs.topic.setText("Đang cất")
    dropped(form, film)
    disk.go_on.release()
    disk.go_on.release()
    qtbot.waitUntil(lambda: "25 %" in said(form))
    form.inputs.topic.setText("Vẫn gõ được")
    buttons: list[QToolButton] = list(area.findChildren(QToolButton))
    next(button for button in buttons if "Dừng" in button.accessibleName()).click()
    disk.go_on.release()
    settle(opened.courier)
    assert area.is_empty
    assert not form.inputs.field("attachments").error()
    assert disk.kept == 0
    assert form.values().topic == "Vẫn gõ được"


def test_a_large_file_is_stopped_from_the_status_line_too(
    stage: Open, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    opened = stage(desk)
    form = open_form(opened)
    disk = SlowDisk()
    form.inputs.files.keep_watched(disk)
    film = tmp_path / "ghi hình.mp4"
    film.write_bytes(bytes(4000))
    dropped(form, film)
    running: list[Running] = []
    opened.courier.running.connect(running.extend)
    opened.courier._tell_running()
    opened.courier.cancel(running[0].number)
    qtbot.waitUntil(lambda: form.inputs.files.is_empty)
    disk.go_on.release(9)
    settle(opened.courier)
    assert disk.kept == 0


def test_a_file_on_its_way_is_not_lost_when_the_form_is_put_aside(
    stage: Open, desk: Desk, tmp_path: Path
) -> None:
    opened = stage(desk)
    form = open_form(opened)
    disk = SlowDisk()
    form.inputs.files.keep_watched(disk)
    film = tmp_path / "ghi hình.mp4"
    film.write_bytes(bytes(4000))
    form.inputs.journalist.setText("Vũ Quốc Huy")
    form.inputs.topic.setText("Đang cất")
    dropped(form, film)
    screen = opened.control.pages.current()
    assert isinstance(screen, JournalScreen)
    screen.new("contact")
    disk.go_on.release(9)
    settle(opened.courier)
    form.inputs.use(desk)
    screen.parked.resume_latest()
    settle(opened.courier)
    form.save()
    settle(opened.courier)
    assert [file.name for file in entries(desk)[0].attachments] == ["ghi hình.mp4"]


def test_a_photo_is_looked_at_in_the_window_and_a_recording_only_saved(
    stage: Open, desk: Desk, tmp_path: Path
) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    picture.save(str(tmp_path / "ảnh.png"))
    (tmp_path / "ghi âm.m4a").write_bytes(b"am thanh" * 99)
    kept = tuple(journal.keep_file(desk, tmp_path / name) for name in ("ảnh.png", "ghi âm.m4a"))
    entry = logged(desk, "Có tệp", attachments=kept)
    opened = stage(desk)
    screen = journal_of(opened)
    screen.open_record("contact", entry.id)
    settle(opened.courier)
    rows: list[LinkButton] = list(screen.detail._attached.findChildren(LinkButton))
    assert [button.text() for button in rows] == ["Xem", "Lưu ra tệp…", "Lưu ra tệp…"]
    rows[0].click()
    settle(opened.courier)
    viewers: list[Viewer] = list(opened.window.findChildren(Viewer))
    assert len(viewers) == 1
    viewer = viewers[0]
    assert [(image.width(), image.height()) for image in viewer.images] == [(40, 30)]
    viewer.close()
    screen.detail._attached.write_out(kept[1], str(tmp_path / "ra.m4a"))
    settle(opened.courier)
    assert (tmp_path / "ra.m4a").read_bytes() == b"am thanh" * 99


def test_a_file_that_kills_its_reader_ends_nothing_and_is_told(
    stage: Open, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = QImage(40, 30, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    picture.save(str(tmp_path / "ảnh.png"))
    entry = logged(desk, "Có tệp", attachments=(journal.keep_file(desk, tmp_path / "ảnh.png"),))
    opened = stage(desk)
    screen = journal_of(opened)
    screen.open_record("contact", entry.id)
    settle(opened.courier)
    told: list[DeskError] = []
    opened.courier.failed.connect(lambda failure: told.append(failure.error))
    dying = tmp_path / "dying"
    dying.write_text("#!/bin/sh\nkill -SEGV $$\n", encoding="utf-8")
    dying.chmod(0o755)
    with monkeypatch.context() as changed:
        changed.setattr(sys, "executable", str(dying))
        screen.detail._attached.look_at(entry.attachments[0])
        settle(opened.courier)
    assert [word(fault)[:44] for fault in told] == ["Tệp này làm bộ đọc tệp dừng giữa chừng: nó h"]
    assert not list(opened.window.findChildren(Viewer))
    screen.detail._attached.look_at(entry.attachments[0])
    settle(opened.courier)
    assert len(list(opened.window.findChildren(Viewer))) == 1
