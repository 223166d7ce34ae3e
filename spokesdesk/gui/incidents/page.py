"""One incident: clocks, the text to agree on and what is known at the left; what is asked and done at the right."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QMimeData, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.incidents import Incident, IncidentState
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.incidents.asking import Ask, AskPanel
from spokesdesk.gui.incidents.clocks import ClocksCard
from spokesdesk.gui.incidents.history import KnownCard, MessagesCard, StepsCard
from spokesdesk.gui.incidents.listing import TONES
from spokesdesk.gui.incidents.texts import TextsCard
from spokesdesk.gui.savedialog import ask_pdf
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import beside, scrolled
from spokesdesk.gui.steppedpage import SteppedPage
from spokesdesk.gui.widgets.basic import Button, Chip, PrimaryButton
from spokesdesk.services import incidents as service
from spokesdesk.services.incidents import IncidentView
from spokesdesk.services.ports import Desk, SavedDraft
from spokesdesk.services.routing import Route

_WHEN_CLOSED = (Ask.REOPEN, Ask.NOTE, Ask.EVIDENCE)


class IncidentPage(SteppedPage):
    """The page of one incident."""

    seen: IncidentView | None
    asking: AskPanel

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._chip = Chip(parent=self)
        self.clocks, self.texts, self.known = ClocksCard(context, self), TextsCard(self), KnownCard(self)
        self.asking, self.steps, self.messages = (
            AskPanel(context, self),
            StepsCard(context, self),
            MessagesCard(self),
        )
        self.say = Button(_("Ghi phát ngôn"), partial(self.ask, Ask.SAY), "F6", self, bind=False)
        self.draft = PrimaryButton(_("Soạn thông cáo"), self.draft_statement, "F3", self, bind=False)
        self._build()
        self._connect()

    @property
    def record(self) -> Incident | None:
        """The incident shown."""
        return self.seen.incident if self.seen is not None else None

    def view(self, desk: Desk, record_id: UUID) -> IncidentView:
        """Read a incident and what belongs to it."""
        return service.view(desk, record_id)

    @Slot()
    def draft_statement(self) -> None:
        """Draft the next statement as a press release, and open it."""
        desk = self._context.desk()
        if desk is not None and self.seen is not None:
            self._draft(partial(service.draft_statement, desk, self.seen.incident.id))

    @Slot()
    def print_timeline(self) -> None:
        """Ask where the timeline is to be written as a PDF."""
        if self.seen is not None:
            ask_pdf(self, _("Lưu diễn biến"), _("dien-bien-vu-viec.pdf"), self.save_to)

    def save_to(self, path: str) -> None:
        """Write the timeline."""
        desk = self._context.desk()
        if desk is not None and self.seen is not None:
            work = partial(service.save_timeline, desk, self.seen.incident.id, Path(path))
            self._context.courier.run(work, owner=self, ok=self._printed, fail=self._failed, lane="work")

    def ask(self, ask: Ask, **given: str) -> None:
        """Ask about a step; what was typed in the panel before goes to its draft."""
        if self.seen is None or (ask is Ask.REOPEN if self._is_open else ask not in _WHEN_CLOSED):
            return
        if ask is Ask.AGREE and not self.seen.incident.wordings:
            ask = Ask.WORD
        if ask in (Ask.SAY, Ask.WORD) and self.seen.papers and "paper" not in given:
            given["paper"] = str(self.seen.papers[-1][0])
        desk = self._context.desk()
        if ask is Ask.SAY and desk is not None and desk.actor is not None:
            given.setdefault(
                "speaker", ", ".join(part for part in (desk.actor.name, desk.actor.post) if part)
            )
        self.flush()
        self.asking.begin(ask, self.seen, given)
        self._side.verticalScrollBar().setValue(0)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this machine, wherever on the page they are dropped."""
        if _paths(event.mimeData()) and self.seen is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Dropped files are evidence: the panel asks what they are."""
        paths = _paths(event.mimeData())
        if paths and self.seen is not None:
            event.acceptProposedAction()
            if not self.asking.takes_evidence:
                self.ask(Ask.EVIDENCE)
            self.asking.files.take_files(paths)

    @property
    def _is_open(self) -> bool:
        return self.seen is not None and self.seen.incident.state is not IncidentState.CLOSED

    def _take(self, draft: SavedDraft | None, seen: IncidentView) -> None:
        if self.record_id != seen.incident.id:
            self.asking.hide()
        self._show(seen)
        if draft is not None:
            self.asking.restore(seen, draft.id, draft.values)
        elif self._is_open:
            self.draft.setFocus()

    def _show(self, seen: IncidentView) -> None:
        self.seen = seen
        found = seen.incident
        self._title.set_text(found.title)
        about = (found.facts.scope.wording, found.facts.place)
        self._about.set_text(" · ".join(part for part in about if part))
        self._chip.set(found.state.wording, TONES[found.state])
        for widget in (self.draft, self.say, self.messages):
            widget.setVisible(self._is_open)
        self.clocks.show_clocks(found, seen.changes)
        self.texts.show_texts(seen)
        self.known.show_known(seen)
        self.steps.show_steps(seen)
        self.messages.show_places(seen)

    def _printed(self, path: Path) -> None:
        self._context.toast(_("Đã lưu {name}.").format(name=path.name))

    @Slot(object)
    def _done(self, ask: Ask) -> None:
        said = {
            Ask.SAY: _("Đã ghi lần phát ngôn."),
            Ask.WORD: _("Đã đưa ra bản nội dung."),
            Ask.AGREE: _("Đã ghi ý kiến, gắn với đúng bản này."),
            Ask.SENT: _("Đã ghi lần báo cáo, phối hợp."),
            Ask.NOTE: _("Đã ghi chú."),
            Ask.EVIDENCE: _("Đã lưu chứng cứ cùng mã băm."),
            Ask.CLOSE: _("Đã đóng vụ việc; đồng hồ dừng."),
            Ask.REOPEN: _("Đã mở lại vụ việc."),
        }[ask]
        self._context.toast(said)

    @Slot(object)
    def _draft_to(self, route: Route) -> None:
        desk = self._context.desk()
        if desk is not None and self.seen is not None:
            self._draft(partial(service.draft_message, desk, self.seen.incident.id, route.place.id))

    def _answer(self, agency: str) -> None:
        self.ask(Ask.AGREE, other_agency=agency)

    def _sent(self, name: str) -> None:
        papers = self.seen.papers if self.seen is not None else ()
        self.ask(Ask.SENT, to=name, paper=str(papers[-1][0]) if papers else "")

    def _connect(self) -> None:
        self.asking.done.connect(self._done)
        self.texts.word_wanted.connect(partial(self.ask, Ask.WORD))
        self.texts.answer_wanted.connect(self._answer)
        self.known.edit_wanted.connect(self._edit)
        self.messages.draft_wanted.connect(self._draft_to)
        self.messages.sent_wanted.connect(self._sent)
        self.steps.paper_wanted.connect(partial(self._context.navigate, "paper"))
        self.steps.print_wanted.connect(self.print_timeline)
        self.steps.note_wanted.connect(partial(self.ask, Ask.NOTE))
        self.steps.evidence_wanted.connect(partial(self.ask, Ask.EVIDENCE))
        self.steps.close_wanted.connect(partial(self.ask, Ask.CLOSE))
        self.steps.reopen_wanted.connect(partial(self.ask, Ask.REOPEN))
        keys = (
            ("F3", self.draft_statement),
            ("F6", partial(self.ask, Ask.SAY)),
            ("F7", partial(self.ask, Ask.WORD)),
            ("F8", partial(self.ask, Ask.AGREE)),
            ("F5", partial(self.ask, Ask.EVIDENCE)),
        )
        for key, run in keys:
            self._key(key, run)

    def _build(self) -> None:
        self.setAcceptDrops(True)
        column = self._add_head(_("‹ Vụ việc đột xuất"), self._chip, self.say, self.draft)
        self._left = scrolled((self.clocks, self.texts, self.known), self)
        self._side = scrolled((self.asking, self.steps, self.messages), self)
        self._left.setMinimumWidth(320)
        column.addWidget(beside(self._left, self._side, self), 1)


def _paths(given: QMimeData) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in given.urls() if url.isLocalFile())
