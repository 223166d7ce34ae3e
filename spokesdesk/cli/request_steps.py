"""`request assign|hold|deadline|amend|answer|refuse|refer|withdraw|reopen|grounds`: what moves a request."""

import argparse
from collections.abc import Callable
from typing import Any

from spokesdesk.cli.answer import Answer
from spokesdesk.cli.request_text import request_text, request_value
from spokesdesk.cli.who import add_workspace, member_named, record_id
from spokesdesk.domain.clock import parse_time
from spokesdesk.domain.door import Meeting
from spokesdesk.domain.journal import GivenForm
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.requests import GivenAnswer
from spokesdesk.services import requests
from spokesdesk.services.door import MeetingSaid
from spokesdesk.services.ports import Desk
from spokesdesk.services.request_moves import Assign, Moved

Run = Callable[[argparse.Namespace, Desk], Answer]


def add_parsers(nouns: Any) -> None:
    """Add the commands."""
    assign = _command(nouns, "assign", _("giao cho người phụ trách, đơn vị chủ trì"), _assign)
    assign.add_argument("--owner", metavar="NAME", help=_("người phụ trách"))
    assign.add_argument("--lead-unit", default="", metavar="NAME", help=_("đơn vị chủ trì"))
    assign.add_argument("--share", action="append", default=[], metavar="NAME", help=_("phối hợp"))
    assign.add_argument("--holder", default="", metavar="NAME", help=_("đang chờ ai"))
    assign.add_argument("--remark", default="", metavar="TEXT")
    hold = _command(nouns, "hold", _("ghi đang chờ ai"), _hold)
    hold.add_argument("holder", metavar="NAME")
    hold.add_argument("--remark", default="", metavar="TEXT")
    deadline = _command(nouns, "deadline", _("đổi thời hạn, kèm lý do"), _deadline)
    deadline.add_argument("due", metavar="TIME")
    deadline.add_argument("--reason", required=True, metavar="TEXT")
    amend = _command(nouns, "amend", _("đính chính nội dung hỏi"), _amend)
    amend.add_argument("--topic", metavar="TEXT")
    amend.add_argument("--question", action="append", metavar="TEXT")
    amend.add_argument("--remark", default="", metavar="TEXT")
    _add_ends(nouns)
    grounds = nouns.add_parser("grounds", help=_("căn cứ từ chối đang có hiệu lực"))
    add_workspace(grounds)
    grounds.set_defaults(run=_grounds)


def _add_ends(nouns: Any) -> None:
    answer = _command(nouns, "answer", _("khép lại: đã trả lời"), _answer)
    answer.add_argument("--text", default="", help=_("nội dung đã trả lời"))
    answer.add_argument("--paper", metavar="ID", help=_("văn bản đã phát hành dùng để trả lời"))
    forms = [item.value for item in GivenForm if item is not GivenForm.NONE]
    answer.add_argument("--form", required=True, choices=forms, help=_("hình thức cung cấp"))
    answer.add_argument("--to", default="", metavar="NAME", help=_("trả lời cho ai (mặc định: bên hỏi)"))
    answer.add_argument("--at", metavar="TIME", help=_("lúc trả lời (mặc định: bây giờ)"))
    answer.add_argument("--remark", default="", metavar="TEXT")
    meetings = [item.value for item in Meeting]
    answer.add_argument("--meeting", choices=meetings, help=_("trả lời một lịch hẹn đặt qua cổng"))
    answer.add_argument("--meeting-at", metavar="TIME", help=_("giờ hẹn"))
    refuse = _command(nouns, "refuse", _("từ chối theo căn cứ luật định; soạn công văn"), _refuse)
    refuse.add_argument("--ground", default="", metavar="ID", help=_("căn cứ, xem: request grounds"))
    refuse.add_argument("--reason", default="", metavar="TEXT", help=_("lý do"))
    refer = _command(nouns, "refer", _("chuyển nơi có thẩm quyền; soạn công văn chuyển"), _refer)
    refer.add_argument("--to", required=True, metavar="NAME")
    refer.add_argument("--remark", default="", metavar="TEXT")
    for name, words, run in (
        ("withdraw", _("bên hỏi rút yêu cầu"), _withdraw),
        ("reopen", _("mở lại, kèm lý do"), _reopen),
    ):
        _command(nouns, name, words, run).add_argument("--reason", required=True, metavar="TEXT")


