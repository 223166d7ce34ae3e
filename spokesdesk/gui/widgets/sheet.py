"""Small windows over the page; opened with ``open()``, never with an event loop of their own."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.widgets.basic import Button, PrimaryButton, label
from spokesdesk.gui.widgets.fields import Field, TextEdit


class Sheet(QDialog):
    """A titled dialog; put content into ``body`` and finish with ``add_actions``.

    It deletes itself when it is closed; Esc closes it.
    """

    def __init__(self, parent: QWidget, title: str, width: int = 480) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("sheet", True)
        self.setMinimumWidth(width)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        outer.setSpacing(12)
        outer.addWidget(label(title, "page", self))
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        outer.addLayout(self.body, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        self._actions.addStretch(1)
        outer.addSpacing(4)
        outer.addLayout(self._actions)

    def cancel(self) -> None:
        """Close without doing anything."""
        self.close()

    def say(self, text: str) -> None:
        """Add a wrapped sentence."""
        self.body.addWidget(label(text, "", self, wrap=True))

    def add_actions(self, action: str, run: Callable[[], object], cancel: str = "") -> PrimaryButton:
        """Add the buttons: cancel, and the action, which Enter presses."""
        self._actions.addWidget(Button(cancel or _("Thôi"), self.cancel, parent=self))
        return self.add_action(action, run)

    def add_action(self, action: str, run: Callable[[], object]) -> PrimaryButton:
        """Add the one action, which Enter presses; Esc still closes."""
        button = PrimaryButton(action, run, parent=self)
        button.setDefault(True)
        self._actions.addWidget(button)
        return button


class AskSheet(Sheet):
    """Asks before something that cannot be undone."""

    def __init__(
        self, parent: QWidget, title: str, sentence: str, action: str, run: Callable[[], object]
    ) -> None:
        super().__init__(parent, title)
        self._run = run
        self.say(sentence)
        self.add_actions(action, self._done)

    def _done(self) -> None:
        run = self._run
        self.close()
        run()


class AskTextSheet(Sheet):
    """Asks for a remark; ``run`` gets the text."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        question: str,
        action: str,
        run: Callable[[str], object],
        *,
        required: bool = True,
    ) -> None:
        super().__init__(parent, title)
        self._run, self._required = run, required
        self._field = Field(question, TextEdit(rows=4, parent=self), "remark", parent=self)
        self.body.addWidget(self._field)
        self.add_actions(action, self._done)
        self._field.focus()

    def _done(self) -> None:
        edit = self._field.edit
        assert isinstance(edit, TextEdit)
        text = edit.text().strip()
        if self._required and not text:
            self._field.set_error(_("Cần ghi vài lời để người nhận biết phải làm gì."))
            self._field.focus()
            return
        run = self._run
        self.close()
        run(text)
