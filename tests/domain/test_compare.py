"""Comparison of two texts: nothing is lost, and numbers and dates are never cut."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spokesdesk.domain.compare import Run, RunKind, changes, compare, compare_letters, tokens
from spokesdesk.domain.letters import Letter, LetterKind, Signer

WORDS = st.sampled_from(
    [
        "Sở",
        "đề nghị",
        "12/3/2018",
        "1.250",
        "30/2020/NĐ-CP",
        " ",
        "  ",
        "\n",
        "\n\n",
        ".",
        "“",
        "ngày",
        "03",
        "/",
    ]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=40).map("".join))


def old(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs if run.kind is not RunKind.ADDED)


def new(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs if run.kind is not RunKind.REMOVED)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_rebuilt_from_the_runs(before: str, after: str) -> None:
    runs = compare(before, after)
    assert old(runs) == before
    assert new(runs) == after
    assert all(run.text for run in runs)
    assert all(left.kind is not right.kind for left, right in pairwise(runs))


@given(TEXTS)
def test_a_text_is_the_same_as_itself(text: str) -> None:
    assert compare(text, text) == ((Run(RunKind.SAME, text),) if text else ())


@given(TEXTS)
def test_words_joined_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


@pytest.mark.parametrize(
    ("before", "after", "removed", "added"),
    [
        ("họp ngày 12/3/2018 tại Sở", "họp ngày 12/4/2018 tại Sở", "12/3/2018", "12/4/2018"),
        ("ngày 05 tháng 3 năm 2018", "ngày 06 tháng 3 năm 2018", "ngày 05 tháng 3 năm 2018", None),
        ("chi 1.250.000 đồng", "chi 1.350.000 đồng", "1.250.000", "1.350.000"),
        ("tăng 3,5% so với", "tăng 3,7% so với", "3,5%", "3,7%"),
        ("Nghị định số 30/2020/NĐ-CP", "Nghị định số 39/2020/NĐ-CP", "30/2020/NĐ-CP", "39/2020/NĐ-CP"),
        ("lúc 14:30", "lúc 14:45", "14:30", "14:45"),
        ("đề nghị cải chính", "đề nghị đính chính", "cải", "đính"),
    ],
)
def test_a_number_a_date_or_a_word_changes_whole(
    before: str, after: str, removed: str, added: str | None
) -> None:
    runs = compare(before, after)
    assert [run.text for run in runs if run.kind is RunKind.REMOVED] == [removed]
    if added is not None:
        assert [run.text for run in runs if run.kind is RunKind.ADDED] == [added]


def test_words_put_at_the_end_leave_the_last_word_alone() -> None:
    assert compare("Đề nghị cải chính", "Đề nghị cải chính ngay")[-1] == Run(RunKind.ADDED, " ngay")


def test_places_are_counted_once() -> None:
    assert changes(compare("một hai ba bốn năm", "một HAI ba năm")) == 2


def test_letters_are_compared_part_by_part_without_number_and_date() -> None:
    before = Letter(LetterKind.CONG_VAN, subject="mời họp", body="A", signers=(Signer(("GIÁM ĐỐC",), "An"),))
    after = Letter(LetterKind.CONG_VAN, 5 * "x", subject="mời họp", body="B", number=7)
    found = {change.part: change.label for change in compare_letters(before, after)}
    assert list(found) == ["body", "parent_agency", "signers"]
    assert found["body"] == "Nội dung"


PAGE = "Sở đề nghị quý Báo cải chính thông tin về việc này theo quy định của pháp luật. "


@pytest.mark.parametrize(
    "after",
    [
        "\n\n".join(f"{n}. {PAGE * 5}Sửa {n}. {PAGE}" for n in range(250)),
        "1. Khoản mới.\n\n" + "\n\n".join(f"{n + 1}. {PAGE * 6}" for n in range(250)),
        "Viết lại.\n\n" + "\n\n".join(f"Mục {n}: {PAGE[20:] * 4} khác" for n in range(200)),
    ],
    ids=["every paragraph changed", "every clause renumbered", "all rewritten"],
)
def test_fifty_pages_are_compared_whole(after: str) -> None:
    before = "\n\n".join(f"{n}. {PAGE * 6}" for n in range(250))
    runs = compare(before, after)
    assert (old(runs), new(runs)) == (before, after)
