"""Who works at the command line."""

import argparse
import os
from uuid import UUID

from spokesdesk.domain.errors import AccessError, UserError
from spokesdesk.domain.people import Member, Role
from spokesdesk.domain.text import fold
from spokesdesk.services import people
from spokesdesk.services.ports import Desk

PIN = "SPOKESDESK_PIN"


def add_workspace(parser: argparse.ArgumentParser, *, has_parts: bool = False) -> None:
    """Add the options that every command on a workspace takes.

    Args:
        has_parts: of a command with others below it: each of these asks for the workspace itself.
    """
    parser.add_argument("--workspace", required=not has_parts, metavar="DIR", help="thư mục bàn làm việc")
    parser.add_argument(
        "--as", dest="as_member", metavar="NAME", help="người đang làm việc (mặc định: người duy nhất)"
    )
    parser.add_argument("--json", action="store_true", help="trả lời bằng JSON")
    parser.set_defaults(needs_desk=True)


def member_at_work(desk: Desk, name: str | None) -> Desk:
    """Give the desk with a member working at it.

    Args:
        name: name or id as given with ``--as``; None for the only member there is.

    Raises:
        UserError: nobody or several of that name, or nobody was named in an office of several.
        AccessError: the member has a PIN and ``SPOKESDESK_PIN`` does not hold it.
    """
    present = people.members(desk)
    found = [member for member in present if name is None or _is(member, name)]
    if name is None and len(found) > 1:
        found = [member for member in found if Role.ADMIN in member.roles and not member.has_pin]
    if len(found) != 1:
        listed = "; ".join(member.name for member in present)
        if name is None:
            raise UserError("member_unnamed", field="as", found=listed)
        raise UserError("member_ambiguous", field="as", name=name, found=listed)
    pin = os.environ.get(PIN, "")
    if found[0].has_pin and not pin:
        raise AccessError("pin_needed", field="pin", member=found[0].name)
    return people.switch_member(desk, found[0].id, pin)


def member_named(desk: Desk, name: str, field: str) -> Member:
    """Give the member meant by a name, accents and case aside, or by an id; raises UserError naming the field."""
    present = people.members(desk)
    found = [member for member in present if _is(member, name)]
    if len(found) != 1:
        listed = "; ".join(member.name for member in present)
        raise UserError("member_unknown", field=field, name=name, found=listed)
    return found[0]


def _is(member: Member, name: str) -> bool:
    return fold(member.name) == fold(name) or str(member.id) == name


def record_id(text: str, field: str = "id") -> UUID:
    """Give the id that was typed; raises UserError naming the field when it is none."""
    try:
        return UUID(text)
    except ValueError as error:
        raise UserError("id_form", field=field, id=text) from error
