"""A titled table as a PDF of A4 pages: lists to publish, filled checklists; the head of the table on every page."""

from functools import partial
from typing import Any

from spokesdesk.domain.sheets import Sheet
from spokesdesk.typeset.a4 import Margins, line, number_below, pages, ruled, space

_MARGINS = Margins(18, 18, 16, 18)
# As wide as the page between its margins, standing; a wider table lies.
_STANDING = 174
_SIZE = 11

_line = partial(line, leading=14 / 11)


def sheet_pdf(sheet: Sheet) -> bytes:
    """Give the sheet as a PDF; equal sheets give equal bytes.

    Args:
        sheet: wider than 174 mm it is drawn on pages that lie.
    """
    return pages(
        _story(sheet),
        title=sheet.title,
        author=sheet.agency,
        draw=number_below(9),
        margins=_MARGINS,
        lies=sum(width for _head, width in sheet.columns) > _STANDING,
    )


def _story(sheet: Sheet) -> list[Any]:
    story: list[Any] = [_line(sheet.parent.upper(), 12)] if sheet.parent else []
    story += [_line(sheet.agency.upper(), 12, bold=True), space(5)]
    story += [_line(sheet.title, 15, bold=True, centred=True), space(2)]
    story += [_line(text, 12, centred=True) for text in sheet.lines]
    story += [space(4), _table(sheet), space(4)]
    return [*story, *(_line(text, 11) for text in sheet.notes)]


def _table(sheet: Sheet) -> Any:
    empty = [""] * (len(sheet.columns) - 1)
    heads = [_line(head, _SIZE, bold=True, centred=True) for head, _width in sheet.columns]
    rows = [
        [_line(row[0], _SIZE, bold=True), *empty]
        if len(row) == 1
        else [_line(text, _SIZE, centred=at == 0) for at, text in enumerate(row)]
        for row in sheet.rows
    ]
    spans = [("SPAN", (0, at), (-1, at)) for at, row in enumerate(sheet.rows, 1) if len(row) == 1]
    widths = [width for _head, width in sheet.columns]
    return ruled([heads, *rows], widths, _SIZE, below=4, spans=spans)
