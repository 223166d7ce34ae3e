"""A table on a sheet (a list to publish, a filled checklist): as HTML, as plain text, as a paper's body."""

from dataclasses import dataclass
from html import escape

from spokesdesk.domain.blocks import Paragraph, Run, Side, Table, write_body


@dataclass(frozen=True, slots=True)
class Sheet:
    """A titled table.

    Attributes:
        lines: below the title.
        columns: head and width in millimetres.
        rows: as many cells as columns; a row of one cell heads the rows below it.
        notes: below the table.
    """

    title: str
    parent: str
    agency: str
    lines: tuple[str, ...]
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def as_html(sheet: Sheet) -> str:
    """Give the sheet as a piece of HTML to paste into a web page; no style, no script, nothing remote."""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head, _width in sheet.columns)
    rows = "\n".join(_html_row(row, len(sheet.columns)) for row in sheet.rows)
    lines = "".join(f"<p>{escape(line)}</p>\n" for line in sheet.lines)
    notes = "".join(f"<p><small>{escape(note)}</small></p>\n" for note in sheet.notes)
    return (
        f'<section lang="vi">\n<h2>{escape(sheet.title)}</h2>\n<p>{escape(sheet.agency)}</p>\n{lines}'
        f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n{notes}</section>\n"
    )


def _html_row(row: tuple[str, ...], width: int) -> str:
    if len(row) == 1:
        return f'<tr><th scope="rowgroup" colspan="{width}">{escape(row[0])}</th></tr>'
    cells = "".join("<td>" + escape(cell).replace("\n", "<br>") + "</td>" for cell in row)
    return f"<tr>{cells}</tr>"


def as_text(sheet: Sheet) -> str:
    """Give the sheet as plain text, one row a paragraph, to paste into a message."""
    parts = [sheet.title, sheet.agency, *sheet.lines, ""]
    for row in sheet.rows:
        if len(row) == 1:
            parts += ["", row[0]]
            continue
        named = zip(sheet.columns[1:], row[1:], strict=True)
        told = "; ".join(f"{head}: {' '.join(cell.split())}" for (head, _width), cell in named if cell)
        parts.append(f"{row[0]}. {told}")
    return "\n".join([*parts, "", *sheet.notes]).strip() + "\n"


def as_body(sheet: Sheet) -> str:
    """Give lines, table and notes as a paper's body in the letter format's markup."""
    table = Table(
        head=tuple((Run(head),) for head, _width in sheet.columns),
        rows=tuple(
            tuple((Run(" ".join(cell.split())),) for cell in row) for row in sheet.rows if len(row) > 1
        ),
        sides=(Side.CENTER, *(Side.LEFT for _column in sheet.columns[1:])),
    )
    around = [tuple(Paragraph((Run(text),)) for text in texts) for texts in (sheet.lines, sheet.notes)]
    return write_body((*around[0], table, *around[1]))
