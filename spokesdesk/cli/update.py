"""`update check|get|apply|back|from`: new versions of the program, verified by the publisher's signatures."""

import argparse
import sys
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.updates import Channel, UpdateState


def add_parser(commands: Any) -> None:
    """Add the commands."""
    update = commands.add_parser("update", help=_("tìm, tải, dùng bản mới của chương trình"))
    nouns = update.add_subparsers(required=True, metavar="check|get|apply|back|from|set")
    nouns.add_parser("check", help=_("có bản mới không")).set_defaults(run=_check)
    nouns.add_parser("get", help=_("tải bản mới về, đặt cạnh bản đang dùng")).set_defaults(run=_get)
    nouns.add_parser("apply", help=_("từ lần mở sau dùng bản đã tải")).set_defaults(run=_apply)
    nouns.add_parser("back", help=_("từ lần mở sau dùng lại bản trước")).set_defaults(run=_back)
    stick = nouns.add_parser("from", help=_("tải và dùng bản mới từ thẻ nhớ, thư mục; không cần mạng"))
    stick.add_argument("folder", type=Path, metavar=_("THƯ-MỤC"), help=_("chứa metadata và targets"))
    stick.set_defaults(run=_from)
    wishes = nouns.add_parser("set", help=_("kênh, địa chỉ, proxy để tìm bản mới"))
    wishes.add_argument(
        "--channel", choices=[channel.value for channel in Channel], help=_("stable, hoặc trial: bản thử")
    )
    wishes.add_argument("--address", metavar="URL", help=_("nơi có bản mới; để trống: nơi phát hành"))
    wishes.add_argument(
        "--proxy", metavar="URL", help=_("máy chủ trung gian, dùng cả khi lấy tin; để trống: theo hệ thống")
    )
    wishes.add_argument("--auto", choices=["on", "off"], help=_("tự tìm bản mới mỗi ngày"))
    wishes.set_defaults(run=_set)


def _check(_arguments: argparse.Namespace) -> Answer:
    from spokesdesk import bootstrap
    from spokesdesk.services import updates

    return _told(updates.check(bootstrap.updates(), bootstrap.machine_settings()))


def _get(_arguments: argparse.Namespace) -> Answer:
    from spokesdesk import bootstrap
    from spokesdesk.services import updates

    return _told(updates.get(bootstrap.updates(), bootstrap.machine_settings(), _progress))


def _apply(_arguments: argparse.Namespace) -> Answer:
    from spokesdesk import bootstrap
    from spokesdesk.services import updates

    return _told(updates.apply(bootstrap.updates(), bootstrap.machine_settings()))


def _back(_arguments: argparse.Namespace) -> Answer:
    from spokesdesk import bootstrap
    from spokesdesk.services import updates

    return _told(updates.go_back(bootstrap.updates(), bootstrap.machine_settings()))


def _from(arguments: argparse.Namespace) -> Answer:
    from spokesdesk import bootstrap
    from spokesdesk.services import updates

    machine, settings = bootstrap.updates(), bootstrap.machine_settings()
    updates.get(machine, settings, _progress, place=arguments.folder)
    return _told(updates.apply(machine, settings))


def _set(arguments: argparse.Namespace) -> Answer:
    from spokesdesk import bootstrap
    from spokesdesk.services import updates

    settings = bootstrap.machine_settings()
    kept = updates.wishes(settings)
    wanted = updates.Wishes(
        Channel(arguments.channel) if arguments.channel else kept.channel,
        kept.address if arguments.address is None else arguments.address,
        kept.proxy if arguments.proxy is None else arguments.proxy,
        kept.looks_by_itself if arguments.auto is None else arguments.auto == "on",
    )
    made = updates.set_wishes(settings, wanted)
    lines = (
        _("Kênh: {channel}").format(channel=made.channel.value),
        _("Địa chỉ: {address}").format(address=made.address or _("nơi phát hành")),
        _("Proxy: {proxy}").format(proxy=made.proxy or _("theo hệ thống")),
        _("Tự tìm mỗi ngày: {auto}").format(auto=_("có") if made.looks_by_itself else _("không")),
    )
    return Answer(made, "\n".join(lines))


def _progress(done: int, total: int) -> None:
    """Show how far it is, where somebody watches."""
    if sys.stderr.isatty():
        print(
            f"\r{done * 100 // max(total, 1):3} %",
            end="\n" if done >= total else "",
            file=sys.stderr,
            flush=True,
        )


def _told(known: UpdateState) -> Answer:
    lines = [_("Đang chạy bản {version}.").format(version=known.build.version)]
    if known.offer is not None:
        lines.append(
            _("Có bản mới {version} ({size} MB):").format(
                version=known.offer.version, size=max(1, known.offer.size // 1_000_000)
            )
        )
        lines += [f"  – {line}" for line in known.offer.changes]
    elif not (known.beside or known.ready):
        lines.append(_("Không có bản nào mới hơn."))
    if known.beside:
        lines.append(
            _("Bản {version} đã tải về; “update apply” để dùng từ lần mở sau.").format(version=known.beside)
        )
    if known.ready:
        lines.append(_("Từ lần mở sau dùng bản {version}.").format(version=known.ready))
    if known.before:
        lines.append(_("Giữ lại bản {version} để quay về khi cần.").format(version=known.before))
    if known.offer is not None and known.build.kind == "deb":
        lines.append(_("Bản này cài bằng gói Debian: cập nhật bằng apt."))
    return Answer(known, "\n".join(lines))
