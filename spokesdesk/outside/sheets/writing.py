"""Writes tables for Excel and LibreOffice: text stays text, whatever it begins with."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from spokesdesk.domain.imports.cells import ARMED, Cell, shown
from spokesdesk.services.ports.sheets import Column

MOST_IN_CELL = 32_000


def write_workbook(path: Path, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a workbook row by row at constant memory; gives how many rows.

    Args:
        title: of the sheet, at most 31 characters are used.
        rows: a cell a column: str (never computed), date, datetime (in Vietnamese time), numbers, None.
    """
    import xlsxwriter

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "nan_inf_to_errors": False,
    }
    book = xlsxwriter.Workbook(str(path), options)
    sheet = book.add_worksheet("".join(char for char in title if char not in r"[]:*?/\'")[:31] or "1")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "vcenter", "bottom": 1})
    text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    day = book.add_format({"valign": "top", "align": "left", "num_format": "[$-42A]dd/mm/yyyy"})
    moment = book.add_format({"valign": "top", "align": "left", "num_format": "[$-42A]dd/mm/yyyy hh:mm"})
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.title, head)
    sheet.freeze_panes(1, 0)
    count = 0
    for count, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(count, at, cell.replace(tzinfo=None), moment)
            elif isinstance(cell, date):
                sheet.write_datetime(count, at, datetime(cell.year, cell.month, cell.day), day)
            elif isinstance(cell, int | float) and not isinstance(cell, bool):
                sheet.write_number(count, at, cell)
            elif cell not in (None, ""):
                sheet.write_string(count, at, shown(cell)[:MOST_IN_CELL], text)
    if count:
        sheet.autofilter(0, 0, count, max(0, len(columns) - 1))
    book.close()
    return count


def write_text(path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> int:
    """Write CSV in UTF-8 with the mark that makes Excel read it so; gives how many rows.

    A cell that a spreadsheet would compute gets an apostrophe in front, which an import takes off again.
    """
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([column.title for column in columns])
        for row in rows:
            writer.writerow([_disarmed(shown(cell)) for cell in row])
            count += 1
    return count


def _disarmed(text: str) -> str:
    return f"'{text}" if text.startswith(ARMED) else text
