"""One round of exchange with the portal.

Outbox and cursor are read in one short transaction, the portal is asked with none open, ``plan`` decides, and one
transaction writes the decision.
"""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace

from spokesdesk import wire
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import AccessError, DeskError, OutsideError, WaitError
from spokesdesk.domain.journal import Attachment
from spokesdesk.services.ports import Desk, Portal, SyncBasis, SyncPlan, SyncState
from spokesdesk.services.sync.place import SEED, TOKEN
from spokesdesk.services.sync.plan import Answers, Outgoing, is_forked, outgoing, plan

STATUS_RECORDS = 100
_round = threading.Lock()


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one round did.

    Attributes:
        sent: operations the portal answered.
        echoed: operations seen in the feed, which left the outbox.
        received: entries of the feed read, own and colleagues'.
        files: files uploaded.
        published: releases that became public.
        quarantined: operations the portal would not take.
        fault: what stopped the round; None when it went to its end.
    """

    sent: int
    echoed: int
    received: int
    files: int
    published: int
    quarantined: int
    fault: DeskError | None
    state: SyncState


def preview(desk: Desk) -> Outgoing:
    """Give what the next round would send; asks nobody. Raises WaitError("not_enrolled")."""
    return outgoing(_basis(desk))


def run_round(desk: Desk) -> tuple[SyncReport, Changes]:
    """Exchange with the portal once; a second call meanwhile is refused.

    Returns:
        The report, with the fault that stopped the round, if one did; everything unsent stays queued.

    Raises:
        WaitError: ``not_enrolled``, ``sync_running``.
        AccessError: ``device_key_missing``.
    """
    with _one_at_a_time():
        basis = _basis(desk)
        seed, token = desk.device_keys.get(SEED), desk.device_keys.get(TOKEN)
        if seed is None or token is None:
            raise AccessError("device_key_missing")
        with closing(desk.portal_at(basis.enrolment.portal)) as portal:
            report = _Round(desk, portal, token.decode(), seed).run(basis)
    return report, (Change("sync"),)


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    if not _round.acquire(blocking=False):
        raise WaitError("sync_running")
    try:
        yield
    finally:
        _round.release()


def _basis(desk: Desk) -> SyncBasis:
    with desk.read() as unit:
        basis = unit.outbox.basis()
    if basis is None:
        raise WaitError("not_enrolled")
    return basis


class _Round:
    """One round: exchange, decide, write; page by page, then the files."""

    def __init__(self, desk: Desk, portal: Portal, token: str, seed: bytes) -> None:
        self._desk, self._portal, self._token, self._seed = desk, portal, token, seed
        self._fault: DeskError | None = None
        self._done: list[SyncPlan] = []
        self._files = 0

    def run(self, basis: SyncBasis) -> SyncReport:
        self._exchange(basis, push=False)
        basis = _basis(self._desk)
        if self._fault is None and outgoing(basis).batches:
            self._exchange(basis, push=True)
        if self._fault is None:
            basis = _basis(self._desk)
            self._write(basis, self._publish(basis))
        return self._report()

    def _exchange(self, basis: SyncBasis, *, push: bool) -> None:
        """Send what waits, then read the feed to its end; the feed is always read once before anything is sent.

        A portal restored from an old backup shows itself by its feed, and must not be written to unawares.
        """
        answers = self._write(basis, self._ask(basis, push=push))
        while self._fault is None and answers.page is not None and answers.page.more:
            basis = _basis(self._desk)
            answers = self._write(basis, self._ask(basis, push=False))

    def _ask(self, basis: SyncBasis, *, push: bool) -> Answers:
        answers, place = Answers(), basis.enrolment
        try:
            if not push:
                answers = replace(answers, hello=self._portal.hello(self._token))
                if answers.hello is not None and is_forked(basis.cursor, answers.hello):
                    return answers
            for batch in outgoing(basis).batches if push else ():
                message = wire.Push([wire.sign(self._seed, op) for op in batch])
                told = self._portal.push(self._token, place.journal, message).outcomes
                answers = replace(answers, outcomes=(*answers.outcomes, *told))
            page = self._portal.changes(self._token, place.journal, basis.cursor, wire.PAGE_OPS)
            return replace(answers, page=page)
        except DeskError as fault:
            return replace(answers, fault=fault)

    def _publish(self, basis: SyncBasis) -> Answers:
        """Upload the files that the portal misses, and ask which releases are public."""
        fault: DeskError | None = None
        try:
            statuses = self._statuses(basis)
            missing = {sha256 for status in statuses for sha256 in status.missing}
            files = {file.sha256: file for item in basis.unpublished for file in item.files}
            for sha256 in missing & files.keys():
                fault = self._upload(files[sha256]) or fault
            return Answers(statuses=self._statuses(basis) if self._files else statuses, fault=fault)
        except DeskError as error:
            return Answers(fault=error)

    def _upload(self, file: Attachment) -> DeskError | None:
        """Send one file; a fault of this file alone does not keep the others back."""
        try:
            if not self._desk.files.has(file.sha256):
                raise OutsideError("file_missing_here", name=file.name)
            with self._desk.files.open(file.sha256) as source:
                self._portal.put_file(self._token, file, source)
            self._files += 1
        except DeskError as error:
            if error.code == "portal_unreachable":
                raise
            return error
        return None

    def _statuses(self, basis: SyncBasis) -> tuple[wire.ReleaseStatus, ...]:
        records = [item.record for item in basis.unpublished]
        found: list[wire.ReleaseStatus] = []
        for at in range(0, len(records), STATUS_RECORDS):
            some = records[at : at + STATUS_RECORDS]
            found += self._portal.releases(self._token, basis.enrolment.journal, some).releases
        return tuple(found)

    def _write(self, basis: SyncBasis, answers: Answers) -> Answers:
        made, self._fault = plan(basis, answers)
        with self._desk.write() as unit:
            unit.outbox.apply(made, self._desk.now())
        self._done.append(made)
        return answers

    def _report(self) -> SyncReport:
        with self._desk.read() as unit:
            now = unit.outbox.state()
        return SyncReport(
            sent=sum(len(made.sent) for made in self._done),
            echoed=sum(len(made.echoed) for made in self._done),
            received=sum(len(made.log) for made in self._done),
            files=self._files,
            published=sum(len(made.published) for made in self._done),
            quarantined=sum(len(made.quarantined) for made in self._done),
            fault=self._fault,
            state=now,
        )
