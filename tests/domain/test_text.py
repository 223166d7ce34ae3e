"""Text as Vietnamese offices type, search and sort it."""

import unicodedata
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spokesdesk.domain import letters, text
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.words import word

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ "


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Báo Tuổi Trẻ", "bao tuoi tre"),
        ("ĐẶNG Đình Đạt", "dang dinh dat"),
        ("hoà giải", "hoa giai"),
        ("hòa giải", "hoa giai"),
        ("  Sở \t Tư\u00a0pháp\n", "so tu phap"),
        ("Quảng\u200bNgãi", "quangngai"),
    ],
)
def test_search_form_has_no_accents_no_case_and_single_spaces(typed: str, found: str) -> None:
    assert text.fold(typed) == found


@given(st.text(alphabet=VIETNAMESE + VIETNAMESE.upper()))
def test_search_form_is_the_same_for_both_unicode_forms_and_is_plain_ascii(typed: str) -> None:
    folded = text.fold(typed)
    assert folded == text.fold(unicodedata.normalize("NFD", typed)) == text.fold(folded)
    assert folded.isascii()


@pytest.mark.parametrize("query", ["tuoi tre", "tre tuoi", "TUỔI", "tu", "", "minh tuoi"])
def test_words_without_accents_find_the_text_in_any_order_and_field(query: str) -> None:
    assert text.words_match(query, "Báo Tuổi Trẻ", "Thành phố Hồ Chí Minh")


@pytest.mark.parametrize("query", ["uoi", "tuoi trẻem", "nhan dan"])
def test_words_match_only_from_the_beginning_of_a_word(query: str) -> None:
    assert not text.words_match(query, "Báo Tuổi Trẻ")


def test_decomposed_text_is_stored_composed_and_counted_as_people_count() -> None:
    typed = unicodedata.normalize("NFD", "Ường " * 4)
    assert text.clean_line(typed, field="topic", limit=19) == "Ường Ường Ường Ường"


def test_a_pasted_headline_becomes_one_line() -> None:
    assert text.clean_line(" Dòng một\r\n  dòng\thai \u200b", field="topic", limit=100) == "Dòng một dòng hai"


def test_lines_of_a_longer_text_are_kept() -> None:
    assert (
        text.clean_text("\nmột\r\nhai\t.  \rba\u2028bốn\n", field="given", limit=100) == "một\nhai .\nba\nbốn"
    )


@pytest.mark.parametrize("mark", list("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"))
@pytest.mark.parametrize("clean", [text.clean_line, text.clean_text])
def test_marks_that_turn_the_writing_direction_are_refused_by_place(
    mark: str, clean: Callable[..., str]
) -> None:
    with pytest.raises(UserError) as refused:
        clean(f"Báo {mark}cáo", field="topic", limit=100)
    assert refused.value.code == "text_bidi"
    assert refused.value.field == "topic"
    assert refused.value.params == {"char": f"U+{ord(mark):04X}", "at": 5}
    assert "Chủ đề" in word(refused.value)


@pytest.mark.parametrize("mark", ["\x00", "\x1b", "\x7f", "\x90", "\ud800"])
def test_controls_that_no_paper_can_print_are_refused(mark: str) -> None:
    with pytest.raises(UserError) as refused:
        text.clean_text(f"a{mark}", field="given", limit=100)
    assert (refused.value.code, refused.value.field) == ("text_control", "given")


@pytest.mark.parametrize("typed", ["a" * 251, "ế" * 10_000_000, " a" * 251])
def test_too_long_a_text_names_the_field_and_the_limit(typed: str) -> None:
    with pytest.raises(UserError) as refused:
        text.clean_line(typed, field="topic", limit=250)
    assert refused.value.code == "text_too_long"
    assert "250" in word(refused.value)
    assert "Chủ đề" in word(refused.value)


def test_exactly_the_limit_fits() -> None:
    assert len(text.clean_line(" " + "ộ" * 250 + " ", field="topic", limit=250)) == 250


