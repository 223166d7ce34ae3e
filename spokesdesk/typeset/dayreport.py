"""The daily report as a PDF: A4 pages to print, sign and keep away from the machine."""

import io
from collections.abc import Sequence
from typing import Any

from spokesdesk.domain.checkpoints import GROUP, grouped
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.dayreport import DayReport, OpenItem, ReportedContact, proof_words
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import short_date
from spokesdesk.typeset.faces import NAMES, faces

_MM = 72 / 25.4
_LEFT, _RIGHT, _EDGE = 20, 15, 18
# Millimetres; together the 175 mm between the margins.
_CONTACTS = (8, 13, 41, 20, 50, 23, 20)
_OPEN = (8, 62, 45, 60)
_ROWS_OF_HEAD = 4


def dayreport_pdf(report: DayReport) -> bytes:
    """Give the report as a PDF; equal reports give equal bytes."""
    from reportlab import rl_config
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    faces()
    rl_config.invariant = 1
    made = io.BytesIO()
    page = SimpleDocTemplate(
        made,
        pagesize=A4,
        leftMargin=_LEFT * _MM,
        rightMargin=_RIGHT * _MM,
        topMargin=_EDGE * _MM,
        bottomMargin=_EDGE * _MM,
        title=_("Báo cáo ngày {day}").format(day=short_date(report.day)),
        author=report.agency,
        creator="SpokesDesk",
        producer="SpokesDesk",
        initialFontName=NAMES[0],
        lang="vi-VN",
    )
    page.build(_story(report), onFirstPage=_footer(report), onLaterPages=_footer(report))
    return made.getvalue()


def _story(report: DayReport) -> list[Any]:
    from reportlab.platypus import Spacer

    story: list[Any] = [
        _line(report.agency.upper(), 12, bold=True),
        Spacer(1, 3 * _MM),
        _line(_("BÁO CÁO NGÀY"), 16, bold=True, centred=True),
        _line(_("Sổ tiếp xúc báo chí ngày {day}").format(day=short_date(report.day)), 12, centred=True),
        Spacer(1, 4 * _MM),
        _line(_count_words(report), 11),
        Spacer(1, 2 * _MM),
        _line(_("1. Các lần tiếp xúc trong ngày"), 12, bold=True),
        _contacts(report.contacts) if report.contacts else _line(_("Không có."), 11),
        Spacer(1, 4 * _MM),
        _line(_("2. Việc còn mở"), 12, bold=True),
        _open(report.open_items) if report.open_items else _line(_("Không có."), 11),
        Spacer(1, 4 * _MM),
    ]
    return [*story, _proof(report), _signatures(report)]


def _count_words(report: DayReport) -> str:
    return _("Trong ngày: {contacts} lần tiếp xúc, {links} mục ghi vào sổ; còn mở {items} việc.").format(
        contacts=len(report.contacts), links=report.links_of_day, items=len(report.open_items)
    )


def _contacts(rows: Sequence[ReportedContact]) -> Any:
    heads = (
        _("TT"),
        _("Giờ"),
        _("Nhà báo, cơ quan báo chí"),
        _("Hình thức"),
        _("Nội dung"),
        _("Giấy tờ"),
        _("Người ghi"),
    )
    cells = [
        (
            str(n),
            row.time,
            row.who,
            row.channel,
            "\n".join(part for part in (row.topic, row.notes) if part),
            row.papers,
            row.author,
        )
        for n, row in enumerate(rows, 1)
    ]
    return _table(heads, cells, _CONTACTS)


def _open(items: Sequence[OpenItem]) -> Any:
    heads = (_("TT"), _("Việc"), _("Ai"), _("Hạn, căn cứ"))
    cells = [
        (
            str(n),
            item.what,
            item.who,
            "\n".join(
                part for part in (item.due, _("ĐÃ QUÁ HẠN") if item.is_late else "", item.citation) if part
            ),
        )
        for n, item in enumerate(items, 1)
    ]
    return _table(heads, cells, _OPEN)


