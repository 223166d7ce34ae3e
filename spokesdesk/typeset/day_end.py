"""The list of the end of the day as a PDF of A4 pages: every open request and who it waits on."""

from functools import partial
from typing import Any

from spokesdesk.domain.clock import remaining, to_vn
from spokesdesk.domain.day_end import DayEnd, DayEndItem
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Agency
from spokesdesk.domain.text import short_date
from spokesdesk.typeset.a4 import Margins, line, number_below, pages, ruled, space

# Widths of the columns in millimetres; together the 180 mm between the margins.
WIDTHS = (9, 38, 53, 20, 32, 28)
_MARGINS = Margins(15, 15, 15, 18)
_SIZE = 10

_line = partial(line, leading=1.35)
_cell = partial(line, size=_SIZE, leading=1.25)


def day_end_pdf(made: DayEnd, agency: Agency) -> bytes:
    """Give the list as a PDF.

    Args:
        made: the list as it was finished; equal lists give equal bytes.
        agency: printed at the top.
    """
    return pages(
        _story(made, agency),
        title=_("Yêu cầu cung cấp thông tin chưa trả lời, cuối ngày {day}").format(day=short_date(made.on)),
        author=agency.name,
        draw=number_below(10),
        margins=_MARGINS,
    )


def _story(made: DayEnd, agency: Agency) -> list[Any]:
    story: list[Any] = [_line(agency.parent.upper(), 12)] if agency.parent else []
    story += [
        _line(agency.name.upper(), 12, bold=True),
        space(5),
        _line(_("DANH SÁCH YÊU CẦU CUNG CẤP THÔNG TIN CHƯA TRẢ LỜI"), 13, bold=True, centred=True),
        _line(_("Cuối ngày {day}").format(day=short_date(made.on)), 12, centred=True),
        space(4),
    ]
    if not made.items:
        story.append(_line(_("Không còn yêu cầu nào đang mở."), 12, centred=True))
    else:
        late = sum(item.due_at is not None and item.due_at < made.at for item in made.items)
        counted = _("Tổng số: {n}; quá hạn: {late}.").format(n=len(made.items), late=late)
        story += [_line(counted, 11), space(2), _table(made)]
    at = to_vn(made.at)
    moment = f"{at:%H:%M} {short_date(at.date())}"
    signed = _("Chốt lúc {moment}. Người lập: {name}").format(moment=moment, name=made.by.name)
    return [*story, space(5), _line(signed, 11)]


def _table(made: DayEnd) -> Any:
    heads = (_("TT"), _("Bên hỏi"), _("Nội dung"), _("Nhận"), _("Thời hạn"), _("Đang chờ"))
    rows = [[_cell(text, bold=True, centred=True) for text in heads]]
    rows += [
        [_cell(text, centred=at in (0, 3)) for at, text in enumerate(_texts(made, n, item))]
        for n, item in enumerate(made.items, 1)
    ]
    return ruled(rows, WIDTHS, _SIZE, beside=2.5)


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
