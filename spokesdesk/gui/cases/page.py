"""One case: evidence comes in at the left; facts, places to report, the way it went and the log at the right."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from spokesdesk.domain.cases import Case, CaseState, CaseVersion
from spokesdesk.domain.evidence import Evidence
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.cases.adding import AddCard
from spokesdesk.gui.cases.asking import Ask, AskPanel
from spokesdesk.gui.cases.giving import GiveCard
from spokesdesk.gui.cases.history import FactsCard, LogCard, StepsCard
from spokesdesk.gui.cases.items import ItemsCard
from spokesdesk.gui.cases.listing import TONES
from spokesdesk.gui.cases.places import LawCard, PlacesCard
from spokesdesk.gui.cases.versions import VersionsSheet
from spokesdesk.gui.screen import Context
from spokesdesk.gui.sides import beside, scrolled
from spokesdesk.gui.steppedpage import SteppedPage
from spokesdesk.gui.widgets.basic import Button, Chip, PrimaryButton
from spokesdesk.services import case_letter
from spokesdesk.services import cases as service
from spokesdesk.services.cases import CaseView
from spokesdesk.services.ports import Desk, SavedDraft


class CasePage(SteppedPage):
    """The page of one case."""

    seen: CaseView | None
    asking: AskPanel

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAcceptDrops(True)
        self._chip = Chip(parent=self)
        self.adding, self.items = AddCard(context, self), ItemsCard(context, self)
        self.asking, self.giving = AskPanel(context, self), GiveCard(context, self)
        self.facts, self.steps, self.log = FactsCard(self), StepsCard(self), LogCard(self)
        self.places, self.law = PlacesCard(self), LawCard(self)
        self._export = Button(_("Xuất gói…"), self.give_out, "Ctrl+G", self)
        self._report = Button(_("Ghi đã báo"), partial(self._ask, Ask.REPORT), parent=self)
        self.letter = PrimaryButton(_("Soạn công văn"), self.draft_letter, "F3", self, bind=False)
        self._build()
        self._connect()

    @property
    def record(self) -> Case | None:
        """The case shown."""
        return self.seen.case if self.seen is not None else None

    def view(self, desk: Desk, record_id: UUID) -> CaseView:
        """Read a case and what belongs to it."""
        return service.view(desk, record_id)

    def flush(self) -> None:
        """Hand what was typed to the drafts."""
        self.adding.flush()
        super().flush()

    def save(self) -> None:
        """Write what is being asked or typed."""
        super().save()
        if not self.asking.is_open and (self.adding.text.text().strip() or self.adding.url.text().strip()):
            self.adding.add_typed()

    @Slot()
    def draft_letter(self) -> None:
        """Draft the letter to the places that are ticked, and open it."""
        desk = self._context.desk()
        if desk is not None and self.seen is not None:
            chosen = tuple(route.place.id for route in self.places.chosen() if route.addressee)
            self._draft(partial(case_letter.open_report, desk, self.seen.case.id, chosen))

    @Slot()
    def give_out(self) -> None:
        """Write the case as a bundle."""
        if self.seen is not None:
            self.giving.ask_where(self.seen.case.id)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files dropped anywhere on the page are evidence."""
        if self._is_open:
            self.adding.drop.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what is dropped anywhere on the page."""
        if self._is_open:
            self.adding.drop.dropEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V anywhere but in a text takes what is on the clipboard as evidence; Esc goes back."""
        if event.matches(QKeySequence.StandardKey.Paste) and self._is_open and self.adding.drop.paste():
            return
        super().keyPressEvent(event)

    @property
    def _is_open(self) -> bool:
        return self.seen is not None and self.seen.case.state is not CaseState.CLOSED

    def _take(self, draft: SavedDraft | None, seen: CaseView) -> None:
        if self.record_id != seen.case.id:
            self.asking.hide()
            self.giving.put_away()
        self._show(seen)
        if draft is not None and draft.form.startswith("case:ask"):
            self.asking.restore(draft.id, draft.values)
        elif draft is not None:
            self.adding.restore(draft.id, draft.values)
        elif self._is_open:
            self.adding.drop.setFocus()

    def _show(self, seen: CaseView) -> None:
        self.seen = seen
        case = seen.case
        self._title.set_text(case.title)
        who = ", ".join(part for part in (case.facts.person, case.facts.outlet) if part)
        self._about.set_text(" · ".join(part for part in (case.facts.kind.wording, who) if part))
        self._chip.set(case.state.wording, TONES[case.state])
        for widget in (self.letter, self._report, self.places, self.law):
            widget.setVisible(self._is_open)
        self.adding.show_case(case.id, is_open=self._is_open)
        self.items.set_open(self._is_open)
        self.items.show_items(seen.items)
        self.facts.show_facts(seen, is_open=self._is_open)
        self.places.show_routes(seen.routes)
        self.law.show_law(seen.law)
        self.steps.show_steps(seen)
        self.log.show_log(seen.log, seen.items)

    def _ask(self, ask: Ask) -> None:
        if self.seen is None:
            return
        told = tuple(route.name for route in self.places.chosen()) if ask is Ask.REPORT else ()
        self.asking.begin(ask, self.seen.case.id, to=told)
        self._side.verticalScrollBar().setValue(0)

    @Slot(object, object)
    def _ask_about(self, ask: Ask, item: Evidence) -> None:
        self.asking.begin(ask, item.case_id, item.id, item.name)
        self._side.verticalScrollBar().setValue(0)

    @Slot(object)
    def _done(self, ask: Ask) -> None:
        said = {
            Ask.REPORT: _("Đã ghi: hồ sơ đã được báo."),
            Ask.CLOSE: _("Đã đóng hồ sơ."),
            Ask.REOPEN: _("Đã mở lại hồ sơ."),
            Ask.HAND_OVER: _("Đã ghi lần bàn giao vào nhật ký."),
            Ask.WITHDRAW: _("Đã rút chứng cứ khỏi danh sách; tệp và nhật ký vẫn giữ."),
            Ask.RESTORE: _("Đã đưa chứng cứ lại danh sách."),
            Ask.REMARK: _("Đã ghi chú vào nhật ký."),
        }[ask]
        self._context.toast(said)
        self.items.rows.setFocus()

    @Slot(object)
    def _added(self, item: Evidence) -> None:
        self._context.toast(
            _("Đã cất {name}, SHA-256 {hash}…").format(name=item.name, hash=item.file.sha256[:12])
        )

    @Slot()
    def _ask_versions(self) -> None:
        desk = self._context.desk()
        if desk is not None and self.seen is not None:
            work = partial(service.versions, desk, self.seen.case.id)
            self._context.courier.run(
                work, owner=self, ok=self._show_versions, fail=self._failed, lane="read"
            )

    def _show_versions(self, versions: tuple[CaseVersion, ...]) -> None:
        VersionsSheet(versions, self.window()).open()

    def _connect(self) -> None:
        self.adding.added.connect(self._added)
        self.items.asked.connect(self._ask_about)
        self.asking.done.connect(self._done)
        self.facts.edit_wanted.connect(self._edit)
        self.facts.versions_wanted.connect(self._ask_versions)
        self.facts.contact_wanted.connect(partial(self._context.navigate, "contact"))
        self.steps.close_wanted.connect(partial(self._ask, Ask.CLOSE))
        self.steps.reopen_wanted.connect(partial(self._ask, Ask.REOPEN))
        self.steps.paper_wanted.connect(partial(self._context.navigate, "paper"))
        self.places.local_wanted.connect(partial(self._context.create, "case_places"))
        for keys, run in (("F3", self.draft_letter), ("F6", self.adding.drop.ask_screen)):
            self._key(keys, run)

    def _build(self) -> None:
        column = self._add_head(_("‹ Vụ việc"), self._chip, self._export, self._report, self.letter)
        self._left = scrolled((self.giving, self.adding, self.items, self.facts), self)
        self._side = scrolled((self.asking, self.steps, self.places, self.law, self.log), self)
        self._left.setMinimumWidth(320)
        column.addWidget(beside(self._left, self._side, self), 1)
