"""Releases reach a drop folder and come back with a receipt; nothing goes twice, half or unasked."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from spokesdesk.domain.elsewhere import ElsewhereKind, Receipt
from spokesdesk.domain.errors import AccessError, UserError
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.people import Role
from spokesdesk.services import paper_after, sync
from spokesdesk.services.ports import Desk
from tests.sync.desks import press_release
from tests.sync.desks import released as released_letter


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
