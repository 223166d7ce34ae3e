"""The body of a text: paragraphs, headings, tables and their runs; what the editor edits and the renderers draw.

``read_body`` and ``write_body`` turn the letter format's markup into blocks and back.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one look."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of body text; its marker ("1. ", "a) ", "- "), if any, is part of the text."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The paragraph's letters."""
        return plain(self.runs)


class HeadingKind(StrEnum):
    """What a heading heads (nd30 II.6.đ)."""

    PART = "phan"
    CHAPTER = "chuong"
    SECTION = "muc"
    ARTICLE = "dieu"
    ROMAN = "la-ma"
    TITLE = "tieu-de"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: Phần, Chương, Mục, Điều, "I. TITLE", or a title on its own line."""

    runs: tuple[Run, ...]
    kind: HeadingKind

    @property
    def text(self) -> str:
        """The heading's letters."""
        return plain(self.runs)


class Side(StrEnum):
    """How a table's column stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


Cell = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: head cells (empty when it has none), rows of as many cells, how each column stands."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sides: tuple[Side, ...]


Block = Paragraph | Heading | Table


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and the part of the markup it was read from: ``text[start:end]``, whole lines."""

    block: Block
    start: int
    end: int


_HEADINGS = (
    (HeadingKind.PART, re.compile(r"phần( thứ)? [\w]+", re.IGNORECASE)),
    (HeadingKind.CHAPTER, re.compile(r"chương [IVXLC\d]+\b", re.IGNORECASE)),
    (HeadingKind.SECTION, re.compile(r"(tiểu )?mục \d+\b", re.IGNORECASE)),
    (HeadingKind.ARTICLE, re.compile(r"điều \d+\w?\b", re.IGNORECASE)),
    (HeadingKind.ROMAN, re.compile(r"[IVXLC]+\. ")),
)
_MARKER = re.compile(r"(\d{1,3}(\.\d{1,3})*\.|[^\W\d_]{1,2}\)|[-–+•]) ")
_MARK = r"\s*(?::?-{2,}:?|:-+:?|-+:)\s*"
_RULER = re.compile(rf"\|?{_MARK}(?:\|{_MARK})*\|?")
_CELL_END = re.compile(r"(?<!\\)\|")
_STARS = re.compile(r"\\[*|#\\]|\*{1,3}|[^*\\]+|\\")
_SPACES = re.compile(r"[ \t]+")
_LONGEST_KNOWN = 5_000


def plain(runs: tuple[Run, ...]) -> str:
    """Give runs as text without looks."""
    return "".join(run.text for run in runs)


def read_body(text: str) -> tuple[Block, ...]:
    r"""Read the letter format's markup.

    Args:
        text: lines ending in ``\n``. A blank line ends a paragraph; a line that begins with a marker or "# "
            begins its own; lines beginning with "|" are a table.

    Returns:
        The blocks in order; nothing that was written is dropped but blank lines and the markup itself.
    """
    return tuple(placed.block for part in body_parts(text) for placed in _known_placed(part))


def body_parts(text: str) -> list[str]:
    """Give the parts between blank lines of a text in markup; each can be read for itself."""
    return text.split("\n\n")


def placed_body(text: str) -> tuple[Placed, ...]:
    """Read the letter format's markup and tell where each block stands in it; see ``read_body``."""
    found: list[Placed] = []
    start = 0
    for part in body_parts(text):
        found += [Placed(each.block, start + each.start, start + each.end) for each in _known_placed(part)]
        start += len(part) + 2
    return tuple(found)


def _known_placed(text: str) -> tuple[Placed, ...]:
    return _remembered(text) if len(text) <= _LONGEST_KNOWN else _placed_in(text)


