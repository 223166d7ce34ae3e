"""Number series (cách đánh số văn bản đi): which papers count together, and which numbers are missing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.text import clean_line

SHARED = "chung"
NAME_LIMIT = 40


class SeriesMode(StrEnum):
    """How the head of the agency has papers numbered (NĐ 30/2020/NĐ-CP, Điều 15 khoản 1 điểm c)."""

    SHARED = "shared"  # một hệ thống số chung
    KIND = "kind"  # mỗi loại văn bản một hệ thống
    MIXED = "mixed"  # kết hợp: bảng loại → hệ thống


@dataclass(frozen=True, slots=True)
class Series:
    """The agency's choice.

    Attributes:
        table: for ``mixed``: kind → name of its series; a kind that is not in it has its own.
    """

    mode: SeriesMode = SeriesMode.KIND
    table: tuple[tuple[LetterKind, str], ...] = ()

    def of(self, kind: LetterKind) -> str:
        """Give the series that a kind of paper is numbered in."""
        if self.mode is SeriesMode.SHARED:
            return SHARED
        names = dict(self.table) if self.mode is SeriesMode.MIXED else {}
        return names.get(kind, kind.value)


@dataclass(frozen=True, slots=True)
class SeriesGaps:
    """The numbers of a series and year that no paper has.

    Attributes:
        last: the highest number given.
        given: how many were given.
        missing: ranges (from, to), both ends missing.
    """

    series: str
    year: int
    last: int
    given: int
    missing: tuple[tuple[int, int], ...]

    @property
    def count(self) -> int:
        """How many numbers are missing."""
        return sum(end - start + 1 for start, end in self.missing)


def checked_series(mode: str, table: Mapping[str, str]) -> Series:
    """Give the agency's choice, clean.

    Args:
        mode: shared, kind or mixed.
        table: kind of paper (as in a letter file) → name of its series; an empty name leaves the kind its own.

    Raises:
        UserError: ``series_mode``, ``series_kind`` (not a kind of paper), ``series_name_taken``, or a name too long.
    """
    if mode not in list(SeriesMode):
        raise UserError("series_mode", field="series", mode=mode)
    kinds = {kind.value for kind in LetterKind}
    found: list[tuple[LetterKind, str]] = []
    for kind, typed in table.items():
        if kind not in kinds:
            raise UserError("series_kind", field="series", kind=kind)
        name = " ".join(clean_line(typed, field=kind, limit=NAME_LIMIT).split())
        if name in kinds - {kind}:
            raise UserError("series_name_taken", field=kind, name=name)
        if name:
            found.append((LetterKind(kind), name))
    return Series(SeriesMode(mode), tuple(sorted(found)))


def gaps(series: str, year: int, given: Iterable[int]) -> SeriesGaps:
    """Give the numbers missing between 01 and the last one given.

    Source:
        NĐ 30/2020/NĐ-CP, Điều 15 khoản 1: from 01 on 1 January, unbroken to 31 December.
    """
    numbers = sorted(set(given))
    missing, before = [], 0
    for number in numbers:
        if number > before + 1:
            missing.append((before + 1, number - 1))
        before = number
    return SeriesGaps(series, year, before, len(numbers), tuple(missing))


def ranges_text(ranges: Iterable[tuple[int, int]]) -> str:
    """Give ranges as people write them: ``03, 07–09``."""
    return ", ".join(f"{a:02d}" if a == b else f"{a:02d}–{b:02d}" for a, b in ranges)
