"""Files to and from the portal: what colleagues attached comes here, what was attached here goes there.

A way of its own beside the rounds: a long recording never keeps a letter waiting. One file at a time, the small ones
first, a chunk at a time; who stops it, or loses the line, goes on later where it was.
"""

import threading
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from spokesdesk import wire
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import AccessError, DeskError, OutsideError, WaitError
from spokesdesk.domain.journal import Attachment
from spokesdesk.services.ports import Desk, Portal
from spokesdesk.services.sync.online import online_place

# After this a file that was seen at the portal is asked for anew: its disk may have been restored (sync.md F20).
SEEN_FOR = timedelta(days=1)
# Faults of the way itself, not of one file.
_OF_THE_LINE = frozenset(
    {"portal_unreachable", "portal_token_refused", "device_revoked", "transfer_stopped", "portal_busy"}
)
_running = threading.Lock()
_halt = threading.Event()


@dataclass(frozen=True, slots=True)
class FilesStep:
    """How far it is.

    Attributes:
        outgoing: a file goes to the portal; else one comes.
        done: bytes of it that are over.
        size: its bytes; 0 when not known.
        left: files after this one.
    """

    outgoing: bool
    done: int
    size: int
    left: int


@dataclass(frozen=True, slots=True)
class FilesReport:
    """What was exchanged.

    Attributes:
        sent: files that went to the portal.
        received: files of colleagues that came.
        awaited: files of colleagues that the portal does not have yet.
        fault: what kept a file, or the rest, back; None when nothing did.
    """

    sent: int
    received: int
    awaited: int
    fault: DeskError | None


Told = Callable[[FilesStep], bool]


def exchange_files(desk: Desk, told: Told | None = None) -> tuple[FilesReport, Changes]:
    """Send the files that the portal misses and fetch those that miss here.

    Args:
        told: called before each chunk; False stops, and the next call goes on from there.

    Raises:
        WaitError: ``not_enrolled``, ``sync_running``: files are under way already.
        AccessError: ``device_key_missing``.
    """
    if not _running.acquire(blocking=False):
        raise WaitError("sync_running")
    _halt.clear()
    try:
        return _exchange(desk, partial(_note_step, told))
    finally:
        _Underway.step = None
        _running.release()


def files_step() -> FilesStep | None:
    """Give how far the files are that are under way now, whoever asked for it; None when none are."""
    return _Underway.step


def stop_files() -> None:
    """Let the files that are under way stop at the next chunk; they go on from there the next time."""
    _halt.set()


class _Underway:
    """What the one exchange of files that there may be is at."""

    step: FilesStep | None = None


def _note_step(told: Told | None, step: FilesStep) -> bool:
    _Underway.step = step
    return not _halt.is_set() and (told is None or told(step))


def fetch_file(desk: Desk, sha256: str, told: Callable[[int], bool] | None = None) -> Changes:
    """Fetch one file that a colleague attached, because somebody wants to open it now.

    Raises:
        WaitError: ``file_not_on_portal``; ``not_enrolled``; ``transfer_stopped``; ``file_not_carried``: this desk asks
            no network.
        OutsideError: ``portal_unreachable``, ``file_hash_wrong``, ``disk_full``.
        AccessError: ``device_key_missing``.
    """
    if desk.files.has(sha256):
        return ()
    try:
        place, token = online_place(desk)
    except WaitError as error:
        if error.code == "carried_only":
            raise WaitError("file_not_carried") from error
        raise
    with closing(desk.portal_at(place.portal)) as portal:
        _fetch(desk, portal, token, sha256, told)
    return (Change("file"),)


