"""``library add|list|show|export``: the instruments (văn bản) that deadlines and letters cite."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer
from spokesdesk.cli.rules_text import rule_text
from spokesdesk.cli.who import add_workspace
from spokesdesk.domain.clock import parse_date
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.library import LawDraft
from spokesdesk.domain.text import short_date
from spokesdesk.services.library import LawItem
from spokesdesk.services.ports import Desk


def add_parser(commands: Any) -> None:
    """Add the commands."""
    nouns = commands.add_parser("library", help=_("thư viện văn bản")).add_subparsers(
        required=True, metavar="add|list|show|search|export"
    )
    add = nouns.add_parser("add", help=_("thêm văn bản, hoặc toàn văn và tệp cho văn bản của bộ quy định"))
    add.add_argument("--key", default="", metavar="KEY", help=_("văn bản của bộ quy định, ví dụ N237"))
    add.add_argument("--name", default="", help=_("loại và số: Quyết định số 12/2026/QĐ-UBND"))
    add.add_argument("--title", default="", help=_("trích yếu"))
    for option, told in (
        ("--issued", _("ngày ban hành")),
        ("--from", _("có hiệu lực từ ngày")),
        ("--to", _("hết hiệu lực sau ngày")),
    ):
        add.add_argument(option, dest=f"{option[2:]}_on", default="", metavar="DATE", help=told)
    add.add_argument("--text", type=Path, metavar="FILE.txt", help=_("toàn văn, tệp chữ UTF-8"))
    add.add_argument("--file", type=Path, metavar="FILE", help=_("tệp đính kèm, ví dụ bản ký PDF"))
    add.set_defaults(run=_add)
    listed = nouns.add_parser("list", help=_("mọi văn bản"))
    listed.set_defaults(run=_list, words=[])
    search = nouns.add_parser("search", help=_("tìm trong tên, trích yếu, toàn văn, quy tắc; không cần dấu"))
    search.add_argument("words", nargs="+", metavar="WORD")
    search.set_defaults(run=_list)
    show = nouns.add_parser("show", help=_("một văn bản và các quy tắc của nó"))
    show.add_argument("key", metavar="KEY")
    show.set_defaults(run=_show)
    export = nouns.add_parser("export", help=_("lưu tệp hoặc toàn văn ra ngoài"))
    export.add_argument("key", metavar="KEY")
    export.add_argument("out", type=Path, metavar="FILE")
    export.set_defaults(run=_export)
    for one in (add, listed, search, show, export):
        add_workspace(one)


def _add(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import library

    days = {
        name: parse_date(text, field=f"law_{name.removesuffix('_on')}") if text else None
        for name, text in (
            ("issued_on", arguments.issued_on),
            ("from_on", arguments.from_on),
            ("to_on", arguments.to_on),
        )
    }
    draft = LawDraft(
        arguments.name,
        arguments.title,
        text=_text(arguments.text) if arguments.text else "",
        file=library.keep_file(desk, arguments.file) if arguments.file else None,
        key=arguments.key,
        **days,
    )
    made, _changes = library.save(desk, draft)
    return Answer(_value(made), f"{made.key}  {made.name}")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise UserError("pack_unreadable", field="law_text", file=file.name) from wrong


def _list(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import library

    found = library.items(desk, " ".join(arguments.words))
    return Answer([_value(one) for one in found], "\n".join(_line(one) for one in found))


def _show(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import library

    found = library.item(desk, arguments.key)
    lines = [_line(found)]
    lines += [f"  {_('Thay bằng')}: {found.replaced_by}"] if found.replaced_by else []
    lines += [f"  {found.note}"] if found.note else []
    lines += [f"  {_('Tệp')}: {found.file.name}"] if found.file else []
    lines += [rule_text(rule) for rule in found.rules]
    lines += ["", found.text] if found.text else []
    return Answer(_value(found) | {"text": found.text}, "\n".join(lines))


def _export(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import library

    return Answer({"file": library.export(desk, arguments.key, arguments.out)}, str(arguments.out))


def _line(item: LawItem) -> str:
    first = short_date(item.from_on) if item.from_on else "…"
    last = short_date(item.to_on) if item.to_on else _("nay")
    doubt = f" ({item.doubt})" if item.doubt else ""
    local = f"  [{_('quy định của địa phương')}]" if item.is_local else ""
    return f"{item.key}  {item.name}: {item.title}{local}\n  {_('hiệu lực')} {first} – {last}{doubt}"


def _value(item: LawItem) -> dict[str, object]:
    return {
        "key": item.key,
        "name": item.name,
        "title": item.title,
        "issued_on": item.issued_on,
        "in_force_from": item.from_on,
        "in_force_to": item.to_on,
        "replaced_by": item.replaced_by,
        "doubt": item.doubt,
        "local": item.is_local,
        "own": not item.is_pack,
        "rules": [rule.id for rule in item.rules],
        "file": item.file.name if item.file else None,
        "has_text": bool(item.text),
    }
