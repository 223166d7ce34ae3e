"""A conflict is told in words, and a third version in words means a value again."""

import pytest

from spokesdesk.domain.conflict_words import about, meant, titled, told
from spokesdesk.domain.errors import UserError

MINE = {"name": "SỞ A", "unit": "VP", "phone": "", "signer_authority": ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]}
THEIRS = MINE | {"unit": "TTBCXB", "signer_authority": ["GIÁM ĐỐC"]}
DAYS = {"2026-09-02": "Quốc khánh", "2026-11-30": "Nghỉ bù"}


def test_only_the_parts_that_differ_are_told() -> None:
    assert told("value", MINE, MINE, THEIRS) == (
        "Quyền hạn, chức vụ người ký: KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC\nĐơn vị soạn thảo: VP"
    )
    assert told("value", MINE | {"name": "SỞ B"}, MINE, THEIRS | {"name": "SỞ C"}).startswith(
        "Tên cơ quan: SỞ B"
    )
    assert told("value", None, MINE, THEIRS) == ""


@pytest.mark.parametrize(
    ("field", "current", "mine"),
    [
        ("value", MINE, THEIRS),
        ("value", THEIRS, MINE),
        ("value", DAYS, {"2026-09-02": "Quốc khánh 2/9"}),
        ("value", {"2026-09-02": "Quốc khánh 2/9"}, DAYS),
        ("roles", ["leader", "drafter"], ["drafter"]),
        ("value", {"months": 6}, {"months": 12}),
        ("value", [{"name": "Công an xã"}], []),
    ],
)
def test_what_is_told_of_a_value_means_that_value(field: str, current: object, mine: object) -> None:
    assert meant(field, told(field, mine, current, mine), current, mine) == mine
    assert meant(field, told(field, current, current, mine), current, mine) == current


def test_a_third_version_changes_what_it_speaks_of_alone() -> None:
    found = meant("value", "Đơn vị soạn thảo:  VP-TTBC ", MINE, THEIRS)
    assert found == MINE | {"unit": "VP-TTBC"}


@pytest.mark.parametrize("text", ["Đơn vị: x", "linh tinh", "Điện thoại: 0263"])
def test_a_part_that_is_not_in_question_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="value_form"):
        meant("value", text, MINE, THEIRS)


def test_roles_and_settings_are_named_as_people_name_them() -> None:
    assert "leader" not in told("roles", ["leader"], ["leader"], [])
    assert titled("setting", "agency") == "Thông tin cơ quan"
    assert "agency" not in about("setting", "agency", "value")
    assert about("outlet", "Báo Đồng Khởi", "phone") == "Báo Đồng Khởi · trường “điện thoại”"


def test_the_part_of_a_setting_that_is_in_question_is_named() -> None:
    assert about("setting", "agency", "value", MINE, MINE | {"phone": "1"}).endswith(" · Điện thoại")
    # Of one in which more differs, and of a value without parts, only the setting.
    assert about("setting", "agency", "value", MINE, THEIRS) == about("setting", "agency", "value")
    assert about("setting", "organ_id", "value", "a", "b") == about("setting", "organ_id", "value")


def test_a_particular_that_both_filled_in_can_be_left_empty_by_the_third_version() -> None:
    assert meant("value", "Đơn vị soạn thảo:", MINE, THEIRS) == MINE | {"unit": ""}
    # A day that only one of them has is taken out by leaving its line empty.
    assert meant("value", "2026-11-30:", DAYS, {"2026-09-02": "Quốc khánh"}) == {"2026-09-02": "Quốc khánh"}


def test_a_third_version_that_is_no_value_is_refused() -> None:
    with pytest.raises(UserError, match="value_form"):
        meant("value", "sáu tháng", {"months": 6}, {"months": 12})


def test_a_record_is_named_shortly_and_never_by_nothing() -> None:
    assert about("outlet", "Báo " + "rất dài " * 40, "phone").count("rất dài") < 12
    assert about("contact", "", "phone").startswith("(không có tên)")
