"""Numbers in Vietnamese sentences: read as they are written, compared where they count the same thing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spokesdesk.domain.figures import differences, figures


def values(text: str) -> list[tuple[Decimal, str]]:
    return [(figure.value, figure.unit) for figure in figures(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("tăng 7,2 % so với năm trước", "7.2", "%"),
        ("tăng 7,2% so với năm trước", "7.2", "%"),
        ("có 1.200.500 người dân", "1200500", "nguoi"),
        ("chi 2,5 tỷ đồng", "2500000000", "dong"),
        ("chi 850 triệu đồng", "850000000", "dong"),
        ("trị giá 3 nghìn tỷ đồng", "3000000000000", "dong"),
        ("rộng 12 ha", "12", "ha"),
        ("có 1.234,5 tấn", "1234.5", "tan"),
        ("Sở đã kiểm tra 02 lần", "2", "lan"),
    ],
)
def test_a_number_is_read_with_its_scale_and_unit(text: str, value: str, unit: str) -> None:
    assert values(text) == [(Decimal(value), unit)]


@pytest.mark.parametrize(
    "text",
    [
        "ngày 12 tháng 3 năm 2026",
        "ngày 05/3/2018",
        "Công văn số 214/STTTT-TTBCXB",
        "Nghị định số 237/2026/NĐ-CP",
        "khoản 3 Điều 19",
        "lúc 14 giờ 30",
        "Năm 2025",
        "điện thoại 0865.28.28.28",
    ],
)
def test_days_articles_and_numbers_of_papers_count_nothing(text: str) -> None:
    assert [value for value, _unit in values(text) if value > 30] == []
    assert all(unit not in ("nam", "dieu", "thang") for _value, unit in values(text))


def test_a_number_that_differs_from_what_was_said_of_the_same_thing_is_pointed_out() -> None:
    now = "Mưa lớn làm 120 hộ dân xã Bình Chánh phải di dời. Thiệt hại ước 2,5 tỷ đồng."
    before = "Theo báo cáo, mưa lớn làm 12 hộ dân xã Bình Chánh phải di dời; thiệt hại ước 2.500 triệu đồng."
    (found,) = differences(now, [before])
    assert (found.now.text, found.before.text, found.source) == ("120 hộ", "12 hộ", 0)
    assert now[found.now.start :].startswith("120")


def test_the_same_amount_in_other_words_is_no_difference() -> None:
    assert differences("Dự án chi 2,5 tỷ đồng xây cầu", ["Dự án chi 2.500 triệu đồng xây cầu"]) == ()
    assert differences("Tỷ lệ hộ nghèo giảm 7,2%", ["Tỷ lệ hộ nghèo giảm 7,20 %"]) == ()


def test_numbers_of_other_things_are_not_compared() -> None:
    assert differences("Có 120 hộ dân phải di dời", ["Có 12 trường học phải đóng cửa"]) == ()
    assert differences("Thu hoạch 120 ha lúa ở Bến Lức", ["Trồng mới 12 ha rừng ở Tân Hưng"]) == ()


def test_the_first_text_that_speaks_of_it_decides() -> None:
    now = "mưa lớn làm 12 hộ dân phải di dời"
    same, other = "mưa lớn làm 12 hộ dân phải di dời", "mưa lớn làm 90 hộ dân phải di dời"
    assert differences(now, [same, other]) == ()
    assert [found.source for found in differences(now, ["Không liên quan.", other, same])] == [1]


@given(st.text(alphabet="0123456789.,%/ -\nhộtỷđồng", max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    for figure in figures(text):
        assert text[figure.start].isdigit()
        assert figure.value >= 0
