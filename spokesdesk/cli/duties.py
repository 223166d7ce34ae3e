"""``duties list|done|undo|kind|ics``: the calendar of periodic duties."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer
from spokesdesk.cli.files import write_whole
from spokesdesk.cli.who import add_workspace
from spokesdesk.domain.clock import parse_date
from spokesdesk.domain.duties import AGENCY_KINDS, DutyTurn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import short_date
from spokesdesk.services.ports import Desk


def add_parser(commands: Any) -> None:
    """Add the commands."""
    nouns = commands.add_parser("duties", help=_("việc định kỳ theo quy định")).add_subparsers(
        required=True, metavar="list|done|undo|kind|ics"
    )
    listed = nouns.add_parser("list", help=_("các kỳ trong một năm tới"))
    listed.set_defaults(run=_list)
    done = nouns.add_parser("done", help=_("ghi một kỳ đã làm"))
    done.add_argument("--on", default="", metavar="DATE", help=_("ngày đã làm (mặc định: hôm nay)"))
    done.set_defaults(run=_done)
    undo = nouns.add_parser("undo", help=_("bỏ dấu đã làm của một kỳ"))
    undo.set_defaults(run=_undo)
    for one in (done, undo):
        one.add_argument("rule", metavar="RULE", help=_("mã quy tắc, ví dụ N244-MON"))
        one.add_argument("due", metavar="DATE", help=_("ngày cuối của kỳ"))
    kind = nouns.add_parser("kind", help=_("xem hoặc đặt loại cơ quan"))
    kind.add_argument("kind", nargs="?", choices=AGENCY_KINDS)
    kind.set_defaults(run=_kind)
    ics = nouns.add_parser("ics", help=_("xuất các kỳ ra tệp lịch .ics"))
    ics.add_argument("out", type=Path, metavar="FILE.ics")
    ics.set_defaults(run=_ics)
    for one in (listed, done, undo, kind, ics):
        add_workspace(one)


def _list(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import duties

    return _told(duties.upcoming(desk))


def _done(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import duties

    on = parse_date(arguments.on, field="on") if arguments.on else None
    rule, due = arguments.rule.strip().upper(), parse_date(arguments.due, field="due")
    return _told(duties.done(desk, rule, due, on)[0])


def _undo(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import duties

    return _told(
        duties.undone(desk, arguments.rule.strip().upper(), parse_date(arguments.due, field="due"))[0]
    )


def _kind(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import duties

    if arguments.kind:
        duties.set_agency_kind(desk, arguments.kind)
    return Answer({"kind": duties.agency_kind(desk)}, duties.agency_kind(desk))


def _ics(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import duties

    write_whole(arguments.out, duties.calendar_file(desk), "out")
    return Answer({"file": arguments.out}, str(arguments.out))


def _told(found: tuple[DutyTurn, ...]) -> Answer:
    text = "\n".join(_line(turn) for turn in found)
    return Answer(
        [_value(turn) for turn in found],
        text or _("Bộ quy định không đặt việc định kỳ nào cho loại cơ quan này."),
    )


def _line(turn: DutyTurn) -> str:
    rule = turn.rule
    state = _("  đã làm {day}").format(day=short_date(turn.done_on)) if turn.done_on else ""
    doubt = f" ({rule.confidence.wording})" if rule.confidence.is_uncertain else ""
    return f"{turn.due_on.isoformat()}  {rule.id}  {rule.title}{state}\n  {rule.citation.text}{doubt}"


def _value(turn: DutyTurn) -> dict[str, object]:
    return {
        "rule": turn.rule.id,
        "title": turn.rule.title,
        "due": turn.due_on,
        "data_from": turn.data_from,
        "data_to": turn.data_to,
        "done": turn.done_on,
        "citation": turn.rule.citation.text,
        "confidence": turn.rule.confidence.value,
        "verified": not turn.rule.confidence.is_uncertain,
        "uid": turn.uid,
    }
