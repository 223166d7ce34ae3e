"""What poppler reads in a PDF: its lines of words, page by page."""

import html
import re
import subprocess
from dataclasses import dataclass

from tests.judges import judge

_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)</word>')
_SAME_LINE_PT = 3.0


@dataclass(frozen=True, slots=True)
class Word:
    """One word; lengths in points from the page's top left."""

    x0: float
    bottom: float
    x1: float
    text: str


def words(pdf: bytes) -> list[list[Word]]:
    """Give the words of each page."""
    done = subprocess.run([judge("pdftotext"), "-bbox", "-", "-"], input=pdf, capture_output=True, check=True)
    pages: list[list[Word]] = []
    for line in done.stdout.decode("utf-8").splitlines():
        if "<page " in line:
            pages.append([])
        match = _WORD.search(line)
        if match:
            x0, _, x1, bottom, text = match.groups()
            pages[-1].append(Word(float(x0), float(bottom), float(x1), html.unescape(text)))
    return pages


def lines(pdf: bytes) -> list[list[str]]:
    """Give the lines of each page, from the top, each read across all columns."""
    return [_lines(page) for page in words(pdf)]


def _lines(page: list[Word]) -> list[str]:
    rows: list[list[Word]] = []
    for word in sorted(page, key=lambda word: (word.bottom, word.x0)):
        near = (row for row in reversed(rows[-4:]) if abs(row[0].bottom - word.bottom) < _SAME_LINE_PT)
        row = next(near, None)
        if row is None:
            rows.append([word])
        else:
            row.append(word)
    return [" ".join(word.text for word in sorted(row, key=lambda word: word.x0)) for row in rows]


def text(pdf: bytes) -> str:
    """Give the text in layout order."""
    done = subprocess.run(
        [judge("pdftotext"), "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode("utf-8")


def fonts(pdf: bytes, folder: str) -> list[str]:
    """Give the lines of ``pdffonts`` below its head; ``folder`` is for the file it needs."""
    path = f"{folder}/fonts.pdf"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(pdf)
    done = subprocess.run([judge("pdffonts"), path], capture_output=True, check=True, text=True)
    return done.stdout.splitlines()[2:]
