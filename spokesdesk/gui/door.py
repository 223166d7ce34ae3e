"""What the window asks of ``bootstrap``: given by ``app``, the only module of this room that may import it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from spokesdesk.domain.people import Agency, MemberDraft
from spokesdesk.services.ports import Desk, MachineSettings, SigningMachine
from spokesdesk.services.ports.updates import Updates

UpdateTools = Callable[[], tuple[Updates, MachineSettings]]
"""Gives this machine's way to new versions, and its settings; may block."""


class Create(Protocol):
    """Makes a workspace; gives the desk and the recovery key, which is shown this once."""

    def __call__(
        self,
        folder: Path,
        agency: Agency,
        members: Sequence[MemberDraft],
        *,
        passphrase: str | None,
        use_keyring: bool,
    ) -> tuple[Desk, str]: ...


class Open(Protocol):
    """Opens a workspace; AccessError ``unlock_needed``, ``passphrase_wrong`` or ``recovery_wrong``."""

    def __call__(
        self, folder: Path, *, passphrase: str | None = None, recovery: str | None = None
    ) -> Desk: ...


class Restore(Protocol):
    """Makes a workspace from a backup in a new folder; raises as ``services.backups.restore`` does."""

    def __call__(
        self,
        backup: Path,
        folder: Path,
        *,
        progress: Callable[[int, int], object],
        is_cancelled: Callable[[], bool],
    ) -> Path: ...


@dataclass(frozen=True, slots=True)
class Door:
    """How workspaces are found, made and opened; every function may block."""

    machine_settings: Callable[[], MachineSettings]
    default_folder: Callable[[], Path]
    is_workspace: Callable[[Path], bool]
    has_keyring: Callable[[], bool]
    create: Create
    open_desk: Open
    look_at: Callable[[Path], tuple[str, tuple[str, ...]]]
    demo_folder: Callable[[], Path]
    log_folder: Callable[[], Path]
    restore: Restore
    open_demo: Callable[[], Desk]
    signing_machine: Callable[[], SigningMachine]
    updates: Callable[[], Updates]


@dataclass(frozen=True, slots=True)
class Founding:
    """What the first-run pages ask for."""

    folder: Path
    agency: Agency
    members: tuple[MemberDraft, ...]
    passphrase: str | None
    use_keyring: bool
