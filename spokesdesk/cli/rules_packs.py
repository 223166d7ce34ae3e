"""``rules import|packs|drop``: packs of a workspace, what a new one changes; ``new-key|sign`` for publishers."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk import assets
from spokesdesk.cli.answer import Answer
from spokesdesk.cli.rules_text import rule_text
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import OutsideError
from spokesdesk.domain.language import gettext as _
from spokesdesk.services.ports import Desk
from spokesdesk.services.rulepacks import OpenItem, PackLook


def add(nouns: Any) -> None:
    """Add the commands."""
    take = nouns.add_parser("import", help=_("nạp bộ quy định đã ký, hoặc quy định riêng của địa phương"))
    take.add_argument("file", type=Path, metavar="FILE.toml")
    take.add_argument("--look", action="store_true", help=_("chỉ xem bộ mới làm đổi gì, không nạp"))
    take.set_defaults(run=_import)
    listed = nouns.add_parser("packs", help=_("các bộ quy định đang dùng"))
    listed.set_defaults(run=_packs)
    drop = nouns.add_parser("drop", help=_("thôi dùng một bộ đã nạp"))
    drop.add_argument("id", metavar="ID")
    drop.add_argument("--again", action="store_true", help=_("dùng lại"))
    drop.set_defaults(run=_drop)
    for one in (take, listed, drop):
        add_workspace(one)
    _add_publishing(nouns)


def _add_publishing(nouns: Any) -> None:
    new = nouns.add_parser("new-key", help=_("dành cho nơi phát hành bộ quy định: tạo khóa ký"))
    new.add_argument("key", type=Path, metavar="KEY.pem")
    new.add_argument("--public", type=Path, required=True, metavar="YEAR.pem")
    new.set_defaults(run=_new_key)
    sign = nouns.add_parser("sign", help=_("dành cho nơi phát hành bộ quy định: gộp và ký một bộ"))
    sign.add_argument("--key", type=Path, required=True, metavar="KEY.pem")
    sign.add_argument("--version", required=True)
    sign.add_argument("--out", type=Path, required=True, metavar="PACK.toml")
    sign.add_argument("--rules", type=Path, default=assets.path("rules"), metavar="DIR")
    sign.set_defaults(run=_sign)


def _new_key(arguments: argparse.Namespace) -> Answer:
    from spokesdesk import bootstrap

    try:
        bootstrap.new_rule_key(arguments.key, arguments.public)
    except OSError as error:
        raise OutsideError("file_unwritable", field="key", path=str(arguments.key)) from error
    return Answer({"key": str(arguments.key), "public": str(arguments.public)}, str(arguments.public))


def _sign(arguments: argparse.Namespace) -> Answer:
    from spokesdesk import bootstrap

    try:
        bootstrap.sign_rules(arguments.key, arguments.version, arguments.out, arguments.rules)
    except OSError as error:
        raise OutsideError("file_unwritable", field="out", path=str(arguments.out)) from error
    return Answer({"out": str(arguments.out)}, str(arguments.out))


def _import(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import rulepacks

    seen = rulepacks.look(desk, arguments.file)
    value = {
        "kind": seen.head.kind,
        "name": seen.head.name,
        "version": seen.head.version,
        "rules": [rule.id for rule in seen.added],
        "gone": seen.gone,
        "open": seen.open_items,
        "taken": not arguments.look,
    }
    told = _told(seen)
    if not arguments.look:
        made, _changes = rulepacks.take(desk, arguments.file)
        value["id"] = made.id
        told.append(_("Đã nạp. Việc đang mở giữ thời hạn cũ; việc mới tính theo bộ này."))
    return Answer(value, "\n".join(told))


def _told(seen: PackLook) -> list[str]:
    head = seen.head
    kind = _("quy định của địa phương") if head.kind == "local" else _("bộ quy định chung, chữ ký đúng")
    lines = [f"{head.name} – {head.version} ({kind})"]
    lines += [head.note] if head.note else []
    lines += [_("Quy tắc mới hoặc đổi: {n}").format(n=len(seen.added))]
    lines += [rule_text(rule) for rule in seen.added]
    lines += [_("Quy tắc không còn: {rules}").format(rules=", ".join(seen.gone))] if seen.gone else []
    lines += [_("Việc đang mở sẽ có hạn khác nếu mở theo bộ này: {n}").format(n=len(seen.open_items))]
    lines += [_item_line(item) for item in seen.open_items]
    return lines


def _item_line(item: OpenItem) -> str:
    new = item.new_wording or _("không còn thời hạn")
    return f"  {item.id}  {item.title}: {item.old.wording} → {new}"


def _packs(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import rulepacks

    found = rulepacks.packs(desk)
    value = [
        {
            "id": one.id,
            "kind": one.kind,
            "name": one.name,
            "version": one.version,
            "at": one.at,
            "by": one.author.name,
        }
        for one in found
    ]
    lines = [_("Bản {version}, {n} quy tắc").format(version=desk.rules.version, n=len(desk.rules.rules))]
    lines += [
        f"{one.id}  {one.name} – {one.version} ({to_vn(one.at):%d/%m/%Y}, {one.author.name})" for one in found
    ]
    return Answer({"version": desk.rules.version, "packs": value}, "\n".join(lines))


def _drop(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import rulepacks

    rules, _changes = rulepacks.put_away(desk, record_id(arguments.id), again=arguments.again)
    told = (
        _("Đã dùng lại bộ này.")
        if arguments.again
        else _("Đã thôi dùng bộ này; việc đang mở giữ thời hạn cũ.")
    )
    return Answer({"id": arguments.id, "version": rules.version, "rules": len(rules.rules)}, told)
