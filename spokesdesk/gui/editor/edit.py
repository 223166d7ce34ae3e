"""The text of a paper as it looks: paragraphs, headings, lists and tables, read and written as the letter's markup."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from spokesdesk.domain.blocks import Block, Cell, read_body, write_body
from spokesdesk.domain.letters import tidy
from spokesdesk.domain.markers import marker_of, next_marker
from spokesdesk.gui.editor import tables
from spokesdesk.gui.editor.heads import Heads
from spokesdesk.gui.editor.looks import is_heading, paragraph_format, run_format
from spokesdesk.gui.editor.reading import Part, Source, blocks_of, markup_of, parts, runs_of, selected_blocks
from spokesdesk.gui.editor.showing import as_one_line, show
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.fields import PASTE_LIMIT, refusal
from spokesdesk.services.pasting import ready

OWN_FORM = "application/x-spokesdesk-text"
PAPER_PX = 17
MARGIN_PX = 24


class SafeDocument(QTextDocument):
    """A text that never opens what it points to: no picture, no style sheet, no file, no address."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """Give nothing, whatever is asked for."""
        return None


class RichEdit(QTextEdit):
    """A body being written.

    Emits:
        refused: a sentence, when pasted text is far over any limit; what was typed stays.
        pasted: ``Pasted``, when something was converted or left out.
        resized: the pane has another size.
    """

    refused = Signal(object)
    pasted = Signal(object)
    resized = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = SafeDocument(self)
        self.setDocument(self._document)
        self._source = Source()
        self._known: tuple[int, str] | None = None
        self._read: tuple[int, list[Part]] | None = None
        self._runs: dict[int, Cell] = {}
        self._document.contentsChange.connect(self._touched)
        self._marks: dict[str, list[QTextEdit.ExtraSelection]] = {}
        self.setFont(theme.paper_font(PAPER_PX))
        self._document.setDocumentMargin(8)
        self._heads = Heads(self._document)
        self.setViewportMargins(MARGIN_PX, 0, 0, 0)
        self.setTabChangesFocus(True)
        self.setAcceptRichText(False)
        self.setMinimumHeight(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_text("")

    def text(self) -> str:
        """Give the text as the letter format's markup, in NFC."""
        revision = self._document.revision()
        if self._known is None or self._known[0] != revision:
            self._known = (revision, markup_of(self.parts(), self._source))
        return self._known[1]

    def set_text(self, markup: str) -> None:
        """Show a text given as markup; the history of undoing starts anew."""
        self._source, self._known, self._read = Source(tidy(markup)), None, None
        self._document.setUndoRedoEnabled(False)
        # Laid out once it is all there: at once what is in sight, the rest in turns while the window answers.
        self._document.setLayoutEnabled(False)
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        cursor.setBlockFormat(paragraph_format())
        cursor.setBlockCharFormat(run_format())
        show(cursor, self._source.blocks, sources=True)
        cursor.endEditBlock()
        # Before that the cursor leaves the end, up to where all would have to be laid out at once.
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._document.setLayoutEnabled(True)
        self._document.setUndoRedoEnabled(True)
        self._document.setModified(False)
        whole = self._source.whole()
        self._known = (self._document.revision(), whole) if whole is not None else None

    def blocks(self) -> tuple[Block, ...]:
        """Give the text as blocks."""
        return blocks_of(self.parts(), self._source)

    def parts(self) -> list[Part]:
        """Give the parts of the text that are not empty, in the order of ``blocks``."""
        revision = self._document.revision()
        if self._read is None or self._read[0] != revision:
            self._read = (revision, list(parts(self._document, self._source, self._runs_of)))
        return self._read[1]

    def _runs_of(self, block: QTextBlock) -> Cell:
        """Give the runs of a line; those of lines that were not touched are known."""
        at = block.fragmentIndex()
        if at not in self._runs:
            self._runs[at] = runs_of(block)
        return self._runs[at]

    @Slot(int, int, int)
    def _touched(self, position: int, _removed: int, added: int) -> None:
        block, end = self._document.findBlock(position), position + added
        while block.isValid() and block.position() <= end:
            self._runs.pop(block.fragmentIndex(), None)
            block = block.next()

    def insert_blocks(self, blocks: Sequence[Block]) -> None:
        """Put blocks at the cursor, in one step that Ctrl+Z takes back; into a cell as one line."""
        if self.isReadOnly() or not blocks:
            return
        cursor = self.textCursor()
        cursor.beginEditBlock()
        if cursor.currentTable() is not None:
            cursor.removeSelectedText()
            for run in as_one_line(blocks):
                cursor.insertText(run.text, run_format(run))
        else:
            show(cursor, blocks)
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def set_marks(self, layer: str, marks: list[QTextEdit.ExtraSelection]) -> None:
        """Show marks over the text (places found, findings) without changing it; each layer has its own."""
        self._marks[layer] = marks
        self.setExtraSelections([mark for held in self._marks.values() for mark in held])

    def set_frozen(self, frozen: bool) -> None:
        """Let the text be read, selected and copied, and not be changed."""
        self.setReadOnly(frozen)
        keys = Qt.TextInteractionFlag.TextSelectableByKeyboard
        if frozen:
            self.setTextInteractionFlags(self.textInteractionFlags() | keys)

    def show_rows(self, height: int) -> None:
        """Take this much room, so that the text is read in one piece and only its card scrolls."""
        self.setFixedHeight(max(height, 220))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep Tab inside a table, where it moves between cells."""
        within = not self.isReadOnly() and bool(self.textCursor().currentTable())
        return False if within else super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins a paragraph, in a list the next item; Tab and Enter move between cells."""
        if self.isReadOnly():
            super().keyPressEvent(event)
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held in (
            Qt.KeyboardModifier.NoModifier,
            shift,
        ):
            self._enter()
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and self.textCursor().currentTable():
            tables.go(self, -1 if event.key() == Qt.Key.Key_Backtab or held == shift else 1)
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        cursor = self.textCursor()
        if cursor.currentTable() is not None:
            tables.go_down(self)
            return
        block = cursor.block()
        marker = marker_of(block.text()) if not is_heading(block) else ""
        cursor.beginEditBlock()
        if marker and block.text().strip() == marker.strip() and cursor.atBlockEnd():
            # Enter on an item without words ends the list.
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()
        else:
            behind = cursor.positionInBlock() >= len(marker) and not cursor.hasSelection()
            follows = next_marker(block.text()) if marker and behind else ""
            while behind and block.text()[cursor.positionInBlock() :].startswith(" "):
                cursor.deleteChar()
            after = cursor.atBlockEnd()
            look = cursor.charFormat()
            heading = is_heading(block) and (not after or cursor.atBlockStart())
            form = block.blockFormat() if heading else paragraph_format()
            cursor.insertBlock(form, run_format() if not heading else look)
            if follows:
                cursor.insertText(follows, run_format())
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy for other programs, and as markup for this one."""
        made = super().createMimeDataFromSelection()
        blocks = selected_blocks(self.textCursor(), self._source)
        made.setData(OWN_FORM, write_body(blocks).encode())
        return made

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take words only; a file that is dropped is no words."""
        if source.hasUrls() and not (source.hasHtml() or source.hasFormat(OWN_FORM)):
            return False
        return source.hasText() or source.hasHtml() or source.hasFormat(OWN_FORM)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take what is pasted, cleaned to blocks; nothing that it points to is ever opened."""
        if self.isReadOnly():
            return
        text = source.text()
        if len(text) > PASTE_LIMIT:
            self.refused.emit(refusal(len(text)))
            return
        if source.hasFormat(OWN_FORM):
            own = bytes(source.data(OWN_FORM).data()).decode("utf-8", "replace")
            self.insert_blocks(read_body(tidy(own)))
            return
        found = ready(source.html() if source.hasHtml() else "", text)
        if len(found.text) > PASTE_LIMIT:
            found = ready("", text)
        self.insert_blocks(found.blocks)
        if found.encodings or found.pictures:
            self.pasted.emit(found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell what stands beside the text."""
        super().resizeEvent(event)
        self.resized.emit()

    def sizeHint(self) -> QSize:
        """Room for some lines."""
        return QSize(super().sizeHint().width(), self.fontMetrics().lineSpacing() * 12 + 22)
