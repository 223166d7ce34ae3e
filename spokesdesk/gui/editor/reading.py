"""The editor's text read back as blocks, and where each stands."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from PySide6.QtGui import QFont, QTextBlock, QTextCursor, QTextDocument, QTextTable

from spokesdesk.domain.blocks import (
    Block,
    Cell,
    Paragraph,
    Placed,
    Run,
    Table,
    heading_of,
    placed_body,
    plain,
    write_body,
)
from spokesdesk.domain.letters import tidy
from spokesdesk.domain.looks import writable
from spokesdesk.gui.editor.looks import has_head, is_heading, is_kept, sides_of, source_of
from spokesdesk.gui.editor.showing import is_showable, kept_words, shown_block

RunsOf = Callable[[QTextBlock], Cell]
_BOLD = QFont.Weight.DemiBold.value


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the text that is not empty: a line or a table.

    Attributes:
        raw: what stands there, letter by letter.
        source: its place among the blocks that were read, when it is still as it was read.
        kept: whether it stands for a part kept as it was written.
    """

    at: QTextBlock | QTextTable
    raw: Block
    source: int | None
    kept: bool = False


class Source:
    """The markup that a text was filled from; what is still as it was read is written back letter by letter."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.placed: tuple[Placed, ...] = placed_body(text)
        self._shown = [shown_block(each.block) if is_showable(each.block) else None for each in self.placed]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks that were read."""
        return tuple(each.block for each in self.placed)

    def whole(self) -> str | None:
        """Give the markup from the first block to the last when each reads back as it was; None when some do not."""
        if not self.placed or not all(map(_reads_back, self._shown, self.blocks)):
            return None
        return self.text[self.placed[0].start : self.placed[-1].end]

    def still(self, source: int | None, raw: Block) -> int | None:
        """Give a part's source when the part is as it was read."""
        if source is None or source >= len(self._shown) or self._shown[source] != raw:
            return None
        return source

    def slice(self, source: int) -> str:
        """Give the markup of a block."""
        return self.text[self.placed[source].start : self.placed[source].end]

    def gap(self, source: int) -> str:
        """Give what stands between a block and the one after it."""
        return self.text[self.placed[source].end : self.placed[source + 1].start]


def _reads_back(shown: Block | None, block: Block) -> bool:
    return shown == block and (isinstance(block, Table) or bool(block.text.strip()))


def parts(document: QTextDocument, source: Source, runs: RunsOf | None = None) -> Iterator[Part]:
    """Give the parts of a text in order, empty lines left out; ``runs`` gives the runs of a line."""
    runs = runs or runs_of
    walk = document.rootFrame().begin()
    while not walk.atEnd():
        frame, block = walk.currentFrame(), walk.currentBlock()
        if isinstance(frame, QTextTable):
            raw: Block = _table(frame, runs)
            yield Part(frame, raw, source.still(source_of(frame.format()), raw))
        elif block.isValid():
            part = _line(block, source, runs(block))
            if part is not None:
                yield part
        walk += 1


def _line(block: QTextBlock, source: Source, runs: Cell) -> Part | None:
    at = source_of(block.blockFormat())
    if is_kept(block) and at is not None and at < len(source.placed) and runs:
        return Part(block, Paragraph(runs), at, kept=True)
    raw = heading_of(runs) if is_heading(block) else Paragraph(runs)
    if not raw.text.strip():
        return None
    return Part(block, raw, source.still(at, raw))


def runs_of(block: QTextBlock) -> Cell:
    """Give the runs of a line, equal looks together."""
    found: list[Run] = []
    walk = block.begin()
    while not walk.atEnd():
        fragment = walk.fragment()
        form = fragment.charFormat()
        look = (form.fontWeight() >= _BOLD, form.fontItalic())
        if found and (found[-1].bold, found[-1].italic) == look:
            found[-1] = Run(found[-1].text + fragment.text(), *look)
        else:
            found.append(Run(fragment.text(), *look))
        walk += 1
    return tuple(found)


def _table(table: QTextTable, runs: RunsOf) -> Table:
    columns = table.columns()
    rows = [
        tuple(_cell(table, row, column, runs) for column in range(columns)) for row in range(table.rows())
    ]
    sides = sides_of(table.format().toTableFormat(), columns)
    if has_head(table.format().toTableFormat()) and rows:
        return Table(rows[0], tuple(rows[1:]), sides)
    return Table((), tuple(rows), sides)


def _cell(table: QTextTable, row: int, column: int, runs_of_line: RunsOf) -> Cell:
    cell = table.cellAt(row, column)
    block, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block()
    runs = runs_of_line(block)
    while block != last:
        block = block.next()
        runs = (*runs, Run(" "), *runs_of_line(block))
    return runs


def block_of(part: Part, source: Source) -> Block:
    """Give the block that a part is, in the form the markup can hold."""
    if part.source is not None:
        return source.placed[part.source].block
    raw = part.raw
    if isinstance(raw, Table):
        rows = tuple(tuple(map(_clean, row)) for row in raw.rows)
        return Table(tuple(map(_clean, raw.head)), rows, raw.sides)
    runs = _clean(raw.runs)
    return Paragraph(runs) if isinstance(raw, Paragraph) else heading_of(runs)


def _clean(runs: Cell) -> Cell:
    if len(runs) == 1 and not (runs[0].bold or runs[0].italic):
        text = " ".join(tidy(runs[0].text).split())
        return (Run(text),) if text else ()
    return writable(tuple(Run(tidy(run.text), run.bold, run.italic) for run in runs))


def blocks_of(read: Iterable[Part], source: Source) -> tuple[Block, ...]:
    """Give the parts of a text as blocks."""
    return tuple(block_of(part, source) for part in read)


def markup_of(read: Iterable[Part], source: Source) -> str:
    """Give the parts of a text as markup; those that are as they were read are written as they were."""
    found: list[str] = []
    before: int | None = None
    for part in read:
        if found:
            follows = before is not None and part.source == before + 1
            found.append(source.gap(before) if follows and before is not None else "\n\n")
        if part.source is None:
            found.append(write_body((block_of(part, source),)))
        else:
            found.append(source.slice(part.source) + _beside(part, source))
        before = part.source
    return "".join(found)


def _beside(part: Part, source: Source) -> str:
    """Give what was typed into the line that stands for a kept part, as a paragraph after it."""
    table = source.placed[part.source or 0].block
    if not part.kept or isinstance(part.raw, Table) or not isinstance(table, Table):
        return ""
    typed = part.raw.text.replace(kept_words(table), "").strip()
    return "\n\n" + write_body((Paragraph((Run(tidy(typed)),)),)) if typed else ""


def selected_blocks(cursor: QTextCursor, source: Source) -> tuple[Block, ...]:
    """Give what is selected as blocks."""
    apart = QTextDocument()
    QTextCursor(apart).insertFragment(cursor.selection())
    return tuple(block for block in blocks_of(parts(apart, source), source) if not _is_empty(block))


def _is_empty(block: Block) -> bool:
    return not isinstance(block, Table) and not plain(block.runs).strip()
