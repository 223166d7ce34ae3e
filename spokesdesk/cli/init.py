"""`init`: make a workspace with one member who holds every role, flagged as such."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer
from spokesdesk.domain.errors import AccessError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Agency, MemberDraft, Role, checked_agency

DEFAULT_MEMBER = "Người phát ngôn"


def add_parser(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("init", help=_("tạo bàn làm việc mới"))
    parser.add_argument("--workspace", required=True, metavar="DIR", help=_("thư mục mới hoặc rỗng"))
    parser.add_argument("--agency", required=True, metavar="NAME", help=_("cơ quan ban hành"))
    parser.add_argument("--parent", default="", metavar="NAME", help=_("cơ quan chủ quản"))
    parser.add_argument("--place", default="", metavar="NAME", help=_("địa danh ghi trước ngày tháng"))
    parser.add_argument("--symbol", default="", metavar="TEXT", help=_("chữ viết tắt của cơ quan"))
    parser.add_argument("--unit", default="", metavar="TEXT", help=_("chữ viết tắt của đơn vị soạn thảo"))
    parser.add_argument("--member", default=DEFAULT_MEMBER, metavar="NAME", help=_("người làm việc đầu tiên"))
    parser.add_argument("--json", action="store_true", help=_("trả lời bằng JSON"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> Answer:
    """Make the workspace; the passphrase comes from SPOKESDESK_PASSPHRASE, else the keyring keeps the key.

    Raises:
        AccessError: neither a passphrase nor a real keyring is there to keep the key.
        UserError: names the option.
    """
    import os

    from spokesdesk import bootstrap

    passphrase = os.environ.get(bootstrap.PASSPHRASE)
    use_keyring = not passphrase
    if use_keyring and not bootstrap.has_keyring():
        raise AccessError("passphrase_needed", variable=bootstrap.PASSPHRASE)
    agency = _checked(
        Agency(arguments.agency, arguments.parent, arguments.place, arguments.symbol, arguments.unit)
    )
    member = MemberDraft(arguments.member, frozenset(Role))
    desk, recovery_key = bootstrap.create(
        Path(arguments.workspace), agency, [member], passphrase=passphrase, use_keyring=use_keyring
    )
    try:
        return _told(desk, recovery_key)
    finally:
        desk.close()


def _checked(agency: Agency) -> Agency:
    """Give the agency with clean text; an error names the option, which a member's name would be confused with."""
    try:
        return checked_agency(agency)
    except UserError as error:
        field = "agency" if error.field == "name" else error.field
        raise UserError(error.code, field=field, **error.params) from error


def _told(desk: Any, recovery_key: str) -> Answer:
    value = {
        "workspace": str(desk.keeper.folder),
        "member": desk.member.name,
        "member_id": desk.member.id,
        "roles": sorted(role.value for role in desk.member.roles),
        "flagged": desk.member.combines_duties,
        "recovery_key": recovery_key,
    }
    text = _(
        "Đã tạo bàn làm việc tại {folder}.\n"
        "Người làm việc: {member} – giữ mọi vai trò, kể cả vừa soạn vừa duyệt; các bước tự duyệt sẽ được đánh dấu.\n"
        "Mã khôi phục (chỉ hiện một lần, hãy in và cất giữ): {key}"
    ).format(folder=value["workspace"], member=value["member"], key=recovery_key)
    return Answer(value, text)
