"""Phrases are found from syllable to syllable, items known again, texts that repeat each other joined."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.monitoring import ItemState, Standing, Triage, next_look
from spokesdesk.domain.monitoring_copies import likeness, marks, shingles, title_key, url_key
from spokesdesk.domain.monitoring_match import PhraseIndex, syllables

NOW = datetime(2026, 11, 27, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("Sở Y tế", "hôm nay so y te thông báo"),
        ("Sở Y tế", "SỞ Y TẾ"),
        ("Đắk Lắk", "tỉnh Dak Lak, Gia Lai"),
        ("Bà Rịa – Vũng Tàu", "Bà Rịa-Vũng Tàu"),
        ("hoà bình", "tỉnh Hòa Bình"),
        ("Nghị quyết 57", "theo nghị quyết 57, các sở"),
    ],
)
def test_a_phrase_is_found_without_accents_and_whatever_joins_its_syllables(phrase: str, text: str) -> None:
    assert PhraseIndex({1: [phrase]}).keys_in(syllables(text)) == (1,)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("An", "bàn ghế ăng ten"),
        ("Sở Y tế", "Nhiều sở. Y tế cơ sở"),
        ("Sở Y tế", "Sở Y, tế bào gốc"),
        ("Sở Y tế", "Sở Y tếch"),
        ("57", "khoản 571"),
        ("", "gì cũng được"),
        ("…", "… …"),
    ],
)
def test_half_a_syllable_or_two_sentences_are_no_phrase(phrase: str, text: str) -> None:
    assert PhraseIndex({1: [phrase]}).keys_in(syllables(text)) == ()


@given(
    st.lists(
        st.lists(st.sampled_from(["an", "ba", "ca", "an", "ban"]), min_size=1, max_size=4),
        min_size=1,
        max_size=12,
    ),
    st.lists(st.sampled_from(["an", "ba", "ca", "ban|", "|"]), max_size=40),
)
def test_the_automaton_finds_what_a_plain_search_finds(phrases: list[list[str]], words: list[str]) -> None:
    text = " ".join(words)
    index = PhraseIndex({n: [" ".join(parts)] for n, parts in enumerate(phrases)})
    plain = {n for n, parts in enumerate(phrases) if f" {' '.join(parts)} " in f" {text} "}
    assert set(index.keys_in(text)) == plain


@pytest.mark.parametrize(
    "other",
    [
        "http://www.tuoitre.vn/bai.htm",
        "https://m.tuoitre.vn/bai.htm/?utm_source=fb&utm_medium=x#binh-luan",
        "https://tuoitre.vn:443/bai.htm?fbclid=1",
    ],
)
def test_one_page_has_one_key_by_all_its_addresses(other: str) -> None:
    assert url_key(other) == url_key("https://tuoitre.vn/bai.htm")


def test_what_names_another_page_keeps_its_key() -> None:
    keys = {url_key(f"https://a.vn/{rest}") for rest in ("x?id=1", "x?id=2", "X?id=1", "y", "")}
    assert len(keys) == 5
    assert url_key("https://m.vn/x") == "m.vn/x"
    assert url_key("mailto:a@b.vn") == url_key("http://[") == ""


def test_one_outlet_says_a_title_once_a_day() -> None:
    day = date(2026, 11, 27)
    assert title_key("Giá điện TĂNG", "Báo A", day) == title_key("Gia dien tang", "báo a", day)
    assert title_key("Giá điện tăng", "Báo A", day) != title_key("Giá điện tăng", "Báo B", day)


def test_a_reprint_is_like_its_original_and_another_text_is_not() -> None:
    words = [f"tiếng{n}" for n in range(120)]
    original, reprint = " ".join(words), " ".join(["theo", "báo", "a", *words[:-6]])
    other = " ".join(f"khác{n}" for n in range(120))
    one, two, three = (shingles(syllables(text)) for text in (original, reprint, other))
    assert likeness(one, two) > 0.75
    assert likeness(one, three) == 0
    assert set(marks(one)) <= one
    assert shingles(syllables("Tin ngắn quá để so sánh")) == frozenset()


def test_a_finding_that_needs_no_answer_closes_the_item() -> None:
    assert Standing().judged(Triage.TRUE).state is ItemState.CLOSED
    assert Standing().judged(Triage.UNRELATED).state is ItemState.CLOSED
    assert Standing().judged(Triage.FALSE_POST).state is ItemState.OPEN
    assert Standing().assigned("Lê Thị Ánh").judged(Triage.TRUE).state is ItemState.OPEN


def test_an_item_is_closed_only_with_a_finding_and_with_what_was_done() -> None:
    with pytest.raises(ConflictError) as caught:
        Standing().closed("đã gọi")
    assert caught.value.code == "item_not_judged"
    with pytest.raises(UserError) as wrong:
        Standing().judged(Triage.FALSE).closed("  ")
    assert wrong.value.field == "done"


def test_a_failing_source_is_asked_later_and_later_but_no_later_than_in_a_day() -> None:
    every = timedelta(minutes=15)
    waits = [next_look(NOW, every, failures) - NOW for failures in range(12)]
    assert waits[0] == every
    assert waits[1:4] == [every * 2, every * 4, every * 8]
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(hours=24)
    assert next_look(NOW, every, 1, retry_after_s=7200) - NOW == timedelta(hours=2)
    assert next_look(NOW, every, 1, retry_after_s=10**9) - NOW == timedelta(hours=24)
    assert next_look(NOW, timedelta(0), 0) - NOW == timedelta(minutes=5)
