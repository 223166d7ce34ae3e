"""`salvage`: what can still be read of a damaged workspace, saved into a new one."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.salvage import sentences

UNSOUND = 8


def add_parser(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "salvage", help=_("cứu dữ liệu còn đọc được của bàn làm việc hỏng sang thư mục mới")
    )
    parser.add_argument(
        "--workspace", required=True, metavar="DIR", help=_("bàn làm việc hỏng, không bị đụng đến")
    )
    parser.add_argument("--to", dest="target", required=True, metavar="DIR", help=_("thư mục mới hoặc rỗng"))
    parser.add_argument("--json", action="store_true", help=_("trả lời bằng JSON"))
    parser.set_defaults(run=_run)


def _run(arguments: argparse.Namespace) -> Answer:
    from spokesdesk.bootstrap import salvage

    found = salvage(Path(arguments.workspace), Path(arguments.target))
    said = sentences(found)
    head = _("Đã lấy ra được tất cả.") if not said else _("Đã lấy ra mọi dòng còn đọc được; không lấy được:")
    lines = [_("Bàn làm việc mới: {folder}").format(folder=found.folder), head, *(f"  {one}" for one in said)]
    return Answer(plain(found) | {"said": list(said)}, "\n".join(lines), UNSOUND if said else 0)