def _exchange(desk: Desk, told: Told | None) -> tuple[FilesReport, Changes]:
    place, token = online_place(desk)
    with desk.read() as unit:
        named = unit.files_named(shared=True)
        basis = unit.outbox.basis()
        epoch = basis.cursor.epoch if basis is not None else place.epoch
        seen = unit.portal_files.seen(epoch, desk.now() - SEEN_FOR)
    here = {sha256 for sha256 in named if desk.files.has(sha256)}
    asked = [sha256 for sha256 in named if sha256 not in seen or sha256 not in here]
    if not asked:
        return FilesReport(0, 0, 0, None), ()
    with closing(desk.portal_at(place.portal)) as portal:
        try:
            missing = set(portal.missing_files(token, place.journal, asked))
        except DeskError as fault:
            return FilesReport(0, 0, 0, fault), ()
        _note(desk, epoch, (sha256 for sha256 in asked if sha256 not in missing))
        way = _Way(desk, portal, token, epoch, told)
        way.go(missing & here, [sha256 for sha256 in asked if sha256 not in here | missing])
    awaited = len(missing - here)
    changes = (Change("file"),) if way.received else ()
    return FilesReport(way.sent, way.received, awaited, way.fault), changes


def _note(desk: Desk, epoch: str, files: Iterable[str]) -> None:
    found = tuple(files)
    if found:
        with desk.write() as unit:
            unit.portal_files.note(found, epoch, desk.now())


class _Way:
    """One file after the other; a fault of one file does not keep the others back."""

    def __init__(self, desk: Desk, portal: Portal, token: str, epoch: str, told: Told | None) -> None:
        self._desk, self._portal, self._token, self._epoch = desk, portal, token, epoch
        self._told = told
        self.sent = self.received = self._left = 0
        self.fault: DeskError | None = None

    def go(self, outgoing: Iterable[str], coming: Iterable[str]) -> None:
        """Send, the small ones first, then fetch."""
        sizes = sorted((self._size(sha256), sha256) for sha256 in outgoing)
        steps = [(size, sha256, True) for size, sha256 in sizes] + [(0, one, False) for one in coming]
        for n, (size, sha256, is_outgoing) in enumerate(steps, start=1):
            self._left = len(steps) - n
            try:
                self._tell_small(size, is_outgoing=is_outgoing)
                if is_outgoing:
                    self._send(sha256, size)
                else:
                    _fetch(self._desk, self._portal, self._token, sha256, self._teller(0, outgoing=False))
                    self.received += 1
            except DeskError as fault:
                self.fault = fault
                if fault.code in _OF_THE_LINE:
                    return

    def _tell_small(self, size: int, *, is_outgoing: bool) -> None:
        """Tell of a file that goes in one piece; of the others each piece is told."""
        if not is_outgoing or size > wire.CHUNK_BYTES or self._told is None:
            return
        if not self._told(FilesStep(is_outgoing, 0, size, self._left)):
            raise WaitError("transfer_stopped")

    def _send(self, sha256: str, size: int) -> None:
        if not size:
            raise OutsideError("blob_damaged", sha256=sha256[:12])
        with self._desk.files.open(sha256) as source:
            teller = self._teller(size, outgoing=True)
            self._portal.put_file(self._token, Attachment(sha256, sha256, size), source, teller)
        _note(self._desk, self._epoch, (sha256,))
        self.sent += 1

    def _size(self, sha256: str) -> int:
        """Give the size of a file; 0 when it cannot be read."""
        try:
            with self._desk.files.open(sha256) as source:
                return source.seek(0, 2)
        except DeskError:
            return 0

    def _teller(self, size: int, *, outgoing: bool) -> Callable[[int], bool] | None:
        told, left = self._told, self._left
        if told is None:
            return None
        return lambda done: told(FilesStep(outgoing, done, size, left))


def _fetch(desk: Desk, portal: Portal, token: str, sha256: str, told: Callable[[int], bool] | None) -> None:
    with closing(portal.file(token, sha256, told)) as coming:
        try:
            desk.files.put_coming(sha256, coming)
        except AccessError as error:
            if error.code == "journal_foreign":
                raise WaitError("file_not_on_portal") from error
            raise
