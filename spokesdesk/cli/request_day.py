"""`request day-end`: finish the day; every open request names who it waits on, the list is printed or mailed."""

import argparse
from pathlib import Path
from typing import Any
from uuid import UUID

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.files import write_whole
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.clock import remaining
from spokesdesk.domain.day_end import DayEnd, DayEndItem
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import short_date
from spokesdesk.services import day_end
from spokesdesk.services.ports import Desk


def add_parser(nouns: Any) -> None:
    """Add the command."""
    made = nouns.add_parser("day-end", help=_("kết thúc ngày: chốt, in hoặc gửi danh sách yêu cầu đang mở"))
    add_workspace(made)
    made.add_argument("--look", action="store_true", help=_("chỉ xem danh sách, chưa chốt"))
    made.add_argument(
        "--hold",
        action="append",
        default=[],
        metavar="ID=NAME",
        help=_("yêu cầu nào đang chờ ai, lặp lại được"),
    )
    made.add_argument("--pdf", metavar="FILE", help=_("ghi danh sách ra tệp PDF"))
    made.add_argument(
        "--print", dest="printer", nargs="?", const="", metavar="PRINTER", help=_("in ra máy in")
    )
    made.add_argument(
        "--mail", action="append", default=[], metavar="ADDRESS", help=_("gửi thư, lặp lại được")
    )
    made.set_defaults(run=_run)


def _run(arguments: argparse.Namespace, desk: Desk) -> Answer:
    if arguments.look:
        items = day_end.open_items(desk)
        return Answer(items, _lines(items, desk) or _("Không còn yêu cầu nào đang mở."))
    finished, _changes = day_end.finish(desk, dict(_holder(text) for text in arguments.hold))
    said = [_title(finished), _lines(finished.items, desk)]
    if arguments.pdf:
        write_whole(Path(arguments.pdf), day_end.pdf(desk, finished.id), "pdf")
        said.append(f"{_('Đã ghi')}: {arguments.pdf}")
    if arguments.printer is not None:
        day_end.print_list(desk, finished.id, arguments.printer)
        said.append(_("Đã gửi tới máy in."))
    if arguments.mail:
        note, _more = day_end.mail_list(desk, finished.id, arguments.mail)
        said.append(f"{_('Đã gửi thư')}: {', '.join(note.to)}")
        said += [f"{_('Máy chủ từ chối')}: {note.detail}"] if note.detail else []
    value = plain(finished) | {"sent": plain(day_end.sent(desk, finished.id))}
    return Answer(value, "\n".join(part for part in said if part))


def _holder(text: str) -> tuple[UUID, str]:
    request_id, equals, name = text.partition("=")
    if not equals:
        raise UserError("text_required", field="holder")
    return record_id(request_id.strip(), "hold"), name


def _title(finished: DayEnd) -> str:
    return _("Đã chốt danh sách cuối ngày {day}: {n} yêu cầu đang mở.").format(
        day=short_date(finished.on), n=len(finished.items)
    )


def _lines(items: tuple[DayEndItem, ...], desk: Desk) -> str:
    now = desk.now()
    lines = []
    for item in items:
        left = remaining(item.due_at, now).wording if item.due_at else _("không ấn định")
        holder = item.holder or _("CHƯA GHI")
        lines.append(f"{item.request_id}  {item.who}  {item.topic}  {left}  {_('đang chờ')}: {holder}")
    return "\n".join(lines)
