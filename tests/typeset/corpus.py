"""Letters to judge the renderings by: what offices write, and random Vietnamese text of every length."""

import random
from dataclasses import replace
from datetime import date
from typing import Any

from spokesdesk import assets
from spokesdesk.domain.letters import Annex, Footer, Letter, LetterKind, Signer, Urgency
from spokesdesk.typeset.letter_file import read_letter

_SPEECH = """
trong năm một số báo điện tử đăng thông tin về vụ việc xảy ra tại Trường Tiểu học Bình Chánh xã Nhựt Chánh
huyện Bến Lức Hội Luật gia đề nghị quý báo cải chính theo quy định của pháp luật Ủy ban nhân dân tỉnh Long An
nghiêng ngả khoản thuế truyền thông phường; quận, thửa đất số 7.200.500 đồng ngày 12/3/2018 tại Quyết định số
214/QĐ-UBND và Nghị định 09/2017/NĐ-CP của Chính phủ STTTT-TTBCXB “Thư ký Hội Luật gia” (khoản 1) Điều 42, 43;
giai đoạn 2018-2020 đạt 50% – hoặc hơn, người dân kiến nghị: quyền được biết… thực hiện nghiêm túc đầy đủ
kịp thời longan.gov.vn/tin-tuc/bai-viet
"""
WORDS = _SPEECH.split()
LETTER = read_letter(assets.read_text("samples", "cong-van-cai-chinh.toml"))
RELEASE = read_letter(assets.read_text("samples", "thong-cao-bao-chi.toml"))
BASES = (
    "Căn cứ Luật Báo chí ngày 05 tháng 4 năm 2016",
    "Căn cứ Nghị định số 09/2017/NĐ-CP ngày 09 tháng 02 năm 2017 của Chính phủ quy định chi tiết việc phát ngôn "
    "và cung cấp thông tin cho báo chí của các cơ quan hành chính nhà nước;",
)
CONTACT = Footer(
    "Số 01 đường Trương Định, Phường 1, thành phố Tân An",
    "0272 3826 123",
    "",
    "stttt@longan.gov.vn",
    "stttt.vn",
)
TABLE = """
| TT | Cơ quan báo chí | Số tin, bài | Ghi chú |
|:--:|---|---:|---|
| 1 | Báo điện tử Một | 12 | Đã cải chính ngày 15/3/2018 theo đề nghị của Sở Thông tin và Truyền thông |
| 2 | Tạp chí Hai | 3 |  |
"""
SEVERAL = (
    "Báo Tuổi Trẻ",
    "Báo Thanh Niên;",
    "Tạp chí điện tử và các cơ quan báo chí có đăng tin về vụ việc nêu trên",
)


def changed(letter: Letter, **values: Any) -> Letter:
    """Give a letter with other values in some fields."""
    return replace(letter, **values)


def sentence(pick: random.Random, words: int) -> str:
    """Give one sentence of random words."""
    text = " ".join(pick.choices(WORDS, k=words))
    return text[:1].upper() + text[1:] + "."


def paragraph(pick: random.Random) -> str:
    """Give a paragraph of one to eight lines, some of it bold or italic, some of it a list item."""
    parts = [sentence(pick, pick.randint(4, 30)) for _ in range(pick.randint(1, 4))]
    if pick.random() < 0.2:
        at = pick.randrange(len(parts))
        stars = pick.choice(("*", "**"))
        parts[at] = f"{stars}{parts[at]}{stars}"
    marker = pick.choice(("", "", "", "", "1. ", "a) ", "- "))
    return marker + " ".join(parts)


def body(pick: random.Random, paragraphs: int, *, tables: bool = False) -> str:
    """Give a body text."""
    parts = []
    for _ in range(paragraphs):
        parts.append(paragraph(pick))
        if tables and pick.random() < 0.12:
            parts.append(table(pick))
        if tables and pick.random() < 0.08:
            parts.append("# I. Tình hình thực hiện")
    return "\n\n".join(parts)


def table(pick: random.Random) -> str:
    """Give a table of up to thirty rows."""
    rows = ["| TT | Nội dung | Kết quả |", "|:--:|---|---:|"]
    for at in range(1, pick.randint(2, 30)):
        rows.append(f"| {at} | {sentence(pick, pick.randint(2, 25))} | {pick.randint(1, 9_000_000)} |")
    return "\n".join(rows)


def random_letter(seed: int, paragraphs: int) -> Letter:
    """Give a letter of random content; even seeds are official letters, odd ones releases; both sizes."""
    pick = random.Random(seed)
    base = LETTER if seed % 2 == 0 else RELEASE
    return replace(
        base,
        size=13 if seed % 4 < 2 else 14,
        body=body(pick, paragraphs, tables=seed % 3 == 0),
        legal_bases=BASES if pick.random() < 0.5 and base is RELEASE else (),
        recipients=tuple(sentence(pick, pick.randint(2, 9)) for _ in range(pick.randint(1, 12))),
        contact=CONTACT if pick.random() < 0.3 else None,
    )


