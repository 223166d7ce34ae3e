"""How blocks look in the editor: formats of paragraphs, headings and cells, and the marks they are known by."""

from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from spokesdesk.domain.blocks import HeadingKind, Run, Side

# Properties of formats that say what a part of the text is; they are undone and redone with it.
_OWN = QTextFormat.Property.UserProperty.value
HEADING = _OWN + 1
SOURCE = _OWN + 2
KEPT = _OWN + 3
HEAD_CELL = _OWN + 4
SIDES = _OWN + 5

FIRST_LINE_PX = 38
_BELOW_PX = 6
_LINE_PERCENT = 112
_CENTERED = (HeadingKind.PART, HeadingKind.CHAPTER, HeadingKind.SECTION)
# Seen on white and on dark cards alike; a border is part of the text's format and cannot follow the palette.
_BORDER = QColor("#9FA8B0")
_ALIGNED = {
    Side.LEFT: Qt.AlignmentFlag.AlignLeft,
    Side.CENTER: Qt.AlignmentFlag.AlignHCenter,
    Side.RIGHT: Qt.AlignmentFlag.AlignRight,
}


def run_format(run: Run | None = None) -> QTextCharFormat:
    """Give the format of a run, not to be changed; of plain letters without one."""
    return _letters(run.bold, run.italic) if run is not None else _letters(bold=False, italic=False)


@cache
def _letters(bold: bool, italic: bool) -> QTextCharFormat:
    """Give one of four formats; a long letter asks for them ten thousand times when it is opened."""
    made = QTextCharFormat()
    made.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    made.setFontItalic(italic)
    return made


def paragraph_format(source: int | None = None) -> QTextBlockFormat:
    """Give the format of a paragraph; ``source`` is its place among the blocks that were read."""
    made = QTextBlockFormat()
    made.setTextIndent(FIRST_LINE_PX)
    made.setBottomMargin(_BELOW_PX)
    made.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    if source is not None:
        made.setProperty(SOURCE, source)
    return made


def heading_format(kind: HeadingKind, source: int | None = None) -> QTextBlockFormat:
    """Give the format of a heading: Phần, Chương and Mục stand in the middle."""
    made = paragraph_format(source)
    made.setProperty(HEADING, True)
    if kind in _CENTERED:
        made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        made.setTextIndent(0)
    return made


def kept_format(source: int) -> QTextBlockFormat:
    """Give the format of the line that stands for a part kept as it was written."""
    made = paragraph_format(source)
    made.setProperty(KEPT, True)
    made.setTextIndent(0)
    return made


def cell_format(side: Side, *, head: bool) -> QTextBlockFormat:
    """Give the format of a table's cell."""
    made = QTextBlockFormat()
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter if head else _ALIGNED[side])
    if head:
        made.setProperty(HEAD_CELL, True)
    return made


def table_format(sides: tuple[Side, ...], *, head: bool, source: int | None = None) -> QTextTableFormat:
    """Give the format of a table; it remembers its columns' sides and whether its first row is a head."""
    made = QTextTableFormat()
    made.setCellPadding(4)
    made.setCellSpacing(0)
    made.setBorder(1)
    # Collapsed borders are drawn only where every cell has its own: rows added later would have none.
    made.setBorderCollapse(False)
    made.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    made.setBorderBrush(QBrush(_BORDER))
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    made.setTopMargin(4)
    made.setBottomMargin(10)
    made.setHeaderRowCount(int(head))
    made.setProperty(SIDES, ",".join(side.value for side in sides))
    if source is not None:
        made.setProperty(SOURCE, source)
    return made


def sides_of(form: QTextTableFormat, columns: int) -> tuple[Side, ...]:
    """Give how a table's columns stand."""
    named = str(form.property(SIDES) or "").split(",")
    sides = [Side(name) for name in named if name][:columns]
    return (*sides, *[Side.LEFT] * (columns - len(sides)))


def has_head(form: QTextTableFormat) -> bool:
    """Whether a table's first row is its head."""
    return form.headerRowCount() > 0


def source_of(form: QTextFormat) -> int | None:
    """Give the place of the block, among those that were read, that a part of the text came from."""
    found = form.property(SOURCE)
    return found if isinstance(found, int) else None


def is_heading(block: QTextBlock) -> bool:
    """Whether a line is a heading."""
    return bool(block.blockFormat().property(HEADING))


def is_kept(block: QTextBlock) -> bool:
    """Whether a line stands for a part kept as it was written."""
    return bool(block.blockFormat().property(KEPT))
