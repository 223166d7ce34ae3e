"""`article add|list|show|rebut|release`: what the press published, and the papers that answer it."""

import argparse
import tomllib
from pathlib import Path
from typing import Any
from uuid import UUID

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.clock import parse_time, to_vn
from spokesdesk.domain.coverage import Article, ArticleDraft, Claim, Verdict
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.services import coverage, journal
from spokesdesk.services.ports import Desk

NIL = UUID(int=0)
CLAIM_KEYS = frozenset({"quote", "fact", "proof", "ground", "verdict"})


def add_parser(commands: Any) -> None:
    """Add the commands."""
    nouns = commands.add_parser("article", help=_("điểm báo")).add_subparsers(
        required=True, metavar="add|list|show|rebut|release"
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
        help=_("tệp có các bảng [[claims]]: quote, fact, proof, ground, verdict"),
    )


def _add(arguments: argparse.Namespace, desk: Desk) -> Answer:
    text = arguments.text
    if arguments.text_file:
        text = _read(arguments.text_file, "text_file")
    snapshot = journal.keep_file(desk, Path(arguments.snapshot)) if arguments.snapshot else None
    draft = ArticleDraft(
        outlet=arguments.outlet,
        title=arguments.title,
        published_at=parse_time(arguments.published, now=desk.now(), field="published"),
        url=arguments.url,
        byline=arguments.byline,
        section=arguments.section,
        text=text,
        snapshot=snapshot,
        claims=_claims(arguments),
    )
    found, _changes = coverage.add_article(desk, draft)
    return _told(desk, found)


def _claims(arguments: argparse.Namespace) -> tuple[Claim, ...]:
    if len(arguments.quote) != len(arguments.fact):
        raise UserError("claims_uneven", field="fact", quotes=len(arguments.quote), facts=len(arguments.fact))
    proofs = arguments.proof + [""] * len(arguments.quote)
    made = [
        Claim(NIL, quote, fact, proof)
        for quote, fact, proof in zip(arguments.quote, arguments.fact, proofs, strict=False)
    ]
    if arguments.claims:
        made += [_claim(item) for item in _claim_tables(arguments.claims)]
    return tuple(made)


def _claim_tables(path: str) -> list[dict[str, Any]]:
    try:
        read = tomllib.loads(_read(path, "claims"))
    except tomllib.TOMLDecodeError as error:
        raise UserError("toml_broken", field="claims", where=str(error)) from error
    for key in read:
        if key != "claims":
            raise UserError("key_unknown", field="claims", key=key)
    tables = read.get("claims", [])
    if not isinstance(tables, list) or not all(isinstance(item, dict) for item in tables):
        raise UserError("claims_form", field="claims")
    return tables


def _claim(item: dict[str, Any]) -> Claim:
    for key in item:
        if key not in CLAIM_KEYS:
            raise UserError("key_unknown", field="claims", key=key)
    verdict = _verdict(str(item.get("verdict", Verdict.INACCURATE.value)))
    quote, fact, proof, ground = (str(item.get(key, "")) for key in ("quote", "fact", "proof", "ground"))
    return Claim(NIL, quote, fact, proof, ground, verdict)


def _verdict(given: str) -> Verdict:
    try:
        return Verdict(given)
    except ValueError as error:
        allowed = ", ".join(item.value for item in Verdict)
        raise UserError("verdict_unknown", field="verdict", given=given, allowed=allowed) from error


def _read(path: str, field: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("file_unreadable", field=field, path=path) from error


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
    drafted, _changes = coverage.open_rebuttal(desk, record_id(arguments.id))
    return Answer({"id": drafted.id, "state": drafted.state}, str(drafted.id))


def _release(arguments: argparse.Namespace, desk: Desk) -> Answer:
    drafted, _changes = coverage.open_release(desk, record_id(arguments.id))
    return Answer({"id": drafted.id, "state": drafted.state}, str(drafted.id))


def _told(desk: Desk, found: Article) -> Answer:
    clocks = coverage.clocks(desk, found.id)
    value: dict[str, object] = plain(found)
    value["clocks"] = plain(clocks)
    lines = [f"{found.id}", f"{found.outlet.name}: {found.title}"]
    lines += [f"  “{claim.quote}” → {claim.fact}" for claim in found.claims]
    lines += [f"  {each.wording} – {each.cited}" for each in clocks]
    return Answer(value, "\n".join(lines))
