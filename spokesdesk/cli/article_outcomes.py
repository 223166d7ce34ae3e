"""`article recapture|check|stats`: did they correct it, and how often outlets do."""

import argparse
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer, plain
from spokesdesk.cli.article_claims import read_text
from spokesdesk.cli.keeping import keep_file
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.clock import parse_date, parse_time
from spokesdesk.domain.compare import changes
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.recaptures import Judged, RecaptureDraft, judged_words
from spokesdesk.services import outcomes, recaptures
from spokesdesk.services.ports import Desk
from spokesdesk.services.recaptures import RecaptureView


def add_parsers(nouns: Any) -> None:
    """Add the commands."""
    again = nouns.add_parser("recapture", help=_("lưu bản đọc lại khi đến hạn, đối chiếu với bài gốc"))
    add_workspace(again)
    again.add_argument("id")
    again.add_argument("--fetch", action="store_true", help=_("đọc trang từ mạng, giữ bản chụp WARC"))
    again.add_argument("--text-file", metavar="FILE", help=_("tệp .txt UTF-8 chứa nội dung đọc lại"))
    again.add_argument("--file", metavar="FILE", help=_("tệp chụp, ảnh, bản quét"))
    again.add_argument("--gone", action="store_true", help=_("trang không còn"))
    again.add_argument("--url", default="", metavar="URL", help=_("mặc định là địa chỉ của bài"))
    again.add_argument("--at", metavar="TIME", help=_("đọc lại lúc, giờ Việt Nam; mặc định là bây giờ"))
    again.set_defaults(run=_recapture)
    check = nouns.add_parser("check", help=_("ghi điều nhìn thấy trong bản đọc lại, từng điểm"))
    add_workspace(check)
    check.add_argument("recapture", metavar="RECAPTURE")
    for judged in (Judged.YES, Judged.NO, Judged.UNCLEAR):
        told = judged_words()[judged].lower()
        option = f"--{judged.value}"
        check.add_argument(option, action="append", default=[], metavar=_("ĐIỂM[=GHI-CHÚ]"), help=told)
    check.add_argument("--remark", default="", metavar="TEXT")
    check.set_defaults(run=_check)
    stats = nouns.add_parser("stats", help=_("kết quả theo cơ quan báo chí, loại hình, điều đã đề nghị"))
    add_workspace(stats)
    stats.add_argument("--from", dest="from_on", metavar="YYYY-MM-DD")
    stats.add_argument("--to", dest="to_on", metavar="YYYY-MM-DD")
    stats.add_argument("--out", metavar="FILE", help=_("ghi ra .xlsx hoặc .csv"))
    stats.set_defaults(run=_stats)


def _recapture(arguments: argparse.Namespace, desk: Desk) -> Answer:
    draft = RecaptureDraft(
        url=arguments.url,
        text=read_text(arguments.text_file, "text_file") if arguments.text_file else "",
        file=keep_file(desk, Path(arguments.file)) if arguments.file else None,
        gone=arguments.gone,
        taken_at=parse_time(arguments.at, now=desk.now(), field="taken_at") if arguments.at else None,
    )
    if arguments.fetch:
        draft = recaptures.capture(desk, record_id(arguments.id), arguments.url)
    made, _changes = recaptures.add(desk, record_id(arguments.id), draft)
    return _told(recaptures.view(desk, made.id))


def _told(seen: RecaptureView) -> Answer:
    value = {
        "id": seen.recapture.id,
        "text_sha256": seen.recapture.text_sha256,
        "changes": changes(seen.runs),
        "runs": plain(seen.runs),
        "points": [
            {"id": each.point.id, "text": each.point.text, "citation": each.citation, "doubt": each.doubt}
            | ({"hint": hint.hint.value, "seen": hint.words} if (hint := seen.hint(each.point.id)) else {})
            for each in seen.asked
        ],
    }
    lines = [str(seen.recapture.id), _("{n} chỗ khác bản đã lưu").format(n=changes(seen.runs))]
    for each in seen.asked:
        hint = seen.hint(each.point.id)
        said = f" [{judged_words()[hint.hint]}: {hint.words}]" if hint else ""
        lines.append(f"  {each.point.id}: {each.point.text}{said} – {each.citation}")
    return Answer(value, "\n".join(lines))


def _check(arguments: argparse.Namespace, desk: Desk) -> Answer:
    recapture_id = record_id(arguments.recapture, "recapture")
    known = {each.point.id for each in recaptures.view(desk, recapture_id).asked}
    given: dict[str, tuple[Judged, str]] = {}
    for judged in (Judged.YES, Judged.NO, Judged.UNCLEAR):
        for item in getattr(arguments, judged.value):
            point, _is, note = item.partition("=")
            if point not in known:
                raise UserError("point_unknown", field="answers", given=point, known=", ".join(sorted(known)))
            given[point] = (judged, note)
    made, _changes = recaptures.check(desk, recapture_id, given, arguments.remark)
    lines = [f"  {each.text}: {judged_words()[each.judged]}  {each.note}".rstrip() for each in made.answers]
    fate = recaptures.likely_fate(made)
    value = plain(made) | {"likely_fate": fate.value if fate else None}
    return Answer(value, "\n".join([str(made.id), *lines]))


def _stats(arguments: argparse.Namespace, desk: Desk) -> Answer:
    from_on = parse_date(arguments.from_on, field="from_on") if arguments.from_on else None
    to_on = parse_date(arguments.to_on, field="to_on") if arguments.to_on else None
    found = outcomes.statistics(desk, from_on, to_on)
    if arguments.out:
        outcomes.export(desk, Path(arguments.out), found)
    titles = [title for title, _width in outcomes.column_titles()]
    rows = ["\t".join(str(cell) for cell in row) for row in outcomes.table(found)]
    return Answer(found, "\n".join(["\t".join(titles), *rows]))
