"""Tables of people and past contacts taken in, and a whole import taken back."""

import datetime as dt
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter

from installer.environment import ROOT
from spokesdesk import bootstrap
from spokesdesk.domain.errors import ConflictError, DeskError, UserError
from spokesdesk.domain.imports import Noun, OnSame, RunState
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.domain.people import Journalist, Outlet
from spokesdesk.domain.words import word
from spokesdesk.services import find, imports, journal, people, workspace
from spokesdesk.services.imports.check import said
from spokesdesk.services.ports import Desk
from tests.desks import PASSPHRASE, named

JOURNALISTS: list[list[object]] = [
    ["DANH SÁCH PHÓNG VIÊN THEO DÕI NGÀNH"],
    [],
    ["TT", "Họ và tên", "Cơ quan", "SĐT", "Email", "Số thẻ", "Ngày cấp"],
    [1, "Trần Thị Đào", "Báo Đồng Khởi", 912345678, "dao@dongkhoi.example", "IBT-12345", dt.date(2021, 3, 5)],
    [2, "Nguyễn Văn Ấn", "Báo Đồng Khởi", "0987 654 321", "", "", "05/9/18"],
    [3, "", "Báo Ấp Bắc", "", "", "", ""],
    [4, "Lê Hoà", "Báo Ấp Bắc", "", "", "", "31/02/2021"],
]


def book(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """Write a workbook as Excel would."""
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet("Trang 1")
    day = made.add_format({"num_format": "dd/mm/yyyy"})
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, dt.date):
                sheet.write_datetime(line, column, dt.datetime(cell.year, cell.month, cell.day), day)
            elif isinstance(cell, str) and cell.startswith("="):
                sheet.write_formula(line, column, cell, None, "")
            else:
                sheet.write(line, column, cell)
    made.close()
    return path


def many(count: int) -> list[list[object]]:
    """Give a list of so many journalists."""
    rows: list[list[object]] = [[f"Nguyễn Văn {at}", f"Báo số {at % 7}"] for at in range(count)]
    return [["Họ và tên", "Cơ quan"], *rows]


def ids(desk: Desk) -> tuple[set[object], set[object]]:
    return {one.id for one in people.outlets(desk)}, {one.id for one in people.journalists(desk)}


def test_columns_are_guessed_below_the_title_of_the_list(desk: Desk, tmp_path: Path) -> None:
    found = imports.look(desk, book(tmp_path / "ds.xlsx", JOURNALISTS))
    assert found.plan.noun is Noun.JOURNALIST
    assert found.plan.heading_line == 3
    assert found.plan.mapping == ("", "name", "outlet", "phone", "email", "card_number", "card_issued_on")
    assert found.rows[0] == (
        4,
        ("1", "Trần Thị Đào", "Báo Đồng Khởi", "912345678", "dao@dongkhoi.example", "IBT-12345", "05/3/2021"),
    )


def test_faulty_rows_are_named_and_the_others_go_in(desk: Desk, tmp_path: Path) -> None:
    plan = imports.look(desk, book(tmp_path / "ds.xlsx", JOURNALISTS)).plan
    checked = imports.check(desk, plan)
    assert (checked.total, checked.good, checked.fault_rows) == (4, 2, 2)
    assert [(fault.line, fault.column, fault.text) for fault in checked.faults] == [
        (6, "Họ và tên", ""),
        (7, "Ngày cấp", "31/02/2021"),
    ]
    assert "31/02/2021" in said(checked.faults[1])
    run, _changes = imports.run(desk, plan)
    assert (run.state, run.made, run.faulty) == (RunState.DONE, 2, 2)
    dao = next(one for one in people.journalists(desk) if one.name == "Trần Thị Đào")
    assert dao.phone == "0912345678", "Excel keeps a phone as a number, without its zero"
    assert dao.card_issued_on == dt.date(2021, 3, 5)
    assert dao.outlet is not None
    assert dao.outlet.name == "Báo Đồng Khởi"
    an = next(one for one in people.journalists(desk) if one.name == "Nguyễn Văn Ấn")
    assert an.card_issued_on == dt.date(2018, 9, 5)
    assert [hit.title for hit in find.find(desk, "an dong khoi")] == ["Nguyễn Văn Ấn"]


