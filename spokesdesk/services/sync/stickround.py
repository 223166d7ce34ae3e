"""A round with a stick in the place of the portal: the same reading and deciding, and no sending."""

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import WaitError
from spokesdesk.services.erased_files import let_go
from spokesdesk.services.ports import Desk
from spokesdesk.services.sync.basis import basis_of, one_at_a_time
from spokesdesk.services.sync.carriedportal import Carried, CarriedPortal, outcomes_of
from spokesdesk.services.sync.exchange import Round
from spokesdesk.services.sync.keys import open_waiting
from spokesdesk.services.sync.plan import Answers
from spokesdesk.services.sync.report import SyncReport
from spokesdesk.services.sync.restored import epochs_before


def read_stick(desk: Desk, stick: Carried) -> tuple[SyncReport, Changes]:
    """Do with a colleague's stick what a round does with the portal, but for sending.

    Operations leave the outbox when the feed on the stick shows them, and by nothing else.

    Raises:
        WaitError: ``not_enrolled``, ``sync_running``.
    """
    with one_at_a_time():
        place = basis_of(desk).enrolment
        made = _StickRound(desk, CarriedPortal(stick), "", b"", place, None)  # type: ignore[arg-type]
        report = made.read_stick(stick)
        let_go(desk)
    return report, (Change("sync"), *made.changes)


class _StickRound(Round):
    def read_stick(self, stick: Carried) -> SyncReport:
        """Read feed, receipts and where releases stand off a stick that is not older than what was read before."""
        self._gather()
        if self._is_news(stick) and self._read_up():
            open_waiting(self._desk)
            self._settle_in()
        basis = self._basis()
        if self._is_well() and basis.cursor.epoch == stick.start.epoch:
            told = outcomes_of(basis, stick.receipts)
            self._write(basis, Answers(outcomes=told, statuses=tuple(stick.statuses)))
        return self._report()

    def _is_news(self, stick: Carried) -> bool:
        """Say whether a stick knows of the journal what this desk does not; one of another history is a fault."""
        start, cursor = stick.start, self._basis().cursor
        with self._desk.read() as unit:
            is_empty, before = unit.replicas.filling() is not None, epochs_before(unit)
        if start.filling or not start.seq or start.epoch in before:
            return False
        if not is_empty and start.epoch == cursor.epoch:
            return start.seq > cursor.seq
        if not is_empty and cursor.epoch not in start.before:
            self._stop(WaitError("carry_other_history"))
            return False
        if not stick.pages:
            self._stop(WaitError("carry_gap"))
            return False
        return True
