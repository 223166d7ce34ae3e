"""`people`: members, outlets and journalists from the command line."""

import argparse
from typing import Any

from spokesdesk.cli import merging, rosters, spokespeople
from spokesdesk.cli.answer import Answer
from spokesdesk.cli.who import add_workspace
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import MemberDraft, Role
from spokesdesk.services import people, privacy
from spokesdesk.services.ports import Desk

_VERBS = "members|add-member|outlets|journalists"


def add_parser(commands: Any) -> None:
    """Add the commands."""
    nouns = commands.add_parser("people", help=_("người làm việc, cơ quan báo chí, nhà báo")).add_subparsers(
        required=True, metavar="|".join((_VERBS, spokespeople.VERBS, rosters.VERBS, merging.VERBS))
    )
    for name, act in (("members", _members), ("outlets", _outlets), ("journalists", _journalists)):
        one = nouns.add_parser(name, help=_("liệt kê"))
        add_workspace(one)
        one.set_defaults(run=act)
    add = nouns.add_parser("add-member", help=_("thêm người làm việc"))
    add_workspace(add)
    add.add_argument("--name", required=True)
    add.add_argument("--post", default="", help=_("chức vụ"))
    add.add_argument("--role", action="append", required=True, choices=[role.value for role in Role])
    add.add_argument("--pin", help=_("4–12 chữ số"))
    add.set_defaults(run=_add_member)
    for more in (spokespeople, rosters, merging):
        more.add_verbs(nouns)


def _members(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = people.members(desk)
    lines = [
        f"{item.id}  {item.name}  {', '.join(sorted(role.value for role in item.roles))}" for item in found
    ]
    return Answer(found, "\n".join(lines))


def _outlets(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = people.outlets(desk)
    return Answer(found, "\n".join(f"{item.id}  {item.name}" for item in found))


def _journalists(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = people.journalists(desk)
    privacy.note_quietly(desk, "journalist", None, "listed")
    lines = [f"{item.id}  {item.name}  {item.outlet.name if item.outlet else ''}".rstrip() for item in found]
    return Answer(found, "\n".join(lines))


def _add_member(arguments: argparse.Namespace, desk: Desk) -> Answer:
    roles = frozenset(Role(role) for role in arguments.role)
    saved, _changes = people.save_member(
        desk, MemberDraft(arguments.name, roles, arguments.post, arguments.pin)
    )
    return Answer({"id": saved.id, "name": saved.name, "flagged": saved.combines_duties}, str(saved.id))
