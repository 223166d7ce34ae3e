"""The command palette (Ctrl+K): commands and entries in one list, found without accents."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.text import words_match
from spokesdesk.gui.courier import Job
from spokesdesk.gui.screen import Action, Context
from spokesdesk.gui.widgets.basic import label
from spokesdesk.gui.widgets.fields import LineEdit
from spokesdesk.gui.widgets.offered import ROW_HEIGHT, Offered, OfferedList, OfferPainter
from spokesdesk.services.ports import Desk, Hit

PAUSE_MS = 150
SHOWN = 9
WIDTH = 640
_MOST = 40


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
        "news": _("Tin"),
        "case": _("Vụ việc"),
        "incident": _("Vụ việc đột xuất"),
        "outlet": _("Cơ quan báo chí"),
        "journalist": _("Nhà báo"),
        "spokesperson": _("Người phát ngôn"),
        "checklist": _("Phiếu đối chiếu"),
        "law": _("Văn bản pháp luật"),
        "province": _("Trao đổi với tỉnh"),
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
        self._list = OfferedList(OfferPainter, context.theme, self)
        self._list.setAccessibleName(_("Kết quả"))
        self._list.clicked.connect(self._clicked)
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
        return self._list.values()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter work from the search field; leaving it closes the palette."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._key(event):
            return True
        if event.type() == QEvent.Type.FocusOut and not self.isAncestorOf(self._window.focusWidget() or self):
            self.hide()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
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
            found = len(self._list.values())
            self._none.setVisible(not found)
            self._place(found)

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
        self._list.offer(
            [
                Offered(entry.title, entry.detail, entry.right, entry, f"{entry.title}. {entry.detail}")
                for entry in entries[:_MOST]
            ]
        )
        self._none.hide()
        self._place(len(entries))

    def _place(self, count: int) -> None:
        self._list.setFixedHeight(min(count, SHOWN) * ROW_HEIGHT)
        self._list.setVisible(count > 0)
        width = min(WIDTH, self._window.width() - 48)
        self.setFixedWidth(width)
        self.adjustSize()
        corner = self._anchor.mapTo(self._window, QPoint(-8, -8))
        self.move(max(min(corner.x(), self._window.width() - width - 8), 8), max(corner.y(), 2))

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        entry = self._list.value_at(index)
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