def test_bad_rows_come_back_as_a_file_that_can_be_mended_and_imported(desk: Desk, tmp_path: Path) -> None:
    plan = imports.look(desk, book(tmp_path / "ds.xlsx", JOURNALISTS)).plan
    assert imports.write_faulty(desk, plan, tmp_path / "sua.xlsx") == 2
    again = imports.look(desk, tmp_path / "sua.xlsx")
    assert again.plan.mapping[:7] == plan.mapping
    assert [row[1][2] for row in again.rows] == ["Báo Ấp Bắc", "Báo Ấp Bắc"]
    assert "31/02/2021" in again.rows[1][1][7]


def test_a_whole_import_is_undone(desk: Desk, tmp_path: Path) -> None:
    people.save_journalist(
        desk, Journalist(desk.new_id(), "Trần Thị Đào", card_number="IBT-12345", note="của tôi")
    )
    before = ids(desk), tuple(people.journalists(desk))
    plan = imports.look(desk, book(tmp_path / "ds.xlsx", JOURNALISTS)).plan
    run, _changes = imports.run(desk, plan)
    assert (run.made, run.changed) == (1, 1)
    dao = next(one for one in people.journalists(desk) if one.card_number == "IBT-12345")
    assert (dao.phone, dao.note) == ("0912345678", "của tôi")
    undone, _changes = imports.undo(desk, run.id)
    assert (undone.state, undone.kept) == (RunState.UNDONE, ())
    assert (ids(desk), tuple(people.journalists(desk))) == before
    assert find.find(desk, "dong khoi") == ()
    assert workspace.doctor(desk).ok
    with pytest.raises(ConflictError):
        imports.undo(desk, run.id)


def test_what_was_changed_or_used_since_stays_and_is_named(desk: Desk, tmp_path: Path) -> None:
    plan = imports.look(desk, book(tmp_path / "ds.xlsx", JOURNALISTS)).plan
    run, _changes = imports.run(desk, plan)
    dao, an = (
        next(one for one in people.journalists(desk) if one.name == name)
        for name in ("Trần Thị Đào", "Nguyễn Văn Ấn")
    )
    people.save_journalist(desk, replace(dao, note="gọi sau 17 giờ"))
    journal.log_contact(
        desk, ContactDraft(Channel.PHONE, desk.now(), "", an.name, "Hỏi về lũ", journalist_id=an.id)
    )
    undone, _changes = imports.undo(desk, run.id)
    assert set(undone.kept) == {"Trần Thị Đào", "Nguyễn Văn Ấn", "Báo Đồng Khởi"}
    assert "gọi sau 17 giờ" in {one.note for one in people.journalists(desk)}
    assert workspace.doctor(desk).ok


LOG: list[list[object]] = [
    ["Ngày", "Giờ", "Hình thức", "Phóng viên", "Cơ quan báo chí", "Nội dung", "Kết quả"],
    [dt.date(2024, 3, 12), "9h15", "điện thoại", "Lê Hoà", "Báo Ấp Bắc", "Hỏi về đất đai", "Đã trả lời"],
    ["13/3/2024", "", "trực tiếp", "", "Báo Ấp Bắc", "Xin số liệu", ""],
    ["14/3/2024", "", "Zalo", "", "", "Không rõ ai", ""],
    ["01/01/2199", "", "Zalo", "Ai đó", "", "Ở tương lai", ""],
]


def test_an_old_log_becomes_entries_of_the_journal(desk: Desk, tmp_path: Path) -> None:
    plan = imports.look(desk, book(tmp_path / "so.xlsx", LOG)).plan
    assert plan.noun is Noun.CONTACT
    checked = imports.check(desk, plan)
    assert [(fault.line, fault.code) for fault in checked.faults] == [
        (4, "who_missing"),
        (5, "received_in_future"),
    ]
    run, _changes = imports.run(desk, plan)
    assert run.made == 2
    rows = journal.contact_rows(desk, journal.contact_numbers(desk))
    assert [(row.topic, row.channel, row.journalist, row.outlet) for row in rows] == [
        ("Xin số liệu", Channel.VISIT, "", "Báo Ấp Bắc"),
        ("Hỏi về đất đai", Channel.PHONE, "Lê Hoà", "Báo Ấp Bắc"),
    ]
    assert rows[1].received_at == dt.datetime(2024, 3, 12, 2, 15, tzinfo=dt.UTC)
    again, _changes = imports.run(desk, plan)
    assert (again.made, again.skipped) == (0, 2), "the same book twice adds nothing"
    assert workspace.doctor(desk).ok
    imports.undo(desk, again.id)
    imports.undo(desk, run.id)
    assert journal.contact_numbers(desk) == ()
    assert people.outlets(desk) == ()
    assert workspace.doctor(desk).ok, "entries taken out leave their links: the chain still holds"


