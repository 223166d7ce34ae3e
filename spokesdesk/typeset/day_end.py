"""The list of the end of the day as a PDF of A4 pages: every open request and who it waits on."""

import io
from typing import Any

from spokesdesk.domain.clock import remaining, to_vn
from spokesdesk.domain.day_end import DayEnd, DayEndItem
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Agency
from spokesdesk.domain.text import short_date
from spokesdesk.typeset.faces import NAMES, faces

_MM = 72 / 25.4
# Widths of the columns in millimetres; together the 180 mm between the margins.
WIDTHS = (9, 38, 53, 20, 32, 28)
_MARGIN = 15
_SIZE, _LEADING = 10, 12.5


def day_end_pdf(made: DayEnd, agency: Agency) -> bytes:
    """Give the list as a PDF.

    Args:
        made: the list as it was finished; equal lists give equal bytes.
        agency: printed at the top.
    """
    from reportlab import rl_config
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    faces()
    rl_config.invariant = 1
    out = io.BytesIO()
    page = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=_MARGIN * _MM,
        rightMargin=_MARGIN * _MM,
        topMargin=15 * _MM,
        bottomMargin=18 * _MM,
        title=_("Yêu cầu cung cấp thông tin chưa trả lời, cuối ngày {day}").format(day=short_date(made.on)),
        author=agency.name,
        creator="SpokesDesk",
        producer="SpokesDesk",
        initialFontName=NAMES[0],
        lang="vi-VN",
    )
    page.build(_story(made, agency), onFirstPage=_numbered, onLaterPages=_numbered)
    return out.getvalue()


def _story(made: DayEnd, agency: Agency) -> list[Any]:
    from reportlab.platypus import Spacer

    story: list[Any] = [_line(agency.parent.upper(), 12)] if agency.parent else []
    story += [
        _line(agency.name.upper(), 12, bold=True),
        Spacer(1, 5 * _MM),
        _line(_("DANH SÁCH YÊU CẦU CUNG CẤP THÔNG TIN CHƯA TRẢ LỜI"), 13, bold=True, centred=True),
        _line(_("Cuối ngày {day}").format(day=short_date(made.on)), 12, centred=True),
        Spacer(1, 4 * _MM),
    ]
    if not made.items:
        story.append(_line(_("Không còn yêu cầu nào đang mở."), 12, centred=True))
    else:
        late = sum(item.due_at is not None and item.due_at < made.at for item in made.items)
        counted = _("Tổng số: {n}; quá hạn: {late}.").format(n=len(made.items), late=late)
        story += [_line(counted, 11), Spacer(1, 2 * _MM), _table(made)]
    at = to_vn(made.at)
    moment = f"{at:%H:%M} {short_date(at.date())}"
    signed = _("Chốt lúc {moment}. Người lập: {name}").format(moment=moment, name=made.by.name)
    return [*story, Spacer(1, 5 * _MM), _line(signed, 11)]


def _table(made: DayEnd) -> Any:
    from reportlab.platypus import LongTable

    heads = (_("TT"), _("Bên hỏi"), _("Nội dung"), _("Nhận"), _("Thời hạn"), _("Đang chờ"))
    rows = [[_cell(text, bold=True, centred=True) for text in heads]]
    rows += [
        [_cell(text, centred=at in (0, 3)) for at, text in enumerate(_texts(made, n, item))]
        for n, item in enumerate(made.items, 1)
    ]
    table = LongTable(rows, colWidths=[width * _MM for width in WIDTHS], repeatRows=1)
    table.setStyle(
        [
            # Else the file lists an unembedded Helvetica.
            ("FONT", (0, 0), (-1, -1), NAMES[0], _SIZE),
            ("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)),
            ("VALIGN", (0, 0), (-1, 0), "MIDDLE"),
            ("VALIGN", (0, 1), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 2.5),
            ("RIGHTPADDING", (0, 0), (-1, -1), 2.5),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]
    )
    return table


def _texts(made: DayEnd, n: int, item: DayEndItem) -> tuple[str, ...]:
    received = to_vn(item.received_at)
    due = _("không ấn định")
    if item.due_at is not None:
        at = to_vn(item.due_at)
        due = f"{at:%H:%M} {short_date(at.date())}\n{remaining(item.due_at, made.at).wording}"
    holder = item.holder
    if item.owner and item.owner != item.holder:
        holder += "\n" + _("phụ trách: {name}").format(name=item.owner)
    cited = f"{due}\n{item.citation}" if item.citation else due
    return (
        str(n),
        item.who,
        item.topic,
        f"{received:%H:%M}\n{short_date(received.date())}",
        cited,
        holder,
    )


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


def _line(text: str, size: int, *, bold: bool = False, centred: bool = False) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle(
        "line",
        fontName=NAMES[1 if bold else 0],
        fontSize=size,
        leading=size * 1.35,
        alignment=1 if centred else 0,
    )
    return Paragraph(_safe(text), style)


def _numbered(canvas: Any, page: Any) -> None:
    canvas.setFont(NAMES[0], 11)
    canvas.drawCentredString(page.pagesize[0] / 2, 10 * _MM, str(canvas.getPageNumber()))


def _safe(text: str) -> str:
    """Give text for a reportlab paragraph, whose markup would read < and &; an unknown character shows as a box."""
    known = faces()[0]
    shown = "".join(mark if known.has(mark) or mark == "\n" else "□" for mark in text)
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br/>")
