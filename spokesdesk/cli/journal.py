"""`journal day`: the daily report with the head of the journal chain."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.files import write_whole
from spokesdesk.cli.who import add_workspace
from spokesdesk.domain.checkpoints import grouped
from spokesdesk.domain.clock import parse_date
from spokesdesk.domain.dayreport import DayReport
from spokesdesk.domain.language import gettext as _
from spokesdesk.services import checkpoints, dayreport
from spokesdesk.services.ports import Desk


def add_parser(commands: Any) -> None:
    """Add the commands."""
    nouns = commands.add_parser("journal", help=_("báo cáo ngày, đầu chuỗi của sổ")).add_subparsers(
        required=True, metavar="day|stamp"
    )
    day = nouns.add_parser("day", help=_("báo cáo một ngày của sổ"))
    add_workspace(day)
    day.add_argument("--date", metavar="DATE", help=_("ngày (mặc định: hôm nay)"))
    day.add_argument("--pdf", metavar="FILE", type=Path, help=_("ghi thành PDF để in"))
    day.add_argument("--print", action="store_true", help=_("in ra máy in mặc định"))
    day.set_defaults(run=_day)
    stamp = nouns.add_parser(
        "stamp", help=_("xin dấu thời gian cho đầu chuỗi các ngày đã chốt; mặc định tắt")
    )
    add_workspace(stamp)
    stamp.add_argument("--authority", metavar="URL", help=_("đặt địa chỉ nơi cấp dấu thời gian, rỗng để tắt"))
    stamp.set_defaults(run=_stamp)


def _day(arguments: argparse.Namespace, desk: Desk) -> Answer:
    day = parse_date(arguments.date) if arguments.date else None
    made = dayreport.report(desk, day)
    value: dict[str, object] = plain(made)
    value["head"] = made.head.hex()
    if arguments.pdf is not None:
        write_whole(arguments.pdf, dayreport.report_pdf(desk, day), "pdf")
        value["pdf"] = str(arguments.pdf)
    if arguments.print:
        value["job"] = dayreport.print_report(desk, day)
    return Answer(value, _text(made))


def _stamp(arguments: argparse.Namespace, desk: Desk) -> Answer:
    if arguments.authority is not None:
        checkpoints.set_authority(desk, arguments.authority)
    checkpoints.close_days(desk)
    count = checkpoints.stamp_days(desk)
    where = checkpoints.authority(desk)
    stamps = [
        {"day": one.day, "at": said.at, "authority": said.authority, "ok": said.ok}
        for one, said in checkpoints.stamps(desk)
    ]
    value = {"authority": where, "stamped": count, "stamps": stamps}
    if not where:
        return Answer(value, _("Dấu thời gian đang tắt; không có gì được gửi đi."))
    return Answer(value, _("Đã có dấu thời gian cho {n} ngày.").format(n=count))


def _text(made: DayReport) -> str:
    lines = [
        _("Báo cáo ngày {day:%d/%m/%Y}: {n} lần tiếp xúc, {items} việc còn mở").format(
            day=made.day, n=len(made.contacts), items=len(made.open_items)
        )
    ]
    lines += [
        f"  {row.time.split()[0]}  {row.who.replace(chr(10), ' · ')}  {row.topic}" for row in made.contacts
    ]
    lines += [f"  {_('mở')}: {item.what} – {item.who} – {item.due}" for item in made.open_items]
    lines.append(_("Đầu chuỗi ({n} mắt xích): {head}").format(n=made.links, head=grouped(made.head).rstrip()))
    return "\n".join(lines)
