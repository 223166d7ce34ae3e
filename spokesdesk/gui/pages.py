"""The screens that were shown so far, and what they are told; each is built when it is first needed."""

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QStackedWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Member
from spokesdesk.gui.places import Place
from spokesdesk.gui.screen import Context, Screen
from spokesdesk.services.ports import Desk


class Pages(QObject):
    """Builds screens lazily and passes on what happens."""

    def __init__(
        self, stack: QStackedWidget, places: tuple[Place, ...], context: Context, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._stack, self._context = stack, context
        self._places = {place.name: place for place in places}
        self._screens: dict[str, Screen] = {}

    def place_of(self, kind: str) -> str:
        """Give the screen that opens records of a kind; a screen's own name gives itself, else ""."""
        if kind in self._places:
            return kind
        return next((name for name, place in self._places.items() if kind in place.kinds), "")

    def place_of_form(self, form: str) -> str:
        """Give the screen that takes back drafts of a form, "" when none does."""
        stem = form.partition(":")[0]
        return next((name for name, place in self._places.items() if stem in place.forms), "")

    def title(self, name: str) -> str:
        """Give the word of a screen."""
        return self._places[name].title

    def screen(self, name: str) -> Screen:
        """Give a screen, building it when this is the first time."""
        if name not in self._screens:
            made = self._places[name].load()(self._context, self._stack)
            made.setAccessibleName(_("Trang {title}").format(title=self.title(name)))
            self._screens[name] = made
            self._stack.addWidget(made)
            desk = self._context.desk()
            if desk is not None:
                made.desk_ready(desk)
        return self._screens[name]

    def show(self, name: str) -> Screen:
        """Make a screen the current one."""
        screen = self.screen(name)
        self._stack.setCurrentWidget(screen)
        screen.shown()
        return screen

    def current(self) -> Screen | None:
        """Give the screen shown now."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Screen) else None

    def desk_ready(self, desk: Desk) -> None:
        """Tell every screen that the desk is open."""
        for screen in self._screens.values():
            screen.desk_ready(desk)

    def desk_closed(self) -> None:
        """Tell every screen that the desk is locked."""
        for screen in self._screens.values():
            screen.desk_closed()

    def member_changed(self, member: Member) -> None:
        """Tell every screen who works now."""
        for screen in self._screens.values():
            screen.member_changed(member)

    @Slot(object)
    def on_changed(self, changes: Changes) -> None:
        """Tell every screen what was written."""
        for screen in self._screens.values():
            screen.on_changed(changes)

    def flush(self) -> None:
        """Let every form hand over what was typed."""
        for screen in self._screens.values():
            screen.flush()
