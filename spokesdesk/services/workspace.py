"""The workspace as a whole: backup, integrity, keys."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from spokesdesk.domain.chain import ChainFault, faults, peer_faults
from spokesdesk.domain.chain_faults import sentence
from spokesdesk.domain.errors import OutsideError, WaitError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Role
from spokesdesk.services.checkpoints import checkpoint_faults
from spokesdesk.services.ports import Desk

# The pages and the chain come before the files.
_STEPS = 2


@dataclass(frozen=True, slots=True)
class Doctor:
    """What the integrity check found; every tuple empty means all is in order.

    Attributes:
        database: faults of the file, as the engine names them.
        files: hashes of attachments that are missing or damaged.
        chain: entries changed, missing or out of order.
        entries: how many links were checked.
        head: hash of the last link, hex; printed, it proves what the journal held that day.
    """

    database: tuple[str, ...]
    files: tuple[str, ...]
    chain: tuple[ChainFault, ...]
    entries: int
    head: str

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.database or self.files or self.chain)


def backup(desk: Desk, target: Path) -> Path:
    """Write the whole workspace into one encrypted file; raises OutsideError when the disk does not take it."""
    return desk.keeper.backup(target)


def doctor(
    desk: Desk,
    *,
    progress: Callable[[int, int], object] = lambda _done, _total: None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> Doctor:
    """Check the database file, every attachment and the journal chain; reads everything, changes nothing.

    Args:
        progress: told steps done and steps in all: pages, chain, each file.
        is_cancelled: asked between steps; WaitError("stopped") follows.
    """
    database = tuple(desk.keeper.database_faults())
    _step(progress, is_cancelled, 1, _STEPS)
    try:
        return _rest(desk, database, progress, is_cancelled)
    except OutsideError:
        if not database:
            raise
        # A damaged page stands in the way of reading on; what is known is said.
        return Doctor(database, (), (), 0, "")


def _rest(
    desk: Desk,
    database: tuple[str, ...],
    progress: Callable[[int, int], object],
    is_cancelled: Callable[[], bool],
) -> Doctor:
    with desk.read() as unit:
        links = tuple(unit.chain.links())
        orders = (*faults(links), *peer_faults(unit.chain.peers(), links))
        chain_faults = (*orders, *unit.chain.body_faults(), *checkpoint_faults(desk, unit, links))
        wanted = unit.files_named()
    damaged = []
    for n, sha in enumerate(wanted):
        _step(progress, is_cancelled, _STEPS + n, _STEPS + len(wanted))
        if not desk.files.has(sha) or not desk.files.is_whole(sha):
            damaged.append(sha)
    head = links[-1].hash.hex() if links else ""
    return Doctor(database, tuple(damaged), chain_faults, len(links), head)


def _step(
    progress: Callable[[int, int], object], is_cancelled: Callable[[], bool], done: int, total: int
) -> None:
    progress(done, total)
    if is_cancelled():
        raise WaitError("stopped")


def sentences(found: Doctor) -> tuple[str, ...]:
    """Say every fault found, one sentence each."""
    return (
        *found.database,
        *(_("Tệp kèm theo mất hoặc hỏng: {sha}…").format(sha=sha[:12]) for sha in found.files),
        *(sentence(fault) for fault in found.chain),
    )


def change_passphrase(desk: Desk, passphrase: str) -> None:
    """Wrap the data key with another passphrase; nothing is encrypted anew. Raises UserError, AccessError."""
    desk.member.require(Role.ADMIN)
    desk.keeper.change_passphrase(passphrase)


def new_recovery_key(desk: Desk) -> str:
    """Make a new recovery key, shown once; the one before opens nothing any more."""
    desk.member.require(Role.ADMIN)
    return desk.keeper.new_recovery_key()


def unlock_ways(desk: Desk) -> tuple[str, ...]:
    """Give how this workspace opens: keyring, passphrase, recovery."""
    return desk.keeper.unlock_ways()
