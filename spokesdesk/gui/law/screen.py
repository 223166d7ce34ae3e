"""The page of rules and law: tabs for the library and for the duties that return."""

from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.language import gettext as _
from spokesdesk.gui.law.duties import DutiesView
from spokesdesk.gui.law.form import LawForm
from spokesdesk.gui.law.library import LibraryView
from spokesdesk.gui.screen import Action, Context, Screen, commit_typing
from spokesdesk.gui.widgets.basic import Button, PageHeader, PrimaryButton
from spokesdesk.services.library import LawItem
from spokesdesk.services.ports import Desk, SavedDraft

LIBRARY, DUTIES, FORM = range(3)


class LawScreen(Screen):
    """Library, duties, and the form of an instrument."""

    name: ClassVar[str] = "law"
    forms: ClassVar[tuple[str, ...]] = ("law",)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 16)
        column.setSpacing(12)
        self._head = PageHeader(_("Quy định"), "", self)
        self.library_button = Button(_("Thư viện"), partial(self.go, LIBRARY), parent=self)
        self.duties_button = Button(_("Việc định kỳ"), partial(self.go, DUTIES), parent=self)
        self.packs_button = Button(_("Bộ quy định…"), partial(context.create, "rule_pack"), parent=self)
        self.add_button = PrimaryButton(_("Thêm văn bản"), self.new, parent=self)
        for button in (self.library_button, self.duties_button, self.packs_button, self.add_button):
            self._head.add_button(button)
        column.addWidget(self._head)
        self.library, self.duties, self.form = (
            LibraryView(context, self),
            DutiesView(context, self),
            LawForm(context, self),
        )
        self._stack = QStackedWidget(self)
        for page in (self.library, self.duties, self.form):
            self._stack.addWidget(page)
        column.addWidget(self._stack, 1)
        self.library.edit_asked.connect(self._edit)
        self.form.left.connect(partial(self.go, LIBRARY))
        self.form.kept.connect(self._kept)
        self.go(LIBRARY)

    @Slot()
    def go(self, page: int) -> None:
        """Show one of the pages."""
        self._stack.setCurrentIndex(page)
        titles = (_("thư viện văn bản"), _("việc định kỳ"), _("văn bản của cơ quan"))
        self._head.set_title(_("Quy định"), titles[page])
        for button in (self.library_button, self.duties_button, self.packs_button, self.add_button):
            button.setVisible(page != FORM)
        self.library_button.setEnabled(page != LIBRARY)
        self.duties_button.setEnabled(page != DUTIES)

    def desk_ready(self, desk: Desk) -> None:
        """Read both lists."""
        self.library.refresh()
        self.duties.refresh()

    def desk_closed(self) -> None:
        """Show nothing."""
        self.library.clear()
        self.duties.clear()

    def on_changed(self, changes: Changes) -> None:
        """Instruments, packs or marks were written."""
        if any(change.kind in ("law", "rules") for change in changes):
            self.library.refresh()
            self.duties.refresh()

    def primary_action(self) -> Action | None:
        """Add an instrument."""
        return Action(_("Thêm văn bản vào thư viện"), self.new)

    def actions_offered(self) -> tuple[Action, ...]:
        """Both pages."""
        return (
            Action(_("Xem việc định kỳ"), partial(self.go, DUTIES)),
            Action(_("Tìm trong thư viện văn bản"), self.focus_search, "Ctrl+F"),
        )

    def open_record(self, kind: str, record_id: UUID) -> None:
        """Show an instrument, or the duties that return."""
        if kind == "duty":
            self.go(DUTIES)
            return
        self.go(LIBRARY)
        self.library.open(record_id)

    def new(self, kind: str = "") -> None:
        """Open an empty form."""
        self.form.begin(None)
        self.go(FORM)
        self.form.focus_first()

    def focus_search(self) -> None:
        """Search the library."""
        self.go(LIBRARY)
        self.library.search.setFocus()

    def save(self) -> None:
        """Save the form."""
        if self._stack.currentIndex() == FORM:
            commit_typing()
            self.form.save()

    def flush(self) -> None:
        """Hand what was typed to its draft."""
        self.form.hand_over()

    def restore(self, draft: SavedDraft) -> None:
        """Take back what the form held."""
        self.form.restore(draft)
        self.go(FORM)

    def _edit(self, item: LawItem) -> None:
        self.form.begin(item)
        self.go(FORM)
        self.form.focus_first()

    def _kept(self, item: LawItem) -> None:
        self.go(LIBRARY)
        self.library.open(item.record)
