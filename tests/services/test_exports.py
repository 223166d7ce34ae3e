"""Lists written out: text stays text, dates stay dates, cards read elsewhere."""

import csv
import datetime as dt
import subprocess
from pathlib import Path

import pytest

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.imports import Noun
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.domain.people import Journalist, Outlet, OutletKind
from spokesdesk.services import exports, imports, journal, people
from spokesdesk.services.ports import Desk
from tests.judges import judge

FORMULAS = ["=1+1", "+84912345678", "-2", "@SUM(A1)", '=HYPERLINK("http://x.example","bấm")']


def furnish(desk: Desk) -> None:
    outlet, _changes = people.save_outlet(
        desk, Outlet(desk.new_id(), "Báo Ấp Bắc", OutletKind.DAILY, phone="02733 111 222", address="Mỹ Tho")
    )
    for at, text in enumerate(FORMULAS):
        people.save_journalist(
            desk,
            Journalist(
                desk.new_id(),
                f"Nguyễn Văn Số {at}",
                outlet.ref,
                card_issued_on=dt.date(2021, 3, at + 1),
                note=text,
            ),
        )


def sheet_text(path: Path, tmp_path: Path) -> list[list[str]]:
    """Give the cells as LibreOffice shows them once it has computed everything."""
    options = ("--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false")
    profile = f"-env:UserInstallation=file://{tmp_path}/lo"
    subprocess.run(
        [judge("soffice"), "--headless", profile, *options, "--outdir", tmp_path / "out", path],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with (tmp_path / "out" / f"{path.stem}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_workbook_computes_nothing_and_comes_back_whole(desk: Desk, tmp_path: Path) -> None:
    furnish(desk)
    path = tmp_path / "nha-bao.xlsx"
    assert exports.export_people(desk, Noun.JOURNALIST, path) == len(FORMULAS)
    shown = sheet_text(path, tmp_path)
    assert [row[-1] for row in shown[1:]] == FORMULAS
    assert shown[1][shown[0].index("Ngày cấp thẻ")] == "01/03/2021"
    found = imports.look(desk, path)
    assert "" not in found.plan.mapping
    run, _changes = imports.run(desk, found.plan)
    assert (run.made, run.changed, run.skipped) == (0, 0, len(FORMULAS)), "nothing differs from what went out"


def test_a_csv_is_disarmed_and_an_import_takes_the_apostrophe_off(desk: Desk, tmp_path: Path) -> None:
    furnish(desk)
    path = tmp_path / "nha-bao.csv"
    exports.export_people(desk, Noun.JOURNALIST, path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        notes = [row[-1] for row in csv.reader(file)][1:]
    assert notes == [f"'{text}" for text in FORMULAS]
    run, _changes = imports.run(desk, imports.look(desk, path).plan)
    assert run.skipped == len(FORMULAS)


def test_the_journal_goes_out_and_comes_back_as_the_same_entries(desk: Desk, tmp_path: Path) -> None:
    at = dt.datetime(2026, 11, 20, 2, 15, tzinfo=dt.UTC)
    for channel in Channel:
        journal.log_contact(
            desk,
            ContactDraft(
                channel, at, "Báo Ấp Bắc", "Lê Hoà", f"Hỏi về lũ, {channel.value}", given="=Đã trả lời"
            ),
        )
    path = tmp_path / "so.xlsx"
    assert exports.export_contacts(desk, path) == len(Channel)
    run, _changes = imports.run(desk, imports.look(desk, path).plan)
    assert (run.made, run.skipped) == (0, len(Channel)), "every entry is known by its moment and its topic"


def test_only_what_the_list_shows_goes_out(desk: Desk, tmp_path: Path) -> None:
    furnish(desk)
    assert exports.export_people(desk, Noun.JOURNALIST, tmp_path / "a.csv", "so 3 ap bac") == 1
    with pytest.raises(UserError) as caught:
        exports.export_people(desk, Noun.JOURNALIST, tmp_path / "a.pdf")
    assert caught.value.code == "export_kind"


def test_cards_are_folded_by_octets_and_escaped(desk: Desk, tmp_path: Path) -> None:
    outlet, _changes = people.save_outlet(desk, Outlet(desk.new_id(), "Báo A; B, C"))
    note = "Ưu tiên gọi buổi chiều; không gọi sau 17 giờ, trừ việc khẩn.\nĐã đồng ý lưu số. " * 3
    people.save_journalist(
        desk, Journalist(desk.new_id(), "Trần Thị Ấu Ổn", outlet.ref, phone="0912 345 678", note=note)
    )
    path = tmp_path / "danh-ba.vcf"
    assert exports.export_people(desk, Noun.JOURNALIST, path) == 1
    raw = path.read_bytes()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    for line in raw.split(b"\r\n"):
        line.decode("utf-8")
    lines = raw.decode("utf-8").replace("\r\n ", "").split("\r\n")
    assert lines[:2] == ["BEGIN:VCARD", "VERSION:4.0"]
    assert "FN:Trần Thị Ấu Ổn" in lines
    assert "N:Trần;Ổn;Thị Ấu;;" in lines
    assert r"ORG:Báo A\; B\, C" in lines
    told = next(line for line in lines if line.startswith("NOTE:"))
    assert (
        told.removeprefix("NOTE:").replace("\\n", "\n").replace("\\;", ";").replace("\\,", ",")
        == note.strip()
    )
