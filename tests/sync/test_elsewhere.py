"""Releases reach a drop folder and come back with a receipt; nothing goes twice, half or unasked."""

import hashlib
import json
import resource
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from spokesdesk import bootstrap
from spokesdesk.domain.elsewhere import ElsewhereKind, Item, Receipt
from spokesdesk.domain.errors import AccessError, UserError
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.people import Role
from spokesdesk.domain.words import word
from spokesdesk.outside.dropfolder import DropFolder
from spokesdesk.services import paper_after, papers, sync
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.elsewhere import Opened
from tests.sync.desks import PASSPHRASE, press_release
from tests.sync.desks import released as released_letter

ROOT = Path(__file__).resolve().parents[2]
KILLED = """
import os, pathlib, sys
from spokesdesk import bootstrap
from spokesdesk.outside import disk
from spokesdesk.services import sync
desk = bootstrap.open_desk(pathlib.Path(sys.argv[1]), passphrase=sys.argv[2])
disk.sync_file = lambda path: os._exit(9)
sync.deliver(desk)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "tha"
    made.mkdir()
    return made


@pytest.fixture
def dropping(desk: Desk, folder: Path) -> Desk:
    sync.add_elsewhere(desk, ElsewhereKind.FOLDER, "Trang tỉnh", str(folder))
    return desk


def released(desk: Desk, title: str) -> Paper:
    return released_letter(desk, press_release(title))


def way(desk: Desk) -> Any:
    (one,) = sync.elsewhere(desk)[1]
    return one


def manifest(folder: Path, record: UUID, wanted: str = "publish") -> bytes:
    return (folder / "cho-dang" / f"{record}-{wanted}" / "manifest.json").read_bytes()


def answer(folder: Path, record: UUID, wanted: str = "publish", **changed: Any) -> None:
    told = {
        "manifest_sha256": hashlib.sha256(manifest(folder, record, wanted)).hexdigest(),
        "state": "published",
        "url": "https://tinh.gov.vn/tc/5",
    }
    (folder / "bien-nhan" / f"{record}-{wanted}.json").write_text(json.dumps(told | changed))


def test_a_release_lies_in_the_folder_whole_and_is_published_by_its_receipt(
    dropping: Desk, folder: Path
) -> None:
    paper = released(dropping, "về việc thả vào thư mục")
    assert (way(dropping).state, way(dropping).wanted) == ("queued", "publish")
    assert sync.deliver(dropping)[0].sent == 1
    told = json.loads(manifest(folder, paper.id))
    assert (told["action"], told["id"]) == ("publish", str(paper.id))
    for one in told["files"]:
        data = (folder / "cho-dang" / f"{paper.id}-publish" / one["file"]).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (one["sha256"], one["size"])
    assert sorted(path.name for path in (folder / "cho-dang").iterdir()) == [f"{paper.id}-publish"]
    answer(folder, paper.id, state="accepted")
    sync.deliver(dropping)
    assert way(dropping).state == "accepted"
    answer(folder, paper.id)
    assert sync.deliver(dropping)[0].published == 1
    assert (way(dropping).state, way(dropping).url) == ("published", "https://tinh.gov.vn/tc/5")


def test_a_withdrawal_follows_the_release_into_the_folder(dropping: Desk, folder: Path) -> None:
    paper = released(dropping, "về việc gỡ")
    sync.deliver(dropping)
    paper_after.withdraw(dropping, paper.id, "nhầm số liệu")
    sync.deliver(dropping)
    assert json.loads(manifest(folder, paper.id, "withdraw"))["action"] == "withdraw"
    # The receipt of the publication comes late: it is no answer to the withdrawal.
    answer(folder, paper.id)
    sync.deliver(dropping)
    assert way(dropping).state == "sent"
    answer(folder, paper.id, "withdraw", state="withdrawn", url="")
    assert sync.deliver(dropping)[0].withdrawn == 1
    assert (way(dropping).state, way(dropping).url) == ("withdrawn", "")


def test_what_was_laid_down_is_not_laid_down_twice(dropping: Desk, folder: Path) -> None:
    """The program was killed between the folder and the ledger."""
    paper = released(dropping, "về việc bị ngắt")
    sync.deliver(dropping)
    before = manifest(folder, paper.id)
    with dropping.write() as unit:
        unit.elsewhere.note(way(dropping), replace(receipt_of(dropping), state="queued"), dropping.now())
    sync.deliver(dropping)
    assert way(dropping).state == "sent"
    assert manifest(folder, paper.id) == before


def receipt_of(desk: Desk) -> Any:
    return Receipt("sent", remote=way(desk).remote)


@pytest.mark.parametrize(
    "changed",
    [
        {"manifest_sha256": "0" * 64},
        {"state": "withdrawn"},
        {"state": "hum"},
        {"url": "javascript:alert(1)"},
        {"url": "https://x/\u202egp"},
        {"url": 7},
        {"reason": ["x"]},
    ],
)
def test_a_strange_receipt_is_told_and_not_believed(
    dropping: Desk, folder: Path, changed: dict[str, Any]
) -> None:
    paper = released(dropping, "về việc biên nhận")
    sync.deliver(dropping)
    answer(folder, paper.id, **changed)
    sync.deliver(dropping)
    assert (way(dropping).state, way(dropping).reason, way(dropping).url) == (
        "sent",
        "elsewhere_receipt_strange",
        "",
    )
    answer(folder, paper.id)
    sync.deliver(dropping)
    assert (way(dropping).state, way(dropping).reason) == ("published", "")


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[]", b"[" * 60_000, b" " * 70_000])
def test_a_receipt_that_cannot_be_read_stops_nothing(dropping: Desk, folder: Path, data: bytes) -> None:
    paper = released(dropping, "về việc biên nhận hỏng")
    sync.deliver(dropping)
    (folder / "bien-nhan" / f"{paper.id}-publish.json").write_bytes(data)
    assert sync.deliver(dropping)[0].faults == ()
    assert way(dropping).reason == "elsewhere_receipt_strange"


def test_a_refusal_waits_with_its_reason_until_it_is_sent_again(dropping: Desk, folder: Path) -> None:
    paper = released(dropping, "về việc bị từ chối")
    sync.deliver(dropping)
    answer(folder, paper.id, state="refused", reason="Thiếu ảnh bìa")
    assert sync.deliver(dropping)[0].refused == 1
    assert (way(dropping).state, way(dropping).reason) == ("quarantined", "Thiếu ảnh bìa")
    (folder / "bien-nhan" / f"{paper.id}-publish.json").unlink()
    sync.retry_elsewhere(dropping, way(dropping).place, paper.id)
    sync.deliver(dropping)
    assert way(dropping).state == "sent"


def test_a_disk_that_is_not_there_keeps_everything_queued(dropping: Desk, folder: Path) -> None:
    released(dropping, "về việc ổ chưa cắm")
    away = folder.rename(folder.with_name("di-vang"))
    told = sync.deliver(dropping)[0]
    assert [(name, fault.code) for name, fault in told.faults] == [("Trang tỉnh", "elsewhere_unreachable")]
    assert (way(dropping).state, folder.exists()) == ("queued", False)
    away.rename(folder)
    assert sync.deliver(dropping)[0].sent == 1


def test_a_process_killed_while_it_writes_leaves_nothing_that_looks_whole(
    dropping: Desk, folder: Path, tmp_path: Path
) -> None:
    paper = released(dropping, "về việc mất điện giữa chừng")
    dropping.close()
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "w"), PASSPHRASE], cwd=ROOT, check=False, timeout=120
    )
    assert killed.returncode == 9
    names = [path.name for path in (folder / "cho-dang").iterdir()]
    assert names
    assert all(name.startswith(".") for name in names)
    with closing(bootstrap.open_desk(tmp_path / "w", passphrase=PASSPHRASE)) as again:
        assert way(again).state == "queued"
        assert sync.deliver(again)[0].sent == 1
    assert [path.name for path in (folder / "cho-dang").iterdir()] == [f"{paper.id}-publish"]


class Narrow(DropFolder):
    """The real folder on a disk that takes no file of more than a page."""

    def publish(self, item: Item, files: Opened, remote: str) -> Receipt:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
        try:
            return super().publish(item, files, remote)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_keeps_everything_queued_and_nothing_half(dropping: Desk, folder: Path) -> None:
    released(dropping, "về việc ổ đầy")
    narrow = replace(dropping, elsewhere_at=lambda place, _password: Narrow(place))
    told = sync.deliver(narrow)[0]
    assert [fault.code for _name, fault in told.faults] == ["disk_full"]
    assert "đầy" in word(told.faults[0][1])
    assert (way(dropping).state, way(dropping).reason) == ("queued", "disk_full")
    assert list((folder / "cho-dang").iterdir()) == []
    assert sync.deliver(dropping)[0].sent == 1


def test_a_correction_names_what_it_corrects(dropping: Desk, folder: Path) -> None:
    old = released(dropping, "về việc số liệu")
    draft, _ = paper_after.correct(dropping, old.id, "nhầm số liệu")
    papers.submit(dropping, draft.id)
    papers.approve(dropping, draft.id, "việc gấp")
    papers.number(dropping, draft.id, on=old.numbered_on)
    papers.release(dropping, draft.id)
    assert sync.deliver(dropping)[0].sent == 2
    assert json.loads(manifest(folder, draft.id))["corrects"] == str(old.id)
    assert "corrects" not in json.loads(manifest(folder, old.id))


def test_only_what_is_released_from_now_on_goes_unless_asked(desk: Desk, folder: Path) -> None:
    released(desk, "về việc trước đây")
    first, _changes = sync.add_elsewhere(desk, ElsewhereKind.FOLDER, "A", str(folder))
    assert sync.elsewhere(desk)[1] == ()
    sync.remove_elsewhere(desk, first.id)
    sync.add_elsewhere(desk, ElsewhereKind.FOLDER, "B", str(folder), earlier=True)
    assert way(desk).state == "queued"
    with pytest.raises(UserError, match="elsewhere_name_taken"):
        sync.add_elsewhere(desk, ElsewhereKind.FOLDER, "B", str(folder))


def test_only_an_administrator_names_places_and_only_real_folders_are_taken(desk: Desk, folder: Path) -> None:
    drafter = desk.working_as(replace(desk.member, roles=frozenset({Role.DRAFTER})))
    with pytest.raises(AccessError, match="role_needed"):
        sync.add_elsewhere(drafter, ElsewhereKind.FOLDER, "A", str(folder))
    for wrong in ("", "tha", str(folder / "khong-co")):
        with pytest.raises(UserError, match="elsewhere_folder"):
            sync.add_elsewhere(desk, ElsewhereKind.FOLDER, "A", wrong)
    assert sync.elsewhere(desk)[0] == ()
