"""Evidence: hashed on the way in, dated twice, never changed, every touch in the custody log and in the chain."""

import hashlib
import os
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from spokesdesk.domain.cases import Case, CaseDraft, CaseKind, CaseOutcome
from spokesdesk.domain.errors import ConflictError, DeskError, UserError
from spokesdesk.domain.evidence import CustodyAct, EvidenceKind, Taken, looks_like_identity_card
from spokesdesk.domain.words import word
from spokesdesk.services import cases, evidence, workspace
from spokesdesk.services.ports import Desk
from spokesdesk.typeset.pages import PageImage
from tests.desks import Office
from tests.domain.test_photo_time import jpeg

PHOTO = b"\xff\xd8\xff\xe0 \x00 anh hien truong" * 9


@pytest.fixture
def case(desk: Desk) -> Case:
    return cases.open_case(desk, CaseDraft(CaseKind.HARASSMENT, "Đòi gặp lãnh đạo, dọa đăng bài"))[0]


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "DSC_0042.JPG"
    path.write_bytes(PHOTO)
    return path


def acts(desk: Desk, made: Case) -> list[tuple[CustodyAct, str, str]]:
    return [(entry.act, entry.by.name, entry.remark) for entry in cases.view(desk, made.id).log]


def test_an_item_is_hashed_and_dated_by_two_clocks(desk: Desk, case: Case, photo: Path) -> None:
    taken = desk.now() - timedelta(hours=2)
    item, _changes = evidence.add_file(desk, case.id, photo, Taken(taken, "bảo vệ Lê Văn Ẩn", "biển số xe"))
    assert item.file.sha256 == hashlib.sha256(PHOTO).hexdigest()
    assert (item.taken.at, item.taken.by) == (taken, "bảo vệ Lê Văn Ẩn")
    assert item.added_at >= taken + timedelta(hours=2)
    assert item.by.name == "Trần Minh Khuê"
    photo.unlink()
    assert desk.files.read(item.file.sha256) == PHOTO


def test_a_picture_is_decoded_apart_and_one_that_cannot_be_is_told_and_logged(
    desk: Desk, case: Case, photo: Path
) -> None:
    broken, _changes = evidence.add_file(desk, case.id, photo)
    made = BytesIO()
    Image.new("RGB", (64, 48), "red").save(made, "JPEG")
    photo.write_bytes(made.getvalue())
    whole, _changes = evidence.add_file(desk, case.id, photo)
    shown = evidence.look(desk, whole.id)[1]
    assert isinstance(shown, PageImage)
    assert (shown.width, shown.height) == (64, 48)
    fault = evidence.look(desk, broken.id)[1]
    assert isinstance(fault, UserError)
    assert word(fault) == "Không đọc được tệp này để xem. Hãy lưu ra tệp rồi mở bằng chương trình khác."
    assert [act for act, _by, _remark in acts(desk, case)].count(CustodyAct.VIEWED) == 2


def test_without_a_time_the_camera_speaks_else_the_file(desk: Desk, case: Case, tmp_path: Path) -> None:
    camera, plain = tmp_path / "DSC_0001.JPG", tmp_path / "ghi am.m4a"
    camera.write_bytes(jpeg("2026:11:20 09:15:30"))
    plain.write_bytes(b"ghi am")
    os.utime(plain, (1_790_000_000, 1_790_000_000))
    by_camera, _changes = evidence.add_file(desk, case.id, camera)
    by_file, _changes = evidence.add_file(desk, case.id, plain)
    assert (by_camera.taken.at, by_camera.taken.by) == (
        datetime(2026, 11, 20, 2, 15, 30, tzinfo=UTC),
        "đồng hồ của máy ảnh",
    )
    assert (by_file.taken.at, by_file.taken.by) == (
        datetime.fromtimestamp(1_790_000_000, UTC),
        "ngày giờ ghi trong tệp",
    )
    os.utime(plain, (4_000_000_000, 4_000_000_000))
    ahead, _changes = evidence.add_file(desk, case.id, plain)
    assert ahead.taken.at is None


