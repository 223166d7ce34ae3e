"""The daily report as a PDF: A4 pages to print, sign and keep away from the machine."""

from collections.abc import Sequence
from typing import Any

from spokesdesk.domain.checkpoints import GROUP, grouped
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.dayreport import DayReport, OpenItem, ReportedContact, proof_words
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import short_date
from spokesdesk.typeset.a4 import MM, space
from spokesdesk.typeset.faces import NAMES
from spokesdesk.typeset.report import line, pages, signatures, table

# Millimetres; together the 175 mm between the margins.
_CONTACTS = (8, 13, 41, 20, 50, 23, 20)
_OPEN = (8, 62, 45, 60)
_ROWS_OF_HEAD = 4


def dayreport_pdf(report: DayReport) -> bytes:
    """Give the report as a PDF; equal reports give equal bytes."""
    foot = _("Báo cáo ngày {day} – đầu chuỗi {head}… – trang").format(
        day=short_date(report.day), head=grouped(report.head)[:9]
    )
    return pages(
        _story(report),
        title=_("Báo cáo ngày {day}").format(day=short_date(report.day)),
        author=report.agency,
        foot=foot + " {page}",
    )


def _story(report: DayReport) -> list[Any]:
    story: list[Any] = [
        line(report.agency.upper(), 12, bold=True),
        space(3),
        line(_("BÁO CÁO NGÀY"), 16, bold=True, centred=True),
        line(_("Sổ tiếp xúc báo chí ngày {day}").format(day=short_date(report.day)), 12, centred=True),
        space(4),
        line(_count_words(report), 11),
        space(2),
        line(_("1. Các lần tiếp xúc trong ngày"), 12, bold=True),
        _contacts(report.contacts) if report.contacts else line(_("Không có."), 11),
        space(4),
        line(_("2. Việc còn mở"), 12, bold=True),
        _open(report.open_items) if report.open_items else line(_("Không có."), 11),
        space(4),
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
    return table(heads, cells, _CONTACTS)


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
    return table(heads, cells, _OPEN)


def _proof(report: DayReport) -> Any:
    from reportlab.platypus import KeepTogether

    shown = _("hết ngày") if report.is_whole else f"{to_vn(report.made_at):%H:%M, %d/%m/%Y}"
    said = _("Tính đến {moment}, sổ có {n} mắt xích. Đầu chuỗi:").format(moment=shown, n=report.links)
    groups = grouped(report.head).split(" ")
    width = len(groups) // _ROWS_OF_HEAD
    rows = [groups[at : at + width] for at in range(0, len(groups), width)]
    parts = [
        line(_("3. Đầu chuỗi của sổ"), 12, bold=True),
        line(said, 11),
        space(1.5),
        _head(rows),
        space(1.5),
        *([line(report.stamped, 10)] if report.stamped else []),
        *(line(words, 10) for words in proof_words()),
        line(
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
    made = Table([list(row) for row in rows], colWidths=[GROUP * 6.5 * MM] * len(rows[0]), hAlign="LEFT")
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
    from reportlab.platypus import KeepTogether

    at = f"{to_vn(report.made_at):%H:%M, %d/%m/%Y}"
    said = line(_("Lập lúc {at}.").format(at=at), 10)
    return KeepTogether([space(5), said, signatures(_("NGƯỜI LẬP"), _("NGƯỜI PHÁT NGÔN"), report.made_by)])
