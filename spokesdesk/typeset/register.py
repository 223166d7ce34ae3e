"""The register of papers sent as a PDF to print and bind: A4 landscape, a cover, ten columns, repeated heads."""

import io
from datetime import date
from typing import Any

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.register import Register, cells, columns
from spokesdesk.domain.text import short_date
from spokesdesk.typeset.faces import NAMES, faces

_MM = 72 / 25.4
# Widths of the ten columns in millimetres; together the 267 mm between the margins.
WIDTHS = (36, 20, 55, 28, 41, 22, 13, 20, 14, 18)
_MARGIN, _TOP = 15, 20
_SIZE, _LEADING = 9.5, 11.5


def register_pdf(register: Register, on: date) -> bytes:
    """Give the register as a PDF.

    Args:
        register: rows in their order.
        on: the day printed as the day of printing; equal registers of one day give equal bytes.

    Source:
        NĐ 30/2020/NĐ-CP, Phụ lục IV Mục I (cover and ten columns); Điều 16 khoản 2 điểm b (printed and bound).
    """
    from reportlab import rl_config
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import BaseDocTemplate, Frame, NextPageTemplate, PageBreak, PageTemplate

    faces()
    rl_config.invariant = 1
    made = io.BytesIO()
    width, height = landscape(A4)
    book = BaseDocTemplate(
        made,
        pagesize=(width, height),
        title=_("Sổ đăng ký văn bản đi năm {year}").format(year=register.year),
        author=register.agency,
        creator="SpokesDesk",
        producer="SpokesDesk",
        initialFontName=NAMES[0],
        lang="vi-VN",
    )
    inner = (_MARGIN * _MM, 15 * _MM, width - 2 * _MARGIN * _MM, height - (_TOP + 15) * _MM)
    frames = [Frame(*inner, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0) for _each in "ab"]
    book.addPageTemplates(
        [
            PageTemplate("cover", [frames[0]], onPage=_framed),
            PageTemplate("rows", [frames[1]], onPage=_numbered),
        ]
    )
    body = _table(register) if register.rows else _line(_("Chưa có văn bản nào trong sổ này."))
    book.build([*_cover(register, on), NextPageTemplate("rows"), PageBreak(), body])
    return made.getvalue()


def _cover(register: Register, on: date) -> list[Any]:
    from reportlab.platypus import Spacer

    days, numbers = register.days, register.numbers
    dots = "………"
    from_day, to_day = (short_date(day) for day in days) if days else (dots, dots)
    first, last = (f"{number:02d}" for number in numbers) if numbers else (dots, dots)
    story: list[Any] = [Spacer(1, 12 * _MM)]
    if register.parent:
        story.append(_line(register.parent.upper(), 13))
    story.append(_line(register.agency.upper(), 13, bold=True))
    story += [Spacer(1, 26 * _MM), _line(_("SỔ ĐĂNG KÝ VĂN BẢN ĐI"), 26, bold=True), Spacer(1, 6 * _MM)]
    if register.series:
        story.append(_line(register.series, 14))
    story.append(_line(_("Năm: {year}").format(year=register.year), 14))
    story.append(Spacer(1, 14 * _MM))
    story.append(_line(_("Từ ngày {first} đến ngày {last}").format(first=from_day, last=to_day), 14))
    story.append(_line(_("Từ số {first} đến số {last}").format(first=first, last=last), 14))
    story += [Spacer(1, 10 * _MM), _line(_("Quyển số: {dots}").format(dots=dots), 14)]
    story += [Spacer(1, 8 * _MM), _line(_("In ngày {day}").format(day=short_date(on)), 11)]
    return story


def _table(register: Register) -> Any:
    from reportlab.platypus import LongTable

    heads = [_cell(head, bold=True, centred=True) for head in columns()]
    places = [_cell(f"({at})", centred=True) for at in range(1, len(heads) + 1)]
    rows = [
        [_cell(text, centred=at in (1, 6, 7)) for at, text in enumerate(cells(row))] for row in register.rows
    ]
    table = LongTable([heads, places, *rows], colWidths=[width * _MM for width in WIDTHS], repeatRows=2)
    table.setStyle(
        [
            # Else the file lists an unembedded Helvetica.
            ("FONT", (0, 0), (-1, -1), NAMES[0], _SIZE),
            ("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)),
            ("VALIGN", (0, 0), (-1, 1), "MIDDLE"),
            ("VALIGN", (0, 2), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 2.5),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2.5),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]
    )
    return table


def _cell(text: str, *, bold: bool = False, centred: bool = False) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        "cell",
        fontName=NAMES[1 if bold else 0],
        fontSize=_SIZE,
        leading=_LEADING,
        alignment=1 if centred else 0,
        splitLongWords=1,
    )
    return Paragraph(_safe(text), style)


def _line(text: str, size: int = 12, *, bold: bool = False) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        "line", fontName=NAMES[1 if bold else 0], fontSize=size, leading=size * 1.5, alignment=1
    )
    return Paragraph(_safe(text), style)


def _framed(canvas: Any, book: Any) -> None:
    width, height = book.pagesize
    canvas.setLineWidth(1)
    canvas.rect(_MARGIN * _MM, 12 * _MM, width - 2 * _MARGIN * _MM, height - 24 * _MM)


def _numbered(canvas: Any, book: Any) -> None:
    width, height = book.pagesize
    canvas.setFont(NAMES[0], 12)
    # The cover is no page of the register: its first page of lines is page 1.
    canvas.drawCentredString(width / 2, height - 13 * _MM, str(canvas.getPageNumber() - 1))


def _safe(text: str) -> str:
    """Give text for a reportlab paragraph, whose markup would read < and &; an unknown character shows as a box."""
    known = faces()[0]
    shown = "".join(mark if known.has(mark) or mark == "\n" else "□" for mark in text)
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br/>")
