"""``spokesdesk portal agencies|devices|quota|export|erase|acts|check|backup|restore``: for who looks after a portal."""

import argparse
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Engine

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.server import administering, backup, buckets, checking, logins, opening, sweeping, takingout
from spokesdesk.server.database import in_transaction
from spokesdesk.server.files import FileStore
from spokesdesk.server.portal import utc_now

Told = dict[str, object]
_SIZE = re.compile(r"(\d{1,9})\s*([MGT])B?", re.IGNORECASE)
_UNITS = {"M": 1024**2, "G": 1024**3, "T": 1024**4}
_FOUND = {
    "chain_broken": _("chuỗi đứt ở mục"),
    "body_altered": _("nội dung bị đổi ở mục"),
    "counter_wrong": _("bộ đếm không khớp sau mục"),
    "file_missing": _("thiếu tệp"),
    "file_altered": _("tệp bị đổi"),
}
_ACTS = {
    "enrol": _("cấp mã ghi danh"),
    "revoke": _("thu hồi thiết bị"),
    "login": _("cấp hoặc bỏ tài khoản"),
    "quota": _("đổi dung lượng"),
    "export": _("xuất dữ liệu"),
    "erase": _("xóa dữ liệu"),
    "sweep": _("bỏ tệp thừa"),
    "backup": _("sao lưu"),
    "restore": _("khôi phục"),
    "journalist_verified": _("xác minh tài khoản nhà báo"),
    "journalist_refused": _("không chấp nhận tài khoản nhà báo"),
    "journalist_blocked": _("khóa tài khoản nhà báo"),
    "journalist_pending": _("đưa tài khoản nhà báo về chờ xác minh"),
    "journalist_passphrase": _("cấp lại cụm mật khẩu nhà báo"),
}


