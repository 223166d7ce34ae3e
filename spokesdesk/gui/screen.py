"""What every screen is and gets: the Screen base and the Context it works with."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.people import Member
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.door import UpdateTools
from spokesdesk.gui.theme import Theme
from spokesdesk.services.ports import Desk, SavedDraft, SigningMachine


class Navigate(Protocol):
    """Opens a record or a screen."""

    def __call__(self, kind: str, record_id: UUID | None = None) -> None: ...


class Tell(Protocol):
    """Says that something was done, and offers to undo it."""

    def __call__(self, text: str, undo: Callable[[], object] | None = None) -> None: ...


@dataclass(frozen=True, slots=True)
class Context:
    """What the window gives every screen.

    Attributes:
        courier: runs services off the GUI thread.
        desk: gives the open desk, None until it is open (or while it is locked).
        navigate: ``navigate("paper", id)`` opens a record (contact, paper, article, outlet, journalist);
            ``navigate("coverage")`` shows a screen.
        create: ``create("contact")`` opens an empty form (contact, paper, article, outlet, journalist).
        toast: says what was done, with "Hoàn tác" when ``undo`` is given (a bound method).
        status: says something short at the left of the status line, e.g. a WaitError.
        saved: tells the window the state of what was typed: "typing", "saved", "refused" or "".
        theme: colours, fonts, icons.
        looked: ``looked("journalist", id, "opened")`` notes that somebody's personal data was opened (or "searched").
        warn: ``warn(owner, text)`` shows a red note above the page until the same owner takes it back with "".
        signing: gives this machine's ways to sign, also without a desk (blocking; for a worker).
        care: what a person must be told about the backups, "" when all is well; ``Change("care")`` tells of another.
        open_other: ``open_other(folder)`` closes this workspace and opens that one.
        updates: gives this machine's way to new versions, and its settings (blocking; for a worker).
    """

    courier: Courier
    desk: Callable[[], Desk | None]
    navigate: Navigate
    create: Callable[[str], None]
    toast: Tell
    status: Callable[[str], None]
    saved: Callable[[str], None]
    theme: Theme
    warn: Callable[[object, str], None]
    looked: Callable[[str, UUID, str], None]
    signing: Callable[[], SigningMachine]
    care: Callable[[], str]
    open_other: Callable[[Path], None]
    updates: UpdateTools


@dataclass(frozen=True, slots=True)
class Action:
    """Something a screen offers to the command palette; ``shortcut`` is shown, the screen itself binds it."""

    text: str
    run: Callable[[], object]
    shortcut: str = ""


class Screen(QWidget):
    """One page of the window. Built when it is first shown; may exist before the desk is open.

    Attributes:
        name: key of the registry (``gui/places.py``), of its help page and of its gallery picture.
        forms: names of the drafts it takes back (``SavedDraft.form`` up to the first ":").
    """

    name: ClassVar[str] = ""
    forms: ClassVar[tuple[str, ...]] = ()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setObjectName(f"screen-{self.name}")

    def desk_ready(self, desk: Desk) -> None:
        """The desk is open, or unlocked again: load what is shown. Also called after a switch of member."""

    def desk_closed(self) -> None:
        """The desk was locked: show nothing of it any more; forms keep what was typed."""

    def member_changed(self, member: Member) -> None:
        """Somebody else works now."""

    def on_changed(self, changes: Changes) -> None:
        """Records were written, by this screen or another: refresh what is shown."""

    def shown(self) -> None:
        """The screen became the current one."""

    def primary_action(self) -> Action | None:
        """Give the one action at the top right, also reached by the command palette."""
        return None

    def actions_offered(self) -> tuple[Action, ...]:
        """Give further actions for the command palette, possible right now."""
        return ()

    def open_record(self, kind: str, record_id: UUID) -> None:
        """Show one record."""

    def new(self, kind: str = "") -> None:
        """Open an empty form, with the cursor in its first field; works before the desk is open."""

    def open_case(self) -> None:
        """Open a case file (F2): from the record shown where that makes sense, else an empty one."""
        self.context.create("case")

    def focus_search(self) -> None:
        """Put the cursor into the list's search field (Ctrl+F)."""

    def save(self) -> None:
        """Save the open form (Ctrl+S)."""

    def print_current(self) -> None:
        """Print what is open (Ctrl+P)."""

    def flush(self) -> None:
        """Hand what was typed to the drafts at once: the window is about to close or lock."""

    def restore(self, draft: SavedDraft) -> None:
        """Take back what a form held when the program ended."""


def focus_into(screen: QWidget) -> None:
    """Put the cursor into a screen that was just shown, unless it is there: keys belong to what is seen."""
    here = QApplication.focusWidget()
    if here is not None and screen.isAncestorOf(here):
        return
    part = screen.nextInFocusChain()
    while part is not None and part is not screen:
        takes = part.focusPolicy() & Qt.FocusPolicy.TabFocus
        if takes and part.isEnabled() and screen.isAncestorOf(part) and part.isVisibleTo(screen):
            part.setFocus(Qt.FocusReason.TabFocusReason)
            return
        part = part.nextInFocusChain()


def commit_typing() -> None:
    """Take a syllable still being composed into its field, before what was typed is read."""
    QGuiApplication.inputMethod().commit()
