"""`incident open|list|show|edit|say|word|agree|sent|…`: incidents, their clocks and what was said."""

import argparse
from dataclasses import replace
from typing import Any

from spokesdesk.cli import incident_moves
from spokesdesk.cli.answer import Answer
from spokesdesk.cli.incident_text import told
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.clock import iso_vn, parse_time, remaining, to_vn
from spokesdesk.domain.incidents import IncidentDraft, IncidentRow, IncidentScope, IncidentState
from spokesdesk.domain.language import gettext as _
from spokesdesk.services import incidents, reminders
from spokesdesk.services.ports import Desk

_TEXTS = ("title", "place", "lead", "facts")
_STAMPS = {"happened": "happened_at", "received": "received_at", "impact": "impact_at", "asked": "asked_at"}


def add_parser(commands: Any) -> None:
    """Add the commands."""
    nouns = commands.add_parser(
        "incident", help=_("vụ việc đột xuất: đồng hồ 24 giờ, phát ngôn, phối hợp")
    ).add_subparsers(
        required=True,
        metavar="open|list|show|edit|say|word|agree|draft|sent|note|close|reopen|print|remind|counters",
    )
    opening = nouns.add_parser("open", help=_("mở vụ việc; chỉ cần tên"))
    add_workspace(opening)
    opening.add_argument("title", metavar="TITLE", help=_("tên vụ việc"))
    _add_facts(opening, with_title=False)
    opening.set_defaults(run=_open)
    edit = nouns.add_parser("edit", help=_("sửa, bổ sung mốc và nội dung; bản cũ vẫn giữ"))
    add_workspace(edit)
    edit.add_argument("id")
    _add_facts(edit, with_title=True)
    edit.set_defaults(run=_edit)
    listing = nouns.add_parser("list", help=_("liệt kê, vụ việc đến hạn trước đứng trước"))
    add_workspace(listing)
    listing.add_argument("words", nargs="*", help=_("từ cần tìm, không cần dấu"))
    listing.add_argument(
        "--state", action="append", default=[], choices=[item.value for item in IncidentState]
    )
    listing.set_defaults(run=_list)
    show = nouns.add_parser("show", help=_("xem một vụ việc, thời hạn và mọi việc đã làm"))
    add_workspace(show)
    show.add_argument("id")
    show.set_defaults(run=_show)
    remind = nouns.add_parser("remind", help=_("nhắc các mốc trước hạn 12, 4, 1 giờ; mỗi mốc một lần"))
    add_workspace(remind)
    remind.set_defaults(run=_remind)
    incident_moves.add_parsers(nouns)


def _add_facts(parser: argparse.ArgumentParser, *, with_title: bool) -> None:
    if with_title:
        parser.add_argument("--title", metavar="TEXT", help=_("tên vụ việc"))
    parser.add_argument("--happened", metavar="TIME", help=_("lúc xảy ra, giờ Việt Nam"))
    parser.add_argument("--received", metavar="TIME", help=_("lúc cơ quan tiếp nhận và xử lý"))
    parser.add_argument("--impact", metavar="TIME", help=_("lúc cơ quan xác định có tác động đến dư luận"))
    parser.add_argument("--asked", metavar="TIME", help=_("lúc báo chí, cơ quan quản lý báo chí đề nghị"))
    parser.add_argument("--scope", choices=[item.value for item in IncidentScope], help=_("phạm vi"))
    parser.add_argument("--place", metavar="TEXT", help=_("nơi xảy ra"))
    parser.add_argument("--lead", metavar="NAME", help=_("cơ quan chủ trì"))
    parser.add_argument(
        "--with",
        dest="participants",
        action="append",
        metavar="NAME",
        help=_("cơ quan phối hợp, lặp lại được"),
    )
    parser.add_argument("--facts", metavar="TEXT", help=_("diễn biến"))


def _facts(arguments: argparse.Namespace, desk: Desk, base: IncidentDraft) -> IncidentDraft:
    changed: dict[str, Any] = {
        name: getattr(arguments, name) for name in _TEXTS if getattr(arguments, name) is not None
    }
    for given, field in _STAMPS.items():
        typed = getattr(arguments, given)
        if typed is not None:
            changed[field] = parse_time(typed, now=desk.now(), field=field) if typed else None
    if arguments.scope:
        changed["scope"] = IncidentScope(arguments.scope)
    if arguments.participants is not None:
        changed["participants"] = tuple(arguments.participants)
    return replace(base, **changed)


def _open(arguments: argparse.Namespace, desk: Desk) -> Answer:
    opened, _changes = incidents.open_incident(desk, _facts(arguments, desk, IncidentDraft("")))
    return told(desk, opened.id)


def _edit(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = incidents.incident(desk, record_id(arguments.id))
    facts = _facts(arguments, desk, found.facts)
    incidents.save_facts(desk, found.id, facts, found.version)
    return told(desk, found.id)


def _list(arguments: argparse.Namespace, desk: Desk) -> Answer:
    states = [IncidentState(value) for value in arguments.state]
    rows = incidents.incident_rows(desk, incidents.incident_numbers(desk, " ".join(arguments.words), states))
    lines = [_row_text(row, desk) for row in rows]
    return Answer(rows, "\n".join(lines) or _("Chưa có vụ việc nào."))


def _row_text(row: IncidentRow, desk: Desk) -> str:
    left = f"{remaining(row.due_at, desk.now()).wording}  {row.citation}" if row.due_at else ""
    opened = f"{to_vn(row.opened_at):%d/%m/%Y %H:%M}"
    return f"{row.id}  {opened}  [{row.state.wording}]  {row.title}  {left}".rstrip()


def _show(arguments: argparse.Namespace, desk: Desk) -> Answer:
    return told(desk, record_id(arguments.id))


def _remind(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = reminders.tell(desk, reminders.pending(desk))
    now = desk.now()
    value = [
        {
            "incident": each.incident_id,
            "title": each.title,
            "rule": each.clock.due.rule_id,
            "due_at": iso_vn(each.steps[-1].due_at),
            "hours": each.steps[-1].hours,
            "missed": list(each.missed),
            "text": each.words(now),
        }
        for each in found
    ]
    lines = [f"{each.title}\n  {each.words(now)}" for each in found]
    return Answer(value, "\n".join(lines) or _("Không có mốc nào cần nhắc."))
