"""Which operations may come to a journal: checked before its row is locked, one by one, each with its reason."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from spokesdesk import wire
from spokesdesk.domain.errors import UserError, WaitError
from spokesdesk.server import door_replies, lists, mailing, releasing
from spokesdesk.server.merging import check_shape
from spokesdesk.server.tables import change, device

# Lists within lists within lists: no record has more, and each level costs a call when values are compared.
DEEPEST = 50
_OWNER: sa.BindParameter[UUID] = sa.bindparam("owner")
_DEVICES = sa.select(device.c.id, device.c.public_key, device.c.revoked_at, device.c.revoked_dseq).where(
    device.c.journal == _OWNER
)
# Both parts name the journal, or SQLite reads all of it instead of two indexes.
_KNOWN = sa.select(change.c.op_id, change.c.sig, change.c.seq, change.c.device, change.c.dseq).where(
    ((change.c.journal == _OWNER) & change.c.op_id.in_(sa.bindparam("ids", expanding=True)))
    | (
        (change.c.journal == _OWNER)
        & (change.c.device == sa.bindparam("device"))
        & change.c.dseq.in_(sa.bindparam("numbers", expanding=True))
    )
)


@dataclass(frozen=True, slots=True)
class Signer:
    """A device of the journal: its key, and up to which of its operations it could sign if it was revoked."""

    public_key: str
    last_dseq: int | None = None


def check_client(message: wire.Push) -> None:
    """Refuse a client whose schema or protocol is no longer taken.

    Raises:
        WaitError: ``client_too_old``: its outbox waits, and can be exported.
    """
    if message.sv < wire.SV_OLDEST or message.protocol < wire.MIN_CLIENT:
        raise WaitError("client_too_old")


def check_size(message: wire.Push, size: int) -> None:
    """Refuse a push that would keep the journal's row locked for too long.

    Args:
        size: bytes of its body, unpacked.

    Raises:
        UserError: ``body_too_big``: more than a megabyte of operations; one larger operation comes alone.
    """
    if size > wire.PUSH_BODY_BYTES and len(message.ops) > 1:
        raise UserError("body_too_big", limit_mb=wire.PUSH_BYTES // 1024**2)


def signers(connection: Connection, owner: UUID) -> dict[UUID, Signer]:
    """Give the devices of a journal, revoked ones too: a colleague may bring back what they once sent."""
    rows = connection.execute(_DEVICES, {"owner": owner})
    return {
        row.id: Signer(row.public_key, None if row.revoked_at is None else row.revoked_dseq or 0)
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class Checked:
    """An operation, its canonical form, and the reason why it cannot be taken, "" when it can."""

    signed: wire.SignedOp
    reason: str
    data: bytes = b""


def checked(signed: wire.SignedOp, owner: UUID, known: dict[UUID, Signer]) -> Checked:
    """Check an operation: journal, device, size, signature, shape."""
    op = signed.op
    if op.journal != owner:
        return Checked(signed, "journal_foreign")
    signer = known.get(op.device)
    if signer is None:
        return Checked(signed, "device_unknown")
    if signer.last_dseq is not None and op.dseq > signer.last_dseq:
        return Checked(signed, "device_revoked")
    try:
        data = wire.canonical(op)
    except UserError:
        return Checked(signed, "op_malformed")
    if len(data) > wire.OP_BYTES:
        return Checked(signed, "op_too_big")
    if not wire.is_signature(signer.public_key, signed.sig, data):
        return Checked(signed, "signature_wrong")
    meant = _as_signed(op, data)
    if meant is None:
        return Checked(signed, "op_malformed")
    return Checked(wire.SignedOp(meant, signed.sig), _field_refusal(meant), data)


def _as_signed(op: wire.Op, data: bytes) -> wire.Op | None:
    """Give the operation as its signed form says it; None when it is too deep, or cannot be read back.

    The form knows no difference between 1 and 1.0: read from it, the record holds what the feed will say.
    """
    level: list[object] = [value for item in op.patch.values() for value in (item.base, item.new)]
    has_fraction = False
    for _depth in range(DEEPEST):
        inner: list[object] = []
        for value in level:
            if isinstance(value, dict):
                inner += value.values()
            elif isinstance(value, list):
                inner += value
            elif isinstance(value, float):
                has_fraction = True
        if not inner:
            return _read_back(data) if has_fraction else op
        level = inner
    return None


def _read_back(data: bytes) -> wire.Op | None:
    try:
        op = wire.decode(data, wire.Op)
        return op if wire.canonical(op) == data else None
    except UserError:
        return None


def _field_refusal(op: wire.Op) -> str:
    if not wire.SV_OLDEST <= op.sv <= wire.SV:
        return "op_schema_unknown"
    if wire.shows_sealed(op):
        return "field_unsealed"
    if op.entity == wire.RELEASED:
        return releasing.check(op) if op.kind in wire.RELEASE_KINDS else "kind_unknown"
    if op.entity == wire.PUBLIC_LIST:
        return lists.check(op)
    if op.entity == wire.NOTE and op.kind == "append":
        return mailing.check(op)
    if op.entity == wire.DOOR_REPLY:
        return door_replies.check(op)
    return check_shape(op) if op.kind in wire.RECORD_KINDS else "kind_unknown"


@dataclass(frozen=True, slots=True)
class Known:
    """What of a push the log has already: operations by id, and numbers of devices that are used up."""

    ops: dict[UUID, tuple[str, int]]
    numbers: dict[tuple[UUID, int], UUID]

    def noted(self, signed: wire.SignedOp, seq: int) -> None:
        """Note an operation that was taken just now."""
        op = signed.op
        self.ops[op.op_id] = (signed.sig, seq)
        self.numbers[op.device, op.dseq] = op.op_id

    def repeat(self, signed: wire.SignedOp) -> int:
        """Give the place of the very same operation in the feed; 0 when it is not there."""
        sig, seq = self.ops.get(signed.op.op_id, ("", 0))
        return seq if sig == signed.sig else 0

    def refusal(self, op: wire.Op) -> str:
        """Give why an operation cannot be new: its id, or its number on its device, stands for another one.

        A number used twice comes from a device whose disk was copied, or set back to an older copy (sync.md F16).
        """
        if op.op_id in self.ops:
            return "op_id_reused"
        return "dseq_reused" if (op.device, op.dseq) in self.numbers else ""


def known(connection: Connection, owner: UUID, ops: list[wire.Op]) -> Known:
    """Read what the log has of these operations."""
    by_device: dict[UUID, list[wire.Op]] = {}
    for op in ops:
        by_device.setdefault(op.device, []).append(op)
    made = Known({}, {})
    for device_id, some in by_device.items():
        ids, numbers = [op.op_id for op in some], [op.dseq for op in some]
        asked = {"owner": owner, "device": device_id, "ids": ids, "numbers": numbers}
        for row in connection.execute(_KNOWN, asked):
            made.ops[row.op_id] = (row.sig, row.seq)
            made.numbers[row.device, row.dseq] = row.op_id
    return made
