"""`case open|list|show|edit|report|close|reopen|places|…`: case files from the command line."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from spokesdesk.cli import case_evidence
from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.cases import Case, CaseDraft, CaseKind, CaseOutcome, CaseRow, CaseState
from spokesdesk.domain.clock import parse_time, to_vn, vn_day
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.routing import Place
from spokesdesk.services import bundle, case_letter, cases, routing
from spokesdesk.services.cases import CaseView
from spokesdesk.services.ports import Desk

_TEXTS = ("title", "place", "person", "outlet", "marks", "facts")


def add_parser(commands: Any) -> None:
    """Add the commands."""
    nouns = commands.add_parser(
        "case", help=_("hồ sơ vụ việc: sách nhiễu, mạo danh, chứng cứ")
    ).add_subparsers(
        required=True, metavar="open|list|show|edit|add|log|report|letter|export|close|reopen|places"
    )
    _add_writing(nouns)
    _add_reading(nouns)
    _add_moves(nouns)
    case_evidence.add_parsers(nouns)


def _add_writing(nouns: Any) -> None:
    kinds = [kind.value for kind in CaseKind]
    opening = nouns.add_parser("open", help=_("mở hồ sơ, từ một lần tiếp xúc hoặc từ đầu"))
    add_workspace(opening)
    opening.add_argument("--contact", metavar="ID", help=_("mã lần tiếp xúc; dữ liệu được điền sẵn"))
    opening.add_argument("--kind", choices=kinds, help=_("loại vụ việc"))
    _add_facts(opening)
    opening.set_defaults(run=_open)
    edit = nouns.add_parser("edit", help=_("sửa nội dung hồ sơ; bản cũ vẫn giữ"))
    add_workspace(edit)
    edit.add_argument("id")
    edit.add_argument("--kind", choices=kinds, help=_("loại vụ việc"))
    _add_facts(edit)
    edit.set_defaults(run=_edit)


def _add_facts(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--title", metavar="TEXT", help=_("tên vụ việc"))
    parser.add_argument("--happened", metavar="TIME", help=_("lúc xảy ra, giờ Việt Nam"))
    parser.add_argument("--place", metavar="TEXT", help=_("nơi xảy ra"))
    parser.add_argument("--person", metavar="NAME", help=_("người xưng danh"))
    parser.add_argument("--outlet", metavar="NAME", help=_("cơ quan báo chí người này xưng"))
    parser.add_argument("--marks", metavar="TEXT", help=_("số điện thoại, phương tiện, đặc điểm"))
    parser.add_argument("--facts", metavar="TEXT", help=_("diễn biến"))


def _add_reading(nouns: Any) -> None:
    listing = nouns.add_parser("list", help=_("liệt kê"))
    add_workspace(listing)
    listing.add_argument("words", nargs="*", help=_("từ cần tìm, không cần dấu"))
    listing.add_argument("--state", action="append", default=[], choices=[item.value for item in CaseState])
    listing.set_defaults(run=_list)
    show = nouns.add_parser("show", help=_("xem một hồ sơ"))
    add_workspace(show)
    show.add_argument("id")
    show.set_defaults(run=_show)
    places = nouns.add_parser("places", help=_("nơi báo: đường dây nóng, công an, cơ quan quản lý báo chí"))
    add_workspace(places)
    places.set_defaults(run=_places)


def _add_moves(nouns: Any) -> None:
    exporting = nouns.add_parser("export", help=_("xuất gói chứng cứ (BagIt) ra thư mục hoặc tệp .zip"))
    add_workspace(exporting)
    exporting.add_argument("id")
    exporting.add_argument("--out", required=True, metavar="PATH", help=_("thư mục mới, hoặc tệp .zip mới"))
    exporting.set_defaults(run=_export)
    letter = nouns.add_parser("letter", help=_("soạn công văn báo cáo, kèm danh mục chứng cứ"))
    add_workspace(letter)
    letter.add_argument("id")
    letter.add_argument(
        "--to", action="append", default=[], metavar="PLACE", help=_("mã nơi báo, lặp lại được")
    )
    letter.set_defaults(run=_letter)
    report = nouns.add_parser("report", help=_("ghi nhận đã báo cho ai, lúc nào"))
    add_workspace(report)
    report.add_argument("id")
    report.add_argument(
        "--to", action="append", default=[], metavar="NAME", help=_("nơi đã báo, lặp lại được")
    )
    report.add_argument("--done", metavar="TIME", help=_("lúc báo, giờ Việt Nam (mặc định: bây giờ)"))
    report.add_argument("--remark", default="", metavar="TEXT", help=_("cách báo, người tiếp nhận"))
    report.set_defaults(run=_report)
    close = nouns.add_parser("close", help=_("đóng hồ sơ với kết quả"))
    add_workspace(close)
    close.add_argument("id")
    close.add_argument("--outcome", required=True, choices=[item.value for item in CaseOutcome])
    close.add_argument("--remark", default="", metavar="TEXT")
    close.set_defaults(run=_close)
    reopen = nouns.add_parser("reopen", help=_("mở lại hồ sơ đã đóng"))
    add_workspace(reopen)
    reopen.add_argument("id")
    reopen.add_argument("--remark", default="", metavar="TEXT", help=_("lý do"))
    reopen.set_defaults(run=_reopen)


def _open(arguments: argparse.Namespace, desk: Desk) -> Answer:
    if not arguments.contact:
        base = CaseDraft(CaseKind.HARASSMENT, "")
        opened, _changes = cases.open_case(desk, _facts(arguments, desk, base))
        return _told(desk, opened)
    contact_id = record_id(arguments.contact, "contact")
    opened, _is_new, _changes = cases.open_from_contact(desk, contact_id)
    changed = _facts(arguments, desk, opened.facts)
    if changed != opened.facts:
        opened, _changes = cases.save_facts(desk, opened.id, changed, opened.version)
    return _told(desk, opened)


def _edit(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = cases.case(desk, record_id(arguments.id))
    saved, _changes = cases.save_facts(desk, found.id, _facts(arguments, desk, found.facts), found.version)
    return _told(desk, saved)


def _facts(arguments: argparse.Namespace, desk: Desk, base: CaseDraft) -> CaseDraft:
    typed = {name: getattr(arguments, name) for name in _TEXTS if getattr(arguments, name) is not None}
    changed = replace(base, **typed)
    if typed.get("outlet", base.outlet) != base.outlet:
        changed = replace(changed, outlet_id=None)
    if arguments.kind:
        changed = replace(changed, kind=CaseKind(arguments.kind))
    if arguments.happened:
        at = parse_time(arguments.happened, now=desk.now(), field="happened_at")
        changed = replace(changed, happened_at=at)
    return changed


def _list(arguments: argparse.Namespace, desk: Desk) -> Answer:
    states = [CaseState(value) for value in arguments.state]
    rows = cases.case_rows(desk, cases.case_numbers(desk, " ".join(arguments.words), states))
    return Answer(rows, "\n".join(_row_text(row) for row in rows) or _("Chưa có hồ sơ nào."))


def _row_text(row: CaseRow) -> str:
    who = " – ".join(part for part in (row.person, row.outlet) if part)
    count = _("{n} chứng cứ").format(n=row.items)
    when = f"{to_vn(row.opened_at):%d/%m/%Y}"
    return f"{row.id}  {when}  [{row.state.wording}]  {row.kind.wording}: {row.title}  {who}  ({count})"


def _show(arguments: argparse.Namespace, desk: Desk) -> Answer:
    return _told(desk, cases.case(desk, record_id(arguments.id)))


def _letter(arguments: argparse.Namespace, desk: Desk) -> Answer:
    drafted, _changes = case_letter.open_report(desk, record_id(arguments.id), arguments.to)
    return Answer({"id": drafted.id, "state": drafted.state}, str(drafted.id))


def _report(arguments: argparse.Namespace, desk: Desk) -> Answer:
    done = parse_time(arguments.done, now=desk.now(), field="done_at") if arguments.done else None
    names = {route.place.id: route.name for route in cases.view(desk, record_id(arguments.id)).routes}
    told = [names.get(given, given) for given in arguments.to]
    moved, _changes = cases.report(desk, record_id(arguments.id), told, done_at=done, remark=arguments.remark)
    return _told(desk, moved)


def _close(arguments: argparse.Namespace, desk: Desk) -> Answer:
    outcome = CaseOutcome(arguments.outcome)
    moved, _changes = cases.close(desk, record_id(arguments.id), outcome, arguments.remark)
    return _told(desk, moved)


def _reopen(arguments: argparse.Namespace, desk: Desk) -> Answer:
    moved, _changes = cases.reopen(desk, record_id(arguments.id), arguments.remark)
    return _told(desk, moved)


def _export(arguments: argparse.Namespace, desk: Desk) -> Answer:
    made, _changes = bundle.export(desk, record_id(arguments.id), Path(arguments.out))
    return Answer(made, _("{path}\nMã của gói (SHA-256): {seal}").format(path=made.path, seal=made.seal))


def _places(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = routing.places(desk, vn_day(desk.now()))
    return Answer(found, "\n".join(_place_text(place) for place in found))


def _place_text(place: Place) -> str:
    mark = f"[{place.trust.wording}]" if place.trust.wording else ""
    reach = ", ".join(part for part in (place.phone, place.email) if part)
    parts = (place.id, f"{place.kind.wording}: {place.name}", reach, mark, place.note)
    return "  ".join(part for part in parts if part)


def _told(desk: Desk, found: Case) -> Answer:
    seen = cases.view(desk, found.id)
    value: dict[str, object] = plain(found)
    value["evidence"] = plain(seen.items)
    value["custody"] = plain(seen.log)
    value["law"] = plain(seen.law)
    return Answer(value, "\n".join(_lines(seen)))


def _lines(seen: CaseView) -> list[str]:
    facts = seen.case.facts
    said = (facts.person, facts.outlet, facts.place, facts.marks)
    lines = [
        f"{seen.case.id}",
        f"{facts.kind.wording}: {facts.title}  [{seen.case.state.wording}]",
        *(part for part in said if part),
        facts.facts,
    ]
    lines += [case_evidence.item_text(item) for item in seen.items]
    lines += [
        f"{_('Căn cứ')}: {one.citation}" + ("" if one.is_sure else _(" (chưa xác minh)")) for one in seen.law
    ]
    for step in seen.case.steps:
        told = "; ".join(
            part for part in (*step.to, step.outcome.wording if step.outcome else "", step.remark) if part
        )
        lines.append(f"{to_vn(step.at):%d/%m/%Y %H:%M}  {step.move.wording}  {step.by.name}  {told}".rstrip())
    return [line for line in lines if line]
