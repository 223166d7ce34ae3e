"""`sync carry out|in`: changes and files by hand, through another desk of the agency."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.who import add_workspace
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.services import sync
from spokesdesk.services.ports import Desk


def add_parser(parts: Any) -> None:
    """Add `carry` to `sync`."""
    carry = parts.add_parser("carry", help=_("mang đi, nhận về bằng thẻ nhớ hay thư mục dùng chung"))
    ways = carry.add_subparsers(metavar=_("VIỆC"), required=True)
    out = ways.add_parser("out", help=_("ghi những gì cần mang sang máy khác"))
    add_workspace(out)
    out.add_argument("folder", type=Path, metavar=_("THƯ-MỤC"), help=_("trên thẻ nhớ, hoặc dùng chung"))
    out.set_defaults(run=_out)
    taken = ways.add_parser("in", help=_("nhận những gì máy khác đã ghi"))
    add_workspace(taken)
    taken.add_argument("folder", type=Path, metavar=_("THƯ-MỤC"), help=_("trên thẻ nhớ, hoặc dùng chung"))
    taken.set_defaults(run=_in)


def _out(arguments: argparse.Namespace, desk: Desk) -> Answer:
    made, _changes = sync.carry_out(desk, arguments.folder)
    lines = [
        _(
            "Đã ghi: {own} thay đổi của máy này, {others} của máy khác, {entries} mục sổ chung, {files} tệp."
        ).format(own=made.own, others=made.others, entries=made.entries, files=made.files),
        _("Máy đọc được: {names}.").format(names=", ".join(made.readers)),
    ]
    if made.left_out:
        lines.append(_("Còn {n} tệp chưa ghi được vì thiếu chỗ hoặc không đọc được.").format(n=made.left_out))
    if made.fault is not None:
        said = _("Chưa ghi được toàn bộ sổ cho {names}: {why}")
        lines.append(said.format(names=", ".join(made.behind), why=word(made.fault)))
    value = plain(made) | {"fault": made.fault.code if made.fault else ""}
    return Answer(value, "\n".join(lines), made.fault.exit_code if made.fault else 0)


def _in(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found, _changes = sync.carry_in(desk, arguments.folder)
    lines = came_lines(found)
    faults = [one.fault for one in found if one.fault is not None]
    value = [plain(one) | {"fault": one.fault.code if one.fault else ""} for one in found]
    return Answer(value, "\n".join(lines), faults[0].exit_code if faults else 0)


def came_lines(found: Sequence[sync.CarriedFrom]) -> list[str]:
    """Say what came from each desk."""
    return [line for one in found for line in _lines(one)]


def _lines(one: sync.CarriedFrom) -> list[str]:
    said = _(
        "{name} ({at}): nhận {taken} thay đổi để chuyển tiếp, {received} mục sổ chung, {files} tệp; "
        "cổng đã có {echoed} thay đổi của máy này, không nhận {refused}."
    )
    at = f"{to_vn(one.at):%H:%M %d/%m/%Y}" if one.at else "—"
    name = one.name or _("máy chưa rõ")
    numbers = dict(
        taken=one.taken, received=one.received, files=one.files, echoed=one.echoed, refused=one.refused
    )
    return [said.format(name=name, at=at, **numbers), *([word(one.fault)] if one.fault is not None else [])]
