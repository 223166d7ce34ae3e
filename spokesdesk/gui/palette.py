"""The command palette (Ctrl+K): commands and entries in one list, found without accents."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import words_match
from spokesdesk.gui.courier import Job
from spokesdesk.gui.screen import Action, Context
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.basic import label
from spokesdesk.gui.widgets.fields import LineEdit
from spokesdesk.services.ports import Desk, Hit

PAUSE_MS = 150
ITEM_HEIGHT = 46
SHOWN = 9
WIDTH = 640
ENTRY_ROLE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the palette: a command, or a record (``kind``, ``record_id``)."""

    title: str
    detail: str
    right: str
    action: Action | None = None
    kind: str = ""
    record_id: UUID | None = None


def kind_words() -> dict[str, str]:
    """Give the word of every kind of record."""
    return {
        "contact": _("Tiếp xúc"),
        "request": _("Yêu cầu"),
        "paper": _("Văn bản"),
        "article": _("Bài báo"),
        "case": _("Vụ việc"),
        "outlet": _("Cơ quan báo chí"),
        "journalist": _("Nhà báo"),
        "spokesperson": _("Người phát ngôn"),
        "checklist": _("Phiếu đối chiếu"),
        "law": _("Văn bản pháp luật"),
    }


class CommandPalette(QFrame):
    """Opens over the search button; Esc closes it.

    Args:
        actions: gives the commands that are possible now.
        anchor: the search button, over which the palette opens.
    """

    def __init__(
        self, context: Context, actions: Callable[[], Sequence[Action]], anchor: QWidget, window: QWidget
    ) -> None:
        super().__init__(window)
        self._context, self._actions = context, actions
        self._anchor, self._window = anchor, window
        self._asked = 0
        self._finding: Job | None = None
        self._before: QWidget | None = None
        self.setProperty("overlay", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Tìm hoặc ra lệnh"))
        self._edit = LineEdit(_("Tìm mục đã ghi (không cần dấu) hoặc gõ tên lệnh"), self)
        self._edit.setAccessibleName(_("Tìm hoặc ra lệnh"))
        self._edit.installEventFilter(self)
        self._edit.textChanged.connect(self._typed)
        self._names = QStandardItemModel(self)
        self._list = self._made_list()
        self._none = label(
            _("Không thấy mục nào khớp. Thử ít từ hơn; gõ không dấu cũng được."), "muted", self
        )
        self._none.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        for part in (self._edit, self._list, self._none):
            column.addWidget(part)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.hide()

    def open(self) -> None:
        """Show the palette, empty, with the cursor in it."""
        self._before = self._window.focusWidget()
        self._edit.clear()
        self._fill(())
        self.show()
        self.raise_()
        self._edit.setFocus(Qt.FocusReason.PopupFocusReason)

    def entries(self) -> list[Entry]:
        """Give what is listed now."""
        return [self._names.item(row).data(ENTRY_ROLE) for row in range(self._names.rowCount())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter work from the search field; leaving it closes the palette."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
            return True
        if event.type() == QEvent.Type.FocusOut and not self.isAncestorOf(self._window.focusWidget() or self):
            self.hide()
        return super().eventFilter(watched, event)

    def _made_list(self) -> QListView:
        made = QListView(self)
        made.setModel(self._names)
        made.setItemDelegate(EntryPainter(self._context.theme, made))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setMouseTracking(True)
        made.setUniformItemSizes(True)
        made.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setAccessibleName(_("Kết quả"))
        made.clicked.connect(self._clicked)
        return made

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            count = max(self._names.rowCount(), 1)
            row = (self._list.currentIndex().row() + (1 if key == Qt.Key.Key_Down else -1)) % count
            self._list.setCurrentIndex(self._names.index(row, 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._clicked(self._list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self._leave()
        else:
            return False
        return True

    @Slot(str)
    def _typed(self, _text: str) -> None:
        self._fill(())
        self._pause.start()

    @Slot()
    def _search(self) -> None:
        self._asked += 1
        if self._finding is not None:
            self._finding.cancel()
        desk, words = self._context.desk(), self._edit.text().strip()
        if desk is None or len(words) < 2:
            return
        self._finding = self._context.courier.run(
            partial(_find, desk, words),
            owner=self,
            ok=partial(self._found, self._asked),
            fail=self._not_found,
            lane="read",
        )

    def _found(self, asked: int, hits: Sequence[Hit]) -> None:
        if asked == self._asked and not self.isHidden():
            self._fill(hits)
            self._none.setVisible(self._names.rowCount() == 0)

    def _not_found(self, error: DeskError) -> None:
        self._context.status(str(error))

    def _fill(self, hits: Sequence[Hit]) -> None:
        words = self._edit.text().strip()
        entries = [_command(action) for action in self._actions() if words_match(words, action.text)]
        names = kind_words()
        entries += [
            Entry(hit.title, hit.snippet, names.get(hit.kind, hit.kind), None, hit.kind, hit.id)
            for hit in hits
        ]
        self._names.clear()
        for entry in entries[:40]:
            item = QStandardItem(entry.title)
            item.setData(entry, ENTRY_ROLE)
            item.setAccessibleText(f"{entry.title}. {entry.detail}")
            self._names.appendRow(item)
        self._none.hide()
        if entries:
            self._list.setCurrentIndex(self._names.index(0, 0))
        self._place(len(entries))

    def _place(self, count: int) -> None:
        self._list.setFixedHeight(min(count, SHOWN) * ITEM_HEIGHT)
        self._list.setVisible(count > 0)
        width = min(WIDTH, self._window.width() - 48)
        self.setFixedWidth(width)
        self.adjustSize()
        corner = self._anchor.mapTo(self._window, QPoint(-8, -8))
        self.move(max(min(corner.x(), self._window.width() - width - 8), 8), max(corner.y(), 2))

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY_ROLE)
        if not isinstance(entry, Entry):
            return
        self._leave()
        if entry.action is not None:
            entry.action.run()
        elif entry.record_id is not None:
            if entry.record_id is not None:
                self._context.looked(entry.kind, entry.record_id, "searched")
            self._context.navigate(entry.kind, entry.record_id)

    def _leave(self) -> None:
        self.hide()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        self._before = None


def _command(action: Action) -> Entry:
    return Entry(action.text, "", action.shortcut, action)


def _find(desk: Desk, words: str) -> tuple[Hit, ...]:
    from spokesdesk.services import find

    return find.find(desk, words)


class EntryPainter(QStyledItemDelegate):
    """Draws a line of a palette: title, detail, what stands at the right."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plain, self._small = theme.font(13, 500), theme.font(12)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Two lines of text."""
        return QSize(200, ITEM_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one line."""
        painter.save()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("tint"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, self._theme.color("hover"))
        entry: Entry = index.data(ENTRY_ROLE)
        box = rect.adjusted(12, 0, -12, 0)
        used = self._write(painter, entry.right, box, "muted", self._small, Qt.AlignmentFlag.AlignRight)
        box.setRight(box.right() - used - 12)
        if entry.detail:
            upper = QRect(box.left(), box.top() + 3, box.width(), 22)
            lower = QRect(box.left(), box.top() + 22, box.width(), 20)
            self._write(painter, entry.title, upper, "text", self._plain)
            self._write(painter, entry.detail, lower, "muted", self._small)
        else:
            self._write(painter, entry.title, box, "text", self._plain)
        painter.restore()

    def _write(
        self,
        painter: QPainter,
        text: str,
        box: QRect,
        token: str,
        font: Any,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> int:
        painter.setFont(font)
        painter.setPen(self._theme.color(token))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), shown)
        return painter.fontMetrics().horizontalAdvance(shown)
