"""The register as it is printed: landscape, a cover, the heads again on every page, every row there."""

import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from spokesdesk.domain.register import Register, RegisterRow, columns
from spokesdesk.typeset.register import WIDTHS, register_pdf

TODAY = date(2026, 11, 22)


def row(number: int) -> RegisterRow:
    return RegisterRow(
        number=number,
        mark=f"{number:02d}/STTTT-TTBCXB",
        on=date(2026, 1, 5) + timedelta(days=number),
        subject=f"Thông báo: lịch tiếp báo chí lần {number} <kèm & danh sách>",
        signer="Nguyễn Văn Ổn",
        recipients="Tổng Biên tập Báo Điện tử Sông Vàm; Ủy ban nhân dân tỉnh",
        archive="VT, TTBCXB",
        copies=5,
        sent_on=TODAY,
        receipt="",
        note="Thu hồi: sai thẩm quyền" if number == 3 else "",
    )


def book(count: int) -> Register:
    rows = tuple(row(number) for number in range(1, count + 1))
    return Register("Sở Thông tin và Truyền thông", "UBND tỉnh Long An", 2026, "Công văn", rows)


def judged(tool: str, pdf: bytes, tmp_path: Path, *words: str) -> str:
    path = tmp_path / "so.pdf"
    path.write_bytes(pdf)
    try:
        done = subprocess.run(
            [tool, *words, str(path), *(["-"] if tool == "pdftotext" else [])],
            check=True,
            capture_output=True,
            timeout=60,
        )
    except FileNotFoundError:
        pytest.fail(f"{tool} is missing: sudo apt-get install -y poppler-utils")
    return done.stdout.decode()


def test_it_is_landscape_with_heads_and_numbers_on_every_page(tmp_path: Path) -> None:
    pdf = register_pdf(book(60), TODAY)
    told = judged("pdfinfo", pdf, tmp_path)
    size = next(line for line in told.splitlines() if line.startswith("Page size"))
    assert "841.89 x 595.276 pts (A4)" in size
    pages = judged("pdftotext", pdf, tmp_path, "-layout").split("\f")[:-1]
    assert len(pages) > 4
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐI" in pages[0]
    for line in (
        "SỞ THÔNG TIN VÀ TRUYỀN THÔNG",
        "Năm: 2026",
        "Từ số 01 đến số 60",
        "Từ ngày 06/01/2026",
        "Quyển số",
    ):
        assert line in pages[0]
    for n, page in enumerate(pages[1:], 1):
        assert "(10)" in page
        assert page.split()[0] == str(n)
    marks = [word for page in pages[1:] for word in page.split() if word.endswith("/STTTT-TTBCXB")]
    assert len(marks) == 60
    assert "<kèm" in "".join(pages)


def test_only_liberation_serif_is_in_it_and_every_face_is_embedded(tmp_path: Path) -> None:
    listed = judged("pdffonts", register_pdf(book(3), TODAY), tmp_path).splitlines()[2:]
    assert listed
    assert all("LiberationSerif" in line and " yes yes yes " in line for line in listed)


def test_equal_registers_give_equal_bytes_and_an_empty_one_says_so(tmp_path: Path) -> None:
    assert register_pdf(book(5), TODAY) == register_pdf(book(5), TODAY)
    assert "Chưa có văn bản nào" in judged("pdftotext", register_pdf(book(0), TODAY), tmp_path)


def test_the_columns_fill_the_width_between_the_margins() -> None:
    assert sum(WIDTHS) == 267
    assert len(WIDTHS) == len(columns()) == 10
