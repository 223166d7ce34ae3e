"""`article …`: what the press published, and the papers that answer it."""

import argparse
import tomllib
from pathlib import Path
from typing import Any

from spokesdesk.cli import article_claims, article_outcomes, article_rounds
from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.article_claims import NIL, claim_of, read_text
from spokesdesk.cli.keeping import keep_file
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.claims import placed
from spokesdesk.domain.clock import parse_time, to_vn
from spokesdesk.domain.coverage import Article, ArticleDraft, Claim
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.services import coverage, rebuttals
from spokesdesk.services.ports import Desk


def add_parser(commands: Any) -> None:
    """Add the commands."""
    nouns = commands.add_parser("article", help=_("điểm báo")).add_subparsers(
        required=True,
        metavar="add|list|show|read-again|mark|reword|unmark|wordings|rebut|release"
        "|rounds|note|undo|escalate|recapture|check|stats",
    )
    add = nouns.add_parser("add", help=_("lưu một bài báo cùng các nội dung cần phản hồi"))
    add_workspace(add)
    _add_options(add)
    add.set_defaults(run=_add)
    listing = nouns.add_parser("list", help=_("liệt kê"))
    add_workspace(listing)
    listing.add_argument("words", nargs="*")
    listing.set_defaults(run=_list)
    for name, act, told in (
        ("show", _show, _("xem một bài và các thời hạn")),
        ("rebut", _rebut, _("soạn công văn đề nghị cải chính")),
        ("release", _release, _("soạn thông cáo báo chí nêu sự thật")),
    ):
        one = nouns.add_parser(name, help=told)
        add_workspace(one)
        one.add_argument("id")
        one.set_defaults(run=act)
    article_claims.add_parsers(nouns)
    article_rounds.add_parsers(nouns)
    article_outcomes.add_parsers(nouns)


def _add_options(add: argparse.ArgumentParser) -> None:
    add.add_argument("--outlet", required=True, metavar="NAME")
    add.add_argument("--title", required=True, metavar="TEXT")
    add.add_argument("--published", required=True, metavar="TIME", help=_("lúc đăng, giờ Việt Nam"))
    add.add_argument("--url", default="", metavar="URL")
    add.add_argument("--byline", default="", metavar="NAME", help=_("tác giả"))
    add.add_argument("--section", default="", metavar="TEXT", help=_("chuyên mục"))
    add.add_argument("--text", default="", metavar="TEXT", help=_("nội dung bài"))
    add.add_argument("--text-file", metavar="FILE", help=_("tệp .txt UTF-8 chứa nội dung bài"))
    add.add_argument("--snapshot", metavar="FILE", help=_("bản chụp bài báo"))
    add.add_argument("--quote", action="append", default=[], metavar="TEXT", help=_("nội dung báo nêu"))
    add.add_argument(
        "--fact", action="append", default=[], metavar="TEXT", help=_("sự thật, theo thứ tự --quote")
    )
    add.add_argument("--proof", action="append", default=[], metavar="TEXT", help=_("tài liệu chứng minh"))
    add.add_argument(
        "--claims",
        metavar="FILE.toml",
        help=_("tệp có các bảng [[claims]]: quote, fact, proof, ground, verdict, asks, links, files, start"),
    )


def _add(arguments: argparse.Namespace, desk: Desk) -> Answer:
    text = arguments.text
    if arguments.text_file:
        text = read_text(arguments.text_file, "text_file")
    snapshot = keep_file(desk, Path(arguments.snapshot)) if arguments.snapshot else None
    draft = ArticleDraft(
        outlet=arguments.outlet,
        title=arguments.title,
        published_at=parse_time(arguments.published, now=desk.now(), field="published"),
        url=arguments.url,
        byline=arguments.byline,
        section=arguments.section,
        text=text,
        snapshot=snapshot,
        claims=_claims(arguments, desk),
    )
    found, _changes = coverage.add_article(desk, draft)
    return _told(desk, found)


def _claims(arguments: argparse.Namespace, desk: Desk) -> tuple[Claim, ...]:
    if len(arguments.quote) != len(arguments.fact):
        raise UserError("claims_uneven", field="fact", quotes=len(arguments.quote), facts=len(arguments.fact))
    proofs = arguments.proof + [""] * len(arguments.quote)
    made = [
        Claim(NIL, quote, fact, proof)
        for quote, fact, proof in zip(arguments.quote, arguments.fact, proofs, strict=False)
    ]
    if arguments.claims:
        made += [claim_of(desk, item) for item in _claim_tables(arguments.claims)]
    return tuple(made)


def _claim_tables(path: str) -> list[dict[str, Any]]:
    try:
        read = tomllib.loads(read_text(path, "claims"))
    except tomllib.TOMLDecodeError as error:
        raise UserError("toml_broken", field="claims", where=str(error)) from error
    for key in read:
        if key != "claims":
            raise UserError("key_unknown", field="claims", key=key)
    tables = read.get("claims", [])
    if not isinstance(tables, list) or not all(isinstance(item, dict) for item in tables):
        raise UserError("claims_form", field="claims")
    return tables


def _list(arguments: argparse.Namespace, desk: Desk) -> Answer:
    rows = coverage.article_rows(desk, coverage.article_numbers(desk, " ".join(arguments.words)))
    lines = [
        f"{row.id}  {to_vn(row.published_at):%d/%m/%Y}  {row.outlet}  {row.title}  ({row.claims})"
        for row in rows
    ]
    return Answer(rows, "\n".join(lines) or _("Chưa có bài nào."))


def _show(arguments: argparse.Namespace, desk: Desk) -> Answer:
    return _told(desk, coverage.article(desk, record_id(arguments.id)))


def _rebut(arguments: argparse.Namespace, desk: Desk) -> Answer:
    drafted, _changes = rebuttals.open_rebuttal(desk, record_id(arguments.id))
    return Answer({"id": drafted.id, "state": drafted.state}, str(drafted.id))


def _release(arguments: argparse.Namespace, desk: Desk) -> Answer:
    drafted, _changes = coverage.open_release(desk, record_id(arguments.id))
    return Answer({"id": drafted.id, "state": drafted.state}, str(drafted.id))


def _told(desk: Desk, found: Article) -> Answer:
    clocks, made = coverage.clocks(desk, found.id), rebuttals.rounds(desk, found.id)
    places = placed(found)
    value: dict[str, object] = plain(found)
    value["clocks"] = plain(clocks)
    value["places"] = [
        {"claim": str(each.claim.id), "start": each.start, "standing": each.standing.value} for each in places
    ]
    value["rounds"] = article_rounds.plain_rounds(made)
    lines = [f"{found.id}", f"{found.outlet.name}: {found.title}"]
    for each in places:
        lines.append(f"  {each.claim.id}  “{each.claim.quote}” → {each.claim.fact}")
        lines += [f"    {each.warning}"] if each.warning else []
    lines += [f"  {each.wording} – {each.cited}" for each in clocks]
    lines += article_rounds.round_lines(made)
    return Answer(value, "\n".join(lines))
