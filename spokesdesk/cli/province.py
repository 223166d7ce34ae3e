"""``province …`` for the province's press authority; ``alert …`` and ``difficulty …`` for agencies."""

import argparse
from typing import Any
from uuid import UUID

from spokesdesk.cli import province_journalists
from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.who import add_workspace
from spokesdesk.domain.clock import parse_time, to_vn
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.province import TO_ALL, Matter, Note, NoteDraft, NoteKind, Severity
from spokesdesk.domain.province_words import kind_name, severity_name
from spokesdesk.services.ports import Desk
from spokesdesk.services.province_rows import complaint_state, figures

_LISTS = {
    "alerts": NoteKind.ALERT,
    "asks": NoteKind.ASK,
    "rebuttals": NoteKind.REBUTTAL,
    "difficulties": NoteKind.DIFFICULTY,
}


def add_parser(commands: Any) -> None:
    """Add the commands."""
    province = commands.add_parser("province", help=_("bàn làm việc của tỉnh")).add_subparsers(
        required=True, metavar=f"list|show|alert|ask|remind|answer|keys|{province_journalists.NAMES}"
    )
    province_journalists.add_parsers(province)
    listed = province.add_parser("list", help=_("cơ quan, văn bản đã phát hành, cảnh báo, yêu cầu…"))
    listed.add_argument(
        "what",
        nargs="?",
        default="agencies",
        choices=["agencies", "releases", "lists", "complaints", *_LISTS],
    )
    listed.set_defaults(run=_list)
    keys = province.add_parser(
        "keys", help=_("khóa ký của tỉnh chờ xác nhận; ở máy của tỉnh: mã khóa của máy này")
    )
    keys.add_argument("--confirm", default="", metavar=_("MÃ"), help=_("mã đã so với tỉnh qua điện thoại"))
    keys.set_defaults(run=_keys)
    _add_writing(province)
    _add_about(province, ("show", "remind", "answer"))
    alert = commands.add_parser("alert", help=_("cảnh báo của tỉnh gửi cơ quan")).add_subparsers(
        required=True, metavar="list|show|ack|answer"
    )
    heard = alert.add_parser("list", help=_("các cảnh báo đã nhận"))
    heard.set_defaults(run=_list, what="alerts")
    _add_about(alert, ("show", "ack", "answer"))
    difficulty = commands.add_parser("difficulty", help=_("khó khăn, vướng mắc báo cáo tỉnh")).add_subparsers(
        required=True, metavar="report|list"
    )
    report = difficulty.add_parser("report", help=_("báo cáo một khó khăn"))
    report.add_argument("--title", required=True, metavar=_("LỜI"), help=_("việc gì"))
    report.add_argument("--text", required=True, metavar=_("LỜI"), help=_("khó khăn và đề nghị"))
    report.set_defaults(run=_report)
    told = difficulty.add_parser("list", help=_("các báo cáo và trả lời"))
    told.set_defaults(run=_list, what="difficulties")
    for one in (listed, keys, heard, report, told):
        add_workspace(one)


def _add_writing(province: Any) -> None:
    for name, said in (("alert", _("gửi cảnh báo")), ("ask", _("yêu cầu cung cấp thông tin"))):
        made = province.add_parser(name, help=said)
        to = made.add_mutually_exclusive_group(required=True)
        to.add_argument("--to", default="", metavar=_("CƠ QUAN"), help=_("tên hoặc một phần tên"))
        to.add_argument("--all", action="store_true", help=_("mọi cơ quan trên cổng"))
        made.add_argument("--title", required=True, metavar=_("LỜI"), help=_("việc gì"))
        made.add_argument("--text", required=True, metavar=_("LỜI"), help=_("nội dung"))
        made.add_argument("--answer-by", default="", metavar="T", help=_("trả lời trước, giờ Việt Nam"))
        made.add_argument("--event", default="", help=_("tính hạn theo sự kiện của bộ quy định"))
        made.add_argument(
            "--severity", default="notice", choices=[each.value for each in Severity], help=_("mức độ")
        )
        made.set_defaults(run=_write, kind=name)
        add_workspace(made)


def _add_about(nouns: Any, names: tuple[str, ...]) -> None:
    said = {
        "show": (_("xem cùng mọi trả lời"), _show),
        "remind": (_("nhắc cơ quan chưa xác nhận, chưa trả lời"), _remind),
        "ack": (_("xác nhận đã nhận"), _ack),
        "answer": (_("trả lời"), _answer),
    }
    for name in names:
        words, run = said[name]
        made = nouns.add_parser(name, help=words)
        made.add_argument("id", metavar=_("MÃ"), help=_("mã, hoặc vài ký tự cuối"))
        if name != "show":
            made.add_argument("--text", default="", required=name == "answer", metavar=_("LỜI"))
        made.set_defaults(run=run)
        add_workspace(made)


