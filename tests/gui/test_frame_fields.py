"""Fields, suggestions and attachments: what is typed stays, and nothing is taken that was not meant."""

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import Attachment
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.drop import DropArea, shown_name, size_text
from spokesdesk.gui.widgets.fields import (
    PASTE_LIMIT,
    DateEdit,
    DateTimeEdit,
    Field,
    LineEdit,
    TextEdit,
    show_field_error,
)
from spokesdesk.gui.widgets.suggest import Suggest
from spokesdesk.services.ports import Suggestion
from tests.gui.stage import settle

KNOWN = [
    Suggestion(uuid4(), "Báo Tuổi Trẻ", "TP. Hồ Chí Minh"),
    Suggestion(uuid4(), "Báo Tuổi Trẻ Cười"),
]


@pytest.fixture
def page(qtbot: QtBot, theme: Theme) -> QWidget:
    """A form to put fields on."""
    made = QWidget()
    QVBoxLayout(made)
    made.resize(500, 400)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def put(page: QWidget, field: QWidget) -> None:
    layout = page.layout()
    assert layout is not None
    layout.addWidget(field)
    field.show()
    field.setFocus()


def names(words: str) -> Sequence[Suggestion]:
    return KNOWN if words else []


@pytest.fixture
def suggest(page: QWidget, theme: Theme, courier: Courier) -> Suggest:
    made = Suggest(courier, theme, names, parent=page)
    put(page, made)
    put(page, LineEdit(parent=page))
    made.setFocus()
    return made


def offer(suggest: Suggest, qtbot: QtBot, typed: str) -> None:
    QTest.keyClicks(suggest, typed)
    qtbot.waitUntil(lambda: suggest.is_offering)


def test_enter_takes_the_first_name_and_the_form_hears_of_it(suggest: Suggest, qtbot: QtBot) -> None:
    offer(suggest, qtbot, "tuoi tre")
    with qtbot.waitSignal(suggest.chosen):
        QTest.keyClick(suggest, Qt.Key.Key_Return)
    assert suggest.text() == "Báo Tuổi Trẻ"
    assert suggest.suggestion() == KNOWN[0]


def test_arrows_then_tab_take_another_name_and_go_on(suggest: Suggest, qtbot: QtBot) -> None:
    offer(suggest, qtbot, "tuoi")
    QTest.keyClick(suggest, Qt.Key.Key_Down)
    QTest.keyClick(suggest, Qt.Key.Key_Tab)
    assert suggest.suggestion() == KNOWN[1]
    assert not suggest.hasFocus()


def test_a_new_name_written_with_its_accents_is_kept_by_tab(suggest: Suggest, qtbot: QtBot) -> None:
    suggest.setText("Báo Tuổi Trẻ Th")
    offer(suggest, qtbot, "anh Hoa")
    QTest.keyClick(suggest, Qt.Key.Key_Tab)
    assert suggest.text() == "Báo Tuổi Trẻ Thanh Hoa"
    assert suggest.suggestion() is None


def test_escape_closes_the_popup_and_keeps_what_was_typed(suggest: Suggest, qtbot: QtBot) -> None:
    offer(suggest, qtbot, "tuoi")
    QTest.keyClick(suggest, Qt.Key.Key_Escape)
    assert not suggest.is_offering
    assert suggest.text() == "tuoi"


def test_a_name_changed_by_hand_is_no_longer_the_one_chosen(suggest: Suggest, qtbot: QtBot) -> None:
    offer(suggest, qtbot, "tuoi")
    QTest.keyClick(suggest, Qt.Key.Key_Return)
    QTest.keyClicks(suggest, " online")
    assert suggest.suggestion() is None


def test_text_becomes_nfc_when_the_field_is_left_not_while_typing(page: QWidget) -> None:
    field, other = LineEdit(parent=page), LineEdit(parent=page)
    put(page, field)
    put(page, other)
    field.setFocus()
    decomposed = unicodedata.normalize("NFD", "Đặng Thị Ấn")
    field.insert(decomposed)
    assert field.text() == decomposed
    other.setFocus()
    assert field.text() == "Đặng Thị Ấn"


def test_ten_megabytes_pasted_are_refused_in_words_and_what_was_typed_stays(
    page: QWidget, qtbot: QtBot
) -> None:
    edit = TextEdit(parent=page)
    field = Field("Câu hỏi", edit, "questions", parent=page)
    put(page, field)
    edit.set_text("Đơn giá đền bù?")
    mime = QMimeData()
    mime.setText("ấ" * 10_000_000)
    edit.insertFromMimeData(mime)
    assert edit.text() == "Đơn giá đền bù?"
    assert "10.000.000" in field.error()
    assert f"{PASTE_LIMIT:,}".replace(",", ".") in field.error()


