"""What waits on a desk as a file for a colleague (hàng chờ), when its own way to the portal is closed (sync.md F32).

The file opens with the agency's key alone. A colleague's desk takes the changes in and sends them as its own; each
keeps who wrote it and its link in the chain of the desk where it was written.
"""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import OutsideError, UserError, WaitError
from spokesdesk.domain.people import Role
from spokesdesk.services.ports import Desk
from spokesdesk.services.writing import write_whole

ENDING = "hangcho"
MOST_BYTES = 512 * 1024 * 1024
_HEAD = b"SpokesDesk outbox 1\n"


@dataclass(frozen=True, slots=True)
class OutboxFile:
    """What was written, or taken in.

    Attributes:
        changes: operations in the file.
        taken: of these, what was new here; the rest was here already.
        apart: what stays on the desk it was made on: releases and lists on their way to the public pages.
    """

    changes: int
    taken: int = 0
    apart: int = 0


def export_outbox(desk: Desk, target: Path) -> OutboxFile:
    """Write what waits here into a file; nothing leaves the outbox by it.

    Raises:
        WaitError: ``not_enrolled``; ``outbox_key_missing``: this desk has no key of the agency.
        UserError: ``outbox_empty``.
        OutsideError: ``file_unwritable``, ``disk_full``.
    """
    with desk.write() as unit:
        place = unit.outbox.enrolment()
        if place is None:
            raise WaitError("not_enrolled")
        key = unit.agency_keys.ring.current
        if key is None:
            raise WaitError("outbox_key_missing")
        unit.replicas.gather(desk.now(), str(desk.actor.id) if desk.actor else "", desk.new_id)
        waiting, apart = unit.replicas.unsent()
    if not waiting:
        raise UserError("outbox_empty", field="target")
    packed = zlib.compress(wire.encode(list(waiting)), 6)
    write_whole(target, _HEAD + wire.seal_bytes(key, packed, _purpose(place.journal)))
    return OutboxFile(len(waiting), apart=apart)


def import_outbox(desk: Desk, source: Path) -> tuple[OutboxFile, Changes]:
    """Take a colleague's file in: what is new is here at once, and goes to the portal in the next round.

    Raises:
        AccessError: the member is no administrator.
        WaitError: ``not_enrolled``.
        UserError: ``outbox_file_strange``: no such file, of another agency or journal, altered, or sealed with a key
            that this desk has not.
    """
    desk.member.require(Role.ADMIN)
    data = _read(source)
    with desk.write() as unit:
        place = unit.outbox.enrolment()
        if place is None:
            raise WaitError("not_enrolled")
        ops = _opened(unit.agency_keys.ring, data, place.journal)
        unit.replicas.gather(desk.now(), str(desk.member.id), desk.new_id)
        taken = unit.replicas.adopt(ops, place.device, desk.now())
    kinds = sorted({op.entity.partition("-")[0] for op in ops})
    return OutboxFile(len(ops), taken), (Change("sync"), *(Change(kind) for kind in kinds))


def _read(source: Path) -> bytes:
    try:
        if source.stat().st_size > MOST_BYTES:
            raise UserError("outbox_file_strange", field="source")
        data = source.read_bytes()
    except OSError as error:
        raise OutsideError("file_unreadable", field="source", path=source) from error
    if not data.startswith(_HEAD):
        raise UserError("outbox_file_strange", field="source")
    return data.removeprefix(_HEAD)


def _opened(ring: wire.Ring, data: bytes, journal: UUID) -> Sequence[wire.Op]:
    try:
        packed = wire.unseal_bytes(ring, data, _purpose(journal))
        ops = wire.decode(zlib.decompress(packed), list[wire.Op])
    except (wire.KeyMissingError, zlib.error, UserError) as error:
        raise UserError("outbox_file_strange", field="source") from error
    if any(op.journal != journal for op in ops):
        raise UserError("outbox_file_strange", field="source")
    return ops


def _purpose(journal: UUID) -> str:
    return f"spokesdesk outbox {journal}"
