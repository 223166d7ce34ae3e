"""The tools above the text, with their keys."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from spokesdesk.domain.blocks import Side
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.markers import clause, dash, point
from spokesdesk.gui.editor import shaping, tables
from spokesdesk.gui.editor.edit import RichEdit
from spokesdesk.gui.theme import Theme

Run = Callable[[], object]
_HEADINGS = (
    ("", _("Đoạn văn")),
    ("phan", _("Phần")),
    ("chuong", _("Chương")),
    ("muc", _("Mục")),
    ("dieu", _("Điều")),
    ("la-ma", _("I. II. III.")),
    ("tieu-de", _("Tiêu đề không số")),
)


class Tools(QWidget):
    """Buttons for what can be done to the text; each also by key or in a menu that keys reach."""

    def __init__(self, edit: RichEdit, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit, self._theme = edit, theme
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._icons: list[tuple[QToolButton, str]] = []
        self._add("B", _("Chữ đậm (Ctrl+B)"), partial(shaping.toggle_bold, edit), bold=True)
        self._add("I", _("Chữ nghiêng (Ctrl+I)"), partial(shaping.toggle_italic, edit), italic=True)
        self.headings = self._menu(_("Đề mục"), _("Phần, Chương, Mục, Điều (Alt+M)"), self._fill_headings)
        self._add("1.", _("Khoản, đánh số 1. 2. 3."), partial(shaping.lead, edit, clause))
        self._add("a)", _("Điểm, đánh chữ a) b) c)"), partial(shaping.lead, edit, point))
        self._add("–", _("Gạch đầu dòng"), partial(shaping.lead, edit, dash))
        self.table = self._menu(_("Bảng"), _("Bảng: thêm, bớt hàng và cột (Alt+B)"), self._fill_table)
        self.back = self._add("↶", _("Hoàn tác (Ctrl+Z)"), edit.undo)
        self.again = self._add("↷", _("Làm lại (Ctrl+Y)"), edit.redo)
        self._row.addStretch(1)
        for keys, run in (
            ("Ctrl+B", partial(shaping.toggle_bold, edit)),
            ("Ctrl+I", partial(shaping.toggle_italic, edit)),
            ("Ctrl+Y", edit.redo),
            ("Alt+M", self.headings.showMenu),
            ("Alt+B", self.table.showMenu),
        ):
            shortcut = QShortcut(QKeySequence(keys), edit, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(run)
        for button, signal in (
            (self.back, edit.document().undoAvailable),
            (self.again, edit.document().redoAvailable),
        ):
            button.setEnabled(False)
            signal.connect(button.setEnabled)

    def add_button(self, text: str, name: str, run: Run) -> QToolButton:
        """Put one more tool at the right."""
        button = self._made(text, name)
        button.clicked.connect(run)
        self._row.addWidget(button)
        return button

    def _add(
        self, text: str, name: str, run: Run, *, bold: bool = False, italic: bool = False
    ) -> QToolButton:
        button = self._made(text, name)
        font = button.font()
        font.setBold(bold)
        font.setItalic(italic)
        button.setFont(font)
        button.clicked.connect(run)
        self._row.addWidget(button)
        return button

    def _made(self, text: str, name: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(name)
        button.setAccessibleName(name)
        button.setFixedHeight(28)
        button.setMinimumWidth(30)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    def _menu(self, text: str, name: str, fill: Callable[[QMenu], None]) -> QToolButton:
        button = self._made(f"{text}   ", name)
        menu = QMenu(button)
        fill(menu)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._row.addWidget(button)
        return button

    def _fill_headings(self, menu: QMenu) -> None:
        for kind, words in _HEADINGS:
            menu.addAction(words).triggered.connect(partial(self._heading, kind))

    def _heading(self, kind: str, _checked: bool = False) -> None:
        shaping.set_heading(self._edit, kind)

    def _fill_table(self, menu: QMenu) -> None:
        edit = self._edit
        inside: list[tuple[str, Run]] = [
            (_("Thêm hàng phía trên"), partial(tables.add_row, edit, 0)),
            (_("Thêm hàng phía dưới"), partial(tables.add_row, edit, 1)),
            (_("Thêm cột bên trái"), partial(tables.add_column, edit, 0)),
            (_("Thêm cột bên phải"), partial(tables.add_column, edit, 1)),
            (_("Xóa hàng"), partial(tables.remove_row, edit)),
            (_("Xóa cột"), partial(tables.remove_column, edit)),
            (_("Xóa bảng"), partial(tables.remove, edit)),
            (_("Hàng đầu là tiêu đề bảng, hoặc không"), partial(tables.toggle_head, edit)),
            (_("Cột canh trái"), partial(tables.align, edit, Side.LEFT)),
            (_("Cột canh giữa"), partial(tables.align, edit, Side.CENTER)),
            (_("Cột canh phải"), partial(tables.align, edit, Side.RIGHT)),
        ]
        new = menu.addAction(_("Chèn bảng 3 × 3"))
        new.triggered.connect(partial(_obey, partial(tables.insert, edit)))
        menu.addSeparator()
        self._inside = []
        for words, run in inside:
            action = menu.addAction(words)
            action.triggered.connect(partial(_obey, run))
            self._inside.append(action)
        self._new_table = new
        menu.aboutToShow.connect(self._table_shown)

    @Slot()
    def _table_shown(self) -> None:
        within = self._edit.textCursor().currentTable() is not None
        self._new_table.setEnabled(not within)
        for action in self._inside:
            action.setEnabled(within)

    def sizeHint(self) -> QSize:
        """One row of buttons."""
        return QSize(super().sizeHint().width(), 28)


def _obey(run: Run, _checked: bool = False) -> None:
    run()
