"""`paper mail|eml|zalo|edxml|sent`: released papers on their way out."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.services import sending
from spokesdesk.services.ports import Desk
from spokesdesk.services.writing import write_whole

VERBS = "mail|eml|zalo|edxml|sent"


def add_to(nouns: Any) -> None:
    """Add the commands beside those of ``paper``."""
    mail = _one(nouns, "mail", _("gửi thư điện tử kèm PDF và .docx"), _mail)
    mail.add_argument("--to", action="append", required=True, metavar="ADDRESS", help=_("lặp lại được"))
    eml = _one(nouns, "eml", _("ghi thư nháp .eml"), _eml)
    eml.add_argument("--to", action="append", default=[], metavar="ADDRESS")
    eml.add_argument("--out", required=True, metavar="FILE.eml")
    for parser in (mail, eml):
        parser.add_argument("--subject", default="", metavar="TEXT", help=_("mặc định: số và trích yếu"))
        parser.add_argument("--text-file", default="", metavar="FILE", help=_("lời thư, UTF-8"))
    zalo = _one(nouns, "zalo", _("lời để dán vào Zalo"), _zalo)
    zalo.add_argument("--sent-to", default="", metavar="GROUP", help=_("ghi lại đã gửi vào nhóm nào"))
    edxml = _one(nouns, "edxml", _("xuất gói tin edXML"), _edxml)
    edxml.add_argument(
        "--to-organ",
        action="append",
        required=True,
        metavar="CODE[=NAME]",
        help=_("mã định danh nơi nhận; lặp lại được"),
    )
    edxml.add_argument("--out", required=True, metavar="FILE")
    _one(nouns, "sent", _("các lượt gửi của văn bản"), _sent)


def _one(nouns: Any, name: str, told: str, act: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = nouns.add_parser(name, help=told)
    add_workspace(parser)
    parser.add_argument("id")
    parser.set_defaults(run=act)
    return parser


def _mail(arguments: argparse.Namespace, desk: Desk) -> Answer:
    text = _text(arguments.text_file)
    made, _changes = sending.send_mail(desk, record_id(arguments.id), arguments.to, arguments.subject, text)
    return Answer(made, _line(made))


def _eml(arguments: argparse.Namespace, desk: Desk) -> Answer:
    text = _text(arguments.text_file)
    data = sending.mail_draft(desk, record_id(arguments.id), arguments.to, arguments.subject, text)
    write_whole(Path(arguments.out), data)
    return Answer({"eml": arguments.out})


def _zalo(arguments: argparse.Namespace, desk: Desk) -> Answer:
    paper_id = record_id(arguments.id)
    text = sending.zalo_text(desk, paper_id)
    if arguments.sent_to:
        sending.note_zalo(desk, paper_id, arguments.sent_to)
    return Answer({"text": text}, text.rstrip("\n"))


def _edxml(arguments: argparse.Namespace, desk: Desk) -> Answer:
    receivers = [_organ(text) for text in arguments.to_organ]
    made, _changes = sending.export_edxml(desk, record_id(arguments.id), receivers, Path(arguments.out))
    told = {"edxml": arguments.out, "document_id": made.message_id, "to": made.to}
    return Answer(told, f"{made.message_id}\n{arguments.out}")


def _sent(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = sending.sendings(desk, record_id(arguments.id))
    return Answer(found, "\n".join(_line(item) for item in found) or _("Chưa gửi lần nào."))


def _organ(text: str) -> sending.Organ:
    code, _equals, name = text.partition("=")
    return sending.Organ(code, name)


def _text(path: str) -> str:
    if not path:
        return ""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("file_unreadable", field="mail_text", path=path) from error


def _line(item: sending.Sending) -> str:
    to = ", ".join(item.to)
    told = f"{to_vn(item.at):%d/%m/%Y %H:%M}  {item.way.value}  {item.result.value}  {item.by.name}  {to}"
    return f"{told}  {item.detail}".rstrip()
