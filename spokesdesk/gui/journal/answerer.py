"""Who answered, with a caution beside the field when that person was not authorised on that day."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import answerers
from spokesdesk.services.ports import Desk


class AnswererNote(Note):
    """Says who was not authorised; it never stops anything from being saved.

    Args:
        courier: asks on the read lane.
        names: gives who is named as having answered.
    """

    def __init__(self, courier: Courier, names: Callable[[], tuple[str, ...]], parent: QWidget) -> None:
        super().__init__("", "amber", parent)
        self._courier, self._names = courier, names
        self._desk: Desk | None = None
        self._on: date | None = None
        self._asked = 0

    def use(self, desk: Desk | None, on: date | None) -> None:
        """Ask this desk about a day."""
        if (desk, on) != (self._desk, self._on):
            self._desk, self._on = desk, on
            self.ask()

    def ask(self, *_ignored: object) -> None:
        """Look again: a field with a name was left. Not while typing, so that nothing jumps."""
        self._asked += 1
        names = tuple(name for name in self._names() if name.strip())
        if self._desk is None or self._on is None or not names:
            self.set_text("")
            return
        self._courier.run(
            partial(answerers.cautions, self._desk, names, self._on),
            owner=self,
            ok=partial(self._told, self._asked),
            fail=self._untold,
            lane="read",
        )

    def _told(self, asked: int, sentences: tuple[str, ...]) -> None:
        if asked == self._asked:
            self.set_text(caution(sentences))

    def _untold(self, _error: DeskError) -> None:
        self.set_text("")


def caution(sentences: tuple[str, ...]) -> str:
    """Give the words of a caution, "" for none."""
    if not sentences:
        return ""
    advice = _(
        "Mục vẫn lưu được; hãy xem lại ai đã trả lời, hoặc ghi quyết định, giấy ủy quyền của người đó."
    )
    return " ".join((*sentences, advice))
