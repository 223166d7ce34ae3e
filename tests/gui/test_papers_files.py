"""A paper as a file and on paper: the same bytes that were kept, page by page, and errors in words."""

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from spokesdesk.domain.letters import Annex
from spokesdesk.domain.papers import Paper
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.printing import PdfPrinting, printer_named
from spokesdesk.services import papers
from tests.desks import Office
from tests.gui.realcase import letter, open_paper, rest
from tests.gui.stage import Stage, settle
from tests.outside.cups_desk import QUEUE, print_shop

Open = Callable[..., Stage]


@pytest.fixture
def numbered(office: Office) -> Paper:
    """A paper with its number."""
    paper = letter(office.drafter, "Đề nghị cải chính: bài /báo\\ xấu?")
    papers.submit(office.drafter, paper.id)
    papers.approve(office.leader, paper.id)
    return papers.number(office.registry, paper.id, 12)[0]


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_export_writes_the_kept_file_under_a_plain_name(
    stage: Open, office: Office, qtbot: QtBot, numbered: Paper, form: str, tmp_path: Path
) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, numbered, qtbot)
    page.export(form)
    dialogs: Iterable[QFileDialog] = opened.window.findChildren(QFileDialog)
    (dialog,) = dialogs
    (offered,) = dialog.selectedFiles()
    assert Path(offered).name == f"12-STTTT-TTBCXB_de-nghi-cai-chinh--bai--bao--xau-.{form}"
    dialog.close()
    target = tmp_path / f"Công văn.{form}"
    page.exports.write_to(str(target))
    settle(opened.courier)
    assert target.read_bytes() == papers.file(office.drafter, numbered.id, form)


def test_export_to_a_place_that_cannot_be_written_says_so(
    stage: Open, office: Office, qtbot: QtBot, numbered: Paper, tmp_path: Path
) -> None:
    opened = stage(office.drafter)
    page = open_paper(opened, numbered, qtbot)
    page.export("pdf")
    page.exports.write_to(str(tmp_path / "không có" / "a.pdf"))
    settle(opened.courier)
    assert "Không ghi được" in opened.window.status_line.said()
    assert list(tmp_path.glob("**/*.part")) == []


def printed(qtbot: QtBot, courier: Courier, owner: QObject, pdf: bytes, target: Path) -> None:
    """Print through Qt, as on Windows, onto sheets kept as a PDF."""
    printer = printer_named("")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    job = PdfPrinting(courier, owner)
    with qtbot.waitSignal(job.done, timeout=30_000):
        job.start(pdf, printer, "Công văn")


def test_qt_prints_each_page_where_it_stands_in_the_pdf(
    qtbot: QtBot, courier: Courier, office: Office, tmp_path: Path
) -> None:
    made = letter(office.drafter, "hai trang và một phụ lục", "Một đoạn khá dài của công văn. " * 150).letter
    wide = replace(made, annexes=(Annex("DANH SÁCH", "Dòng của phụ lục.", landscape=True),))
    pdf = papers.render(wide).pdf
    owner = QObject()
    printed(qtbot, courier, owner, pdf, tmp_path / "in.pdf")
    wanted = papers.preview_pdf(pdf, 60)
    sheets = papers.preview_pdf((tmp_path / "in.pdf").read_bytes(), 60)
    assert len(wanted) >= 3
    for sheet, page in zip(sheets, wanted, strict=True):
        assert (sheet.width, sheet.height) == pytest.approx((page.width, page.height), abs=1)
        assert inked(sheet) == pytest.approx(inked(page), abs=1)


def inked(page: papers.PageImage) -> tuple[int, int, int, int]:
    """Give the box that the ink of a page fills: left, top, right, bottom; at 60 dpi a pixel is 0.4 mm."""
    dark = [at for at in range(0, len(page.bgra), 4) if page.bgra[at] < 160]
    columns, rows = [at // 4 % page.width for at in dark], [at // 4 // page.width for at in dark]
    return min(columns), min(rows), max(columns), max(rows)


def test_printing_goes_to_the_printer_chosen(
    stage: Open,
    office: Office,
    qtbot: QtBot,
    numbered: Paper,
    judge: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with tempfile.TemporaryDirectory(prefix="cups-") as folder, print_shop(Path(folder), judge) as shop:
        monkeypatch.setenv("CUPS_SERVER", shop.server)
        opened = stage(office.registry)
        page = open_paper(opened, numbered, qtbot)
        opened.control.obey("print")
        rest(opened, page, qtbot)
        assert page.print_panel.printer.value() == QUEUE
        page.print_panel.copies.setText("0")
        page.print_panel.send()
        assert page.print_panel.copies.property("wrong")
        page.print_panel.copies.setText("1")
        with qtbot.waitSignal(page.print_panel.sent, timeout=30_000) as sent:
            page.print_panel.send()
        sheets = papers.preview_pdf(shop.printed(str(sent.args[0])).read_bytes(), 60)
    wanted = papers.preview_pdf(papers.file(office.registry, numbered.id, "pdf"), 60)
    for sheet, original in zip(sheets, wanted, strict=True):
        assert inked(sheet) == pytest.approx(inked(original), abs=1)


def test_a_printer_that_vanishes_is_said_and_nothing_is_lost(
    stage: Open,
    office: Office,
    qtbot: QtBot,
    numbered: Paper,
    judge: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with tempfile.TemporaryDirectory(prefix="cups-") as folder, print_shop(Path(folder), judge) as shop:
        monkeypatch.setenv("CUPS_SERVER", shop.server)
        opened = stage(office.registry)
        page = open_paper(opened, numbered, qtbot)
        opened.control.obey("print")
        rest(opened, page, qtbot)
        page.print_panel.copies.setText("3")
        page.print_panel.duplex.setChecked(True)
    page.print_panel.button.click()
    rest(opened, page, qtbot)
    panel = page.print_panel
    assert panel.isVisible()
    assert QUEUE in panel.problem.accessibleName()
    assert (panel.copies.text(), panel.duplex.isChecked()) == ("3", True), (
        "what was chosen waits for a printer"
    )
    assert papers.paper(office.registry, numbered.id) == numbered
