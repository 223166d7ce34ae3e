"""Numbers of papers: the agency's series, the gaps in them, and the register of papers sent."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter, LetterKind
from spokesdesk.domain.numbers import SHARED, Series, checked_series
from spokesdesk.domain.papers import Move, Paper
from spokesdesk.domain.people import Role
from spokesdesk.domain.register import Register, RegisterRow, mark, row_of
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.templates import wording

SETTING = "number_series"


def series(desk: Desk) -> Series:
    """Give how this agency numbers its papers; a series of its own for each kind where nothing was chosen."""
    with desk.read() as unit:
        return series_of(unit)


def save_series(desk: Desk, mode: str, table: Mapping[str, str]) -> tuple[Series, Changes]:
    """Keep how papers are numbered from now on; numbers given before keep their series.

    Args:
        mode: shared, kind or mixed.
        table: for mixed: kind of paper → name of its series.

    Raises:
        AccessError: only an administrator may.
        UserError: names the field.

    Source:
        NĐ 30/2020/NĐ-CP, Điều 15 khoản 1 điểm c: the head of the agency decides.
    """
    desk.member.require(Role.ADMIN)
    clean = checked_series(mode, table)
    with desk.write() as unit:
        held = {kind.value: name for kind, name in clean.table}
        unit.settings.put(SETTING, {"mode": clean.mode.value, "table": held})
    return clean, (Change("setting"),)


def series_of(unit: Unit) -> Series:
    """Give the agency's choice inside a transaction."""
    held = cast("dict[str, Any] | None", unit.settings.get(SETTING))
    return checked_series(held["mode"], held["table"]) if held else Series()


def taken(unit: Unit, letter: Letter, year: int) -> tuple[str, frozenset[int]]:
    """Give a letter's series and the numbers it cannot have in a year.

    Those of its series, and those that stand before the same symbol in another one: after the agency has changed its
    series within a year, số and ký hiệu together must still be there once only.

    Source:
        NĐ 30/2020/NĐ-CP, Điều 15 khoản 1.
    """
    name = series_of(unit).of(letter.kind)
    return name, frozenset((*unit.papers.numbers(name, year), *unit.paper_history.marks(letter.symbol, year)))


def series_name(name: str) -> str:
    """Say a series in words."""
    if name == SHARED:
        return _("Hệ thống số chung")
    kinds: dict[str, str] = wording("kinds")
    return kinds.get(name, name)


def series_years(desk: Desk) -> tuple[tuple[str, int], ...]:
    """Give the (series, year) in which numbers were given, the latest year first."""
    with desk.read() as unit:
        return unit.paper_history.series()


def register(desk: Desk, year: int, series: str = "") -> Register:
    """Give the register of papers sent.

    Args:
        year: of the numbers.
        series: as ``series_years`` gives it; "" takes every series, in the order of the days.

    Raises:
        UserError: ``register_year``.

    Source:
        NĐ 30/2020/NĐ-CP, Phụ lục IV, Mục I.
    """
    if not 1945 <= year <= 2099:
        raise UserError("register_year", field="year", year=year)
    with desk.read() as unit:
        agency = unit.people.agency()
        rows = tuple(_row(unit, found) for found in unit.paper_history.numbered(year, series))
        return Register(agency.name, agency.parent, year, series_name(series) if series else "", rows)


def register_pdf(desk: Desk, year: int, series: str = "") -> bytes:
    """Give the register as a PDF to print and bind: A4 landscape, a cover, repeated heads, page numbers."""
    from spokesdesk.typeset.register import register_pdf as drawn

    return drawn(register(desk, year, series), vn_day(desk.now()))


def _row(unit: Unit, paper_id: UUID) -> RegisterRow:
    found = unit.papers.get(paper_id)
    letter = found.letter
    kind = "" if letter.kind is LetterKind.CONG_VAN else wording("kinds")[letter.kind.value]
    released = next((step for step in found.moves if step.move is Move.RELEASE), None)
    return row_of(found, kind, vn_day(released.at) if released else None, _links(unit, found))


def _links(unit: Unit, found: Paper) -> tuple[str, ...]:
    notes = []
    if found.corrects is not None:
        notes.append(_("sửa văn bản số {mark}").format(mark=mark(unit.papers.get(found.corrects))))
    if found.corrected_by is not None:
        other = unit.papers.get(found.corrected_by)
        if other.number is not None:
            notes.append(_("xem văn bản số {mark}").format(mark=mark(other)))
    return tuple(notes)
