"""``spokesdesk portal …``: serve, enrol, revoke. Sentences in Vietnamese; ``--json`` for scripts."""

import argparse
import json
import sys
from datetime import timedelta
from pathlib import Path
from typing import NoReturn
from uuid import UUID

from sqlalchemy.engine import Engine

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.usage import in_vietnamese
from spokesdesk.domain.words import word
from spokesdesk.server import (
    accounts,
    admin_commands,
    administering,
    config,
    journalist_commands,
    opening,
    portal,
    restoring,
    serving,
)
from spokesdesk.server.database import in_transaction
from spokesdesk.server.door import deciding


class _Parser(argparse.ArgumentParser):
    """Says in Vietnamese what is wrong with a command line."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(2, f"{_('Lỗi')}: {in_vietnamese(message)}.\n")


def main(argv: list[str]) -> int:
    """Do one portal command.

    Args:
        argv: what follows ``portal`` on the command line.

    Returns:
        The exit code: 0, or that of the error's class.
    """
    try:
        arguments = _parser().parse_args(config.spread(argv))
    except DeskError as error:
        _say_error(error, as_json="--json" in argv)
        return error.exit_code
    try:
        given: dict[str, object] | None = arguments.run(arguments)
    except DeskError as error:
        _say_error(error, as_json=arguments.json)
        return error.exit_code
    if given is not None:
        code = given.pop("exit", 0)
        print(json.dumps(given, ensure_ascii=False) if arguments.json else given["text"])
        return int(str(code))
    return 0


def _say_error(error: DeskError, *, as_json: bool) -> None:
    if as_json:
        said = {"error": error.code, "field": error.field, "message": word(error)}
        print(json.dumps(said, ensure_ascii=False))
    print(word(error), file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="spokesdesk portal",
        description=_("Cổng công bố và đồng bộ: dịch vụ web cho tỉnh hoặc cơ quan."),
        epilog=_("Sau tên lệnh có thể ghi --config TỆP: các tùy chọn lấy từ tệp cấu hình TOML."),
    )
    commands = parser.add_subparsers(required=True, metavar=_("LỆNH"))
    common = _Parser(add_help=False)
    common.add_argument("--data", type=Path, required=True, metavar="DIR", help=_("thư mục dữ liệu của cổng"))
    common.add_argument(
        "--database", default="", metavar="URL", help=_("địa chỉ PostgreSQL; bỏ trống thì dùng SQLite nhúng")
    )
    common.add_argument("--json", action="store_true", help=_("in kết quả dạng JSON"))
    serving.add_parser(commands.add_parser("serve", parents=[common], help=_("chạy cổng")))
    enrol = commands.add_parser("enrol", parents=[common], help=_("cấp mã ghi danh dùng một lần"))
    enrol.add_argument("--agency", required=True, metavar=_("TÊN"), help=_("tên cơ quan"))
    enrol.add_argument("--days", type=int, default=7, metavar="N", help=_("mã có hiệu lực bao nhiêu ngày"))
    enrol.add_argument(
        "--province", action="store_true", help=_("cơ quan này là cơ quan quản lý báo chí của tỉnh")
    )
    enrol.set_defaults(run=enrol_agency)
    revoke = commands.add_parser("revoke", parents=[common], help=_("thu hồi quyền của một thiết bị"))
    revoke.add_argument("device", metavar="ID", help=_("mã thiết bị"))
    revoke.set_defaults(run=revoke_device)
    _add_upkeep(commands, common)
    admin_commands.add_parsers(commands, common)
    journalist_commands.add_parsers(commands, common)
    return parser


def _add_upkeep(commands: "argparse._SubParsersAction[_Parser]", common: _Parser) -> None:
    compact = commands.add_parser(
        "compact", parents=[common], help=_("bỏ nội dung của các thay đổi đã cũ và dọn thùng rác")
    )
    compact.add_argument(
        "--days", type=int, default=restoring.KEPT_DAYS, metavar="N", help=_("giữ lại bao nhiêu ngày")
    )
    compact.set_defaults(run=compact_logs)
    restored = commands.add_parser(
        "restored", parents=[common], help=_("báo là cổng vừa được khôi phục từ bản sao lưu")
    )
    restored.set_defaults(run=tell_restored)

    migrated = commands.add_parser(
        "migrate", parents=[common], help=_("nâng cấp cơ sở dữ liệu bằng vai trò chủ, rồi thôi")
    )
    migrated.set_defaults(run=migrate_database)


def migrate_database(arguments: argparse.Namespace) -> dict[str, object]:
    """Bring the schema up to date, as its owner: the portal itself may run as who cannot."""
    opening.open_at(arguments.data, arguments.database).dispose()
    return {"migrated": True, "text": _("Cơ sở dữ liệu đã ở dạng mới nhất.")}


def enrol_agency(arguments: argparse.Namespace) -> dict[str, object]:
    """Make a one-time code for an agency."""
    if not 1 <= arguments.days <= 90:
        raise UserError("enrol_days_range", field="days")
    engine = opening.open_at(arguments.data, arguments.database)
    try:
        made = accounts.make_code(
            engine,
            arguments.agency,
            portal.utc_now(),
            valid=timedelta(days=arguments.days),
            province=arguments.province,
        )
        told: dict[str, object] = {"until": made.expires_at.isoformat()}
        _note(engine, "enrol", made.agency, told | ({"role": "province"} if arguments.province else {}))
    finally:
        engine.dispose()
    until = to_vn(made.expires_at).strftime("%H:%M %d/%m/%Y")
    text = _("Mã ghi danh cho {agency}: {code}\nDùng một lần, có hiệu lực đến {until} (giờ Việt Nam).")
    return {
        "code": made.code,
        "agency": made.agency,
        "journal": str(made.journal),
        "expires_at": made.expires_at.isoformat(),
        "text": text.format(agency=made.agency, code=made.code, until=until),
    }


def _note(engine: Engine, act: str, agency: str, told: dict[str, object]) -> None:
    now = portal.utc_now()
    in_transaction(engine, lambda connection: administering.note(connection, act, agency, now, told))


def revoke_device(arguments: argparse.Namespace) -> dict[str, object]:
    """Take a device's right to write away."""
    try:
        wanted = UUID(arguments.device)
    except ValueError:
        raise UserError("device_missing", field="device") from None
    engine = opening.open_at(arguments.data, arguments.database)
    try:
        is_done = accounts.revoke(engine, wanted, portal.utc_now())
        if is_done:
            _note(engine, "revoke", "", {"device": str(wanted)})
    finally:
        engine.dispose()
    if not is_done:
        raise UserError("device_missing", field="device")
    return {"device": str(wanted), "revoked": True, "text": _("Đã thu hồi quyền của thiết bị.")}


