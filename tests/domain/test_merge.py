"""Two people change one field: both changes stand, or a person decides; never a figure or a name nobody wrote (F12)."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spokesdesk.domain.compare import tokens
from spokesdesk.domain.merge import How, Merged, merged, merged_text, same, sentences


@dataclass(frozen=True)
class Pair:
    """Two corrections of one text, and what must come of them."""

    base: str
    one: str
    other: str
    wanted: str | None


def golden() -> list[Pair]:
    """Read the pairs; what merges must give is the base with both replacements made."""
    pairs: list[Pair] = []
    base = ""
    text = (Path(__file__).parent / "merge_pairs.txt").read_text(encoding="utf-8")
    for line in (written.replace("\\n", "\n") for written in text.splitlines()):
        if line.startswith("= "):
            base = line[2:]
        elif line.startswith(("merge", "clash")):
            verdict, *changes = (part.strip(" ") for part in line.split(" ; "))
            (old, new), (other_old, other_new) = (change.split(" -> ") for change in changes)
            assert base.count(old) == 1, (base, old)
            assert base.count(other_old) == 1, (base, other_old)
            one, other = base.replace(old, new), base.replace(other_old, other_new)
            both = one if one == other else one.replace(other_old, other_new)
            pairs.append(Pair(base, one, other, both if verdict == "merge" else None))
    return pairs


PAIRS = golden()


def test_there_are_two_hundred_pairs_of_both_kinds() -> None:
    assert len(PAIRS) >= 200
    assert sum(pair.wanted is None for pair in PAIRS) >= 80
    assert sum(pair.wanted is not None for pair in PAIRS) >= 80


@pytest.mark.parametrize("pair", PAIRS, ids=range(len(PAIRS)))
def test_two_corrections_of_a_paragraph(pair: Pair) -> None:
    assert merged_text(pair.base, pair.one, pair.other) == pair.wanted
    assert merged_text(pair.base, pair.other, pair.one) == pair.wanted


FIGURES = [
    "1.200.500",
    "1.200.700",
    "2.200.500",
    "7,2 %",
    "7,5 %",
    "12/3/2018",
    "ngày 5 tháng 3 năm 2018",
    "5A",
]
WORDS = [*FIGURES, "Nguyễn", "Văn", "An", "TP.", "ThS.", "B.", "ông", "Bà", "số", "tăng", "Theo", "tổng cộng"]
ENDS = [". ", ".", "! ", "? ", ".\n", "\n", "\n\n", ";\n- ", ", ", " ", "… "]
texts = st.lists(st.sampled_from(WORDS + ENDS + [" "]), max_size=30).map("".join)


@given(texts | st.text(max_size=60))
def test_sentences_joined_are_the_text(text: str) -> None:
    cut = sentences(text)
    assert "".join(cut) == text
    assert all(cut)


@given(st.lists(st.sampled_from(ENDS), min_size=2, max_size=8), st.data())
def test_a_merge_holds_no_word_or_figure_that_none_of_the_three_held(
    ends: list[str], data: st.DataObject
) -> None:
    words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
    base = [data.draw(words) for _ in ends]
    texts = []
    for _side in range(2):
        changed = list(base)
        for _change in range(data.draw(st.integers(1, 2))):
            at = data.draw(st.integers(0, len(changed) - 1))
            changed[at] = data.draw(words)
        texts.append("".join(a + b for a, b in zip(changed, ends, strict=True)))
    old = "".join(a + b for a, b in zip(base, ends, strict=True))
    found = merged_text(old, *texts)
    assert found == merged_text(old, texts[1], texts[0])
    if found is not None:
        known = {token for text in (old, *texts) for token in tokens(text)}
        assert set(tokens(found)) <= known
        whole = {sentence for text in (old, *texts) for sentence in sentences(text)}
        assert set(sentences(found)) <= whole


@given(texts, texts)
def test_a_change_of_one_side_alone_is_taken(base: str, new: str) -> None:
    assert merged_text(base, base, new) == new
    assert merged_text(base, new, new) == new


values = st.none() | st.booleans() | st.integers(-3, 3) | st.floats(-3, 3) | st.sampled_from(["a", "b", ""])


@given(values, values, values)
def test_a_plain_value_is_never_lost(base: object, current: object, new: object) -> None:
    found = merged(How.SCALAR, base, current, new)
    if found.clash:
        assert same(found.value, current)
        assert not same(current, base)
        assert not same(new, base)
        assert not same(current, new)
    else:
        assert same(found.value, current if same(new, base) else new)


def test_values_of_other_types_are_not_the_same() -> None:
    assert not same(1, True)
    assert not same(1, 1.0)
    assert not same([1], [True])
    assert not same({"a": 0}, {"a": False})
    assert same({"a": [1, {"b": None}]}, {"a": [1, {"b": None}]})


def test_a_text_field_that_cannot_be_merged_keeps_what_it_holds() -> None:
    assert merged(How.TEXT, "Đạt 7,2 %.", "Đạt 7,5 %.", "Đạt 7,1 %.") == Merged("Đạt 7,5 %.", clash=True)
    assert merged(How.TEXT, None, "a", "b") == Merged("a", clash=True)
