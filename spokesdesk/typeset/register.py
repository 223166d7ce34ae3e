"""The register of papers sent as a PDF to print and bind: A4 landscape, a cover, ten columns, repeated heads."""

from datetime import date
from functools import partial
from typing import Any

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.register import Register, cells, columns
from spokesdesk.domain.text import short_date
from spokesdesk.typeset.a4 import MM, PADDING, Margins, line, pages, ruled, space
from spokesdesk.typeset.faces import NAMES

# Widths of the ten columns in millimetres; together the 267 mm between the margins.
WIDTHS = (36, 20, 55, 28, 41, 22, 13, 20, 14, 18)
_MARGIN = 15
_MARGINS = Margins(_MARGIN - PADDING, _MARGIN - PADDING, 20 - PADDING, 15 - PADDING)
_SIZE = 9.5

_line = partial(line, centred=True, leading=1.5)
_cell = partial(line, size=_SIZE, leading=11.5 / 9.5)


def register_pdf(register: Register, on: date) -> bytes:
    """Give the register as a PDF.

    Args:
        register: rows in their order.
        on: the day printed as the day of printing; equal registers of one day give equal bytes.

    Source:
        NĐ 30/2020/NĐ-CP, Phụ lục IV Mục I (cover and ten columns); Điều 16 khoản 2 điểm b (printed and bound).
    """
    from reportlab.platypus import PageBreak

    body = _table(register) if register.rows else _line(_("Chưa có văn bản nào trong sổ này."), 12)
    return pages(
        [*_cover(register, on), PageBreak(), body],
        title=_("Sổ đăng ký văn bản đi năm {year}").format(year=register.year),
        author=register.agency,
        draw=_numbered,
        first=_framed,
        margins=_MARGINS,
        lies=True,
    )


def _cover(register: Register, on: date) -> list[Any]:
    days, numbers = register.days, register.numbers
    dots = "………"
    from_day, to_day = (short_date(day) for day in days) if days else (dots, dots)
    first, last = (f"{number:02d}" for number in numbers) if numbers else (dots, dots)
    story: list[Any] = [space(12)]
    if register.parent:
        story.append(_line(register.parent.upper(), 13))
    story.append(_line(register.agency.upper(), 13, bold=True))
    story += [space(26), _line(_("SỔ ĐĂNG KÝ VĂN BẢN ĐI"), 26, bold=True), space(6)]
    if register.series:
        story.append(_line(register.series, 14))
    story.append(_line(_("Năm: {year}").format(year=register.year), 14))
    story.append(space(14))
    story.append(_line(_("Từ ngày {first} đến ngày {last}").format(first=from_day, last=to_day), 14))
    story.append(_line(_("Từ số {first} đến số {last}").format(first=first, last=last), 14))
    story += [space(10), _line(_("Quyển số: {dots}").format(dots=dots), 14)]
    story += [space(8), _line(_("In ngày {day}").format(day=short_date(on)), 11)]
    return story


def _table(register: Register) -> Any:
    heads = [_cell(head, bold=True, centred=True) for head in columns()]
    places = [_cell(f"({at})", centred=True) for at in range(1, len(heads) + 1)]
    rows = [
        [_cell(text, centred=at in (1, 6, 7)) for at, text in enumerate(cells(row))] for row in register.rows
    ]
    return ruled([heads, places, *rows], WIDTHS, _SIZE, heads=2, beside=2.5)


def _framed(canvas: Any, book: Any) -> None:
    width, height = book.pagesize
    canvas.setLineWidth(1)
    canvas.rect(_MARGIN * MM, 12 * MM, width - 2 * _MARGIN * MM, height - 24 * MM)


def _numbered(canvas: Any, book: Any) -> None:
    width, height = book.pagesize
    canvas.setFont(NAMES[0], 12)
    # The cover is no page of the register: its first page of lines is page 1.
    canvas.drawCentredString(width / 2, height - 13 * MM, str(canvas.getPageNumber() - 1))
