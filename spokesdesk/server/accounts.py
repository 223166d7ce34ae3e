"""Who may write to the portal: agencies, their devices, one-time codes."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row
from sqlalchemy.exc import IntegrityError

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError, UserError, WaitError
from spokesdesk.domain.people import NAME_LIMIT
from spokesdesk.domain.text import clean_line
from spokesdesk.server import mailing, members, tokens
from spokesdesk.server.database import in_transaction, reading
from spokesdesk.server.tables import attempt, change, device, enrol_code, journal
from spokesdesk.server.tokens import Caller

CODE_VALID = timedelta(days=7)
QUOTA_BYTES = 20 * 1024**3
WRONG_BY_ADDRESS = 20
WRONG_BY_ALL = 500


@dataclass(frozen=True, slots=True)
class NewCode:
    """A one-time code to hand to an agency; it is stored only as a hash."""

    code: str
    agency: str
    journal: UUID
    expires_at: datetime


def make_code(
    engine: Engine, agency: str, now: datetime, valid: timedelta = CODE_VALID, *, province: bool = False
) -> NewCode:
    """Make a one-time code for an agency; the agency gets its journal with its first code.

    Args:
        province: the journal is from now on that of the province (cơ quan quản lý báo chí của tỉnh).

    Raises:
        UserError: the name is empty, too long or holds forbidden characters.
    """
    name = clean_line(agency, field="agency", limit=NAME_LIMIT, required=True)
    plain = plain_code(wire.CODE_CHARS)
    expires_at = now + valid

    def work(connection: Connection) -> UUID:
        found = connection.execute(sa.select(journal.c.id).where(journal.c.agency == name)).scalar()
        owner = found or _new_journal(connection, name, now)
        if province:
            mailing.grant(connection, owner, now)
        connection.execute(
            sa.insert(enrol_code).values(code_hash=hashed(plain), journal=owner, expires_at=expires_at)
        )
        return owner

    owner = in_transaction(engine, work)
    code = "-".join(plain[at : at + 4] for at in range(0, wire.CODE_CHARS, 4))
    return NewCode(code, name, owner, expires_at)


def _new_journal(connection: Connection, agency: str, now: datetime) -> UUID:
    new = uuid4()
    connection.execute(
        sa.insert(journal).values(
            id=new,
            agency=agency,
            epoch=secrets.token_hex(16),
            seq=0,
            chain=wire.GENESIS,
            floor=0,
            quota=QUOTA_BYTES,
            made_at=now,
        )
    )
    mailing.open_box(connection, new, agency, now)
    return new


def enrol(engine: Engine, ask: wire.EnrolAsk, address: str, now: datetime) -> wire.Enrolled:
    """Enrol a device with a one-time code.

    Args:
        engine: the portal's database.
        ask: code, the device's public key and its proof.
        address: where the request came from; only its hash is kept, for an hour.
        now: UTC.

    Raises:
        WaitError: ``too_many_attempts``.
        AccessError: ``enrol_code_unknown``, ``enrol_code_used``, ``enrol_code_expired`` or
            ``enrol_proof_wrong``.
    """
    check_attempts(engine, address, now)
    if not wire.is_signature(ask.public_key, ask.proof, wire.enrol_proof(ask.code)):
        raise AccessError("enrol_proof_wrong")
    if not _is_own(ask):
        raise AccessError("enrol_proof_wrong")
    name = device_name(ask.device_name)
    try:
        return in_transaction(engine, lambda connection: _enrol(connection, ask, name, now))
    except AccessError:
        count_wrong(engine, address, now)
        raise


def plain_code(length: int) -> str:
    """Give so many random characters that can be read over the telephone."""
    return "".join(secrets.choice(wire.CODE_ALPHABET) for _ in range(length))


def device_name(name: str) -> str:
    """Give what a device is called; "" when it cannot be called that."""
    try:
        return clean_line(name, field="device_name", limit=120)
    except UserError:
        return ""


def _enrol(connection: Connection, ask: wire.EnrolAsk, name: str, now: datetime) -> wire.Enrolled:
    owner = _use_code(connection, hashed(wire.read_code(ask.code)), now)
    row = connection.execute(sa.select(journal).where(journal.c.id == owner)).one()
    return signed_in(connection, row, ask, name, now)


def signed_in(
    connection: Connection, owner: Row[Any], ask: wire.EnrolAsk, name: str, now: datetime
) -> wire.Enrolled:
    """Give a device its place in a journal, and tokens; one that comes back with its id and its key keeps both.

    Args:
        owner: the journal's row.
        ask: its proof was checked.
        name: what the device is called.
    """
    who = Caller(owner.id, _device_id(connection, owner.id, ask))
    here = (device.c.journal == who.journal) & (device.c.id == who.device)
    if connection.execute(sa.select(device.c.id).where(here)).first() is None:
        _add_device(connection, who, ask, name, now)
    given = tokens.begin(connection, who, now)
    senders = mailing.senders(connection, who.journal)
    return wire.Enrolled(
        who.journal, who.device, given.token, owner.agency, owner.epoch, given.renewal, owner.seq, senders
    )


def _is_own(ask: wire.EnrolAsk) -> bool:
    """Say whether the keys that a device publishes are its own."""
    return ask.box is None or wire.is_own_box(ask.public_key, ask.box)


def _add_device(connection: Connection, who: Caller, ask: wire.EnrolAsk, name: str, now: datetime) -> None:
    connection.execute(
        sa.insert(device).values(
            journal=who.journal,
            id=who.device,
            name=name,
            public_key=ask.public_key,
            enrolled_at=now,
            **members.box_values(ask.box if _is_own(ask) else None),
        )
    )


def _device_id(connection: Connection, owner: UUID, ask: wire.EnrolAsk) -> UUID:
    """Give the id that a device had, when nobody else bears it here; else a new one."""
    if ask.device is None:
        return uuid4()
    found = connection.execute(sa.select(device).where(device.c.id == ask.device)).first()
    if found is None:
        return ask.device
    is_itself = found.journal == owner and found.public_key == ask.public_key and found.revoked_at is None
    return ask.device if is_itself else uuid4()


def _use_code(connection: Connection, code_hash: str, now: datetime) -> UUID:
    code = connection.execute(
        sa.select(enrol_code).where(enrol_code.c.code_hash == code_hash).with_for_update()
    ).first()
    if code is None:
        raise AccessError("enrol_code_unknown")
    if code.used_at is not None:
        raise AccessError("enrol_code_used")
    if code.expires_at <= now:
        raise AccessError("enrol_code_expired")
    connection.execute(sa.update(enrol_code).where(enrol_code.c.code_hash == code_hash).values(used_at=now))
    owner: UUID = code.journal
    return owner


def check_attempts(engine: Engine, address: str, now: datetime) -> None:
    """Refuse to try a code when too many were wrong this hour, from this address or in all.

    Raises:
        WaitError: ``too_many_attempts``.
    """
    for bucket, slot, most in _buckets(address, now):
        here = (attempt.c.bucket == bucket) & (attempt.c.slot == slot)
        with reading(engine) as connection:
            count = connection.execute(sa.select(attempt.c.count).where(here)).scalar()
        if count is not None and count >= most:
            raise WaitError("too_many_attempts")


def count_wrong(engine: Engine, address: str, now: datetime) -> None:
    """Count one wrong code."""

    def work(connection: Connection) -> None:
        for bucket, slot, _most in _buckets(address, now):
            connection.execute(sa.delete(attempt).where(attempt.c.slot < slot - 1))
            here = (attempt.c.bucket == bucket) & (attempt.c.slot == slot)
            grown = connection.execute(sa.update(attempt).where(here).values(count=attempt.c.count + 1))
            if not grown.rowcount:
                connection.execute(sa.insert(attempt).values(bucket=bucket, slot=slot, count=1))

    try:
        in_transaction(engine, work)
    except IntegrityError:  # two first ones at once
        in_transaction(engine, work)


def _buckets(address: str, now: datetime) -> tuple[tuple[str, int, int], ...]:
    slot = int(now.timestamp()) // 3600
    own = hashed(f"{slot}:{address}")
    return (own, slot, WRONG_BY_ADDRESS), ("all", slot, WRONG_BY_ALL)


def revoke(engine: Engine, device_id: UUID, now: datetime) -> bool:
    """Take a device's right to write away; what it wrote before stays. False when there is no such device."""

    def work(connection: Connection) -> bool:
        owner = sa.select(device.c.journal).where(device.c.id == device_id).scalar_subquery()
        last = sa.select(sa.func.coalesce(sa.func.max(change.c.seq), 0)).where(change.c.journal == owner)
        seq = connection.execute(last).scalar_one()
        signed = sa.select(sa.func.coalesce(sa.func.max(change.c.dseq), 0)).where(
            change.c.journal == owner, change.c.device == device_id
        )
        dseq = connection.execute(signed).scalar_one()
        done = connection.execute(
            sa.update(device)
            .where(device.c.id == device_id)
            .values(revoked_at=now, revoked_seq=seq, revoked_dseq=dseq)
        )
        return bool(done.rowcount)

    return in_transaction(engine, work)


def hashed(secret: str) -> str:
    """Give the SHA-256 under which a secret of many random bits is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()
