"""`sample`: fill a workspace with believable Vietnamese entries, for trying out and for measuring."""

import argparse
from typing import Any

from spokesdesk.cli.answer import Answer
from spokesdesk.cli.who import add_workspace
from spokesdesk.domain.language import gettext as _
from spokesdesk.services.ports import Desk


def add_parser(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("sample", help=_("thêm dữ liệu mẫu"))
    add_workspace(parser)
    parser.add_argument("--contacts", type=int, default=200, metavar="N", help=_("số lần tiếp xúc"))
    parser.add_argument("--seed", type=int, default=1, help=_("cùng số cho cùng dữ liệu"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Write the sample entries."""
    from spokesdesk.services.samples import fill

    return Answer({"contacts": fill(desk, arguments.contacts, seed=arguments.seed)})
