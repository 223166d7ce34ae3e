"""The head of the chain as this device seals it outside the database."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from spokesdesk.domain.chain import Link
from spokesdesk.domain.checkpoints import SealedHead
from spokesdesk.domain.errors import DeskError
from spokesdesk.services.ports.outside import DeviceKeys
from spokesdesk.services.ports.stores import Unit

NAME = "journal_head"
STARTED = "journal_head_sealed"
_PAUSE = timedelta(seconds=30)


class HeadKeeper:
    """Seals the last link every half a minute of writing, and when the desk closes; the window also when it is quiet.

    A kill in between leaves an older head, which the chain still holds; only what came after it could be cut unseen.

    Args:
        keys: sealed secrets of this device, in workspace.json.
        now: UTC.
    """

    def __init__(self, keys: DeviceKeys, now: Callable[[], datetime]) -> None:
        self._keys, self._now = keys, now
        self._lock = threading.Lock()
        self._waiting: Link | None = None
        self._sealed_at: datetime | None = None

    def grown(self, link: Link) -> None:
        """The chain has a new last link."""
        with self._lock:
            self._waiting = link
            is_due = self._sealed_at is None or not timedelta(0) <= self._now() - self._sealed_at < _PAUSE
        if is_due:
            self.flush()

    def flush(self) -> None:
        """Seal what is not sealed yet; a disk that does not take it is tried again, the entry is written already."""
        with self._lock:
            link, self._waiting = self._waiting, None
            if link is None:
                return
            self._sealed_at = self._now()
            try:
                before = self._keys.get(NAME)
                head = SealedHead.from_bytes(before) if before is not None else SealedHead(0, "")
                if link.n > head.n:
                    self._put(SealedHead(link.n, link.hash.hex(), head.days, head.digest))
            except (DeskError, ValueError):
                self._waiting = link

    def begin(self, unit: Unit) -> bool:
        """Whether the journal was kept before there were seals; then its head is sealed now.

        Args:
            unit: reads; the caller notes ``STARTED`` among the settings, so that a seal missing later shows.
        """
        if unit.settings.get(STARTED):
            return False
        head = unit.chain.head()
        if head is not None:
            self._waiting = head
            self.flush()
        return True

    def seal_days(self, days: int, digest: str) -> None:
        """Seal how many checkpoints there are, and the digest over them."""
        with self._lock:
            before = self.sealed() or SealedHead(0, "")
            self._put(SealedHead(before.n, before.hash, days, digest))

    def sealed(self) -> SealedHead | None:
        """Give what is sealed; None for nothing.

        Raises:
            OutsideError: ``workspace_damaged`` where the seal is broken.
            ValueError: what is sealed is no head.
        """
        data = self._keys.get(NAME)
        return SealedHead.from_bytes(data) if data is not None else None

    def _put(self, head: SealedHead) -> None:
        self._keys.put(NAME, head.to_bytes())
