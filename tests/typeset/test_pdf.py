"""The PDF file: its fonts, text, properties, and that equal letters give equal bytes."""

import io
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest

from spokesdesk import assets
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.words import word
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.pages import page_count, page_images
from spokesdesk.typeset.to_pdf import to_pdf
from tests.typeset import poppler
from tests.typeset.corpus import LETTER, VARIANTS

ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def test_fonts_are_embedded_subsets_that_map_to_unicode(tmp_path: Path) -> None:
    for name in ("letter-14", "annexes", "letter-13-urgent"):
        rows = poppler.fonts(to_pdf(compose(VARIANTS[name])), str(tmp_path))
        assert rows
        for row in rows:
            assert re.search(r"LiberationSerif\S*\s+TrueType\s+WinAnsi\s+yes yes yes", row), row


def test_every_vietnamese_letter_comes_out_of_every_face_as_nfc() -> None:
    small = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | set(ALPHABET)
    letters = " ".join(sorted(small | {letter.upper() for letter in small}))
    for stars in ("", "*", "**", "***"):
        pdf = to_pdf(compose(replace(LETTER, body=f"{stars}{letters}{stars}")))
        text = " ".join(poppler.text(pdf).split())
        missing = [letter for letter in letters.split() if letter not in text]
        assert missing == []
        assert unicodedata.is_normalized("NFC", text)


def test_a_whole_sentence_is_found_in_the_text() -> None:
    text = " ".join(poppler.text(to_pdf(compose(LETTER))).split())
    assert "Từ các nội dung nêu trên, Sở Thông tin và Truyền thông đề nghị quý Báo:" in text
    assert text.index("Kính gửi") < text.index("Căn cứ Điều 42") < text.index("Nơi nhận")


def test_title_language_and_day_are_in_the_file() -> None:
    pdf = to_pdf(compose(LETTER))
    with pdfplumber.open(io.BytesIO(pdf)) as book:
        assert book.metadata["Title"] == f"Công văn: {LETTER.subject}"
        assert book.metadata["Author"] == LETTER.agency
        assert book.metadata["CreationDate"].startswith("D:20180312")
        assert book.doc.catalog["Lang"] == b"vi-VN"


@pytest.mark.parametrize("name", ["letter-14", "letter-13-draft", "annexes", "release-13-table"])
def test_equal_letters_give_equal_bytes(name: str) -> None:
    assert to_pdf(compose(VARIANTS[name])) == to_pdf(compose(VARIANTS[name]))


def test_a_character_without_a_glyph_is_named_with_its_place() -> None:
    with pytest.raises(UserError) as caught:
        to_pdf(compose(replace(LETTER, body="Kết quả: 漢 đạt.")))
    assert "漢" in word(caught.value)
    assert "U+6F22" in word(caught.value)


def test_a_word_longer_than_a_line_is_cut_and_nothing_is_lost() -> None:
    long = "x" * 700
    pdf = to_pdf(compose(replace(LETTER, body=f"Xem {long} nhé.")))
    assert "".join(poppler.text(pdf).split()).count("x") >= 700
    for page in poppler.words(pdf):
        assert max(found.x1 for found in page) <= 595.3 - 15 / 25.4 * 72 + 1


def test_a_body_that_ends_in_its_own_way_is_closed_once() -> None:
    for end in ("", ".", ";", "./.", " ./."):
        text = " ".join(poppler.text(to_pdf(compose(replace(LETTER, body=f"Trân trọng{end}")))).split())
        assert text.count("./.") == 1
        assert "Trân trọng./." in text or "Trân trọng ./." in text


def test_a_letter_being_written_can_be_seen_however_empty() -> None:
    for letter in VARIANTS.values():
        bare = type(letter)(letter.kind)
        assert page_count(to_pdf(compose(bare))) == 1


def test_the_shipped_faces_are_the_unmodified_ones() -> None:
    text = assets.read_text("fonts", "LICENSE-Liberation.txt")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert "Reserved Font Name Liberation" in text


def test_page_images_are_the_pages() -> None:
    pdf = to_pdf(compose(LETTER))
    images = page_images(pdf, 96)
    assert len(images) == page_count(pdf)
    for image in images:
        assert (image.width, image.height) == (794, 1123)
        assert len(image.bgra) == image.stride * image.height
        dark = sum(value < 80 for value in image.bgra[::4])
        assert 0.001 < dark / (image.width * image.height) < 0.2
    assert page_images(pdf, 96, range(1, 9)) == images[1:]


def test_what_is_no_pdf_is_refused() -> None:
    for junk in (b"", b"xin chao", b"%PDF-1.7"):
        with pytest.raises(UserError):
            page_count(junk)
        with pytest.raises(UserError):
            page_images(junk, 96)
