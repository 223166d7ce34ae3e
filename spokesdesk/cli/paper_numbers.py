"""`paper holding|hand-over|lend|take|give-back|slip|yield|…|renumber`: number series between desks."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.files import write_whole
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.holding import Holding, Span
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.register import mark
from spokesdesk.services import holdings, papers
from spokesdesk.services.ports import Desk
from spokesdesk.services.series_slips import MOST_BYTES

VERBS = "holding|hand-over|lend|take|give-back|slip|yield|reclaim|doubled|renumber"


def add_numbers(nouns: Any) -> None:
    """Add the commands to ``paper``."""
    _one(nouns, "holding", _holding, _("mã bàn làm việc này và ai giữ từng sổ số"))
    over = _one(nouns, "hand-over", _hand_over, _("bàn giao một sổ số cho máy khác"))
    lend = _one(nouns, "lend", _lend, _("cho máy khác mượn một khối số"))
    for parser in (over, lend):
        parser.add_argument("series", help=_("tên sổ số như lệnh paper holding ghi"))
        parser.add_argument("--to", required=True, metavar=_("MÃ"), help=_("mã bàn làm việc của máy nhận"))
        parser.add_argument("--name", required=True, metavar=_("TÊN"), help=_("tên gọi máy nhận"))
    lend.add_argument("--count", type=int, required=True, metavar="N")
    back = _one(nouns, "give-back", _give_back, _("trả khối số đã mượn"))
    back.add_argument("series")
    for parser in (over, lend, back):
        parser.add_argument("--out", type=Path, required=True, metavar="OUT.banso")
    take = _one(nouns, "take", _take, _("nhận tệp bàn giao, cho mượn hoặc trả số"))
    take.add_argument("file", type=Path, metavar="FILE.banso")
    take.add_argument("--from", dest="sender", default="", metavar=_("MÃ"), help=_("mã của máy đã lập tệp"))
    again = _one(nouns, "slip", _slip, _("ghi lại tệp của một lần bàn giao, cho mượn hoặc trả số"))
    again.add_argument("id", help=_("mã việc như lệnh paper holding --json ghi"))
    again.add_argument("--out", type=Path, required=True, metavar="OUT.banso")
    yields = _one(nouns, "yield", _yield, _("ghi nhận sổ số do máy khác giữ"))
    yields.add_argument("series")
    yields.add_argument("--name", required=True, metavar=_("TÊN"), help=_("máy hoặc người giữ sổ số"))
    reclaim = _one(nouns, "reclaim", _reclaim, _("giữ lại sổ số khi máy kia không còn (quản trị)"))
    reclaim.add_argument("series")
    reclaim.add_argument("--reason", required=True, metavar="TEXT")
    _one(nouns, "doubled", _doubled, _("các số có hơn một văn bản"))
    renumber = _one(nouns, "renumber", _renumber, _("đổi số của văn bản chưa phát hành"))
    renumber.add_argument("id")
    renumber.add_argument("--number", type=int, metavar="N", help=_("mặc định: số tiếp theo của năm"))
    renumber.add_argument("--reason", required=True, metavar="TEXT")


def _one(nouns: Any, name: str, act: Any, told: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = nouns.add_parser(name, help=told)
    add_workspace(parser)
    parser.set_defaults(run=act)
    return parser


def _holding(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    code, found = holdings.own_code(desk), holdings.standings(desk)
    lines = [_("Mã bàn làm việc này: {code}").format(code=code), *map(standing_line, found)]
    value = {"code": code, "series": found, "entries": holdings.entries(desk)}
    return Answer(value, "\n".join(lines))


def standing_line(found: Holding) -> str:
    """Say how this desk stands with a series, on one line."""
    where = _("máy này giữ") if found.holds else _("do {name} giữ").format(name=found.holder.name)
    since = f" ({to_vn(found.since):%d/%m/%Y %H:%M})" if found.since else ""
    parts = [f"{found.series}  {papers.series_name(found.series)}: {where}{since}"]
    parts += [
        _("cho {name} mượn {span}").format(name=one.desk.name, span=_said(one.span)) for one in found.lent
    ]
    parts += [
        _("mượn của {name} {span}").format(name=one.desk.name, span=_said(one.span)) for one in found.borrowed
    ]
    return "; ".join(parts)


def _hand_over(arguments: argparse.Namespace, desk: Desk) -> Answer:
    _writable(arguments.out)
    series = holdings.series_named(desk, arguments.series)
    data, _changes = holdings.hand_over(desk, series, arguments.to, arguments.name)
    write_whole(arguments.out, data, "out")
    return Answer({"out": arguments.out, "series": series})


def _lend(arguments: argparse.Namespace, desk: Desk) -> Answer:
    _writable(arguments.out)
    series = holdings.series_named(desk, arguments.series)
    data, span, _changes = holdings.lend(desk, series, arguments.count, arguments.to, arguments.name)
    write_whole(arguments.out, data, "out")
    return Answer({"out": arguments.out, "series": series, "block": span})


def _give_back(arguments: argparse.Namespace, desk: Desk) -> Answer:
    _writable(arguments.out)
    series = holdings.series_named(desk, arguments.series)
    borrowed = holdings.standing_of_desk(desk, series).borrowed
    if not borrowed:
        raise ConflictError("block_not_here")
    data, unused, _changes = holdings.give_back(desk, borrowed[0], series)
    write_whole(arguments.out, data, "out")
    return Answer({"out": arguments.out, "series": series, "unused": unused})


def _take(arguments: argparse.Namespace, desk: Desk) -> Answer:
    try:
        if arguments.file.stat().st_size > MOST_BYTES:
            raise UserError("slip_unreadable", field="file")
        data = arguments.file.read_bytes()
    except OSError as error:
        raise UserError("file_unreadable", field="file", path=arguments.file) from error
    received, _changes = holdings.take(desk, data, arguments.sender)
    value = {"kind": received.slip.kind, "series": received.slip.series, "from": received.slip.sender}
    lines = [standing_line(received.standing)]
    lines += [_("Số trả lại chưa dùng: {span}").format(span=_said(span)) for span in received.unused]
    return Answer({**value, "block": received.slip.span, "unused": received.unused}, "\n".join(lines))


def _slip(arguments: argparse.Namespace, desk: Desk) -> Answer:
    write_whole(arguments.out, holdings.slip_again(desk, record_id(arguments.id)), "out")
    return Answer({"out": arguments.out})


def _yield(arguments: argparse.Namespace, desk: Desk) -> Answer:
    series = holdings.series_named(desk, arguments.series)
    holdings.yield_series(desk, series, arguments.name)
    return _standing(desk, series)


def _reclaim(arguments: argparse.Namespace, desk: Desk) -> Answer:
    series = holdings.series_named(desk, arguments.series)
    holdings.reclaim(desk, series, arguments.reason)
    return _standing(desk, series)


def _standing(desk: Desk, series: str) -> Answer:
    found = holdings.standing_of_desk(desk, series)
    return Answer(found, standing_line(found))


def _doubled(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = papers.doubled(desk)
    lines = []
    for one in found:
        twins = "; ".join(f"{twin.id or '–'} {twin.title}" for twin in one.twins)
        said = _("{id}  {mark}  {title}  trùng với {twins}")
        lines.append(said.format(id=one.paper.id, mark=mark(one.paper), title=one.paper.title, twins=twins))
    value = [
        {"id": one.paper.id, "number": one.paper.number, "title": one.paper.title, "twins": plain(one.twins)}
        for one in found
    ]
    return Answer(value, "\n".join(lines) or _("Không có số nào trùng."))


def _renumber(arguments: argparse.Namespace, desk: Desk) -> Answer:
    made, _changes = papers.renumber(desk, record_id(arguments.id), arguments.number, arguments.reason)
    return Answer({"id": made.id, "state": made.state, "number": made.number}, mark(made))


def _said(span: Span) -> str:
    return f"{span.first:02d}–{span.last:02d}/{span.year}"


def _writable(out: Path) -> None:
    """Check the folder before anything is written into the journal: a file given out cannot be made twice."""
    if not out.parent.is_dir():
        raise UserError("file_unreadable", field="out", path=str(out))
