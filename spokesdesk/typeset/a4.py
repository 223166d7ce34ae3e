"""A4 pages for lists and reports that are printed and filed: lines, ruled tables; Liberation Serif throughout."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from spokesdesk.typeset.faces import NAMES, faces

MM = 72 / 25.4
# What reportlab keeps free inside the margins of a page.
PADDING = 6 / MM

# Draws on a page what stands outside the margins: (canvas, document).
Draw = Callable[[Any, Any], None]


@dataclass(frozen=True, slots=True)
class Margins:
    """Of a page, in millimetres."""

    left: float
    right: float
    top: float
    bottom: float


def pages(
    story: Sequence[Any],
    *,
    title: str,
    author: str,
    draw: Draw,
    first: Draw | None = None,
    margins: Margins,
    lies: bool = False,
) -> bytes:
    """Give a story as a PDF of A4 pages; equal stories give equal bytes.

    Args:
        draw: what stands at the foot or the head of each page.
        first: the same for the first page, where it is another.
        lies: the pages lie instead of standing.
    """
    from reportlab import rl_config
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import SimpleDocTemplate

    faces()
    rl_config.invariant = 1
    made = io.BytesIO()
    page = SimpleDocTemplate(
        made,
        pagesize=landscape(A4) if lies else A4,
        leftMargin=margins.left * MM,
        rightMargin=margins.right * MM,
        topMargin=margins.top * MM,
        bottomMargin=margins.bottom * MM,
        title=title,
        author=author,
        creator="SpokesDesk",
        producer="SpokesDesk",
        initialFontName=NAMES[0],
        lang="vi-VN",
    )
    page.build(list(story), onFirstPage=first or draw, onLaterPages=draw)
    return made.getvalue()


def number_below(millimetres: float) -> Draw:
    """Give what draws the page's number in the middle, so far above the lower edge."""

    def draw(canvas: Any, page: Any) -> None:
        canvas.setFont(NAMES[0], 11)
        canvas.drawCentredString(page.pagesize[0] / 2, millimetres * MM, str(canvas.getPageNumber()))

    return draw


def space(millimetres: float) -> Any:
    """Give empty space."""
    from reportlab.platypus import Spacer

    return Spacer(1, millimetres * MM)


def line(
    text: str,
    size: float,
    *,
    bold: bool = False,
    centred: bool = False,
    leading: float = 1.3,
    after: float = 0,
) -> Any:
    """Give a paragraph.

    Args:
        size: of the letters, in points.
        leading: from line to line, in sizes of the letters.
        after: free below it, in points.
    """
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        "line",
        fontName=NAMES[1 if bold else 0],
        fontSize=size,
        leading=size * leading,
        alignment=1 if centred else 0,
        spaceAfter=after,
        splitLongWords=1,
    )
    return Paragraph(_safe(text), style)


def ruled(
    cells: Sequence[Sequence[Any]],
    widths: Sequence[float],
    size: float,
    *,
    heads: int = 1,
    heads_at: str = "MIDDLE",
    beside: float = 3,
    below: float = 3,
    spans: Sequence[tuple[Any, ...]] = (),
) -> Any:
    """Give a table with lines around its cells, whose heads are repeated on each page.

    Args:
        cells: paragraphs, the heads first.
        widths: of the columns, in millimetres.
        size: of the letters, in points.
        heads: so many rows are heads.
        heads_at: where the text of a head stands, TOP or MIDDLE.
        beside: free at both sides of a text, in points.
        below: free below a text, in points.
        spans: rows that are one cell, as reportlab says it.
    """
    from reportlab.platypus import LongTable

    made = LongTable(cells, colWidths=[width * MM for width in widths], repeatRows=heads)
    made.setStyle(
        [
            # Else the file lists an unembedded Helvetica.
            ("FONT", (0, 0), (-1, -1), NAMES[0], size),
            ("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)),
            ("VALIGN", (0, 0), (-1, heads - 1), heads_at),
            ("VALIGN", (0, heads), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), beside),
            ("RIGHTPADDING", (0, 0), (-1, -1), beside),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), below),
            *spans,
        ]
    )
    return made


def _safe(text: str) -> str:
    """Give text for a reportlab paragraph, whose markup would read < and &; an unknown character shows as a box."""
    known = faces()[0]
    shown = "".join(mark if known.has(mark) or mark == "\n" else "□" for mark in text)
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br/>")