def compact_logs(arguments: argparse.Namespace) -> dict[str, object]:
    """Let go of bodies of old changes: clients keep theirs as long as backups are kept, so do not go below that."""
    if not restoring.KEPT_DAYS <= arguments.days <= 3650:
        raise UserError("compact_days_range", field="days", least=restoring.KEPT_DAYS)
    engine = opening.open_at(arguments.data, arguments.database)
    try:
        count = restoring.compact(engine, portal.utc_now(), arguments.days)
        gone = deciding.forget(engine, portal.utc_now())
    finally:
        engine.dispose()
    text = _("Đã bỏ nội dung của {count} thay đổi cũ, xóa {gone} tài khoản nhà báo không được chấp nhận.")
    return {"count": count, "journalists": gone, "text": text.format(count=count, gone=gone)}


def tell_restored(arguments: argparse.Namespace) -> dict[str, object]:
    """Begin a new epoch in every journal, so that clients compare their past with the portal's at once."""
    engine = opening.open_at(arguments.data, arguments.database)
    try:
        count = restoring.new_epochs(engine)
    finally:
        engine.dispose()
    said = _("Đã ghi nhận việc khôi phục; {count} sổ sẽ được các máy đối chiếu và gửi lại phần còn thiếu.")
    return {"count": count, "text": said.format(count=count)}
