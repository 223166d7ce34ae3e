"""One paper: steps, claims and form at the left, the printed page at the right, its one next move at the top."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import Letter, LetterKind
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.signing import PaperSignature, SignatureKind, waits_for_seal
from spokesdesk.domain.words import word
from spokesdesk.gui.papers.opening import Opened, opened
from spokesdesk.gui.papers.parts import PaperParts
from spokesdesk.gui.papers.saving import NEW
from spokesdesk.gui.papers.words import KINDS
from spokesdesk.gui.screen import Context
from spokesdesk.services import papers as service
from spokesdesk.services.paper_import import ImportNote
from spokesdesk.services.ports import SavedDraft


class PaperPage(PaperParts):
    """The page of one paper."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._is_new = False
        self._signed: tuple[PaperSignature, ...] = ()
        self._connect()

    @property
    def paper(self) -> Paper | None:
        """The paper shown, None for one that was never saved."""
        return self.saving.paper

    @property
    def record_id(self) -> UUID | None:
        """The paper shown."""
        return self.paper.id if self.paper is not None else None

    def open(self, record_id: UUID) -> None:
        """Show a paper; what was typed into the one shown before is kept."""
        self.saving.leave()
        self._to_top()
        self.reload(record_id)

    def _to_top(self) -> None:
        """Begin at the beginning: where the cursor stood in the paper before, one would type into this one unseen."""
        last = self.focusWidget()
        if last is not None and self.area.isAncestorOf(last):
            self.preview.pages.setFocus()
        self.area.verticalScrollBar().setValue(0)

    def reload(self, paper_id: UUID, draft: SavedDraft | None = None) -> None:
        """Read a paper and show it, with what had been typed when a draft is given."""
        desk = self._context.desk()
        if desk is None:
            return
        self._read(partial(opened, desk, paper_id), partial(self._take, draft))

    def begin(self, kind: LetterKind) -> None:
        """Show an empty paper of a kind; works before the desk is open."""
        self.saving.leave()
        self._asked += 1
        self._show_new(Letter(kind))
        self._fill_blank()
        self.form.focus_first()

    def begin_with(self, name: str, letter: Letter, notes: tuple[ImportNote, ...]) -> None:
        """Show an imported letter as a new paper, keep it as a draft, and say what to look at."""
        self.saving.leave()
        self._asked += 1
        self._show_new(letter)
        self.notes.show_import(name, notes)
        self.form.edited.emit()
        self.saving.save()

    def _fill_blank(self) -> None:
        desk = self._context.desk()
        if desk is None:
            return
        self.saving.hold()
        self._context.courier.run(
            partial(service.blank, desk, self.form.heading.kind.value()),
            owner=self,
            ok=partial(self._take_blank, self._asked),
            fail=self._no_blank,
            lane="read",
        )

    def _no_blank(self, error: DeskError) -> None:
        self.saving.release()
        self._context.status(word(error))

    def take_draft(self, draft: SavedDraft) -> None:
        """Show what a form held when the program ended."""
        if draft.form == NEW:
            self.begin(LetterKind(str(draft.values.get("kind", LetterKind.CONG_VAN))))
            self.saving.take_draft(draft.id, draft.values)
            return
        self.saving.leave()
        self.reload(UUID(draft.form.partition(":")[2]), draft)

    def refresh(self) -> None:
        """Something was written to this paper, perhaps elsewhere."""
        desk = self._context.desk()
        if desk is None or self.paper is None:
            return
        work = partial(opened, desk, self.paper.id)
        self._context.courier.run(work, owner=self, ok=self._again, lane="read")

    def member_changed(self) -> None:
        """Somebody else works now: other moves may be theirs."""
        self._show_state()

    def desk_ready(self) -> None:
        """The desk is open: keep what was typed before, fill in what the agency's settings say."""
        self.saving.desk_ready()
        self._show_state()
        if self._is_new:
            self._fill_blank()
        elif self.saving.is_dirty:
            self._ask_preview()

    def desk_closed(self) -> UUID | None:
        """The desk was locked: show nothing of it; a text being typed stays. Gives the paper to open again."""
        self.preview.forget()
        self.findings.forget()
        self.print_panel.hide()
        self.moving.close()
        self.sign_panel.close_panel()
        self.signed_note.show_signatures(None, ())
        if self.saving.is_dirty or self.paper is None:
            return None
        closed = self.paper.id
        self._asked += 1
        self.form.set_letter(Letter(LetterKind.CONG_VAN))
        self.saving.begin(None)
        self.claims.show_article(None)
        self.sources.show_sources(())
        self.notes.clear()
        self._show_state()
        return closed

    def _connect(self) -> None:
        self.form.edited.connect(self._edited)
        self.form.kind_chosen.connect(self._kind_chosen)
        self.saving.saved.connect(self._saved)
        self.saving.refused.connect(self._refused)
        self.preview.turned.connect(self._turned)
        self.preview.refused.connect(self._cannot_print)
        self.moving.moved.connect(self._moved)
        self.moving.refused.connect(self._refused)
        self.top.back_asked.connect(self.left)
        self.top.move_asked.connect(self.moving.ask)
        self.top.save_asked.connect(self._save_asked)
        self.top.sign_asked.connect(self.sign)
        self.doubled.opened.connect(partial(self._context.navigate, "paper"))
        self.notes.sharing_wanted.connect(partial(self._context.navigate, "sync", None))
        self.sources.wanted.connect(lambda source: self._context.navigate(source.kind, source.id))
        self.sign_panel.signed.connect(self._after_signing)
        self.recovery.reload_wanted.connect(self.reload)
        self.history.compare_asked.connect(self.compare)
        self.putting.noted.connect(self.history.show_origins)

    @Slot(object)
    def sign(self, kind: SignatureKind) -> None:
        """Begin a signature on the paper shown."""
        if self.paper is not None:
            self.moving.close()
            self.print_panel.hide()
            fills = kind is SignatureKind.AGENCY and waits_for_seal(self.paper, self._signed)
            self.sign_panel.open_for(self.paper, kind, fills=fills)
            self.area.verticalScrollBar().setValue(0)

    @Slot(object)
    def _after_signing(self, _made: PaperSignature) -> None:
        self.refresh()

    def _take(self, draft: SavedDraft | None, found: Opened) -> None:
        # A key may have come since the paper was asked for.
        self.saving.leave()
        self._show(found)
        if draft is not None:
            self.saving.take_draft(draft.id, draft.values)
            self.notes.offer_draft(None)
        self.area.verticalScrollBar().setValue(0)

    def _show(self, found: Opened) -> None:
        self._is_new = False
        self.notes.clear()
        self.moving.close()
        self.print_panel.hide()
        self.sign_panel.close_panel()
        self._signed = found.signatures
        self.doubled.show_twins(found.twins)
        self.form.set_letter(found.paper.letter)
        self.saving.begin(found.paper)
        self.claims.show_article(found.article)
        self.sources.show_sources(found.sources)
        self.top.set_sync(found.sync)
        self.history.show_origins(found.origins)
        self.notes.offer_draft(None if found.paper.is_frozen else found.draft)
        self._show_state()
        self._show_pages(found)
        # As the form gives it, so that the places of findings are places of what is shown.
        shown = self._typed_letter() or found.paper.letter
        stamped = replace(shown, number=found.paper.number, date_on=found.paper.numbered_on)
        self.findings.check(stamped)

    def _show_pages(self, found: Opened) -> None:
        if found.pdf is not None:
            self.preview.show_pdf(found.pdf, service.stamped_letter(found.paper))
        else:
            self.preview.show_letter(service.stamped_letter(found.paper))

    def _show_new(self, letter: Letter) -> None:
        self._is_new = True
        self._signed = ()
        self.doubled.show_twins(())
        self.notes.clear()
        self.moving.close()
        self.sign_panel.close_panel()
        self.print_panel.hide()
        self.history.show_origins(())
        self.form.set_letter(letter)
        self.saving.begin(None)
        self.claims.show_article(None)
        self.sources.show_sources(())
        self.top.set_sync("")
        self._show_state()
        self.findings.forget()
        self.preview.show_letter(letter)

    def _take_blank(self, asked: int, letter: Letter) -> None:
        if asked != self._asked:
            return
        self.form.fill_in(letter)
        self._ask_preview()
        self.saving.release()

    def _show_state(self) -> None:
        desk = self._context.desk()
        member = desk.actor if desk is not None else None
        paper = self.paper
        self.steps.show_paper(paper, self._signed)
        self.signed_note.show_signatures(paper, self._signed)
        self.sending.show_paper(paper)
        self.history.show_paper(paper, self._signed)
        self.after.show_paper(paper, member)
        frozen = paper is not None and paper.is_frozen
        self.form.set_frozen(frozen)
        self.notes.show_state(paper)
        self.top.show_paper(paper, member, KINDS[self.form.heading.kind.value()], self._signed)

    @Slot()
    def _edited(self) -> None:
        if self.paper is None or not self.paper.is_frozen:
            self._ask_preview()

    def _ask_preview(self) -> None:
        self.preview.show_soon(self._typed_letter)
        self.findings.check_soon(self._typed_letter)

    def _typed_letter(self) -> Letter | None:
        try:
            return self.form.letter()
        except UserError as error:
            self.form.show_problem(error)
            return None

    @Slot(object)
    def _kind_chosen(self, kind: LetterKind) -> None:
        desk = self._context.desk()
        if desk is not None:
            work = partial(service.blank, desk, kind)
            self._context.courier.run(work, owner=self, ok=self._take_symbol, lane="read")

    def _take_symbol(self, blank: Letter) -> None:
        if blank.kind is self.form.heading.kind.value():
            self.form.heading.set_symbol(blank.symbol)

    @Slot()
    def _save_asked(self) -> None:
        self.saving.save()

    @Slot(object)
    def _saved(self, _paper: Paper) -> None:
        self._is_new = False
        self.notes.conflict(None)
        self._show_state()

    @Slot(object)
    def _refused(self, error: DeskError) -> None:
        if self.notes.conflict(error):
            return
        if not (isinstance(error, UserError) and self.form.show_problem(error, focus=True)):
            self._context.status(word(error))

    @Slot(object)
    def _cannot_print(self, error: UserError | None) -> None:
        self.form.show_problem(error)

    @Slot(object)
    def _turned(self, place: tuple[int, int]) -> None:
        page, count = place
        self.page_place.setText(
            _("Bản in, trang {n}/{count}").format(n=page, count=count) if count else _("Bản in")
        )

    @Slot(object)
    def _restored(self, paper: Paper) -> None:
        self.reload(paper.id)

    @Slot(object)
    def _moved(self, paper: Paper) -> None:
        self._show_state()
        self.top.rest()
        if paper.number is not None:
            self.refresh()
        if waits_for_seal(paper, self._signed) and self.top.sign_button.isVisibleTo(self):
            # Number, date and seal are one act of the registry: the signature is asked for at once.
            self.sign(SignatureKind.AGENCY)

    def _again(self, found: Opened) -> None:
        paper = self.paper
        if paper is None or found.paper.id != paper.id:
            return
        self.top.set_sync(found.sync)
        self._signed = found.signatures
        self.doubled.show_twins(found.twins)
        if found.paper.version != self.saving.version and self.saving.is_dirty:
            self.saving.refresh(found.paper)
            self.notes.changed_elsewhere(found.paper)
        elif found.paper.version != self.saving.version or (
            found.paper.pdf is not None and paper.pdf is None
        ):
            self._show(found)
            return
        elif found.pdf is not None:
            self.preview.show_pdf(found.pdf, service.stamped_letter(found.paper))
        self.saving.refresh(found.paper)
        self._show_state()
