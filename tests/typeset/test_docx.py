"""The .docx is an ordinary, editable Word document: named styles, real tables, a page number field, drawn rules."""

import io
import re
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENTATION
from docx.shared import Mm, Pt

from spokesdesk.domain.letters import Letter
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.to_docx import to_docx
from tests.typeset.corpus import LETTER, VARIANTS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PICTURES = re.compile(r"<w:drawing|<w:pict|<w:object|<v:|image/")


def opened(letter: Letter) -> Document:
    return docx.Document(io.BytesIO(to_docx(compose(letter))))


def parts(letter: Letter) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(to_docx(compose(letter)))) as file:
        return {name: file.read(name).decode("utf-8") for name in file.namelist()}


@pytest.mark.parametrize("name", VARIANTS)
def test_every_part_is_well_formed_and_holds_no_picture(name: str) -> None:
    for part, text in parts(VARIANTS[name]).items():
        ElementTree.fromstring(text)
        assert not PICTURES.search(text), part
        assert "___" not in text


@pytest.mark.parametrize("name", VARIANTS)
def test_equal_letters_give_equal_bytes(name: str) -> None:
    assert to_docx(compose(VARIANTS[name])) == to_docx(compose(VARIANTS[name]))


def test_every_paragraph_has_a_named_style_that_exists() -> None:
    document = opened(VARIANTS["headings"])
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    paragraphs = [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]
    assert paragraphs
    assert all(paragraph.style and paragraph.style.name.startswith("ND30 ") for paragraph in paragraphs)
    names = {paragraph.style.name for paragraph in paragraphs if paragraph.style}
    assert {
        "ND30 Quốc hiệu",
        "ND30 Nội dung",
        "ND30 Tên loại",
        "ND30 Nơi nhận",
        "ND30 Họ tên người ký",
    } <= names


def test_head_and_signature_are_two_column_tables() -> None:
    document = opened(LETTER)
    head, signature = document.tables
    assert [len(row.cells) for row in head.rows] == [2, 2]
    assert head.cell(0, 1).paragraphs[0].text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert head.cell(1, 0).paragraphs[0].text == "Số: 214/STTTT-TTBCXB"
    assert signature.cell(0, 0).paragraphs[0].text == "Nơi nhận:"
    assert signature.cell(0, 1).paragraphs[-1].text == "Nguyễn Văn A"


def test_page_and_margins() -> None:
    section = opened(LETTER).sections[0]
    page = (section.page_width, section.page_height)
    assert [round(length.mm) for length in page if length] == [210, 297]
    assert abs((section.left_margin or 0) - Mm(30)) < Pt(0.1)
    assert abs((section.right_margin or 0) - Mm(15)) < Pt(0.1)
    assert abs((section.top_margin or 0) - Mm(20)) < Pt(0.1)
    assert abs((section.bottom_margin or 0) - Mm(20)) < Pt(0.1)


def test_the_page_number_is_a_field_hidden_on_the_first_page() -> None:
    section = opened(LETTER).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert section.first_page_header.paragraphs[0].text == ""
    assert "PAGE" not in section.first_page_header._element.xml


def test_each_annex_is_a_section_numbered_from_one() -> None:
    document = opened(VARIANTS["annexes"])
    assert [section.orientation for section in document.sections] == [
        WD_ORIENTATION.PORTRAIT,
        WD_ORIENTATION.PORTRAIT,
        WD_ORIENTATION.LANDSCAPE,
    ]
    starts = re.findall(r'<w:pgNumType w:start="1"/>', parts(VARIANTS["annexes"])["word/document.xml"])
    assert len(starts) == 3
    assert "Phụ lục II" in [paragraph.text for paragraph in document.paragraphs]


def test_font_language_and_no_kerning() -> None:
    for text in (parts(LETTER)["word/styles.xml"], parts(LETTER)["word/document.xml"]):
        assert "w:kern" not in text
        assert set(re.findall(r'w:ascii="([^"]+)"', text)) <= {"Times New Roman"}
    styles = parts(LETTER)["word/styles.xml"]
    assert 'w:lang w:val="vi-VN"' in styles
    assert 'w:ascii="Times New Roman"' in styles


def test_properties_carry_the_letters_own_day() -> None:
    properties = opened(LETTER).core_properties
    assert properties.created == datetime(2018, 3, 12, tzinfo=UTC)
    assert properties.title == f"Công văn: {LETTER.subject}"
    assert properties.language == "vi-VN"
    with zipfile.ZipFile(io.BytesIO(to_docx(compose(LETTER)))) as file:
        assert {entry.date_time[:3] for entry in file.infolist()} == {(2018, 3, 12)}


def test_head_rows_of_tables_are_repeated() -> None:
    document = opened(VARIANTS["letter-14-table"])
    rows = document.tables[1].rows
    assert rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None
    assert rows[1]._tr.find(f"{W}trPr/{W}tblHeader") is None


def test_markup_characters_in_the_text_are_text() -> None:
    letter = type(LETTER)(LETTER.kind, agency="A & B", subject="<w:p> & \"x\" 'y'", body="1 < 2 & 3 > 2 ]]>")
    texts = [paragraph.text for paragraph in opened(letter).paragraphs]
    assert "1 < 2 & 3 > 2 ]]>./." in texts
    assert opened(letter).tables[0].cell(0, 0).paragraphs[0].text == "A & B"
