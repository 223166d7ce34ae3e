"""`export`: the address book and the journal as Excel, CSV or vCard."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer
from spokesdesk.cli.who import add_workspace
from spokesdesk.domain.imports import Noun
from spokesdesk.domain.language import gettext as _
from spokesdesk.services.ports import Desk


def add_parser(commands: Any) -> None:
    """Add the commands."""
    nouns = commands.add_parser(
        "export", help=_("xuất danh bạ, sổ tiếp xúc ra Excel, CSV, vCard")
    ).add_subparsers(required=True, metavar="people|contacts")
    people = nouns.add_parser("people", help=_("danh bạ: .xlsx, .csv hoặc .vcf"))
    people.add_argument("--outlets", action="store_true", help=_("cơ quan báo chí thay cho nhà báo"))
    contacts = nouns.add_parser("contacts", help=_("sổ tiếp xúc: .xlsx hoặc .csv"))
    for one, act in ((people, _people), (contacts, _contacts)):
        add_workspace(one)
        one.add_argument("out", metavar="OUT.xlsx", type=Path)
        one.add_argument("--words", default="", help=_("chỉ những dòng chứa các từ này, không cần dấu"))
        one.set_defaults(run=act)


def _people(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import exports

    noun = Noun.OUTLET if arguments.outlets else Noun.JOURNALIST
    return _answer(arguments.out, exports.export_people(desk, noun, arguments.out, arguments.words))


def _contacts(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import exports

    return _answer(arguments.out, exports.export_contacts(desk, arguments.out, arguments.words))


def _answer(out: Path, count: int) -> Answer:
    return Answer(
        {"out": str(out), "rows": count}, _("{count} dòng trong {out}").format(count=count, out=out)
    )
