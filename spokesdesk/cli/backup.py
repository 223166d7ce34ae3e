"""`backup`, `restore`, `doctor`: the workspace as a whole."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.who import add_workspace
from spokesdesk.domain.chain_faults import printed_words
from spokesdesk.domain.clock import parse_date, to_vn
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.services import checkpoints, workspace
from spokesdesk.services.ports import Desk

UNSOUND = 8


def add_parser(commands: Any) -> None:
    """Add the commands."""
    backup = commands.add_parser("backup", help=_("sao lưu toàn bộ vào một tệp mã hóa"))
    add_workspace(backup)
    backup.add_argument(
        "file", nargs="?", metavar="FILE", help=_("tệp sao lưu; mặc định: cạnh thư mục bàn làm việc")
    )
    backup.add_argument("--to", dest="file_to", metavar="FILE", help=_("như FILE"))
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help=_("khôi phục từ tệp sao lưu vào thư mục mới"))
    restore.add_argument("file", nargs="?", metavar="FILE")
    restore.add_argument("--from", dest="file_from", metavar="FILE", help=_("như FILE"))
    restore.add_argument("--workspace", required=True, metavar="DIR", help=_("thư mục mới hoặc rỗng"))
    restore.add_argument("--json", action="store_true", help=_("trả lời bằng JSON"))
    restore.set_defaults(run=_restore)
    doctor = commands.add_parser("doctor", help=_("kiểm tra tính toàn vẹn của dữ liệu, tệp và chuỗi nhật ký"))
    add_workspace(doctor)
    doctor.add_argument("--head", metavar="HEX", help=_("đầu chuỗi trên báo cáo ngày đã in, để đối chiếu"))
    doctor.add_argument("--day", metavar="DATE", help=_("ngày của báo cáo ấy"))
    doctor.set_defaults(run=_doctor)


def _backup(arguments: argparse.Namespace, desk: Desk) -> Answer:
    target = arguments.file or arguments.file_to
    made = workspace.backup(desk, Path(target) if target else _beside(desk))
    return Answer({"file": made, "size": made.stat().st_size})


def _restore(arguments: argparse.Namespace) -> Answer:
    from spokesdesk.bootstrap import restore

    source = arguments.file or arguments.file_from
    if not source:
        raise UserError("field_required", field="file")
    return Answer({"workspace": restore(Path(source), Path(arguments.workspace))})


def _beside(desk: Desk) -> Path:
    """Give a name beside the workspace that tells when the backup was made."""
    folder = desk.keeper.folder
    return folder.with_name(f"{folder.name}-{to_vn(desk.now()):%Y%m%d-%H%M%S}.spokesbackup")


def _doctor(arguments: argparse.Namespace, desk: Desk) -> Answer:
    if bool(arguments.head) != bool(arguments.day):
        raise UserError("field_required", field="day" if arguments.head else "head")
    found = workspace.doctor(desk)
    value: dict[str, object] = plain(found)
    printed = None
    if arguments.head:
        printed = checkpoints.printed_head(desk, arguments.head, parse_date(arguments.day, field="day"))
        value["printed"] = plain(printed) | {"ok": printed.ok}
    ok = found.ok and (printed is None or printed.ok)
    value["ok"] = ok
    value["said"] = list(workspace.sentences(found))
    lines = [
        _("Mọi thứ nguyên vẹn.")
        if ok
        else _("CÓ SAI LỆCH, đừng sửa gì, hãy sao lưu thư mục và báo quản trị:")
    ]
    lines += [f"  {said}" for said in workspace.sentences(found)]
    lines += [printed_words(printed)] if printed is not None else []
    lines.append(_("{n} mắt xích, đầu chuỗi {head}").format(n=found.entries, head=found.head[:16]))
    return Answer(value, "\n".join(lines), 0 if ok else UNSOUND)
