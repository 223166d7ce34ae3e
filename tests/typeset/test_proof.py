"""The pages shown while writing are the pages of the PDF, point for point, and know where their words come from."""

import random
from dataclasses import replace

import pytest

from spokesdesk import assets
from spokesdesk.domain.blocks import Table, plain, read_body
from spokesdesk.domain.letters import Annex, Footer, Letter, LetterKind, Urgency
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.document import Source
from spokesdesk.typeset.layout.memory import Memory
from spokesdesk.typeset.letter_file import read_letter
from spokesdesk.typeset.pages import page_images
from spokesdesk.typeset.proof import Leaf, printed, proof
from spokesdesk.typeset.to_pdf import to_pdf
from tests.typeset.corpus import TABLE, WORDS, paragraph


def sample(name: str = "cong-van-cai-chinh") -> Letter:
    return read_letter(assets.read_text("samples", f"{name}.toml"))


def rich() -> Letter:
    """A letter with everything that is drawn: stamp, box, table, italic, annex in landscape, foot."""
    body = (
        "# Chương I. Mở đầu\n\n1. **Một:** chữ *nghiêng* và ***cả hai*** " + "dài thêm " * 40 + "\n\n"
        "| STT | Nội dung |\n|:---:|---|\n| 1 | **đậm** và *nghiêng* |\n\nHết."
    )
    return replace(
        sample(),
        body=body,
        urgency=Urgency.HOA_TOC,
        circulation="LƯU HÀNH NỘI BỘ",
        annexes=(Annex("Danh sách", "| A | B |\n|---|---|\n| 1 | 2 |", landscape=True),),
        contact=Footer("Số 1, đường Ấp Bắc", "0272 3826 000"),
    )


@pytest.mark.parametrize("letter", [sample(), sample("thong-cao-bao-chi"), rich()], ids=["a", "b", "c"])
@pytest.mark.parametrize("dpi", [58, 96])
def test_a_leaf_is_the_page_of_the_pdf_point_for_point(letter: Letter, dpi: int) -> None:
    pages = page_images(to_pdf(compose(letter)), dpi)
    shown = [leaf.image(dpi) for leaf in proof(letter)]
    assert [(one.width, one.height) for one in shown] == [(one.width, one.height) for one in pages]
    assert [one.bgra == other.bgra for one, other in zip(shown, pages, strict=True)] == [True] * len(pages)


def test_only_the_page_that_changed_has_another_key() -> None:
    long = replace(sample(), body="\n\n".join([sample().body] * 4))
    before = proof(long)
    after = proof(replace(long, body=long.body + " Thêm một câu."))
    assert [one.key == other.key for one, other in zip(before, after, strict=True)] == [
        *[True] * (len(before) - 1),
        False,
    ]
    shifted = proof(replace(long, body=long.body.replace("đoạn", "đoạn", 1)))
    assert [leaf.key for leaf in shifted] == [leaf.key for leaf in before]


def words_under(letter: Letter, source: Source, at: int) -> str:
    """Give the words of the letter from a place on, of the text or one of its cells."""
    block = read_body(letter.body)[source.block]
    if isinstance(block, Table):
        cells = [
            plain(cell) for row in ((block.head, *block.rows) if block.head else block.rows) for cell in row
        ]
        return cells[source.cell][at:]
    return block.text[at:]


def test_every_line_of_the_body_leads_to_its_words_and_back() -> None:
    letter = rich()
    seen = set()
    for leaf in proof(letter):
        for mark in leaf.marks:
            if mark.source.field != "body":
                seen.add(mark.source.field)
                continue
            middle = (mark.top + mark.bottom) / 2
            found = leaf.at(mark.left, middle)
            assert found == (mark.source, mark.start)
            assert leaf.place(mark.source, mark.start) is not None
            if mark.source.block > 0:
                assert words_under(letter, mark.source, mark.start)
    assert {"subject", "addressees.1", "annexes.1.title", "annexes.1.body", "signers.1.name"} <= seen


def test_a_point_between_words_leads_to_the_nearest_line() -> None:
    leaf: Leaf = proof(sample())[0]
    body = [mark for mark in leaf.marks if mark.source.field == "body"]
    first = body[0]
    found = leaf.at((first.left + first.right) / 2, first.top + 0.001)
    assert found is not None
    assert found[0] == first.source
    assert first.start < found[1] < first.end


def test_a_finished_file_leads_to_the_words_too() -> None:
    letter = replace(sample(), kind=LetterKind.CONG_VAN)
    pages = printed(to_pdf(compose(letter)), letter)
    own = proof(letter)
    mark = own[0].marks[-1]
    assert pages[0].at(mark.left, mark.top) == own[0].at(mark.left, mark.top)
    assert pages[0].image(58).bgra == own[0].image(58).bgra
    assert printed(to_pdf(compose(letter)))[0].at(0.5, 0.5) is None


@pytest.mark.parametrize("seed", range(3))
def test_pages_laid_out_from_where_they_changed_are_those_laid_out_anew(seed: int) -> None:
    pick = random.Random(seed)
    letter, memory = corpus_letter(pick), Memory()
    blocks = letter.body.split("\n\n")
    for _change in range(15):
        at = pick.randrange(len(blocks))
        kind = pick.random()
        if kind < 0.6:
            blocks[at] = (
                f"{blocks[at]} {pick.choice(WORDS)}" if not blocks[at].startswith("|") else blocks[at]
            )
        elif kind < 0.75:
            blocks.insert(at, paragraph(pick))
        elif kind < 0.9 and len(blocks) > 5:
            del blocks[at]
        else:
            blocks[at] = f"# Điều {pick.randint(1, 9)}. {pick.choice(WORDS)}"
        changed = replace(letter, body="\n\n".join(blocks))
        known, anew = proof(changed, memory), proof(changed)
        assert [leaf.key for leaf in known] == [leaf.key for leaf in anew]
        assert [leaf.marks for leaf in known] == [leaf.marks for leaf in anew]


def corpus_letter(pick: random.Random) -> Letter:
    """Give a letter of several pages with headings, lists, tables and an annex."""
    parts = [paragraph(pick) for _ in range(40)]
    parts.insert(9, "# Chương I. Mở đầu")
    parts.insert(10, "# Điều 1. Phạm vi")
    parts.insert(20, TABLE.strip("\n"))
    parts.insert(30, "| A | B |\n|---|---|\n" + "| một hai | ba |\n" * 60)
    return replace(rich(), body="\n\n".join(part.strip("\n") for part in parts))