def _proof(report: DayReport) -> Any:
    from reportlab.platypus import KeepTogether, Spacer

    shown = _("hết ngày") if report.is_whole else f"{to_vn(report.made_at):%H:%M, %d/%m/%Y}"
    said = _("Tính đến {moment}, sổ có {n} mắt xích. Đầu chuỗi:").format(moment=shown, n=report.links)
    groups = grouped(report.head).split(" ")
    width = len(groups) // _ROWS_OF_HEAD
    rows = [groups[at : at + width] for at in range(0, len(groups), width)]
    parts = [
        _line(_("3. Đầu chuỗi của sổ"), 12, bold=True),
        _line(said, 11),
        Spacer(1, 1.5 * _MM),
        _head(rows),
        Spacer(1, 1.5 * _MM),
        *([_line(report.stamped, 10)] if report.stamped else []),
        *(_line(words, 10) for words in proof_words()),
        _line(
            _("Đối chiếu: mục Cài đặt › An toàn dữ liệu, hoặc lệnh doctor --day {day} --head DÃY-SỐ.").format(
                day=report.day.isoformat()
            ),
            10,
        ),
    ]
    return KeepTogether(parts)


def _head(rows: Sequence[Sequence[str]]) -> Any:
    from reportlab.platypus import Table

    # Fixed columns, so that four digits stand under four digits when they are read out.
    made = Table([list(row) for row in rows], colWidths=[GROUP * 6.5 * _MM] * len(rows[0]), hAlign="LEFT")
    made.setStyle(
        [
            ("FONT", (0, 0), (-1, -1), NAMES[1], 13),
            ("ALIGN", (0, 0), (-1, -1), "CENTER"),
            ("BOX", (0, 0), (-1, -1), 0.6, (0, 0, 0)),
            ("TOPPADDING", (0, 0), (-1, -1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ]
    )
    return made


def _signatures(report: DayReport) -> Any:
    from reportlab.platypus import KeepTogether, Spacer, Table

    at = f"{to_vn(report.made_at):%H:%M, %d/%m/%Y}"
    heads = [
        _line(_("NGƯỜI LẬP"), 11, bold=True, centred=True),
        _line(_("NGƯỜI PHÁT NGÔN"), 11, bold=True, centred=True),
    ]
    names = [_line(report.made_by, 11, centred=True), _line("", 11)]
    made = Table([heads, [Spacer(1, 18 * _MM), ""], names], colWidths=[87 * _MM, 88 * _MM])
    made.setStyle([("FONT", (0, 0), (-1, -1), NAMES[0], 11)])
    return KeepTogether([Spacer(1, 5 * _MM), _line(_("Lập lúc {at}.").format(at=at), 10), made])


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Any:
    from reportlab.platypus import LongTable

    cells = [
        [_line(head, 9.5, bold=True, centred=True) for head in heads],
        *([_line(text, 9.5) for text in row] for row in rows),
    ]
    made = LongTable(cells, colWidths=[width * _MM for width in widths], repeatRows=1)
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


def _line(text: str, size: float, *, bold: bool = False, centred: bool = False) -> Any:
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


def _footer(report: DayReport) -> Any:
    def draw(canvas: Any, _page: Any) -> None:
        canvas.setFont(NAMES[0], 9)
        foot = _("Báo cáo ngày {day} – đầu chuỗi {head}… – trang {page}").format(
            day=short_date(report.day), head=grouped(report.head)[:9], page=canvas.getPageNumber()
        )
        canvas.drawString(_LEFT * _MM, 10 * _MM, foot)

    return draw


def _safe(text: str) -> str:
    """Give text for a reportlab paragraph, whose markup would read < and &; an unknown character shows as a box."""
    known = faces()[0]
    shown = "".join(mark if known.has(mark) or mark == "\n" else "□" for mark in text)
    return shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br/>")
