"""Carried sync (đồng bộ mang tay): changes and files on a stick or in a shared folder, by another desk (sync.md §7).

Every desk writes the same kind of stick: what it has not seen in the feed yet, what it carries for others, the feed
for those for whom it carries, receipts, files. Nothing leaves an outbox because it lies on a stick.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import AccessError, DeskError, WaitError
from spokesdesk.services.ports import Desk, Enrolment, SyncBasis, Unit
from spokesdesk.services.ports.carrying import CarryFile, CarryKey, CarrySeal, CarryTold
from spokesdesk.services.sync.carrylog import Reader, feed_frames, readers_of, snapshot_frames
from spokesdesk.services.sync.keys import private_box
from spokesdesk.services.sync.online import SEED, online_place
from spokesdesk.services.sync.plan import outgoing
from spokesdesk.services.sync.restored import epochs_before

POINTS = 64


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """What lies on the stick now.

    Attributes:
        own: operations of this desk.
        others: operations that this desk carries for others.
        entries: entries of the feed.
        files: files; ``left_out``: those that found no room or cannot be read.
        size: bytes.
        readers: names of the desks that can open it.
        behind: names of desks that need all records anew, which only the portal could have given; ``fault`` says why
            not.
    """

    own: int
    others: int
    entries: int
    files: int
    left_out: int
    size: int
    readers: tuple[str, ...]
    behind: tuple[str, ...]
    fault: DeskError | None


def carry_out(desk: Desk, folder: Path, told: CarryTold | None = None) -> tuple[CarriedOut, Changes]:
    """Write what is to be carried into a folder of a stick, or one that several desks see.

    Args:
        told: called with the bytes of files that are over, of how many; False stops, and the next time goes on from
            there.

    Raises:
        WaitError: ``not_enrolled``; ``transfer_stopped``; ``carry_no_reader``: no other desk of the agency is known
            yet.
        AccessError: ``device_key_missing``.
        OutsideError: ``carry_folder``, ``disk_full``, ``read_only``: what lay on the stick before is whole.
    """
    seed = seed_of(desk)
    with desk.write() as unit:
        place = _place(unit)
        unit.replicas.gather(desk.now(), str(desk.actor.id) if desk.actor else "", desk.new_id)
        others = tuple(key for key in unit.carried.desk_keys() if key.device != place.device)
    if not others:
        raise WaitError("carry_no_reader")
    writer = _Writer(desk, place, seed, others)
    written = desk.stick_at(folder).write(writer.seal(), writer.frames(), writer.files(), told)
    names = {key.device: key.name for key in others}
    made = CarriedOut(
        own=writer.own,
        others=writer.others,
        entries=writer.entries,
        files=len(writer.offers) - len(written.left_out),
        left_out=len(written.left_out),
        size=written.size,
        readers=tuple(key.name for key in others),
        behind=tuple(names.get(one, "") for one in writer.behind),
        fault=writer.fault,
    )
    return made, (Change("sync"),)


def seed_of(desk: Desk) -> bytes:
    """Give this desk's signing seed; raises AccessError("device_key_missing")."""
    seed = desk.device_keys.get(SEED)
    if seed is None:
        raise AccessError("device_key_missing")
    return seed


def _place(unit: Unit) -> Enrolment:
    place = unit.outbox.enrolment()
    if place is None:
        raise WaitError("not_enrolled")
    return place


