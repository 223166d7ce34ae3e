"""`find`: anything by words typed without accents."""

import argparse
from typing import Any

from spokesdesk.cli.answer import Answer
from spokesdesk.cli.who import add_workspace
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.services.find import find
from spokesdesk.services.ports import Desk

KINDS = (
    "contact",
    "request",
    "paper",
    "article",
    "case",
    "incident",
    "outlet",
    "journalist",
    "spokesperson",
    "checklist",
    "law",
)


def add_parser(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("find", help=_("tìm mọi thứ, không cần dấu"))
    add_workspace(parser)
    parser.add_argument("words", nargs="+", help=_("từ cần tìm; có thể nằm ở các ô khác nhau của một mục"))
    parser.add_argument("--kind", action="append", choices=KINDS, default=[])
    parser.add_argument("--limit", type=int, default=50)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, desk: Desk) -> Answer:
    """Find; rows of kind, id, title, snippet, at."""
    hits = find(desk, " ".join(arguments.words), arguments.kind, arguments.limit)
    lines = [f"{hit.kind}  {hit.id}  {to_vn(hit.at):%d/%m/%Y}  {hit.title}  {hit.snippet}" for hit in hits]
    return Answer(hits, "\n".join(lines) or _("Không tìm thấy gì."))
