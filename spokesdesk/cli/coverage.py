"""``coverage add|list|show|triage|…``: watching the press, from an item found to what was done about it."""

import argparse
from pathlib import Path
from typing import Any
from uuid import UUID

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.keeping import keep_file
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.clock import iso_vn, parse_time, to_vn
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.monitoring import Item, ItemDraft, ItemRow, ItemState, Standing, Triage
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.monitoring import Wanted

STATES = {state.value: (state,) for state in ItemState} | {"all": ()}


def add_parser(commands: Any) -> None:
    """Add the commands."""
    from spokesdesk.cli import coverage_sources

    nouns = commands.add_parser(
        "coverage", help=_("điểm tin: nguồn, tin tìm được, phân loại")
    ).add_subparsers(
        required=True, metavar="add|list|show|triage|capture|article|sheet|sources|subjects|fetch|digest"
    )
    _add_items(nouns)
    _add_acts(nouns)
    coverage_sources.add_commands(nouns)


def _add_items(nouns: Any) -> None:
    add = nouns.add_parser("add", help=_("đưa một tin vào hàng đợi: dán, quét, thấy trên mạng xã hội"))
    add_workspace(add)
    add.add_argument("--outlet", required=True, metavar="NAME", help=_("cơ quan báo chí, hoặc trang, nhóm"))
    add.add_argument("--title", required=True, metavar="TEXT")
    add.add_argument(
        "--published", default="", metavar="TIME", help=_("lúc đăng, giờ Việt Nam; bỏ trống: bây giờ")
    )
    add.add_argument("--url", default="", metavar="URL")
    add.add_argument("--byline", default="", metavar="NAME", help=_("tác giả, tài khoản"))
    add.add_argument("--text", default="", metavar="TEXT", help=_("nội dung"))
    add.add_argument("--text-file", metavar="FILE", help=_("tệp .txt UTF-8 chứa nội dung"))
    add.add_argument("--file", action="append", default=[], metavar="FILE", help=_("ảnh chụp, bản quét"))
    add.set_defaults(run=_add)
    listing = nouns.add_parser("list", help=_("tin tìm được, mới nhất trước"))
    add_workspace(listing)
    listing.add_argument("words", nargs="*")
    listing.add_argument("--state", choices=sorted(STATES), default="new", help=_("mặc định: chưa xem"))
    listing.add_argument("--every", action="store_true", help=_("cả tin không khớp chủ đề nào"))
    listing.add_argument("--mine", action="store_true", help=_("chỉ tin giao cho tôi"))
    listing.add_argument("--verdict", choices=[kind.value for kind in Triage])
    listing.add_argument("--limit", type=int, default=200, metavar="N")
    listing.set_defaults(run=_list)
    show = nouns.add_parser("show", help=_("một tin, các bước đã làm, các bản chụp"))
    add_workspace(show)
    show.add_argument("id")
    show.set_defaults(run=_show)


def _add_acts(nouns: Any) -> None:
    triage = nouns.add_parser("triage", help=_("phân loại, giao, khép lại, hoàn tác"))
    add_workspace(triage)
    triage.add_argument("id")
    triage.add_argument("verdict", nargs="?", choices=[kind.value for kind in Triage])
    triage.add_argument("--assign", metavar="NAME", help=_("giao cho ai"))
    triage.add_argument("--close", metavar="TEXT", help=_("đã làm gì"))
    triage.add_argument("--undo", action="store_true", help=_("lấy lại bước sau cùng"))
    triage.set_defaults(run=_triage)
    kept = nouns.add_parser("capture", help=_("lưu nguyên trang web của tin (WARC) làm chứng cứ"))
    add_workspace(kept)
    kept.add_argument("id")
    kept.add_argument("--out", type=Path, metavar="FILE", help=_("ghi thêm tệp WARC ra ngoài"))
    kept.set_defaults(run=_capture)
    article = nouns.add_parser("article", help=_("mở thành bài báo để đánh dấu chỗ chưa đúng"))
    add_workspace(article)
    article.add_argument("id")
    article.set_defaults(run=_article)


