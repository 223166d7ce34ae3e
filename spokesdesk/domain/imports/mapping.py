"""Which column of a table holds which field: guessed from the headings, changed by a person."""

from collections.abc import Sequence

from spokesdesk.domain.imports.fields import FIELDS, Noun, SheetField
from spokesdesk.domain.text import fold

HEADING_LOOK = 25
"""How many first lines may stand above the headings: the office's name, the book's title, a note."""

Mapping = tuple[str, ...]
"""A field's name for each column, "" for a column that is not taken."""

# What stands under a heading in brackets or after a line break explains it and is no part of its name.
_CUTS = ("(", "/", ":", "*", "–")


def matched(headings: Sequence[str], noun: Noun) -> Mapping:
    """Guess the field of each column; a field is given once, to the column that names it best.

    Args:
        headings: the cells of the heading line, in Unicode.
        noun: what the rows are.
    """
    scores = [
        (_score(heading, field), column, field.name)
        for column, heading in enumerate(headings)
        for field in FIELDS[noun]
    ]
    found = [""] * len(headings)
    for score, column, name in sorted(scores, key=lambda each: (-each[0], each[1])):
        if score and not found[column] and name not in found:
            found[column] = name
    return tuple(found)


def likely_noun(headings: Sequence[str]) -> Noun:
    """Tell what the rows most likely are by their headings."""
    return max(Noun, key=lambda noun: _worth(headings, noun))


def heading_line(lines: Sequence[Sequence[str]]) -> int:
    """Give the index of the line that holds the headings: the one that names most fields.

    Args:
        lines: the first lines of the table as text.

    Returns:
        The index; the first line with two texts or more when no line names fields, 0 for none.
    """
    worths = [max(_worth(line, noun) for noun in Noun) for line in lines[:HEADING_LOOK]]
    best = max(worths, default=0)
    if best >= 1:
        return worths.index(best)
    filled = [sum(1 for cell in line if cell.strip()) for line in lines[:HEADING_LOOK]]
    return next((at for at, count in enumerate(filled) if count >= 2), 0)


def lacking(mapping: Mapping, noun: Noun) -> tuple[SheetField, ...]:
    """Give the required fields that no column holds."""
    return tuple(field for field in FIELDS[noun] if field.required and field.name not in mapping)


def _worth(headings: Sequence[str], noun: Noun) -> float:
    found = [name for name in matched(headings, noun) if name]
    needed = sum(1 for field in FIELDS[noun] if field.required and field.name in found)
    wanted = sum(1 for field in FIELDS[noun] if field.required)
    return len(found) * needed / wanted


def _score(heading: str, field: SheetField) -> int:
    folded = fold(heading.replace("\n", " "))
    names = (fold(field.title), *field.headings)
    if folded in names:
        return 100 - names.index(folded)
    short = folded
    for cut in _CUTS:
        short = short.split(cut)[0].strip()
    if short and short in names:
        return 60 - names.index(short)
    words = f" {folded} "
    return max((len(name) for name in names if len(name) > 3 and f" {name} " in words), default=0)
