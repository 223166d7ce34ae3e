"""A body with its tools above it: what was pasted, find and replace, the text itself."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.editor.edit import RichEdit
from spokesdesk.gui.editor.finding import FindBar
from spokesdesk.gui.editor.margin import Margin
from spokesdesk.gui.editor.pasting import PasteNote
from spokesdesk.gui.editor.saying import RemarkStrip
from spokesdesk.gui.editor.tools import Tools
from spokesdesk.gui.theme import Theme


class EditorBox(QWidget):
    """The editor of one body: of the paper itself or of an annex.

    Emits:
        insert_wanted: a sentence, a place in the law or something said before is to be put in.
    """

    insert_wanted = Signal()

    def __init__(self, theme: Theme, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.edit = RichEdit(theme, self)
        self.edit.setPlaceholderText(placeholder)
        self.setFocusProxy(self.edit)
        self.margin = Margin(self.edit, theme)
        self.tools = Tools(self.edit, theme, self)
        self.tools.add_button(_("Chèn"), _("Chèn mẫu câu, quy định, đoạn đã viết (Ctrl+M)"), self._insert)
        self.tools.add_button(_("Tìm"), _("Tìm và thay (Ctrl+H)"), self.find)
        self._column.addWidget(self.tools)
        self._column.addWidget(PasteNote(self.edit, self))
        self._column.addWidget(self.edit, 1)
        self.strip = RemarkStrip(self.edit, self.margin)
        self.bar: FindBar | None = None
        keys = QShortcut(QKeySequence("Ctrl+H"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.find)
        insert = QShortcut(QKeySequence("Ctrl+M"), self.edit, context=Qt.ShortcutContext.WidgetShortcut)
        insert.activated.connect(self._insert)

    @Slot()
    def _insert(self) -> None:
        self.edit.setFocus()
        self.insert_wanted.emit()

    @Slot()
    def find(self) -> None:
        """Open the bar to find and replace."""
        if self.bar is None:  # made late: what is typed into it is no change of the paper
            self.bar = FindBar(self.edit, self._theme, self)
            self._column.insertWidget(1, self.bar)
        self.bar.open_bar()

    def setAccessibleName(self, name: str) -> None:
        """Name the text itself too."""
        super().setAccessibleName(name)
        self.edit.setAccessibleName(name)

    def set_frozen(self, frozen: bool) -> None:
        """Let the text be read only, without tools."""
        self.edit.set_frozen(frozen)
        self.tools.setVisible(not frozen)
