"""Taking in what other desks left on a stick, each by itself: one that is damaged keeps no other back."""

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import AccessError, DeskError, OutsideError, WaitError
from spokesdesk.services.ports import Desk, Enrolment
from spokesdesk.services.ports.carrying import CarriedDesk, CarryKey, CarryTold, OpenStick
from spokesdesk.services.sync.carriedportal import Carried, read
from spokesdesk.services.sync.carrying import seed_of
from spokesdesk.services.sync.keys import private_box
from spokesdesk.services.sync.stickround import read_stick


@dataclass(frozen=True, slots=True)
class CarriedFrom:
    """What came from one desk.

    Attributes:
        name: of the desk, as its stick is known here; "" when it is not.
        at: when it was written, by its clock (UTC).
        taken: operations that this desk will forward, new ones.
        received: entries of the feed that were news.
        echoed: operations of this desk that the feed showed: these are at the portal for good.
        refused: operations of this desk that the portal refused.
        files: files that came; ``damaged``: files that could not be read.
        fault: why it, or the rest of it, was not taken.
    """

    device: UUID
    name: str
    at: datetime | None = None
    taken: int = 0
    received: int = 0
    echoed: int = 0
    refused: int = 0
    files: int = 0
    damaged: int = 0
    fault: DeskError | None = None


def carry_in(
    desk: Desk, folder: Path, told: CarryTold | None = None, only: UUID | None = None
) -> tuple[tuple[CarriedFrom, ...], Changes]:
    """Take in everything that lies in a folder for this desk. The same stick twice changes nothing.

    Args:
        told: called with bytes of files that are over, of how many; False stops between two files.
        only: the one desk that is listened to; None: all.

    Returns:
        What came, a desk each; the faults are in there.

    Raises:
        WaitError: ``not_enrolled``; ``carry_nothing``: nothing lies there; ``transfer_stopped``.
        AccessError: ``device_key_missing``.
        OutsideError: ``carry_folder``.
    """
    seed = seed_of(desk)
    private = private_box(desk, seed)
    with desk.read() as unit:
        place = unit.outbox.enrolment()
    if place is None:
        raise WaitError("not_enrolled")
    stick = desk.stick_at(folder)
    writers = [writer for writer in stick.writers() if writer != place.device and only in {None, writer}]
    if not writers:
        raise WaitError("carry_nothing")
    found: list[CarriedFrom] = []
    changes: dict[str, Change] = {"sync": Change("sync")}
    known = {key.device for key in _keys(desk)}
    for writer in sorted(writers, key=lambda one: one not in known):
        keys = _keys(desk)  # who is new to this desk may be named by one that it knows
        name = next((key.name for key in keys if key.device == writer), "")
        came = _Coming(desk, place, CarriedFrom(writer, name))
        try:
            came.take(stick.open(writer, place.journal, place.device, private, keys), told)
        except DeskError as fault:
            if fault.code == "transfer_stopped":
                raise
            came.report = replace(came.report, fault=_meant(desk, writer, fault))
        found.append(came.report)
        changes |= {change.kind: change for change in came.changes}
    return tuple(found), tuple(changes.values())


def _meant(desk: Desk, writer: UUID, fault: DeskError) -> DeskError:
    """A desk that wrote for this one before, and does so no more, most likely heard that its right was taken back."""
    if fault.code != "carry_not_for_us":
        return fault
    with desk.read() as unit:
        has_read = any(one.device == writer for one in unit.carried.desks())
    return AccessError("carry_no_longer") if has_read else fault


def _keys(desk: Desk) -> tuple[CarryKey, ...]:
    with desk.read() as unit:
        return unit.carried.desk_keys()


class _Coming:
    """What one desk left, taken in: files first, for what names them comes after."""

    def __init__(self, desk: Desk, place: Enrolment, report: CarriedFrom) -> None:
        self._desk, self._place = desk, place
        self.report = report
        self.changes: Changes = ()

    def take(self, stick: OpenStick, told: CarryTold | None) -> None:
        """Take all of it; raises DeskError where it cannot be read."""
        self.report = replace(self.report, at=stick.at)
        content = read(stick.frames())
        if content.start.journal != self._place.journal or content.start.device != self.report.device:
            raise AccessError("carry_foreign")
        self._take_operations(content)
        self._read(content)
        self._take_files(stick, told)

    def _take_operations(self, content: Carried) -> None:
        desk, start = self._desk, content.start
        ops = [one for one in content.ops if one.op.journal == self._place.journal]
        at = datetime.fromisoformat(start.at)
        with desk.write() as unit:
            basis = unit.outbox.basis()
            epoch = basis.cursor.epoch if basis else self._place.epoch
            taken = unit.carried.take(ops, start.device, epoch, desk.now())
            cursor = (start.epoch, start.seq, "" if start.filling else start.chain)
            unit.carried.note(CarriedDesk(start.device, cursor, tuple(start.wants), tuple(start.offers), at))
            unit.agency_keys.hear(start.members, desk.now())
            unit.carried.let_go(start.device, {one.op.op_id for one in ops})
        self.report = replace(self.report, taken=taken)

    def _read(self, content: Carried) -> None:
        told, self.changes = read_stick(self._desk, content)
        with self._desk.write() as unit:
            basis = unit.outbox.basis()
            if basis is not None and basis.cursor.epoch == content.start.epoch and content.files:
                unit.portal_files.note(content.files, content.start.epoch, self._desk.now())
        self.report = replace(
            self.report,
            received=told.received + told.filled,
            echoed=told.echoed,
            refused=told.quarantined,
            fault=told.fault,
        )

    def _take_files(self, stick: OpenStick, told: CarryTold | None) -> None:
        with self._desk.read() as unit:
            erased = unit.erased_files.erased().difference(unit.files_named())
        wanted = {
            sha256: size
            for sha256, size in stick.files().items()
            if sha256 not in erased and not self._desk.files.has(sha256)
        }
        whole, done = sum(wanted.values()), 0
        for sha256, size in sorted(wanted.items(), key=lambda item: item[1]):
            if told is not None and not told(done, whole):
                raise WaitError("transfer_stopped")
            try:
                with closing(stick.file(sha256)) as source:
                    self._desk.files.put_coming(sha256, source)
                self.report = replace(self.report, files=self.report.files + 1)
            except OutsideError as error:
                if error.code not in {"carry_damaged", "file_hash_wrong"}:
                    raise
                self.report = replace(self.report, damaged=self.report.damaged + 1, fault=error)
            done += size
        if self.report.files:
            self.changes = (*self.changes, Change("file"))
