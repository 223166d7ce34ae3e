"""`people publish-list|letter`: lists to publish, the letter of authorisation."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer
from spokesdesk.cli.files import write_whole
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.language import gettext as _
from spokesdesk.services import authorisation_letter, rosters
from spokesdesk.services.ports import Desk
from spokesdesk.services.rosters import Roster

VERBS = "publish-list|letter"


def add_verbs(nouns: Any) -> None:
    """Add the commands to those of `people`."""
    listing = nouns.add_parser("publish-list", help=_("danh sách để công bố"))
    add_workspace(listing)
    listing.add_argument(
        "which",
        choices=[which.value for which in Roster],
        help=_(
            "spokespeople: người phát ngôn; residents: phóng viên thường trú; offices: văn phòng đại diện"
        ),
    )
    listing.add_argument("--html", metavar="FILE", help=_("ghi đoạn HTML để đăng lên cổng"))
    listing.add_argument("--pdf", metavar="FILE", help=_("ghi bảng PDF"))
    listing.add_argument("--paper", action="store_true", help=_("soạn thông báo có bảng này"))
    listing.add_argument("--portal", action="store_true", help=_("đăng lên cổng ở lần đồng bộ tới"))
    listing.set_defaults(run=_publish_list)
    letter = nouns.add_parser("letter", help=_("soạn giấy ủy quyền phát ngôn"))
    add_workspace(letter)
    letter.add_argument("id")
    letter.set_defaults(run=_letter)


def _publish_list(arguments: argparse.Namespace, desk: Desk) -> Answer:
    which = Roster(arguments.which)
    made: dict[str, object] = {"list": which.value}
    if arguments.html:
        write_whole(Path(arguments.html), rosters.html(desk, which).encode(), "html")
        made["html"] = arguments.html
    if arguments.pdf:
        write_whole(Path(arguments.pdf), rosters.pdf(desk, which), "pdf")
        made["pdf"] = arguments.pdf
    if arguments.paper:
        made["paper"] = rosters.draft_notice(desk, which)[0].id
    if arguments.portal:
        rosters.post(desk, which)
        made["portal"] = "queued"
    if which is Roster.SPOKESPEOPLE and (changed := rosters.changed_since(desk)) is not None:
        made |= {"changed_at": changed[0], "citation": changed[1]}
    listed = rosters.sheet(desk, which)
    return Answer(made | {"rows": listed.rows}, rosters.text(desk, which))


def _letter(arguments: argparse.Namespace, desk: Desk) -> Answer:
    made, _changes = authorisation_letter.draft_letter(desk, record_id(arguments.id))
    return Answer({"paper": made.id, "title": made.title}, str(made.id))
