"""Tables in a body: columns as wide as their texts ask for."""

from spokesdesk.domain import blocks as b
from spokesdesk.domain.errors import UserError
from spokesdesk.typeset.compose.styles import Styles
from spokesdesk.typeset.document import Align, Grid, Para, Row, Span
from spokesdesk.typeset.faces import line_height, width
from spokesdesk.typeset.nd30 import Form

_NARROWEST = 420
_SLACK = 16
_TALLEST_WHOLE = 4000
_ALIGNS = {b.Side.LEFT: Align.LEFT, b.Side.CENTER: Align.CENTER, b.Side.RIGHT: Align.RIGHT}


def table(form: Form, source: b.Table, styles: Styles, field: str, measure: int) -> Grid:
    """Give a table as wide as the text; rows stay whole unless one is very tall.

    Args:
        form: the rules of form.
        source: the table as written.
        styles: the paper's styles.
        field: where the table comes from, for the error.
        measure: width of a line in twips.

    Raises:
        UserError: ``letter_table_too_wide`` when its columns would be too narrow to read.
    """
    rows = [*([source.head] if source.head else []), *source.rows]
    columns, room = len(source.sides), measure - round(form.table_weight * 20)
    if columns * _NARROWEST > room:
        raise UserError(
            "letter_table_too_wide", field=field, key=field, columns=columns, most=room // _NARROWEST
        )
    widths = _widths([_texts(row) for row in rows], room, 2 * form.cell_pad, styles.cell.size)
    made = [
        _row(row, source.sides, styles, head=bool(source.head) and at == 0) for at, row in enumerate(rows)
    ]
    tallest = max(_height(row, widths, form.cell_pad, styles) for row in made)
    head = 1 if source.head else 0
    return Grid(widths, tuple(made), head, form.cell_pad, form.table_weight, whole=tallest <= _TALLEST_WHOLE)


def _texts(row: tuple[b.Cell, ...]) -> list[str]:
    return [b.plain(cell) for cell in row]


def _row(cells: tuple[b.Cell, ...], sides: tuple[b.Side, ...], styles: Styles, *, head: bool) -> Row:
    made = []
    for runs, side in zip(cells, sides, strict=True):
        if head:
            para = Para(styles.cell_head, tuple(Span(run.text, True, run.italic) for run in runs))
        else:
            spans = tuple(Span(run.text, run.bold, run.italic) for run in runs)
            para = Para(styles.cell, spans, align=_ALIGNS[side])
        made.append((para,))
    return Row(tuple(made))


def _widths(rows: list[list[str]], room: int, pad: int, size: float) -> tuple[int, ...]:
    """Share ``room`` out: each column at least its longest word, the rest by how much text it holds."""
    columns = list(zip(*rows, strict=True))
    least = [pad + _SLACK + max(_longest_word(text, size) for text in column) for column in columns]
    wanted = [pad + _SLACK + max(width(text, size, bold=True) for text in column) for column in columns]
    if sum(wanted) <= room:
        return _exact([want * room / sum(wanted) for want in wanted], room)
    if sum(least) >= room:
        spare = room - len(columns) * _NARROWEST
        return _exact([_NARROWEST + spare * low / sum(least) for low in least], room)
    capped = [min(want, room) for want in wanted]
    more = [want - low for want, low in zip(capped, least, strict=True)]
    spare = room - sum(least)
    return _exact([low + spare * add / sum(more) for low, add in zip(least, more, strict=True)], room)


def _exact(widths: list[float], room: int) -> tuple[int, ...]:
    whole = [int(value) for value in widths]
    whole[-1] += room - sum(whole)
    return tuple(whole)


def _longest_word(text: str, size: float) -> int:
    return max((width(word, size, bold=True) for word in text.split(" ")), default=0)


def _height(row: Row, widths: tuple[int, ...], pad: int, styles: Styles) -> int:
    """Give about how tall a row is; exact enough to tell a row of lines from a row of pages."""
    lines = 1
    for cell, column in zip(row.cells, widths, strict=True):
        text = "".join(item.text for item in cell if isinstance(item, Para))
        lines = max(lines, -(-width(text, styles.cell.size) // max(column - 2 * pad, 1)))
    return lines * line_height(styles.cell.size)
