"""`import`: tables of people and past contacts taken in, looked at, taken back."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.who import add_workspace
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.imports import FIELDS, ImportRun, Noun, OnSame, RunState
from spokesdesk.domain.language import gettext as _
from spokesdesk.services.ports import Desk

INTERRUPTED = 130


def add_parser(commands: Any) -> None:
    """Add the commands."""
    nouns = commands.add_parser(
        "import", help=_("nhập bảng Excel, CSV; hoàn tác cả lần nhập")
    ).add_subparsers(required=True, metavar="preview|run|list|undo")
    for name, act, told in (
        ("preview", _preview, _("xem cột, lỗi từng dòng; không ghi gì")),
        ("run", _run, _("nhập các dòng đúng")),
    ):
        one = nouns.add_parser(name, help=told)
        add_workspace(one)
        one.add_argument("file", metavar="FILE.xlsx", type=Path)
        one.add_argument("--sheet", default="", help=_("tên trang tính"))
        one.add_argument("--kind", choices=[noun.value for noun in Noun], help=_("các dòng là gì"))
        one.add_argument(
            "--column", action="append", default=[], metavar="N=FIELD", help=_("cột N (từ 1) là trường nào")
        )
        one.add_argument("--faulty", metavar="OUT.xlsx", type=Path, help=_("ghi các dòng sai ra tệp để sửa"))
        one.set_defaults(run=act)
        if act is _run:
            one.add_argument(
                "--same",
                choices=[how.value for how in OnSame],
                default=OnSame.FILL.value,
                help=_("dòng về người đã có: điền chỗ trống, thay, bỏ qua, thêm mới"),
            )
    listed = nouns.add_parser("list", help=_("các lần nhập"))
    add_workspace(listed)
    listed.set_defaults(run=_list)
    back = nouns.add_parser("undo", help=_("hoàn tác cả một lần nhập"))
    add_workspace(back)
    back.add_argument("id", metavar="ID", type=UUID)
    back.set_defaults(run=_undo)


def _preview(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import imports
    from spokesdesk.services.imports.check import said

    preview, plan = _looked(arguments, desk)
    checked = imports.check(desk, plan, progress=_tell)
    if arguments.faulty:
        imports.write_faulty(desk, plan, arguments.faulty)
    titles = {field.name: _(field.title) for field in FIELDS[plan.noun]}
    lines = [
        f"{at}. {heading} → {titles.get(name, '–')}"
        for at, (heading, name) in enumerate(zip(preview.headings, plan.mapping, strict=True), 1)
    ]
    lines.append(
        _(
            "{total} dòng: {good} dòng nhập được, {faulty} dòng sai, {same} dòng về người hoặc mục đã có"
        ).format(total=checked.total, good=checked.good, faulty=checked.fault_rows, same=checked.same_rows)
    )
    lines += [_("Dòng {line}: {what}").format(line=each.line, what=said(each)) for each in checked.faults]
    value = {
        "kind": plan.noun.value,
        "heading_line": plan.heading_line,
        "encoding": preview.encoding,
        "old_script": preview.old_script,
        "columns": [
            {"heading": heading, "field": name}
            for heading, name in zip(preview.headings, plan.mapping, strict=True)
        ],
        "total": checked.total,
        "good": checked.good,
        "fault_rows": checked.fault_rows,
        "same_rows": checked.same_rows,
        "repaired": checked.repaired,
        "faults": [
            {
                "line": each.line,
                "column": each.column,
                "text": each.text,
                "error": each.code,
                "message": said(each),
            }
            for each in checked.faults
        ],
        "same": [plain(each) for each in checked.sames],
    }
    return Answer(value, "\n".join(lines))


def _run(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.cli.batch import Stop
    from spokesdesk.services import imports

    preview, plan = _looked(arguments, desk)
    plan = replace(plan, on_same=OnSame(arguments.same))
    stop = Stop()
    run, _changes = imports.run(desk, plan, progress=_tell, is_cancelled=stop.is_asked)
    if arguments.faulty:
        imports.write_faulty(desk, plan, arguments.faulty)
    if run.state is RunState.DONE:
        imports.remember(desk, plan, preview.headings)
    return Answer(plain(run), _line(run), 0 if run.state is RunState.DONE else INTERRUPTED)


def _list(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import imports

    found = imports.runs(desk)
    return Answer([plain(run) for run in found], "\n".join(map(_line, found)))


def _undo(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import imports

    run, _changes = imports.undo(desk, arguments.id, progress=_tell)
    lines = [_line(run)]
    lines += [_("Giữ lại, vì đã sửa hoặc đã dùng sau đó: {name}").format(name=name) for name in run.kept]
    return Answer(plain(run), "\n".join(lines))


def _looked(arguments: argparse.Namespace, desk: Desk) -> tuple[Any, Any]:
    from spokesdesk.services import imports

    noun = Noun(arguments.kind) if arguments.kind else None
    preview = imports.look(desk, arguments.file, sheet=arguments.sheet, noun=noun)
    return preview, replace(preview.plan, mapping=_mapping(arguments.column, preview.plan))


def _mapping(given: Sequence[str], plan: Any) -> tuple[str, ...]:
    """Give the mapping with the columns named by ``--column``."""
    found = list(plan.mapping)
    names = {field.name for field in FIELDS[plan.noun]} | {""}
    for each in given:
        number, _sign, name = each.partition("=")
        if not number.isdecimal() or not 1 <= int(number) <= len(found) or name not in names:
            raise UserError(
                "import_column_form", field="column", text=each, known=", ".join(sorted(names - {""}))
            )
        found = ["" if other == name else other for other in found]
        found[int(number) - 1] = name
    return tuple(found)


def _line(run: ImportRun) -> str:
    states = {
        RunState.RUNNING: _("dở dang"),
        RunState.DONE: _("xong"),
        RunState.CANCELLED: _("đã dừng, không giữ gì"),
        RunState.UNDONE: _("đã hoàn tác"),
    }
    counts = _("thêm {made}, đổi {changed}, bỏ qua {skipped}, sai {faulty}").format(
        made=run.made, changed=run.changed, skipped=run.skipped, faulty=run.faulty
    )
    return f"{run.id}  {to_vn(run.started_at):%d/%m/%Y %H:%M}  {run.file_name}  {states[run.state]}: {counts}"


def _tell(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done}/{total}", end="" if done < total else "\n", file=sys.stderr, flush=True)