def _command(nouns: Any, name: str, words: str, run: Run) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = nouns.add_parser(name, help=words)
    add_workspace(made)
    made.add_argument("id")
    made.add_argument(
        "--seen", metavar="ID", help=_("bước cuối đã xem; nếu đã có bước khác thì không ghi gì")
    )
    made.set_defaults(run=run)
    return made


def _seen(arguments: argparse.Namespace) -> Any:
    return record_id(arguments.seen, "seen") if arguments.seen else None


def _moved(desk: Desk, moved: Moved) -> Answer:
    return Answer(request_value(moved[0]), request_text(moved[0], desk.now()))


def _assign(arguments: argparse.Namespace, desk: Desk) -> Answer:
    given = Assign(
        member_named(desk, arguments.owner, "owner").id if arguments.owner else None,
        arguments.lead_unit,
        tuple(arguments.share),
        arguments.holder,
        arguments.remark,
    )
    return _moved(desk, requests.assign(desk, record_id(arguments.id), given, _seen(arguments)))


def _hold(arguments: argparse.Namespace, desk: Desk) -> Answer:
    moved = requests.hold(desk, record_id(arguments.id), arguments.holder, arguments.remark, _seen(arguments))
    return _moved(desk, moved)


def _deadline(arguments: argparse.Namespace, desk: Desk) -> Answer:
    due_at = parse_time(arguments.due, now=desk.now(), field="due_at")
    moved = requests.set_deadline(desk, record_id(arguments.id), due_at, arguments.reason, _seen(arguments))
    return _moved(desk, moved)


def _amend(arguments: argparse.Namespace, desk: Desk) -> Answer:
    before = requests.request(desk, record_id(arguments.id))
    questions = before.subject.questions if arguments.question is None else tuple(arguments.question)
    topic = before.topic if arguments.topic is None else arguments.topic
    moved = requests.amend(desk, before.id, topic, questions, arguments.remark, _seen(arguments))
    return _moved(desk, moved)


def _answer(arguments: argparse.Namespace, desk: Desk) -> Answer:
    now = desk.now()
    given = GivenAnswer(
        arguments.text,
        GivenForm(arguments.form),
        arguments.to,
        parse_time(arguments.at, now=now, field="given_at") if arguments.at else now,
        record_id(arguments.paper, "paper") if arguments.paper else None,
    )
    meeting = None
    if arguments.meeting:
        at = arguments.meeting_at
        meeting_at = parse_time(at, now=now, field="meeting_at") if at else None
        meeting = MeetingSaid(Meeting(arguments.meeting), meeting_at)
    which, seen = record_id(arguments.id), _seen(arguments)
    return _moved(desk, requests.answer(desk, which, given, arguments.remark, seen, meeting=meeting))


def _refuse(arguments: argparse.Namespace, desk: Desk) -> Answer:
    moved = requests.refuse(
        desk, record_id(arguments.id), arguments.ground, arguments.reason, _seen(arguments)
    )
    return _moved(desk, moved)


def _refer(arguments: argparse.Namespace, desk: Desk) -> Answer:
    moved = requests.refer(desk, record_id(arguments.id), arguments.to, arguments.remark, _seen(arguments))
    return _moved(desk, moved)


def _withdraw(arguments: argparse.Namespace, desk: Desk) -> Answer:
    return _moved(desk, requests.withdraw(desk, record_id(arguments.id), arguments.reason, _seen(arguments)))


def _reopen(arguments: argparse.Namespace, desk: Desk) -> Answer:
    return _moved(desk, requests.reopen(desk, record_id(arguments.id), arguments.reason, _seen(arguments)))


def _grounds(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = requests.grounds(desk)
    return Answer(found, "\n".join(f"{each.id}  {each.citation.text}: {each.text}" for each in found))