def test_a_row_that_bears_a_mark_of_secrecy_is_written_nowhere(desk: Desk, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        *LOG[:2],
        ["13/3/2024", "", "trực tiếp", "Lê Hoà", "", "Xin văn bản MẬT số 12", ""],
    ]
    plan = imports.look(desk, book(tmp_path / "so.xlsx", rows)).plan
    assert [(fault.line, fault.code) for fault in imports.check(desk, plan).faults] == [(3, "secret_marked")]
    run, _changes = imports.run(desk, plan)
    assert (run.made, run.faulty) == (1, 1)
    imports.write_faulty(desk, plan, tmp_path / "sua.xlsx")
    table = desk.sheets.open(tmp_path / "sua.xlsx")
    told = [str(cell) for line, cells in table.rows() if line > 1 for cell in cells if cell]
    assert len(told) == 1, "what is wrong, and nothing of the row"


def test_stopping_keeps_nothing(desk: Desk, tmp_path: Path) -> None:
    rows = many(900)
    plan = imports.look(desk, book(tmp_path / "ds.xlsx", rows)).plan
    told: list[int] = []
    run, _changes = imports.run(
        desk, plan, progress=lambda done, _total: told.append(done), is_cancelled=lambda: len(told) > 2
    )
    assert run.state is RunState.CANCELLED
    assert ids(desk) == (set(), set())
    assert workspace.doctor(desk).ok


def test_others_search_and_write_while_a_table_is_taken_in(desk: Desk, tmp_path: Path) -> None:
    rows = many(1500)
    plan = imports.look(desk, book(tmp_path / "ds.xlsx", rows)).plan
    seen: list[int] = []
    wrote = threading.Event()
    began = threading.Event()

    def meanwhile() -> None:
        began.wait(60)
        seen.append(len(find.find(desk, "nguyen van")))
        people.save_outlet(desk, Outlet(desk.new_id(), "Báo viết chen vào"))
        wrote.set()

    other = threading.Thread(target=meanwhile)
    other.start()

    def progress(done: int, _total: int) -> None:
        began.set()
        if done < 1000:
            assert wrote.wait(60), "nobody could write while the import ran"

    run, _changes = imports.run(desk, plan, progress=progress)
    other.join()
    assert run.made == 1500
    assert seen[0] > 0
    assert "Báo viết chen vào" in {one.name for one in people.outlets(desk)}


def test_the_rows_of_somebody_known_can_replace_be_skipped_or_stand_beside(
    desk: Desk, tmp_path: Path
) -> None:
    people.save_outlet(desk, Outlet(desk.new_id(), "Báo Ấp Bắc", phone="02733 111 222"))
    rows = [["Tên cơ quan báo chí", "Điện thoại"], ["Ấp Bắc", "02733 999 888"]]
    plan = imports.look(desk, book(tmp_path / "cq.xlsx", rows), noun=Noun.OUTLET).plan
    assert [same.why for same in imports.check(desk, plan).sames] == ["name"]
    for how, expected in (
        (OnSame.FILL, ["02733 111 222"]),
        (OnSame.SKIP, ["02733 111 222"]),
        (OnSame.REPLACE, ["02733 999 888"]),
        (OnSame.NEW, ["02733 999 888", "02733 999 888"]),
    ):
        imports.run(desk, replace(plan, on_same=how))
        assert sorted(one.phone for one in people.outlets(desk)) == expected


def test_a_mapping_is_remembered_for_tables_of_that_shape(desk: Desk, tmp_path: Path) -> None:
    rows = [["Cột lạ", "Cột khác"], ["Trần A", "Báo B"]]
    path = book(tmp_path / "la.xlsx", rows)
    found = imports.look(desk, path, noun=Noun.JOURNALIST)
    assert found.plan.mapping == ("", "")
    with pytest.raises(UserError) as caught:
        imports.check(desk, found.plan)
    assert "Họ và tên" in word(caught.value)
    chosen = replace(found.plan, mapping=("name", "outlet"))
    imports.remember(desk, chosen, found.headings)
    again = imports.look(desk, path, noun=Noun.JOURNALIST)
    assert (again.plan.mapping, again.remembered) == (("name", "outlet"), True)


