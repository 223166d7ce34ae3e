"""`case add|log|withdraw|restore|handover|save`: evidence of a case from the command line."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.keeping import caution
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.clock import parse_time, to_vn
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.evidence import Custody, Evidence, EvidenceKind, Taken
from spokesdesk.domain.language import gettext as _
from spokesdesk.services import cases, evidence
from spokesdesk.services.ports import Desk


def add_parsers(nouns: Any) -> None:
    """Add the commands on evidence."""
    add = nouns.add_parser("add", help=_("thêm chứng cứ: tệp, địa chỉ trang hoặc lời trình bày"))
    add_workspace(add)
    add.add_argument("id", help=_("mã hồ sơ"))
    add.add_argument("files", nargs="*", metavar="FILE", help=_("tệp, lặp lại được"))
    add.add_argument("--screenshot", action="store_true", help=_("các tệp là ảnh chụp màn hình"))
    add.add_argument("--url", metavar="URL", help=_("địa chỉ trang"))
    add.add_argument(
        "--testimony", metavar="TEXT", help=_("lời trình bày, hoặc điều đã thấy ở địa chỉ trang")
    )
    add.add_argument("--taken", metavar="TIME", help=_("lúc ghi nhận, giờ Việt Nam"))
    add.add_argument(
        "--taken-by", default="", metavar="NAME", help=_("thời điểm ấy theo lời ai; người trình bày")
    )
    add.add_argument("--note", default="", metavar="TEXT", help=_("chứng cứ cho thấy điều gì"))
    add.add_argument(
        "--keep-identity-card", default="", metavar="REASON", help=_("lý do vẫn giữ ảnh giấy tờ tùy thân")
    )
    add.set_defaults(run=_add)
    log = nouns.add_parser("log", help=_("nhật ký lưu giữ chứng cứ"))
    add_workspace(log)
    log.add_argument("id", help=_("mã hồ sơ"))
    log.set_defaults(run=_log)
    for name, act, told in (
        ("withdraw", _withdraw, _("rút một chứng cứ khỏi danh sách, nêu lý do")),
        ("restore", _restore, _("đưa lại chứng cứ đã rút, nêu lý do")),
    ):
        one = nouns.add_parser(name, help=told)
        add_workspace(one)
        one.add_argument("id", help=_("mã chứng cứ"))
        one.add_argument("--remark", default="", metavar="TEXT", help=_("lý do"))
        one.set_defaults(run=act)
    handing = nouns.add_parser("handover", help=_("ghi nhận bàn giao chứng cứ"))
    add_workspace(handing)
    handing.add_argument("ids", nargs="+", metavar="id", help=_("mã chứng cứ"))
    handing.add_argument("--to", required=True, metavar="NAME", help=_("người, cơ quan nhận"))
    handing.add_argument("--remark", default="", metavar="TEXT")
    handing.set_defaults(run=_hand_over)
    saving = nouns.add_parser("save", help=_("lưu một chứng cứ ra đĩa"))
    add_workspace(saving)
    saving.add_argument("id", help=_("mã chứng cứ"))
    saving.add_argument("--out", required=True, metavar="FILE")
    saving.set_defaults(run=_save)


def _add(arguments: argparse.Namespace, desk: Desk) -> Answer:
    case_id = record_id(arguments.id)
    at = parse_time(arguments.taken, now=desk.now(), field="taken_at") if arguments.taken else None
    taken = Taken(at, arguments.taken_by, arguments.note, arguments.keep_identity_card)
    kind = EvidenceKind.SCREENSHOT if arguments.screenshot else EvidenceKind.FILE
    files = [Path(file) for file in arguments.files]
    added = []
    for file in files:
        caution(file)
        added.append(evidence.add_file(desk, case_id, file, taken, kind, looked=True)[0])
    if arguments.url:
        added.append(evidence.add_web(desk, case_id, arguments.url, arguments.testimony or "", taken)[0])
    elif arguments.testimony:
        added.append(evidence.add_testimony(desk, case_id, arguments.testimony, taken)[0])
    if not added:
        raise UserError("field_required", field="attachments")
    return Answer(added, "\n".join(item_text(item) for item in added))


def _log(arguments: argparse.Namespace, desk: Desk) -> Answer:
    seen = cases.view(desk, record_id(arguments.id))
    names = {item.id: item.name for item in seen.items}
    value = [plain(entry) | {"name": names[entry.evidence_id]} for entry in seen.log]
    lines = [_log_text(entry, names[entry.evidence_id]) for entry in seen.log]
    return Answer(value, "\n".join(lines) or _("Chưa có chứng cứ nào."))


def _withdraw(arguments: argparse.Namespace, desk: Desk) -> Answer:
    evidence.withdraw(desk, record_id(arguments.id), arguments.remark)
    return Answer({"id": arguments.id, "withdrawn": True}, arguments.id)


def _restore(arguments: argparse.Namespace, desk: Desk) -> Answer:
    evidence.restore(desk, record_id(arguments.id), arguments.remark)
    return Answer({"id": arguments.id, "withdrawn": False}, arguments.id)


def _hand_over(arguments: argparse.Namespace, desk: Desk) -> Answer:
    ids = tuple(record_id(text) for text in arguments.ids)
    evidence.hand_over(desk, ids, arguments.to, arguments.remark)
    return Answer({"ids": ids, "to": arguments.to}, "\n".join(arguments.ids))


def _save(arguments: argparse.Namespace, desk: Desk) -> Answer:
    path, _changes = evidence.export_file(desk, record_id(arguments.id), Path(arguments.out))
    return Answer({"id": arguments.id, "path": path}, str(path))


def item_text(item: Evidence) -> str:
    """Give one line about an item."""
    gone = _(" (đã rút)") if item.withdrawn else ""
    added = f"{to_vn(item.added_at):%d/%m/%Y %H:%M}"
    return f"{item.id}  {item.kind.wording}: {item.name}  {added}  {item.by.name}  {item.file.sha256}{gone}"


def _log_text(entry: Custody, name: str) -> str:
    at = f"{to_vn(entry.at):%d/%m/%Y %H:%M:%S}"
    said = f"  {entry.remark}" if entry.remark else ""
    return f"#{entry.link}  {at}  {entry.act.wording}  {name}  {entry.by.name}{said}"
