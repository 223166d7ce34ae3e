"""The journals' logs: taking operations in one order, giving them back as a feed (sync.md §1.5)."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError, UserError, WaitError
from spokesdesk.server import publish
from spokesdesk.server.accounts import Caller
from spokesdesk.server.database import in_transaction, reading
from spokesdesk.server.tables import change, conflict, device, journal, record

KINDS = {("paper", "release"), ("paper", "withdraw")}


@dataclass(slots=True)
class Head:
    """Where a journal's log ends, while operations are added under its lock."""

    seq: int
    chain: bytes
    entries: list[dict[str, object]] = field(default_factory=list)


def hello(engine: Engine, who: Caller) -> wire.Hello:
    """Say where the caller's journal stands and which clients the portal takes."""
    with reading(engine) as connection:
        row = connection.execute(sa.select(journal).where(journal.c.id == who.journal)).one()
    return wire.Hello(row.epoch, row.seq, row.chain.hex(), row.floor, wire.MIN_CLIENT, wire.SV)


def push(engine: Engine, who: Caller, message: wire.Push, now: datetime) -> wire.PushReply:
    """Take operations into the journal: each once, in one order, all in one transaction.

    Signatures, sizes and fields are checked before the journal's row is locked.

    Raises:
        WaitError: ``client_too_old``: the client's schema is no longer taken.
    """
    if message.sv < wire.SV_OLDEST or message.protocol < wire.MIN_CLIENT:
        raise WaitError("client_too_old")
    keys = _keys(engine, who.journal)
    reasons = [_refusal(signed, who.journal, keys) for signed in message.ops]

    def work(connection: Connection) -> wire.PushReply:
        return _push(connection, who.journal, list(zip(message.ops, reasons, strict=True)), now)

    return in_transaction(engine, work)


def _keys(engine: Engine, owner: UUID) -> dict[UUID, tuple[str, bool]]:
    with reading(engine) as connection:
        rows = connection.execute(sa.select(device).where(device.c.journal == owner)).all()
    return {row.id: (row.public_key, row.revoked_at is not None) for row in rows}


def _refusal(signed: wire.SignedOp, owner: UUID, keys: dict[UUID, tuple[str, bool]]) -> str:
    """Give the reason why an operation cannot be taken, "" when it can."""
    op = signed.op
    if op.journal != owner:
        return "journal_foreign"
    key, is_revoked = keys.get(op.device, ("", False))
    if not key:
        return "device_unknown"
    if is_revoked:
        return "device_revoked"
    try:
        if len(wire.canonical(op)) > wire.OP_BYTES:
            return "op_too_big"
        if not wire.is_signed(key, signed):
            return "signature_wrong"
    except UserError:
        return "op_malformed"
    return _field_refusal(op)


def _field_refusal(op: wire.Op) -> str:
    if not wire.SV_OLDEST <= op.sv <= wire.SV:
        return "op_schema_unknown"
    if (op.entity, op.kind) not in KINDS:
        return "kind_unknown"
    if op.kind == "withdraw":
        return "" if set(op.patch) == {"withdrawn_at"} else "fields_wrong"
    try:
        publish.check(wire.fields_of(op.patch))
    except UserError:
        return "fields_wrong"
    return ""


def _push(
    connection: Connection, owner: UUID, ops: Sequence[tuple[wire.SignedOp, str]], now: datetime
) -> wire.PushReply:
    row = connection.execute(sa.select(journal).where(journal.c.id == owner).with_for_update()).one()
    head = Head(row.seq, row.chain)
    known = _known(connection, owner, [signed.op.op_id for signed, _ in ops])
    outcomes = []
    for signed, reason in ops:
        found = known.get(signed.op.op_id)
        if found and found[0] == signed.sig and reason in {"", "device_revoked"}:
            outcome = wire.Outcome(signed.op.op_id, "duplicate", "", found[1])
        elif reason or found:
            outcome = wire.Outcome(signed.op.op_id, "quarantined", reason or "op_id_reused")
        else:
            outcome = _take(connection, head, signed, now)
        if outcome.seq:
            known[signed.op.op_id] = (signed.sig, outcome.seq)
        outcomes.append(outcome)
    if head.entries:
        connection.execute(sa.insert(change), head.entries)
        publish.publish_complete(connection, owner, now)
    connection.execute(sa.update(journal).where(journal.c.id == owner).values(seq=head.seq, chain=head.chain))
    return wire.PushReply(outcomes)


def _known(connection: Connection, owner: UUID, ids: list[UUID]) -> dict[UUID, tuple[str, int]]:
    found = sa.select(change.c.op_id, change.c.sig, change.c.seq).where(
        change.c.journal == owner, change.c.op_id.in_(ids)
    )
    return {row.op_id: (row.sig, row.seq) for row in connection.execute(found)}


