"""`people duplicates|merge|unmerge|merges|apart`: records written down twice."""

import argparse
from typing import Any

from spokesdesk.cli.answer import Answer
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.duplicates import Likely
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.merging import KIND_WORDS, Merge, Take
from spokesdesk.services import merging
from spokesdesk.services.ports import Desk

VERBS = "duplicates|merge|unmerge|merges|apart"
KINDS = ("journalist", "outlet")


def add_verbs(nouns: Any) -> None:
    """Add the commands to those of `people`."""
    listing = nouns.add_parser("duplicates", help=_("những mục có thể là một"))
    add_workspace(listing)
    listing.add_argument("kind", choices=KINDS)
    listing.set_defaults(run=_duplicates)
    merge = nouns.add_parser("merge", help=_("gộp hai mục làm một, hoàn tác được"))
    add_workspace(merge)
    merge.add_argument("kind", choices=KINDS)
    merge.add_argument("keep", help=_("mã của mục giữ lại"))
    merge.add_argument("other", help=_("mã của mục được gộp vào"))
    merge.add_argument(
        "--take",
        action="append",
        default=[],
        metavar="Ô=kept|other|both",
        help=_("lấy giá trị của mục nào cho một ô, lặp lại được"),
    )
    merge.set_defaults(run=_merge)
    undo = nouns.add_parser("unmerge", help=_("hoàn tác một lần gộp"))
    add_workspace(undo)
    undo.add_argument("id", help=_("mã của lần gộp, xem people merges"))
    undo.set_defaults(run=_unmerge)
    merges = nouns.add_parser("merges", help=_("những lần gộp đang có hiệu lực"))
    add_workspace(merges)
    merges.set_defaults(run=_merges)
    apart = nouns.add_parser("apart", help=_("ghi rằng hai mục không phải là một"))
    add_workspace(apart)
    apart.add_argument("kind", choices=KINDS)
    apart.add_argument("one")
    apart.add_argument("other")
    apart.set_defaults(run=_apart)


def _duplicates(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = merging.duplicates(desk, arguments.kind)
    return Answer(found, "\n".join(map(_pair, found)) or _("Không thấy mục nào có thể là một."))


def _merge(arguments: argparse.Namespace, desk: Desk) -> Answer:
    keep, other = record_id(arguments.keep, "keep"), record_id(arguments.other, "other")
    made, _changes = merging.merge(desk, arguments.kind, keep, other, dict(map(_take, arguments.take)))
    return Answer(made, _line(made))


def _unmerge(arguments: argparse.Namespace, desk: Desk) -> Answer:
    undone, _changes = merging.unmerge(desk, record_id(arguments.id))
    return Answer(undone, _line(undone))


def _merges(_arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = merging.merges(desk)
    return Answer(found, "\n".join(map(_line, found)) or _("Không có lần gộp nào đang có hiệu lực."))


def _apart(arguments: argparse.Namespace, desk: Desk) -> Answer:
    one, other = record_id(arguments.one, "one"), record_id(arguments.other, "other")
    merging.keep_apart(desk, arguments.kind, one, other)
    return Answer({"one": one, "other": other}, _("Đã ghi: hai mục khác nhau."))


def _take(text: str) -> tuple[str, Take]:
    name, _sign, whose = text.partition("=")
    if whose not in list(Take):
        raise UserError("merge_take", field="take", text=text)
    return name.strip(), Take(whose)


def _pair(item: Likely) -> str:
    return (
        f"{item.one.id}  {item.one.name}  =  {item.other.id}  {item.other.name}  ({', '.join(item.reasons)})"
    )


def _line(made: Merge) -> str:
    return f"{made.id}  {_(KIND_WORDS[made.kind])}  {made.merged.name} → {made.kept.name}"
