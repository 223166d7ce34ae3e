"""`connect` and `sync`: joining a portal, and one round of exchange with it."""

import argparse
from typing import Any

from spokesdesk.cli import sync_carry, sync_join, sync_keys, sync_places
from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.who import add_workspace
from spokesdesk.domain.conflict_words import about
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.services import sync
from spokesdesk.services.ports import Desk, SyncRow
from spokesdesk.services.ports.sync import SyncConflict

STATES = {
    "queued": _("chờ gửi"),
    "sent": _("đã gửi, chờ công bố"),
    "published": _("đã công bố"),
    "withdrawn": _("đã gỡ khỏi cổng"),
    "quarantined": _("cổng không nhận"),
}


def add_parser(commands: Any) -> None:
    """Add the commands."""
    connect = commands.add_parser("connect", help=_("kết nối với cổng bằng mã ghi danh dùng một lần"))
    add_workspace(connect)
    connect.add_argument("--portal", required=True, metavar="URL", help=_("địa chỉ cổng, https://…"))
    how = connect.add_mutually_exclusive_group(required=True)
    how.add_argument("--code", metavar="CODE", help=_("mã ghi danh do cổng cấp"))
    how.add_argument("--browser", action="store_true", help=_("đăng nhập tại cổng bằng trình duyệt của máy"))
    connect.set_defaults(run=_connect)
    once = commands.add_parser("sync", help=_("trao đổi với cổng một lượt"))
    add_workspace(once, has_parts=True)
    once.add_argument("--dry-run", action="store_true", help=_("chỉ xem những gì sẽ gửi, không liên lạc"))
    once.set_defaults(run=_sync)
    parts = once.add_subparsers(metavar=_("VIỆC"))
    shown = parts.add_parser("conflicts", help=_("những chỗ hai người sửa khác nhau, chưa thống nhất"))
    add_workspace(shown)
    shown.add_argument("--all", action="store_true", help=_("kể cả chỗ đã giải quyết"))
    shown.set_defaults(run=_conflicts)
    sync_places.add_parser(parts)
    sync_keys.add_parser(parts)
    sync_carry.add_parser(parts)
    sync_join.add_parser(parts)
    settled = parts.add_parser("settle", help=_("chọn bản đúng cho một chỗ khác nhau"))
    add_workspace(settled)
    settled.add_argument("conflict", metavar=_("MÃ"), help=_("mã, hoặc vài ký tự đầu"))
    settled.add_argument(
        "pick", choices=["current", "mine", "text"], help=_("bản đang dùng, bản kia, hay bản thứ ba")
    )
    settled.add_argument("--text", metavar=_("LỜI"), help=_("bản thứ ba"))
    settled.set_defaults(run=_settle)


def _connect(arguments: argparse.Namespace, desk: Desk) -> Answer:
    if arguments.browser:
        state, _changes = sync.connect_by_browser(desk, arguments.portal)
    else:
        state, _changes = sync.connect(desk, arguments.portal, arguments.code)
    text = _("Đã kết nối với {portal}. Chờ gửi: {n}.").format(portal=state.portal, n=state.queued)
    return Answer(plain(state), text)


def _sync(arguments: argparse.Namespace, desk: Desk) -> Answer:
    if arguments.dry_run:
        return _preview(desk)
    report, _changes = sync.run_round(desk)
    moved = None if report.fault else sync.exchange_files(desk)[0]
    fault = report.fault or (moved.fault if moved else None)
    rows = sync.ledger(desk)
    value: dict[str, object] = plain(report)
    value["fault"] = fault.code if fault else ""
    value["files_sent"], value["files_received"], value["files_awaited"] = (
        (moved.sent, moved.received, moved.awaited) if moved else (0, 0, 0)
    )
    value["records"] = plain(rows)
    lines = [word(fault)] if fault else []
    if moved is not None and moved != sync.FilesReport(0, 0, 0, None):
        lines.append(
            _("Tệp: gửi {sent}, nhận {received}, còn chờ máy khác gửi {awaited}.").format(
                sent=moved.sent, received=moved.received, awaited=moved.awaited
            )
        )
    lines.append(
        _("Chờ gửi {queued}, đã gửi {sent}, đã công bố {published}, cổng không nhận {quarantined}.").format(
            queued=report.state.queued,
            sent=report.state.sent,
            published=report.state.published,
            quarantined=report.state.quarantined,
        )
    )
    lines.append(
        _(
            "Sổ chung: nhận {received}, còn chờ {waiting}, cổng không nhận {refused}, chỗ khác nhau {conflicts}."
        ).format(
            received=report.received + report.filled,
            waiting=report.state.waiting,
            refused=report.state.refused,
            conflicts=report.state.conflicts,
        )
    )
    lines += [_line(row) for row in rows]
    return Answer(value, "\n".join(lines), fault.exit_code if fault else 0)


def _preview(desk: Desk) -> Answer:
    found = sync.preview(desk)
    ops = [op for batch in found.batches for op in batch]
    value = {
        "operations": [
            {
                "op_id": op.op_id,
                "record": op.rec,
                "entity": op.entity,
                "kind": op.kind,
                "title": _title(op.patch),
            }
            for op in ops
        ],
        "files": list(found.files),
    }
    lines = [_("Sẽ gửi {n} thao tác, {m} tệp.").format(n=len(ops), m=len(found.files))]
    lines += [f"  {op.kind}  {_title(op.patch)}" for op in ops]
    return Answer(value, "\n".join(lines))


def _title(patch: Any) -> str:
    """A sealed title stays sealed here: what is shown is what would leave."""
    title = patch["title"].new if "title" in patch else ""
    return title if isinstance(title, str) else _("[niêm phong]")


def _line(row: SyncRow) -> str:
    return f"  [{STATES.get(row.state, row.state)}] {row.title}  {row.url}".rstrip()


def _conflicts(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = sync.conflicts(desk, open_only=not arguments.all)
    lines = [line for one in found for line in _lines_of(one)]
    return Answer([plain(one) for one in found], "\n".join(lines) or _("Không có chỗ nào khác nhau."))


def _lines_of(one: SyncConflict) -> list[str]:
    """Name a conflict and what both wrote; of a long text only where it begins to differ."""
    who = _("máy này") if one.is_own else one.by or _("đồng nghiệp")
    _base, current, mine = sync.readable(one)
    kept, other = sync.differing(current, mine)
    return [
        f"{str(one.id)[:8]}  {about(one.entity, one.title, one.field, one.current, one.mine)}",
        _("    đang dùng (current): {value}").format(value=kept),
        _("    {who} ghi (mine): {value}").format(who=who, value=other),
    ]


def _settle(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = [one for one in sync.conflicts(desk) if str(one.id).startswith(arguments.conflict)]
    if len(found) != 1:
        raise UserError("record_missing", field="conflict", id=arguments.conflict)
    done, _changes = sync.settle(desk, found[0].id, arguments.pick, arguments.text)
    return Answer(plain(done), _("Đã chọn; các máy khác nhận ở lần đồng bộ tới."))
