"""`paper add|save|list|show|submit|return|approve|number|release|export|print`: papers from draft to release.

What comes after, and numbers and registers, is in ``paper_after``.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spokesdesk.cli import paper_numbers, sending
from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.files import write_whole
from spokesdesk.cli.paper_after import VERBS, add_parsers
from spokesdesk.cli.paper_import import add_import
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.chain_faults import kind_word
from spokesdesk.domain.clock import parse_date, parse_time, to_vn
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.labels import value_label
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter
from spokesdesk.domain.papers import Paper, PaperMove, PaperRow, edited_at_approval
from spokesdesk.domain.publication import is_public
from spokesdesk.domain.signing import INK, PaperSignature, SignatureKind
from spokesdesk.services import papers, signing, sync
from spokesdesk.services.paper_sources import sources
from spokesdesk.services.ports import Desk


def add_parser(commands: Any) -> None:
    """Add the commands."""
    nouns = commands.add_parser("paper", help=_("văn bản")).add_subparsers(
        required=True,
        metavar=f"add|import|save|list|show|submit|return|approve|number|release|export|print|{VERBS}"
        f"|{paper_numbers.VERBS}|{sending.VERBS}",
    )
    add = nouns.add_parser("add", help=_("thêm bản thảo từ tệp LETTER.toml"))
    add_workspace(add)
    add.add_argument("letter", metavar="LETTER.toml")
    add.add_argument("--article", metavar="ID", help=_("bài báo mà văn bản phản hồi"))
    add.set_defaults(run=_add)
    save = nouns.add_parser("save", help=_("ghi lại bản thảo từ tệp LETTER.toml"))
    _add_one(save)
    save.add_argument("letter", metavar="LETTER.toml")
    save.set_defaults(run=_save)
    listing = nouns.add_parser("list", help=_("liệt kê"))
    add_workspace(listing)
    listing.add_argument("words", nargs="*")
    listing.set_defaults(run=_list)
    add_import(nouns)
    _add_moves(nouns)
    export = nouns.add_parser("export", help=_("ghi ra tệp .docx, .pdf, .toml"))
    _add_one(export)
    export.add_argument("--docx", metavar="OUT.docx")
    export.add_argument("--pdf", metavar="OUT.pdf")
    export.add_argument("--toml", metavar="OUT.toml", help=_("văn bản để sửa rồi ghi lại bằng paper save"))
    export.set_defaults(run=_export)
    printing = nouns.add_parser("print", help=_("in bản PDF"))
    _add_one(printing)
    printing.add_argument("--printer", default="", metavar="NAME")
    printing.add_argument("--copies", type=int, default=1)
    printing.add_argument("--duplex", action="store_true", help=_("in hai mặt"))
    printing.set_defaults(run=_print)
    add_parsers(nouns)
    paper_numbers.add_numbers(nouns)
    sending.add_to(nouns)


def _add_one(parser: argparse.ArgumentParser) -> None:
    add_workspace(parser)
    parser.add_argument("id")


def _add_moves(nouns: Any) -> None:
    for name, act, told in (
        ("show", _show, _("xem một văn bản")),
        ("submit", _submit, _("trình duyệt")),
        ("return", _return, _("trả lại, kèm nhận xét")),
        ("approve", _approve, _("duyệt")),
        ("release", _release, _("phát hành")),
    ):
        one = nouns.add_parser(name, help=told)
        _add_one(one)
        if name != "show":
            one.add_argument("--remark", default="", metavar="TEXT")
        if name == "submit":
            one.add_argument("--due", metavar="TIME", help=_("hạn duyệt, ví dụ 2026-11-23 10:00"))
        if name == "approve":
            one.add_argument(
                "--letter", metavar="LETTER.toml", help=_("nội dung lãnh đạo đã sửa, duyệt luôn")
            )
        one.set_defaults(run=act)
    number = nouns.add_parser("number", help=_("cấp số và ngày"))
    _add_one(number)
    number.add_argument("--number", type=int, metavar="N", help=_("mặc định: số tiếp theo của năm"))
    number.add_argument(
        "--double",
        action="store_true",
        help=_(
            "vẫn ghi số gõ tay đã có văn bản khác mang; chưa phát hành được cho đến khi đổi số một văn bản"
        ),
    )
    number.add_argument("--date", metavar="DATE", help=_("mặc định: hôm nay"))
    number.set_defaults(run=_number)


def _add(arguments: argparse.Namespace, desk: Desk) -> Answer:
    article_id = record_id(arguments.article, "article") if arguments.article else None
    made, _changes = papers.create(desk, _letter(arguments.letter), article_id)
    return Answer({"id": made.id, "state": made.state, "version": made.version}, str(made.id))


def _save(arguments: argparse.Namespace, desk: Desk) -> Answer:
    before = papers.paper(desk, record_id(arguments.id))
    return _told(papers.save_letter(desk, before.id, _letter(arguments.letter), before.version)[0])


def _letter(path: str) -> Letter:
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("file_unreadable", field="letter", path=path) from error
    return papers.read_letter(text)


def _row_text(row: PaperRow) -> str:
    state = value_label("state", row.state.value)
    stamp = _stamp(row.number, row.symbol)
    return f"{row.id}  {to_vn(row.saved_at):%d/%m/%Y}  {state}  {stamp}  {row.title}"


def _list(arguments: argparse.Namespace, desk: Desk) -> Answer:
    rows = papers.paper_rows(desk, papers.paper_numbers(desk, " ".join(arguments.words)))
    lines = [_row_text(row) for row in rows]
    return Answer(rows, "\n".join(lines) or _("Chưa có văn bản nào."))


def _show(arguments: argparse.Namespace, desk: Desk) -> Answer:
    paper = papers.paper(desk, record_id(arguments.id))
    signed = signing.signatures(desk, paper.id)
    told = _told(paper, signed)
    assert isinstance(told.value, dict)
    found = sources(desk, paper.id)
    lines = [f"{_('Thuộc')}: {kind_word(each.kind)} {each.id}  {each.title}" for each in found]
    more = {"sources": plain(found), "signatures": [_signed_value(one) for one in signed]}
    return Answer(told.value | more, "\n".join([told.text or "", *lines]))


def _submit(arguments: argparse.Namespace, desk: Desk) -> Answer:
    due_at = parse_time(arguments.due, field="due") if arguments.due else None
    return _told(papers.submit(desk, record_id(arguments.id), arguments.remark, due_at)[0])


def _return(arguments: argparse.Namespace, desk: Desk) -> Answer:
    return _told(papers.return_paper(desk, record_id(arguments.id), arguments.remark)[0])


def _approve(arguments: argparse.Namespace, desk: Desk) -> Answer:
    paper_id = record_id(arguments.id)
    edited = _letter(arguments.letter) if arguments.letter else None
    version = papers.paper(desk, paper_id).version if edited else 0
    moved, _changes = papers.approve(
        desk, paper_id, arguments.remark, edited=edited, expected_version=version
    )
    return _told(moved)


def _release(arguments: argparse.Namespace, desk: Desk) -> Answer:
    released, _changes = papers.release(desk, record_id(arguments.id), arguments.remark)
    told = _told(released)
    assert isinstance(told.value, dict)
    where, said = _on_portal(desk, released)
    return Answer(told.value | {"portal": where}, f"{told.text}\n{said}")


def _on_portal(desk: Desk, released: Paper) -> tuple[str, str]:
    if not is_public(released.letter):
        return "not_public", _("Văn bản loại này không đăng lên cổng; chỉ thông cáo báo chí được đăng.")
    if not sync.state(desk).portal:
        return "not_connected", _("Bàn chưa nối với cổng; văn bản sẽ vào hàng chờ khi nối.")
    return "queued", _("Đã xếp hàng chờ gửi lên cổng.")


def _number(arguments: argparse.Namespace, desk: Desk) -> Answer:
    on = parse_date(arguments.date, field="date") if arguments.date else None
    made = papers.number(desk, record_id(arguments.id), arguments.number, on, may_double=arguments.double)
    return _told(made[0])


def _export(arguments: argparse.Namespace, desk: Desk) -> Answer:
    paper_id = record_id(arguments.id)
    written = {}
    for form in ("docx", "pdf", "toml"):
        target = getattr(arguments, form)
        if target:
            written[form] = target
            data = papers.file(desk, paper_id, form)
            write_whole(Path(target), data, form)
    return Answer(written)


def _print(arguments: argparse.Namespace, desk: Desk) -> Answer:
    job = papers.print_paper(
        desk, record_id(arguments.id), arguments.printer, arguments.copies, duplex=arguments.duplex
    )
    return Answer({"job": job})


def _told(found: Paper, signed: Sequence[PaperSignature] = ()) -> Answer:
    value: dict[str, object] = plain(found)
    value["title"] = found.title
    history = [(step.at, _step_text(step)) for step in found.moves]
    history += [(one.at, _signed_text(one)) for one in signed]
    lines = [
        str(found.id),
        f"{found.letter.kind.value}  {_stamp(found.number, found.letter.symbol)}  {found.title}",
        f"{_('Trạng thái')}: {value_label('state', found.state.value)}",
        *_linked(found),
        *(line for _at, line in sorted(history, key=lambda step: step[0])),
    ]
    return Answer(value, "\n".join(lines))


def _linked(found: Paper) -> list[str]:
    lines = [f"{_('Đính chính cho')}: {found.corrects}"] if found.corrects else []
    lines += [f"{_('Được đính chính bởi')}: {found.corrected_by}"] if found.corrected_by else []
    edited = edited_at_approval(found)
    if edited is not None:
        lines.append(
            _("Sửa sau khi trình: bản {sent} → bản {approved}").format(sent=edited[0], approved=edited[1])
        )
    return lines


def _signed_value(one: PaperSignature) -> dict[str, object]:
    told = {"kind": one.kind, "signer": one.signer, "at": one.at, "adapter": one.adapter, "by": one.by.name}
    return {key: plain(value) for key, value in told.items()}


def _signed_text(one: PaperSignature) -> str:
    act = _("ký phê duyệt") if one.kind is SignatureKind.LEADER else _("ký của cơ quan")
    scan = f"  [{_('bản quét')}]" if one.adapter == INK else ""
    return f"  {to_vn(one.at):%d/%m/%Y %H:%M}  {act}  {one.signer}{scan}"


def _step_text(step: PaperMove) -> str:
    move = value_label("move", step.move.value)
    line = f"  {to_vn(step.at):%d/%m/%Y %H:%M}  {move}  {step.by.name}  {step.remark}".rstrip()
    line += f"  [{_('tự duyệt')}]" if step.is_flagged else ""
    return line + (
        f"  [{_('đã xem lại')}: {step.review.by.name} {step.review.remark}]" if step.review else ""
    )


def _stamp(number: int | None, symbol: str) -> str:
    return f"{number:02d}/{symbol}" if number else f"…/{symbol}"
