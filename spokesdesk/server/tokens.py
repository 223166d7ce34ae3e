"""What a device shows at the door: a short access token, and what it renews that with (sync.md T4, T7, F33).

A renewal token has a number and a seal of its family's key, and is worth nothing without the device's own signature.
One number is used once. Who shows an older one has a copy of it, so the whole family ends; only once, within a minute,
may the same device ask again, because the answer may have been lost. A higher number than the one noted here is right,
too: then it is the portal that was put back to an older day.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError
from spokesdesk.server.database import in_transaction, reading
from spokesdesk.server.tables import access_token, device, device_session

ACCESS_VALID = timedelta(minutes=15)
SESSION_VALID = timedelta(days=400)
ASKED_AGAIN = timedelta(seconds=60)
_SHOWN = sa.select(access_token.c.expires_at, device.c.revoked_at).where(
    access_token.c.journal == sa.bindparam("journal"),
    access_token.c.device == sa.bindparam("device"),
    access_token.c.token_hash == sa.bindparam("hash"),
    device.c.journal == access_token.c.journal,
    device.c.id == access_token.c.device,
)


@dataclass(frozen=True, slots=True)
class Caller:
    """The device that speaks, known by its token."""

    journal: UUID
    device: UUID


@dataclass(frozen=True, slots=True)
class _Shown:
    """A renewal token as it was shown."""

    who: Caller
    family: UUID
    number: int
    seal: str


def begin(connection: Connection, who: Caller, now: datetime) -> wire.Renewed:
    """Sign a device in: it gets a family of tokens of its own, and those that it had before end."""
    mine = _mine(device_session, who)
    connection.execute(sa.delete(device_session).where(mine))
    connection.execute(sa.delete(access_token).where(_mine(access_token, who)))
    family, key = uuid4(), secrets.token_bytes(32)
    connection.execute(
        sa.insert(device_session).values(
            journal=who.journal,
            device=who.device,
            family=family,
            key=key,
            number=1,
            asked_again=False,
            renewed_at=now,
            ends_at=now + SESSION_VALID,
        )
    )
    return wire.Renewed(_access(connection, who, now), _renewal(who, family, 1, key), _seconds())


def renew(engine: Engine, ask: wire.RenewAsk, now: datetime) -> wire.Renewed:
    """Give new tokens for a renewal token.

    Raises:
        AccessError: ``session_unknown``: no such token, or it was shown by who has not the device's key;
            ``session_over``: the device has to be signed in anew; ``session_copied``: an older token was shown, so all
            of its family have ended; ``device_revoked``.
    """
    shown = _read(ask.token)

    def work(connection: Connection) -> wire.Renewed | AccessError:
        row = _locked(connection, shown.who)
        if row is None or row.family != shown.family or not _is_sealed(shown, row.key):
            return AccessError("session_unknown")
        if not wire.is_signature(row.public_key, ask.proof, wire.renew_proof(ask.token)):
            return AccessError("session_unknown")
        if row.revoked_at is not None:
            return AccessError("device_revoked")
        return _renewed(connection, shown, row, now)

    told = in_transaction(engine, work)
    if isinstance(told, AccessError):  # raised here: that a family ended must be kept
        raise told
    return told


def _renewed(
    connection: Connection, shown: _Shown, row: Row[tuple[object, ...]], now: datetime
) -> wire.Renewed | AccessError:
    who, is_again = shown.who, shown.number == row.number - 1
    if row.ends_at <= now:
        end(connection, who)
        return AccessError("session_over")
    is_late = row.asked_again or now > row.renewed_at + ASKED_AGAIN
    if shown.number < row.number and (not is_again or is_late):
        end(connection, who)
        return AccessError("session_copied")
    number = row.number if is_again else shown.number + 1
    kept = {"number": number, "asked_again": is_again}
    if not is_again:
        kept["renewed_at"] = now
    connection.execute(sa.update(device_session).where(_mine(device_session, who)).values(**kept))
    over = _mine(access_token, who) & (access_token.c.expires_at <= now)
    connection.execute(sa.delete(access_token).where(over))
    return wire.Renewed(
        _access(connection, who, now), _renewal(who, shown.family, number, row.key), _seconds()
    )


def _locked(connection: Connection, who: Caller) -> Row[tuple[object, ...]] | None:
    mine = _mine(device_session, who)
    if connection.execute(sa.select(device_session.c.family).where(mine).with_for_update()).first() is None:
        return None
    wanted = sa.select(device_session, device.c.public_key, device.c.revoked_at).where(
        mine, device.c.journal == device_session.c.journal, device.c.id == device_session.c.device
    )
    return connection.execute(wanted).first()


def end(connection: Connection, who: Caller) -> None:
    """Let no token of a device be good any more."""
    connection.execute(sa.delete(device_session).where(_mine(device_session, who)))
    connection.execute(sa.delete(access_token).where(_mine(access_token, who)))


def caller(engine: Engine, authorization: str, now: datetime) -> Caller:
    """Give the device that a request's Authorization header speaks for.

    Raises:
        AccessError: ``portal_token_refused``, ``token_expired`` or ``device_revoked``.
    """
    scheme, _, token = authorization.partition(" ")
    try:
        owner, own, secret = token.split(".")
        who = Caller(UUID(hex=owner), UUID(hex=own))
    except ValueError:
        raise AccessError("portal_token_refused") from None
    shown = {"journal": who.journal, "device": who.device, "hash": _hash(secret)}
    with reading(engine, private=False) as connection:
        row = connection.execute(_SHOWN, shown).first()
    if row is None or scheme.lower() != "bearer":
        raise AccessError("portal_token_refused")
    if row.revoked_at is not None:
        raise AccessError("device_revoked")
    if row.expires_at <= now:
        raise AccessError("token_expired")
    return who


def _access(connection: Connection, who: Caller, now: datetime) -> str:
    secret = secrets.token_urlsafe(32)
    connection.execute(
        sa.insert(access_token).values(
            journal=who.journal,
            token_hash=_hash(secret),
            device=who.device,
            expires_at=now + ACCESS_VALID,
        )
    )
    return f"{who.journal.hex}.{who.device.hex}.{secret}"


def _renewal(who: Caller, family: UUID, number: int, key: bytes) -> str:
    return f"{who.journal.hex}.{who.device.hex}.{family.hex}.{number}.{_seal(family, number, key)}"


def _read(token: str) -> _Shown:
    try:
        owner, own, family, number, seal = token.split(".")
        return _Shown(Caller(UUID(hex=owner), UUID(hex=own)), UUID(hex=family), _number(number), seal)
    except ValueError:
        raise AccessError("session_unknown") from None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 12):
        raise ValueError(text)
    return int(text)


def _seal(family: UUID, number: int, key: bytes) -> str:
    return hmac.new(key, f"{family.hex}.{number}".encode(), hashlib.sha256).hexdigest()


def _is_sealed(shown: _Shown, key: bytes) -> bool:
    return hmac.compare_digest(_seal(shown.family, shown.number, key).encode(), shown.seal.encode())


def _seconds() -> int:
    return int(ACCESS_VALID.total_seconds())


def _mine(table: sa.Table, who: Caller) -> "sa.ColumnElement[bool]":
    return (table.c.journal == who.journal) & (table.c.device == who.device)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
