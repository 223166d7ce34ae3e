"""``province journalists|verify|refuse|block``: accounts of the portal's door for journalists."""

import argparse
from collections.abc import Callable
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.who import add_workspace
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.door import ACCOUNT_STATES, AccountState, JournalistAccount
from spokesdesk.domain.language import gettext as _
from spokesdesk.services.ports import Desk

NAMES = "journalists|verify|refuse|block"


def add_parsers(province: Any) -> None:
    """Add the commands to those of the province."""
    listed = province.add_parser("journalists", help=_("tài khoản nhà báo, chờ xác minh đứng trước"))
    listed.add_argument("words", nargs="*", help=_("từ cần tìm, không cần dấu"))
    listed.add_argument("--state", choices=[one.value for one in AccountState], help=_("chỉ trạng thái này"))
    listed.set_defaults(run=_list)
    add_workspace(listed)
    for name, state, said in (
        ("verify", AccountState.VERIFIED, _("xác minh một tài khoản nhà báo")),
        ("refuse", AccountState.REFUSED, _("không chấp nhận, kèm lý do nhà báo đọc được")),
        ("block", AccountState.BLOCKED, _("khóa một tài khoản nhà báo, kèm lý do")),
    ):
        made = province.add_parser(name, help=said)
        made.add_argument("email", metavar="EMAIL", help=_("thư điện tử của tài khoản"))
        made.add_argument("--reason", default="", metavar=_("LÝ-DO"), help=_("lý do, nhà báo đọc được"))
        made.set_defaults(run=_deciding(state))
        add_workspace(made)


def _list(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from spokesdesk.services import province_journalists

    state = AccountState(arguments.state) if arguments.state else None
    found = province_journalists.accounts(desk, " ".join(arguments.words), state)
    text = "\n".join(_line(one) for one in found) or _("Không có tài khoản nào.")
    return Answer([plain(one) for one in found], text)


def _deciding(state: AccountState) -> Callable[[argparse.Namespace, Desk], Answer]:
    def run(arguments: argparse.Namespace, desk: Desk) -> Answer:
        from spokesdesk.services import province_journalists

        made = province_journalists.decide(desk, arguments.email, state, arguments.reason)
        return Answer(plain(made), _line(made))

    return run


def _line(one: JournalistAccount) -> str:
    person = one.person
    parts = (ACCOUNT_STATES[one.state], person.email, person.name, person.outlet, person.card, person.phone)
    return "  ".join((*parts, f"{to_vn(one.made_at):%d/%m/%Y %H:%M}", one.reason)).strip()
