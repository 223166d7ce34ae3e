"""The document model: what ``compose`` makes of a letter, and what .docx, PDF and preview are drawn from.

Lengths are twips (1/20 pt), as in a .docx and in LibreOffice; sizes are points. Nothing here knows a rule of form.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

BLACK = "000000"


class Align(StrEnum):
    """How the lines of a paragraph stand between its edges."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Span:
    """Letters of one look; size and colour come from the paragraph's style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """A named paragraph style of the .docx.

    Attributes:
        name: as shown in the word processor's list of styles.
        line: exact line height; 0 is single spacing.
        before, after: space above and below.
        outline: level in the table of contents, 1 to 3; 0 is body text.
    """

    id: str
    name: str
    size: float
    bold: bool = False
    italic: bool = False
    align: Align = Align.LEFT
    colour: str = BLACK
    line: int = 0
    before: int = 0
    after: int = 0
    first: int = 0
    left: int = 0
    right: int = 0
    keep_next: bool = False
    keep_lines: bool = False
    outline: int = 0


@dataclass(frozen=True, slots=True)
class Box:
    """A single-line rectangle around a paragraph; ``pad`` above and below the text, whole points."""

    weight: float
    pad: int
    colour: str = BLACK


@dataclass(frozen=True, slots=True)
class Source:
    """Where a paragraph comes from: field of the letter file, block of its text, cell of a table (row by row)."""

    field: str
    block: int = 0
    cell: int = 0


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph; ``None`` takes the style's value. Where it comes from does not make it another one."""

    style: Style
    spans: tuple[Span, ...] = ()
    align: Align | None = None
    first: int | None = None
    left: int | None = None
    right: int | None = None
    before: int | None = None
    after: int | None = None
    keep_next: bool | None = None
    box: Box | None = None
    page_number: bool = False
    source: Source | None = field(default=None, compare=False)

    @property
    def text(self) -> str:
        """The paragraph's letters without their looks."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn horizontal line: an empty paragraph ``height`` twips high with a line along its top edge."""

    style: Style
    left: int
    right: int
    weight: float
    before: int = 0
    keep_next: bool = False


Item = Para | Rule


@dataclass(frozen=True, slots=True)
class Row:
    """One row of columns side by side; each cell a column of paragraphs and rules.

    A row keeps with what follows when all its paragraphs do.
    """

    cells: tuple[tuple[Item, ...], ...]

    @property
    def keep_next(self) -> bool:
        """Whether the row goes to the next page with what follows it."""
        items = [item for cell in self.cells for item in cell]
        return bool(items) and all(item.keep_next for item in items)


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns without borders or padding: the head, the signature block; ``whole`` rows are not split."""

    widths: tuple[int, ...]
    rows: tuple[Row, ...]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with borders; its head rows are repeated on every page it reaches.

    Attributes:
        widths: one per column; their sum is the measure.
        pad: space left and right in a cell.
        head: how many of the rows are head rows.
        whole: rows are not split over pages.
    """

    widths: tuple[int, ...]
    rows: tuple[Row, ...]
    head: int = 0
    pad: int = 85
    weight: float = 0.5
    whole: bool = True


Block = Para | Rule | Columns | Grid


@dataclass(frozen=True, slots=True)
class Page:
    """Paper and margins of a section."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    header: int

    @property
    def measure(self) -> int:
        """Width of a text line."""
        return self.width - self.left - self.right


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one shape, numbered from 1; the first page shows no number.

    Attributes:
        number: the paragraph that holds the page number.
        top: what stands in the top margin of the first page.
        foot: what stands at the foot of the first page's text area.
    """

    page: Page
    blocks: tuple[Block, ...]
    number: Para
    top: tuple[Item, ...] = ()
    foot: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A paper ready to be drawn."""

    title: str
    author: str
    on: date
    styles: tuple[Style, ...]
    sections: tuple[Section, ...]
    language: str = "vi-VN"
    subject: str = field(default="")
