"""A batch answers for each row: bad ones are named, good ones are whole, stopping leaves what was done."""

from dataclasses import replace
from pathlib import Path

import pytest

from spokesdesk import assets
from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.domain.people import Outlet, OutletKind
from spokesdesk.services import batch_run, papers, people
from spokesdesk.services.batch_run import RowState
from spokesdesk.services.ports import Desk
from spokesdesk.services.stop import Stop
from tests.typeset import poppler

BASE = papers.read_letter(assets.read_text("samples", "cong-van-cai-chinh.toml"))
TEMPLATE = replace(BASE, addressees=(), body="Kính đề nghị {{name}} đăng tin cải chính.")
LIST = (
    "name,head_title,address\n"
    "Báo Một,Tổng Biên tập,1 phố Huế\n"
    ",Tổng Biên tập,không tên\n"
    "Báo Ba,Tổng Biên tập,3 phố Huế,thừa một ô\n"
    "Báo Bốn,Tổng Biên tập,\n"
)


def test_bad_rows_are_named_and_hold_up_no_other(tmp_path: Path) -> None:
    listed = batch_run.from_file(LIST.encode(), "ds.csv")
    assert [one.row is not None for one in listed] == [True, False, False, True]
    told: list[int] = []
    ran = batch_run.run(TEMPLATE, listed, tmp_path / "ra", progress=told.append)
    assert [(one.at, one.state) for one in ran.results] == [
        (1, RowState.DONE),
        (2, RowState.FAILED),
        (3, RowState.FAILED),
        (4, RowState.DONE),
    ]
    assert told == [1, 2, 3, 4]
    assert all(one.reason for one in ran.results if one.state is RowState.FAILED)
    assert {file.name for file in (tmp_path / "ra").iterdir()} == {
        "001_bao-mot.docx",
        "001_bao-mot.pdf",
        "004_bao-bon.docx",
        "004_bao-bon.pdf",
    }
    assert "Kính gửi: Tổng Biên tập Báo Bốn" in poppler.text(
        (tmp_path / "ra" / "004_bao-bon.pdf").read_bytes()
    )


def test_stopping_says_which_rows_are_left(tmp_path: Path) -> None:
    listed = batch_run.from_file(b"name\nA\nB\nC\n", "ds.csv")
    stop = Stop()

    def after_first(done: int) -> None:
        if done == 1:
            stop.set()

    ran = batch_run.run(TEMPLATE, listed, tmp_path / "ra", progress=after_first, is_cancelled=stop)
    assert ran.is_cancelled
    assert [one.state for one in ran.results] == [RowState.DONE, RowState.LEFT, RowState.LEFT]
    assert len(list((tmp_path / "ra").iterdir())) == 2


def test_an_unknown_column_or_a_full_folder_stops_everything_before_the_first(tmp_path: Path) -> None:
    listed = batch_run.from_file(b"name\nA\n", "ds.csv")
    with pytest.raises(UserError) as caught:
        batch_run.run(replace(TEMPLATE, body="{{chuc_vu}}"), listed, tmp_path / "ra")
    assert caught.value.code == "batch_key_unknown"
    (tmp_path / "cu").mkdir()
    (tmp_path / "cu" / "a").write_text("x")
    with pytest.raises(OutsideError):
        batch_run.run(TEMPLATE, listed, tmp_path / "cu")


def test_the_first_letter_is_shown_and_outlets_come_from_the_address_book(desk: Desk) -> None:
    one = Outlet(desk.new_id(), "Báo Ấp Bắc", OutletKind.DAILY, head_title="Tổng Biên tập", address="Mỹ Tho")
    other = Outlet(desk.new_id(), "Báo Đồng Khởi", OutletKind.DAILY)
    for outlet in (one, other):
        people.save_outlet(desk, outlet)
    (row,) = batch_run.from_outlets(desk, [one.id])
    assert row.row == {"name": "Báo Ấp Bắc", "head_title": "Tổng Biên tập", "address": "Mỹ Tho"}
    assert batch_run.first_letter(TEMPLATE, [row]).addressees == ("Tổng Biên tập Báo Ấp Bắc",)
    with pytest.raises(UserError):
        batch_run.first_letter(TEMPLATE, [])
