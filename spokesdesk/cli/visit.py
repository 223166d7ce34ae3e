"""`visit add|list|show|thread|given|slip|minutes|files`: the journal of contacts from the command line."""

import argparse
from datetime import timedelta
from pathlib import Path
from typing import Any

from spokesdesk.cli.answer import Answer
from spokesdesk.cli.files import make_folder, write_whole
from spokesdesk.cli.visit_draft import add_options, draft_of
from spokesdesk.cli.visit_text import entry_text, entry_value, row_text
from spokesdesk.cli.who import add_workspace, record_id
from spokesdesk.domain.clock import parse_date, start_of_day
from spokesdesk.domain.journal_words import given_form_name
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import safe_file_name
from spokesdesk.services import answerers, clockcheck, journal, privacy, requests
from spokesdesk.services.ports import Desk

_NOUNS = "add|list|show|thread|given|slip|minutes|files"


def add_parser(commands: Any) -> None:
    """Add the commands."""
    nouns = commands.add_parser("visit", help=_("sổ tiếp xúc báo chí")).add_subparsers(
        required=True, metavar=_NOUNS
    )
    add_options(_command(nouns, "add", _("ghi một lần tiếp xúc"), _add))
    listing = _command(nouns, "list", _("liệt kê"), _list)
    listing.add_argument("words", nargs="*", help=_("từ cần tìm, không cần dấu"))
    listing.add_argument("--limit", type=int, default=100)
    _command(nouns, "show", _("xem một mục"), _show).add_argument("id")
    _command(nouns, "thread", _("cả chuỗi tiếp nối của một mục"), _thread).add_argument("id")
    given = _command(nouns, "given", _("đếm nội dung đã cung cấp theo hình thức"), _given)
    given.add_argument("--from", dest="start", required=True, metavar="DATE", help=_("từ ngày"))
    given.add_argument("--to", dest="end", required=True, metavar="DATE", help=_("đến hết ngày"))
    slip = _command(nouns, "slip", _("phiếu tiếp nhận"), _slip)
    slip.add_argument("id")
    slip.add_argument("--pdf", type=Path, required=True, metavar="FILE", help=_("ghi ra tệp PDF"))
    _command(nouns, "minutes", _("soạn biên bản làm việc"), _minutes).add_argument("id")
    files = _command(nouns, "files", _("lưu các tệp kèm ra thư mục"), _files)
    files.add_argument("id")
    files.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("thư mục nhận tệp"))


def _command(nouns: Any, name: str, said: str, run: Any) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = nouns.add_parser(name, help=said)
    add_workspace(made)
    made.set_defaults(run=run)
    return made


def _add(arguments: argparse.Namespace, desk: Desk) -> Answer:
    entry, _changes = journal.log_contact(desk, draft_of(arguments, desk))
    said = tuple(each for each in (*answerers.cautions_of(desk, entry), clockcheck.caution(desk)) if each)
    text = "\n".join([entry_text(entry), *(f"{_('Lưu ý')}: {each}" for each in said)])
    brought = requests.of_contact(desk, entry.id)
    if brought is not None:
        text += f"\n{_('Yêu cầu')}: {brought}"
    return Answer(entry_value(entry) | {"cautions": list(said), "request": brought}, text)


def _list(arguments: argparse.Namespace, desk: Desk) -> Answer:
    found = journal.contact_list(desk, " ".join(arguments.words))
    rows = tuple(found.page(found.open(), 0, max(arguments.limit, 0)))
    return Answer(rows, "\n".join(row_text(row) for row in rows) or _("Chưa có mục nào."))


def _show(arguments: argparse.Namespace, desk: Desk) -> Answer:
    entry = journal.contact(desk, record_id(arguments.id))
    if entry.journalist is not None:
        privacy.note_quietly(desk, "contact", entry.id, "opened")
    brought = requests.of_contact(desk, entry.id)
    text = entry_text(entry) + (f"\n{_('Yêu cầu')}: {brought}" if brought else "")
    return Answer(entry_value(entry) | {"request": brought}, text)


def _thread(arguments: argparse.Namespace, desk: Desk) -> Answer:
    entries = journal.thread(desk, record_id(arguments.id))
    asked = journal.open_questions(entries)
    still = [f"{_('Chưa trả lời')}: {each.asked}" for each in asked]
    text = "\n\n".join([*(entry_text(entry) for entry in entries), *still])
    value = {"entries": [entry_value(entry) for entry in entries], "open_questions": asked}
    return Answer(value, text)


def _given(arguments: argparse.Namespace, desk: Desk) -> Answer:
    start = start_of_day(parse_date(arguments.start, field="from_on"))
    end = start_of_day(parse_date(arguments.end, field="to_on") + timedelta(days=1))
    counts = journal.given_by_form(desk, start, end)
    lines = [f"{given_form_name(form)}: {count}" for form, count in counts.items()]
    value = {"total": sum(counts.values()), "forms": {form.value: count for form, count in counts.items()}}
    return Answer(value, "\n".join([*lines, f"{_('Tổng số')}: {sum(counts.values())}"]))


def _slip(arguments: argparse.Namespace, desk: Desk) -> Answer:
    write_whole(arguments.pdf, journal.slip(desk, record_id(arguments.id)), "pdf")
    return Answer({"pdf": arguments.pdf}, _("Đã ghi phiếu tiếp nhận: {path}").format(path=arguments.pdf))


def _minutes(arguments: argparse.Namespace, desk: Desk) -> Answer:
    made, _changes = journal.draft_minutes(desk, record_id(arguments.id))
    said = _("Đã soạn biên bản làm việc, bản nháp {id}: {title}")
    return Answer({"paper": made.id, "title": made.title}, said.format(id=made.id, title=made.title))


def _files(arguments: argparse.Namespace, desk: Desk) -> Answer:
    entry = journal.contact(desk, record_id(arguments.id))
    written = []
    make_folder(arguments.out, "out")
    for file in entry.attachments:
        target = _free(arguments.out / safe_file_name(file.name))
        journal.export_file(desk, file.sha256, target)
        written.append(target)
    return Answer({"files": written}, "\n".join(map(str, written)) or _("Mục này không có tệp kèm."))


def _free(target: Path) -> Path:
    """Give the path, or one beside it that nothing stands at yet: a file already there is never written over."""
    n, free = 1, target
    while free.exists():
        n += 1
        free = target.with_stem(f"{target.stem} ({n})")
    return free
