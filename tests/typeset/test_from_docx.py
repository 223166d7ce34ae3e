"""Our own Word files come back as the letters they were made of."""

import random
import subprocess
from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest

from spokesdesk.domain.imported import NoteKind
from spokesdesk.domain.letters import Letter, LetterKind
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.document import Block, Columns, Document, Grid, Item, Row, Rule, Span
from spokesdesk.typeset.from_docx import read_docx
from spokesdesk.typeset.to_docx import to_docx
from tests.typeset.corpus import LETTER, RELEASE, VARIANTS, body, random_letter


def there_and_back(letter: Letter) -> Letter:
    return read_docx(to_docx(compose(letter))).letter


def _joined(item: Item) -> Item:
    if isinstance(item, Rule):
        return item
    style = item.style
    bold = style.id == "ND30Clause"
    looks = [(span.bold or bold, span.italic, span.text) for span in item.spans]
    spans = tuple(
        Span("".join(text for _bold, _italic, text in group), *look)
        for look, group in groupby(looks, key=lambda each: each[:2])
    )
    return replace(item, spans=spans)


def _same(block: Block) -> Block:
    if isinstance(block, Columns | Grid):
        rows = tuple(Row(tuple(tuple(map(_joined, cell)) for cell in row.cells)) for row in block.rows)
        return replace(block, rows=rows)
    return _joined(block)


def printed(letter: Letter) -> Document:
    """Give what is printed; letters of one look count as one span however they were written."""
    made = compose(letter)
    sections = tuple(replace(each, blocks=tuple(map(_same, each.blocks))) for each in made.sections)
    return replace(made, sections=sections)


@pytest.mark.parametrize("name", VARIANTS)
def test_our_own_file_comes_back_as_the_same_paper(name: str) -> None:
    letter = VARIANTS[name]
    back = there_and_back(letter)
    assert back.kind is letter.kind
    if letter.kind is LetterKind.BIEN_BAN:
        letter = replace(letter, place="", date_on=None)  # minutes print neither
    assert printed(back) == printed(letter)


@pytest.mark.parametrize("name", VARIANTS)
def test_our_own_file_comes_back_without_guesses(name: str) -> None:
    notes = read_docx(to_docx(compose(VARIANTS[name]))).notes
    assert [note.text for note in notes if note.kind is not NoteKind.CONVERTED] == []


@pytest.mark.parametrize("seed", range(24))
def test_random_letters_come_back(seed: int) -> None:
    letter = random_letter(seed, 12)
    assert printed(there_and_back(letter)) == printed(letter)


@pytest.mark.parametrize("letter", [LETTER, RELEASE], ids=["letter", "release"])
def test_every_field_comes_back(letter: Letter) -> None:
    back = there_and_back(letter)
    subject = letter.subject if letter.kind is LetterKind.CONG_VAN else back.subject
    assert back.subject.casefold() == letter.subject.casefold()
    expected = replace(
        letter,
        parent_agency=letter.parent_agency.upper(),
        subject=subject,
        agency_name="",
        body=letter.body.strip("\n"),
    )
    assert replace(back, agency_name="") == expected


def test_a_long_letter_is_read_within_its_ten_seconds() -> None:
    pick = random.Random(1)
    letter = replace(LETTER, body=body(pick, 600, tables=True))
    assert printed(there_and_back(letter)) == printed(letter)


RESAVED = ("letter-14", "release-13-bases", "annexes", "minutes")


def test_files_saved_again_by_libreoffice_come_back(judge: Callable[[str], str], tmp_path: Path) -> None:
    for name in RESAVED:
        (tmp_path / f"{name}.docx").write_bytes(to_docx(compose(VARIANTS[name])))
    profile, out = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", tmp_path / "again"
    command = [judge("soffice"), "--headless", profile, "--convert-to", "docx", "--outdir", str(out)]
    files = [str(tmp_path / f"{name}.docx") for name in RESAVED]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=200)
    for name in RESAVED:
        letter, back = VARIANTS[name], read_docx((out / f"{name}.docx").read_bytes()).letter
        if letter.kind is LetterKind.BIEN_BAN:
            letter = replace(letter, place="", date_on=None)
        assert printed(back) == printed(letter), name
