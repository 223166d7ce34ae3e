"""Reads workbooks with calamine: fast, in constant time off the interpreter's lock, old .xls and .ods too."""

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.imports.cells import UNCOMPUTED, Cell
from spokesdesk.outside.sheets.formulas import uncomputed

MOST_UNPACKED = 600_000_000
MOST_CELLS = 12_000_000


class BookTable:
    """One sheet of a workbook."""

    def __init__(
        self, book: Any, name: str, names: tuple[str, ...], digest: str, blanks: frozenset[Any]
    ) -> None:
        self.names = names
        self.name = name
        self.encoding = ""
        self.sha256 = digest
        self._sheet = book.get_sheet_by_name(name)
        # Where a formula stands whose result the file does not hold, as (row, column) from 0.
        self._blanks = blanks
        self._merged = _held(self._sheet)
        top, left = self._sheet.start or (0, 0)
        self._top, self._left = top, left
        bottom, right = self._sheet.end or (0, -1)
        self.total = bottom + 1 if right >= 0 else 0
        if (bottom - top + 1) * (right - left + 1) > MOST_CELLS:
            raise UserError("sheet_too_big", field="file", path=name)

    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Give the rows; cells merged downwards show what the first of them holds, as a person sees them."""
        above: dict[tuple[int, int], Cell] = {}
        for at, found in enumerate(self._sheet.iter_rows()):
            row: list[Cell] = [None] * self._left + [None if cell == "" else cell for cell in found]
            # iter_rows counts from the first row of the sheet, whatever is empty above the data.
            line = at
            for column in range(len(row)):
                first = self._merged.get((line, column))
                if first == (line, column):
                    above[first] = row[column]
                elif first is not None and row[column] is None:
                    row[column] = above.get(first)
                if row[column] is None and (line, column) in self._blanks:
                    row[column] = UNCOMPUTED
            yield line + 1, row


def open_workbook(path: Path, sheet: str, digest: str) -> BookTable:
    """Open a sheet of a workbook.

    Raises:
        UserError: ``sheet_locked`` (a password), ``sheet_damaged``, ``sheet_too_big`` (packed to burst),
            ``sheet_unknown`` (no sheet of that name).
    """
    import python_calamine as calamine

    zipped = zipfile.is_zipfile(path)
    if zipped:
        _check_packing(path)
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        names = tuple(each.name for each in book.sheets_metadata if _is_shown(each))
        if not names or (sheet and sheet not in names):
            raise UserError("sheet_unknown", field="file", path=path.name, sheet=sheet)
        blanks = (
            uncomputed(path, sheet or names[0])
            if zipped and path.suffix.lower() in (".xlsx", ".xlsm")
            else ()
        )
        return BookTable(book, sheet or names[0], names, digest, frozenset(blanks))
    except calamine.PasswordError as error:
        raise UserError("sheet_locked", field="file", path=path.name) from error
    except (calamine.CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
        code = "sheet_locked" if _is_locked(path) else "sheet_damaged"
        raise UserError(code, field="file", path=path.name) from error


def _is_shown(each: Any) -> bool:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return bool(each.visible == SheetVisibleEnum.Visible and each.typ == SheetTypeEnum.WorkSheet)


def _check_packing(path: Path) -> None:
    """Refuse a file that unpacks to more than any list of people can be."""
    try:
        with zipfile.ZipFile(path) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
            ratio = max(
                (each.file_size / max(1, each.compress_size) for each in packed.infolist()), default=0
            )
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UserError("sheet_damaged", field="file", path=path.name) from error
    if unpacked > MOST_UNPACKED or (ratio > 500 and unpacked > MOST_UNPACKED // 4):
        raise UserError("sheet_too_big", field="file", path=path.name)


def _is_locked(path: Path) -> bool:
    """Tell whether an .xlsx is in truth an encrypted package: Excel wraps it in the old container format."""
    with path.open("rb") as file:
        head = file.read(4096 * 64)
    return head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" and "EncryptedPackage".encode("utf-16-le") in head


def _held(sheet: Any) -> dict[tuple[int, int], tuple[int, int]]:
    """Give for each cell of a downward merge the cell that holds its value, (row, column) from 0."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for (top, left), (bottom, _right) in sheet.merged_cell_ranges or ():
        if bottom > top and bottom - top < 10_000:
            found |= {(row, left): (top, left) for row in range(top, bottom + 1)}
    return found
