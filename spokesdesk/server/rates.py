"""How often one device may ask: what it saves up and spends, in this process (sync.md T20)."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from spokesdesk.domain.errors import WaitError

PER_MINUTE = 6000
_SAVED_S = 10
_MOST_KNOWN = 10_000


@dataclass(slots=True)
class Rates:
    """A bucket for each device: ten seconds' worth may be spent at once.

    Attributes:
        per_minute: requests a device may make; 0: any number.
    """

    per_minute: int = PER_MINUTE
    clock: Callable[[], float] = time.monotonic
    _left: dict[UUID, tuple[float, float]] = field(default_factory=dict)

    def spend(self, device: UUID) -> None:
        """Count one request.

        Raises:
            WaitError: ``too_many_requests``.
        """
        if not self.per_minute:
            return
        now, a_second = self.clock(), self.per_minute / 60
        most = a_second * _SAVED_S
        left, at = self._left.get(device, (most, now))
        left = min(most, left + (now - at) * a_second)
        if left < 1:
            raise WaitError("too_many_requests")
        if len(self._left) >= _MOST_KNOWN:
            self._left.clear()  # all start with full buckets: nobody is wronged
        self._left[device] = (left - 1, now)
