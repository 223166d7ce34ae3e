"""`backups`: the daily copies of the workspace, and trying them out."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.who import add_workspace
from spokesdesk.domain.backups import BackupPlan, BackupRun, RunKind, size_words
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.services import backups
from spokesdesk.services.ports import Desk

UNSOUND = 8


def add_parser(commands: Any) -> None:
    """Add the commands."""
    top = commands.add_parser("backups", help=_("bản sao lưu hằng ngày và diễn tập khôi phục"))
    acts = top.add_subparsers(metavar=_("VIỆC"), required=True)
    for name, words, run in (
        ("now", _("sao lưu ngay; bản cũ giữ 7 ngày và 4 tuần"), _now),
        ("daily", _("làm việc đến hạn: bản hôm nay, diễn tập hằng tuần (cho bộ hẹn giờ)"), _daily),
        ("list", _("các bản đang có và những lần đã làm"), _list),
        ("drill", _("khôi phục thử một bản, kiểm tra, rồi xóa"), _drill),
        ("place", _("chọn nơi giữ, bật hoặc tắt sao lưu tự động"), _place),
    ):
        act = acts.add_parser(name, help=words)
        add_workspace(act)
        act.set_defaults(run=run)
        if name == "drill":
            act.add_argument(
                "copy", nargs="?", default="", metavar="NAME", help=_("bản nào; mặc định: mới nhất")
            )
        if name == "place":
            act.add_argument("folder", nargs="?", metavar="DIR", help=_("thư mục, nên ở ổ đĩa khác"))
            act.add_argument(
                "--beside", action="store_true", help=_("trở lại nơi mặc định, cạnh bàn làm việc")
            )
            act.add_argument("--on", action="store_true", help=_("bật sao lưu tự động"))
            act.add_argument("--off", action="store_true", help=_("tắt sao lưu tự động"))


def _now(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    run, _changes = backups.back_up(desk)
    return Answer(plain(run), _said(run))


def _daily(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    done, _changes = backups.daily(desk)
    found = backups.state(desk)
    caution = backups.caution(found)
    lines = [_said(run) for run in done] or [_("Chưa có việc nào đến hạn.")]
    value = {"done": [plain(run) for run in done], "caution": caution}
    bad = [run for run in done if not run.ok]
    return Answer(
        value, "\n".join([*lines, *([caution] if caution else [])]), UNSOUND if bad or caution else 0
    )


def _list(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    found, copies, runs = backups.state(desk), backups.copies(desk), backups.runs(desk, 20)
    caution = backups.caution(found)
    lines = [_("Nơi giữ: {place}").format(place=found.place)]
    if found.is_on_same_disk:
        lines.append(_("Nơi này cùng ổ đĩa với bàn làm việc: hỏng ổ là mất cả hai. Nên chọn ổ khác."))
    if caution:
        lines.append(caution)
    lines += [
        _("  {name}  {size}, {n} tệp kèm").format(name=one.name, size=size_words(one.size), n=one.files)
        for one in copies
    ]
    lines += [_said(run) for run in runs]
    value = {
        "place": str(found.place),
        "same_disk": found.is_on_same_disk,
        "on": found.plan.is_on,
        "caution": caution,
        "copies": [plain(one) for one in copies],
        "runs": [plain(run) for run in runs],
    }
    return Answer(value, "\n".join(lines))


def _drill(arguments: argparse.Namespace, desk: Desk) -> Answer:
    run, _changes = backups.drill(desk, arguments.copy)
    return Answer(plain(run), _said(run), 0 if run.ok else UNSOUND)


def _place(arguments: argparse.Namespace, desk: Desk) -> Answer:
    wanted: BackupPlan = backups.plan(desk)
    if arguments.folder or arguments.beside:
        wanted = replace(wanted, place=str(Path(arguments.folder).absolute()) if arguments.folder else "")
    if arguments.on or arguments.off:
        wanted = replace(wanted, is_on=arguments.on)
    backups.set_plan(desk, wanted)
    found = backups.state(desk)
    value = {"place": str(found.place), "same_disk": found.is_on_same_disk, "on": found.plan.is_on}
    return Answer(value)


def _said(run: BackupRun) -> str:
    """Give one line of what was done, and why it failed if it did."""
    what = {RunKind.BACKUP: _("sao lưu"), RunKind.DRILL: _("diễn tập khôi phục")}[run.kind]
    result = (
        _("xong: {copy}").format(copy=run.copy) if run.ok else _("KHÔNG THÀNH: {said}").format(said=run.said)
    )
    return f"{to_vn(run.at):%d/%m/%Y %H:%M}  {what} {result}"