def _variants() -> dict[str, Letter]:
    draft = {"number": None, "date_on": None}
    found = {}
    for name, base in (("letter", LETTER), ("release", RELEASE)):
        for size in (13, 14):
            sized = replace(base, size=size)
            found[f"{name}-{size}"] = sized
            found[f"{name}-{size}-draft"] = changed(sized, **draft)
            found[f"{name}-{size}-bases"] = replace(sized, legal_bases=BASES)
            found[f"{name}-{size}-urgent"] = replace(
                sized, urgency=Urgency.THUONG_KHAN, circulation="Lưu hành nội bộ"
            )
            found[f"{name}-{size}-table"] = replace(sized, body=f"{base.body}\n{TABLE}\nTrân trọng.")
            found[f"{name}-{size}-contact"] = replace(sized, contact=CONTACT, drafter="pl", copies=300)
    return found


def _more() -> dict[str, Letter]:
    annexes = (
        Annex("Danh sách tin, bài", TABLE),
        Annex("Bảng tổng hợp", f"Mở đầu.\n{TABLE}", landscape=True),
    )
    city = "Thành phố Hồ Chí Minh"
    long_name = "Ban Quản lý An toàn thực phẩm và Vệ sinh môi trường Thành phố"
    names = {"parent_agency": f"Ủy ban nhân dân {city}", "agency": long_name, "place": city}
    return {
        "several": replace(LETTER, addressees=SEVERAL),
        "small-number": replace(LETTER, number=5, date_on=date(2019, 2, 3)),
        "long-names": changed(LETTER, **names, date_on=date(2018, 12, 29)),
        "long-names-release": changed(RELEASE, **names, date_on=date(2018, 12, 29)),
        "annex": replace(LETTER, annexes=annexes[:1], agency_name="Sở Thông tin và Truyền thông"),
        "annexes": replace(RELEASE, annexes=annexes),
        "headings": replace(RELEASE, body=HEADINGS),
        "deputy": replace(LETTER, signers=(Signer(("Q. Giám đốc",), "Lê Thị B"),)),
        "report": replace(
            RELEASE, kind=LetterKind.BAO_CAO, symbol="BC-STTTT", addressees=("UBND tỉnh Long An",)
        ),
        **_kinds(annexes, names),
        "invitation": replace(RELEASE, kind=LetterKind.GIAY_MOI, symbol="GM-STTTT"),
        "minutes": replace(
            RELEASE,
            kind=LetterKind.BIEN_BAN,
            symbol="BB-STTTT",
            signers=(Signer(("Thư ký",), "Trần Thị B"), Signer(("Chủ tọa",), "Nguyễn Văn A")),
            recipients=(),
            archive="VT, Hồ sơ",
        ),
    }


def _kinds(annexes: tuple[Annex, ...], names: dict[str, str]) -> dict[str, Letter]:
    """Give the kinds that a model of their own lacks, each with all that a paper can bear at once."""
    two = (Signer(("TM. Ban Quản lý", "Trưởng ban"), "Lê Văn Ổn"), Signer(("Chánh Văn phòng",), "Đỗ Thị Ấn"))
    full = changed(
        RELEASE,
        **names,
        annexes=annexes,
        contact=CONTACT,
        drafter="pl",
        copies=300,
        urgency=Urgency.HOA_TOC,
        circulation="Xem xong trả lại",
        legal_bases=BASES,
        date_on=date(2018, 12, 29),
    )
    to = ("UBND Thành phố Hồ Chí Minh",)
    return {
        "notice": changed(full, kind=LetterKind.THONG_BAO, symbol="TB-BQL", signers=two),
        "plan": changed(full, kind=LetterKind.KE_HOACH, symbol="KH-BQL", size=13),
        "proposal": changed(full, kind=LetterKind.TO_TRINH, symbol="TTr-BQL", addressees=to),
        "mandate": changed(full, kind=LetterKind.GIAY_UY_QUYEN, symbol="GUQ-BQL", size=13, urgency=None),
    }


HEADINGS = """
# Chương I. Quy định chung

# Điều 1. Phạm vi điều chỉnh

1. **Đối tượng áp dụng**

Văn bản này áp dụng đối với các cơ quan báo chí có đăng thông tin về vụ việc xảy ra tại Trường Tiểu học Bình Chánh.

# Chương II
# Tổ chức thực hiện

# Mục 1
# Trách nhiệm

# Điều 2. Trách nhiệm của cơ quan báo chí

a) Cải chính thông tin sai sự thật;

b) Thông báo kết quả bằng văn bản.

# I. Kết quả

- Đã gửi văn bản đến năm cơ quan báo chí.
"""
VARIANTS = {**_variants(), **_more()}
