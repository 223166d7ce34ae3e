"""Where signature and seal stand, as poppler paints them."""

import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from PIL import Image

from spokesdesk.domain.signing import OPEN_FIELDS
from spokesdesk.typeset.faces import width
from spokesdesk.typeset.places import places
from tests import pki
from tests.typeset.signed import Judge, by_agency, by_leader, letter

MM = 72 / 25.4


def test_the_signature_stands_in_the_middle_between_post_and_name_and_the_seal_over_its_left_third(
    judge: Judge, tmp_path: Path
) -> None:
    made = by_agency(by_leader(image=pki.blue_signature()), pki.red_seal(36))
    with pdfplumber.open(BytesIO(made)) as book:
        lines = book.pages[-1].extract_text_lines()
    post = next(line for line in lines if "PHÓ GIÁM ĐỐC" in line["text"])
    name = next(line for line in lines if "Nguyễn Văn Ổn" in line["text"])
    room = next(word for word in pdf_words(made) if word["text"] == "PHÓ")
    blue, red = inked(judge, tmp_path, made)
    middle = (blue[0] + blue[2]) / 2
    name_words = [word for word in pdf_words(made) if word["text"] in ("Nguyễn", "Ổn")]
    assert middle == pytest.approx((name_words[0]["x0"] + name_words[-1]["x1"]) / 2, abs=2)
    assert blue[1] > post["bottom"] - 3
    assert blue[3] < name["top"] + 3
    gap_above, gap_below = blue[1] - room["bottom"], name["top"] - blue[3]
    assert gap_above == pytest.approx(gap_below, abs=12)
    assert (red[2] - red[0]) / MM == pytest.approx(36, abs=0.6)
    assert (red[3] - red[1]) / MM == pytest.approx(36, abs=0.6)
    third = blue[0] + (blue[2] - blue[0]) / 3
    assert red[2] == pytest.approx(third, abs=2)


def pdf_words(pdf: bytes) -> list[dict[str, Any]]:
    with pdfplumber.open(BytesIO(pdf)) as book:
        return list(book.pages[-1].extract_words())


def inked(judge: Judge, folder: Path, pdf: bytes) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Give where blue and red are on the last page as poppler paints it, points from the top left."""
    (folder / "paint.pdf").write_bytes(pdf)
    subprocess.run(
        [judge("pdftoppm"), "-r", "144", "-png", "-singlefile", "-f", "1", "paint.pdf", "paint"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    page = Image.open(folder / "paint.png").convert("RGB")
    red, _green, blue = page.split()
    only_blue = Image.eval(red, lambda one: 255 if one < 90 else 0)
    bluish = Image.eval(blue, lambda one: 255 if one > 150 else 0)
    reddish = Image.eval(red, lambda one: 255 if one > 180 else 0)
    not_blue = Image.eval(blue, lambda one: 255 if one < 90 else 0)
    found = []
    for first, second in ((only_blue, bluish), (reddish, not_blue)):
        both = Image.composite(first, Image.new("L", page.size), second)
        box = both.getbbox()
        assert box is not None
        found.append(tuple(one / 2 for one in box))
    return found[0], found[1]


def test_a_seal_of_another_size_is_shown_at_its_own(judge: Judge, tmp_path: Path) -> None:
    made = by_agency(by_leader(image=pki.blue_signature()), pki.red_seal(42))
    _blue, red = inked(judge, tmp_path, made)
    assert (red[2] - red[0]) / MM == pytest.approx(42, abs=0.6)


@pytest.mark.parametrize("size", [13, 14])
def test_the_blanks_hold_what_the_registry_writes(size: int) -> None:
    blanks = {blank.name: blank for blank in places(letter(size=size)).blanks}
    assert set(blanks) == set(OPEN_FIELDS)
    for name, written in (
        ("SoVanBan", "9999"),
        ("NgayVanBan", "30"),
        ("ThangVanBan", "12"),
        ("NamVanBan", " 2026"),
    ):
        blank = blanks[name]
        assert blank.rect[2] - blank.rect[0] >= width(written, blank.size, italic=blank.italic) / 20 - 0.1
        assert blank.italic is (name != "SoVanBan")


def test_a_numbered_paper_has_no_blanks() -> None:
    assert places(letter(number=5, date_on=date(2026, 11, 20))).blanks == ()
