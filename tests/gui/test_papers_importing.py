"""Taking text into a paper: Word files, pastes, find and replace; nothing is lost, everything can be undone."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from spokesdesk import assets
from spokesdesk.domain.blocks import read_body
from spokesdesk.domain.legacy_text import encode, encodings_from
from spokesdesk.gui.editor.box import EditorBox
from spokesdesk.gui.editor.finding import FindBar
from spokesdesk.gui.editor.pasting import PasteNote
from spokesdesk.gui.theme import Theme
from spokesdesk.services import papers
from tests.desks import Office
from tests.gui.realcase import papers_screen, press, rest
from tests.gui.stage import Stage
from tests.gui.typing import WAYS, check_field
from tests.typeset.foreign import data_of, official_letter

Open = Callable[..., Stage]
TCVN3, VNI = encodings_from(tomllib.loads(assets.read_text("formats", "legacy_encodings.toml")))
WORD = (
    "<html><head><style>p {color: red}</style></head><body><!--StartFragment-->"
    "<p class=MsoNormal><b>Kính gửi:</b> Báo <i>Tuổi Trẻ</i></p><h2>I. Kết quả</h2>"
    "<p class=MsoListParagraph><![if !supportLists]><span>1.<span>&nbsp;&nbsp; </span></span><![endif]>Mục</p>"
    "<ul><li>một</li><li>hai</li></ul>"
    "<table><tr><td><b>TT</b></td><td><b>Tên</b></td></tr><tr><td>1</td><td>a|b</td></tr></table>"
    '<img src="file:///etc/hostname"><img src="http://127.0.0.1:9/x.png"><script>alert(1)</script>'
    "<!--EndFragment--></body></html>"
)


@pytest.fixture
def box(qtbot: QtBot, theme: Theme) -> EditorBox:
    made = EditorBox(theme)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.edit.setFocus()
    return made


def mime(text: str = "", html: str = "") -> QMimeData:
    made = QMimeData()
    if text:
        made.setText(text)
    if html:
        made.setHtml(html)
    return made


def note_of(box: EditorBox) -> PasteNote:
    return cast(PasteNote, box.findChild(PasteNote))


def test_a_paste_from_word_becomes_blocks_and_one_undo_takes_it_out(box: EditorBox) -> None:
    box.edit.insertFromMimeData(mime("chữ trơn", WORD))
    assert "*" not in box.edit.toPlainText()
    assert box.edit.text() == (
        "**Kính gửi:** Báo *Tuổi Trẻ*\n\n# I. Kết quả\n\n1. Mục\n\n- một\n\n- hai\n\n"
        "| TT | Tên |\n|---|---|\n| 1 | a\\|b |"
    )
    assert "2 hình ảnh" in note_of(box).accessibleName()
    box.edit.undo()
    assert box.edit.toPlainText() == ""


def test_plain_text_is_tidied(box: EditorBox) -> None:
    box.edit.insertFromMimeData(mime("cải\u00a0chính\u200b thông\u00ad tin, 5 * 3"))
    assert box.edit.toPlainText() == "cải chính thông tin, 5 * 3"
    assert note_of(box).isHidden()


@pytest.mark.parametrize("encoding", [TCVN3, VNI], ids=["tcvn3", "vni"])
def test_old_text_is_converted_and_the_original_can_be_had_back(box: EditorBox, encoding: object) -> None:
    sentence = "đề nghị quý báo cải chính thông tin"
    old = encode(sentence, TCVN3 if encoding is TCVN3 else VNI)
    box.edit.insertFromMimeData(mime(old))
    assert box.edit.toPlainText() == sentence
    assert "Unicode" in note_of(box).accessibleName()
    note_of(box).take_back()
    assert box.edit.toPlainText() == old
    assert note_of(box).isHidden()


def test_the_way_back_is_gone_once_something_else_is_typed(box: EditorBox) -> None:
    box.edit.insertFromMimeData(mime(encode("đề nghị quý báo", TCVN3)))
    box.edit.insertPlainText(" rồi gõ tiếp")
    assert note_of(box).isHidden()
    assert box.edit.toPlainText() == "đề nghị quý báo rồi gõ tiếp"


def test_copying_inside_the_text_keeps_its_marks(box: EditorBox) -> None:
    text = "**đậm** và \\| vạch\n\n# Điều 1. A\n\n| a | *b* |\n|---|:---:|\n| c | d |\n\nhết"
    box.edit.set_text(text)
    box.edit.selectAll()
    copied = box.edit.createMimeDataFromSelection()
    box.edit.moveCursor(QTextCursor.MoveOperation.End)
    box.edit.insertFromMimeData(copied)
    assert box.edit.text() == text + text
    box.edit.undo()
    assert box.edit.text() == text


def test_plain_text_is_taken_letter_by_letter(box: EditorBox) -> None:
    box.edit.insertFromMimeData(mime("# không là đề mục\n5 * 3 * 2 và **sao**\n| vạch |"))
    assert box.edit.toPlainText() == "# không là đề mục\n5 * 3 * 2 và **sao**\n| vạch |"
    assert [type(block).__name__ for block in box.edit.blocks()] == ["Paragraph"] * 3
    assert read_body(box.edit.text()) == box.edit.blocks()


def test_pasting_between_words_and_into_a_cell(box: EditorBox) -> None:
    box.edit.set_text("trước sau\n\n| a | b |\n|---|---|\n| c | d |")
    cursor = box.edit.textCursor()
    cursor.setPosition(6)
    box.edit.setTextCursor(cursor)
    box.edit.insertFromMimeData(mime("x", "<p>một <b>hai</b></p><h2>I. Ba</h2>"))
    assert box.edit.text().startswith("trước một **hai**\n\n# I. Ba\n\nsau\n\n| a | b |")
    box.edit.moveCursor(QTextCursor.MoveOperation.End)
    box.edit.moveCursor(QTextCursor.MoveOperation.Left)
    box.edit.insertFromMimeData(mime("x", "<p>một</p><table><tr><td>2</td><td>3</td></tr></table>"))
    assert box.edit.text().endswith("| c | dmột 2 3 |")


def test_nothing_that_pasted_text_points_to_is_opened(box: EditorBox, tmp_path: Path) -> None:
    picture = tmp_path / "anh.png"
    picture.write_bytes(b"x")
    address = QUrl.fromLocalFile(str(picture))
    box.edit.insertFromMimeData(mime("x", f'<p>a<img src="{address.toString()}">b</p>'))
    assert "\ufffc" not in box.edit.toPlainText()
    # Even text that came in another way has nothing to show.
    box.edit.setHtml(f'<p>a<img src="{address.toString()}">b</p>')
    asked = box.edit.document().resource(2, address)
    assert asked is None
    dropped = QMimeData()
    dropped.setUrls([address])
    assert not box.edit.canInsertFromMimeData(dropped)


def bar_of(box: EditorBox) -> FindBar:
    press(box.edit, Qt.Key.Key_H, ctrl=True)
    assert box.bar is not None
    assert box.bar.isVisible()
    return box.bar


def test_find_counts_with_accents_and_without(box: EditorBox) -> None:
    box.edit.set_text("Cải chính, cái chính, CẢI CHÍNH 😀 cai chinh")
    bar = bar_of(box)
    bar.wanted.setText("cải chính")
    assert bar.count.text() == "2 chỗ"
    bar.accents.setChecked(False)
    assert bar.count.text() == "4 chỗ"
    for expected in ("Cải chính", "cái chính", "CẢI CHÍNH", "cai chinh", "Cải chính"):
        QTest.keyClick(bar.wanted, Qt.Key.Key_Return)
        assert box.edit.textCursor().selectedText() == expected
    bar.back()
    assert box.edit.textCursor().selectedText() == "cai chinh"


def test_replacing_all_is_one_step_back(box: EditorBox) -> None:
    text = "ông A nói; 😀 ông B nói; ÔNG C nói"
    box.edit.setPlainText(text)
    bar = bar_of(box)
    bar.wanted.setText("ông")
    bar.put.setText("Ông")
    bar.replace_all()
    assert box.edit.toPlainText() == "Ông A nói; 😀 Ông B nói; Ông C nói"
    assert "3" in bar.count.text()
    box.edit.undo()
    assert box.edit.toPlainText() == text
    bar.go_on()
    bar.replace()
    assert box.edit.toPlainText().count("Ông") == 1


def test_a_frozen_text_can_be_searched_and_not_changed(box: EditorBox) -> None:
    box.edit.setPlainText("ông A")
    box.set_frozen(True)
    box.edit.setFocus()
    bar = bar_of(box)
    bar.wanted.setText("ông")
    assert bar.count.text() == "1 chỗ"
    bar.go_on()
    bar.replace()
    bar.replace_all()
    assert box.edit.toPlainText() == "ông A"


def test_escape_closes_the_bar_and_goes_back_to_the_text(box: EditorBox) -> None:
    bar = bar_of(box)
    QTest.keyClick(bar.wanted, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert box.edit.hasFocus()


@pytest.mark.parametrize("way", WAYS)
def test_the_bar_takes_vietnamese(box: EditorBox, way: str) -> None:
    bar = bar_of(box)
    assert check_field(bar.wanted, way) == ""
    assert check_field(bar.put, way) == ""


def test_a_word_file_becomes_a_draft_with_its_notes_beside_it(
    stage: Open, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "công văn.docx"
    file.write_bytes(data_of(official_letter()))
    opened = stage(office.drafter)
    screen = papers_screen(opened)
    screen.importing.take(str(file))
    qtbot.waitUntil(lambda: screen.shows_page)
    rest(opened, screen.page, qtbot)
    assert screen.page.form.letter().subject == "đề nghị cải chính thông tin về ông V.H.T."
    said = "\n".join(screen.page.notes.imported.texts())
    assert "công văn.docx" in said
    assert "(Đã ký)" in said
    (row,) = papers.paper_rows(office.drafter, papers.paper_numbers(office.drafter))
    assert papers.paper(office.drafter, row.id).letter.recipients == ("Như trên", "UBND tỉnh (b/c)")
    screen.new("cong-van")
    assert screen.page.notes.imported.texts() == ()


def test_a_damaged_file_is_refused_and_nothing_is_made(
    stage: Open, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "hỏng.docx"
    file.write_bytes(data_of(official_letter())[:900])
    opened = stage(office.drafter)
    screen = papers_screen(opened)
    screen.importing.take(str(file))
    rest(opened, screen.page, qtbot)
    assert not screen.shows_page
    assert papers.paper_numbers(office.drafter) == ()
