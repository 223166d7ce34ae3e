"""``spokesdesk portal journalist list|verify|refuse|block|passphrase`` and ``complaint list|answer``."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy.engine import Engine

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.door import ACCOUNT_STATES, AccountState
from spokesdesk.domain.errors import AccessError
from spokesdesk.domain.language import gettext as _
from spokesdesk.server import opening
from spokesdesk.server.door import complaints, deciding
from spokesdesk.server.door.journalists import Account
from spokesdesk.server.portal import utc_now

Told = dict[str, object]


def add_parsers(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the commands to those of the portal."""
    nouns = commands.add_parser("journalist", help=_("tài khoản nhà báo: xem, xác minh, từ chối, khóa"))
    verbs = nouns.add_subparsers(required=True, metavar="list|verify|refuse|block|passphrase")
    listing = verbs.add_parser("list", parents=[common], help=_("liệt kê, tài khoản chờ xác minh đứng trước"))
    listing.add_argument("words", nargs="*", help=_("từ cần tìm, không cần dấu"))
    listing.add_argument(
        "--state", choices=[one.value for one in AccountState], default="", help=_("chỉ trạng thái này")
    )
    listing.set_defaults(run=_list)
    for verb, state, said in (
        ("verify", "verified", _("xác minh: từ đây câu hỏi đến được cơ quan")),
        ("refuse", "refused", _("không chấp nhận, kèm lý do nhà báo đọc được")),
        ("block", "blocked", _("khóa, kèm lý do; đăng xuất mọi máy")),
    ):
        made = verbs.add_parser(verb, parents=[common], help=said)
        made.add_argument("email", metavar="EMAIL", help=_("thư điện tử của tài khoản"))
        made.add_argument("--reason", default="", metavar=_("LÝ-DO"), help=_("lý do, nhà báo đọc được"))
        made.set_defaults(run=_deciding(state))
    anew = verbs.add_parser("passphrase", parents=[common], help=_("cấp cụm mật khẩu mới, in một lần"))
    anew.add_argument("email", metavar="EMAIL", help=_("thư điện tử của tài khoản"))
    anew.set_defaults(run=_passphrase)
    _add_complaints(commands, common)


def _add_complaints(commands: Any, common: argparse.ArgumentParser) -> None:
    nouns = commands.add_parser("complaint", help=_("phản ánh bị cản trở hoạt động báo chí"))
    verbs = nouns.add_subparsers(required=True, metavar="list|answer")
    listing = verbs.add_parser("list", parents=[common], help=_("liệt kê, mới nhất trước"))
    listing.add_argument("--state", choices=["new", "read", "answered"], default="")
    listing.set_defaults(run=_complaints)
    answer = verbs.add_parser("answer", parents=[common], help=_("trả lời một phản ánh"))
    answer.add_argument("id", help=_("mã phản ánh"))
    answer.add_argument("text", help=_("nội dung trả lời"))
    answer.set_defaults(run=_answer)


@contextmanager
def _opened(arguments: argparse.Namespace) -> Iterator[Engine]:
    engine = opening.open_at(arguments.data, arguments.database)
    try:
        yield engine
    finally:
        engine.dispose()


def _list(arguments: argparse.Namespace) -> Told:
    with _opened(arguments) as engine:
        found = deciding.accounts(engine, arguments.state, " ".join(arguments.words))
    text = "\n".join(_line(one) for one in found) or _("Không có tài khoản nào.")
    return {"journalists": [_plain(one) for one in found], "text": text}


def _deciding(state: str) -> Callable[[argparse.Namespace], Told]:
    def run(arguments: argparse.Namespace) -> Told:
        with _opened(arguments) as engine:
            one = deciding.decide(engine, arguments.email, state, arguments.reason, utc_now())
        return {"journalist": _plain(one), "text": _line(one)}

    return run


def _passphrase(arguments: argparse.Namespace) -> Told:
    with _opened(arguments) as engine:
        made = deciding.new_passphrase(engine, arguments.email, utc_now())
    said = _("Cụm mật khẩu mới của {email}: {words}. Hãy đọc cho đúng chủ tài khoản và dặn đổi ngay.")
    return {"passphrase": made, "text": said.format(email=arguments.email, words=made)}


def _complaints(arguments: argparse.Namespace) -> Told:
    with _opened(arguments) as engine:
        found = complaints.listed(engine, arguments.state)
    line = _("{id}  {made}  {agency}  {state}  ngày {on}, {place}\n    {who}\n    {text}")
    lines = [
        line.format(
            id=one.id,
            made=f"{to_vn(one.made_at):%d/%m/%Y %H:%M}",
            agency=one.agency,
            state=one.state,
            on=f"{one.happened_on:%d/%m/%Y}",
            place=one.place or "–",
            who=" · ".join(part for part in one.who if part) or _("(tài khoản đã xóa)"),
            text=one.text.replace("\n", "\n    "),
        )
        for one in found
    ]
    told = [{"id": str(one.id), "agency": one.agency, "state": one.state, "text": one.text} for one in found]
    return {"complaints": told, "text": "\n".join(lines) or _("Không có phản ánh nào.")}


def _answer(arguments: argparse.Namespace) -> Told:
    try:
        which = UUID(arguments.id)
    except ValueError:
        raise AccessError("complaint_unknown") from None
    with _opened(arguments) as engine:
        complaints.answer(engine, which, arguments.text, utc_now())
    return {"id": str(which), "text": _("Đã trả lời; nhà báo đọc được ở trang của mình.")}


def _line(one: Account) -> str:
    person = one.person
    parts = (
        ACCOUNT_STATES[AccountState(one.state)],
        person.email,
        person.name,
        person.outlet,
        person.card,
        person.phone,
        f"{to_vn(one.made_at):%d/%m/%Y %H:%M}",
        one.reason,
    )
    return "  ".join(part for part in parts if part)


def _plain(one: Account) -> Told:
    person = one.person
    return {
        "id": str(one.id),
        "state": one.state,
        "reason": one.reason,
        "email": person.email,
        "name": person.name,
        "outlet": person.outlet,
        "card": person.card,
        "phone": person.phone,
        "made_at": one.made_at.isoformat(),
    }
