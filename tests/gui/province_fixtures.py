"""What a province's desk, and an agency's, hold after some weeks of exchange; written as a round would have."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.door import AccountState, JournalistAccount, Person
from spokesdesk.domain.journal import Due
from spokesdesk.domain.province import UNCONFIRMED, Complaint, KnownAgency, Note, NoteKind, Severity, Standing
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.province import Received
from spokesdesk.store.province import detail_value

SPACE = UUID("5a1f9a3e-3c1e-4c43-9d5f-0d6c1a9b7e10")
AGENCIES = (
    "Sở Nông nghiệp và Môi trường",
    "Sở Y tế",
    "Sở Giáo dục và Đào tạo",
    "UBND xã Bình Hòa",
    "UBND phường Tân An",
)
CITED = "khoản 4 Điều 7 Nghị định số 244/2026/NĐ-CP"


def ident(name: str) -> UUID:
    """Give an id that is the same each time."""
    return uuid5(SPACE, name)


def fill(desk: Desk, standing: Standing) -> None:
    """Make a desk that of the province, or of an agency, with what it would hold; the second time nothing is added."""
    now = desk.now()
    with desk.write() as unit:
        unit.province.stand(standing)
        known = [
            KnownAgency(ident(name), name, now - timedelta(hours=7 * n)) for n, name in enumerate(AGENCIES)
        ]
        unit.province.save_agencies(known if standing is Standing.PROVINCE else [], now)
        items = list(_above(now)) if standing is Standing.PROVINCE else list(_below(now))
        unit.province.take(items, len(items), "0" * 64)
        unit.accounts.save_all(accounts(now) if standing is Standing.PROVINCE else [], now)
        unit.province.save_complaints([complaint(now)] if standing is Standing.PROVINCE else [])
        written = {note.id for note in unit.province.written(list(NoteKind))}
        for note in _written(now) if standing is Standing.PROVINCE else ():
            if note.id not in written:
                unit.province.write(note, desk.member.ref)


def complaint(now: datetime) -> Complaint:
    """Give a journalist's complaint about obstruction."""
    who = ("Nguyễn Thị Lan", "Báo Tuổi Trẻ", "IBT-02311", "0912 345 678", "lan@bao.example.vn")
    text = "Bảo vệ giữ máy ảnh, không cho vào phòng tiếp dân dù đã có giấy giới thiệu."
    day, at = vn_day(now), now - timedelta(hours=30)
    return Complaint(
        ident("complaint"), ident(AGENCIES[4]), AGENCIES[4], who, day, "cổng UBND phường", text, at, "new"
    )


def accounts(now: datetime) -> list[JournalistAccount]:
    """Give journalists' accounts: three that wait, one of each other state."""
    made = (
        ("Nguyễn Thị Lan", "Báo Tuổi Trẻ", "IBT-02311", AccountState.PENDING, ""),
        ("Trần Quốc Ổn", "Đài Phát thanh và Truyền hình Long An", "PT-00817", AccountState.PENDING, ""),
        ("Phạm Thu Hà", "Báo Ấp Bắc", "AB-01145", AccountState.PENDING, ""),
        ("Lê Hoàng Ân", "Báo Người Lao Động", "NLD-00456", AccountState.VERIFIED, ""),
        ("Võ Minh Tú", "Tạp chí Đô thị", "X-1", AccountState.REFUSED, "Tòa soạn không xác nhận số thẻ này."),
        (
            "Đặng Văn Ê",
            "Báo Đời sống",
            "DS-00002",
            AccountState.BLOCKED,
            "Thẻ đã bị thu hồi ngày 02/10/2026.",
        ),
    )
    found = []
    for n, (name, outlet, card, state, reason) in enumerate(made):
        person = Person(name, outlet, card, f"nhabao{n}@toasoan.example.vn", f"0912 345 67{n}")
        at = now - timedelta(hours=70 - 20 * n) if n < 3 else now - timedelta(days=20 + n)
        decided_at = None if state is AccountState.PENDING else at + timedelta(days=1)
        found.append(JournalistAccount(ident(name), person, state, reason, at, decided_at))
    return found


def _written(now: datetime) -> Iterator[Note]:
    due = Due("N244-INIT-24B", now - timedelta(hours=2), "trong 24 giờ", CITED, "one_copy")
    alert = Note(
        ident("alert"),
        NoteKind.ALERT,
        "Bài “Cá chết trắng sông” trên Báo Ấp Bắc đang lan rộng",
        "Đề nghị người đứng đầu cơ quan chỉ đạo kiểm tra, phát ngôn trong 24 giờ và báo cáo kết quả.",
        now - timedelta(hours=26),
        "Trần Thị Ấu",
        "all",
        severity=Severity.HIGH,
        due=due,
    )
    yield alert
    later = replace(
        due, due_at=now + timedelta(days=2), citation="", rule_id="", wording="trước 17:00 thứ Hai"
    )
    yield replace(
        alert,
        id=ident("ask"),
        kind=NoteKind.ASK,
        title="Số liệu ca mắc sốt xuất huyết quý III",
        text="Đề nghị cung cấp số liệu theo từng xã.",
        recipient=str(ident(AGENCIES[1])),
        severity=Severity.NOTICE,
        due=later,
        at=now - timedelta(hours=5),
    )


