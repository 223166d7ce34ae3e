"""What follows a letter on the page of an article: its rounds, what was read again, and the windows that write both."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.coverage import Article
from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.rebuttals import Round, RoundMove
from spokesdesk.domain.recaptures import Check, Recapture
from spokesdesk.domain.words import word
from spokesdesk.gui.coverage.checking import FORM as CHECK
from spokesdesk.gui.coverage.checking import CheckSheet
from spokesdesk.gui.coverage.outcomes import OutcomesSheet
from spokesdesk.gui.coverage.recapturesheet import FORM as RECAPTURE
from spokesdesk.gui.coverage.recapturesheet import RecaptureSheet
from spokesdesk.gui.coverage.recapturing import RecapturesCard, Seen
from spokesdesk.gui.coverage.rereading import FORM as READING
from spokesdesk.gui.coverage.rereading import ReadingSheet
from spokesdesk.gui.coverage.rounds import RoundsCard, wanted_round
from spokesdesk.gui.coverage.roundsheet import FORM as ROUND
from spokesdesk.gui.coverage.roundsheet import RoundSheet
from spokesdesk.gui.screen import Context
from spokesdesk.gui.writingsheet import Values, WritingSheet
from spokesdesk.services import rebuttals, recaptures
from spokesdesk.services.ports import SavedDraft
from spokesdesk.services.rebuttals import RoundsView, Way


class Following(QObject):
    """The cards of rounds and recaptures, and what is done in them.

    Emits:
        written: something was written down; the page is to be read again.
    """

    written = Signal()

    def __init__(self, context: Context, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._article: Article | None = None
        self._view: RoundsView | None = None
        self._seen: tuple[Seen, ...] = ()
        self._last: Round | None = None
        self.rounds, self.recaptures = RoundsCard(context, page), RecapturesCard(page)
        self.sheet: WritingSheet | OutcomesSheet | None = None
        self.rounds.note_wanted.connect(self.note)
        self.rounds.undo_wanted.connect(self._undo)
        self.rounds.paper_wanted.connect(self._open_paper)
        self.rounds.escalation_wanted.connect(self._escalate)
        self.recaptures.new_wanted.connect(self.recapture)
        self.recaptures.check_wanted.connect(self.check)

    @property
    def cards(self) -> tuple[QWidget, ...]:
        """The cards in their order."""
        return self.rounds, self.recaptures

    def show_rounds(self, article: Article, view: RoundsView, seen: Sequence[Seen]) -> None:
        """Show what followed the letters of an article."""
        self._article, self._view, self._seen = article, view, tuple(seen)
        self.rounds.show_rounds(view)
        self.recaptures.setVisible(bool(view.rounds or seen))
        self.recaptures.show_recaptures(seen)

    @Slot()
    def note_last(self) -> None:
        """Write down what happened in the round that waits."""
        wanted = wanted_round(self._view)
        for seen in self._view.rounds if self._view else ():
            if seen.round.id == wanted:
                self.note(seen.round)
                return
        self._context.status(_("Không có lần yêu cầu nào đang chờ."))

    @Slot(object)
    def note(self, each: Round) -> None:
        """Write down what happened in a round."""
        sheet = RoundSheet(self._context, each, self._likely(), self._page)
        sheet.kept.connect(self._noted)
        self._write(sheet, partial(self.note, each))

    @Slot()
    def recapture(self) -> None:
        """Read the page again."""
        if self._article is not None:
            sheet = RecaptureSheet(self._context, self._article, self._page)
            sheet.kept.connect(self._recaptured)
            self._write(sheet, self.recapture)

    @Slot(object)
    def check(self, recapture_id: UUID) -> None:
        """Compare a page read again, point by point."""
        if self._article is not None:
            sheet = CheckSheet(self._context, self._article, recapture_id, self._page)
            sheet.kept.connect(self._checked)
            self._write(sheet, partial(self.check, recapture_id))

    @Slot()
    def outcomes(self) -> None:
        """Show how outlets answer."""
        self._open(OutcomesSheet(self._context, self._page))

    def read_again(self, article: Article) -> None:
        """Keep an article's text as it is read now."""
        sheet = ReadingSheet(self._context, article, self._page)
        sheet.kept.connect(self.written)
        self._write(sheet, partial(self.read_again, article))

    def restore(self, draft: SavedDraft) -> None:
        """Open again the window in which a draft was being written."""
        form = draft.form.rpartition(":")[0]
        if form == RECAPTURE:
            self.recapture()
        elif form == READING and self._article is not None:
            self.read_again(self._article)
        elif form == CHECK:
            self.check(UUID(str(draft.values["recapture"])))
        elif form == ROUND:
            rounds = self._view.rounds if self._view else ()
            wanted = [seen.round for seen in rounds if str(seen.round.id) == draft.values.get("round")]
            if not wanted or len(wanted[0].steps) != draft.values.get("steps"):
                self._context.status(_("Lần yêu cầu này đã có diễn biến khác; hãy ghi lại từ đầu."))
                return
            self.note(wanted[0])

    def _write(self, sheet: WritingSheet, again: Callable[[], None]) -> None:
        """Open a window that writes; what is thrown away in it can be taken back for a while."""
        sheet.dropped.connect(partial(self._dropped, again))
        self._open(sheet)

    def _dropped(self, again: Callable[[], None], values: Values) -> None:
        self._context.toast(_("Đã bỏ nội dung đang ghi."), partial(self._take_back, again, values))

    def _take_back(self, again: Callable[[], None], values: Values) -> None:
        again()
        if isinstance(self.sheet, WritingSheet):
            self.sheet.restore(None, values)

    def _open(self, sheet: WritingSheet | OutcomesSheet) -> None:
        self.sheet = sheet
        sheet.open()

    def _likely(self) -> RoundMove | None:
        """Give the fate that the last check speaks for."""
        checked = [check for _recapture, check in self._seen if check is not None]
        return recaptures.likely_fate(checked[-1]) if checked else None

    @Slot(object)
    def _noted(self, each: Round) -> None:
        self._last = each
        self.written.emit()
        self._context.toast(_("Đã ghi diễn biến."), self._undo_last)

    def _undo_last(self) -> None:
        if self._last is not None:
            self._undo(self._last)

    @Slot(object)
    def _undo(self, each: Round) -> None:
        desk = self._context.desk()
        if desk is not None:
            work = partial(rebuttals.undo, desk, each.id)
            self._context.courier.run(work, owner=self, ok=self._undone, fail=self._failed)

    def _undone(self, _answer: tuple[Round, Changes]) -> None:
        self.written.emit()
        self._context.toast(_("Đã lấy lại bước vừa ghi."))

    @Slot(object)
    def _open_paper(self, paper_id: UUID) -> None:
        self._context.navigate("paper", paper_id)

    @Slot(object)
    def _escalate(self, way: Way) -> None:
        desk = self._context.desk()
        if desk is not None and self._article is not None:
            work = partial(rebuttals.escalate, desk, self._article.id, way.step.to, way.place_id)
            self._context.courier.run(work, owner=self, ok=self._escalated, fail=self._failed)

    def _escalated(self, answer: tuple[Paper | None, Changes]) -> None:
        if answer[0] is not None:
            self._context.navigate("paper", answer[0].id)
        else:
            self.written.emit()

    @Slot(object)
    def _recaptured(self, made: Recapture) -> None:
        self.written.emit()
        self.check(made.id)

    @Slot(object)
    def _checked(self, _made: Check) -> None:
        self.written.emit()
        self._context.toast(_("Đã ghi kết quả đối chiếu."))

    def _failed(self, error: DeskError) -> None:
        self._context.status(word(error))
