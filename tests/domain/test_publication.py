"""What of a paper the public gets."""

import pytest

from spokesdesk.domain.letters import Letter, LetterKind
from spokesdesk.domain.publication import is_public, paragraphs


@pytest.mark.parametrize("kind", list(LetterKind))
def test_only_a_press_release_is_for_the_public(kind: LetterKind) -> None:
    assert is_public(Letter(kind)) == (kind is LetterKind.THONG_CAO_BAO_CHI)


def test_a_circulation_mark_keeps_a_release_inside() -> None:
    assert not is_public(Letter(LetterKind.THONG_CAO_BAO_CHI, circulation="LƯU HÀNH NỘI BỘ"))


def test_paragraphs_come_without_markup() -> None:
    body = """
# I. TÌNH HÌNH

Đoạn **rất quan trọng** và *nghiêng*,
viết trên hai dòng.
1. Điểm một
2. Điểm hai
a) Ý nhỏ
- Gạch đầu dòng

| Huyện | Số liệu |
|---|---|
| Bến Lức | 1.200.500 |
"""
    assert paragraphs(body) == (
        "I. TÌNH HÌNH",
        "Đoạn rất quan trọng và nghiêng, viết trên hai dòng.",
        "1. Điểm một",
        "2. Điểm hai",
        "a) Ý nhỏ",
        "- Gạch đầu dòng",
        "Huyện – Số liệu",
        "Bến Lức – 1.200.500",
    )


@pytest.mark.parametrize("text", ["5 * 3 = 15 * 1", "a**b", "2 ** 3", "*", "**", "Giá 7,2 % – 12/3/2018"])
def test_signs_that_are_no_markup_stay(text: str) -> None:
    assert paragraphs(text) == (text,)


@pytest.mark.parametrize("text", ["", "\n\n", "   "])
def test_an_empty_body_has_no_paragraphs(text: str) -> None:
    assert paragraphs(text) == ()
