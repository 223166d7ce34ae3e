import io
import re
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.outside.cups import CupsPrinter
from tests.outside.cups_desk import QUEUE, PrintShop, print_shop

A4, A5 = (595.276, 841.89), (419.528, 595.276)
Judge = Callable[[str], str]


def pdf(pages: int = 2, size: tuple[float, float] = A4) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=size)
    for number in range(1, pages + 1):
        canvas.drawString(8, 8, f"page {number} low left")
        canvas.drawRightString(size[0] - 8, size[1] - 14, f"page {number} high right")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@pytest.fixture
def shop(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> Iterator[PrintShop]:
    with tempfile.TemporaryDirectory(prefix="cups-") as folder, print_shop(Path(folder), judge) as running:
        monkeypatch.setenv("CUPS_SERVER", running.server)
        yield running


def words(judge: Judge, file: Path) -> list[tuple[str, float, float]]:
    """Give each word with its place on the sheet in points, as another program reads it."""
    command = [judge("pdftotext"), "-bbox", str(file), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    lines = re.findall(r'<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)<', text)
    return [(word, float(x), float(y)) for x, y, word in lines]


def page_numbers(judge: Judge, file: Path) -> list[str]:
    """Give the number printed on each side of the sheets, "" for an empty one."""
    command = [judge("pdftotext"), "-layout", str(file), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    sides = [re.findall(r"page (\d)", side) for side in text.split("\f")[:-1]]
    return [found[0] if found else "" for found in sides]


def assert_same_places(printed: list[tuple[str, float, float]], sent: list[tuple[str, float, float]]) -> None:
    assert [word for word, _, _ in printed] == [word for word, _, _ in sent]
    for (_, x, y), (_, sent_x, sent_y) in zip(printed, sent, strict=True):
        assert abs(x - sent_x) < 1, "a word moved by a point or more"
        assert abs(y - sent_y) < 1


def sheets(judge: Judge, file: Path) -> tuple[int, str]:
    text = subprocess.run([judge("pdfinfo"), str(file)], capture_output=True, text=True, check=True).stdout
    facts = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
    return int(facts["Pages"]), facts["Page size"].strip()


def test_the_sheets_are_the_pdf_page_for_page_in_its_own_size(
    shop: PrintShop, judge: Judge, tmp_path: Path
) -> None:
    (tmp_path / "sent.pdf").write_bytes(pdf(3))
    printer = CupsPrinter()
    assert printer.names() == (QUEUE,)
    job = printer.print_pdf(pdf(3), title="Công văn số 214/STTTT-TTBCXB; “đề nghị” $(id)", printer=QUEUE)
    assert job == f"{QUEUE}-1"
    printed = shop.printed(job)
    pages, size = sheets(judge, printed)
    assert pages == 3
    assert "(A4)" in size
    assert_same_places(words(judge, printed), words(judge, tmp_path / "sent.pdf"))


def test_two_copies_come_out_one_after_the_other(shop: PrintShop, judge: Judge) -> None:
    printed = shop.printed(CupsPrinter().print_pdf(pdf(2), title="x", copies=2))
    numbers = [word for word, _, _ in words(judge, printed) if word.isdigit()]
    assert numbers == ["1", "1", "2", "2", "1", "1", "2", "2"]


def test_in_duplex_each_copy_begins_on_a_sheet_of_its_own(shop: PrintShop, judge: Judge) -> None:
    printed = shop.printed(CupsPrinter().print_pdf(pdf(3), title="x", copies=2, duplex=True))
    assert page_numbers(judge, printed) == ["1", "2", "3", "", "1", "2", "3", ""]


def test_one_side_is_one_side_even_where_the_printer_would_use_both(shop: PrintShop, judge: Judge) -> None:
    printed = shop.printed(CupsPrinter().print_pdf(pdf(3), title="x", copies=2))
    assert page_numbers(judge, printed) == ["1", "2", "3", "1", "2", "3"]


def test_a_slip_of_half_size_is_not_blown_up(shop: PrintShop, judge: Judge, tmp_path: Path) -> None:
    (tmp_path / "sent.pdf").write_bytes(pdf(1, A5))
    printed = shop.printed(CupsPrinter().print_pdf(pdf(1, A5), title="Phiếu hẹn"))
    sent = words(judge, tmp_path / "sent.pdf")
    got = words(judge, printed)
    assert [word for word, _, _ in got] == [word for word, _, _ in sent]
    assert got[3][1] - got[0][1] == pytest.approx(sent[3][1] - sent[0][1], abs=0.5)


def test_a_printer_that_is_not_there_is_named(shop: PrintShop) -> None:
    with pytest.raises(OutsideError, match="printer_missing") as caught:
        CupsPrinter().print_pdf(pdf(), title="x", printer="phòng 2")
    assert caught.value.params == {"printer": "phòng 2"}


def test_a_queue_that_takes_no_jobs_says_so(shop: PrintShop) -> None:
    shop.refuse()
    with pytest.raises(OutsideError, match="printer_failed") as caught:
        CupsPrinter().print_pdf(pdf(), title="x")
    assert caught.value.params["printer"] == QUEUE
    assert caught.value.params["detail"]


@pytest.mark.parametrize("copies", [0, -1, 100])
def test_an_odd_number_of_copies_names_the_field(copies: int) -> None:
    with pytest.raises(UserError, match="copies_limit") as caught:
        CupsPrinter().print_pdf(pdf(), title="x", copies=copies)
    assert caught.value.field == "copies"


def test_without_a_scheduler_or_the_command_nothing_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CUPS_SERVER", str(tmp_path / "nobody"))
    for path in ("/usr/bin:/bin", str(tmp_path)):
        monkeypatch.setenv("PATH", path)
        assert CupsPrinter().names() == ()
        with pytest.raises(OutsideError, match="printer_missing"):
            CupsPrinter().print_pdf(pdf(), title="x")