def _above(now: datetime) -> Iterator[Received]:
    """What came to the province."""
    for n, name in enumerate(AGENCIES[:3]):
        at = now - timedelta(hours=24 - 9 * n)
        yield _note(f"ack-{n}", NoteKind.ACK, name, "", at, about="alert", by="Lê Văn Ổn")
    at = now - timedelta(days=1)
    yield _note(
        "difficulty",
        NoteKind.DIFFICULTY,
        AGENCIES[3],
        "Xã chưa có người phát ngôn chuyên trách; đề nghị tỉnh mở lớp tập huấn trong tháng 12.",
        at,
        title="Thiếu người phát ngôn, chưa được tập huấn",
    )
    extra = {
        "outlet": "Báo Ấp Bắc",
        "article": "Cá chết trắng sông",
        "url": "https://bao.example.vn/ca-chet",
        "published": "20/11/2026",
        "paper": "Công văn số 12/SNNMT-VP ngày 24 tháng 11 năm 2026",
        "addressee": "Tổng Biên tập Báo Ấp Bắc",
        "round": "1",
    }
    rebuttal = _note(
        "rebuttal",
        NoteKind.REBUTTAL,
        AGENCIES[0],
        "Số cá chết là 0,8 tấn, không phải 8 tấn.",
        at,
        "Báo Ấp Bắc: Cá chết",
    )
    yield replace(rebuttal, detail={"severity": "notice", "extra": extra})
    for n, (name, title) in enumerate(
        zip(
            AGENCIES,
            ("về kết quả quan trắc nước", "về tình hình dịch bệnh", "về tuyển sinh lớp 10"),
            strict=False,
        )
    ):
        told = {"number": 5 + n, "symbol": "TCBC-VP", "date_on": "2026-11-24", "public_id": str(ident(title))}
        moment = now - timedelta(days=n)
        yield Received(ident(title), "release", ident(name), name, title, moment, moment, detail=told)
    rows = [["1", "Nguyễn Văn An", "Giám đốc", "0272 3826 123"], ["2", "Trần Thị Bé", "Chánh Văn phòng", ""]]
    columns = ["TT", "Họ và tên", "Chức vụ", "Điện thoại"]
    listed = {"which": "spokespeople", "on": "2026-11-20", "columns": columns, "rows": rows}
    title = "Danh sách người phát ngôn"
    yield Received(ident("list"), "list", ident(AGENCIES[0]), AGENCIES[0], title, now, now, detail=listed)


def alert(now: datetime) -> Received:
    """Give an alert of the province with a clock, as an agency got it."""
    due = Due("N244-INIT-24B", now + timedelta(hours=9), "trong 24 giờ", CITED, "one_copy")
    text = "Đề nghị người đứng đầu cơ quan chỉ đạo kiểm tra, phát ngôn trong 24 giờ và báo cáo kết quả."
    title = "Bài “Cá chết trắng sông” đang lan rộng"
    at = now - timedelta(hours=15)
    made = _note("heard", NoteKind.ALERT, "UBND tỉnh Long An", text, at, title)
    note = Note(ident("x"), NoteKind.ALERT, "", "", now, "", severity=Severity.HIGH, due=due)
    return replace(made, detail=detail_value(note))


def _below(now: datetime) -> Iterator[Received]:
    """What came to an agency."""
    yield alert(now)
    remind = _note(
        "reminded",
        NoteKind.REMIND,
        "UBND tỉnh Long An",
        "Đề nghị xác nhận ngay.",
        now - timedelta(hours=3),
        "Nhắc lại",
        "heard",
    )
    yield replace(remind, detail={"severity": "urgent"})


def by_new_key(desk: Desk) -> None:
    """Let an alert come to an agency by a key that nobody has confirmed."""
    now = desk.now()
    held = replace(
        _note(
            "held",
            NoteKind.ALERT,
            "UBND tỉnh Long An",
            "Đề nghị kiểm tra.",
            now - timedelta(hours=2),
            "Cảnh báo ký bằng khóa mới",
        ),
        kind=UNCONFIRMED,
        detail={"kind": "alert", "severity": "high"},
        proof={"key": "3c" * 32},
    )
    with desk.write() as unit:
        unit.province.take([held], 9, "0" * 64)


def _note(
    name: str,
    kind: NoteKind,
    agency: str,
    text: str,
    at: datetime,
    title: str = "",
    about: str = "",
    by: str = "Phạm Thị Ngọc",
) -> Received:
    return Received(
        item=ident(name),
        kind=kind.value,
        sender=ident(agency),
        agency=agency,
        title=title or kind.value,
        at=at,
        arrived_at=at + timedelta(minutes=4),
        about=ident(about) if about else None,
        text=text,
        by=by,
    )
