"""The evidence bundle: judged by programs that know nothing of ours, safe in a browser, whole or absent."""

import hashlib
import json
import os
import re
import resource
import subprocess
import tracemalloc
import zipfile
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest
from bagit_utils import Bag

from spokesdesk.domain.bundle import ITEMS, bundle_path
from spokesdesk.domain.cases import Case, CaseDraft, CaseKind, CaseMove, CaseOutcome
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.evidence import CustodyAct, Taken
from spokesdesk.services import bundle, case_letter, cases, evidence, workspace
from spokesdesk.services.ports import Desk
from tests.judges import judge

NASTY = '<script>alert("x")</script> & "nháy"'
# The smallest picture there is.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000 1f15c4890000000d49444154789c6360606060000000"
    "0500017a0a2d2a0000000049454e44ae426082".replace(" ", "")
)


@pytest.fixture
def case(desk: Desk) -> Case:
    facts = CaseDraft(
        CaseKind.IMPOSTOR, f"Vụ {NASTY}", person=NASTY, facts=f"Dòng 1\n{NASTY}", place="Cổng số 2"
    )
    return cases.open_case(desk, facts)[0]


@pytest.fixture
def filled(desk: Desk, case: Case, tmp_path: Path) -> Case:
    """A case with a picture, a hostile page, a testimony, a withdrawn item and a letter."""
    source = tmp_path / "nguon"
    source.mkdir()
    (source / "ảnh <b>1 100%.png").write_bytes(PNG)
    (source / "trang.html").write_bytes(b"<script>alert(1)</script>")
    (source / "nham.txt").write_bytes(b"nham vu")
    taken = Taken(desk.now() - timedelta(hours=3), "bảo vệ", NASTY)
    evidence.add_file(desk, case.id, source / "ảnh <b>1 100%.png", taken)
    evidence.add_file(desk, case.id, source / "trang.html")
    evidence.add_testimony(desk, case.id, NASTY, Taken(desk.now(), "Chị Ổn"))
    evidence.add_web(desk, case.id, 'https://bao-ao.example/?a="><script>', "đòi tiền")
    wrong, _changes = evidence.add_file(desk, case.id, source / "nham.txt")
    evidence.withdraw(desk, wrong.id, "thuộc vụ khác")
    case_letter.open_report(desk, case.id)
    return cases.case(desk, case.id)


