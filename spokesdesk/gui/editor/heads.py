"""Headings and head cells shown in bold: the look only, never the text."""

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat

from spokesdesk.gui.editor.looks import HEAD_CELL, HEADING, KEPT


class Heads(QSyntaxHighlighter):
    """Dresses lines by what they are."""

    def highlightBlock(self, text: str) -> None:
        """Dress one line."""
        form = self.currentBlock().blockFormat()
        look = QTextCharFormat()
        if form.property(HEADING) or form.property(HEAD_CELL):
            look.setFontWeight(QFont.Weight.Bold)
        elif form.property(KEPT):
            look.setFontItalic(True)
        else:
            return
        self.setFormat(0, len(text.encode("utf-16-le", "surrogatepass")) // 2, look)
