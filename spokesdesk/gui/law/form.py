"""The form of an instrument: the agency's own, or text and file to one of the rule pack."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QDir, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.library import LawDraft
from spokesdesk.domain.words import word
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.fieldgrid import FieldGrid
from spokesdesk.gui.saying import show_error
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import scrolled
from spokesdesk.gui.widgets.basic import Button, Card, PrimaryButton, label
from spokesdesk.gui.widgets.fields import DateEdit, Field, LineEdit, TextEdit
from spokesdesk.services.library import LawItem
from spokesdesk.services.ports import Desk, SavedDraft

_NEW = "law:new"


@dataclass(frozen=True, slots=True)
class _About:
    """What is changed: an own entry, an instrument of the pack (key), or nothing yet."""

    key: str = ""
    entry_id: UUID | None = None


class LawForm(QWidget):
    """Inputs, kept while typing.

    Emits:
        left: the person goes back; what was typed stays in the draft.
        kept: ``LawItem`` that was written.
    """

    left = Signal()
    kept = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._about = _About()
        self._file: Attachment | None = None
        self._folder = QDir.homePath()
        card = Card(parent=self)
        self._texts = {"law_name": LineEdit(parent=card), "law_title": LineEdit(parent=card)}
        self._days = {name: DateEdit(name, card) for name in ("law_issued", "law_from", "law_to")}
        self._text = TextEdit(parent=card)
        self._text.setMinimumHeight(160)
        self._build(card)
        self.autosave = Autosave(context, _NEW, self._collect, self)
        self.autosave.watch(*self._texts.values(), *self._days.values(), self._text)

    def _build(self, card: Card) -> None:
        hint = _("ví dụ: Quyết định số 12/2026/QĐ-UBND")
        self._fields = [
            Field(_("Loại và số văn bản"), self._texts["law_name"], "law_name", hint, card),
            Field(_("Trích yếu"), self._texts["law_title"], "law_title", parent=card),
            Field(_("Ngày ban hành"), self._days["law_issued"], "law_issued", parent=card),
            Field(_("Có hiệu lực từ"), self._days["law_from"], "law_from", parent=card),
            Field(_("Hết hiệu lực"), self._days["law_to"], "law_to", parent=card),
            Field(_("Toàn văn (dán vào đây)"), self._text, "law_text", parent=card),
        ]
        grid = FieldGrid(3, 170, card)
        grid.show_cells([(field, 1) for field in self._fields[2:5]])
        for widget in (*self._fields[:2], grid, self._fields[5]):
            card.add(widget)
        row = QHBoxLayout()
        row.setSpacing(8)
        self._file_name = label("", "muted", card, wrap=True)
        row.addWidget(Button(_("Đính kèm tệp…"), self.choose_file, parent=card))
        row.addWidget(self._file_name, 1)
        card.body.addLayout(row)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(Button(_("‹ Quay lại"), self._leave, parent=card))
        self.save_button = PrimaryButton(_("Lưu văn bản"), self.save, "Ctrl+S", card, bind=False)
        buttons.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled((card,), self), 1)
        column.addLayout(buttons)

    def begin(self, item: LawItem | None) -> None:
        """Show an instrument to be changed; None: empty inputs."""
        self.hand_over()
        self._about = _About(item.key if item.is_pack else "", item.entry_id) if item else _About()
        self._file = item.file if item else None
        self._fill(
            {
                "law_name": item.name if item else "",
                "law_title": item.title if item else "",
                "law_issued": f"{item.issued_on:%d/%m/%Y}" if item and item.issued_on else "",
                "law_from": f"{item.from_on:%d/%m/%Y}" if item and item.from_on else "",
                "law_to": f"{item.to_on:%d/%m/%Y}" if item and item.to_on else "",
                "law_text": item.text if item else "",
            }
        )
        self.autosave.start_new(_NEW)

    def focus_first(self) -> None:
        """Put the cursor into the first input that can be changed."""
        (self._text if self._about.key else self._texts["law_name"]).setFocus(Qt.FocusReason.OtherFocusReason)

    def restore(self, draft: SavedDraft) -> None:
        """Take back what was typed, with the file that was attached."""
        values = {key: str(value) for key, value in draft.values.items()}
        entry = values.get("entry", "")
        self._about = _About(values.get("key", ""), UUID(entry) if entry else None)
        self._file = None
        if values.get("file_sha256"):
            self._file = Attachment(values["file_sha256"], values["file_name"], int(values["file_size"]))
        self._fill(values)
        self.autosave.resume(draft.id)

    def hand_over(self) -> None:
        """Hand what was typed to its draft, if anything waits."""
        if self.autosave.is_pending:
            self.autosave.flush()

    def save(self) -> None:
        """Keep the instrument."""
        desk = self._context.desk()
        if desk is None:
            return
        try:
            days = {name: edit.on() for name, edit in self._days.items()}
        except UserError as error:
            show_error(self._fields, error)
            return
        draft = LawDraft(
            self._texts["law_name"].text(),
            self._texts["law_title"].text(),
            days["law_issued"],
            days["law_from"],
            days["law_to"],
            self._text.toPlainText(),
            self._file,
            self._about.key,
        )
        work = partial(_save, desk, draft, self._about.entry_id, self.autosave.draft_id)
        self._context.courier.run(work, owner=self, ok=self._saved, fail=self._refused)

    def choose_file(self) -> QFileDialog:
        """Ask for the signed copy or a scan."""
        dialog = QFileDialog(self.window(), _("Đính kèm tệp"), self._folder)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_file)
        dialog.open()
        return dialog

    @Slot(str)
    def take_file(self, path: str) -> None:
        """Keep a file in the workspace, by its hash."""
        desk = self._context.desk()
        if desk is not None and path:
            self._folder = str(Path(path).parent)
            work = partial(_keep, desk, Path(path))
            self._context.courier.run(work, owner=self, ok=self._took_file, fail=self._refused, lane="work")

    def _took_file(self, kept: Attachment) -> None:
        self._file = kept
        self._show_file()
        self.autosave.touch()

    def _show_file(self) -> None:
        self._file_name.setText(self._file.name if self._file else _("Chưa có tệp đính kèm."))

    def _fill(self, values: Mapping[str, str]) -> None:
        self.autosave.set_quiet(True)
        for name, edit in (*self._texts.items(), *self._days.items()):
            edit.setText(values.get(name, ""))
            edit.setReadOnly(bool(self._about.key))
        self._text.setPlainText(values.get("law_text", ""))
        self._show_file()
        show_error(self._fields, None)
        self.autosave.set_quiet(False)

    def _collect(self) -> dict[str, object]:
        typed: dict[str, object] = {
            name: edit.text() for name, edit in (*self._texts.items(), *self._days.items())
        }
        entry = str(self._about.entry_id or "")
        typed |= {"law_text": self._text.toPlainText(), "key": self._about.key, "entry": entry}
        if self._file is not None:
            file = self._file
            typed |= {"file_sha256": file.sha256, "file_name": file.name, "file_size": file.size}
        return typed

    def _leave(self) -> None:
        self.hand_over()
        self.left.emit()

    def _saved(self, answer: tuple[LawItem, Changes]) -> None:
        self.autosave.start_new(_NEW)
        self._context.saved("saved")
        self.kept.emit(answer[0])

    def _refused(self, error: DeskError) -> None:
        if not show_error(self._fields, error):
            self._context.status(word(error))


def _save(
    desk: Desk, draft: LawDraft, entry_id: UUID | None, draft_id: UUID | None
) -> tuple[LawItem, Changes]:
    from spokesdesk.services import drafts, library

    saved = library.save(desk, draft, entry_id)
    if draft_id is not None:
        drafts.drop(desk, draft_id)
    return saved


def _keep(desk: Desk, path: Path) -> Attachment:
    from spokesdesk.services import library

    return library.keep_file(desk, path)
