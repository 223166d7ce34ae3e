"""Pasted text: looks kept as marks, everything else as words, nothing hostile believed."""

import tomllib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from spokesdesk import assets
from spokesdesk.domain.blocks import Paragraph, Run, Table, plain, read_body, read_runs, write_runs
from spokesdesk.domain.finding import matches
from spokesdesk.domain.legacy_text import encode, encodings_from
from spokesdesk.domain.looks import writable
from spokesdesk.domain.pasted import Pasted, cleaned

ENCODINGS = encodings_from(tomllib.loads(assets.read_text("formats", "legacy_encodings.toml")))
TCVN3, VNI = ENCODINGS


def paste(html: str, text: str = "") -> Pasted:
    return cleaned(html, text, ENCODINGS)


@pytest.mark.parametrize(
    ("html", "markup"),
    [
        ("<p><b>đậm</b> và <em>nghiêng</em></p>", "**đậm** và *nghiêng*"),
        ("<p>a<span style='font-weight:700'>b</span>c <i> d </i>e</p>", "a**b**c *d* e"),
        ("<b style='font-weight:normal'><p>thường</p><p>hai</p></b>", "thường\n\nhai"),
        ("<h3>Điều 1. Phạm vi</h3><p>Nội dung</p>", "# Điều 1. Phạm vi\n\nNội dung"),
        ("<ol start=3><li>ba</li><li>bốn</li></ol>", "3. ba\n\n4. bốn"),
        ("<ol type=a><li>một<li>hai</ol>", "a) một\n\nb) hai"),
        ("<ul><li>mẹ<ul><li>con</li></ul></li></ul>", "- mẹ\n\n- con"),
        ("<p>·&nbsp;&nbsp; gạch</p><p>o&nbsp; gạch</p>", "- gạch\n\n- gạch"),
        ("<p>dòng một<br>dòng <b>hai</b></p>", "dòng một\n\ndòng **hai**"),
        ("<p>a * b | c</p><p>\\</p>", "a \\* b \\| c\n\n\\\\"),
        ("<p># không phải tiêu đề</p><p>x</p>", "\\# không phải tiêu đề\n\nx"),
        (
            "<table><tr><th>A<th colspan=2>B<tr><td>1<td>2<td>3</table>",
            "| A | B |  |\n|---|---|---|\n| 1 | 2 | 3 |",
        ),
    ],
    ids=range(12),
)
def test_looks_become_marks(html: str, markup: str) -> None:
    assert paste(html, "x").text == markup


def test_nothing_that_runs_or_hides_is_taken() -> None:
    html = (
        "<style>@import 'http://127.0.0.1/x'</style><script>x</script><p style='display: none'>ẩn</p>"
        "<p><b>hiện</b><img src='file:///etc/passwd'></p><object data='\\\\host\\share'>vật</object>"
    )
    found = paste(html, "x")
    assert (found.text, found.pictures) == ("**hiện**", 1)


def test_text_in_an_old_font_is_converted_and_the_rest_is_not() -> None:
    old, older = encode("cải chính", TCVN3), encode("thông tin", VNI)
    html = (
        f"<p><b>Đề nghị</b> <span style='font-family:\".VnTime\"'>{old}</span> "
        f"<font face='VNI-Times'>{older}</font></p>"
    )
    found = paste(html, "x")
    assert found.text == "**Đề nghị** cải chính thông tin"
    assert set(found.encodings) == {TCVN3.name, VNI.name}


@pytest.mark.parametrize(
    "html",
    [
        "<b>" * 600_000,
        "<table><tr>" + "<td>a" * 300_000,
        "<table>" * 200_000,
        "<ul><li>" * 14_000,
        "<" * 900_000,
    ],
    ids=["bold", "cells", "tables", "lists", "brackets"],
)
@pytest.mark.timeout(20)
def test_hostile_html_ends_and_falls_back_to_the_plain_text(html: str) -> None:
    assert paste(html, "chữ trơn").text in ("chữ trơn", "")


@given(some.text(max_size=200))
def test_any_html_is_read_without_failing(html: str) -> None:
    paste(html, "x")


@given(
    some.lists(
        some.builds(Run, some.text("ab *|\\#đ ", max_size=6), some.booleans(), some.booleans()), max_size=8
    )
)
def test_what_is_called_writable_comes_back_from_its_markup(runs: list[Run]) -> None:
    made = writable(tuple(runs))
    assert plain(made).split() == plain(tuple(runs)).split()
    assert plain(read_runs(write_runs(made))) == plain(made)


def test_a_table_is_one_block() -> None:
    html = "<p>trước</p><table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table><p>sau</p>"
    first, table, last = read_body(paste(html, "x").text)
    assert isinstance(first, Paragraph)
    assert isinstance(last, Paragraph)
    assert isinstance(table, Table)
    assert [plain(cell) for cell in table.rows[0]] == ["a b", "c"]


@pytest.mark.parametrize(
    ("wanted", "accents", "count"),
    [
        ("cải chính", True, 2),
        ("cai chinh", True, 1),
        ("cai chinh", False, 4),
        ("", False, 0),
        ("đ", False, 1),
    ],
)
def test_finding_counts(wanted: str, accents: bool, count: int) -> None:
    text = "Cải chính, cái chính, CẢI CHÍNH, cai chinh, Đ"
    assert len(list(matches(text, wanted, accents=accents))) == count


@given(some.text("aáảđĐ b\u0301", max_size=30), some.text("aáđ b", min_size=1, max_size=3), some.booleans())
def test_matches_lie_in_the_text_and_do_not_overlap(text: str, wanted: str, accents: bool) -> None:
    end = 0
    for start, stop in matches(text, wanted, accents=accents):
        assert end <= start < stop <= len(text)
        end = stop


def test_decomposed_text_is_found_without_accents() -> None:
    text = unicodedata.normalize("NFD", "cải chính")
    assert [text[start:end] for start, end in matches(text, "cai chinh", accents=False)] == [text]
