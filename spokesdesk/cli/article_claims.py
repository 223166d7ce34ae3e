"""`article mark|reword|unmark|wordings|read-again`: places in an article, worded, proven, worded anew."""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.keeping import keep_file
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.claims import placed
from spokesdesk.domain.coverage import Article, Ask, Claim, Verdict
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Ref
from spokesdesk.services import coverage, inserting, papers
from spokesdesk.services.ports import Desk

NIL = UUID(int=0)
CLAIM_KEYS = frozenset(
    {"quote", "fact", "proof", "ground", "verdict", "start", "asks", "links", "files", "papers"}
)


def add_parsers(nouns: Any) -> None:
    """Add the commands."""
    mark = nouns.add_parser("mark", help=_("đánh dấu một nội dung chưa đúng trong bài"))
    _options(mark, required=True)
    mark.set_defaults(run=_mark)
    reword = nouns.add_parser("reword", help=_("sửa một nội dung đã đánh dấu; bản trước vẫn giữ"))
    _options(reword, required=False)
    reword.add_argument("claim", metavar="CLAIM", help=_("mã nội dung, xem bằng show"))
    reword.set_defaults(run=_reword)
    unmark = nouns.add_parser("unmark", help=_("bỏ một nội dung đã đánh dấu; in mã để lấy lại bằng reword"))
    add_workspace(unmark)
    unmark.add_argument("id")
    unmark.add_argument("claim", metavar="CLAIM")
    unmark.set_defaults(run=_unmark)
    wordings = nouns.add_parser("wordings", help=_("mọi bản của một nội dung, mới nhất trước"))
    add_workspace(wordings)
    wordings.add_argument("claim", metavar="CLAIM")
    wordings.set_defaults(run=_wordings)
    again = nouns.add_parser("read-again", help=_("giữ toàn văn đọc lại; báo nội dung nào không còn chỗ cũ"))
    add_workspace(again)
    again.add_argument("id")
    again.add_argument("--text-file", required=True, metavar="FILE")
    again.add_argument("--snapshot", metavar="FILE", help=_("bản chụp bài báo"))
    again.set_defaults(run=_read_again)


def _options(parser: argparse.ArgumentParser, *, required: bool) -> None:
    add_workspace(parser)
    parser.add_argument("id")
    parser.add_argument("--quote", required=required, metavar="TEXT", help=_("nội dung báo nêu"))
    parser.add_argument("--fact", required=required, metavar="TEXT", help=_("sự thật"))
    parser.add_argument("--start", type=int, metavar="N", help=_("vị trí trong toàn văn, khi câu lặp lại"))
    parser.add_argument("--proof", metavar="TEXT", help=_("tài liệu chứng minh"))
    parser.add_argument("--ground", metavar="TEXT", help=_("căn cứ"))
    parser.add_argument("--verdict", choices=[item.value for item in Verdict])
    parser.add_argument("--ask", action="append", choices=[item.value for item in Ask], help=_("đề nghị"))
    parser.add_argument("--file", action="append", metavar="FILE", help=_("chứng cứ, giữ theo mã băm"))
    parser.add_argument("--paper", action="append", metavar="ID", help=_("văn bản của cơ quan làm chứng cứ"))
    parser.add_argument("--link", action="append", metavar="URL", help=_("nơi đã công bố sự thật"))


def claim_of(desk: Desk, item: Mapping[str, Any]) -> Claim:
    """Give a claim from a table of a file; raises UserError naming the key."""
    for key in item:
        if key not in CLAIM_KEYS:
            raise UserError("key_unknown", field="claims", key=key)
    quote, fact, proof, ground = (str(item.get(key, "")) for key in ("quote", "fact", "proof", "ground"))
    start = item.get("start")
    return Claim(
        NIL,
        quote,
        fact,
        proof,
        ground,
        _verdict(str(item.get("verdict", Verdict.INACCURATE.value))),
        start if isinstance(start, int) else None,
        asks=tuple(_ask(str(each)) for each in item.get("asks", (Ask.CORRECTION.value,))),
        files=tuple(keep_file(desk, Path(str(each))) for each in item.get("files", ())),
        papers=tuple(_paper(desk, str(each)) for each in item.get("papers", ())),
        links=tuple(str(each) for each in item.get("links", ())),
    )


