"""One row of a table read by its mapping: values ready for a record, or what is wrong with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from spokesdesk.domain.clock import VN
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.imports.cells import (
    EXCEL_ERRORS,
    UNCOMPUTED,
    Cell,
    Script,
    as_date,
    as_moment,
    as_time,
    shown,
    unicode_text,
)
from spokesdesk.domain.imports.fields import FIELDS, FieldKind, Noun, SheetField
from spokesdesk.domain.imports.mapping import Mapping
from spokesdesk.domain.imports.records import Fault
from spokesdesk.domain.journal import Channel
from spokesdesk.domain.people import OutletKind, likely_kind
from spokesdesk.domain.text import clean_line, clean_text, fold

# How offices name the ways of contact and the kinds of outlets, folded; the first that is found in the cell counts.
_CHANNELS = (
    ("hop bao", Channel.CONFERENCE),
    ("giao ban", Channel.BRIEFING),
    ("cung cap thong tin", Channel.BRIEFING),
    ("dien thoai", Channel.PHONE),
    ("goi", Channel.PHONE),
    ("email", Channel.EMAIL),
    ("thu dien tu", Channel.EMAIL),
    ("zalo", Channel.ZALO),
    ("facebook", Channel.FACEBOOK),
    ("phong van", Channel.INTERVIEW),
    ("van ban", Channel.DOCUMENT),
    ("cong van", Channel.DOCUMENT),
    ("cong thong tin", Channel.PORTAL),
    ("truc tiep", Channel.VISIT),
    ("den", Channel.VISIT),
    ("gap", Channel.VISIT),
)
_KINDS = (
    ("nuoc ngoai", OutletKind.FOREIGN),
    ("dien tu", OutletKind.ONLINE),
    ("hang ngay", OutletKind.DAILY),
    ("nhat bao", OutletKind.DAILY),
    ("tuan", OutletKind.WEEKLY),
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A row as read.

    Attributes:
        line: its number in the file, from 1.
        values: by field name: str, date, OutletKind, Channel; ``received_at`` (UTC) for a contact.
        faults: what is wrong; a row with faults cannot go in.
        repaired: texts that were turned into Unicode: (before, after).
    """

    line: int
    values: dict[str, Any]
    faults: tuple[Fault, ...] = ()
    repaired: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the columns that are taken."""
        return not self.values and not self.faults


def parsed(
    noun: Noun, mapping: Mapping, headings: Sequence[str], row: Sequence[Cell], line: int, script: Script
) -> Parsed:
    """Read a row.

    Args:
        noun: what the rows are.
        mapping: the field of each column.
        headings: the columns' headings, to name a column in a fault.
        row: its cells; a short row has empty cells at its end.
        line: its number in the file, from 1.
        script: in which encoding the table's texts are.
    """
    fields = {field.name: field for field in FIELDS[noun]}
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    repaired: list[tuple[str, str]] = []
    for at, name in enumerate(mapping):
        cell = row[at] if at < len(row) else None
        if not name or cell is None or cell == "":
            continue
        try:
            value = _value(fields[name], cell, script, repaired)
        except UserError as error:
            told = dict(error.params) | {"field": name}
            faults.append(Fault(line, headings[at], shown(cell)[:200], error.code, told))
            continue
        if value not in (None, ""):
            values[name] = value
    if values or faults:
        faults += _whole(noun, values, line, {fault.params["field"] for fault in faults})
    return Parsed(line, values, tuple(faults), tuple(repaired))


def _value(field: SheetField, cell: Cell, script: Script, repaired: list[tuple[str, str]]) -> Any:
    if cell == UNCOMPUTED:
        raise UserError("cell_uncomputed", field=field.name)
    if isinstance(cell, str) and cell.strip() in EXCEL_ERRORS:
        raise UserError("cell_error", field=field.name, text=cell.strip())
    if field.kind is FieldKind.DATE:
        return as_date(cell)
    if field.kind is FieldKind.MOMENT:
        return as_moment(cell)
    if field.kind is FieldKind.TIME:
        return as_time(cell)
    before = shown(cell)
    text = unicode_text(before, script)
    if field.name == "phone" and isinstance(cell, int | float) and len(text) == 9:
        text = f"0{text}"  # a number loses the zero it began with
    if text != before:
        repaired.append((before, text))
    clean = clean_text if field.kind is FieldKind.TEXT else clean_line
    said = clean(text, field=field.name, limit=field.limit)
    if field.kind is FieldKind.CHANNEL:
        return _named(said, _CHANNELS, Channel.VISIT)
    if field.kind is FieldKind.OUTLET_KIND:
        guessed = likely_kind(said)
        return guessed if guessed is not OutletKind.OTHER else _named(said, _KINDS, OutletKind.OTHER)
    return said


def _named(said: str, words: Sequence[tuple[str, Any]], otherwise: Any) -> Any:
    folded = fold(said)
    return next((value for word, value in words if word in folded), otherwise) if folded else None


def _whole(noun: Noun, values: dict[str, Any], line: int, bad: set[object]) -> list[Fault]:
    """Check what concerns the row as a whole; puts a contact's day and time together."""
    faults = [
        Fault(line, field.title, "", "text_required", {"field": field.name})
        for field in FIELDS[noun]
        if field.required and field.name not in values and field.name not in bad
    ]
    if noun is Noun.CONTACT:
        if not faults and not bad and not (values.get("journalist") or values.get("outlet")):
            faults.append(Fault(line, "", "", "who_missing", {"field": "journalist"}))
        if "received_on" in values:
            values["received_at"] = _moment(values.pop("received_on"), values.pop("received_time", None))
    return faults


def _moment(day: tuple[date, time | None], clock: time | None) -> datetime:
    """Give the UTC moment; a log that notes no time of day means the day, kept as its first working hour."""
    on, at = day
    return datetime.combine(on, at or clock or DAY_BEGINS, VN).astimezone(UTC)


DAY_BEGINS = time(8, 0)
"""Kept for an entry whose book notes the day alone."""