def test_every_touch_is_an_entry_of_the_log_and_of_the_chain(
    office: Office, case: Case, photo: Path, tmp_path: Path
) -> None:
    desk = office.spokesperson
    item, _changes = evidence.add_file(desk, case.id, photo)
    evidence.look(office.drafter, item.id)
    evidence.open_copy(office.drafter, item.id, tmp_path / "mo.jpg")
    path, _changes = evidence.export_file(desk, item.id, tmp_path / "ra.jpg")
    evidence.hand_over(desk, (item.id,), "Đại úy Nguyễn Văn A, Công an xã", "bản sao trên USB")
    evidence.withdraw(desk, item.id, "trùng với ảnh trước")
    evidence.restore(office.leader, item.id, "không trùng")
    assert path.read_bytes() == PHOTO
    assert acts(desk, case) == [
        (CustodyAct.ADDED, "Trần Minh Khuê", ""),
        (CustodyAct.VIEWED, "Lê Thị Ánh", ""),
        (CustodyAct.VIEWED, "Lê Thị Ánh", "mở bằng chương trình khác trên máy"),
        (CustodyAct.EXPORTED, "Trần Minh Khuê", "ra.jpg"),
        (CustodyAct.HANDED_OVER, "Trần Minh Khuê", "Đại úy Nguyễn Văn A, Công an xã – bản sao trên USB"),
        (CustodyAct.WITHDRAWN, "Trần Minh Khuê", "trùng với ảnh trước"),
        (CustodyAct.RESTORED, "Nguyễn Văn Ổn", "không trùng"),
    ]
    with desk.read() as unit:
        links = {link.n: link for link in unit.chain.links()}
    for entry in cases.view(desk, case.id).log:
        assert links[entry.link].entry == entry.id
        assert links[entry.link].hash.hex() == entry.link_hash
    assert workspace.doctor(desk).ok


def test_a_withdrawn_item_keeps_file_and_log(desk: Desk, case: Case, photo: Path) -> None:
    item, _changes = evidence.add_file(desk, case.id, photo)
    with pytest.raises(UserError, match="remark"):
        evidence.withdraw(desk, item.id, " ")
    evidence.withdraw(desk, item.id, "nhầm vụ")
    with pytest.raises(ConflictError, match="evidence_state"):
        evidence.withdraw(desk, item.id, "lần nữa")
    (kept,) = cases.view(desk, case.id).items
    assert kept.withdrawn
    assert [row.items for row in cases.case_rows(desk, cases.case_numbers(desk))] == [0]
    assert desk.files.read(item.file.sha256) == PHOTO


def test_doctor_reads_the_files_of_evidence(desk: Desk, case: Case, photo: Path) -> None:
    item, _changes = evidence.add_file(desk, case.id, photo)
    assert workspace.doctor(desk).files == ()
    for path in (desk.keeper.folder / "blobs").glob("??/*"):
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    assert not desk.files.is_whole(item.file.sha256)
    assert workspace.doctor(desk).files == (item.file.sha256,)


def test_testimony_and_web_address_are_kept_as_text_of_their_own(desk: Desk, case: Case) -> None:
    said, _changes = evidence.add_testimony(
        desk, case.id, "Tôi thấy\nông ta chụp ảnh.", Taken(desk.now(), "Chị Đỗ Thị Ổn, văn thư")
    )
    assert said.kind is EvidenceKind.TESTIMONY
    assert evidence.look(desk, said.id)[1] == "Tôi thấy\nông ta chụp ảnh.\n".encode()
    page, _changes = evidence.add_web(desk, case.id, "https://bao-ao.example/bai?id=1", "đòi tiền")
    assert (
        page.file.sha256
        == hashlib.sha256("https://bao-ao.example/bai?id=1\n\nđòi tiền\n".encode()).hexdigest()
    )
    for url, text in (
        ("javascript:alert(1)", "url_form"),
        ("", "text_required"),
        ("file:///etc/passwd", "url_form"),
    ):
        with pytest.raises(UserError, match=text):
            evidence.add_web(desk, case.id, url)
    with pytest.raises(UserError) as caught:
        evidence.add_testimony(desk, case.id, "ai đó nói", Taken())
    assert caught.value.field == "taken_by"