def _add(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import monitoring

    text = _text(arguments.text_file) if arguments.text_file else arguments.text
    when = (
        parse_time(arguments.published, now=desk.now(), field="published")
        if arguments.published
        else desk.now()
    )
    files = tuple(keep_file(desk, Path(each)) for each in arguments.file)
    draft = ItemDraft(arguments.outlet, arguments.title, when, arguments.url, arguments.byline, text, files)
    made, _changes = monitoring.add_item(desk, draft)
    return _told(desk, made.id)


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("file_unreadable", field="text_file", path=path) from error


def _list(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import monitoring

    wanted = Wanted(
        states=STATES[arguments.state],
        matched=not arguments.every,
        mine=desk.member.ref if arguments.mine else None,
        verdict=Triage(arguments.verdict) if arguments.verdict else None,
    )
    found = monitoring.queue(desk, wanted, " ".join(arguments.words))
    rows = tuple(found.page(found.whole(found.open()), 0, max(arguments.limit, 0)))
    return Answer([_row(row) for row in rows], "\n".join(map(_line, rows)) or _("Không có tin nào."))


def _show(arguments: argparse.Namespace, desk: Desk) -> Answer:
    return _told(desk, record_id(arguments.id))


def _triage(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import monitoring

    item_id = record_id(arguments.id)
    if not (arguments.verdict or arguments.assign or arguments.close or arguments.undo):
        raise UserError("field_required", field="verdict")
    if arguments.undo:
        monitoring.undo(desk, item_id)
    if arguments.verdict:
        monitoring.judge(desk, item_id, Triage(arguments.verdict))
    if arguments.assign:
        monitoring.assign(desk, item_id, arguments.assign)
    if arguments.close:
        monitoring.close(desk, item_id, arguments.close)
    return _told(desk, item_id)


def _capture(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import monitoring

    made, _changes = monitoring.capture(desk, record_id(arguments.id))
    if arguments.out:
        desk.files.export(made.file.sha256, arguments.out)
    value = plain(made)
    lines = [f"{made.file.sha256}  {made.file.name}", f"{made.status}  {made.final_url}"]
    lines += [_("Trang không kết thúc trong giới hạn; bản chụp giữ phần đã nhận.")] if made.cut else []
    return Answer(value, "\n".join([*lines, "", made.text]))


def _article(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import monitoring

    made, _changes = monitoring.open_article(desk, record_id(arguments.id))
    return Answer({"id": made.id, "title": made.title}, str(made.id))


def _told(desk: Desk, item_id: UUID) -> Answer:
    from spokesdesk.services import monitoring

    found = monitoring.view(desk, item_id)
    item = found.item
    value = plain(item) | {"steps": plain(found.steps), "captures": plain(found.captures)}
    value["copies"] = [{"where": one.where, "title": one.title, "url": one.url} for one in found.copies]
    lines = [str(item.id), f"{item.where}: {item.title}", _stands(item)]
    lines += [item.url] if item.url else []
    lines += [f"{_('Chủ đề')}: {', '.join(each.name for each in item.subjects)}"] if item.subjects else []
    lines += [f"  {iso_vn(step.at)}  {step.move.wording}  {step.by.name}" for step in found.steps]
    lines += [f"  {_('Đăng lại')}: {one.where}  {one.url}" for one in found.copies]
    lines += [f"  {_('Bản chụp')}: {one.file.sha256}  {one.file.name}" for one in found.captures]
    return Answer(value, "\n".join([*lines, "", item.text] if item.text else lines))


def _stands(item: Item | ItemRow) -> str:
    now: Standing = item.now
    parts = (now.verdict.wording if now.verdict else "", now.assignee, now.done)
    return " · ".join([now.state.wording, *(part for part in parts if part)])


def _row(row: ItemRow) -> dict[str, object]:
    return {
        "id": row.id,
        "where": row.where,
        "title": row.title,
        "published_at": row.published_at,
        "subjects": row.subjects,
        "state": row.now.state,
        "verdict": row.now.verdict,
        "assignee": row.now.assignee,
        "done": row.now.done,
        "copies": row.copies,
    }


def _line(row: ItemRow) -> str:
    at = f"{to_vn(row.published_at):%d/%m/%Y %H:%M}"
    more = f"  (+{row.copies})" if row.copies else ""
    return f"{row.id}  {at}  {row.where}  {row.title}{more}  [{_stands(row)}]"
