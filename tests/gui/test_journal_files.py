"""Files and large texts reach the contact form by paste, drop and dialog; what cannot be taken is said."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spokesdesk.gui.journal.form import ContactForm
from spokesdesk.services import journal
from spokesdesk.services.ports import Desk
from tests.gui.desk_fixtures import entries, open_form
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
    paper.write_bytes(b"%PDF-1.7 giay")
    form.inputs.journalist.setText("Vũ Quốc Huy")
    form.inputs.topic.setText("Có tệp")
    dropped(form, paper)
    form.save()
    settle(opened.courier)
    kept = entries(desk)[0].attachments
    assert [file.name for file in kept] == ["giấy giới thiệu.pdf"]
    assert journal.file_bytes(desk, kept[0].sha256) == b"%PDF-1.7 giay"


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
    paper.write_bytes(b"%PDF-1.7 giay")
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