class _Writer:
    """Puts one stick together: what it holds is looked up first, then written frame by frame."""

    def __init__(self, desk: Desk, place: Enrolment, seed: bytes, others: tuple[CarryKey, ...]) -> None:
        self._desk, self._place_of, self._seed, self._others = desk, place, seed, others
        self.own = self.others = self.entries = 0
        self.fault: DeskError | None = None
        self.behind: tuple[UUID, ...] = ()
        self._snapshot: list[bytes] = []
        self._readers = self._look()
        self.offers, self._wants = self._files()

    def _look(self) -> tuple[Reader, ...]:
        """Find how far those have read for whom this desk carries; who needs all records gets them from the portal."""
        readers = readers_of(self._desk)
        self.behind = tuple(one.device for one in readers if one.needs_records)
        if self.behind:
            try:
                self._snapshot = list(self._asked_for_records())
                self.behind = ()
            except DeskError as fault:
                self.fault = fault
        return readers

    def _asked_for_records(self) -> Iterator[bytes]:
        place, token = online_place(self._desk)
        from spokesdesk.services.sync.exchange import run_round

        with closing(self._desk.portal_at(place.portal)) as portal:
            yield from snapshot_frames(self._desk, portal, token, place.journal)
        # The feed goes on from where the records are: it is read up to there and beyond.
        report, _changes = run_round(self._desk, is_patient=True)
        if report.fault is not None:
            raise report.fault

    def seal(self) -> CarrySeal:
        """Say who writes, for whom."""
        place = self._place_of
        private = private_box(self._desk, self._seed)
        return CarrySeal(place.journal, place.device, self._desk.now(), self._seed, private, self._others)

    def files(self) -> tuple[CarryFile, ...]:
        """Give the files for the stick."""
        files = self._desk.files

        def opened(sha256: str) -> CarryFile | None:
            try:
                with files.open(sha256) as source:
                    size = source.seek(0, 2)
            except DeskError:
                return None
            return CarryFile(sha256, size, lambda: files.open(sha256))

        return tuple(found for sha256 in self.offers if (found := opened(sha256)) is not None)

    def _files(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give the files to take along, which the portal or the readers may miss, and those to ask for."""
        with self._desk.read() as unit:
            basis = _basis(unit)
            named = unit.files_named(shared=True)
            there = unit.portal_files.known(basis.cursor.epoch)
            asked = set().union(*(one.wants for one in self._readers)) if self._readers else set()
            brought = set().union(*(one.offers for one in self._readers)) if self._readers else set()
            for one in self._readers:
                asked |= unit.carried.files_named(one.after)
        here = {sha256 for sha256 in named if self._desk.files.has(sha256)}
        wanted = (here - there) | ((asked & here) - brought)
        return tuple(sorted(wanted)), tuple(sorted(set(named) - here))

    def frames(self) -> Iterator[bytes]:
        """Give the frames of the stick."""
        with self._desk.read() as unit:
            basis, before = _basis(unit), epochs_before(unit)
            filling, members = unit.replicas.filling() is not None, unit.agency_keys.members()
        cursor = basis.cursor
        yield wire.encode(
            wire.CarriedStart(
                journal=self._place_of.journal,
                device=self._place_of.device,
                at=self._desk.now().isoformat(),
                epoch=cursor.epoch,
                seq=cursor.seq,
                chain=cursor.chain,
                before=sorted(before),
                filling=filling,
                wants=list(self._wants),
                offers=list(self.offers),
                members=list(members),
            )
        )
        yield from self._operations()
        for frame, entries in feed_frames(self._desk, self._readers, cursor):
            self.entries += entries
            yield frame
        yield from self._snapshot
        yield self._receipts(cursor.epoch)

    def _operations(self) -> Iterator[bytes]:
        after = 0
        while True:
            with self._desk.read() as unit:
                basis = _basis(unit, after)
            signatures = {item.op.op_id: item.sig for item in basis.waiting if item.sig}
            tries = {item.op.op_id: item.tries for item in basis.waiting}
            for batch in outgoing(basis).batches:
                ops = [
                    wire.CarriedOp(
                        op, signatures.get(op.op_id) or wire.sign(self._seed, op).sig, tries[op.op_id]
                    )
                    for op in batch
                ]
                self.own += len(ops)
                yield wire.encode(wire.CarriedOps(ops))
            last = max((item.n for item in basis.waiting), default=0)
            if last <= after:
                break
            after = last
        with self._desk.read() as unit:
            carried = unit.carried.unseen()
        self.others = len(carried)
        for at in range(0, len(carried), wire.PUSH_OPS):
            yield wire.encode(wire.CarriedOps(list(carried[at : at + wire.PUSH_OPS])))

    def _receipts(self, epoch: str) -> bytes:
        with self._desk.read() as unit:
            receipts, statuses = unit.carried.receipts(epoch), unit.carried.statuses()
            there = unit.portal_files.known(epoch)
        brought = {sha256 for one in self._readers for sha256 in one.offers}
        return wire.encode(wire.CarriedReceipts(list(receipts), list(statuses), sorted(brought & there)))


def _basis(unit: Unit, after: int = 0) -> SyncBasis:
    found = unit.outbox.basis(after)
    if found is None:
        raise WaitError("not_enrolled")
    return found
