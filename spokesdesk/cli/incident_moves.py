"""`incident say|word|agree|draft|sent|note|evidence|close|reopen|print|counters`: what is done about an incident."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.incident_text import told
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.clock import parse_date, parse_time
from spokesdesk.domain.incidents import Stance, Statement, StatementForm
from spokesdesk.domain.language import gettext as _
from spokesdesk.services import counters, incidents, journal
from spokesdesk.services.ports import Desk


def add_parsers(nouns: Any) -> None:
    """Add the commands."""
    _add_saying(nouns)
    _add_agreeing(nouns)
    _add_papers(nouns)
    for name, words, run in (
        ("note", _("ghi chú một việc"), _note),
        ("close", _("đóng vụ việc"), _close),
        ("reopen", _("mở lại vụ việc, nêu lý do"), _reopen),
    ):
        made = _of_one(nouns, name, words, run)
        made.add_argument("--remark", default="", metavar="TEXT", help=_("nội dung, lý do"))
    evidence = _of_one(nouns, "evidence", _("thêm tệp chứng cứ, giữ theo mã băm"), _evidence)
    evidence.add_argument(
        "--file",
        dest="files",
        action="append",
        type=Path,
        required=True,
        metavar="FILE",
        help=_("lặp lại được"),
    )
    evidence.add_argument("--remark", default="", metavar="TEXT", help=_("tệp gì, của ai, từ đâu"))
    counting = nouns.add_parser("counters", help=_("số liệu báo cáo về phát ngôn của một kỳ"))
    add_workspace(counting)
    counting.add_argument(
        "--from", dest="first", metavar="DATE", help=_("ngày đầu kỳ (mặc định: kỳ báo cáo năm)")
    )
    counting.add_argument("--to", dest="last", metavar="DATE", help=_("ngày cuối kỳ"))
    counting.add_argument("--out", metavar="FILE", help=_("ghi ra tệp .xlsx hoặc .csv"))
    counting.add_argument("--paper", action="store_true", help=_("soạn dự thảo báo cáo"))
    counting.set_defaults(run=_counters)


def _of_one(nouns: Any, name: str, words: str, run: Any) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = nouns.add_parser(name, help=words)
    add_workspace(made)
    made.add_argument("id")
    made.set_defaults(run=run)
    return made


def _add_saying(nouns: Any) -> None:
    say = _of_one(nouns, "say", _("ghi một lần phát ngôn, cung cấp thông tin"), _say)
    say.add_argument("--text", default="", metavar="TEXT", help=_("nội dung đã phát ngôn"))
    say.add_argument("--paper", metavar="ID", help=_("văn bản đã đưa ra"))
    say.add_argument("--form", choices=[item.value for item in StatementForm], default="release")
    say.add_argument("--speaker", required=True, metavar="NAME", help=_("người phát ngôn"))
    say.add_argument("--at", metavar="TIME", help=_("lúc phát ngôn, giờ Việt Nam (mặc định: bây giờ)"))
    say.add_argument("--remark", default="", metavar="TEXT")


def _add_agreeing(nouns: Any) -> None:
    word = _of_one(nouns, "word", _("đưa ra một bản nội dung để các cơ quan thống nhất"), _word)
    word.add_argument("--text", metavar="TEXT", help=_("nội dung"))
    word.add_argument("--paper", metavar="ID", help=_("lấy nội dung của văn bản này"))
    agree = _of_one(nouns, "agree", _("ghi ý kiến của một cơ quan về bản mới nhất"), _agree)
    agree.add_argument("--agency", required=True, metavar="NAME", help=_("cơ quan cho ý kiến"))
    agree.add_argument("--person", required=True, metavar="NAME", help=_("ai trả lời, bằng cách nào"))
    agree.add_argument("--objects", action="store_true", help=_("chưa đồng ý"))
    agree.add_argument(
        "--hash", required=True, metavar="SHA256", help=_("mã băm của bản đã đọc (đầu mã cũng được)")
    )
    agree.add_argument("--remark", default="", metavar="TEXT")


def _add_papers(nouns: Any) -> None:
    draft = _of_one(nouns, "draft", _("soạn thông cáo ban đầu, hoặc văn bản phối hợp (--to)"), _draft)
    draft.add_argument("--to", metavar="PLACE", help=_("mã nơi báo; xem lệnh case places"))
    sent = _of_one(nouns, "sent", _("ghi đã báo cáo, phối hợp với ai, lúc nào"), _sent)
    sent.add_argument("--to", action="append", default=[], metavar="NAME", help=_("nơi nhận, lặp lại được"))
    sent.add_argument("--paper", metavar="ID", help=_("văn bản đã gửi"))
    sent.add_argument("--done", metavar="TIME", help=_("lúc gửi, gọi (mặc định: bây giờ)"))
    sent.add_argument("--remark", default="", metavar="TEXT", help=_("cách báo, người nhận"))
    printing = _of_one(nouns, "print", _("in diễn biến ra tệp PDF"), _print)
    printing.add_argument("--pdf", required=True, metavar="FILE", help=_("tệp PDF mới"))


def _say(arguments: argparse.Namespace, desk: Desk) -> Answer:
    at = parse_time(arguments.at, now=desk.now(), field="said_at") if arguments.at else desk.now()
    said = Statement(at, StatementForm(arguments.form), arguments.speaker, arguments.text)
    paper = record_id(arguments.paper, "paper") if arguments.paper else None
    incident_id = record_id(arguments.id)
    incidents.say(desk, incident_id, said, paper_id=paper, remark=arguments.remark)
    return told(desk, incident_id)


def _word(arguments: argparse.Namespace, desk: Desk) -> Answer:
    incident_id = record_id(arguments.id)
    if arguments.paper:
        incidents.word_paper(desk, incident_id, record_id(arguments.paper, "paper"))
    else:
        incidents.word(desk, incident_id, arguments.text or "")
    return told(desk, incident_id)


def _agree(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = incidents.incident(desk, record_id(arguments.id))
    latest = found.wordings[-1].sha256 if found.wordings else ""
    given = arguments.hash.strip().lower().replace(" ", "")
    # The first digits of the latest text's hash stand for it; anything else is compared as it was typed.
    sha256 = latest if len(given) >= 8 and latest.startswith(given) else given
    stance = Stance.OBJECTED if arguments.objects else Stance.AGREED
    incidents.agree(
        desk, found.id, arguments.agency, arguments.person, stance, sha256=sha256, remark=arguments.remark
    )
    return told(desk, found.id)


def _draft(arguments: argparse.Namespace, desk: Desk) -> Answer:
    incident_id = record_id(arguments.id)
    if arguments.to:
        drafted, _changes = incidents.draft_message(desk, incident_id, arguments.to)
    else:
        drafted, _changes = incidents.draft_statement(desk, incident_id)
    return Answer({"id": drafted.id, "state": drafted.state}, str(drafted.id))


def _sent(arguments: argparse.Namespace, desk: Desk) -> Answer:
    done = parse_time(arguments.done, now=desk.now(), field="done_at") if arguments.done else None
    paper = record_id(arguments.paper, "paper") if arguments.paper else None
    names = {route.place.id: route.name for route in incidents.places(desk)}
    to = [names.get(given, given) for given in arguments.to]
    incident_id = record_id(arguments.id)
    incidents.sent(desk, incident_id, to, done_at=done, paper_id=paper, remark=arguments.remark)
    return told(desk, incident_id)


def _note(arguments: argparse.Namespace, desk: Desk) -> Answer:
    incidents.note(desk, record_id(arguments.id), arguments.remark)
    return told(desk, record_id(arguments.id))


def _evidence(arguments: argparse.Namespace, desk: Desk) -> Answer:
    incident_id = record_id(arguments.id)
    incidents.incident(desk, incident_id)
    files = [journal.keep_file(desk, path) for path in arguments.files]
    incidents.add_evidence(desk, incident_id, files, arguments.remark)
    return told(desk, incident_id)


def _close(arguments: argparse.Namespace, desk: Desk) -> Answer:
    incidents.close(desk, record_id(arguments.id), arguments.remark)
    return told(desk, record_id(arguments.id))


def _reopen(arguments: argparse.Namespace, desk: Desk) -> Answer:
    incidents.reopen(desk, record_id(arguments.id), arguments.remark)
    return told(desk, record_id(arguments.id))


def _print(arguments: argparse.Namespace, desk: Desk) -> Answer:
    target = incidents.save_timeline(desk, record_id(arguments.id), Path(arguments.pdf))
    return Answer({"path": target}, str(target))


def _counters(arguments: argparse.Namespace, desk: Desk) -> Answer:
    first = parse_date(arguments.first, field="from_on") if arguments.first else None
    last = parse_date(arguments.last, field="until_on") if arguments.last else None
    found = counters.count(desk, first, last)
    if arguments.out:
        counters.export(desk, found, Path(arguments.out))
    value: dict[str, Any] = plain(found)
    lines = [found.title, *(f"{row.n}. {row.title}: {row.figure}" for row in found.rows)]
    if arguments.paper:
        drafted, _changes = counters.draft_report(desk, found)
        value["paper"] = str(drafted.id)
        lines.append(str(drafted.id))
    return Answer(value, "\n".join(lines))
