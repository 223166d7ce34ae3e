"""Statistics of what became of our letters to outlets, on screen and as a table."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from spokesdesk.domain.claims import ask_words
from spokesdesk.domain.clock import start_of_day
from spokesdesk.domain.coverage import Ask
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.imports.cells import Cell
from spokesdesk.domain.labels import value_label
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.outcomes import Asked, Outcome, Outcomes, outcomes
from spokesdesk.domain.rebuttals import RoundTo
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.sheets import Column


def statistics(desk: Desk, from_on: date | None = None, to_on: date | None = None) -> Outcomes:
    """Count the letters drafted in a span of days (both in it), by outlet, kind and what was asked.

    Args:
        from_on: first day; None for the beginning.
        to_on: last day; None for today.
    """
    start = start_of_day(from_on) if from_on else None
    end = start_of_day(to_on + timedelta(days=1)) if to_on else None
    with desk.read() as unit:
        rounds = [each for each in unit.rebuttals.all(start, end) if each.to is RoundTo.OUTLET]
        outlets = unit.rebuttals.outlets([each.article_id for each in rounds])
        # A merged outlet counts under the one that was kept.
        known = {ref.id: unit.people.outlet(ref.id) for ref in outlets.values()}
        letters = [
            Asked(each, known[ref.id].ref, known[ref.id].kind)
            for each in rounds
            if (ref := outlets.get(each.article_id))
        ]
    return outcomes(letters)


def export(desk: Desk, target: Path, found: Outcomes) -> int:
    """Write the counts to a file, .xlsx or .csv; give the number of rows.

    Raises:
        UserError: ``export_kind``: another ending.
        OutsideError: ``file_unwritable``.
    """
    columns = [Column(title, width) for title, width in column_titles()]
    rows = (list(row) for row in table(found))
    if target.suffix.lower() == ".csv":
        return desk.sheets.write_csv(target, columns, rows)
    if target.suffix.lower() == ".xlsx":
        return desk.sheets.write_xlsx(target, _("Kết quả cải chính"), columns, rows)
    raise UserError("export_kind", field="out", path=target.name)


def column_titles() -> tuple[tuple[str, int], ...]:
    """Give the columns of the table: title and width in characters."""
    return (
        (_("Theo"), 22),
        (_("Tên"), 34),
        (_("Đã đề nghị"), 11),
        (_("Có trả lời"), 11),
        (_("Cải chính đủ"), 12),
        (_("Một phần"), 10),
        (_("Đăng phản hồi"), 13),
        (_("Từ chối"), 9),
        (_("Im lặng"), 9),
        (_("Đang chờ"), 10),
        (_("Trung vị (ngày)"), 14),
    )


def table(found: Outcomes) -> Iterator[tuple[Cell, ...]]:
    """Give the rows of the table: all letters, then by outlet, by kind of outlet, by what was asked."""
    asked = ask_words()
    yield _cells(_("Tất cả"), "", found.total)
    for each in found.by_outlet:
        yield _cells(_("Cơ quan báo chí"), each.name, each)
    for each in found.by_kind:
        yield _cells(_("Loại hình"), value_label("outlet_kind", each.name), each)
    for each in found.by_ask:
        yield _cells(_("Đề nghị"), asked[Ask(each.name)], each)


def _cells(group: str, name: object, each: Outcome) -> tuple[Cell, ...]:
    counts = (each.asked, each.answered, each.corrected, each.partly, each.published, each.refused)
    days = each.median_days if each.median_days is not None else ""
    return (group, str(name), *counts, each.silent, each.waiting, days)
