"""Kiểm tra thể thức: a line for each departure from the rules of form, a moment after the last key."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter, texts, tidied
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.widgets.basic import Card, Chip, ElidedLabel, clear_layout, label
from spokesdesk.services import papers as service
from spokesdesk.services.papers import Finding, Level

DEBOUNCE_MS = 400
MOST_ROWS = 30
_LONGEST = 60
_CHIP = 72
LEVELS: dict[Level, tuple[str, str]] = {
    Level.ERROR: (_("Lỗi"), "red"),
    Level.WARN: (_("Lưu ý"), "amber"),
    Level.HINT: (_("Xem lại"), "neutral"),
}
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class FindingRow(QWidget):
    """One finding in a line: level, what and how it should be, the clause; its message is the tool tip.

    Emits:
        chosen: ``Finding``, the person clicked it or pressed Enter on it.
    """

    chosen = Signal(object)

    def __init__(self, found: Finding, written: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = found
        word, tone = LEVELS[found.level]
        said = sentence(found, written)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(10)
        row.addWidget(Chip(word, tone, width=_CHIP, parent=self))
        row.addWidget(ElidedLabel(said, "", self), 5)
        row.addWidget(ElidedLabel(found.clause, "muted", self), 2)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(f"{found.message}\n{found.clause}")
        self.setAccessibleName(f"{word}: {said} · {found.clause}")
        self.setAccessibleDescription(found.message)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame the line that has the keys."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the place."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.chosen.emit(self.found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space go to the place."""
        if event.key() in _KEYS:
            self.chosen.emit(self.found)
        else:
            super().keyPressEvent(event)


class FindingsCard(Card):
    """Asks for findings a moment after the last key, one request at a time, the latest always last.

    Emits:
        chosen: ``Finding``, the person wants to go to its place.
        found: (``Letter``, findings with the words they are about), when a letter was checked.
    """

    chosen = Signal(object)
    found = Signal(object)

    def __init__(self, courier: Courier, parent: QWidget | None = None) -> None:
        super().__init__(_("Kiểm tra thể thức"), parent=parent)
        self._courier = courier
        self._wanted: Letter | None = None
        self._give: Callable[[], Letter | None] | None = None
        self._dirty = self._busy = False
        self._round = 0
        self._shown: tuple[tuple[Finding, str], ...] | None = None
        self._errors, self._others = Chip("", "red", parent=self), Chip("", "amber", parent=self)
        self.head.addWidget(self._errors)
        self.head.addWidget(self._others)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._ask)
        self.hide()

    @property
    def is_settled(self) -> bool:
        """Whether what is shown is what was last asked for."""
        return not (self._dirty or self._busy or self._timer.isActive())

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings shown."""
        return tuple(found for found, _written in self._shown or ())

    def rows(self) -> tuple[FindingRow, ...]:
        """Give the lines shown."""
        made = (self._rows.itemAt(at).widget() for at in range(self._rows.count()))
        return tuple(row for row in made if isinstance(row, FindingRow))

    def check(self, letter: Letter) -> None:
        """Check a letter now. An empty one is left in peace."""
        self._give = None
        self._want(letter)
        self._ask()

    def check_soon(self, give: Callable[[], Letter | None]) -> None:
        """Check what is being typed, a moment after the last key; ``give`` is asked for it then."""
        self._give, self._dirty = give, True
        self._timer.start()

    def _want(self, letter: Letter) -> None:
        if not letter.body.strip() and not letter.subject.strip():
            self.forget()
        else:
            self._wanted, self._dirty = letter, True

    def forget(self) -> None:
        """Show nothing; what is on its way is dropped."""
        self._timer.stop()
        self._wanted, self._give, self._dirty = None, None, False
        self._round += 1
        self._shown = None
        self.hide()
        self.found.emit((None, ()))

    @Slot()
    def _ask(self) -> None:
        self._timer.stop()
        if self._busy or not self._dirty:
            return
        give, self._give = self._give, None
        given = give() if give is not None else None
        if given is not None:
            self._want(given)
        if self._wanted is None:
            self._dirty = False
            return
        self._busy, self._dirty = True, False
        work = partial(_checked, self._wanted, self._round)
        self._courier.run(work, owner=self, ok=self._came, fail=self._failed, always=self._done, lane="work")

    @Slot()
    def _done(self) -> None:
        self._busy = False
        if self._dirty and not self._timer.isActive():
            self._ask()

    def _came(self, answer: tuple[int, Letter, tuple[tuple[Finding, str], ...]]) -> None:
        asked, letter, found = answer
        if asked != self._round:
            return
        if found != self._shown:
            self._show(found)
        self.found.emit((letter, found))

    def _failed(self, _error: DeskError) -> None:
        # What cannot be printed is said at its field by the preview; old findings would point to wrong places.
        self.forget()

    def _show(self, found: tuple[tuple[Finding, str], ...]) -> None:
        self._shown = found
        clear_layout(self._rows)
        errors = sum(each.level is Level.ERROR for each, _written in found)
        self._errors.set(_("{n} lỗi").format(n=errors) if errors else "", "red")
        others = len(found) - errors
        noted = _("{n} lưu ý").format(n=others) if others else ""
        self._others.set(noted if found else _("Không có lưu ý"), "amber" if found else "green")
        for each, written in _gravest_first(found)[:MOST_ROWS]:
            row = FindingRow(each, written, self)
            row.chosen.connect(self.chosen)
            self._rows.addWidget(row)
        if len(found) > MOST_ROWS:
            more = _("và {n} chỗ nữa, hiện tiếp khi các chỗ trên đã sửa").format(n=len(found) - MOST_ROWS)
            self._rows.addWidget(label(more, "small", self))
        self.show()


def sentence(found: Finding, written: str) -> str:
    """Say a finding in one line: what stands there and what should, else what is wrong."""
    flat = " ".join(written.split())
    short = flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"
    if found.suggestion.strip() and short:
        return f"“{short}” → “{found.suggestion}”"
    return f"“{short}”: {found.message}" if short else found.message


def _gravest_first(found: Sequence[tuple[Finding, str]]) -> list[tuple[Finding, str]]:
    order = list(Level)
    return sorted(found, key=lambda each: order.index(each[0].level))


def _checked(letter: Letter, asked: int) -> tuple[int, Letter, tuple[tuple[Finding, str], ...]]:
    """Worker thread: the findings, each with the words it is about."""
    held = {path: text for path, _key, text in texts(tidied(letter))}
    found = service.lint(letter)
    return asked, letter, tuple((each, held.get(each.field, "")[each.start : each.end]) for each in found)