TCVN3 = "Hä vµ tªn;C¬ quan\nTrÇn ThÞ §µo;B¸o §ång Khëi\nNguyÔn V¨n B¾c;B¸o B¾c Giang\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (
            "Họ và tên,Cơ quan\nTrần Thị Đào,Báo Đồng Khởi\nNguyễn Văn Bắc,Báo Bắc Giang\n".encode(
                "utf-8-sig"
            ),
            "utf-8-sig",
        ),
        (
            "Họ và tên\tCơ quan\nTrần Thị Đào\tBáo Đồng Khởi\nNguyễn Văn Bắc\tBáo Bắc Giang\n".encode(
                "utf-16"
            ),
            "utf-16",
        ),
        (TCVN3.encode("cp1252"), "cp1252"),
        (
            "Ho\u0323 va\u0300 tên;Cơ quan\nTrâ\u0300n Thi\u0323 Đa\u0300o;Ba\u0301o Đô\u0300ng Khơ\u0309i\n"
            "Nguyê\u0303n Văn Bă\u0301c;Ba\u0301o Bă\u0301c Giang\n".encode("cp1258"),
            "cp1258",
        ),
    ],
)
def test_a_csv_of_any_program_reads_as_vietnamese(
    desk: Desk, tmp_path: Path, data: bytes, encoding: str
) -> None:
    path = tmp_path / "ds.csv"
    path.write_bytes(data)
    found = imports.look(desk, path)
    assert found.encoding == encoding
    assert found.headings == ("Họ và tên", "Cơ quan")
    assert [cells for _line, cells in found.rows] == [
        ("Trần Thị Đào", "Báo Đồng Khởi"),
        ("Nguyễn Văn Bắc", "Báo Bắc Giang"),
    ]
    imports.run(desk, found.plan)
    assert {one.name for one in people.journalists(desk)} == {"Trần Thị Đào", "Nguyễn Văn Bắc"}


def test_formulas_without_a_result_and_merged_cells_are_said_and_shown(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "ds.xlsx"
    made = xlsxwriter.Workbook(str(path))
    sheet = made.add_worksheet()
    sheet.write_row(0, 0, ["Họ và tên", "Cơ quan", "Điện thoại"])
    sheet.merge_range(1, 1, 2, 1, "Báo Ấp Bắc")
    sheet.write(1, 0, "Trần Thị Đào")
    sheet.write(2, 0, "Nguyễn Văn Ấn")
    sheet.write_formula(2, 2, '="09"&12', None, "")
    sheet.write_formula(1, 2, '="09"&"12345678"', None, "0912345678")
    made.close()
    plan = imports.look(desk, path).plan
    checked = imports.check(desk, plan)
    assert [(fault.line, fault.code) for fault in checked.faults] == [(3, "cell_uncomputed")]
    imports.run(desk, plan)
    (dao,) = people.journalists(desk)
    assert (dao.phone, dao.outlet and dao.outlet.name) == ("0912345678", "Báo Ấp Bắc")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("x.docx", b"PK\x03\x04", "sheet_kind"),
        ("x.xlsx", b"not a workbook at all", "sheet_damaged"),
        ("x.csv", b"\x00\x01\x02\x03" * 200, "sheet_damaged"),
        ("x.csv", "Họ và tên,Cơ quan\n".encode(), "sheet_empty"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(
    desk: Desk, tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(DeskError) as caught:
        imports.look(desk, path)
    assert caught.value.code == code
    assert name in word(caught.value)


def test_a_bomb_is_refused_before_it_is_unpacked(desk: Desk, tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "bom.xlsx"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _piece in range(70):
            part.write(b"0" * 10_000_000)
    with pytest.raises(UserError) as caught:
        imports.look(desk, path)
    assert caught.value.code == "sheet_too_big"


def test_an_import_that_was_killed_is_seen_and_taken_back(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "ds.xlsx", many(4000))
    folder = desk.keeper.folder
    desk.close()
    command = [sys.executable, "-m", "spokesdesk", "import", "run", str(path), "--workspace", str(folder)]
    environment = os.environ | {"SPOKESDESK_PASSPHRASE": PASSPHRASE}
    with subprocess.Popen([*command, "--as", "Trần Minh Khuê"], env=environment, cwd=ROOT) as importing:
        reader = bootstrap.open_desk(folder, passphrase=PASSPHRASE)
        while importing.poll() is None and len(people.journalists(reader)) < 200:
            pass  # the next look takes its own time
        importing.kill()
    try:
        again = reader.working_as(named(reader, "Trần Minh Khuê"))
        (cut,) = imports.runs(again)
        assert cut.state is RunState.RUNNING
        assert 200 <= cut.made < 4000
        assert len(people.journalists(again)) == cut.made, "what was counted is what is there"
        undone, _changes = imports.undo(again, cut.id)
        assert undone.kept == ()
        assert ids(again) == (set(), set())
        assert workspace.doctor(again).ok
    finally:
        reader.close()