def add_parsers(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands to those of the portal."""

    def add(name: str, said: str, run: Callable[[argparse.Namespace], Told]) -> Any:
        made = commands.add_parser(name, parents=[common], help=said)
        made.set_defaults(run=run)
        return made

    add("agencies", _("các cơ quan và phần của họ trên cổng"), _agencies)
    devices = add("devices", _("các thiết bị đã ghi danh"), _devices)
    devices.add_argument("--agency", default="", metavar=_("TÊN"), help=_("chỉ của cơ quan này"))
    quota = add("quota", _("đặt dung lượng tệp cho một cơ quan"), _quota)
    quota.add_argument("--agency", required=True, metavar=_("TÊN"), help=_("tên cơ quan"))
    quota.add_argument("size", metavar=_("CỠ"), help=_("như 500M, 20G, 1T"))
    export = add("export", _("xuất mọi thứ cổng giữ của một cơ quan"), _export)
    export.add_argument("--agency", required=True, metavar=_("TÊN"), help=_("tên cơ quan"))
    export.add_argument("--to", type=Path, required=True, metavar="DIR", help=_("thư mục mới"))
    erase = add("erase", _("xóa hẳn mọi thứ cổng giữ của một cơ quan"), _erase)
    erase.add_argument("--agency", required=True, metavar=_("TÊN"), help=_("tên cơ quan"))
    erase.add_argument("--confirm", default="", metavar=_("TÊN"), help=_("ghi lại đúng tên cơ quan"))
    login = add("login", _("cấp tài khoản để máy của cơ quan đăng nhập bằng trình duyệt"), _login)
    login.add_argument("--agency", default="", metavar=_("TÊN"), help=_("tên cơ quan"))
    login.add_argument("--end", action="store_true", help=_("bỏ tài khoản này"))
    login.add_argument("login", metavar=_("TÀI-KHOẢN"), help=_("tên tài khoản"))
    add("acts", _("những việc quản trị đã làm"), _acts)
    add("check", _("kiểm tra chuỗi của mọi sổ và mọi tệp"), _check)
    _add_sweep(add)
    copy = add("backup", _("sao lưu cơ sở dữ liệu và tệp, cổng vẫn chạy"), _backup)
    copy.add_argument("--to", type=Path, required=True, metavar="DIR", help=_("thư mục chứa các bản sao"))
    copy.add_argument("--keep", type=int, default=0, metavar="N", help=_("giữ bao nhiêu bản; 0: tất cả"))
    back = add("restore", _("dựng lại cổng từ một bản sao, vào thư mục trống"), _restore)
    back.add_argument(
        "--from",
        dest="copy",
        type=Path,
        required=True,
        metavar="FILE",
        help=_("tệp portal-….json của bản sao"),
    )


def _add_sweep(add: Callable[..., Any]) -> None:
    sweep = add("sweep", _("bỏ những tệp không sổ nào và không bản sao lưu nào còn giữ"), _sweep)
    sweep.add_argument(
        "--backups",
        type=Path,
        action="append",
        required=True,
        metavar="DIR",
        help=_("thư mục các bản sao lưu"),
    )
    sweep.add_argument(
        "--days", type=int, default=sweeping.KEPT_DAYS, metavar="N", help=_("đã nằm đó quá bao nhiêu ngày")
    )
    sweep.add_argument("--dry-run", action="store_true", help=_("chỉ xem, không bỏ"))


@contextmanager
def _opened(arguments: argparse.Namespace) -> Iterator[tuple[Engine, FileStore]]:
    engine = opening.open_at(arguments.data, arguments.database)
    store = buckets.store_at(arguments.data)
    try:
        store.prepare()
        yield engine, store
    finally:
        engine.dispose()


def _login(arguments: argparse.Namespace) -> Told:
    login, agency, now = arguments.login, arguments.agency, utc_now()
    with _opened(arguments) as (engine, _store):
        if arguments.end:
            if not logins.end_login(engine, login):
                raise UserError("login_missing", field="login")
            _note_login(engine, "", login, now)
            return {"login": login, "ended": True, "text": _("Đã bỏ tài khoản {login}.").format(login=login)}
        secret = logins.make_login(engine, agency, login, now)
        _note_login(engine, agency, login, now)
    said = _("Tài khoản {login} của {agency}, mật khẩu: {secret}\nMật khẩu chỉ hiện lần này.")
    return {
        "login": login,
        "secret": secret,
        "text": said.format(login=login, agency=agency, secret=secret),
    }


def _note_login(engine: Engine, agency: str, login: str, now: datetime) -> None:
    told: dict[str, object] = {"login": login}
    in_transaction(engine, lambda connection: administering.note(connection, "login", agency, now, told))


def _agencies(arguments: argparse.Namespace) -> Told:
    with _opened(arguments) as (engine, _store):
        found = administering.agencies(engine)
    line = _(
        "{name}: {releases} bài công khai, {records} bản ghi, {devices} thiết bị, {conflicts} chỗ khác nhau; "
        "tệp {used}/{quota}; cập nhật {moved}"
    )
    lines = [
        line.format(
            name=one.name,
            releases=one.releases,
            records=one.records,
            devices=one.devices,
            conflicts=one.conflicts,
            used=_size(one.used),
            quota=_size(one.quota),
            moved=_moment(one.moved_at),
        )
        for one in found
    ]
    return {
        "agencies": [_plain(one) for one in found],
        "text": "\n".join(lines) or _("Chưa có cơ quan nào."),
    }


def _devices(arguments: argparse.Namespace) -> Told:
    with _opened(arguments) as (engine, _store):
        found = administering.machines(engine, arguments.agency)
    line = _("{id}  {agency}  {name}  ghi danh {enrolled}, gửi {operations}, lần cuối {last}{revoked}")
    lines = [
        line.format(
            id=one.id,
            agency=one.agency,
            name=one.name or "–",
            enrolled=_moment(one.enrolled_at),
            operations=one.operations,
            last=_moment(one.last_at),
            revoked=_(", đã thu hồi {at}").format(at=_moment(one.revoked_at)) if one.revoked_at else "",
        )
        for one in found
    ]
    return {
        "devices": [_plain(one) for one in found],
        "text": "\n".join(lines) or _("Chưa có thiết bị nào."),
    }


def _quota(arguments: argparse.Namespace) -> Told:
    form = _SIZE.fullmatch(arguments.size.strip())
    if form is None:
        raise UserError("quota_form", field="quota", size=arguments.size[:40])
    size = int(form[1]) * _UNITS[form[2].upper()]
    with _opened(arguments) as (engine, _store):
        before = administering.set_quota(engine, arguments.agency, size, utc_now())
    text = _("{agency}: dung lượng tệp từ {before} thành {after}.").format(
        agency=arguments.agency, before=_size(before), after=_size(size)
    )
    return {"agency": arguments.agency, "before": before, "after": size, "text": text}


def _export(arguments: argparse.Namespace) -> Told:
    with _opened(arguments) as (engine, store):
        counts = takingout.export(engine, store, arguments.agency, arguments.to, utc_now())
    text = _("Đã xuất {rows} dòng và {files} tệp vào {folder}.").format(
        rows=sum(counts.values()) - counts["files"], files=counts["files"], folder=arguments.to
    )
    return {"counts": counts, "text": text}


def _erase(arguments: argparse.Namespace) -> Told:
    with _opened(arguments) as (engine, store):
        counts = takingout.erase(engine, store, arguments.agency, arguments.confirm, utc_now())
    text = _(
        "Đã xóa {agency} khỏi cổng: {rows} dòng, {files} tệp. Các bản sao lưu cũ vẫn còn cho đến khi hết hạn giữ."
    )
    rows = sum(counts.values()) - counts["files"]
    said = text.format(agency=arguments.agency, rows=rows, files=counts["files"])
    return {"counts": counts, "text": said}


def _acts(arguments: argparse.Namespace) -> Told:
    with _opened(arguments) as (engine, _store):
        found = administering.acts(engine)
    lines = [
        f"{_moment(one.at)}  {one.by}  {_ACTS.get(one.act, one.act)}  {one.agency}".rstrip() for one in found
    ]
    return {"acts": [_plain(one) for one in found], "text": "\n".join(lines) or _("Chưa có việc nào.")}


def _check(arguments: argparse.Namespace) -> Told:
    with _opened(arguments) as (engine, store):
        found = checking.check(engine, store)
    lines = [f"{one.agency}: {_FOUND[one.what]} {one.where}" for one in found.findings]
    lines.append(
        _("Đã xem {journals} sổ, {entries} mục, {files} tệp: {n} sai lệch.").format(
            journals=found.journals, entries=found.entries, files=found.files, n=len(found.findings)
        )
    )
    return {**_plain(found), "exit": 8 if found.findings else 0, "text": "\n".join(lines)}


def _sweep(arguments: argparse.Namespace) -> Told:
    with _opened(arguments) as (engine, store):
        found = sweeping.sweep(
            engine, store, arguments.backups, utc_now(), arguments.days, dry=arguments.dry_run
        )
    said = (
        _("Sẽ bỏ {n} tệp ({size}). Còn giữ: {young} tệp chưa đủ ngày, {backed} tệp có trong bản sao lưu.")
        if arguments.dry_run
        else _(
            "Đã bỏ {n} tệp ({size}). Còn giữ: {young} tệp chưa đủ ngày, {backed} tệp có trong bản sao lưu."
        )
    )
    size = _size(found.bytes)
    text = said.format(n=len(found.files), size=size, young=found.young, backed=found.backed)
    return {**_plain(found), "text": text}


def _backup(arguments: argparse.Namespace) -> Told:
    if not 0 <= arguments.keep <= 10_000:
        raise UserError("keep_range", field="keep")
    with _opened(arguments) as (engine, store):
        made = backup.back_up(engine, store, arguments.to, utc_now(), arguments.keep)
    text = _("Đã sao lưu: {manifest} ({size}, {files} tệp).").format(
        manifest=made.manifest, size=_size(made.size), files=made.files
    )
    if made.missing:
        text += "\n" + _(
            "Thiếu hoặc hỏng {n} tệp trên đĩa của cổng; hãy chạy “portal check” để biết tệp nào."
        ).format(n=len(made.missing))
    return {**_plain(made), "exit": 8 if made.missing else 0, "text": text}


def _restore(arguments: argparse.Namespace) -> Told:
    count = backup.restore(arguments.copy, arguments.data, arguments.database, utc_now())
    text = _("Đã dựng lại cổng với {count} sổ. Các máy sẽ tự đối chiếu và gửi lại phần còn thiếu.")
    return {"journals": count, "text": text.format(count=count)}


def _plain(one: Any) -> Told:
    return {name: _value(value) for name, value in asdict(one).items()}


def _value(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_value(item) for item in value]
    return value if isinstance(value, str | int | float | dict | None) else str(value)


def _moment(at: datetime | None) -> str:
    return to_vn(at).strftime("%d/%m/%Y %H:%M") if at else _("chưa có")


def _size(size: int) -> str:
    for unit, name in ((1024**3, "GB"), (1024**2, "MB")):
        if size >= unit:
            return f"{size / unit:.1f}".replace(".", ",").removesuffix(",0") + f" {name}"
    return f"{size // 1024} kB"
