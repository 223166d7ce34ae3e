"""``coverage sources|subjects|fetch|sheet|digest``: what is watched, fetched and reported."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.files import write_whole
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.clock import parse_date, to_vn
from spokesdesk.domain.false_posts import FalsePostDraft
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.monitoring import Source, SourceDraft
from spokesdesk.services.ports import Desk

_SHEET = (
    ("network", _("nền tảng, trang, nhóm")),
    ("poster", _("tài khoản đăng")),
    ("post", _("nội dung bài đăng")),
    ("fact", _("sự thật")),
    ("proof", _("tài liệu chứng minh")),
    ("published", _("nơi đã công bố thông tin đúng")),
    ("reported", _("đã báo cho")),
)


def add_commands(nouns: Any) -> None:
    """Add the commands to those of ``coverage``."""
    _add_watched(nouns)
    sheet = nouns.add_parser("sheet", help=_("phiếu xử lý tin giả: bài đăng, sự thật, nơi công bố"))
    add_workspace(sheet)
    sheet.add_argument("id")
    for name, told in _SHEET:
        sheet.add_argument(f"--{name}", metavar="TEXT", help=told)
    sheet.add_argument("--published-on", metavar="DATE", help=_("ngày công bố"))
    sheet.add_argument("--pdf", type=Path, metavar="FILE", help=_("ghi phiếu ra PDF"))
    sheet.add_argument("--print", dest="printing", action="store_true", help=_("in phiếu"))
    sheet.set_defaults(run=_sheet)
    digest = nouns.add_parser("digest", help=_("tổng hợp trong ngày thành báo cáo"))
    add_digest_options(digest)


def add_digest_options(digest: argparse.ArgumentParser) -> None:
    """Give a parser the options of the daily synthesis."""
    add_workspace(digest)
    digest.add_argument("--date", default="", metavar="DATE", help=_("ngày; mặc định hôm nay"))
    digest.add_argument("--docx", type=Path, metavar="OUT.docx", help=_("ghi tệp Word"))
    digest.add_argument("--pdf", type=Path, metavar="OUT.pdf", help=_("ghi tệp PDF"))
    digest.add_argument("--paper", action="store_true", help=_("đưa vào Văn bản thành bản thảo"))
    digest.set_defaults(run=_digest)


def _add_watched(nouns: Any) -> None:
    sources = nouns.add_parser("sources", help=_("nguồn tin RSS, Atom, RDF và tình trạng của chúng"))
    add_workspace(sources)
    sources.add_argument("--add", metavar="URL", help=_("thêm nguồn"))
    sources.add_argument("--name", default="", metavar="NAME")
    sources.add_argument("--outlet", default="", metavar="NAME", help=_("cơ quan báo chí của nguồn"))
    sources.add_argument("--drop", metavar="ID", help=_("bỏ nguồn; tin đã lấy vẫn còn"))
    sources.add_argument("--off", metavar="ID", help=_("tạm dừng"))
    sources.add_argument("--on", metavar="ID", help=_("lấy tin lại"))
    sources.set_defaults(run=_sources)
    subjects = nouns.add_parser("subjects", help=_("chủ đề theo dõi; tên cơ quan luôn được theo dõi"))
    add_workspace(subjects)
    subjects.add_argument("--add", metavar="NAME", help=_("thêm chủ đề"))
    subjects.add_argument("--phrase", action="append", default=[], metavar="TEXT", help=_("cụm từ cần tìm"))
    subjects.add_argument("--drop", metavar="ID")
    subjects.set_defaults(run=_subjects)
    fetch = nouns.add_parser("fetch", help=_("lấy tin từ các nguồn đến lượt"))
    add_workspace(fetch)
    fetch.add_argument(
        "--all", dest="everything", action="store_true", help=_("mọi nguồn, không đợi đến lượt")
    )
    fetch.set_defaults(run=_fetch)


def _sources(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import monitoring_sources as service

    if arguments.add:
        service.save_source(desk, SourceDraft(arguments.name, arguments.add, arguments.outlet))
    if arguments.drop:
        service.drop_source(desk, record_id(arguments.drop))
    for typed, on in ((arguments.off, False), (arguments.on, True)):
        if typed:
            service.switch_source(desk, record_id(typed), on=on)
    found = service.sources(desk)
    value = [plain(one) | {"fault_words": service.fault_words(one)} for one in found]
    return Answer(value, "\n".join(map(_source, found)) or _("Chưa có nguồn nào."))


def _source(one: Source) -> str:
    from spokesdesk.services import monitoring_sources as service

    at = f"{to_vn(one.ok_at):%d/%m/%Y %H:%M}" if one.ok_at else _("chưa lấy được lần nào")
    lines = [f"{one.id}  {one.name}  {one.url}", f"  {at}" if one.is_active else f"  {_('tạm dừng')}"]
    return "\n".join([*lines, f"  {service.fault_words(one)}"] if one.fault else lines)


def _subjects(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import monitoring_sources as service

    if arguments.add:
        service.save_subject(desk, None, arguments.add, "\n".join(arguments.phrase))
    if arguments.drop:
        service.drop_subject(desk, record_id(arguments.drop))
    found = service.subjects(desk)
    lines = [f"{one.id}  {one.name}: {'; '.join(one.phrases)}" for one in found]
    return Answer(found, "\n".join(lines) or _("Chưa có chủ đề nào ngoài tên cơ quan."))


def _fetch(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import monitoring_sources as service

    wanted = service.sources(desk) if arguments.everything else service.due(desk)
    done = [service.fetch(desk, one.id)[0] for one in wanted if one.is_active]
    value = [
        {
            "source": report.source.name,
            "added": report.added,
            "matched": report.matched,
            "refused": report.refused,
            "fault": report.source.fault,
            "fault_words": service.fault_words(report.source),
            "next_at": report.source.next_at,
        }
        for report in done
    ]
    lines = [
        _("{source}: {added} tin mới, {matched} tin khớp chủ đề.").format_map(one)
        + (f" {one['fault_words']}" if one["fault"] else "")
        for one in value
    ]
    return Answer(value, "\n".join(lines) or _("Chưa có nguồn nào đến lượt."))


def _sheet(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from dataclasses import replace

    from spokesdesk.services import false_posts as service

    item_id = record_id(arguments.id)
    draft: FalsePostDraft = service.proposed(desk, item_id)
    typed: dict[str, Any] = {
        name: getattr(arguments, name) for name, _told in _SHEET if getattr(arguments, name)
    }
    if arguments.published_on:
        typed["published_on"] = parse_date(arguments.published_on, field="published_on")
    if typed:
        draft = service.save(desk, item_id, replace(draft, **typed))[0].draft
    if arguments.pdf:
        write_whole(arguments.pdf, service.pdf(desk, item_id), "pdf")
    if arguments.printing:
        service.print_sheet(desk, item_id)
    return Answer(plain(draft))


def _digest(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import digest, papers

    on = parse_date(arguments.date, field="date") if arguments.date else None
    found = digest.digest(desk, on)
    letter = digest.letter(found)
    value: dict[str, object] = {
        "date": found.on,
        "items": len(found.items),
        "subjects": {name: len(items) for name, items in found.subjects().items()},
        "outlets": {name: len(items) for name, items in found.outlets().items()},
        "open": [{"id": one.id, "title": one.title, "assignee": one.now.assignee} for one in found.open],
    }
    targets = {name: getattr(arguments, name) for name in ("docx", "pdf") if getattr(arguments, name)}
    if targets:
        made = papers.render(letter)
        for name, target in targets.items():
            write_whole(target, getattr(made, name), name)
            value[name] = target
    if arguments.paper:
        value["paper"] = digest.draft(desk, on)[0].id
    return Answer(value, f"{letter.subject}\n\n{letter.body}")
