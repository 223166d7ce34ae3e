"""One paper to many receivers, in the window."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from spokesdesk.domain.people import Outlet, OutletKind
from spokesdesk.gui.papers.batchpage import FILE, BatchPage
from spokesdesk.services import people
from tests.desks import Office
from tests.gui.realcase import letter, open_paper, papers_screen
from tests.gui.stage import Stage, settle
from tests.gui.typing import WAYS, check_field

Open = Callable[..., Stage]


@pytest.fixture
def page(stage: Open, office: Office, qtbot: QtBot) -> BatchPage:
    """The batch page with a paper and two outlets in the address book."""
    for name in ("Báo Ấp Bắc", "Báo Đồng Khởi"):
        people.save_outlet(
            office.drafter,
            Outlet(office.drafter.new_id(), name, OutletKind.DAILY, head_title="Tổng Biên tập"),
        )
    opened = stage(office.drafter)
    open_paper(opened, letter(office.drafter, "mời dự họp báo", "Kính mời {{name}} dự họp báo."), qtbot)
    screen = papers_screen(opened)
    screen.show_batch()
    settle(opened.courier)
    assert screen.batch is not None
    return screen.batch


def wait(page: BatchPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page._context.courier.is_at_rest, timeout=20_000)
    settle(page._context.courier)


def test_outlets_from_the_address_book(page: BatchPage, qtbot: QtBot, tmp_path: Path) -> None:
    assert page.template_name.accessibleName() == "mời dự họp báo"
    assert not page.button.isEnabled(), "nobody is chosen yet"
    page.outlets.search.setText("ap bac")
    page.outlets.tick_all()
    wait(page, qtbot)
    assert [one.name for one in page.outlets.chosen()] == ["Báo Ấp Bắc"]
    assert page.first.text() == "Thư đầu tiên: Báo Ấp Bắc"
    assert page.preview.pages.count == 1
    page.run_to(str(tmp_path / "ra"))
    wait(page, qtbot)
    assert page.results.texts() == [("1", "Đã lập", "Báo Ấp Bắc", "001_bao-ap-bac.pdf")]
    assert (tmp_path / "ra" / "001_bao-ap-bac.docx").exists()


def test_a_list_with_bad_rows(page: BatchPage, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "ds.csv").write_text("name,head_title\nBáo Một,Tổng Biên tập\n,thiếu tên\n", encoding="utf-8")
    page.source.set_value(FILE)
    page.take_list(str(tmp_path / "ds.csv"))
    wait(page, qtbot)
    assert page.button.accessibleName() == "Lập 1 thư…"
    page.run_to(str(tmp_path / "ra"))
    wait(page, qtbot)
    assert [row[:2] for row in page.results.texts()] == [("2", "Lỗi"), ("1", "Đã lập")], (
        "what failed comes first"
    )
    page.run_to(str(tmp_path / "ra"))
    wait(page, qtbot)
    assert page.problem.accessibleName(), "a folder that is not empty is refused"


def test_it_can_be_stopped_and_nothing_is_half_written(page: BatchPage, qtbot: QtBot, tmp_path: Path) -> None:
    lines = "".join(f"Báo Số {n}\n" for n in range(1, 61))
    (tmp_path / "ds.csv").write_text(f"name\n{lines}", encoding="utf-8")
    page.source.set_value(FILE)
    page.take_list(str(tmp_path / "ds.csv"))
    wait(page, qtbot)
    page.run_to(str(tmp_path / "ra"))
    qtbot.waitUntil(lambda: page._counter.done > 0, timeout=20_000)
    assert page.stop_button.isVisible()
    page.stop()
    wait(page, qtbot)
    states = [row[1] for row in page.results.texts()]
    done = states.count("Đã lập")
    assert 0 < done < 60
    assert len(list((tmp_path / "ra").iterdir())) == 2 * done


@pytest.mark.parametrize("way", WAYS)
def test_its_field_takes_vietnamese(page: BatchPage, way: str) -> None:
    page.window().activateWindow()
    assert check_field(page.outlets.search, way) == ""
