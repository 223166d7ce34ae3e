"""How what is typed becomes a version of the paper: drafts within a second, versions when asked or on leaving."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.words import word
from spokesdesk.gui.autosave import Autosave
from spokesdesk.gui.papers.form import LetterForm
from spokesdesk.gui.screen import Context, commit_typing
from spokesdesk.services import drafts
from spokesdesk.services import papers as service
from spokesdesk.services.ports import Desk

NEW = "paper:new"
Then = Callable[[], object]


@dataclass(frozen=True, slots=True)
class _Keep:
    """Worker: write the text as a version, then forget its draft, for it is kept now."""

    desk: Desk
    paper_id: UUID | None
    letter: Letter
    version: int
    draft_id: UUID | None

    def __call__(self) -> tuple[Paper, Changes]:
        if self.paper_id is None:
            kept, changes = service.create(self.desk, self.letter)
        else:
            kept, changes = service.save_letter(self.desk, self.paper_id, self.letter, self.version)
        if self.draft_id is not None:
            drafts.drop(self.desk, self.draft_id)
        return kept, changes


@dataclass(frozen=True, slots=True)
class Edited:
    """A text typed on a version and not saved yet; ``edits`` tells whether more was typed meanwhile."""

    letter: Letter
    version: int
    edits: int
    draft_id: UUID | None


class PaperSaving(QObject):
    """The text being edited: which paper and version it belongs to, and whether it is saved.

    Emits:
        saved: ``Paper``, the text on screen is its latest version.
        refused: DeskError, the text could not be saved; it is still on screen and in the draft.
    """

    saved = Signal(object)
    refused = Signal(object)

    def __init__(self, context: Context, form: LetterForm, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._form = context, form
        self.paper: Paper | None = None
        self.version = 0
        self._edits = 0
        self._saved_edits = 0
        self._round = 0
        self._busy = False
        self._held = False
        self._asked_meanwhile = False
        self._waiting: list[Then] = []
        self._auto = Autosave(context, NEW, self._collect, parent)
        form.edited.connect(self._edited)

    @property
    def is_dirty(self) -> bool:
        """Whether something typed is not yet in a version of the paper."""
        return self._edits != self._saved_edits

    def begin(self, paper: Paper | None) -> None:
        """Start with a paper as it is kept, or with one that was never saved; the form shows it already."""
        self._round += 1
        self._busy = self._held = self._asked_meanwhile = False
        self._waiting = []
        self.paper, self.version = paper, paper.version if paper else 0
        self._edits = self._saved_edits = 0
        self._auto.start_new(f"paper:{paper.id}" if paper else NEW)
        self._context.saved("saved")

    def take_draft(self, draft_id: UUID, values: Mapping[str, object]) -> None:
        """Go on with what was typed before; the version it was typed on is the one expected."""
        self._auto.resume(draft_id)
        self._form.set_values(values)
        self.version = int(str(values.get("version", self.version)))
        self._edited()

    def drop_draft(self, draft_id: UUID) -> None:
        """The person does not want that draft."""
        desk = self._context.desk()
        if desk is not None:
            self._context.courier.run(partial(drafts.drop, desk, draft_id), owner=self)

    def rebase(self, latest: Paper) -> None:
        """Let the text on screen become the version after this one, whatever it was typed on."""
        self.paper, self.version = latest, latest.version

    def refresh(self, paper: Paper) -> None:
        """The same paper after a move; its text did not change."""
        self.paper = paper
        if not self.is_dirty:
            self.version = paper.version

    def save(self, then: Then | None = None) -> None:
        """Save the text as a version, then go on; nothing changed goes on at once."""
        commit_typing()
        if then is not None:
            self._waiting.append(then)
        if self._busy or self._held:
            self._asked_meanwhile = True
            return
        if self._context.desk() is None:
            self._waiting = []
            self._auto.flush()
        elif self.paper is not None and not self.is_dirty:
            self._go_on()
        else:
            self._write()

    def edited(self) -> "Edited | None":
        """Give the text typed since the last version, None when there is none; raises UserError naming a field."""
        commit_typing()
        if self.paper is None or not self.is_dirty or self._busy or self._held:
            return None
        self._auto.flush()
        return Edited(self._form.letter(), self.version, self._edits, self._auto.draft_id)

    def taken(self, paper: Paper, edits: int) -> None:
        """The text on screen became this paper's latest version in another way than by saving."""
        self.paper, self.version, self._saved_edits = paper, paper.version, edits
        self._auto.start_new(f"paper:{paper.id}")
        self._context.saved("saved")

    def hold(self) -> None:
        """Wait with saving until the agency's settings are in the form."""
        self._held = True

    def release(self) -> None:
        """The form is whole: save what was asked for meanwhile."""
        self._held = False
        if self._asked_meanwhile:
            self._once_more()

    def leave(self) -> None:
        """The page is left: keep what was typed, without holding anyone up."""
        commit_typing()
        self.flush()
        if self._context.desk() is not None and self.is_dirty and not self._busy and not self._held:
            self._write()

    def flush(self) -> None:
        """Hand what was typed to the drafts now."""
        if self.is_dirty:
            self._auto.flush()

    def desk_ready(self) -> None:
        """The desk is open: keep what was typed before it was."""
        if self.is_dirty:
            self._auto.flush()

    def _write(self) -> None:
        desk = self._context.desk()
        assert desk is not None
        try:
            letter = self._form.letter()
        except UserError as error:
            self._not_kept(self._round, error)
            return
        self._busy = True
        self._auto.flush()
        round_, paper_id = self._round, self.paper.id if self.paper else None
        self._context.courier.run(
            _Keep(desk, paper_id, letter, self.version, self._auto.draft_id),
            owner=self,
            ok=partial(self._kept, round_, self._edits),
            fail=partial(self._not_kept, round_),
        )

    def _collect(self) -> dict[str, object]:
        title = str(self._form.values().get("subject", ""))
        return self._form.values() | {"version": self.version, "title": title}

    @Slot()
    def _edited(self) -> None:
        self._edits += 1
        self._auto.touch()

    def _kept(self, round_: int, edits: int, answer: tuple[Paper, Changes]) -> None:
        if round_ != self._round:
            return
        self._busy = False
        self.paper, _changes = answer
        self.version = self.paper.version
        self._saved_edits = edits
        self._auto.start_new(f"paper:{self.paper.id}")
        if self.is_dirty:
            self._auto.touch()
        else:
            self._context.saved("saved")
        self.saved.emit(self.paper)
        self._once_more()

    def _not_kept(self, round_: int, error: DeskError) -> None:
        if round_ != self._round:
            # Another paper is shown by now; the draft of this one is offered when it is opened again.
            self._context.status(_("Bản nháp còn nguyên, chưa thành bản mới: {why}").format(why=word(error)))
            return
        self._busy = self._asked_meanwhile = False
        self._waiting = []
        self._auto.flush()
        self.refused.emit(error)

    def _once_more(self) -> None:
        """Save what was typed while the last save was under way, if saving was asked for again; then go on."""
        asked, self._asked_meanwhile = self._asked_meanwhile, False
        if asked:
            self.save()
        else:
            self._go_on()

    def _go_on(self) -> None:
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()
