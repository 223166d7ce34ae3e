"""`sync places`: other places that publish releases, and what is on its way there."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.who import add_workspace
from spokesdesk.domain.elsewhere import Delivery, ElsewhereKind, ElsewherePlace
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.services import sync
from spokesdesk.services.ports import Desk

PASSWORD = "SPOKESDESK_SITE_PASSWORD"
STATES = {
    "queued": _("chờ gửi"),
    "sent": _("đã gửi, chờ biên nhận"),
    "accepted": _("đã nhận, chờ đăng"),
    "published": _("đã đăng"),
    "withdrawn": _("đã gỡ"),
    "quarantined": _("không nhận"),
}


def add_parser(parts: Any) -> None:
    """Add the command."""
    places = parts.add_parser("places", help=_("nơi công bố khác: thư mục thả, trang WordPress"))
    add_workspace(places, has_parts=True)
    places.set_defaults(run=_list)
    acts = places.add_subparsers(metavar=_("VIỆC"))
    folder = acts.add_parser("add-folder", help=_("thêm một thư mục mà phần mềm của trang khác đến lấy bài"))
    _named(folder)
    folder.add_argument("--folder", required=True, metavar="DIR", help=_("thư mục đang có, đủ đường dẫn"))
    folder.set_defaults(run=_add_folder)
    site = acts.add_parser(
        "add-wordpress",
        help=_("thêm một trang WordPress"),
        epilog=_("Mật khẩu ứng dụng đọc từ biến môi trường {name}, không có thì hỏi ở dòng nhập.").format(
            name=PASSWORD
        ),
    )
    _named(site)
    site.add_argument("--url", required=True, metavar="URL", help=_("địa chỉ trang, https://…"))
    site.add_argument("--account", required=True, metavar=_("TÊN"), help=_("tên người dùng trên trang"))
    site.set_defaults(run=_add_site)
    gone = acts.add_parser("remove", help=_("thôi gửi tới một nơi; bài đã đăng ở đó vẫn còn"))
    add_workspace(gone)
    gone.add_argument("name", metavar=_("TÊN"))
    gone.set_defaults(run=_remove)
    send = acts.add_parser("deliver", help=_("gửi những gì đang chờ và đọc biên nhận"))
    add_workspace(send)
    send.set_defaults(run=_deliver)
    again = acts.add_parser("retry", help=_("gửi lại bài mà một nơi không nhận"))
    add_workspace(again)
    again.add_argument("name", metavar=_("TÊN"))
    again.add_argument("paper", metavar=_("MÃ"), help=_("mã văn bản, hoặc vài ký tự đầu"))
    again.set_defaults(run=_retry)


def _named(parser: argparse.ArgumentParser) -> None:
    add_workspace(parser)
    parser.add_argument("--name", required=True, metavar=_("TÊN"), help=_("tên nơi công bố, tự đặt"))
    parser.add_argument("--earlier", action="store_true", help=_("gửi cả những bài đã phát hành trước đây"))


def _list(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    places, ways = sync.elsewhere(desk)
    lines = [line for place in places for line in _lines(place, ways)]
    value = {"places": [plain(one) for one in places], "deliveries": [plain(one) for one in ways]}
    return Answer(value, "\n".join(lines) or _("Chưa có nơi công bố nào ngoài cổng."))


def _lines(place: ElsewherePlace, ways: tuple[Delivery, ...]) -> list[str]:
    own = [one for one in ways if one.place == place.id]
    return [f"{place.name}  {place.address}", *(f"  {_line(one)}" for one in own)]


def _line(one: Delivery) -> str:
    why = sync.said_reason(one.reason)
    return f"[{STATES[one.state]}] {str(one.record)[:8]} {one.title}  {one.url}{f'– {why}' if why else ''}".rstrip()


def _add_folder(arguments: argparse.Namespace, desk: Desk) -> Answer:
    folder = str(Path(arguments.folder).expanduser())
    return _added(desk, ElsewhereKind.FOLDER, arguments, folder)


def _add_site(arguments: argparse.Namespace, desk: Desk) -> Answer:
    import getpass

    password = os.environ.get(PASSWORD, "")
    if not password:
        ask = _("Mật khẩu ứng dụng: ")
        password = getpass.getpass(ask) if sys.stdin.isatty() else sys.stdin.readline().strip()
    return _added(desk, ElsewhereKind.WORDPRESS, arguments, arguments.url, arguments.account, password)


def _added(
    desk: Desk,
    kind: ElsewhereKind,
    arguments: argparse.Namespace,
    address: str,
    account: str = "",
    password: str = "",
) -> Answer:
    place, _changes = sync.add_elsewhere(
        desk, kind, arguments.name, address, account=account, password=password, earlier=arguments.earlier
    )
    said = _("Đã thêm {name}. Bài phát hành từ nay cũng được gửi tới đó.").format(name=place.name)
    return Answer(plain(place), said)


def _place(desk: Desk, name: str) -> ElsewherePlace:
    for place in sync.elsewhere(desk)[0]:
        if place.name == name:
            return place
    raise UserError("elsewhere_missing", field="name", name=name[:80])


def _remove(arguments: argparse.Namespace, desk: Desk) -> Answer:
    place = _place(desk, arguments.name)
    sync.remove_elsewhere(desk, place.id)
    return Answer(plain(place), _("Đã thôi gửi tới {name}.").format(name=place.name))


def _deliver(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    told, _changes = sync.deliver(desk)
    value = plain(told) | {"faults": {name: fault.code for name, fault in told.faults}}
    lines = [f"{name}: {word(fault)}" for name, fault in told.faults]
    lines.append(
        _("Đã gửi {sent}, đăng {published}, gỡ {withdrawn}, không nhận {refused}.").format(
            sent=told.sent, published=told.published, withdrawn=told.withdrawn, refused=told.refused
        )
    )
    return Answer(value, "\n".join(lines), told.faults[0][1].exit_code if told.faults else 0)


def _retry(arguments: argparse.Namespace, desk: Desk) -> Answer:
    place = _place(desk, arguments.name)
    own = [one for one in sync.elsewhere(desk)[1] if one.place == place.id]
    found = [one for one in own if str(one.record).startswith(arguments.paper)]
    if len(found) != 1:
        raise UserError("record_missing", field="paper", id=arguments.paper[:40])
    sync.retry_elsewhere(desk, place.id, found[0].record)
    return Answer(plain(found[0]), _("Đã xếp lại vào hàng chờ gửi."))
