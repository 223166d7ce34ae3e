"""Tables in files: Excel workbooks and CSV, read row by row and written whole."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from spokesdesk.domain.imports.cells import Cell


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table that is written: its heading and its width in characters."""

    title: str
    width: int = 18


class Table(Protocol):
    """One sheet of a file.

    Attributes:
        names: all sheets of the file; one, "", for CSV.
        name: this one.
        encoding: of a CSV file, e.g. "windows-1258"; "" for a workbook.
        sha256: of the file's bytes.
        total: rows, or the most there can be.
    """

    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def name(self) -> str: ...
    @property
    def encoding(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def total(self) -> int: ...
    def rows(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """Give each row with its number in the file, from 1; may be asked for again."""
        ...


class Sheets(Protocol):
    """Reads and writes tables; raises UserError naming ``file`` when one cannot be read, OutsideError for the disk."""

    def open(self, path: Path, sheet: str = "") -> Table: ...
    def write_xlsx(
        self, path: Path, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]
    ) -> int: ...
    def write_csv(self, path: Path, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> int: ...
