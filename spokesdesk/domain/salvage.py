"""What was saved from a damaged database (cứu dữ liệu), and what could not be."""

from dataclasses import dataclass

from spokesdesk.domain.language import gettext as _


@dataclass(frozen=True, slots=True)
class Lost:
    """Rows of a table that could not be read.

    Attributes:
        copied: rows that were saved.
        ranges: row numbers, first and last, between which something could not be read.
    """

    table: str
    copied: int
    ranges: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Salvage:
    """How a salvage ended.

    Attributes:
        folder: the new workspace, as text.
        lost: what could not be read, by table.
        findings: what the checkup of the new workspace says, one sentence a fault.
    """

    folder: str
    lost: tuple[Lost, ...]
    findings: tuple[str, ...]


def sentences(found: Salvage) -> tuple[str, ...]:
    """Say what could not be saved, one sentence each; empty when everything was."""
    said = []
    for one in found.lost:
        ranges = ", ".join(str(low) if low == high else f"{low}–{high}" for low, high in one.ranges)
        text = _("Bảng {table}: lấy ra {n} dòng, không đọc được dòng số {ranges}.")
        said.append(text.format(table=one.table, n=one.copied, ranges=ranges))
    return (*said, *found.findings)
