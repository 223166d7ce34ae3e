"""A Markdown page in the window's own sizes and spacing."""

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextFormat

from spokesdesk.gui.theme import Theme


def dress(document: QTextDocument, theme: Theme) -> None:
    """Give headings and paragraphs of a Markdown page the window's own sizes and spacing."""
    block = document.begin()
    while block.isValid():
        _dress_block(QTextCursor(block), block, theme)
        block = block.next()


def _dress_block(cursor: QTextCursor, block: QTextBlock, theme: Theme) -> None:
    level = block.blockFormat().headingLevel()
    shape = block.blockFormat()
    shape.setLineHeight(118, 1)
    shape.setTopMargin(14 if level == 2 else 2)
    shape.setBottomMargin(6 if level != 1 else 10)
    cursor.setBlockFormat(shape)
    if level:
        letters = block.charFormat()
        letters.clearProperty(QTextFormat.Property.FontSizeAdjustment.value)
        letters.setFont(theme.font(20 if level == 1 else 14, 600))
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        cursor.setCharFormat(letters)
