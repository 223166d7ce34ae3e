"""`request add|list|show|…|day-end`: requests for information from the command line."""

import argparse
from typing import Any

from spokesdesk.cli import request_day, request_steps
from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.request_text import door_text, request_text, request_value, row_text
from spokesdesk.cli.who import add_workspace, member_named, record_id
from spokesdesk.domain.clock import parse_time
from spokesdesk.domain.journal import Channel
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.requests import OPEN_STATES, AskerKind, RequestDraft, RequestState
from spokesdesk.services import door, privacy, requests
from spokesdesk.services.ports import Desk


def add_parser(commands: Any) -> None:
    """Add the commands."""
    nouns = commands.add_parser("request", help=_("yêu cầu cung cấp thông tin")).add_subparsers(
        required=True,
        metavar="add|list|show|said|assign|hold|deadline|amend|answer|refuse|refer|withdraw|reopen|grounds|day-end",
    )
    add = nouns.add_parser("add", help=_("ghi một yêu cầu"))
    add_workspace(add)
    _add_options(add)
    add.set_defaults(run=_add)
    listing = nouns.add_parser("list", help=_("liệt kê, việc đến hạn trước đứng trước"))
    add_workspace(listing)
    listing.add_argument("words", nargs="*", help=_("từ cần tìm, không cần dấu"))
    states = [*(state.value for state in RequestState), "all"]
    listing.add_argument("--state", action="append", choices=states, help=_("mặc định: đang mở"))
    listing.add_argument("--holder", default="", metavar="NAME", help=_("đang chờ ai"))
    listing.add_argument("--mine", action="store_true", help=_("việc tôi phụ trách, đang giữ hoặc phối hợp"))
    listing.add_argument("--limit", type=int, default=100)
    listing.set_defaults(run=_list)
    show = nouns.add_parser("show", help=_("xem một yêu cầu và các bước"))
    add_workspace(show)
    show.add_argument("id")
    show.set_defaults(run=_show)
    said = nouns.add_parser("said", help=_("lần trước đã trả lời gì về việc này"))
    add_workspace(said)
    said.add_argument("id")
    said.set_defaults(run=_said)
    request_steps.add_parsers(nouns)
    request_day.add_parser(nouns)


def _add_options(add: argparse.ArgumentParser) -> None:
    add.add_argument("--from", dest="asker_kind", choices=[item.value for item in AskerKind], default="press")
    add.add_argument("--asker", default="", metavar="NAME", help=_("Văn phòng hoặc cơ quan hỏi"))
    add.add_argument("--outlet", default="", metavar="NAME", help=_("cơ quan báo chí"))
    add.add_argument("--journalist", default="", metavar="NAME", help=_("nhà báo, phóng viên"))
    add.add_argument("--channel", required=True, choices=[item.value for item in Channel])
    add.add_argument("--topic", required=True, metavar="TEXT", help=_("chủ đề"))
    add.add_argument("--received", metavar="TIME", help=_("lúc tiếp nhận, giờ Việt Nam (mặc định: bây giờ)"))
    add.add_argument(
        "--question", action="append", default=[], metavar="TEXT", help=_("câu hỏi, lặp lại được")
    )
    add.add_argument("--event", default="", metavar="EVENT", help=_("sự kiện bắt đầu thời hạn trả lời"))
    add.add_argument("--wanted", metavar="TIME", help=_("bên hỏi cần trả lời trước lúc nào"))
    add.add_argument("--owner", metavar="NAME", help=_("người phụ trách"))
    add.add_argument("--lead-unit", default="", metavar="NAME", help=_("đơn vị chủ trì"))
    add.add_argument("--share", action="append", default=[], metavar="NAME", help=_("phối hợp, lặp lại được"))
    add.add_argument("--holder", default="", metavar="NAME", help=_("đang chờ ai"))


def _add(arguments: argparse.Namespace, desk: Desk) -> Answer:
    now = desk.now()
    received = arguments.received
    wanted = arguments.wanted
    draft = RequestDraft(
        channel=Channel(arguments.channel),
        received_at=parse_time(received, now=now, field="received") if received else now,
        topic=arguments.topic,
        asker_kind=AskerKind(arguments.asker_kind),
        asker=arguments.asker,
        outlet=arguments.outlet,
        journalist=arguments.journalist,
        questions=tuple(arguments.question),
        event=arguments.event,
        wanted_at=parse_time(wanted, now=now, field="wanted_at") if wanted else None,
        owner_id=member_named(desk, arguments.owner, "owner").id if arguments.owner else None,
        lead_unit=arguments.lead_unit,
        shared=tuple(arguments.share),
        holder=arguments.holder,
    )
    made, _changes = requests.open_request(desk, draft)
    return Answer(request_value(made), request_text(made, now))


def _list(arguments: argparse.Namespace, desk: Desk) -> Answer:
    chosen = arguments.state or [state.value for state in OPEN_STATES]
    states = [] if "all" in chosen else [RequestState(state) for state in chosen]
    numbers = requests.request_numbers(
        desk,
        " ".join(arguments.words),
        states=states,
        mine=desk.member.ref if arguments.mine else None,
        holder=arguments.holder,
    )
    rows = requests.request_rows(desk, numbers[: arguments.limit])
    now = desk.now()
    return Answer(rows, "\n".join(row_text(row, now) for row in rows) or _("Không có yêu cầu nào."))


def _show(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = requests.request(desk, record_id(arguments.id))
    if found.journalist is not None:
        privacy.note_quietly(desk, "request", found.id, "opened")
    value, text = request_value(found), request_text(found, desk.now())
    if (seen := door.seen(desk, found.id)) is not None:
        value |= {"door": plain(seen.door)}
        text = f"{text}\n{door_text(seen)}"
    return Answer(value, text)


def _said(arguments: argparse.Namespace, desk: Desk) -> Answer:
    asked = requests.request(desk, record_id(arguments.id))
    found = requests.said_before(
        desk,
        asked.topic,
        asked.subject.questions,
        asked.outlet.id if asked.outlet else None,
        apart_from=asked.id,
    )
    text = "\n\n".join(request_text(each, desk.now()) for each in found)
    return Answer([request_value(each) for each in found], text or _("Chưa từng trả lời việc tương tự."))
