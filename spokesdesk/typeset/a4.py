"""A4 pages for reports that are printed, signed and filed: lines, tables, a foot; Liberation Serif throughout."""

import io
from collections.abc import Sequence
from typing import Any

from spokesdesk.typeset.faces import NAMES, faces

MM = 72 / 25.4
LEFT, RIGHT, EDGE = 20, 15, 18


def pages(story: Sequence[Any], *, title: str, author: str, foot: str) -> bytes:
    """Give a story as a PDF of A4 pages; equal stories give equal bytes.

    Args:
        foot: at the bottom of each page; ``{page}`` stands for its number.
    """
    from reportlab import rl_config
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    def draw(canvas: Any, _page: Any) -> None:
        canvas.setFont(NAMES[0], 9)
        canvas.drawString(LEFT * MM, 10 * MM, foot.format(page=canvas.getPageNumber()))

    faces()
    rl_config.invariant = 1
    made = io.BytesIO()
    page = SimpleDocTemplate(
        made,
        pagesize=A4,
        leftMargin=LEFT * MM,
        rightMargin=RIGHT * MM,
        topMargin=EDGE * MM,
        bottomMargin=EDGE * MM,
        title=title,
        author=author,
        creator="SpokesDesk",
        producer="SpokesDesk",
        initialFontName=NAMES[0],
        lang="vi-VN",
    )
    page.build(list(story), onFirstPage=draw, onLaterPages=draw)
    return made.getvalue()


def space(millimetres: float) -> Any:
    """Give empty space."""
    from reportlab.platypus import Spacer

    return Spacer(1, millimetres * MM)


def line(text: str, size: float, *, bold: bool = False, centred: bool = False) -> Any:
    """Give a paragraph."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        "line",
        fontName=NAMES[1 if bold else 0],
        fontSize=size,
        leading=size * 1.3,
        alignment=1 if centred else 0,
        spaceAfter=1.5,
        splitLongWords=1,
    )
    return Paragraph(_safe(text), style)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Any:
    """Give a table with a head that is repeated on each page; widths in millimetres, 175 together."""
    from reportlab.platypus import LongTable

    cells = [
        [line(head, 9.5, bold=True, centred=True) for head in heads],
        *([line(text, 9.5) for text in row] for row in rows),
    ]
    made = LongTable(cells, colWidths=[width * MM for width in widths], repeatRows=1)
    made.setStyle(
        [
            # Else the file lists an unembedded Helvetica.
            ("FONT", (0, 0), (-1, -1), NAMES[0], 9.5),
            ("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 3),
            ("RIGHTPADDING", (0, 0), (-1, -1), 3),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]
    )
    return made


def signatures(left: str, right: str, name: str) -> Any:
    """Give room for two signatures, with a name under the left one."""
    from reportlab.platypus import Table

    heads = [line(left, 11, bold=True, centred=True), line(right, 11, bold=True, centred=True)]
    made = Table(
        [heads, [space(18), ""], [line(name, 11, centred=True), line("", 11)]], colWidths=[87 * MM, 88 * MM]
    )
    made.setStyle([("FONT", (0, 0), (-1, -1), NAMES[0], 11)])
    return made


def _safe(text: str) -> str:
    """Give text for a reportlab paragraph, whose markup would read < and &; an unknown character shows as a box."""
    known = faces()[0]
    shown = "".join(mark if known.has(mark) or mark == "\n" else "□" for mark in text)
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br/>")