def _keys(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import province_keys

    waiting = province_keys.new_senders(desk)
    if arguments.confirm:
        wanted = arguments.confirm.strip().upper()
        found = next((one for one in waiting if one.mark == wanted), None)
        if found is None:
            raise UserError("record_missing", field="confirm", id=arguments.confirm)
        province_keys.confirm(desk, found.sender, found.key)
        return Answer(plain(found), _("Đã xác nhận khóa {mark}.").format(mark=found.mark))
    own = province_keys.own_mark(desk)
    lines = [_("Mã khóa của máy này: {mark}").format(mark=own)]
    lines += [
        _("Chờ xác nhận: {mark}  {agency}  {n} thư").format(mark=one.mark, agency=one.agency, n=one.notes)
        for one in waiting
    ]
    told = [{**plain(one), "mark": one.mark} for one in waiting]
    return Answer({"own": own, "waiting": told}, "\n".join(lines))


def _list(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import province, province_figures

    if arguments.what == "agencies":
        figures = province_figures.answering(desk)
        text = "\n".join(_figures_line(one) for one in figures)
        return Answer([plain(one) for one in figures], text or _("Chưa biết cơ quan nào trên cổng."))
    if arguments.what == "releases":
        released = province.releases(desk)
        lines = [f"{one.number}  {one.date_on:%d/%m/%Y}  {one.agency}  {one.title}" for one in released]
        return Answer([plain(one) for one in released], "\n".join(lines) or _("Chưa có văn bản nào."))
    if arguments.what == "lists":
        posted = province.lists(desk)
        rows = [f"{one.agency}: {one.title} ({len(one.rows)})" for one in posted]
        return Answer([plain(one) for one in posted], "\n".join(rows) or _("Chưa có danh sách nào."))
    if arguments.what == "complaints":
        filed = province.complaints(desk)
        said = [_complaint_line(one) for one in filed]
        return Answer([plain(one) for one in filed], "\n".join(said) or _("Chưa có phản ánh nào."))
    found = province.matters(desk, _LISTS[arguments.what])
    return Answer([_value(one) for one in found], "\n".join(map(_line, found)) or _("Chưa có mục nào."))


def _complaint_line(one: Any) -> str:
    state, _tone = complaint_state(one)
    return f"{str(one.id)[-8:]}  {one.happened_on:%d/%m/%Y}  {one.agency}  [{state}]  {one.text}"


def _figures_line(one: Any) -> str:
    return f"{one.agency.name}: {figures(one)}"


def _write(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import province

    to = TO_ALL if arguments.all else str(province.agency_named(desk, arguments.to).journal)
    draft = NoteDraft(
        NoteKind(arguments.kind),
        arguments.title,
        arguments.text,
        to,
        Severity(arguments.severity),
        parse_time(arguments.answer_by, field="answer_by") if arguments.answer_by else None,
        arguments.event,
    )
    return _written(province.write(desk, draft)[0])


def _report(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import province

    return _written(province.write(desk, NoteDraft(NoteKind.DIFFICULTY, arguments.title, arguments.text))[0])


def _written(note: Note) -> Answer:
    text = _("Đã ghi {kind} {id}; gửi ở lần đồng bộ tới.").format(
        kind=kind_name(note.kind).lower(), id=note.id
    )
    return Answer(plain(note), text)


def _show(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import province

    found = province.matter(desk, _id(desk, arguments.id))
    parts = [_line(found), found.note.text, *(_reply(one) for one in found.replies)]
    return Answer(_value(found), "\n\n".join(part for part in parts if part))


def _remind(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import province

    made, _changes = province.remind(desk, _id(desk, arguments.id), arguments.text)
    return Answer(
        [plain(one) for one in made], _("Đã ghi {n} lời nhắc; gửi ở lần đồng bộ tới.").format(n=len(made))
    )


def _ack(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import province

    return _written(province.acknowledge(desk, _id(desk, arguments.id), arguments.text)[0])


def _answer(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import province

    wanted = arguments.id.strip().lower()
    filed = [one.id for one in province.complaints(desk) if wanted and str(one.id).endswith(wanted)]
    if len(filed) == 1:
        made = province.answer_complaint(desk, filed[0], arguments.text)[0]
        return Answer(plain(made), _("Đã ghi trả lời; gửi ở lần đồng bộ tới."))
    return _written(province.answer(desk, _id(desk, arguments.id), arguments.text)[0])


def _id(desk: Desk, text: str) -> UUID:
    from spokesdesk.services import province

    wanted = text.strip().lower()
    found = [
        one.note.id for one in province.matters(desk, *_LISTS.values()) if str(one.note.id).endswith(wanted)
    ]
    if not wanted or len(found) != 1:
        raise UserError("record_missing", field="id", id=text)
    return found[0]


def _value(matter: Matter) -> dict[str, object]:
    return {"note": plain(matter.note), "replies": [plain(one) for one in matter.replies]}


def _line(matter: Matter) -> str:
    note = matter.note
    due = ""
    if note.due is not None:
        due = _(" · hạn {at} {citation}").format(
            at=f"{to_vn(note.due.due_at):%H:%M %d/%m/%Y}" if note.due.due_at else note.due.wording,
            citation=f"({note.due.citation})" if note.due.citation else "",
        )
    told = severity_name(matter.severity) if note.kind is NoteKind.ALERT else kind_name(note.kind)
    count = _("{n} trả lời, xác nhận").format(n=len(matter.acknowledged))
    return f"{str(note.id)[-8:]}  {to_vn(note.at):%d/%m/%Y %H:%M}  [{told}]  {note.title}{due} · {count}"


def _reply(note: Note) -> str:
    who = ", ".join(part for part in (note.by, note.agency) if part)
    return f"{to_vn(note.at):%d/%m/%Y %H:%M}  {kind_name(note.kind)}  {who}\n{note.text}".strip()
