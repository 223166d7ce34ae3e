"""The form of what is known of a record: a new record, or the next version of an old one; kept while typing."""

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.words import word
from spokesdesk.gui.lengthwatch import LengthWatch
from spokesdesk.gui.recordform import RecordForm
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import Button, LinkButton, PageHeader, PrimaryButton
from spokesdesk.gui.widgets.fields import Field, LineEdit, TextEdit


class VersionForm(RecordForm):
    """What is known of a record, in lines and texts named as in its draft.

    Attributes:
        noun: the record's, as ``navigate`` and ``create`` name it.
        new_name: of the draft of a new record.
        edit_name: of the draft of a next version; the record's id follows it.
        limits: the longest content of fields, by name.
    """

    noun: ClassVar[str]
    new_name: ClassVar[str]
    edit_name: ClassVar[str]
    limits: ClassVar[Mapping[str, int]] = {}
    # Made by the form: its one-line and its longer fields; it has "title" and "facts".
    _lines: dict[str, LineEdit]
    _texts: dict[str, TextEdit]

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._editing: Any = None
        self.fields: list[Field] = []

    @property
    def has_text(self) -> bool:
        """Whether anything was typed that is not saved."""
        if self._editing is not None:
            return self.values() != self.values_of(self._editing)
        return any(text.strip() for text in self._typed().values())

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        raise NotImplementedError

    def values_of(self, record: Any) -> dict[str, object]:
        """Give the form's content for what is known of a record."""
        raise NotImplementedError

    def title_of(self, record: Any) -> str:
        """Say what the form is for; None is a new record."""
        raise NotImplementedError

    def begin(self) -> None:
        """Begin a new record with empty fields, unless one is being typed already."""
        if self._editing is not None or not self.has_text:
            self._empty()
        self._lines["title"].setFocus()

    def edit(self, record: Any) -> None:
        """Begin the next version of what is known."""
        self._start(record, self.values_of(record))
        facts = self._texts["facts"]
        facts.moveCursor(QTextCursor.MoveOperation.End)
        facts.setFocus()

    def restore(self, draft_id: UUID, values: Mapping[str, object], record: Any) -> None:
        """Take back what was typed; ``record`` None for a new one."""
        self._start(record, values)
        self.auto.resume(draft_id)
        self._lines["title"].setFocus()

    @Slot()
    def throw_away(self) -> None:
        """Put the form away for good; it can be taken back for a while."""
        dropped, record = self.values(), self._editing
        had_text = self.has_text
        self.auto.discard()
        self._empty()
        if had_text:
            self._context.toast(_("Đã bỏ nội dung đang gõ."), partial(self._take_back, dropped, record))
        self.left.emit()

    def _take_back(self, values: Mapping[str, object], record: Any) -> None:
        self._start(record, values)
        self.auto.touch()
        if record is None:
            self._context.create(self.noun)
        else:
            self._context.navigate(self.noun, record.id)

    def _typed(self) -> dict[str, str]:
        lines = {name: edit.text() for name, edit in self._lines.items()}
        return lines | {name: edit.text() for name, edit in self._texts.items()}

    def _start(self, record: Any, values: Mapping[str, object]) -> None:
        self._editing = record
        self._head.set_title(self.title_of(record), record.title if record is not None else "")
        self.auto.set_quiet(True)
        for name, edit in self._lines.items():
            edit.setText(str(values.get(name, "")))
        for name, text in self._texts.items():
            text.set_text(str(values.get(name, "")))
        self._fill_others(values)
        self.auto.set_quiet(False)
        self.auto.start_new(f"{self.edit_name}:{record.id}" if record is not None else self.new_name)
        show_error(self.fields, None)

    def _fill_others(self, values: Mapping[str, object]) -> None:
        """Fill what is neither a line nor a text."""
        raise NotImplementedError

    def _failed(self, error: DeskError) -> None:
        if not show_error(self.fields, error):
            self._context.status(word(error))

    def _add_head(self, back: str, save: str) -> QVBoxLayout:
        """Put the way back, the title and the buttons at the top; gives the column to go on below."""
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 12)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(LinkButton(back, self.left.emit, self))
        self._head = PageHeader(self.title_of(None), "", self)
        self._head.add_button(Button(_("Bỏ"), self.throw_away, parent=self))
        self._head.add_button(PrimaryButton(save, self.save, "Ctrl+S", self, bind=False))
        top.addWidget(self._head, 1)
        column.addLayout(top)
        return column

    def _field(self, text: str, name: str) -> Field:
        edit = self._lines[name] if name in self._lines else self._texts[name]
        return self._keep(Field(text, edit, name, parent=self))

    def _keep(self, field: Field) -> Field:
        self.fields.append(field)
        if field.name in self.limits:
            LengthWatch(field, self.limits[field.name])
        return field
