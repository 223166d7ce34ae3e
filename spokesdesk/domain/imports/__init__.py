"""Tables taken in from Excel and CSV: which column is what, what each cell says, what is wrong with it."""

from spokesdesk.domain.imports.fields import FIELDS, FieldKind, Noun, SheetField
from spokesdesk.domain.imports.mapping import Mapping, heading_line, likely_noun, matched
from spokesdesk.domain.imports.records import (
    Act,
    Checked,
    Fault,
    ImportRow,
    ImportRun,
    OnSame,
    RunState,
    Same,
)
from spokesdesk.domain.imports.rows import Parsed, parsed

__all__ = [
    "FIELDS",
    "Act",
    "Checked",
    "Fault",
    "FieldKind",
    "ImportRow",
    "ImportRun",
    "Mapping",
    "Noun",
    "OnSame",
    "Parsed",
    "RunState",
    "Same",
    "SheetField",
    "heading_line",
    "likely_noun",
    "matched",
    "parsed",
]
