"""What is to be said about the words at the cursor, over the edge of the text so that nothing moves."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.editor.edit import RichEdit
from spokesdesk.gui.editor.margin import Margin, Remark
from spokesdesk.gui.widgets.basic import Button
from spokesdesk.gui.widgets.states import Note

_EDGE_PX = 4


class RemarkStrip(Note):
    """Shows the remark whose words hold the cursor; Alt+Enter puts in what is proposed."""

    def __init__(self, edit: RichEdit, margin: Margin) -> None:
        super().__init__("", "amber", edit)
        self._edit, self._margin = edit, margin
        self._remark: Remark | None = None
        self._put = Button(_("Thay   Alt+Enter"), self.put, parent=self)
        self.add_button(self._put)
        for keys in ("Alt+Return", "Alt+Enter"):
            shortcut = QShortcut(QKeySequence(keys), edit, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self.put)
        edit.cursorPositionChanged.connect(self._say)
        edit.resized.connect(self._fit)

    @Slot()
    def put(self) -> None:
        """Put what is proposed in the place of the words, in one step back."""
        remark = self._remark
        if remark is None or not remark.put or self._edit.isReadOnly():
            return
        cursor = QTextCursor(remark.cursor)
        if cursor.selectedText() == remark.written:
            cursor.insertText(remark.put)
            self._edit.setTextCursor(cursor)
        self._edit.setFocus()

    @Slot()
    def _say(self) -> None:
        remark = self._margin.at_cursor()
        if remark is self._remark and remark is not None:
            return
        self._remark = remark
        self.set_text(remark.text if remark is not None else "")
        self._put.setVisible(remark is not None and bool(remark.put) and not self._edit.isReadOnly())
        self._fit()

    @Slot()
    def _fit(self) -> None:
        if self._remark is None:
            return
        inside = self._edit.contentsRect().adjusted(_EDGE_PX, _EDGE_PX, -_EDGE_PX, -_EDGE_PX)
        bar = self._edit.verticalScrollBar()
        wide = inside.width() - (bar.width() if bar.isVisible() else 0)
        tall = self.heightForWidth(wide) if self.hasHeightForWidth() else self.sizeHint().height()
        line = self._edit.cursorRect()
        below = line.bottom() < inside.height() - tall - _EDGE_PX
        self.setGeometry(inside.left(), inside.bottom() - tall + 1 if below else inside.top(), wide, tall)
        self.raise_()
