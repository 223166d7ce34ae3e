"""`mail set|show`: the server that mail is handed over to."""

import argparse
import os
from typing import Any

from spokesdesk.cli.answer import Answer
from spokesdesk.cli.who import add_workspace
from spokesdesk.domain.language import gettext as _
from spokesdesk.services import sending
from spokesdesk.services.ports import Desk

PASSWORD = "SPOKESDESK_SMTP_PASSWORD"


def add_parser(commands: Any) -> None:
    """Add the commands."""
    nouns = commands.add_parser("mail", help=_("máy chủ gửi thư")).add_subparsers(
        required=True, metavar="set|show"
    )
    setting = nouns.add_parser(
        "set", help=_("khai máy chủ; mật khẩu lấy từ biến {name}").format(name=PASSWORD)
    )
    add_workspace(setting)
    setting.add_argument("--host", required=True, metavar="NAME")
    setting.add_argument("--port", type=int, default=587)
    setting.add_argument("--user", default="", metavar="NAME")
    setting.add_argument("--from", dest="sender", required=True, metavar="ADDRESS")
    setting.set_defaults(run=_set)
    show = nouns.add_parser("show", help=_("xem máy chủ đã khai"))
    add_workspace(show)
    show.set_defaults(run=_show)


def _set(arguments: argparse.Namespace, desk: Desk) -> Answer:
    server = sending.MailServer(arguments.host, arguments.port, arguments.user, arguments.sender)
    return _told(sending.save_mail_server(desk, server, os.environ.get(PASSWORD))[0])


def _show(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    return _told(sending.mail_server(desk))


def _told(server: sending.MailServer | None) -> Answer:
    if server is None:
        return Answer(None, _("Chưa khai máy chủ gửi thư."))
    return Answer(server, f"{server.host}:{server.port}  {server.user}  {server.sender}")