def _placed_in(text: str) -> tuple[Placed, ...]:
    """Read a part between blank lines: no block reaches over one. While one types, all but one part are known."""
    found: list[Placed] = []
    lines = text.split("\n")
    at = start = 0
    while at < len(lines):
        line, end = lines[at].strip(), at + 1
        block: Block | None = None
        if line.startswith("|"):
            while end < len(lines) and lines[end].strip().startswith("|"):
                end += 1
            block = _table([row.strip() for row in lines[at:end]])
        elif line.startswith("# "):
            block = heading(line[2:].strip())
        else:
            end = _paragraph_end(lines, at)
            joined = " ".join(part.strip() for part in lines[at:end]).strip()
            if "  " in joined or "\t" in joined:
                joined = _SPACES.sub(" ", joined)
            block = Paragraph(read_runs(joined)) if joined else None
        length = sum(len(part) + 1 for part in lines[at:end])
        if block is not None:
            found.append(Placed(block, start, start + length - 1))
        at, start = end, start + length
    return tuple(found)


_remembered = lru_cache(maxsize=4_000)(_placed_in)


def _paragraph_end(lines: list[str], at: int) -> int:
    end = at + 1
    if not lines[at].strip():
        return end
    while end < len(lines):
        line = lines[end].strip()
        if not line or line.startswith(("# ", "|")) or _MARKER.match(line.lstrip("*")):
            break
        end += 1
    return end


def heading(text: str) -> Heading:
    """Give the heading that a text in markup is, by its beginning."""
    return heading_of(read_runs(text))


def heading_of(runs: tuple[Run, ...]) -> Heading:
    """Give the heading that runs are, by their beginning."""
    bare = plain(runs)
    for kind, pattern in _HEADINGS:
        if pattern.match(bare):
            return Heading(runs, kind)
    return Heading(runs, HeadingKind.TITLE)


def read_runs(text: str) -> tuple[Run, ...]:
    r"""Read ``**bold**``, ``*italic*``, ``***both***``; ``\*``, ``\|`` and ``\#`` are the marks themselves.

    Stars that are not closed stay as they are written.
    """
    return known_runs(text) if len(text) <= _LONGEST_KNOWN else _runs(text)


def _runs(text: str) -> tuple[Run, ...]:
    if "*" not in text and "\\" not in text:
        return (Run(text),) if text else ()
    runs: list[Run] = []
    for _at, letters, bold, italic in letters_of(text):
        if runs and (runs[-1].bold, runs[-1].italic) == (bold, italic):
            runs[-1] = Run(runs[-1].text + letters, bold, italic)
        else:
            runs.append(Run(letters, bold, italic))
    return tuple(runs)


# Paragraphs are read again at every key; very long ones are not worth the memory.
known_runs = lru_cache(maxsize=2_000)(_runs)


def letters_of(text: str) -> Iterator[tuple[int, str, bool, bool]]:
    """Give the letters of a text in markup, part by part: place in the text, letters, bold, italic."""
    found = list(_STARS.finditer(text))
    tokens = [match.group() for match in found]
    closers = {
        token: at
        for at, token in enumerate(tokens)
        if at and token[0] == "*" and not tokens[at - 1].endswith(" ")
    }
    bold = italic = False
    for at, token in enumerate(tokens):
        if token[0] == "*" and _turns(tokens, at, (bold, italic), closers.get(token, -1)):
            bold, italic = bold ^ (len(token) >= 2), italic ^ (len(token) != 2)
        elif len(token) == 2 and token[0] == "\\":
            yield found[at].start() + 1, token[1:], bold, italic
        else:
            yield found[at].start(), token, bold, italic


def _turns(tokens: list[str], at: int, looks: tuple[bool, bool], last_closer: int) -> bool:
    """Whether the stars at ``at`` switch a look: they close one, or open one that is closed later."""
    bold, italic = looks
    before = tokens[at - 1] if at else " "
    after = tokens[at + 1] if at + 1 < len(tokens) else " "
    if {1: italic, 2: bold, 3: bold and italic}[len(tokens[at])]:
        return not before.endswith(" ")
    return not after.startswith(" ") and last_closer > at + 1


