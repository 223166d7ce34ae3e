"""Designed states: an empty list, work under way, something done that can be undone, a calm note."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.courier import Courier, Running
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.basic import Button, ElidedLabel, IconLabel, LinkButton, label, restyle

TOAST_MS = 8_000
BUSY_AFTER_MS = 1_000


class EmptyState(QWidget):
    """What belongs here, and the first action; shown instead of an empty list."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        sentence: str,
        action: str = "",
        run: Callable[[], object] | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(IconLabel(theme, icon, "muted", 40, self), 0, Qt.AlignmentFlag.AlignHCenter)
        self._words = label(sentence, "muted", self, wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words.setMaximumWidth(420)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._words, 10)
        row.addStretch(1)
        column.addLayout(row)
        self.button = Button(action, run, parent=self)
        self.button.setVisible(bool(action))
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def set_sentence(self, sentence: str) -> None:
        """Change the sentence, e.g. when a search finds nothing."""
        self._words.setText(sentence)


class Note(QFrame):
    """A calm note in a tone inside a page: teal informs, amber asks for attention, red is wrong."""

    def __init__(self, text: str = "", tone: str = "teal", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("note", tone)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(12, 8, 12, 8)
        self.row.setSpacing(8)
        self._words = label(text, "note", self, wrap=True)
        self._words.setProperty("tone", tone)
        self.row.addWidget(self._words, 1)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Change the note; an empty one is hidden."""
        self._words.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def set_tone(self, tone: str) -> None:
        """Change the tone."""
        for part, name in ((self, "note"), (self._words, "tone")):
            if part.property(name) != tone:
                part.setProperty(name, tone)
                restyle(part)

    def add_button(self, button: QWidget) -> None:
        """Put an action at the right."""
        self.row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)


class Toast(QFrame):
    """Says what was done, and offers "Hoàn tác" for a while; over the status line, so that it hides no field."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = parent
        self.setProperty("toast", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        self._words = ElidedLabel("", "toast", self)
        self._words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        row.addWidget(self._words)
        self._undo: Callable[[], object] | None = None
        self._button = LinkButton(_("Hoàn tác"), self._undone, self)
        self._button.setProperty("ontoast", True)
        row.addWidget(self._button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self.hide()
        parent.installEventFilter(self)

    def say(self, text: str, undo: Callable[[], object] | None = None) -> None:
        """Show a sentence; ``undo`` is a bound method."""
        self._words.set_text(text)
        self.setAccessibleName(text)
        self._undo = undo
        self._button.setVisible(undo is not None)
        self.adjustSize()
        self._place()
        self.show()
        self.raise_()
        self._timer.start(TOAST_MS)

    @property
    def undo_offered(self) -> bool:
        """Whether what was said can be undone now."""
        return self._undo is not None and not self.isHidden()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom when the page is resized."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    @Slot()
    def _undone(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def _place(self) -> None:
        page = self._page
        self.adjustSize()
        width = min(self.width(), page.width() - 48)
        self.resize(width, self.height())
        self.move((page.width() - width) // 2, page.height() - self.height() - 2)


class Busy(QWidget):
    """Shows labelled work that takes over a second, with cancel; fed by ``Courier.running``."""

    def __init__(self, courier: Courier, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._courier = courier
        self._running: tuple[Running, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._words = ElidedLabel("", "small", self)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(120, 6)
        self._bar.setAccessibleName(_("Đang làm"))
        row.addWidget(self._words, 1)
        row.addWidget(self._bar)
        row.addWidget(LinkButton(_("Dừng"), self._cancel, self))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BUSY_AFTER_MS)
        self._timer.timeout.connect(self._show_if_still)
        courier.running.connect(self._running_changed)
        self.hide()

    @Slot(object)
    def _running_changed(self, running: tuple[Running, ...]) -> None:
        self._running = running
        if not running:
            self._timer.stop()
            self.hide()
        elif self.isHidden():
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._words.set_text(running[0].label)

    @Slot()
    def _show_if_still(self) -> None:
        if self._running:
            self._words.set_text(self._running[0].label)
            self.show()

    @Slot()
    def _cancel(self) -> None:
        for work in self._running:
            self._courier.cancel(work.number)
