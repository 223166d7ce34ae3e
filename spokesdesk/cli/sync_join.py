"""`sync join ask|waiting|vouch|enter|forget`: a desk without any network joins the agency's journal by a stick."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.sync_carry import came_lines
from spokesdesk.cli.who import add_workspace
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.services import sync
from spokesdesk.services.ports import Desk


def add_parser(parts: Any) -> None:
    """Add `join` to `sync`."""
    join = parts.add_parser("join", help=_("máy không có mạng xin vào sổ chung bằng thẻ nhớ"))
    ways = join.add_subparsers(metavar=_("VIỆC"), required=True)
    asks = _way(ways, "ask", _("ghi yêu cầu vào sổ lên thẻ, ở máy không có mạng"), _ask)
    asks.add_argument("--code", required=True, metavar="CODE", help=_("mã ghi danh do cổng cấp"))
    asks.add_argument(
        "--anew", action="store_true", help=_("như một máy mới, khi quyền của máy này đã bị thu hồi")
    )
    _way(ways, "waiting", _("những yêu cầu vào sổ có trên thẻ"), _waiting)
    vouched = _way(ways, "vouch", _("đón một máy vào sổ, ở máy đang nối với cổng"), _vouch)
    vouched.add_argument("--code", required=True, metavar="CODE", help=_("mã ghi danh đã gõ ở máy mới"))
    vouched.add_argument(
        "--check", required=True, metavar="0000-…", help=_("mã đối chiếu, đọc từ màn hình của máy mới")
    )
    _way(ways, "enter", _("vào sổ bằng giấy đón trên thẻ, ở máy không có mạng"), _enter)
    forgotten = ways.add_parser("forget", help=_("bỏ yêu cầu vào sổ đang chờ"))
    add_workspace(forgotten)
    forgotten.set_defaults(run=_forget)


def _way(ways: Any, name: str, said: str, run: Any) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = ways.add_parser(name, help=said)
    add_workspace(made)
    made.add_argument("folder", type=Path, metavar=_("THƯ-MỤC"), help=_("trên thẻ nhớ, hoặc dùng chung"))
    made.set_defaults(run=run)
    return made


def _ask(arguments: argparse.Namespace, desk: Desk) -> Answer:
    made, _changes = sync.ask_to_join(desk, arguments.folder, arguments.code, anew=arguments.anew)
    lines = (
        _("Đã ghi yêu cầu vào sổ. Mã đối chiếu: {check}").format(check=made.check),
        _("Mang thẻ tới máy của cơ quan đang nối với cổng; người quản trị ở đó so mã này rồi đón máy."),
    )
    return Answer(plain(made), "\n".join(lines))


def _waiting(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = sync.waiting_asks(desk, arguments.folder)
    value = [plain(one) | {"fault": one.fault.code if one.fault else ""} for one in found]
    return Answer(value, "\n".join(line for one in found for line in _lines(one)))


def _lines(one: sync.WaitingAsk) -> list[str]:
    if not one.check:
        return [word(one.fault)] if one.fault else []
    at = f"{to_vn(one.at):%H:%M %d/%m/%Y}" if one.at else "—"
    said = _("{check}  {name} – {agency}, ghi lúc {at}").format(
        check=one.check, name=one.name or _("(không có tên)"), agency=one.agency, at=at
    )
    more = [_("    Đã ở trong sổ; đón lại thì ghi giấy đón khác.")] if one.is_known else []
    return [said, *more, *([f"    {word(one.fault)}"] if one.fault else [])]


def _vouch(arguments: argparse.Namespace, desk: Desk) -> Answer:
    made, _changes = sync.vouch(desk, arguments.folder, arguments.check, arguments.code)
    lines = [_("Đã đón máy mới: giấy đón và sổ chung nằm trên thẻ, kèm {n} tệp.").format(n=made.files)]
    if made.left_out:
        lines.append(_("Còn {n} tệp chưa ghi được vì thiếu chỗ hoặc không đọc được.").format(n=made.left_out))
    lines.append(_("Mang thẻ về máy mới và vào sổ ở đó."))
    return Answer(plain(made) | {"fault": ""}, "\n".join(lines))


def _enter(arguments: argparse.Namespace, desk: Desk) -> Answer:
    told = sync.invitation(desk, arguments.folder)
    found, _changes = sync.enter(desk, arguments.folder)
    faults = [one.fault for one in found if one.fault is not None]
    mark = sync.key_state(desk).mark
    lines = [
        _("Đã vào sổ chung của {agency}; máy đón: {by}.").format(agency=told.agency, by=told.by),
        *came_lines(found),
    ]
    if mark:
        lines.append(_("Mã của khóa cơ quan: {mark}, phải giống ở máy đã đón.").format(mark=mark))
    came = [plain(one) | {"fault": one.fault.code if one.fault else ""} for one in found]
    value = {"agency": told.agency, "by": told.by, "portal": told.portal, "mark": mark, "came": came}
    return Answer(value, "\n".join(lines), faults[0].exit_code if faults else 0)


def _forget(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    sync.forget_ask(desk)
    return Answer({}, _("Máy này không còn xin vào sổ; giấy đón mang tới sau sẽ không được nhận."))
