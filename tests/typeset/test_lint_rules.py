"""Numbers, dates, citations and the parts of a letter: each fault is found, named by its clause, and only it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from spokesdesk.domain.letters import Annex, Letter, LetterKind, Signer
from spokesdesk.typeset.lint import Level, lint
from tests.typeset.corpus import LETTER, RELEASE
from tests.typeset.linted import GOOD, changes, graves, of, with_body

MINUTES = replace(
    GOOD,
    kind=LetterKind.BIEN_BAN,
    symbol="BB-STTTT",
    place="",
    addressees=(),
    recipients=("Các thành viên dự họp",),
    archive="VT, Hồ sơ",
    signers=(Signer(("THƯ KÝ",), "Lê Thị Ánh"), Signer(("CHỦ TỌA",), "Nguyễn Văn An")),
)


@pytest.mark.parametrize("letter", [GOOD, MINUTES, LETTER, RELEASE])
def test_a_good_letter_has_no_finding(letter: Letter) -> None:
    assert lint(letter) == ()


@pytest.mark.parametrize(
    ("changed", "rule", "field"),
    [
        ({"subject": ""}, "TY1", "subject"),
        ({"place": ""}, "DD", "place"),
        ({"place": "TP. Hồ Chí Minh"}, "DD", "place"),
        ({"symbol": "STTTT - TTBCXB"}, "NUM", "symbol"),
        ({"symbol": "QĐ-STTTT"}, "KH", "symbol"),
        ({"symbol": "2018/STTTT-TTBCXB"}, "KH", "symbol"),
        ({"symbol": "stttt-vp"}, "NUM", "symbol"),
        ({"kind": LetterKind.BAO_CAO, "symbol": "TB-STTTT"}, "KH", "symbol"),
        ({"kind": LetterKind.TO_TRINH, "symbol": "TTR-STTTT"}, "KH", "symbol"),
        ({"addressees": ()}, "KG1", "addressees"),
        ({"addressees": ("- Báo Ví Dụ",)}, "KG1", "addressees.1"),
        ({"addressees": ("Kính gửi: Báo Ví Dụ",)}, "KG1", "addressees.1"),
        ({"recipients": ("UBND tỉnh", "Như trên")}, "NN1", "recipients.2"),
        ({"kind": LetterKind.THONG_BAO, "symbol": "TB-STTTT", "addressees": ()}, "NN1", "recipients.1"),
        ({"recipients": ("Như trên", "Lưu: VT")}, "NN1", "recipients.2"),
        ({"archive": ""}, "NN1", "archive"),
        ({"archive": "Lưu: VT, TTBCXB"}, "NN1", "archive"),
        ({"archive": "TTBCXB"}, "NN1", "archive"),
        ({"signers": ()}, "KY1", "signers"),
        ({"signers": (Signer(("KT. GIÁM ĐỐC",), "Nguyễn Văn An"),)}, "KY1", "signers.1.authority.1"),
        ({"signers": (Signer(("TM. ỦY BAN NHÂN DÂN",), "Nguyễn Văn An"),)}, "KY1", "signers.1.authority.1"),
        ({"signers": (Signer(("TUQ. GIÁM ĐỐC",), "Nguyễn Văn An"),)}, "KY1", "signers.1.authority.1"),
        (
            {"signers": (Signer(("KT GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Nguyễn Văn An"),)},
            "KY1",
            "signers.1.authority.1",
        ),
        ({"signers": (Signer(("K/T GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "An Bình"),)}, "KY1", "signers.1.authority.1"),
        ({"signers": (Signer(("GIÁM ĐỐC",), "PGS. TS. Nguyễn Văn An"),)}, "KY2", "signers.1.name"),
        ({"signers": (Signer(("GIÁM ĐỐC",), "NGUYỄN VĂN AN"),)}, "KY2", "signers.1.name"),
        ({"signers": (Signer(("GIÁM ĐỐC",), "Nguyễn văn An"),)}, "C2", "signers.1.name"),
        ({"annexes": (Annex("DANH SÁCH", "Nội dung."),)}, "PL1", "annexes.1.title"),
        ({"circulation": "MẬT"}, "LH", "circulation"),
    ],
)
def test_an_error_is_found_where_it_is(changed: dict[str, object], rule: str, field: str) -> None:
    letter = replace(GOOD, **changed)  # type: ignore[arg-type]
    assert graves(letter) == [(rule, field)]
    assert all(each.clause for each in lint(letter))


@pytest.mark.parametrize(
    "changed",
    [
        {"place": "Thành phố Hồ Chí Minh", "size": 13},
        {"signers": (Signer(("Q. GIÁM ĐỐC",), "Nguyễn Văn An"),)},
        {"signers": (Signer(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Giàng A Pao"),)},
        {"signers": (Signer(("TL. BỘ TRƯỞNG", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"), "Kơ Pa Kơ Lơng"),)},
        {"signers": (Signer(("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"), "Nguyễn Văn A"),)},
        {"kind": LetterKind.TO_TRINH, "symbol": "TTr-STTTT", "subject": "Về cung cấp thông tin"},
        {"kind": LetterKind.THONG_BAO, "symbol": "TB-STTTT", "subject": "Về họp báo", "addressees": (),
         "recipients": ("Các cơ quan báo chí",)},
        {"symbol": "UBND-KGVX"},
        {"body": "Danh sách tại Phụ lục kèm theo Công văn này.", "annexes": (Annex("DANH SÁCH", "Nội dung."),)},
        {"subject": "mời dự hội nghị với TP. Tân An và ông V.H.T."},
    ],
)  # fmt: skip
def test_what_the_decree_allows_is_not_found(changed: dict[str, object]) -> None:
    assert lint(replace(GOOD, **changed)) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "rule", "expected"),
    [
        ("Ngày 5 tháng 03 năm 2018.", "DT1", [("Ngày 5 tháng 03 năm 2018", "Ngày 05 tháng 3 năm 2018")]),
        ("Vào ngày 5 tháng 3 năm 2018.", "DT1", [("ngày 5 tháng 3 năm 2018", "ngày 05 tháng 3 năm 2018")]),
        ("Vào ngày 12 tháng 1 năm 2018.", "DT1", [("ngày 12 tháng 1 năm 2018", "ngày 12 tháng 01 năm 2018")]),
        ("Từ 5/3/2018 đến 12/03/2018.", "DT1", [("5/3/2018", "05/3/2018"), ("12/03/2018", "12/3/2018")]),
        ("Từ 05/9/2018 đến 01/6/2017, 12/10/2017, ngày 12 tháng 01 năm 2018.", "DT1", []),
        ("Vào 31/02/2018.", "DT2", [("31/02/2018", "")]),
        ("Công văn số 2595/BTTTT - CBC ngày 01/3/2018.", "NUM", [("2595/BTTTT - CBC", "2595/BTTTT-CBC")]),
        ("Quyết định số 12 /QĐ-UBND ngày 01/3/2018.", "NUM", [("12 /QĐ-UBND", "12/QĐ-UBND")]),
        ("Quyết định số 5/QĐ-UBND ngày 01/3/2018.", "NUM", [("5", "05")]),
        ("Quyết định số 12/QĐ-UBND ngày 01/3/2018 - Văn phòng gửi.", "NUM", []),
        (
            "Nghị định 30/2020/NĐ-CP ngày 05/3/2018.",
            "SO",
            [("Nghị định 30/2020/NĐ-CP", "Nghị định số 30/2020/NĐ-CP")],
        ),
        ("Báo cáo 6/2018 và Kế hoạch 12/2018.", "SO", []),
        ("Theo Kế hoạch số 12/KH-UBND.", "VD", [("Kế hoạch số 12/KH-UBND", "")]),
        ("Kế hoạch số 12/KH-UBND ngày 01/3/2018; Kế hoạch số 12/KH-UBND.", "VD", []),
        ("Theo BCTTVN.", "VT", [("BCTTVN", "")]),
        ("Ban Công tác (sau đây viết tắt là BCTTVN) và BCTTVN.", "VT", []),
        ("Hai  khoảng cách , và.", "VT", [("  ", " "), (" ,", ",")]),
    ],
)
def test_numbers_and_dates_in_the_text(text: str, rule: str, expected: list[tuple[str, str]]) -> None:
    found = changes(with_body(text), rule)
    assert [words for words, _right in found] == [words for words, _right in expected]
    assert all(right in ("", got) for (_w, got), (_e, right) in zip(found, expected, strict=True))


def test_a_letter_older_than_a_numbered_document_it_cites() -> None:
    text = "Công văn số 2595/BTTTT-CBC ngày 23/7/2020 và họp ngày 30/7/2020."
    (found,) = of(replace(with_body(text), date_on=date(2020, 7, 3)), "DT3")
    assert text[found.start : found.end] == "2595/BTTTT-CBC ngày 23/7/2020"
    assert found.level is Level.ERROR
    assert of(replace(with_body(text), date_on=date(2020, 7, 23)), "DT3") == []
    basis = "Căn cứ Quyết định số 12/QĐ-UBND ngày 05 tháng 8 năm 2020 của UBND tỉnh về báo chí"
    (found,) = of(replace(GOOD, date_on=date(2020, 7, 3), legal_bases=(basis,)), "DT3")
    assert found.field == "legal_bases.1"


@pytest.mark.parametrize(
    ("basis", "count"),
    [
        ("Căn cứ Luật Báo chí ngày 05 tháng 4 năm 2016", 0),
        ("Căn cứ Nghị định số 09/2017/NĐ-CP ngày 09 tháng 02 năm 2017 của Chính phủ quy định chi tiết", 0),
        ("Theo đề nghị của Chánh Văn phòng", 0),
        ("Căn cứ Luật Báo chí", 1),
        ("Căn cứ Luật Báo chí số 103/2016/QH13 ngày 05 tháng 4 năm 2016", 1),
        ("Căn cứ Nghị định số 09/2017/NĐ-CP ngày 09 tháng 02 năm 2017", 1),
        ("Nghị định số 09/2017/NĐ-CP ngày 09 tháng 02 năm 2017 của Chính phủ quy định chi tiết", 1),
    ],
)
def test_legal_bases_are_whole(basis: str, count: int) -> None:
    assert len(of(replace(GOOD, legal_bases=(basis,)), "CC1")) == count


def test_recipients_without_as_above_and_repeated_ones_are_only_warned_of() -> None:
    letter = replace(GOOD, recipients=("UBND tỉnh", "UBND tỉnh"))
    assert [(each.rule, each.level, each.field) for each in lint(letter)] == [
        ("NN1", Level.WARN, "recipients"),
        ("NN1", Level.WARN, "recipients.2"),
    ]


def test_each_of_several_annexes_must_be_mentioned() -> None:
    annexes = (Annex("A", "Nội dung."), Annex("B", "Nội dung."))
    only_first = replace(with_body("Danh sách tại Phụ lục I."), annexes=annexes)
    assert graves(only_first) == [("PL1", "annexes.2.title")]
    both = replace(with_body("Danh sách tại Phụ lục I và Phụ lục II."), annexes=annexes)
    assert graves(both) == []


def test_a_subject_brings_no_about_of_its_own_and_a_named_kind_begins_with_it() -> None:
    (twice,) = of(replace(GOOD, subject="về việc cải chính"), "TY1")
    assert (twice.level, twice.start, twice.end) == (Level.WARN, 0, 7)
    named: Callable[[str], Letter] = lambda subject: replace(  # noqa: E731
        GOOD,
        kind=LetterKind.KE_HOACH,
        symbol="KH-STTTT",
        addressees=(),
        recipients=("Các phòng",),
        subject=subject,
    )
    assert [each.level for each in of(named("Kết quả quý I"), "TY1")] == [Level.HINT]
    assert lint(named("Về kết quả quý I")) == ()


def test_a_place_too_long_for_the_greater_sizes_is_told() -> None:
    long = "Đặc khu hành chính có tên gọi rất dài và còn dài hơn nữa"
    assert [each.suggestion for each in of(replace(GOOD, place=long), "SZ")] == ["13"]
    assert of(replace(GOOD, place=long, size=13), "SZ") == []


def test_an_agencys_own_name_is_written_in_full() -> None:
    assert [each.field for each in of(replace(GOOD, agency="UBND XÃ NHỰT CHÁNH"), "CQ")] == ["agency"]
    assert [each.field for each in of(replace(GOOD, agency="SỞ TT&TT"), "CQ")] == ["agency"]
