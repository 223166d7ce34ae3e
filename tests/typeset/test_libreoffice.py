"""The PDF and the .docx opened in LibreOffice are the same paper: the same pages, the same lines."""

from collections.abc import Mapping

import pytest

from spokesdesk.domain.letters import Letter
from spokesdesk.typeset.compose import compose
from spokesdesk.typeset.to_docx import to_docx
from spokesdesk.typeset.to_pdf import to_pdf
from tests.typeset import poppler
from tests.typeset.conftest import Convert
from tests.typeset.corpus import VARIANTS, random_letter

LEAST = 0.99


def compared(letters: Mapping[str, Letter], convert: Convert) -> list[str]:
    """Give what differs: page counts, lines per page, and lines that end in another word, beyond one in a hundred."""
    documents = {name: compose(letter) for name, letter in letters.items()}
    theirs = convert({name: to_docx(document) for name, document in documents.items()})
    faults, total, same = [], 0, 0
    for name, document in documents.items():
        ours, office = poppler.lines(to_pdf(document)), poppler.lines(theirs[name])
        if len(ours) != len(office):
            faults.append(f"{name}: {len(ours)} pages here, {len(office)} in LibreOffice")
            continue
        ends = [(_ends(mine), _ends(other)) for mine, other in zip(ours, office, strict=True)]
        all_lines = sum(max(len(mine), len(other)) for mine, other in ends)
        equal = sum(a == b for mine, other in ends for a, b in zip(mine, other, strict=False))
        if equal < LEAST * all_lines:
            faults.append(f"{name}: {equal} of {all_lines} lines")
        total, same = total + all_lines, same + equal
    print(f"{same} of {total} lines equal in {len(letters)} papers")
    if same < LEAST * total:
        faults.append(f"all together: {same} of {total} lines")
    return faults


def _ends(lines: list[str]) -> list[str]:
    return [line.split(" ")[-1] for line in lines]


def test_every_kind_of_paper_breaks_alike(convert: Convert) -> None:
    assert compared(VARIANTS, convert) == []


def test_random_text_of_one_to_eight_pages_breaks_alike(convert: Convert) -> None:
    letters = {f"seed{seed}": random_letter(seed, 4 + seed * 4 % 60) for seed in range(24)}
    assert compared(letters, convert) == []


@pytest.mark.long
def test_fifty_pages_break_alike(convert: Convert) -> None:
    assert compared({f"seed{seed}": random_letter(seed, 480) for seed in range(100, 103)}, convert) == []


@pytest.mark.long
def test_much_random_text_breaks_alike(convert: Convert) -> None:
    """LibreOffice itself breaks a table too early, half a page empty, about once in two hundred such papers."""
    letters = {f"seed{seed}": random_letter(seed, 10 + seed % 50) for seed in range(200, 400)}
    faults = compared(letters, convert)
    assert len(faults) <= len(letters) // 100, faults
