"""What is drawn on a page: lines of text and strokes, and how paragraphs are put there."""

from dataclasses import dataclass, field

from spokesdesk.typeset.document import BLACK, Align, Box, Item, Para, Rule
from spokesdesk.typeset.faces import FINE
from spokesdesk.typeset.layout.lines import Line, Piece, break_lines, indents, line_extent


@dataclass(frozen=True, slots=True)
class Text:
    """A line of a paragraph: ``x`` and baseline ``y`` in twips from the page's top left; ``stretch`` a space."""

    x: float
    y: float
    size: float
    colour: str
    pieces: tuple[Piece, ...]
    stretch: float
    of: Para | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line; ends in twips from the page's top left, ``weight`` in points."""

    x0: float
    y0: float
    x1: float
    y1: float
    weight: float
    colour: str = BLACK


@dataclass(slots=True)
class Sheet:
    """One page as it is filled; lengths in twips."""

    width: int
    height: int
    texts: list[Text] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    _key: int = field(default=0, compare=False)

    @property
    def key(self) -> int:
        """A number that is the same for pages that look alike; to be asked for when the page is finished."""
        if not self._key:
            self._key = hash((self.width, self.height, tuple(self.texts), tuple(self.strokes)))
        return self._key

    def mark(self) -> tuple[int, int]:
        """Give a point to go back to with ``undo``."""
        return len(self.texts), len(self.strokes)

    def undo(self, mark: tuple[int, int]) -> None:
        """Take off everything put on since ``mark``."""
        del self.texts[mark[0] :]
        del self.strokes[mark[1] :]


@dataclass(frozen=True, slots=True)
class Galley:
    """A paragraph or rule broken into lines for one column; all lengths in twips.

    Attributes:
        before, after: space above and below.
        edge: thickness of what stands between the space and the first or last line (border and its padding).
    """

    item: Item
    lines: tuple[Line, ...]
    measure: int
    before: int
    after: int
    edge_top: int
    edge_bottom: int
    line: int
    rise: int

    @property
    def height(self) -> int:
        """Height without the space above and below."""
        return self.edge_top + len(self.lines) * self.line + self.edge_bottom


def galley(item: Item, measure: int) -> Galley:
    """Break an item into lines for a column ``measure`` twips wide."""
    lines = break_lines(item, measure)
    if isinstance(item, Rule):
        return Galley(item, lines, measure, item.before, 0, _twips(item.weight), 0, item.style.line, 0)
    line, rise = line_extent(item)
    before = item.style.before if item.before is None else item.before
    after = item.style.after if item.after is None else item.after
    edge = _twips(item.box.weight) + item.box.pad * 20 if item.box else 0
    return Galley(item, lines, measure, before, after, edge, edge, line, rise)


def put(sheet: Sheet, set_: Galley, x: int, y: int, first: int = 0, end: int | None = None) -> None:
    """Draw lines ``first`` to ``end`` of a galley.

    Args:
        sheet: the page.
        set_: the galley.
        x: left edge of its column.
        y: top of the first line drawn, above its border.
        first, end: which lines.
    """
    item = set_.item
    if isinstance(item, Rule):
        middle = y + _twips(item.weight) / 2
        sheet.strokes.append(
            Stroke(x + item.left, middle, x + set_.measure - item.right, middle, item.weight)
        )
        return
    if item.box:
        _put_box(sheet, set_, item, item.box, x, y)
    y += set_.edge_top if first == 0 else 0
    for at, line in enumerate(set_.lines[first:end], first):
        if line.pieces:
            left, stretch = _placed(item, line, set_.measure, at == 0)
            style = item.style
            sheet.texts.append(
                Text(x + left, y + set_.rise, style.size, style.colour, line.pieces, stretch, item)
            )
        y += set_.line


def _placed(para: Para, line: Line, measure: int, opening: bool) -> tuple[float, float]:
    left, right, first = indents(para)
    if opening:
        left += first
    free = measure - left - right - line.width / FINE
    align = para.align or para.style.align
    if align is Align.CENTER:
        return left + free / 2, 0
    if align is Align.RIGHT:
        return left + free, 0
    if align is Align.BOTH and not line.last and line.spaces:
        return left, free / line.spaces
    return left, 0


def _put_box(sheet: Sheet, set_: Galley, para: Para, box: Box, x: int, y: int) -> None:
    left, right, _ = indents(para)
    half = _twips(box.weight) / 2
    x0, x1 = x + left - half, x + set_.measure - right + half
    y0, y1 = y + half, y + set_.height - half
    for ends in ((x0, y0, x1, y0), (x1, y0, x1, y1), (x0, y1, x1, y1), (x0, y0, x0, y1)):
        sheet.strokes.append(Stroke(*ends, box.weight, box.colour))


def _twips(points: float) -> int:
    return round(points * 20)
