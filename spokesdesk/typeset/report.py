"""What reports share that are signed and filed: pages with a line at the foot, a table, room for signatures."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from spokesdesk.typeset import a4
from spokesdesk.typeset.a4 import MM, Margins, space
from spokesdesk.typeset.faces import NAMES

_MARGINS = Margins(20, 15, 18, 18)
_AFTER = 1.5

line = partial(a4.line, after=_AFTER)


def pages(story: Sequence[Any], *, title: str, author: str, foot: str) -> bytes:
    """Give a report as a PDF; equal reports give equal bytes.

    Args:
        foot: at the bottom of each page; ``{page}`` stands for its number.
    """

    def draw(canvas: Any, _page: Any) -> None:
        canvas.setFont(NAMES[0], 9)
        canvas.drawString(_MARGINS.left * MM, 10 * MM, foot.format(page=canvas.getPageNumber()))

    return a4.pages(story, title=title, author=author, draw=draw, margins=_MARGINS)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]) -> Any:
    """Give a table with a head that is repeated on each page; widths in millimetres, 175 together."""
    cells = [
        [line(head, 9.5, bold=True, centred=True) for head in heads],
        *([line(text, 9.5) for text in row] for row in rows),
    ]
    return a4.ruled(cells, widths, 9.5, heads_at="TOP")


def signatures(left: str, right: str, name: str) -> Any:
    """Give room for two signatures, with a name under the left one."""
    from reportlab.platypus import Table

    heads = [line(left, 11, bold=True, centred=True), line(right, 11, bold=True, centred=True)]
    made = Table(
        [heads, [space(18), ""], [line(name, 11, centred=True), line("", 11)]], colWidths=[87 * MM, 88 * MM]
    )
    made.setStyle([("FONT", (0, 0), (-1, -1), NAMES[0], 11)])
    return made
