"""The figures of the yearly report on speaking to the press: counted for any period, written out, put into a report."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from spokesdesk.domain import counters as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import start_of_day, vn_day
from spokesdesk.domain.counters import Counted, Counter
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.incidents import StatementForm
from spokesdesk.domain.journal import Channel
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.rules import Rule
from spokesdesk.domain.text import short_date
from spokesdesk.services.paper_moves import add_draft
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.sheets import Column
from spokesdesk.services.templates import blank, wording

TEMPLATE = "counters"
REPORT_EVENT = "reporting_year"
CONFERENCE_EVENT = "press_conference_held"


def count(desk: Desk, first: date | None = None, last: date | None = None) -> Counted:
    """Count for a period.

    Args:
        first: first day in Vietnam; None: of the reporting year that runs.
        last: last day, counted; None: of that year.

    Raises:
        UserError: ``period_turned``, naming ``until_on``: it ends before it begins.

    Source: NĐ 244/2026/NĐ-CP, Điều 10 and its annex (one copy seen).
    """
    rule = report_rule(desk)
    usual = rules.reporting_year(rule, vn_day(desk.now()))
    start_on, end_on = first or usual[0], last or usual[1]
    if end_on < start_on:
        raise UserError("period_turned", field="until_on")
    words = wording(TEMPLATE)
    title = _("Số liệu phát ngôn và cung cấp thông tin cho báo chí từ {first} đến hết {last}").format(
        first=short_date(start_on), last=short_date(end_on)
    )
    with desk.read() as unit:
        rows = tuple(_rows(desk, unit, words["counter"], start_on, end_on))
    return Counted(title, start_on, end_on, rows)


def report_rule(desk: Desk) -> Rule | None:
    """Give the rule that asks for the yearly report, with the days its data cover; None where no rule known does."""
    found = (each for each in desk.rules.rules.values() if each.event == REPORT_EVENT)
    return next(found, None)


def export(desk: Desk, counted: Counted, target: Path) -> Path:
    """Write the figures to a file, .xlsx or .csv.

    Raises:
        UserError: ``export_kind``: another ending.
        OutsideError: ``file_unwritable``.
    """
    columns = [
        Column(_("TT"), 6),
        Column(_("Nội dung"), 70),
        Column(_("Số liệu"), 12),
        Column(_("Cách đếm"), 60),
    ]
    rows = [(row.n, row.title, row.figure, row.note) for row in counted.rows]
    ending = target.suffix.lower()
    if ending == ".csv":
        desk.sheets.write_csv(target, columns, rows)
    elif ending == ".xlsx":
        desk.sheets.write_xlsx(target, _("Số liệu phát ngôn"), columns, rows)
    else:
        raise UserError("export_kind", field="out", path=target.name)
    return target


def draft_report(desk: Desk, counted: Counted) -> tuple[Paper, Changes]:
    """Draft the report with its table of figures; difficulties and proposals are left to be written."""
    words = wording(TEMPLATE)["report"]
    filled = {"first": short_date(counted.first), "last": short_date(counted.last)}
    table = "\n".join(
        [words["head"], words["rule"], *(f"| {row.n} | {row.title} | {row.figure} |" for row in counted.rows)]
    )
    with desk.write() as unit:
        agency = unit.people.agency()
        filled["agency"] = agency.name
        body = [words["opening"].format_map(filled), words["figures"], table]
        body += [words["difficulties"], words["blank"], words["proposals"], words["blank_last"]]
        letter = replace(
            blank(LetterKind.BAO_CAO, agency),
            subject=words["subject"].format_map(filled),
            recipients=tuple(words["recipients"]),
            body="\n\n".join(body),
        )
        drafted = add_draft(desk, unit, letter, None)
    return drafted, (Change("paper", drafted.id),)


def _rows(desk: Desk, unit: Unit, words: list[dict[str, Any]], first: date, last: date) -> Iterator[Counter]:
    start, end = start_of_day(first), start_of_day(last + timedelta(days=1))
    began = unit.incidents.between(start, end)
    # Something may be said in the period about what began before it.
    said = unit.incidents.spoken_between(start, end)
    marks = [
        mark.done_on
        for mark in unit.library.marks()
        if (rule := desk.rules.rules.get(mark.rule_id)) and rule.event == CONFERENCE_EVENT
    ]

    def occasions(channel: Channel, form: StatementForm, noted: list[date]) -> tuple[int, None]:
        days = [*noted, *rules.statement_days(said, form)]
        within = [day for day in days if first <= day <= last]
        return rules.occasions(unit.counters.occasions(channel, start, end), within), None

    figures: dict[str, tuple[int, int | None]] = {
        "conferences": occasions(Channel.CONFERENCE, StatementForm.CONFERENCE, marks),
        "briefings": occasions(Channel.BRIEFING, StatementForm.BRIEFING, []),
        "requests": unit.counters.requests(start, end),
        "incidents": rules.spoken(began),
        "in_time": rules.on_time(began, desk.now()),
        "false_reports": unit.counters.false_reports(start, end),
    }
    for n, each in enumerate(words, 1):
        done, total = figures[each["key"]]
        yield Counter(n, each["key"], each["title"], done, total, each["note"])
