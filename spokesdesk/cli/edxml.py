"""`edxml show|organ`: a package from anywhere, and this agency's code."""

import argparse
import hashlib
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.who import add_workspace
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.services import sending
from spokesdesk.services.ports import Desk


def add_parser(commands: Any) -> None:
    """Add the commands."""
    nouns = commands.add_parser("edxml", help=_("gói tin văn bản điện tử")).add_subparsers(
        required=True, metavar="show|organ"
    )
    show = nouns.add_parser("show", help=_("xem gói tin; không cần bàn làm việc"))
    show.add_argument("file", metavar="FILE", type=Path)
    show.set_defaults(run=_show)
    organ = nouns.add_parser("organ", help=_("xem hoặc khai mã định danh của cơ quan"))
    add_workspace(organ)
    organ.add_argument("code", nargs="?", metavar="CODE")
    organ.set_defaults(run=_organ)


def _show(arguments: argparse.Namespace) -> Answer:
    try:
        data = arguments.file.read_bytes()
    except OSError as error:
        raise UserError("file_unreadable", field="file", path=arguments.file) from error
    found = sending.read_edxml(data)
    files = [
        {"name": file.name, "size": len(file.data), "sha256": hashlib.sha256(file.data).hexdigest()}
        for file in found.files
    ]
    value: dict[str, object] = {
        key: plain(getattr(found, key)) for key in type(found).__slots__ if key != "files"
    }
    value |= {"document_id": found.document_id, "files": files}
    lines = [
        found.document_id,
        f"{found.type_name} {found.number}/{found.notation}, {found.place}, {found.on:%d/%m/%Y}",
        found.subject,
        f"{found.sender.organ_id}  {found.sender.name}",
        *(f"→ {one.organ_id}  {one.name}".rstrip() for one in found.receivers),
        *(f"{file['name']}  {file['size']}" for file in files),
    ]
    return Answer(value, "\n".join(lines))


def _organ(arguments: argparse.Namespace, desk: Desk) -> Answer:
    if arguments.code is not None:
        sending.save_organ_id(desk, arguments.code)
    code = sending.organ_id(desk)
    return Answer({"organ_id": code}, code or _("Chưa khai mã định danh."))
