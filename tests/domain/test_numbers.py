"""Series and gaps: NĐ 30/2020/NĐ-CP, Điều 15 khoản 1."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.numbers import Series, SeriesMode, checked_series, gaps, ranges_text


def test_per_kind_is_the_default_and_shared_joins_all() -> None:
    kinds = list(LetterKind)
    assert len({Series().of(kind) for kind in kinds}) == len(kinds)
    assert len({Series(SeriesMode.SHARED).of(kind) for kind in kinds}) == 1


def test_mixed_joins_the_kinds_named_alike_and_leaves_the_others() -> None:
    mixed = checked_series("mixed", {"cong-van": "Hành chính", "thong-bao": " Hành  chính ", "bao-cao": ""})
    assert mixed.of(LetterKind.CONG_VAN) == mixed.of(LetterKind.THONG_BAO) == "Hành chính"
    assert mixed.of(LetterKind.BAO_CAO) == "bao-cao"


@pytest.mark.parametrize(
    ("mode", "table", "code"),
    [
        ("all", {}, "series_mode"),
        ("mixed", {"cong-vang": "A"}, "series_kind"),
        ("mixed", {"cong-van": "bao-cao"}, "series_name_taken"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(mode: str, table: dict[str, str], code: str) -> None:
    with pytest.raises(UserError) as caught:
        checked_series(mode, table)
    assert caught.value.code == code


@given(st.sets(st.integers(1, 300), max_size=60))
def test_gaps_and_numbers_given_make_the_series_whole(given_numbers: set[int]) -> None:
    found = gaps("cong-van", 2026, given_numbers)
    missing = {number for start, end in found.missing for number in range(start, end + 1)}
    assert missing | given_numbers == set(range(1, found.last + 1))
    assert not missing & given_numbers
    assert found.count == len(missing)


def test_ranges_are_said_as_people_write_them() -> None:
    assert ranges_text(gaps("x", 2026, [1, 2, 4, 10]).missing) == "03, 05–09"
