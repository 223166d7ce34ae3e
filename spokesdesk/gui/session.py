"""The desk that is open and who works at it; opening, locking and switching happen on the write lane."""

import contextlib
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from spokesdesk.domain.errors import DeskError
from spokesdesk.domain.people import Member
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.door import Door, Founding
from spokesdesk.gui.single import raise_other
from spokesdesk.services.ports import Desk, MachineSettings, SigningMachine
from spokesdesk.services.ports.updates import Updates

LAST_MEMBER = "last_member"
# A window that has just taken the workspace answers once it has opened it; one that hangs never does.
KNOCK_MS = 500
KNOCKS = 20


@dataclass(frozen=True, slots=True)
class Found:
    """What the first look at the machine found; ``desk`` None when it must be unlocked or made."""

    settings: MachineSettings
    folder: Path
    exists: bool
    agency: str = ""
    ways: tuple[str, ...] = ()
    desk: Desk | None = None
    error: DeskError | None = None


@dataclass(frozen=True, slots=True)
class Founded:
    """A new workspace and its recovery key, to be shown once."""

    desk: Desk
    recovery_key: str


class Session(QObject):
    """Holds the open desk.

    Emits (GUI thread):
        found: ``Found``, the first look is done.
        founded: ``Founded``, a workspace was made and is open.
        opened: ``Desk``, a desk is open.
        locked: None, the desk was closed; nothing of it is in memory any more.
        refused: ``DeskError``, the key did not open it, or it cannot be opened.
        member_changed: ``Member`` who works now.
        elsewhere: None, another window has this workspace and was called to the front.
    """

    found = Signal(object)
    founded = Signal(object)
    opened = Signal(object)
    locked = Signal(object)
    refused = Signal(object)
    member_changed = Signal(object)
    elsewhere = Signal(object)

    def __init__(self, courier: Courier, door: Door, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._courier, self._door = courier, door
        self._desk: Desk | None = None
        self.folder: Path | None = None
        self.agency = ""
        self.ways: tuple[str, ...] = ()
        self.is_demo = False
        self._knocks = 0
        self._next: Path | None = None
        self._settings: MachineSettings | None = None

    @property
    def last_member(self) -> str:
        """The id of who worked at this machine last, "" when unknown."""
        kept = self._settings.get(LAST_MEMBER) if self._settings is not None else ""
        return kept if isinstance(kept, str) else ""

    def signing(self) -> SigningMachine:
        """Give this machine's ways to sign; works while no desk is open (blocking)."""
        return self._door.signing_machine()

    def updates(self) -> tuple[Updates, MachineSettings]:
        """Give this machine's way to new versions, and its settings (blocking)."""
        return self._door.updates(), self._door.machine_settings()

    def desk(self) -> Desk | None:
        """Give the open desk; None while it is locked or on its way."""
        return self._desk

    def look(self, folder: Path | None) -> None:
        """Find the workspace and open it if that needs no question."""
        self._run(partial(_look, self._door, folder), self._take_place)

    def open_with(self, passphrase: str | None = None, recovery: str | None = None) -> None:
        """Open the workspace with what was typed, or with the keyring when nothing was."""
        if self.folder is not None:
            opening = partial(self._door.open_desk, self.folder, passphrase=passphrase, recovery=recovery)
            self._run(opening, self._take_desk)

    def open_demo(self) -> None:
        """Open the workspace of sample data."""
        self.is_demo = True
        self._run(self._door.demo_folder, self._take_demo_folder)

    def _take_demo_folder(self, folder: Path) -> None:
        # Opened again after a lock, it is this window itself that would answer.
        if folder != self.folder and raise_other(folder):
            self.elsewhere.emit(None)
        else:
            self._run(self._door.open_demo, self._take_desk)

    def found_workspace(self, founding: Founding) -> None:
        """Make a workspace."""
        self.folder = founding.folder
        self._run(partial(_found, self._door, founding), self._take_founded)

    def reopen(self, folder: Path) -> None:
        """Close this workspace and open another one, which is also the one of the next start."""
        self._next = folder
        if self._desk is None:
            self._go_next()
        else:
            self.lock()

    def _go_next(self) -> None:
        folder, self._next = self._next, None
        if folder is not None:
            self.is_demo = False
            self._knocks = 0
            self._run(partial(_move, self._door, folder), self._take_place)

    def lock(self) -> None:
        """Close the desk after what is already on its way to it."""
        if self._desk is None:
            return
        desk, self._desk = self._desk, None
        self._run(partial(_close, desk), self._take_closed)

    def switch(self, member_id: UUID, pin: str, owner: QObject, refused: object) -> None:
        """Let somebody else work; ``refused`` (bound method) gets the AccessError of a wrong PIN."""
        if self._desk is not None:
            self._courier.run(
                partial(_switch, self._desk, member_id, pin, self._settings),
                owner=owner,
                ok=self._take_switched,
                fail=refused if callable(refused) else None,
                lane="read",
            )

    def _run(self, work: object, ok: object) -> None:
        assert callable(work)
        assert callable(ok)
        self._courier.run(work, owner=self, ok=ok, fail=self._refuse, lane="write")

    def _take_place(self, found: Found) -> None:
        if raise_other(found.folder):
            self.elsewhere.emit(None)
        elif not found.exists:
            self._take_found(found)
        else:
            self._run(partial(_try, self._door, found), self._take_tried)

    def _take_tried(self, found: Found) -> None:
        is_taken = found.error is not None and found.error.code == "workspace_in_use"
        if is_taken and self._knocks < KNOCKS:
            self._knocks += 1
            QTimer.singleShot(KNOCK_MS, self, partial(self._take_place, replace(found, error=None)))
            return
        if is_taken:
            # Nothing was tried yet, so the machine's keyring may still open it.
            self.ways = found.ways
        self._take_found(found)

    def _take_found(self, found: Found) -> None:
        self.folder, self.agency, self._settings = found.folder, found.agency, found.settings
        self.found.emit(found)
        if found.desk is not None:
            self._take_desk(found.desk)

    def _take_founded(self, founded: Founded) -> None:
        self.founded.emit(founded)
        self._take_desk(founded.desk)

    def _take_desk(self, desk: Desk) -> None:
        self._desk = desk
        self.folder = desk.keeper.folder
        self.opened.emit(desk)
        if desk.actor is not None:
            self.member_changed.emit(desk.actor)

    def _take_switched(self, desk: Desk) -> None:
        if self._desk is None:
            return
        self._desk = desk
        self.member_changed.emit(desk.member)

    def _take_closed(self, ways: tuple[str, ...]) -> None:
        self.ways = ways
        self.locked.emit(None)
        self._go_next()

    def _refuse(self, error: DeskError) -> None:
        self.refused.emit(error)


def present(desk: Desk) -> tuple[Member, ...]:
    """Give who works at the desk (blocking)."""
    from spokesdesk.services import people

    return people.members(desk)


def _look(door: Door, asked: Path | None) -> Found:
    settings = door.machine_settings()
    kept = settings.get("workspace")
    folder = asked or (Path(str(kept)) if kept else door.default_folder())
    return Found(settings, folder, exists=door.is_workspace(folder))


def _move(door: Door, folder: Path) -> Found:
    found = _look(door, folder)
    # A machine that cannot remember it is told again at the next start.
    with contextlib.suppress(DeskError, OSError):
        found.settings.put("workspace", str(folder))
    return found


def _try(door: Door, found: Found) -> Found:
    try:
        return replace(found, desk=door.open_desk(found.folder))
    except DeskError as error:
        said = None if error.code == "unlock_needed" else error
    try:
        agency, ways = door.look_at(found.folder)
    except DeskError as error:
        return replace(found, error=said or error)
    return replace(found, agency=agency, ways=ways, error=said)


def _found(door: Door, founding: Founding) -> Founded:
    desk, key = door.create(
        founding.folder,
        founding.agency,
        founding.members,
        passphrase=founding.passphrase,
        use_keyring=founding.use_keyring,
    )
    # The workspace is made; a machine that cannot remember where is told again at the next start.
    with contextlib.suppress(DeskError, OSError):
        settings = door.machine_settings()
        settings.put("workspace", str(founding.folder))
        settings.put(LAST_MEMBER, str(desk.actor.id) if desk.actor else "")
    return Founded(desk, key)


def _switch(desk: Desk, member_id: UUID, pin: str, settings: MachineSettings | None) -> Desk:
    from spokesdesk.services import people

    switched = people.switch_member(desk, member_id, pin)
    if settings is not None:
        # Only a help at the next start; a machine that does not keep it is no reason to refuse the switch.
        with contextlib.suppress(DeskError, OSError):
            settings.put(LAST_MEMBER, str(member_id))
    return switched


def _close(desk: Desk) -> tuple[str, ...]:
    ways = desk.keeper.unlock_ways()
    desk.close()
    return ways
