"""What the forms of something published share: title, address, time, byline, the text as pasted, files."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.words import word
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.lengthwatch import LengthWatch
from spokesdesk.gui.recordform import RecordForm
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.widgets.basic import LinkButton, PageHeader, PrimaryButton
from spokesdesk.gui.widgets.drop import DropArea
from spokesdesk.gui.widgets.fields import DateTimeEdit, Field, LineEdit, TextEdit
from spokesdesk.services import journal
from spokesdesk.services.ports import Desk


class PressForm(RecordForm):
    """A form of something that was published; the first of its lines says where.

    Attributes:
        name: of its drafts.
        files_name: under which they keep the files.
        limits: letters, by field.
        lines: fields of one line, by name; a subclass makes its own, which come first, and hands them on.
    """

    name: ClassVar[str] = ""
    files_name: ClassVar[str] = "files"
    limits: ClassVar[Mapping[str, int]] = {}

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.lines: dict[str, QLineEdit] = {}
        self.fields: list[Field] = []

    def _make(self, lines: Mapping[str, QLineEdit], placeholder: str) -> None:
        """Make what all these forms have, after the lines of this one."""
        self.title_edit, self.url = LineEdit(parent=self), LineEdit("https://", self)
        self.byline, self.published = LineEdit(parent=self), DateTimeEdit(self)
        self.text = TextEdit(placeholder, 10, self)
        self.files = DropArea(self._context.courier, self._context.theme, self)
        shared = {"title": self.title_edit, "url": self.url, "byline": self.byline}
        self.lines = {**lines, **shared}

    def desk_ready(self, desk: Desk) -> None:
        """Keep files and what was typed before."""
        self.files.keep_with(partial(journal.keep_file, desk))
        self.auto.desk_ready(self.has_text)

    def desk_closed(self) -> None:
        """The desk was locked; what was typed stays."""
        self.files.keep_with(None)

    @property
    def has_text(self) -> bool:
        """Whether anything was typed."""
        texts = (*(edit.text() for edit in self.lines.values()), self.text.text())
        return any(text.strip() for text in texts) or bool(self.files.attachments())

    def begin(self) -> None:
        """Begin with empty fields, unless something is typed there already."""
        if not self.has_text:
            self._empty()
        self.fields[0].focus()

    def values(self) -> dict[str, object]:
        """Give what was typed, as typed."""
        return {
            **{name: edit.text() for name, edit in self.lines.items()},
            "published_at": self.published.at().isoformat(),
            "text": self.text.toPlainText(),
            self.files_name: self.files.values(),
        }

    def restore(self, draft_id: UUID, values: Mapping[str, object]) -> None:
        """Take back what was typed."""
        self.auto.set_quiet(True)
        for name, edit in self.lines.items():
            edit.setText(str(values.get(name, "")))
        self._restore_more(values)
        self.published.set_at(datetime.fromisoformat(str(values["published_at"])))
        self.text.set_text(str(values.get("text", "")))
        kept = values.get(self.files_name)
        self.files.restore(kept if isinstance(kept, list) else [])
        self.auto.set_quiet(False)
        self.auto.resume(draft_id)
        self.title_edit.setFocus()

    def _restore_more(self, values: Mapping[str, object]) -> None:
        """Take back what is no line of text."""

    def _waits(self) -> bool:
        """Whether a file is still on its way, which is said then."""
        if self.files.is_waiting:
            self._context.status(self.files.waiting_words)
        return self.files.is_waiting

    def _failed(self, error: DeskError) -> None:
        if not (isinstance(error, UserError) and show_error(self.fields, error)):
            self._context.status(word(error))

    def _empty(self) -> None:
        self.auto.set_quiet(True)
        for edit in self.lines.values():
            edit.clear()
        self.text.set_text("")
        self.files.clear()
        desk = self._context.desk()
        self.published.set_at(desk.now() if desk is not None else datetime.now(UTC))
        self.auto.set_quiet(False)
        self.auto.start_new()
        show_error(self.fields, None)

    def _head(self, back: str, title: str, save: str) -> QVBoxLayout:
        """Put the way back, the title and the button at the top; gives the column to go on below."""
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 8, 24, 12)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(LinkButton(back, self.left.emit, self))
        header = PageHeader(title, "", self)
        run: Callable[[], None] = self.save
        header.add_button(PrimaryButton(save, run, "Ctrl+S", self, bind=False))
        top.addWidget(header, 1)
        column.addLayout(top)
        return column

    def _field(self, text: str, edit: QWidget, name: str) -> Field:
        made = Field(text, edit, name, parent=self)
        self.fields.append(made)
        return made

    def _finish(self) -> None:
        """Go from field to field as they stand, and watch them, once they are there."""
        for one, other in pairwise(field.edit for field in self.fields if field.edit is not self.files):
            QWidget.setTabOrder(one, other)
        for field in self.fields:
            if field.name in self.limits:
                LengthWatch(field, self.limits[field.name])
        self.auto = Autosave(self._context, self.name, self.values, self)
        self.auto.watch(*(field.edit for field in self.fields))
