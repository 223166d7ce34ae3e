"""The contact form: typed in the order of the conversation, kept while typing, saved with Ctrl+S."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.journal import Contact
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.journal.inputs import Inputs
from spokesdesk.gui.journal.lookback import ContactSaid
from spokesdesk.gui.journal.parked import FORM
from spokesdesk.gui.journal.values import Values
from spokesdesk.gui.saying import sentence, show_error
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.gui.widgets.basic import Button, Card, LinkButton, PageHeader, PrimaryButton
from spokesdesk.gui.widgets.states import Note
from spokesdesk.services import journal
from spokesdesk.services.ports import Desk

_SLOW_MS = 300


class ContactForm(Card):
    """One contact being written down.

    Emits:
        saved: the ``Contact`` that was written; the form is empty again.
        put_aside: None, the person wants to go on later.
        thrown_away: None, the person does not want the draft.
    """

    saved = Signal(object)
    put_aside = Signal(object)
    thrown_away = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._context = context
        self._saving = False
        self._save_when_kept = False
        self._scroll = QScrollArea(self)
        self.inputs = Inputs(context, self._scroll.viewport())
        self.autosave = Autosave(context, FORM, self._collect, self)
        self.said = ContactSaid(context, self.inputs, self)
        self._build()
        self.autosave.watch(self.inputs)
        self.inputs.edited.connect(self._edited)
        self.inputs.files.taken.connect(self._files_taken)
        # The page grows when a card is filled in: what is being typed stays in sight.
        self._scroll.verticalScrollBar().rangeChanged.connect(self._show_focused)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(self._hold)
        self._fill(Values(), None)

    def start(self, values: Values | None = None, draft_id: UUID | None = None) -> None:
        """Show an empty form, or one with these values, with the cursor where the conversation begins.

        Args:
            values: of a draft or of an entry to correct; None for an empty form.
            draft_id: the draft they were kept under.
        """
        wanted = values or Values()
        self._fill(wanted, draft_id)
        if wanted.answers and wanted.follows:
            self.inputs.more.open_answers()
        else:
            self.inputs.field("topic" if wanted.journalist or wanted.outlet else "journalist").focus()

    def use(self, desk: Desk | None) -> None:
        """Work with this desk; what was typed before it was open is kept in it now."""
        self.inputs.use(desk)
        if desk is not None:
            self.autosave.desk_ready(self.has_content())

    def values(self) -> Values:
        """Give what the form holds."""
        return self.inputs.values()

    def has_content(self) -> bool:
        """Whether leaving the form would lose something, were it not kept."""
        return self.values().has_content()

    def take_off(self) -> tuple[UUID | None, Values]:
        """Keep what was typed and empty the form; gives the draft's id (None before the desk is open)."""
        commit_typing()
        values = self.values()
        if values.has_content():
            self.autosave.flush()
        draft_id = self.autosave.draft_id
        self._fill(Values(), None)
        return draft_id, values

    def flush(self) -> None:
        """Hand what was typed to the drafts at once."""
        if self.has_content():
            self.autosave.flush()

    def notice(self) -> str:
        """Give what is said above the form, "" for nothing."""
        return "" if self._notice.isHidden() else self._notice.accessibleName()

    def save(self) -> None:
        """Write the contact into the journal; the form empties only when it is written."""
        if self._saving:
            return
        commit_typing()
        desk = self._context.desk()
        if desk is None:
            self._notice.set_text(
                _("Bàn làm việc đang mở. Nội dung vẫn được giữ; nhấn Ctrl+S lại sau ít giây.")
            )
        elif self.inputs.files.has_failed:
            field = self.inputs.field("attachments")
            field.set_error(_("Có tệp chưa cất được. Hãy giữ, bỏ tệp đó hoặc chọn lại rồi lưu."))
            field.focus()
            self._show_error()
        elif self.inputs.files.is_waiting:
            self._save_when_kept = True
            self._context.status(_("Đang cất tệp đính kèm, sổ sẽ được lưu ngay sau đó."))
        else:
            self._write(desk)

    def _build(self) -> None:
        self.body.setContentsMargins(0, 12, 0, 0)
        self._head = PageHeader(_("Ghi tiếp xúc"), parent=self, below=True)
        self._head.setContentsMargins(20, 0, 20, 0)
        self._head.add_button(LinkButton(_("Bỏ"), self._throw_away, self))
        self._head.add_button(Button(_("Để sau"), self._put_aside, parent=self))
        self._head.add_button(PrimaryButton(_("Lưu"), self.save, "Ctrl+S", self, bind=False))
        self._notice = Note("", "amber", self)
        noted = QVBoxLayout()
        noted.setContentsMargins(20, 0, 20, 0)
        noted.addWidget(self._notice)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.inputs)
        self.add(self._head)
        self.body.addLayout(noted)
        self.add(self._scroll, 1)

    def _fill(self, wanted: Values, draft_id: UUID | None) -> None:
        self.autosave.set_quiet(True)
        self.inputs.fill(wanted)
        self.autosave.set_quiet(False)
        self.autosave.start_new()
        if draft_id is not None:
            self.autosave.resume(draft_id)
        self._notice.set_text("")
        self._head.set_title(*_head_of(wanted))
        self._scroll.verticalScrollBar().setValue(0)

    @Slot(int)
    def _files_taken(self, count: int) -> None:
        """The attachments may be out of sight below what is being typed."""
        self._context.status(_("Đã nhận {n} tệp vào ô Tệp đính kèm.").format(n=count))

    def _throw_away(self) -> None:
        self.thrown_away.emit(None)

    def _put_aside(self) -> None:
        self.put_aside.emit(None)

    def _collect(self) -> dict[str, object]:
        return self.values().as_json()

    def _edited(self, _nothing: object) -> None:
        self.autosave.touch()
        if not self.inputs.files.has_failed:
            self.inputs.field("attachments").set_error("")
        if self._save_when_kept and not self.inputs.files.is_waiting:
            self._save_when_kept = False
            self.save()

    def _write(self, desk: Desk) -> None:
        try:
            draft = self.values().draft(desk.now())
        except UserError as error:
            self._refused(error)
            return
        self.autosave.flush()
        self._saving = True
        self._slow.start()
        self._context.courier.run(
            partial(journal.log_contact, desk, draft, self.autosave.draft_id),
            owner=self,
            ok=self._written,
            fail=self._refused,
            always=self._release,
            lane="write",
            label=_("Đang lưu tiếp xúc"),
        )

    def _written(self, result: tuple[Contact, Changes]) -> None:
        self._fill(Values(), None)
        self._context.saved("saved")
        self.saved.emit(result[0])

    def _refused(self, error: DeskError) -> None:
        """Say what is wrong beside the field, or above the form when no field is to blame."""
        self._context.saved("saved" if self.autosave.draft_id else "")
        if show_error(list(self.inputs.fields()), error):
            self._notice.set_text("")
            self._show_error()
        else:
            self._notice.set_text(sentence(error))

    def _show_error(self) -> None:
        """Scroll to the field with its error, once the sentence below it has got its room."""
        QTimer.singleShot(0, self, self._show_focused)

    @Slot()
    def _show_focused(self, *_range: int) -> None:
        focused = self.window().focusWidget()
        if focused is None or not self.inputs.isAncestorOf(focused):
            return
        self._scroll.ensureWidgetVisible(focused, 0, 60)
        # The area for files stands deeper in its field than an edit does.
        field = next((each for each in self.inputs.fields() if each.isAncestorOf(focused)), None)
        if field is not None and field.error():
            self._scroll.ensureWidgetVisible(field, 0, 12)

    def _hold(self) -> None:
        """The disk is slow: nothing more can be typed into what is being written."""
        self.inputs.setEnabled(False)

    def _release(self) -> None:
        self._saving = False
        self._slow.stop()
        self.inputs.setEnabled(True)


def _head_of(wanted: Values) -> tuple[str, str]:
    if wanted.corrects:
        return _("Đính chính"), wanted.corrects_title
    if wanted.follows:
        return _("Ghi tiếp nối"), wanted.follows_title
    return _("Ghi tiếp xúc"), _("Bản nháp được giữ tự động trong lúc gõ")
