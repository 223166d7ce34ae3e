"""A titled table as a PDF of A4 pages: lists to publish, filled checklists; the head of the table on every page."""

import io
from typing import Any

from spokesdesk.domain.sheets import Sheet
from spokesdesk.typeset.faces import NAMES, faces

_MM = 72 / 25.4
_MARGIN = 18
# As wide as the page between its margins, standing; a wider table lies.
_STANDING = 174
_SIZE, _LEADING = 11, 14


def sheet_pdf(sheet: Sheet) -> bytes:
    """Give the sheet as a PDF; equal sheets give equal bytes.

    Args:
        sheet: wider than 174 mm it is drawn on pages that lie.
    """
    from reportlab import rl_config
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import SimpleDocTemplate

    faces()
    rl_config.invariant = 1
    made = io.BytesIO()
    is_wide = sum(width for _head, width in sheet.columns) > _STANDING
    page = SimpleDocTemplate(
        made,
        pagesize=landscape(A4) if is_wide else A4,
        leftMargin=_MARGIN * _MM,
        rightMargin=_MARGIN * _MM,
        topMargin=16 * _MM,
        bottomMargin=18 * _MM,
        title=sheet.title,
        author=sheet.agency,
        creator="SpokesDesk",
        producer="SpokesDesk",
        initialFontName=NAMES[0],
        lang="vi-VN",
    )
    page.build(_story(sheet), onFirstPage=_numbered, onLaterPages=_numbered)
    return made.getvalue()


def _story(sheet: Sheet) -> list[Any]:
    from reportlab.platypus import Spacer

    story: list[Any] = [_line(sheet.parent.upper(), 12)] if sheet.parent else []
    story += [_line(sheet.agency.upper(), 12, bold=True), Spacer(1, 5 * _MM)]
    story += [_line(sheet.title, 15, bold=True, centred=True), Spacer(1, 2 * _MM)]
    story += [_line(text, 12, centred=True) for text in sheet.lines]
    story += [Spacer(1, 4 * _MM), _table(sheet), Spacer(1, 4 * _MM)]
    return [*story, *(_line(text, 11) for text in sheet.notes)]


def _table(sheet: Sheet) -> Any:
    from reportlab.platypus import LongTable

    empty = [""] * (len(sheet.columns) - 1)
    heads = [_line(head, _SIZE, bold=True, centred=True) for head, _width in sheet.columns]
    rows = [
        [_line(row[0], _SIZE, bold=True), *empty]
        if len(row) == 1
        else [_line(text, _SIZE, centred=at == 0) for at, text in enumerate(row)]
        for row in sheet.rows
    ]
    spans = [("SPAN", (0, at), (-1, at)) for at, row in enumerate(sheet.rows, 1) if len(row) == 1]
    table = LongTable([heads, *rows], colWidths=[width * _MM for _head, width in sheet.columns], repeatRows=1)
    table.setStyle(
        [
            # Else the file lists an unembedded Helvetica.
            ("FONT", (0, 0), (-1, -1), NAMES[0], _SIZE),
            ("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)),
            ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
            ("VALIGN", (0, 1), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 3),
            ("RIGHTPADDING", (0, 0), (-1, -1), 3),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            *spans,
        ]
    )
    return table


def _line(text: str, size: float, *, bold: bool = False, centred: bool = False) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        "line",
        fontName=NAMES[1 if bold else 0],
        fontSize=size,
        leading=size * _LEADING / _SIZE,
        alignment=1 if centred else 0,
        splitLongWords=1,
    )
    return Paragraph(_safe(text), style)


def _numbered(canvas: Any, page: Any) -> None:
    width, _height = page.pagesize
    canvas.setFont(NAMES[0], 11)
    canvas.drawCentredString(width / 2, 9 * _MM, str(canvas.getPageNumber()))


def _safe(text: str) -> str:
    """Give text for a reportlab paragraph, whose markup would read < and &; an unknown character shows as a box."""
    known = faces()[0]
    shown = "".join(mark if known.has(mark) or mark == "\n" else "□" for mark in text)
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br/>")
