"""`sample`: fill a workspace with believable Vietnamese entries, for trying out and for measuring."""

import argparse
import sys
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
    parser.add_argument(
        "--journalists", type=int, default=0, metavar="N", help=_("ít nhất bấy nhiêu nhà báo trong danh bạ")
    )
    parser.add_argument("--seed", type=int, default=1, help=_("cùng số cho cùng dữ liệu"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Write the sample entries."""
    from spokesdesk.services.samples import fill

    written = fill(
        desk, arguments.contacts, journalists=arguments.journalists, seed=arguments.seed, told=_tell
    )
    return Answer({"contacts": written})


def _tell(done: int, total: int) -> bool:
    """Show how far it is, where somebody watches; long samples take minutes."""
    if sys.stderr.isatty():
        print(f"\r{done}/{total}", end="" if done < total else "\n", file=sys.stderr, flush=True)
    return True
