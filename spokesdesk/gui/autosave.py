"""Keeps what a form holds within a second of the last key, and offers it back after a kill.

What bears a mark of secrecy is not kept: it stays on the screen, and a note above the page says why.

Before the desk is open the draft waits in memory and is written as soon as the desk is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.drop import DropArea
from spokesdesk.services.ports import Desk

PAUSE_MS = 500
# The one refusal that trying again cannot cure.
SECRET = "secret_marked"


@dataclass(frozen=True, slots=True)
class _Save:
    desk: Desk
    form: str
    draft_id: UUID
    values: Mapping[str, object]

    def __call__(self) -> None:
        from spokesdesk.services import drafts

        drafts.save(self.desk, self.form, self.draft_id, self.values)


@dataclass(frozen=True, slots=True)
class _Drop:
    desk: Desk
    draft_id: UUID

    def __call__(self) -> None:
        from spokesdesk.services import drafts

        drafts.drop(self.desk, self.draft_id)


class Autosave(QObject):
    """The draft of one form.

    Args:
        context: courier, desk and the window's saved state.
        form: name of the form, e.g. "contact" or "paper:<id>"; up to ":" it is listed in ``Screen.forms``.
        collect: gives what the form holds, JSON-able; called on the GUI thread.
        parent: the form.
    """

    def __init__(
        self, context: Context, form: str, collect: Callable[[], dict[str, object]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self.form, self._collect = context, form, collect
        self.draft_id: UUID | None = None
        self._last: dict[str, object] | None = None
        self._quiet = False
        self._is_refused = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.flush)

    def watch(self, *widgets: QWidget) -> None:
        """Save when any of these inputs (or inputs inside them) is changed by a person or by the form."""
        for widget in widgets:
            for part in (widget, *widget.findChildren(QWidget)):
                self._watch_one(part)

    def touch(self, *_ignored: object) -> None:
        """Something was typed: save within a second."""
        if self._quiet:
            return
        self._context.saved("typing")
        if not self._timer.isActive():
            self._timer.start()

    def resume(self, draft_id: UUID) -> None:
        """Go on with a draft that was offered back."""
        self.draft_id = draft_id
        self._last = None

    def start_new(self, form: str = "") -> None:
        """The form is empty again, its draft became a record: the next key begins another draft."""
        self._timer.stop()
        self._warn("")
        self.form = form or self.form
        self.draft_id = None
        self._last = None

    def discard(self) -> None:
        """The person does not want the draft: it is dropped."""
        self._timer.stop()
        desk, draft_id = self._context.desk(), self.draft_id
        if desk is not None and draft_id is not None:
            self._context.courier.run(_Drop(desk, draft_id), owner=self, lane="write")
        self.start_new()

    def set_quiet(self, quiet: bool) -> None:
        """Do not count changes made while the form is being filled by the program."""
        self._quiet = quiet

    @property
    def is_pending(self) -> bool:
        """Whether something typed has not been handed over yet."""
        return self._timer.isActive()

    @Slot()
    def flush(self) -> None:
        """Hand over what was typed now; without an open desk it stays in memory until ``desk_ready``."""
        self._timer.stop()
        desk = self._context.desk()
        if desk is None:
            return
        values = self._collect()
        if values == self._last:
            self._context.saved("saved")
            return
        if self.draft_id is None:
            self.draft_id = uuid4()
        self._last = values
        self._context.courier.run(
            _Save(desk, self.form, self.draft_id, values),
            owner=self,
            ok=self._kept,
            fail=self._not_kept,
            lane="write",
        )

    def desk_ready(self, has_text: bool = True) -> None:
        """The desk is open now: keep what was typed before."""
        if has_text:
            self.flush()

    def _kept(self, _nothing: object) -> None:
        self._warn("")
        if not self._timer.isActive():
            self._context.saved("saved")

    def _not_kept(self, error: DeskError) -> None:
        self._last = None
        if error.code == SECRET:
            # The same text would be refused again: the next key tries anew.
            self._context.saved("refused")
            self._warn(word(error))
            return
        self._context.saved("")
        self._context.status(_("Chưa giữ được bản nháp; nội dung vẫn còn trên màn hình, máy sẽ thử lại."))
        self._timer.start(PAUSE_MS * 10)

    def _warn(self, text: str) -> None:
        if text or self._is_refused:
            self._is_refused = bool(text)
            self._context.warn(self, text)

    def _watch_one(self, part: QWidget) -> None:
        if isinstance(part, QLineEdit | QPlainTextEdit | QTextEdit):
            part.textChanged.connect(self.touch)
        elif isinstance(part, QComboBox):
            part.currentIndexChanged.connect(self.touch)
        elif isinstance(part, QDateTimeEdit):
            part.dateTimeChanged.connect(self.touch)
        elif isinstance(part, QCheckBox):
            part.toggled.connect(self.touch)
        elif isinstance(part, DropArea):
            part.changed.connect(self.touch)