@pytest.mark.parametrize(
    "name",
    [
        "CCCD mặt trước.jpg",
        "anh_CMND_ong_A.png",
        "căn cước công dân.jpeg",
        "IMG-cccd2.jpg",
        "hộ chiếu.pdf",
        "id card.png",
    ],
)
def test_what_looks_like_an_identity_card_is_not_kept_without_a_reason(
    desk: Desk, case: Case, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(PHOTO)
    with pytest.raises(UserError, match="evidence_identity_card"):
        evidence.add_file(desk, case.id, path)
    assert cases.view(desk, case.id).items == ()
    assert not desk.files.has(hashlib.sha256(PHOTO).hexdigest())
    item, _changes = evidence.add_file(
        desk, case.id, path, Taken(card_reason="giấy tờ giả, công an yêu cầu giữ")
    )
    assert item.taken.card_reason == acts(desk, case)[0][2] == "giấy tờ giả, công an yêu cầu giữ"


@pytest.mark.parametrize(
    "name", ["can bo cuoc hop.jpg", "IMG_0042.jpg", "thẻ nhà báo.jpg", "idea.png", "hoc meo.txt"]
)
def test_other_names_are_taken(name: str) -> None:
    assert not looks_like_identity_card(name)


@pytest.mark.parametrize(
    "name",
    [
        "a\nb.txt",
        "đơn\u202efdp.exe",
        "con.txt",
        "x" * 250,
        "..\\..\\he thong.txt",
        ".",
        "\udcff\udcfe.bin",
        "a\u200bb",
    ],
)
def test_a_hostile_name_is_kept_for_showing_and_never_for_writing(
    desk: Desk, case: Case, tmp_path: Path, name: str
) -> None:
    source = tmp_path / "nguon"
    source.mkdir()
    path = source / (name if name != "." else "...")
    path.write_bytes(b"noi dung")
    item, _changes = evidence.add_file(desk, case.id, path)
    assert item.original_name
    assert item.original_name.isprintable()
    assert "/" not in item.file.name
    assert "\\" not in item.file.name
    assert item.file.name.split(".")[0].lower() != "con"


def test_files_that_cannot_be_taken_are_refused_and_leave_nothing(
    desk: Desk, case: Case, tmp_path: Path
) -> None:
    (tmp_path / "rong.jpg").touch()
    (tmp_path / "thu muc").mkdir()
    os.mkfifo(tmp_path / "ong")
    for name, code in (
        ("rong.jpg", "attachment_empty"),
        ("khong co.jpg", "attachment_missing"),
        ("thu muc", "attachment_unreadable"),
        ("ong", "attachment_unreadable"),
    ):
        with pytest.raises(DeskError, match=code):
            evidence.add_file(desk, case.id, tmp_path / name)
    assert cases.view(desk, case.id).items == ()
    assert list(desk.files.all()) == []


def test_times_are_checked(desk: Desk, case: Case, photo: Path) -> None:
    with pytest.raises(UserError, match="case_in_future"):
        evidence.add_file(desk, case.id, photo, Taken(desk.now() + timedelta(days=1), "ai đó"))
    with pytest.raises(UserError, match="taken_by_missing"):
        evidence.add_file(desk, case.id, photo, Taken(desk.now()))


def test_a_closed_case_takes_nothing_more(desk: Desk, case: Case, photo: Path) -> None:
    item, _changes = evidence.add_file(desk, case.id, photo)
    cases.close(desk, case.id, CaseOutcome.UNFOUNDED)
    with pytest.raises(ConflictError, match="case_closed"):
        evidence.add_file(desk, case.id, photo)
    with pytest.raises(ConflictError, match="case_closed"):
        evidence.withdraw(desk, item.id, "lý do")
    evidence.look(desk, item.id)
    assert [act for act, _by, _remark in acts(desk, case)] == [CustodyAct.ADDED, CustodyAct.VIEWED]