def test_an_empty_text_is_an_error_only_where_one_is_needed() -> None:
    assert text.clean_line("  \n", field="topic", limit=10) == ""
    with pytest.raises(UserError) as refused:
        text.clean_line(" \u200b ", field="topic", limit=10, required=True)
    assert (refused.value.code, refused.value.field) == ("text_required", "topic")


def test_people_are_sorted_by_given_name_in_the_order_of_the_vietnamese_alphabet() -> None:
    ordered = [
        "Trần An",
        "Lê Văn Àn",
        "Lê Ản",
        "Lê Ãn",
        "Lê Án",
        "Lê Ạn",
        "Bùi Anh",
        "Cao Ăn",
        "Lê Ân",
        "Nguyễn Dung",
        "Lý Dũng",
        "Đỗ Đạt",
        "Phạm Em",
        "Phạm Êm",
        "Vũ Oanh",
        "Vũ Ôn",
        "Vũ Ơn",
        "Bùi Thị Uyên",
        "Đặng Thị Uyên",
        "Hồ Uyên",
        "Hồ Ưng",
        "Ngô Vy",
        "Ngô Xuân",
        "Ngô Ý",
    ]
    assert sorted(reversed(ordered), key=text.given_name_key) == ordered


@given(st.text(alphabet=VIETNAMESE))
def test_the_sort_key_does_not_depend_on_the_unicode_form(name: str) -> None:
    assert text.given_name_key(name) == text.given_name_key(unicodedata.normalize("NFD", name))
    assert text.given_name_key(name).isascii()


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("Báo cáo 12/3.pdf", "Báo cáo 12-3.pdf"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Users\\a\\ảnh.JPG", "C--Users-a-ảnh.JPG"),
        ("con.txt", "_con.txt"),
        ("LPT1", "_LPT1"),
        ("thư\u202egpj.exe", "thưgpj.exe"),
        ("a.pdf. . ", "a.pdf"),
        (".htaccess", "htaccess"),
        ("...", "tep"),
        ("", "tep"),
        ("dòng\nhai.docx", "dòng hai.docx"),
    ],
)
def test_file_names_from_outside_become_plain_names(given_name: str, safe: str) -> None:
    assert text.safe_file_name(given_name) == safe


@given(st.text(max_size=400))
def test_any_name_becomes_one_that_every_file_system_takes(name: str) -> None:
    safe = text.safe_file_name(name)
    assert 0 < len(safe) <= 121
    assert len(safe.encode()) <= 255
    assert not set(safe) & set('/\\<>:"|?*\x00\n')
    assert safe not in {".", ".."}
    assert safe == safe.strip(". ")


def test_a_long_name_keeps_its_extension() -> None:
    assert text.safe_file_name("Đơn đề nghị " * 30 + ".docx").endswith(".docx")


@pytest.mark.parametrize(
    ("on", "words", "short"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026", "05/01/2026"),
        (date(2026, 2, 10), "ngày 10 tháng 02 năm 2026", "10/02/2026"),
        (date(2018, 9, 5), "ngày 05 tháng 9 năm 2018", "05/9/2018"),
        (date(2026, 11, 22), "ngày 22 tháng 11 năm 2026", "22/11/2026"),
    ],
)
def test_dates_are_written_as_decree_30_pads_them(on: date, words: str, short: str) -> None:
    assert text.vn_date(on) == words
    assert text.short_date(on) == short


def test_the_marks_no_paper_can_hold_are_exactly_these() -> None:
    import sys

    kept = {*map(ord, "\n\t\r"), *letters._TIDY}
    wrong = [
        code
        for code in range(sys.maxunicode + 1)
        if bool(letters._REFUSED.match(chr(code)))
        != (
            code not in kept
            and (
                chr(code) in letters._TURNING
                or unicodedata.category(chr(code)) in ("Cc", "Cs", "Co")
                or code & 0xFFFE == 0xFFFE
            )
        )
    ]
    assert wrong == []
