"""The first look at a table: what its rows are, which column is what."""

import hashlib
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.imports import (
    FIELDS,
    Mapping,
    Noun,
    OnSame,
    Parsed,
    heading_line,
    likely_noun,
    matched,
    parsed,
)
from spokesdesk.domain.imports.cells import Cell, Script, script_of, shown, unicode_text
from spokesdesk.domain.imports.mapping import HEADING_LOOK, lacking
from spokesdesk.domain.text import fold
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.sheets import Table
from spokesdesk.typeset.legacy_text import encodings

SAMPLE_ROWS = 400
SHOWN_ROWS = 12
_SETTING = "import_mappings"
_KEPT_SHAPES = 50


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be taken in, and how.

    Attributes:
        path: of the file.
        sheet: its name; "" for the first.
        noun: what the rows are.
        heading_line: number of the line with the headings, from 1.
        mapping: the field of each column.
        on_same: what becomes of rows about somebody already known.
        chosen: for single lines something else.
    """

    path: Path
    noun: Noun
    mapping: Mapping
    sheet: str = ""
    heading_line: int = 1
    on_same: OnSame = OnSame.FILL
    chosen: Map[int, OnSame] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preview:
    """The first lines of a table.

    Attributes:
        plan: as guessed, or as remembered for tables of this shape.
        sheets: the names of the file's sheets.
        encoding: of a CSV file.
        headings: in Unicode, one a column.
        rows: line number and the cells as the table shows them, in Unicode.
        originals: the same cells before they were turned into Unicode.
        total: lines below the headings, at most.
        old_script: name of the old encoding the texts are in, "" for Unicode.
        remembered: the mapping was chosen by a person for an earlier table of this shape.
    """

    plan: Plan
    sheets: tuple[str, ...]
    encoding: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    originals: tuple[tuple[str, ...], ...]
    total: int
    old_script: str = ""
    remembered: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A table ready to be read by a plan."""

    table: Table
    headings: tuple[str, ...]
    script: Script


def look(desk: Desk, path: Path, *, sheet: str = "", noun: Noun | None = None) -> Preview:
    """Open a table and guess what it holds; nothing is written.

    Args:
        path: .xlsx, .xls, .ods, .csv.
        sheet: name of the sheet; "" for the first.
        noun: what the rows are, when a person said so.

    Raises:
        UserError: names ``file``: missing, another kind, damaged, with a password, too big, without rows.
    """
    table = desk.sheets.open(path, sheet)
    first = list(islice(table.rows(), SAMPLE_ROWS))
    script = _script(first)
    lines = [_texts(cells, script) for _line, cells in first]
    at = heading_line(lines[:HEADING_LOOK])
    if len(lines) <= at + 1 or not any(lines[at]):
        raise UserError("sheet_empty", field="file", path=path.name)
    headings = _named(lines[at])
    meant = noun or likely_noun(headings)
    kept = _remembered(desk, meant, headings)
    plan = Plan(path, meant, kept or matched(headings, meant), table.name, at + 1)
    below = [
        (line, cells) for line, cells in first[at + 1 :] if any(cell not in (None, "") for cell in cells)
    ]
    return Preview(
        plan=plan,
        sheets=table.names,
        encoding=table.encoding,
        headings=headings,
        rows=tuple((line, _texts(cells, script)) for line, cells in below[:SHOWN_ROWS]),
        originals=tuple(tuple(shown(cell) for cell in cells) for _line, cells in below[:SHOWN_ROWS]),
        total=max(0, table.total - at - 1),
        old_script=script.whole.name if script.whole else "",
        remembered=kept is not None,
    )


def opened(desk: Desk, plan: Plan) -> Opened:
    """Open the table of a plan.

    Raises:
        UserError: the file cannot be read, a required field has no column (``import_column_missing``), or a field
            has two (``import_column_twice``).
    """
    for each in FIELDS[plan.noun]:
        if plan.mapping.count(each.name) > 1:
            raise UserError("import_column_twice", field="mapping", column=each.title)
    missing = lacking(plan.mapping, plan.noun)
    if missing:
        raise UserError("import_column_missing", field="mapping", column=missing[0].title)
    table = desk.sheets.open(plan.path, plan.sheet)
    first = list(islice(table.rows(), SAMPLE_ROWS))
    script = _script(first)
    if len(first) < plan.heading_line:
        raise UserError("sheet_empty", field="file", path=plan.path.name)
    return Opened(table, _named(_texts(first[plan.heading_line - 1][1], script)), script)


def parsed_rows(plan: Plan, table: Opened) -> Iterator[Parsed]:
    """Give every row below the headings that holds something."""
    for line, cells in table.table.rows():
        if line <= plan.heading_line or all(cell in (None, "") for cell in cells):
            continue
        row = parsed(plan.noun, plan.mapping, table.headings, cells, line, table.script)
        if not row.is_empty:
            yield row


def remember(desk: Desk, plan: Plan, headings: Sequence[str]) -> None:
    """Keep a mapping, so that the next table with these headings is read the same way."""
    with desk.write() as unit:
        kept = unit.settings.get(_SETTING)
        shapes = dict(kept) if isinstance(kept, dict) else {}
        shape = _shape(plan.noun, headings)
        shapes.pop(shape, None)
        shapes[shape] = list(plan.mapping)
        latest = dict(list(shapes.items())[-_KEPT_SHAPES:])
        unit.settings.put(_SETTING, latest)


def with_mapping(plan: Plan, column: int, name: str) -> Plan:
    """Give the plan with another field for a column; that two columns have one field is said when it is read."""
    return replace(plan, mapping=(*plan.mapping[:column], name, *plan.mapping[column + 1 :]))


def _remembered(desk: Desk, noun: Noun, headings: Sequence[str]) -> Mapping | None:
    with desk.read() as unit:
        kept = unit.settings.get(_SETTING)
    found = kept.get(_shape(noun, headings)) if isinstance(kept, dict) else None
    names = {each.name for each in FIELDS[noun]} | {""}
    if isinstance(found, list) and len(found) == len(headings) and set(found) <= names:
        return tuple(found)
    return None


def _shape(noun: Noun, headings: Sequence[str]) -> str:
    text = "\x00".join((noun.value, *map(fold, headings)))
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _script(first: Sequence[tuple[int, Sequence[Cell]]]) -> Script:
    texts = [cell for _line, cells in first for cell in cells if isinstance(cell, str)]
    return script_of(texts, encodings())


def _texts(cells: Sequence[Cell], script: Script) -> tuple[str, ...]:
    return tuple(unicode_text(shown(cell), script) for cell in cells)


def _named(line: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(text.split()) or f"({at})" for at, text in enumerate(line, 1))
