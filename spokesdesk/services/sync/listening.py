"""Waiting until a colleague, the province or a journalist has written: one question, answered when there is news.

That a desk has joined is news, too: it waits for the agency's keys.
"""

import threading
from contextlib import closing

from spokesdesk import wire
from spokesdesk.domain.errors import WaitError
from spokesdesk.services.ports import Desk, Portal
from spokesdesk.services.sync.online import online_place


class Ear:
    """Listens to the portal of one desk, a question at a time.

    Args:
        desk: enrolled; what it has read of the feed and of its inbox is what it waits to be followed.
        door_at: when the last of what waits at the journalists' door came, as the last round was told.
        members: the mark of the journal's devices, as the last round was told; "" not to wait for others.
    """

    def __init__(self, desk: Desk, door_at: int = 0, members: str = "") -> None:
        self._desk, self._door_at, self._members = desk, door_at, members
        self._portal: Portal | None = None
        self._lock = threading.Lock()
        self._is_over = False

    def listen(self) -> bool:
        """Wait up to half a minute; True when there is something that this desk has not read.

        Raises:
            WaitError: ``not_enrolled``, ``carried_only``.
            AccessError: ``device_key_missing``, or the portal knows this desk no more.
            OutsideError: ``portal_unreachable``, also after ``hang_up``.
        """
        with self._desk.read() as unit:
            basis, filling = unit.outbox.basis(), unit.replicas.filling()
            mail = unit.province.place().seq
        place, token = online_place(self._desk)
        if basis is None:
            raise WaitError("not_enrolled")
        if filling is not None:
            return True
        with closing(self._desk.portal_at(place.portal)) as portal:
            with self._lock:
                self._portal = portal
                is_over = self._is_over
            if is_over:
                return False
            known = wire.Poke(basis.cursor.seq, mail, self._door_at, self._members)
            told = portal.wait(token, place.journal, known)
        return wire.has_moved(known, told)

    def hang_up(self) -> None:
        """End the question that is being waited on, from another thread; nothing is asked any more."""
        with self._lock:
            self._is_over = True
            portal = self._portal
        if portal is not None:
            portal.hang_up()