def verified(folder: Path) -> None:
    """Let two strangers check a bag: sha256sum, and an implementation of BagIt that is not ours."""
    lists = ("manifest-sha256.txt", "tagmanifest-sha256.txt")
    done = subprocess.run(
        [judge("sha256sum"), "--check", "--strict", "--quiet", *lists],
        cwd=folder, capture_output=True, text=True, check=False, env={"LC_ALL": "C", "PATH": os.environ["PATH"]},
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    report = Bag(folder, load=True).validate()
    assert report.valid, [issue.message for issue in report.issues]
    assert [issue.message for issue in report.issues] == []


def test_a_stranger_verifies_the_folder_and_finds_any_change(
    desk: Desk, filled: Case, tmp_path: Path
) -> None:
    made, _changes = bundle.export(desk, filled.id, tmp_path / "ho-so")
    verified(made.path)
    assert made.seal == hashlib.sha256((made.path / "tagmanifest-sha256.txt").read_bytes()).hexdigest()
    assert made.items == 4
    step = cases.case(desk, filled.id).steps[-1]
    assert step.move is CaseMove.EXPORT
    assert made.seal in step.remark
    oxum = re.search(r"Payload-Oxum: (\d+)\.(\d+)", (made.path / "bag-info.txt").read_text(encoding="utf-8"))
    payload = [path for path in (made.path / "data").rglob("*") if path.is_file()]
    assert oxum is not None
    assert oxum.groups() == (str(sum(path.stat().st_size for path in payload)), str(len(payload)))
    changed = next(path for path in payload if path.suffix == ".png")
    changed.write_bytes(PNG + b"\0")
    assert not Bag(made.path, load=True).validate().valid


def test_a_zip_holds_the_same_bag(desk: Desk, filled: Case, tmp_path: Path) -> None:
    made, _changes = bundle.export(desk, filled.id, tmp_path / "Hồ sơ vụ 1.zip")
    with zipfile.ZipFile(made.path) as archive:
        assert archive.testzip() is None
        assert {name.split("/")[0] for name in archive.namelist()} == {"Hồ sơ vụ 1"}
        archive.extractall(tmp_path / "ra")
    verified(tmp_path / "ra" / "Hồ sơ vụ 1")


def test_the_bundle_tells_facts_log_and_chain_head(desk: Desk, filled: Case, tmp_path: Path) -> None:
    made, _changes = bundle.export(desk, filled.id, tmp_path / "ho-so")
    told = json.loads((made.path / "data" / "ho-so.json").read_text(encoding="utf-8"))
    assert told["case"]["facts"]["person"] == NASTY
    assert [entry["act"] for entry in told["custody"]][-4:] == ["exported"] * 4
    assert [item["path"] for item in told["evidence"]][:1] == ["data/chung-cu/001-anh-b-1-100.png"]
    assert told["evidence"][-1]["path"] is None
    assert told["evidence"][0]["original_name"] == "ảnh <b>1 100%.png"
    with desk.read() as unit:
        links = {link.n: link.hash.hex() for link in unit.chain.links()}
    head = told["chain_head"]
    assert links[head["n"]] == head["hash"]
    assert all(links[entry["link"]] == entry["link_hash"] for entry in told["custody"])
    assert max(entry["link"] for entry in told["custody"]) == head["n"]
    readme = (made.path / "doc-truoc.txt").read_text(encoding="utf-8")
    assert "sha256sum -c manifest-sha256.txt" in readme
    assert head["hash"] in readme


class Page(HTMLParser):
    """Reads a page and notes tags, addresses and texts."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]
        self.handlers += [name for name, _value in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_the_page_is_static_escaped_and_needs_nothing_from_outside(
    desk: Desk, filled: Case, tmp_path: Path
) -> None:
    made, _changes = bundle.export(desk, filled.id, tmp_path / "ho-so")
    source = (made.path / "xem-ho-so.html").read_text(encoding="utf-8")
    page = Page()
    page.feed(source)
    assert not page.tags & {"script", "iframe", "object", "embed", "link", "form", "base", "svg"}
    assert page.handlers == []
    assert page.addresses
    for address in page.addresses:
        assert (made.path / unquote(address)).is_file(), address
    assert "url(" not in source
    assert "@import" not in source
    text = "".join(page.text)
    assert text.count(NASTY) >= 4
    assert "Đã rút khỏi danh sách" in text
    assert "nham.txt" in text
    assert "default-src 'none'" in source.replace("&#x27;", "'")


def test_what_would_run_when_opened_has_a_name_that_nothing_runs(
    desk: Desk, filled: Case, tmp_path: Path
) -> None:
    made, _changes = bundle.export(desk, filled.id, tmp_path / "ho-so")
    names = sorted(path.name for path in (made.path / "data" / "chung-cu").iterdir())
    assert names[1] == "002-trang.html.nguyen-goc"
    assert len(names) == 4


HOSTILE = (
    "../../etc/passwd",
    "..\\x.txt",
    "con.txt",
    "a\nb%0a.txt",
    "đơn\u202efdp.exe",
    "x" * 400 + ".jpg",
    "",
)
ODD = ("...", "*?|", "-rf", "~", "$(id).sh", " tệp .docx ", "\ufffd\ufffd.bin")


@pytest.mark.parametrize("name", HOSTILE + ODD)
def test_names_in_the_bundle_are_plain_on_every_system(name: str) -> None:
    path = bundle_path(ITEMS, 7, name)
    assert re.fullmatch(r"data/chung-cu/007-[a-z0-9_][a-z0-9.\-_]{0,110}", path), path
    assert ".." not in path
    assert not path.endswith((".exe", ".sh"))


def test_a_bundle_never_replaces_what_is_there(desk: Desk, filled: Case, tmp_path: Path) -> None:
    (tmp_path / "co.zip").write_bytes(b"cu")
    (tmp_path / "co").mkdir()
    before = len(cases.view(desk, filled.id).log)
    for name in ("co.zip", "co"):
        with pytest.raises(DeskError, match="bundle_exists"):
            bundle.export(desk, filled.id, tmp_path / name)
    assert (tmp_path / "co.zip").read_bytes() == b"cu"
    assert len(cases.view(desk, filled.id).log) == before


def test_what_a_killed_export_left_is_cleared_by_the_next(desk: Desk, case: Case, tmp_path: Path) -> None:
    left = tmp_path / ".ho-so.zip.4242.part"
    left.write_bytes(b"nua chung")
    other = tmp_path / ".khac.zip.4242.part"
    other.write_bytes(b"cua nguoi khac")
    bundle.export(desk, case.id, tmp_path / "ho-so.zip")
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == [other.name, "ho-so.zip"]


def test_a_folder_that_is_not_there_is_told(desk: Desk, case: Case, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="file_unwritable"):
        bundle.export(desk, case.id, tmp_path / "khong co" / "ho-so.zip")
    assert cases.case(desk, case.id).steps[-1].move is CaseMove.OPEN


def big(desk: Desk, case: Case, tmp_path: Path, mib: int) -> None:
    source = tmp_path / "phim.mp4"
    with source.open("wb") as handle:
        for _n in range(mib):
            handle.write(os.urandom(1 << 20))
    evidence.add_file(desk, case.id, source)
    source.unlink()


@pytest.mark.parametrize("name", ["ho-so.zip", "ho-so"])
def test_a_stopped_export_leaves_nothing_but_its_entries(
    desk: Desk, case: Case, tmp_path: Path, name: str
) -> None:
    big(desk, case, tmp_path, 3)
    told: list[int] = []

    def stop_after_two(written: int) -> bool:
        told.append(written)
        return len(told) < 2

    out = tmp_path / "ra"
    out.mkdir()
    with pytest.raises(DeskError, match="bundle_stopped"):
        bundle.export(desk, case.id, out / name, stop_after_two)
    assert told == [1 << 20, 2 << 20]
    assert list(out.iterdir()) == []
    acts = [entry.act for entry in cases.view(desk, case.id).log]
    assert acts == [CustodyAct.ADDED, CustodyAct.EXPORTED, CustodyAct.EXPORT_STOPPED]
    assert workspace.doctor(desk).ok


@pytest.mark.parametrize("name", ["ho-so.zip", "ho-so"])
def test_a_full_disk_is_told_and_leaves_nothing(desk: Desk, case: Case, tmp_path: Path, name: str) -> None:
    big(desk, case, tmp_path, 9)
    out = tmp_path / "ra"
    out.mkdir()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (6 << 20, hard))
    try:
        with pytest.raises(DeskError, match="bundle_disk_full"):
            bundle.export(desk, case.id, out / name)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(out.iterdir()) == []
    assert cases.view(desk, case.id).log[-1].act is CustodyAct.EXPORT_STOPPED


def test_a_big_file_goes_out_in_constant_memory(desk: Desk, case: Case, tmp_path: Path) -> None:
    big(desk, case, tmp_path, 24)
    tracemalloc.start()
    try:
        bundle.export(desk, case.id, tmp_path / "ho-so.zip")
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 << 20


def test_a_damaged_file_stops_the_export(desk: Desk, case: Case, tmp_path: Path) -> None:
    big(desk, case, tmp_path, 2)
    for path in (desk.keeper.folder / "blobs").glob("??/*"):
        data = bytearray(path.read_bytes())
        data[1 << 20] ^= 1
        path.write_bytes(data)
    with pytest.raises(DeskError, match="blob_damaged"):
        bundle.export(desk, case.id, tmp_path / "ho-so")
    assert not (tmp_path / "ho-so").exists()


def test_a_closed_case_without_evidence_can_be_given_out(desk: Desk, case: Case, tmp_path: Path) -> None:
    cases.close(desk, case.id, CaseOutcome.MISTAKE)
    made, _changes = bundle.export(desk, case.id, tmp_path / "ho-so")
    verified(made.path)
