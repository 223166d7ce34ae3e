"""`paper correct|withdraw|review|flagged|waiting|versions|compare|restore|series|gaps|register`."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.clock import to_vn, vn_day
from spokesdesk.domain.compare import PartChange, RunKind, changes
from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.numbers import Series, ranges_text
from spokesdesk.domain.papers import CorrectionWay, Paper
from spokesdesk.domain.register import cells, columns
from spokesdesk.services import papers
from spokesdesk.services.ports import Desk

VERBS = "correct|withdraw|review|flagged|waiting|versions|compare|restore|series|gaps|register"
_MARKS = {RunKind.SAME: "{}", RunKind.ADDED: "[+{}+]", RunKind.REMOVED: "[-{}-]"}


def add_parsers(nouns: Any) -> None:
    """Add the commands to ``paper``."""
    correct = _one(nouns, "correct", _correct, _("đính chính hoặc thay thế văn bản đã phát hành"))
    correct.add_argument("--remark", required=True, metavar="TEXT", help=_("sai ở đâu"))
    ways = [way.value for way in CorrectionWay]
    help_way = _(
        "replace: thay bằng văn bản cùng loại (sai nội dung); letter: công văn đính chính (sai thể thức)"
    )
    correct.add_argument("--way", choices=ways, default=ways[0], help=help_way)
    withdraw = _one(nouns, "withdraw", _withdraw, _("thu hồi văn bản đã phát hành"))
    withdraw.add_argument("--remark", required=True, metavar="TEXT", help=_("lý do"))
    review = _one(nouns, "review", _review, _("ghi là đã xem lại một lần tự duyệt"))
    review.add_argument("--remark", default="", metavar="TEXT")
    _all(nouns, "flagged", _flagged, _("các lần tự duyệt và ai đã xem lại"))
    _all(nouns, "waiting", _waiting, _("văn bản chờ tôi duyệt, hạn sớm nhất trước"))
    _one(nouns, "versions", _versions, _("các bản đã lưu"))
    compare = _one(nouns, "compare", _compare, _("so sánh hai bản, từng từ"))
    compare.add_argument("before", type=int, metavar="A")
    compare.add_argument("after", type=int, metavar="B")
    restore = _one(nouns, "restore", _restore, _("lấy lại một bản cũ thành bản mới"))
    restore.add_argument("version", type=int, metavar="V")
    _add_numbers(nouns)


def _add_numbers(nouns: Any) -> None:
    series = _all(nouns, "series", _series, _("cách đánh số văn bản"))
    series.add_argument("--mode", choices=("shared", "kind", "mixed"))
    series.add_argument("--table", action="append", default=[], metavar=_("LOẠI=TÊN"))
    gaps = _all(nouns, "gaps", _gaps, _("các số bị bỏ trống"))
    gaps.add_argument("--year", type=int)
    register = _all(nouns, "register", _register, _("sổ đăng ký văn bản đi"))
    register.add_argument("--year", type=int)
    register.add_argument("--series", default="")
    register.add_argument("--pdf", metavar="OUT.pdf")


def _all(nouns: Any, name: str, act: Any, told: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = nouns.add_parser(name, help=told)
    add_workspace(parser)
    parser.set_defaults(run=act)
    return parser


def _one(nouns: Any, name: str, act: Any, told: str) -> argparse.ArgumentParser:
    parser = _all(nouns, name, act, told)
    parser.add_argument("id")
    return parser


def _correct(arguments: argparse.Namespace, desk: Desk) -> Answer:
    way = CorrectionWay(arguments.way)
    made, _changes = papers.correct(desk, record_id(arguments.id), arguments.remark, way)
    return _short(made)


def _withdraw(arguments: argparse.Namespace, desk: Desk) -> Answer:
    return _short(papers.withdraw(desk, record_id(arguments.id), arguments.remark)[0])


def _review(arguments: argparse.Namespace, desk: Desk) -> Answer:
    return _short(papers.review(desk, record_id(arguments.id), arguments.remark)[0])


def _restore(arguments: argparse.Namespace, desk: Desk) -> Answer:
    return _short(papers.restore(desk, record_id(arguments.id), arguments.version)[0])


def _short(found: Paper) -> Answer:
    keys = ("id", "state", "version", "number", "corrects", "corrected_by")
    return Answer({key: getattr(found, key) for key in keys})


def _flagged(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = papers.flagged(desk)
    head = _(
        "{count} lần tự duyệt trong {approvals} lần duyệt ({percent} %), {open} lần chưa được xem lại."
    ).format(count=found.count, approvals=found.approvals, percent=found.percent, open=found.unreviewed)
    lines = [head]
    for item in found.items:
        step, review = item.approval, item.approval.review
        seen = _("chưa xem lại")
        if review is not None:
            seen = _("{who} đã xem lại {day}").format(who=review.by.name, day=f"{to_vn(review.at):%d/%m/%Y}")
        lines.append(
            f"{item.paper_id}  {to_vn(step.at):%d/%m/%Y}  {step.by.name}: {step.remark}  [{seen}]  {item.title}"
        )
    value = {**plain(found), "count": found.count, "unreviewed": found.unreviewed, "percent": found.percent}
    return Answer(value, "\n".join(lines))


def _waiting(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    items = papers.to_approve(desk)
    lines = []
    for item in items:
        due = (
            _("hạn {at}").format(at=f"{to_vn(item.due.due_at):%H:%M %d/%m/%Y}")
            if item.due and item.due.due_at
            else ""
        )
        sent = _("trình {at}").format(at=f"{to_vn(item.submitted_at):%H:%M %d/%m/%Y}")
        lines.append("  ".join(part for part in (str(item.id), due or sent, item.author, item.title) if part))
    return Answer(items, "\n".join(lines) or _("Không có văn bản nào chờ bạn duyệt."))


def _versions(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = papers.versions(desk, record_id(arguments.id))
    lines = []
    for each in found:
        same = _("như bản {n}").format(n=each.same_as) if each.same_as else ""
        parts = (f"{each.version}", f"{to_vn(each.at):%H:%M %d/%m/%Y}", each.by.name, *each.moves, same)
        lines.append("  ".join(part for part in parts if part))
    return Answer(found, "\n".join(lines))


def _compare(arguments: argparse.Namespace, desk: Desk) -> Answer:
    parts = papers.compare(desk, record_id(arguments.id), arguments.before, arguments.after)
    return Answer(parts, "\n\n".join(map(_part, parts)) or _("Hai bản giống nhau."))


def _part(change: PartChange) -> str:
    count = _("{n} chỗ").format(n=changes(change.runs))
    return f"{change.label} ({count}):\n" + "".join(_MARKS[run.kind].format(run.text) for run in change.runs)


def _series(arguments: argparse.Namespace, desk: Desk) -> Answer:
    if arguments.mode:
        pairs = dict(_pair(text) for text in arguments.table)
        return _told_series(papers.save_series(desk, arguments.mode, pairs)[0])
    return _told_series(papers.series(desk))


def _told_series(found: Series) -> Answer:
    return Answer({"mode": found.mode, "series": {kind.value: found.of(kind) for kind in LetterKind}})


def _pair(text: str) -> tuple[str, str]:
    kind, mark, name = text.partition("=")
    if not mark:
        raise UserError("series_kind", field="series", kind=text)
    return kind, name


def _gaps(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = papers.gaps(desk, arguments.year)
    lines = [
        f"{each.year}  {papers.series_name(each.series)}  01–{each.last:02d}  "
        + (_("thiếu {numbers}").format(numbers=ranges_text(each.missing)) if each.missing else _("đủ"))
        for each in found
    ]
    return Answer(
        [{**plain(each), "count": each.count} for each in found], "\n".join(lines) or _("Chưa cấp số nào.")
    )


def _register(arguments: argparse.Namespace, desk: Desk) -> Answer:
    year = vn_day(desk.now()).year if arguments.year is None else arguments.year
    found = papers.register(desk, year, arguments.series)
    if arguments.pdf:
        data = papers.register_pdf(desk, year, arguments.series)
        try:
            Path(arguments.pdf).write_bytes(data)
        except OSError as error:
            raise OutsideError("file_unwritable", field="pdf", path=arguments.pdf) from error
    lines = [
        "\t".join(columns()),
        *("\t".join(" ".join(cell.split()) for cell in cells(row)) for row in found.rows),
    ]
    return Answer(found, "\n".join(lines))
