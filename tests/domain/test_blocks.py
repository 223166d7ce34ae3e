"""The markup of a body text: what is written comes out as blocks, and goes back without loss."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spokesdesk.domain.blocks import (
    Block,
    Heading,
    HeadingKind,
    Paragraph,
    Run,
    Side,
    Table,
    placed_body,
    plain,
    read_body,
    read_runs,
    write_body,
)
from spokesdesk.domain.markup_places import places_in


def texts(body: str) -> list[str]:
    return [block.text for block in read_body(body) if isinstance(block, Paragraph | Heading)]


def test_a_blank_line_ends_a_paragraph_and_a_single_line_end_does_not() -> None:
    assert texts("Dòng một\ndòng hai\n\nĐoạn hai") == ["Dòng một dòng hai", "Đoạn hai"]


@pytest.mark.parametrize("marker", ["1. ", "12. ", "1.2. ", "a) ", "đ) ", "- "])
def test_a_marker_begins_its_own_paragraph(marker: str) -> None:
    assert texts(f"Mở đầu:\n{marker}mục một;\n{marker}mục hai.") == [
        "Mở đầu:",
        f"{marker}mục một;",
        f"{marker}mục hai.",
    ]


def test_a_number_inside_a_sentence_is_no_marker() -> None:
    assert texts("Ngày 12/3/2018,\n7.200.500 đồng được trả.") == ["Ngày 12/3/2018, 7.200.500 đồng được trả."]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Phần I", HeadingKind.PART),
        ("Phần thứ nhất", HeadingKind.PART),
        ("Chương II. Tổ chức thực hiện", HeadingKind.CHAPTER),
        ("Mục 1", HeadingKind.SECTION),
        ("Tiểu mục 2", HeadingKind.SECTION),
        ("Điều 3. Hiệu lực", HeadingKind.ARTICLE),
        ("IV. KẾT QUẢ", HeadingKind.ROMAN),
        ("Mục tiêu chung", HeadingKind.TITLE),
    ],
)
def test_a_heading_is_known_by_its_beginning(text: str, kind: HeadingKind) -> None:
    (block,) = read_body(f"# {text}")
    assert isinstance(block, Heading)
    assert (block.kind, block.text) == (kind, text)


def test_looks() -> None:
    assert read_runs("a **b** *c* ***d***") == (
        Run("a "),
        Run("b", bold=True),
        Run(" "),
        Run("c", italic=True),
        Run(" "),
        Run("d", bold=True, italic=True),
    )


@pytest.mark.parametrize("text", ["5 * 3 = 15", "*chưa đóng", "hai ** sao", "2*3", "a*"])
def test_stars_that_are_no_markup_stay(text: str) -> None:
    assert "".join(run.text for run in read_runs(text)) == text
    assert not any(run.bold or run.italic for run in read_runs(text))


def test_a_table_with_sides_and_a_bar_in_a_cell() -> None:
    (table,) = read_body("| A | B | C |\n|---|:-:|--:|\n| 1 | x \\| y |\n")
    assert isinstance(table, Table)
    assert table.sides == (Side.LEFT, Side.CENTER, Side.RIGHT)
    assert table.head == ((Run("A"),), (Run("B"),), (Run("C"),))
    assert table.rows == (((Run("1"),), (Run("x | y"),), ()),)


LETTERS = st.text(alphabet="aăđẩ 1.)-*|\\#", min_size=1, max_size=30)


@given(st.lists(LETTERS, max_size=6))
def test_no_letter_is_lost(lines: list[str]) -> None:
    body = "\n\n".join(lines)
    kept = "".join(texts_of_all(read_body(body)))
    for mark in "aăđẩ1":
        assert kept.count(mark) == body.count(mark)


@given(st.lists(LETTERS, max_size=6))
def test_writing_and_reading_again_gives_the_same_text(lines: list[str]) -> None:
    blocks = read_body("\n\n".join(lines))
    again = read_body(write_body(blocks))
    assert "".join(texts_of_all(again)).replace(" ", "") == "".join(texts_of_all(blocks)).replace(" ", "")


def texts_of_all(blocks: tuple[Block, ...]) -> list[str]:
    """Give the letters of all blocks, cells too."""
    found = []
    for block in blocks:
        if isinstance(block, Table):
            found += [run.text for row in (block.head, *block.rows) for cell in row for run in cell]
        else:
            found.append(block.text)
    return found


def test_a_row_of_dashes_is_a_row() -> None:
    (table,) = read_body("| A | B |\n|---|---|\n| - | - |\n|---|---|")
    assert isinstance(table, Table)
    assert len(table.rows) == 2


def test_a_paragraph_that_begins_like_markup_stays_a_paragraph() -> None:
    blocks = (Paragraph((Run("# không phải tiêu đề"),)), Paragraph((Run("| không phải bảng *"),)))
    assert read_body(write_body(blocks)) == blocks


BODIES = st.text(alphabet="aăẩ1.)-*|\\# \n:", max_size=60) | st.lists(
    st.sampled_from(
        [
            "# Điều 1. A",
            "**đậm** và *nghiêng*",
            "1. mục\nhai",
            "| a | **b** |\n|:-:|---|\n| c \\| |",
            " - ",
            "\\# b",
        ]
    ),
    max_size=5,
).map("\n\n".join)


@given(BODIES)
def test_every_letter_of_a_block_is_found_in_its_markup(body: str) -> None:
    for placed in placed_body(body):
        text = body[placed.start : placed.end]
        shown = texts_of_each(placed.block)
        found = places_in(text, placed.block)
        assert len(found) == len(shown)
        for letters, places in zip(shown, found, strict=True):
            assert len(places) == len(letters) + 1
            assert [
                text[at] if letter != " " else " " for at, letter in zip(places, letters, strict=False)
            ] == list(letters)
            assert list(places) == sorted(places)


def texts_of_each(block: Block) -> list[str]:
    """Give the letters of a block, of a table cell by cell."""
    if not isinstance(block, Table):
        return [block.text]
    return [plain(cell) for row in ((block.head, *block.rows) if block.head else block.rows) for cell in row]
