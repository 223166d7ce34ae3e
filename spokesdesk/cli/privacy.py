"""`privacy show|export|erase|certificate|retention|overdue|log|request`: personal data of journalists."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.files import write_whole
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.clock import parse_time, to_vn
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.privacy import Scope, Step, Wish
from spokesdesk.domain.privacy_words import (
    act_word,
    facts_of,
    held_words,
    lines_of,
    place_words,
    step_word,
    table_word,
    wish_word,
)
from spokesdesk.services import erased_files, people, privacy, subject_requests
from spokesdesk.services.ports import Desk


def add_parser(commands: Any) -> None:
    """Add the commands."""
    nouns = commands.add_parser("privacy", help=_("dữ liệu cá nhân của nhà báo")).add_subparsers(
        required=True, metavar="show|export|erase|certificate|retention|overdue|log|request"
    )
    show = _noun(nouns, "show", _("mọi điều đang lưu về một người"), _show)
    show.add_argument("who", metavar="NAME-OR-ID")
    export = _noun(nouns, "export", _("xuất bản sao dữ liệu của một người"), _export)
    export.add_argument("who", metavar="NAME-OR-ID")
    export.add_argument("--out", metavar="FILE.json", type=Path, help=_("ghi JSON"))
    export.add_argument("--pdf", metavar="FILE.pdf", type=Path, help=_("ghi PDF để trao cho người ấy"))
    _add_erase(nouns)
    paper = _noun(nouns, "certificate", _("biên bản xóa"), _certificate)
    paper.add_argument("id", nargs="?", metavar="ID", help=_("mã biên bản; bỏ trống để liệt kê"))
    paper.add_argument("--name", default="", help=_("tên người có dữ liệu, chỉ in trên giấy"))
    paper.add_argument("--pdf", metavar="FILE.pdf", type=Path)
    _add_keeping(nouns)
    request = _noun(nouns, "request", _("yêu cầu của người có dữ liệu, kèm thời hạn"), _request)
    request.add_argument("who", nargs="?", metavar="NAME-OR-ID")
    request.add_argument("--wish", choices=[item.value for item in Wish], help=_("ghi một yêu cầu mới"))
    request.add_argument("--received", metavar="TIME", help=_("lúc nhận (mặc định: bây giờ)"))
    request.add_argument("--done", metavar="ID", help=_("yêu cầu đã thực hiện"))
    request.add_argument("--refuse", metavar="ID", help=_("từ chối yêu cầu, cần --ground"))
    request.add_argument("--ground", default="", metavar="GROUND", help=_("căn cứ từ chối"))


def _add_erase(nouns: Any) -> None:
    erase = _noun(nouns, "erase", _("xóa dữ liệu của một người, kèm biên bản"), _erase)
    erase.add_argument("who", nargs="?", metavar="NAME-OR-ID")
    erase.add_argument("--ground", default="", metavar="GROUND", help=_("căn cứ; bỏ trống để xem các căn cứ"))
    erase.add_argument(
        "--scope",
        choices=[item.value for item in Scope],
        default=Scope.IDENTITY.value,
        help=_("identity: thông tin nhận biết; content: cả nội dung và tệp"),
    )
    erase.add_argument("--pdf", metavar="FILE.pdf", type=Path, help=_("ghi biên bản xóa"))
    erase.add_argument("--yes", action="store_true", help=_("đã chắc chắn: không lấy lại được"))


def _add_keeping(nouns: Any) -> None:
    keep = _noun(nouns, "retention", _("thời hạn lưu theo loại"), _retention)
    keep.add_argument("--set", nargs=2, metavar=("KIND", "MONTHS"), help=_("MONTHS là none để bỏ thời hạn"))
    over = _noun(nouns, "overdue", _("những gì đã quá thời hạn lưu"), _overdue)
    over.add_argument("--erase", action="store_true", help=_("xóa các lần tiếp xúc và bản đang gõ quá hạn"))
    over.add_argument("--yes", action="store_true", help=_("đã chắc chắn: không lấy lại được"))
    log = _noun(nouns, "log", _("ai đã xem dữ liệu của ai"), _log)
    log.add_argument("who", nargs="?", metavar="NAME-OR-ID")
    log.add_argument("--limit", type=int, default=100)


def _noun(nouns: Any, name: str, said: str, run: Any) -> Any:
    made = nouns.add_parser(name, help=said)
    add_workspace(made)
    made.set_defaults(run=run)
    return made


def _show(arguments: argparse.Namespace, desk: Desk) -> Answer:
    data = privacy.show(desk, _person(desk, arguments.who).id)
    lines = [f"{word}: {said}" for word, said in facts_of(data.person)]
    for trace in data.traces:
        when = f"{to_vn(trace.at):%d/%m/%Y %H:%M}  " if trace.at else ""
        lines.append(f"{when}{table_word(trace.table)}: {trace.title}")
        lines += [f"    {word}: {said}" for word, said in lines_of(trace)]
    lines += [f"{table_word(kind)}: {many}" for kind, many in data.mentions.items()]
    return Answer(data, "\n".join(lines))


def _export(arguments: argparse.Namespace, desk: Desk) -> Answer:
    person = _person(desk, arguments.who)
    value = plain(privacy.export_json(desk, person.id))
    if arguments.out is not None:
        write_whole(arguments.out, json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8"), "out")
    if arguments.pdf is not None:
        write_whole(arguments.pdf, privacy.export_pdf(desk, person.id), "pdf")
    written = [str(path) for path in (arguments.out, arguments.pdf) if path is not None]
    return Answer({"files": written} if written else value, "\n".join(written) if written else None)


def _erase(arguments: argparse.Namespace, desk: Desk) -> Answer:
    grounds = privacy.law().delete
    if not arguments.ground or not arguments.who:
        return Answer(grounds, "\n".join(f"{one.id}: {one.text} ({one.citation})" for one in grounds))
    person = _person(desk, arguments.who)
    if not arguments.yes:
        raise UserError("erase_confirm", field="yes")
    made, _changes = privacy.erase(desk, person.id, arguments.ground, Scope(arguments.scope))
    if arguments.pdf is not None:
        write_whole(arguments.pdf, privacy.certificate(desk, made.id, person.name), "pdf")
    text = _("Đã xóa. Mã biên bản: {id}; số mục: {n}.").format(id=made.id, n=sum(made.erased.values()))
    if made.held:
        text += "\n" + _("Không xóa: {held}").format(held=held_words(made.held, privacy.law().hold))
    return Answer(made, text)


def _certificate(arguments: argparse.Namespace, desk: Desk) -> Answer:
    if arguments.id is None:
        found = privacy.deletions(desk)
        places = {one.id: erased_files.places(desk, one.id) for one in found}
        lines: list[str] = []
        for one in found:
            lines.append(f"{one.id}  {to_vn(one.at):%d/%m/%Y %H:%M}  {one.ground}")
            lines += [f"    {place_words(place)}" for place in places[one.id]]
        return Answer([{**asdict(one), "places": places[one.id]} for one in found], "\n".join(lines))
    target = arguments.pdf or Path(f"bien-ban-xoa-{arguments.id[:8]}.pdf")
    write_whole(target, privacy.certificate(desk, record_id(arguments.id), arguments.name), "pdf")
    return Answer({"pdf": target}, str(target))


def _retention(arguments: argparse.Namespace, desk: Desk) -> Answer:
    if arguments.set:
        kind, months = arguments.set
        if months != "none" and not months.isdecimal():
            raise UserError("retention_months", field="months", most=1200)
        privacy.set_retention(desk, kind, None if months == "none" else int(months))
    periods = privacy.retention(desk)
    lines = [
        f"{kind} ({table_word(kind)}): "
        + (_("{n} tháng").format(n=periods[kind]) if kind in periods else _("không đặt"))
        for kind in privacy.law().retention_kinds
    ]
    lines.append(f"{_('Căn cứ')}: {privacy.law().retention_citation}. {privacy.law().retention_note}")
    return Answer({"retention": periods, "citation": privacy.law().retention_citation}, "\n".join(lines))


def _overdue(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = privacy.overdue(desk)
    if arguments.erase:
        if not arguments.yes:
            raise UserError("erase_confirm", field="yes")
        made, drafts, _changes = privacy.erase_overdue(desk)
        said = _("Đã xóa {n} lần tiếp xúc, {drafts} bản đang gõ.").format(
            n=sum(one.kind == "contact" for one in found), drafts=drafts
        )
        return Answer(
            {"deletion": made, "drafts": drafts},
            f"{said} {_('Mã biên bản: {id}.').format(id=made.id)}" if made else said,
        )
    lines = [f"{table_word(one.kind)}  {to_vn(one.at):%d/%m/%Y}  {one.id}  {one.title}" for one in found]
    return Answer(found, "\n".join(lines) or _("Không có gì quá thời hạn lưu."))


def _log(arguments: argparse.Namespace, desk: Desk) -> Answer:
    subject = _person(desk, arguments.who).id if arguments.who else None
    found = privacy.access_log(desk, subject, arguments.limit)
    known = privacy.names(desk, [one.subject for one in found])
    lines = [
        f"{to_vn(one.at):%d/%m/%Y %H:%M}  {one.member.name}  {act_word(one)}  "
        f"{table_word(one.subject_kind)}  {known.get(one.subject, _('(đã xóa)')) if one.subject else ''}"
        for one in found
    ]
    return Answer(found, "\n".join(lines))


def _request(arguments: argparse.Namespace, desk: Desk) -> Answer:
    person = _person(desk, arguments.who) if arguments.who else None
    if arguments.wish and person is not None:
        at = parse_time(arguments.received, now=desk.now(), field="received") if arguments.received else None
        subject_requests.receive(desk, person.id, Wish(arguments.wish), at)
    if arguments.done:
        subject_requests.answer(desk, record_id(arguments.done), Step.DONE)
    if arguments.refuse:
        subject_requests.answer(desk, record_id(arguments.refuse), Step.REFUSED, arguments.ground)
    found = subject_requests.requests(desk, person.id if person else None)
    lines = []
    for asked, answered in found:
        step = answered.step if answered else asked.step
        lines.append(f"{asked.id}  {to_vn(asked.at):%d/%m/%Y}  {wish_word(asked.wish)}  {step_word(step)}")
        lines += [f"    {due.wording} – {due.cited}" for due in asked.clocks if answered is None]
        lines += [f"    {answered.ground}"] if answered and answered.ground else []
    value = [{"request": asked, "answer": answered} for asked, answered in found]
    return Answer(value, "\n".join(lines))


def _person(desk: Desk, who: str) -> Any:
    """Give the journalist meant by a name or an id; raises UserError listing who is meant by an ambiguous name."""
    try:
        return people.journalist(desk, record_id(who))
    except UserError as error:
        if error.code != "id_form":
            raise
    found = people.suggest(desk, "journalist", who)
    exact = [one for one in found if one.name.casefold() == who.casefold()] or list(found)
    if len(exact) != 1:
        listed = "; ".join(f"{one.name} – {one.hint or one.id} ({one.id})" for one in exact)
        raise UserError("journalist_ambiguous", field="who", name=who, found=listed or "–")
    return people.journalist(desk, exact[0].id)
