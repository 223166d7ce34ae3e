"""Excel workbooks and CSV files."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.domain.imports.cells import Cell
from spokesdesk.services.ports.sheets import Column, Table

MOST_BYTES = 200_000_000
_BOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_TEXTS = (".csv", ".tsv", ".txt")


class FileSheets:
    """Tables on the disk; the libraries are loaded when a table is opened."""

    def open(self, path: Path, sheet: str = "") -> Table:
        """Open a table.

        Args:
            path: .xlsx, .xls, .ods, .csv …
            sheet: name of the sheet; "" for the first one that is not hidden.

        Raises:
            UserError: ``sheet_missing``, ``sheet_kind``, ``sheet_too_big``, ``sheet_locked``, ``sheet_damaged``.
        """
        if not path.is_file():
            raise UserError("sheet_missing", field="file", path=str(path))
        ending = path.suffix.lower()
        if ending not in _BOOKS + _TEXTS:
            raise UserError("sheet_kind", field="file", path=path.name)
        try:
            if path.stat().st_size > MOST_BYTES:
                raise UserError("sheet_too_big", field="file", path=path.name)
            digest = _sha256(path)
        except OSError as error:
            raise UserError("sheet_missing", field="file", path=str(path)) from error
        if ending in _TEXTS:
            from spokesdesk.outside.sheets.textfile import open_text

            return open_text(path, digest)
        from spokesdesk.outside.sheets.workbook import open_workbook

        return open_workbook(path, sheet, digest)

    def write_xlsx(
        self, path: Path, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]
    ) -> int:
        """Write a workbook of one sheet; gives the number of rows. Raises OutsideError ``file_unwritable``."""
        from spokesdesk.outside.sheets.writing import write_workbook

        return _whole(path, lambda beside: write_workbook(beside, title, columns, rows))

    def write_csv(self, path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> int:
        """Write a CSV file that Excel reads right; gives the number of rows. Raises OutsideError."""
        from spokesdesk.outside.sheets.writing import write_text

        return _whole(path, lambda beside: write_text(beside, columns, rows))


def _whole(path: Path, write: Callable[[Path], int]) -> int:
    """Write beside the place first, then move there: a file is whole or not there."""
    beside = path.with_name(f".{path.name}.part")
    try:
        count = write(beside)
        beside.replace(path)
    except OSError as error:
        raise OutsideError("file_unwritable", field="out", path=str(path)) from error
    finally:
        beside.unlink(missing_ok=True)
    return count


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