def test_pasted_rich_text_comes_as_plain_nfc_text(page: QWidget) -> None:
    edit = TextEdit(parent=page)
    put(page, edit)
    mime = QMimeData()
    mime.setHtml("<b>đậm</b>")
    mime.setText(unicodedata.normalize("NFD", "đậm"))
    edit.insertFromMimeData(mime)
    assert edit.toPlainText() == "đậm"


def test_moments_are_utc_outside_and_vietnamese_time_inside(page: QWidget) -> None:
    field = DateTimeEdit(page)
    field.set_at(datetime(2026, 11, 20, 18, 30, tzinfo=UTC))
    assert field.text() == "21/11/2026 01:30"
    assert field.at() == datetime(2026, 11, 20, 18, 30, tzinfo=UTC)


def test_a_day_that_does_not_exist_names_its_field(page: QWidget) -> None:
    field = DateEdit("card_issued", page)
    assert field.on() is None
    field.setText("31/02/2026")
    with pytest.raises(UserError) as caught:
        field.on()
    assert caught.value.field == "card_issued"


def test_an_error_is_said_at_its_field_for_eyes_and_ears(page: QWidget) -> None:
    fields = [
        Field("Chủ đề", LineEdit(parent=page), "topic"),
        Field("Câu hỏi", LineEdit(parent=page), "questions"),
    ]
    for field in fields:
        put(page, field)
    assert show_field_error(fields, "questions", "Cần ít nhất một câu hỏi.")
    assert [field.error() for field in fields] == ["", "Cần ít nhất một câu hỏi."]
    assert fields[1].edit.accessibleDescription() == "Cần ít nhất một câu hỏi."
    assert fields[1].edit.hasFocus()
    assert not show_field_error(fields, "unknown", "…")


def keep(path: Path, *, looked: bool = False) -> Attachment:
    if path.stat().st_size == 0:
        raise UserError("attachment_empty", field="attachments", name=path.name)
    return Attachment("0" * 64, path.name, path.stat().st_size)


def test_files_wait_in_memory_until_the_desk_is_open(
    page: QWidget, theme: Theme, courier: Courier, tmp_path: Path
) -> None:
    area = DropArea(courier, theme, page)
    put(page, area)
    paper = tmp_path / "quyết định 214.pdf"
    paper.write_bytes(b"%PDF-1.7")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(paper))])
    assert area._take(mime)
    assert area.is_waiting
    area.keep_with(keep)
    settle(courier)
    assert [(kept.name, kept.size) for kept in area.attachments()] == [("quyết định 214.pdf", 8)]
    assert not area.is_waiting


def test_a_file_that_cannot_be_kept_says_why_and_the_others_stay(
    page: QWidget, theme: Theme, courier: Courier, tmp_path: Path
) -> None:
    area = DropArea(courier, theme, page)
    area.keep_with(keep)
    put(page, area)
    for name, content in (("trống.pdf", b""), ("đủ.pdf", b"x")):
        (tmp_path / name).write_bytes(content)
        area.add(tmp_path / name)
    settle(courier)
    assert [kept.name for kept in area.attachments()] == ["đủ.pdf"]
    assert area._items[0].error
    assert not area.is_waiting


def test_a_screenshot_is_pasted_as_a_picture(page: QWidget, theme: Theme, courier: Courier) -> None:
    area = DropArea(courier, theme, page)
    area.keep_with(keep)
    put(page, area)
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    QGuiApplication.clipboard().setImage(picture)
    assert area.paste()
    settle(courier)
    assert area.attachments()[0].name.endswith(".png")


def test_a_name_that_hides_what_it_is_shows_its_marks() -> None:
    assert shown_name("\u202egpj.exe") == "\ufffdgpj.exe"
    assert shown_name("ảnh thẻ – 1.jpg") == "ảnh thẻ – 1.jpg"


def test_drafts_give_kept_files_back(page: QWidget, theme: Theme, courier: Courier) -> None:
    area = DropArea(courier, theme, page)
    area.set_attachments((Attachment("a" * 64, "ảnh.png", 1_468_006),))
    again = DropArea(courier, theme, page)
    again.restore(area.values())
    assert again.attachments() == area.attachments()


@pytest.mark.parametrize(
    ("size", "said"),
    [(0, "0 B"), (1023, "1023 B"), (1536, "1,5 KB"), (1_468_006, "1,4 MB"), (3 << 30, "3,0 GB")],
)
def test_sizes_read_as_people_say_them(size: int, said: str) -> None:
    assert size_text(size) == said