def _take(connection: Connection, head: Head, signed: wire.SignedOp, now: datetime) -> wire.Outcome:
    op = signed.op
    here = (record.c.journal == op.journal) & (record.c.id == op.rec)
    held = connection.execute(sa.select(record).where(here)).first()
    if op.kind == "withdraw":
        if held is None or held.entity != op.entity:
            return wire.Outcome(op.op_id, "quarantined", "record_unknown")
        ver = _withdraw(connection, held, op, now)
    elif held is None:
        ver = _insert(connection, op, now)
    else:
        values = held.fields | held.extra
        clashes = [name for name, item in op.patch.items() if values.get(name) != item.new]
        _keep_conflicts(connection, held, op, clashes)
        return _log(head, signed, "conflict" if clashes else "applied", held.ver, now)
    return _log(head, signed, "applied", ver, now)


def _insert(connection: Connection, op: wire.Op, now: datetime) -> int:
    values: dict[str, Any] = {name: item.new for name, item in op.patch.items()}
    known = set(wire.ReleaseFields.__struct_fields__)
    connection.execute(
        sa.insert(record).values(
            journal=op.journal,
            id=op.rec,
            entity=op.entity,
            ver=1,
            fields={name: value for name, value in values.items() if name in known},
            fver=dict.fromkeys(values, 1),
            extra={name: value for name, value in values.items() if name not in known},
            deleted=False,
        )
    )
    publish.project(connection, op.journal, op.rec, wire.fields_of(op.patch), now)
    return 1


def _withdraw(connection: Connection, held: Row[Any], op: wire.Op, now: datetime) -> int:
    ver: int = held.ver + 1
    connection.execute(
        sa.update(record)
        .where(record.c.journal == op.journal, record.c.id == op.rec)
        .values(
            ver=ver,
            fields={**held.fields, "withdrawn_at": now.isoformat()},
            fver={**held.fver, "withdrawn_at": ver},
        )
    )
    publish.withdraw(connection, op.journal, op.rec, now)
    return ver


def _keep_conflicts(connection: Connection, held: Row[Any], op: wire.Op, clashes: list[str]) -> None:
    # A released text never changes under its readers: the other version is kept whole beside it.
    for name in clashes:
        connection.execute(
            sa.insert(conflict).values(
                journal=op.journal,
                id=uuid4(),
                rec=op.rec,
                field=name,
                base=op.patch[name].base,
                current=(held.fields | held.extra).get(name),
                mine=op.patch[name].new,
                device=op.device,
                state="open",
            )
        )


def _log(head: Head, signed: wire.SignedOp, outcome: str, ver: int, now: datetime) -> wire.Outcome:
    op, salt = signed.op, secrets.token_bytes(32)
    effect = wire.canonical(wire.Effect(op, signed.sig, outcome, ver, now.isoformat())).decode()
    committed = wire.commitment(salt, effect)
    head.seq += 1
    head.chain = wire.chained(head.chain, op.op_id, committed)
    head.entries.append(
        dict(
            journal=op.journal,
            seq=head.seq,
            op_id=op.op_id,
            sig=signed.sig,
            device=op.device,
            dseq=op.dseq,
            actor=op.actor,
            rec=op.rec,
            outcome=outcome,
            effect=effect,
            salt=salt,
            commitment=committed,
            chain=head.chain,
            at=now,
        )
    )
    return wire.Outcome(op.op_id, "conflict" if outcome == "conflict" else "applied", "", head.seq)


def pull(engine: Engine, who: Caller, *, epoch: str, after: int, chain: str, limit: int) -> wire.Changes:
    """Give what follows a cursor in the caller's journal.

    Raises:
        WaitError: ``portal_restored``: the cursor is not on this journal's chain, as after a restored backup.
    """
    with reading(engine) as connection:
        row = connection.execute(sa.select(journal).where(journal.c.id == who.journal)).one()
        if epoch != row.epoch or _chain_at(connection, row, after) != chain:
            raise WaitError("portal_restored", epoch=row.epoch, seq=row.seq)
        rows = connection.execute(
            sa.select(change)
            .where(change.c.journal == who.journal, change.c.seq > after, change.c.seq <= row.seq)
            .order_by(change.c.seq)
            .limit(max(1, min(limit, wire.PAGE_OPS)))
        ).all()
    page = _page(rows)
    last = page[-1].seq if page else after
    return wire.Changes(row.epoch, row.seq, row.chain.hex(), page, last < row.seq)


def _chain_at(connection: Connection, head: Row[Any], seq: int) -> str:
    if seq == 0:
        return wire.GENESIS.hex()
    here = (change.c.journal == head.id) & (change.c.seq == seq)
    found = connection.execute(sa.select(change.c.chain).where(here)).scalar()
    return found.hex() if found else ""


def _page(rows: Sequence[Row[Any]]) -> list[wire.Change]:
    page: list[wire.Change] = []
    size = 0
    for row in rows:
        size += len(row.effect or "") + 500
        if page and size > wire.PAGE_BYTES:
            break
        salt = row.salt.hex() if row.salt else None
        page.append(wire.Change(row.seq, row.op_id, row.commitment.hex(), row.chain.hex(), salt, row.effect))
    return page


def journal_of(who: Caller, wanted: str) -> UUID:
    """Give the journal named in an address when it is the caller's own.

    Raises:
        AccessError: ``journal_foreign``: another one, whether it exists or not.
    """
    if wanted not in {str(who.journal), who.journal.hex}:
        raise AccessError("journal_foreign")
    return who.journal