def _table(lines: list[str]) -> Table:
    ruler = next((at for at, line in enumerate(lines[:2]) if _RULER.fullmatch(line)), None)
    rows = [_cells(line) for at, line in enumerate(lines) if at != ruler]
    width = max((len(row) for row in rows), default=1)
    filled = [tuple((*row, *[()] * (width - len(row)))) for row in rows]
    sides = _sides(lines[ruler], width) if ruler is not None else (Side.LEFT,) * width
    if ruler == 1 and filled:
        return Table(filled[0], tuple(filled[1:]), sides)
    return Table((), tuple(filled), sides)


def _cells(line: str) -> list[Cell]:
    return [read_runs(_SPACES.sub(" ", line[start:end]).strip()) for start, end in _cell_places(line)]


def _cell_places(line: str) -> list[tuple[int, int]]:
    """Give where the cells of a row stand in it; the row begins with "|"."""
    end = len(line) - 1 if len(line) > 1 and line.endswith("|") and not line.endswith("\\|") else len(line)
    bars = [0, *(found.start() for found in _CELL_END.finditer(line, 1, end)), end]
    return [(left + 1, right) for left, right in pairwise(bars)]


def cells_of(text: str) -> list[list[tuple[int, int]]]:
    """Give where the cells of a table's markup stand in it, row by row without the ruler."""
    found, at = [], 0
    lines = text.split("\n")
    ruler = next((n for n, line in enumerate(lines[:2]) if _RULER.fullmatch(line.strip())), None)
    for n, line in enumerate(lines):
        lead = at + len(line) - len(line.lstrip())
        if n != ruler:
            found.append([(lead + left, lead + right) for left, right in _cell_places(line.strip())])
        at += len(line) + 1
    return found


def _sides(ruler: str, width: int) -> tuple[Side, ...]:
    marks = [mark.strip() for mark in ruler.strip("|").split("|")]
    sides = [_side(mark) for mark in marks][:width]
    return (*sides, *[Side.LEFT] * (width - len(sides)))


def _side(mark: str) -> Side:
    if mark.endswith(":"):
        return Side.CENTER if mark.startswith(":") else Side.RIGHT
    return Side.LEFT


def write_body(blocks: tuple[Block, ...]) -> str:
    """Give blocks as markup; reading it again gives equal blocks."""
    return "\n\n".join(_written(block) for block in blocks)


def _written(block: Block) -> str:
    if isinstance(block, Table):
        return _written_table(block)
    if isinstance(block, Heading):
        return f"# {write_runs(block.runs)}"
    text = write_runs(block.runs)
    return f"\\{text}" if text.startswith("#") else text


def write_runs(runs: tuple[Run, ...]) -> str:
    """Give runs as markup; spaces at the edges of a look are moved out of it."""
    parts = []
    for run in runs:
        stars = "*" * (2 * run.bold + run.italic)
        text = run.text.replace("\\", "\\\\").replace("*", "\\*").replace("|", "\\|")
        bare = text.strip(" ")
        if not stars or not bare:
            parts.append(text)
            continue
        lead = len(text) - len(text.lstrip(" "))
        parts.append(f"{text[:lead]}{stars}{bare}{stars}{text[lead + len(bare) :]}")
    return "".join(parts)


def _written_table(table: Table) -> str:
    marks = {Side.LEFT: "---", Side.CENTER: ":---:", Side.RIGHT: "---:"}
    ruler = "|" + "|".join(marks[side] for side in table.sides) + "|"
    rows = [_written_row(row) for row in table.rows]
    return "\n".join([_written_row(table.head), ruler, *rows] if table.head else [ruler, *rows])


def _written_row(cells: tuple[Cell, ...]) -> str:
    return "| " + " | ".join(write_runs(cell) for cell in cells) + " |"