def read_text(path: str, field: str) -> str:
    """Give a UTF-8 text file; raises UserError naming the field."""
    try:
        return Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError("file_unreadable", field=field, path=path) from error


def _verdict(given: str) -> Verdict:
    try:
        return Verdict(given)
    except ValueError as error:
        allowed = ", ".join(item.value for item in Verdict)
        raise UserError("verdict_unknown", field="verdict", given=given, allowed=allowed) from error


def _ask(given: str) -> Ask:
    try:
        return Ask(given)
    except ValueError as error:
        allowed = ", ".join(item.value for item in Ask)
        raise UserError("ask_unknown", field="asks", given=given, allowed=allowed) from error


def _paper(desk: Desk, given: str) -> Ref:
    found = papers.paper(desk, record_id(given, "paper"))
    return Ref(found.id, f"{inserting.named(found)}: {found.title}")


def _mark(arguments: argparse.Namespace, desk: Desk) -> Answer:
    claim = _changed(arguments, desk, Claim(NIL, "", ""))
    return _told(coverage.add_claims(desk, record_id(arguments.id), (claim,))[0])


def _reword(arguments: argparse.Namespace, desk: Desk) -> Answer:
    claim_id = record_id(arguments.claim, "claim")
    claim = _changed(arguments, desk, coverage.claim_versions(desk, claim_id)[0])
    return _told(coverage.change_claim(desk, record_id(arguments.id), claim_id, claim)[0])


def _changed(arguments: argparse.Namespace, desk: Desk, claim: Claim) -> Claim:
    for name in ("quote", "fact", "proof", "ground", "start"):
        if getattr(arguments, name) is not None:
            claim = replace(claim, **{name: getattr(arguments, name)})
    if arguments.verdict:
        claim = replace(claim, verdict=Verdict(arguments.verdict))
    if arguments.ask:
        claim = replace(claim, asks=tuple(Ask(each) for each in arguments.ask))
    if arguments.file:
        kept = tuple(keep_file(desk, Path(each)) for each in arguments.file)
        claim = replace(claim, files=claim.files + kept)
    if arguments.paper:
        claim = replace(claim, papers=claim.papers + tuple(_paper(desk, each) for each in arguments.paper))
    return replace(claim, links=claim.links + tuple(arguments.link)) if arguments.link else claim


def _unmark(arguments: argparse.Namespace, desk: Desk) -> Answer:
    gone, _changes = coverage.withdraw_claim(
        desk, record_id(arguments.id), record_id(arguments.claim, "claim")
    )
    return Answer({"id": gone}, str(gone))


def _wordings(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = coverage.claim_versions(desk, record_id(arguments.claim, "claim"))
    return Answer(found, "\n".join(f"{each.id}  “{each.quote}” → {each.fact}" for each in found))


def _read_again(arguments: argparse.Namespace, desk: Desk) -> Answer:
    snapshot = keep_file(desk, Path(arguments.snapshot)) if arguments.snapshot else None
    text = read_text(arguments.text_file, "text_file")
    return _told(coverage.read_again(desk, record_id(arguments.id), text, snapshot)[0])


def _told(found: Article) -> Answer:
    places = placed(found)
    value = {
        "id": found.id,
        "readings": found.readings,
        "text_sha256": found.text_sha256,
        "claims": [
            plain(each.claim) | {"start": each.start, "standing": each.standing.value} for each in places
        ],
    }
    lines = [
        f"{each.claim.id}  “{each.claim.quote}” → {each.claim.fact}  {each.warning}".rstrip()
        for each in places
    ]
    return Answer(value, "\n".join(lines) or _("Chưa đánh dấu chỗ nào."))
