"""One round of exchange with the portal.

What was saved becomes operations; outbox and cursor are read in short transactions, the portal is asked with none open,
``plan`` decides, and one transaction a page writes the decision and the rows that came with it.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import AccessError, DeskError, OutsideError
from spokesdesk.domain.journal import Attachment
from spokesdesk.services.erased_files import ask_portal, let_go
from spokesdesk.services.ports import Desk, Enrolment, Portal, SyncBasis, SyncPlan
from spokesdesk.services.privacy import SCRUB_DUE
from spokesdesk.services.sync.basis import basis_of, gather, gathered, one_at_a_time
from spokesdesk.services.sync.checking import converge
from spokesdesk.services.sync.door import read_door
from spokesdesk.services.sync.doubles import close_doubles
from spokesdesk.services.sync.filling import Filler
from spokesdesk.services.sync.forwarding import ask_for_carried, forward
from spokesdesk.services.sync.joining import settle_in
from spokesdesk.services.sync.keys import look_after
from spokesdesk.services.sync.mail import Inbox
from spokesdesk.services.sync.merged import save_merged
from spokesdesk.services.sync.online import SEED, online_place
from spokesdesk.services.sync.plan import Answers, is_forked, outgoing, plan
from spokesdesk.services.sync.report import SyncReport
from spokesdesk.services.sync.restored import come_back, let_go_of_known

STATUS_RECORDS = 100
# Faults after which the records of the portal are read anew.
_ANEW = frozenset({"portal_restored", "below_floor"})


def run_round(
    desk: Desk, told: Callable[[int], bool] | None = None, *, is_patient: bool = False
) -> tuple[SyncReport, Changes]:
    """Exchange with the portal once; a second call meanwhile is refused.

    Args:
        told: called with the records that came so far while a desk is filled; False stops the filling, which goes
            on in the next round.
        is_patient: wait for a round that is under way, instead of being refused.

    Returns:
        The report, with the fault that stopped the round, if one did; everything unsent stays queued.

    Raises:
        WaitError: ``not_enrolled``, ``carried_only``, ``sync_running``.
        AccessError: ``device_key_missing``.
    """
    with one_at_a_time(is_patient=is_patient):
        place, token = online_place(desk)
        seed = desk.device_keys.get(SEED)
        if seed is None:
            raise AccessError("device_key_missing")
        with closing(desk.portal_at(place.portal)) as portal:
            made = Round(desk, portal, token, seed, place, told)
            report = made.run()
    return report, (Change("sync"), *made.changes)


class Round:
    """One round: exchange, decide, write; page by page, then the files."""

    def __init__(
        self,
        desk: Desk,
        portal: Portal,
        token: str,
        seed: bytes,
        place: Enrolment,
        told: Callable[[int], bool] | None,
    ) -> None:
        self._desk, self._portal, self._token, self._seed = desk, portal, token, seed
        self._journal, self._device, self._told = place.journal, place.device, told
        self._fault: DeskError | None = None
        self._done: list[SyncPlan] = []
        self._files = self._filled = self._repaired = self._forwarded = 0
        self._has_merged = False
        self._hello: wire.Hello | None = None
        self._known: dict[int, wire.Op] = {}
        self.changes: Changes = ()

    def run(self) -> SyncReport:
        """Fill, read, send, read what came of it, then look after the public pages."""
        self._gather()
        if not self._read_up():
            return self._report()
        self._look_after_keys()  # the journal's desks are known from here on
        self._settle_in()
        self._let_go()
        self._open_door()
        while self._is_well() and self._send():
            self._read(hello=False)
            if not self._has_merged:
                break
            # A merged text was saved as a version of its own: colleagues wait for it.
            self._has_merged = False
            self._gather()
        if self._is_well() and self._forward():
            self._read(hello=False)
        if self._fault is None:
            basis = self._basis()
            self._write(basis, self._publish(basis))
        for step in (self._read_inbox, self._look_after_carried, self._ask_of_erased):
            if self._is_well():
                step()
        if self._is_well():
            self._check()
        return self._report()

    def _settle_in(self) -> None:
        if settle_in(self._desk):
            self._gather()
            self._say({"setting"})

    def _gather(self) -> None:
        gather(self._desk)

    def _read_up(self) -> bool:
        """Fill and read the feed; False when a filling was stopped, or something is the matter."""
        is_filled = self._fill_and_read()
        if self._fault is not None and self._fault.code in _ANEW and self._come_back(self._fault.code):
            is_filled = self._fill_and_read()
        return is_filled and self._is_well()

    def _forward(self) -> bool:
        """Send what colleagues' desks sent by hand; True when the portal answered some of it."""
        basis = self._basis()
        try:
            self._forwarded = forward(self._desk, self._portal, self._token, basis)
        except DeskError as fault:
            self._stop(fault)
        return bool(self._forwarded) and self._is_well()

    def _look_after_carried(self) -> None:
        try:
            ask_for_carried(self._desk, self._statuses_of)
        except DeskError as fault:
            self._stop(fault)

    def _let_go(self) -> None:
        """Destroy files of data that a colleague erased; that they are gone is said in the same round."""
        try:
            if let_go(self._desk):
                self._gather()
        except DeskError as fault:
            self._stop(fault)

    def _ask_of_erased(self) -> None:
        """Hear whether the portal has let go of files that were erased here, and tell colleagues."""
        try:
            is_told = ask_portal(self._desk, self._portal, self._token, self._journal)
        except DeskError as fault:
            self._stop(fault)
            return
        if is_told:
            self._send_at_once()

    def _send_at_once(self) -> None:
        """Send what this round made, and see it in the feed: colleagues' desks must know of it before they act."""
        self._gather()
        if self._send():
            self._read(hello=False)

    def _basis(self, after: int = 0) -> SyncBasis:
        found = basis_of(self._desk, after, self._known)
        # An operation never changes during a round; one that is given back stands at a new place.
        self._known = {item.n: item.op for item in found.waiting}
        return found

    def _fill_and_read(self) -> bool:
        is_filled = self._fill()
        if is_filled:
            self._read(hello=True)
        return is_filled

    def _look_after_keys(self) -> None:
        """See to the agency's keys before anything is sent; what waited for one is gathered as soon as it is here."""
        if self._fault is not None or self._hello is None:
            return
        try:
            look_after(self._desk, self._portal, self._token, self._seed, self._hello)
        except DeskError as fault:
            self._stop(fault)
        else:
            self._gather()

    def _come_back(self, code: str) -> bool:
        """Begin anew with a portal that was restored, or that has let go of what follows our place in its feed."""
        basis = self._basis()
        try:
            if code == "portal_restored":
                come_back(self._desk, self._portal, self._token, basis)
            else:
                with self._desk.write() as unit:
                    unit.replicas.begin_anew()
        except DeskError as fault:
            self._stop(fault)
            return False
        self._fault = None
        return True

    def _fill(self) -> bool:
        """Bring the records of the journal to a desk that has none of them yet; True when it has them all."""
        filler = Filler(self._desk, self._portal, self._token, self._journal, self._told)
        try:
            return filler.run()
        except DeskError as fault:
            self._stop(fault)
            return False
        finally:
            self._filled += filler.filled
            self._say(filler.entities)

    def _read_inbox(self) -> None:
        """Read what the province, or agencies, sent; a request written down is sent before anybody else does it."""
        if self._hello is None:
            return
        inbox = Inbox(self._desk, self._portal, self._token, self._journal)
        try:
            inbox.exchange(self._hello)
        except DeskError as fault:
            self._stop(fault)
        else:
            if "request" in inbox.entities:
                self._send_at_once()
        finally:
            self._say(inbox.entities)

    def _open_door(self) -> None:
        """Write down what journalists asked; that this desk has it, or closed a double, is said in the same round."""
        if self._hello is None:
            return
        changes = close_doubles(self._desk)
        try:
            changes += read_door(self._desk, self._portal, self._token, self._journal, self._hello)
        except DeskError as fault:
            self._stop(fault)
        if changes:
            self._gather()
        self._say({change.kind for change in changes})

    def _check(self) -> None:
        """Compare with the portal, when an hour has passed; what is to be sent again waits for the next round."""
        basis = self._basis()
        if let_go_of_known(self._desk, basis):
            basis = self._basis()
        try:
            self._repaired, nouns = converge(self._desk, self._portal, self._token, basis)
        except DeskError as fault:
            self._stop(fault)
        else:
            self._say(nouns)

    def _read(self, *, hello: bool) -> None:
        """Read the feed to its end; it is always read before anything is sent.

        A portal restored from an old backup shows itself by its feed, and must not be written to unawares.
        """
        basis = self._basis()
        answers = self._write(basis, self._ask(basis, hello=hello))
        while self._fault is None and answers.page is not None and answers.page.more:
            basis = self._basis()
            answers = self._write(basis, self._ask(basis, hello=False))

    def _ask(self, basis: SyncBasis, *, hello: bool) -> Answers:
        answers, place = Answers(), basis.enrolment
        try:
            if hello:
                self._hello = self._portal.hello(self._token)
                answers = replace(answers, hello=self._hello)
                if answers.hello is not None and is_forked(basis.cursor, answers.hello):
                    return answers
                if answers.hello is not None and answers.hello.chain == basis.cursor.chain:
                    return answers  # nothing new: the idle round ends here
            page = self._portal.changes(self._token, place.journal, basis.cursor, wire.PAGE_OPS)
            return replace(answers, page=page)
        except DeskError as fault:
            return replace(answers, fault=fault)

    def _send(self) -> bool:
        """Send what waits, in the order in which it was made; True when there was something."""
        after, has_sent = 0, False
        while self._is_well():
            basis = self._basis(after)
            batches = outgoing(basis).batches
            if not batches:
                break
            has_sent = True
            for batch in batches:
                if self._is_well():
                    self._write(basis, self._push(basis, batch))
            after = max(item.n for item in basis.waiting)
        return has_sent and self._is_well()

    def _is_well(self) -> bool:
        return self._fault is None

    def _push(self, basis: SyncBasis, batch: tuple[wire.Op, ...]) -> Answers:
        signatures = {item.op.op_id: item.sig for item in basis.waiting if item.sig}
        signed = [
            wire.SignedOp(op, signatures[op.op_id]) if op.op_id in signatures else wire.sign(self._seed, op)
            for op in batch
        ]
        try:
            told = self._portal.push(self._token, basis.enrolment.journal, wire.Push(signed))
        except DeskError as fault:
            return Answers(fault=fault)
        return Answers(outcomes=tuple(told.outcomes))

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
        return self._statuses_of([item.record for item in basis.unpublished])

    def _statuses_of(self, records: Sequence[UUID]) -> tuple[wire.ReleaseStatus, ...]:
        found: list[wire.ReleaseStatus] = []
        for at in range(0, len(records), STATUS_RECORDS):
            some = records[at : at + STATUS_RECORDS]
            found += self._portal.releases(self._token, self._journal, some).releases
        return tuple(found)

    def _stop(self, fault: DeskError) -> None:
        self._write(self._basis(), Answers(fault=fault))

    def _write(self, basis: SyncBasis, answers: Answers) -> Answers:
        made, self._fault = plan(basis, answers)
        own = self._device
        with self._desk.write() as unit:
            if made.effects or made.passed:
                # What was saved since is on top of what comes: it must be known before rows are written anew.
                gathered(self._desk, unit)
            unit.outbox.apply(made, self._desk.now())
            if any(one.op.entity == wire.DELETION and one.op.device != own for one in made.effects):
                unit.settings.put(SCRUB_DUE, True)
            unit.carried.seen(made.log, made.cursor.epoch, self._desk.now())
            if made.effects:
                merged = unit.replicas.land(made.effects, own, self._desk.now())
                self._has_merged = save_merged(self._desk, unit, merged) or self._has_merged
            if made.passed:
                stood = unit.replicas.stand(made.passed)
                self._has_merged = save_merged(self._desk, unit, stood) or self._has_merged
        self._say({effect.op.entity for effect in made.effects if effect.op.device != own})
        self._done.append(made)
        return answers

    def _say(self, entities: set[str]) -> None:
        """Remember which nouns changed, for the screens to hear of."""
        kinds = {change.kind for change in self.changes} | {entity.partition("-")[0] for entity in entities}
        self.changes = tuple(Change(kind) for kind in sorted(kinds))

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
            filled=self._filled,
            repaired=self._repaired,
            forwarded=self._forwarded,
            door_at=self._hello.door_at if self._hello else 0,
            members=self._hello.members if self._hello else "",
        )
