"""`people spokespeople|authorise|end|resume|published|unpublished|standing`: who may speak for the agency."""

import argparse
from typing import Any

from spokesdesk.cli.answer import Answer
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.clock import parse_date, parse_time, vn_day
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.labels import value_label
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.spokespeople import Authorisation, AuthorisationDraft, SpeakerKind
from spokesdesk.domain.standing import sentence
from spokesdesk.domain.text import short_date
from spokesdesk.services import spokespeople
from spokesdesk.services.ports import Desk

VERBS = "spokespeople|authorise|end|resume|published|unpublished|standing"
_TEXTS = ("post", "issuing-body", "authorised-by", "authorised-by-post", "scope", "phone", "email", "note")


def add_verbs(nouns: Any) -> None:
    """Add the commands to those of `people`."""
    listing = nouns.add_parser("spokespeople", help=_("người phát ngôn, người được ủy quyền"))
    add_workspace(listing)
    listing.add_argument("--on", metavar="DATE", help=_("chỉ những người còn hiệu lực vào ngày này"))
    listing.set_defaults(run=_list)
    _add_authorise(nouns)
    ending = nouns.add_parser("end", help=_("kết thúc hoặc thu hồi quyền phát ngôn"))
    add_workspace(ending)
    ending.add_argument("id")
    ending.add_argument("--on", metavar="DATE", help=_("ngày không còn hiệu lực (mặc định: hôm nay)"))
    ending.add_argument("--remark", default="", metavar="TEXT", help=_("lý do"))
    ending.add_argument("--withdrawn", action="store_true", help=_("bị thu hồi"))
    ending.set_defaults(run=_end)
    published = nouns.add_parser("published", help=_("ghi rằng đã công bố người phát ngôn"))
    add_workspace(published)
    published.add_argument("id")
    published.add_argument("--at", metavar="TIME", help=_("lúc công bố, giờ Việt Nam (mặc định: bây giờ)"))
    published.add_argument("--url", default="", help=_("địa chỉ trang đã công bố"))
    published.set_defaults(run=_published)
    for name, act, told in (
        ("resume", _resume, _("bỏ lần ghi kết thúc")),
        ("unpublished", _unpublished, _("bỏ lần ghi công bố")),
    ):
        undo = nouns.add_parser(name, help=told)
        add_workspace(undo)
        undo.add_argument("id")
        undo.set_defaults(run=act)
    asked = nouns.add_parser("standing", help=_("một người có được phát ngôn vào một ngày không"))
    add_workspace(asked)
    asked.add_argument("name", nargs="+", help=_("họ tên, không cần dấu"))
    asked.add_argument("--on", metavar="DATE", help=_("ngày (mặc định: hôm nay)"))
    asked.set_defaults(run=_standing)


def _add_authorise(nouns: Any) -> None:
    add = nouns.add_parser("authorise", help=_("ghi người được phát ngôn"))
    add_workspace(add)
    add.add_argument("--name", required=True)
    add.add_argument(
        "--kind",
        required=True,
        choices=[kind.value for kind in SpeakerKind],
        help=_("head: người đứng đầu; regular: thường xuyên; authorised: ủy quyền; delegated: phân công"),
    )
    add.add_argument("--decision", default="", metavar="N", help=_("số quyết định hoặc giấy ủy quyền"))
    add.add_argument("--decided", metavar="TIME", help=_("lúc ký, giờ Việt Nam"))
    add.add_argument("--from", dest="from_on", metavar="DATE", help=_("từ ngày (mặc định: hôm nay)"))
    add.add_argument("--until", dest="until_on", metavar="DATE", help=_("đến hết ngày"))
    for name in _TEXTS:
        add.add_argument(f"--{name}", default="", metavar="TEXT")
    add.add_argument("--corrects", metavar="ID", help=_("mục được đính chính"))
    add.set_defaults(run=_authorise)


def _list(arguments: argparse.Namespace, desk: Desk) -> Answer:
    if arguments.on:
        found = spokespeople.current(desk, parse_date(arguments.on, field="on"))
    else:
        found = spokespeople.history(desk)
    return Answer(found, "\n".join(_line(item) for item in found))


def _authorise(arguments: argparse.Namespace, desk: Desk) -> Answer:
    today = vn_day(desk.now())
    draft = AuthorisationDraft(
        kind=SpeakerKind(arguments.kind),
        name=arguments.name,
        from_on=parse_date(arguments.from_on, field="from_on") if arguments.from_on else today,
        until_on=parse_date(arguments.until_on, field="until_on") if arguments.until_on else None,
        decision_number=arguments.decision,
        decided_at=_moment(arguments.decided, desk, "decided_at") if arguments.decided else None,
        corrects=record_id(arguments.corrects, "corrects") if arguments.corrects else None,
        **{name.replace("-", "_"): getattr(arguments, name.replace("-", "_")) for name in _TEXTS},
    )
    made, _changes = spokespeople.authorise(desk, draft)
    return Answer(made, _line(made))


def _end(arguments: argparse.Namespace, desk: Desk) -> Answer:
    on = parse_date(arguments.on, field="on") if arguments.on else vn_day(desk.now())
    found, _changes = spokespeople.end(
        desk, record_id(arguments.id), on, remark=arguments.remark, withdrawn=arguments.withdrawn
    )
    return Answer(found, _line(found))


def _published(arguments: argparse.Namespace, desk: Desk) -> Answer:
    at = _moment(arguments.at, desk, "published_at") if arguments.at else desk.now()
    found, _changes = spokespeople.publish(desk, record_id(arguments.id), at, url=arguments.url)
    return Answer(found, _line(found))


def _resume(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found, _changes = spokespeople.resume(desk, record_id(arguments.id))
    return Answer(found, _line(found))


def _unpublished(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found, _changes = spokespeople.unpublish(desk, record_id(arguments.id))
    return Answer(found, _line(found))


def _standing(arguments: argparse.Namespace, desk: Desk) -> Answer:
    on = parse_date(arguments.on, field="on") if arguments.on else vn_day(desk.now())
    name = " ".join(arguments.name).strip()
    if not name:
        raise UserError("text_required", field="name")
    found = spokespeople.standing(desk, name, on)
    return Answer(found, sentence(found))


def _moment(text: str, desk: Desk, field: str) -> Any:
    return parse_time(text, now=desk.now(), field=field)


def _line(item: Authorisation) -> str:
    last = item.last_day
    days = f"{short_date(item.from_on)} – {short_date(last) if last else _('không ghi hạn')}"
    return "  ".join(
        part
        for part in (str(item.id), item.name, str(value_label("speaker", item.kind.value)), days, item.number)
        if part
    )
