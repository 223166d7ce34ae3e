"""Journalists' accounts: registered, verified by who looks after the portal, signed in; nothing says who has one."""

import hashlib
import secrets
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row
from sqlalchemy.exc import IntegrityError

from spokesdesk.domain.door import Person, checked_email, checked_passphrase, checked_person
from spokesdesk.domain.errors import AccessError, UserError
from spokesdesk.server.database import in_transaction, reading
from spokesdesk.server.door_tables import complaint, journalist, journalist_session, question

if TYPE_CHECKING:
    from argon2 import PasswordHasher

SESSION = timedelta(hours=12)
PENDING, VERIFIED, REFUSED, BLOCKED = "pending", "verified", "refused", "blocked"
# Each check takes 64 MiB for some hundredths of a second: no more than these at once.
_hashing = threading.BoundedSemaphore(4)


@dataclass(frozen=True, slots=True)
class Account:
    """A journalist's account.

    Attributes:
        state: pending, verified, refused or blocked; ``reason`` why it was refused or blocked.
        made_at: UTC.
    """

    id: UUID
    person: Person
    state: str
    reason: str
    made_at: datetime
    decided_at: datetime | None

    @property
    def is_verified(self) -> bool:
        """Whether what it asks reaches an agency."""
        return self.state == VERIFIED


def register(engine: Engine, given: Person, passphrase: str, now: datetime) -> None:
    """Note who wants an account; nothing tells whether the address had one before.

    An address that was refused may be registered anew; any other one stays as it is.

    Raises:
        UserError: names the field.
    """
    person = checked_person(given)
    hashed = _hashed(checked_passphrase(passphrase, person.email))

    def work(connection: Connection) -> None:
        found = connection.execute(sa.select(journalist).where(journalist.c.email == person.email)).first()
        values = {**_columns(person), "pass_hash": hashed, "state": PENDING, "reason": "", "made_at": now}
        if found is None:
            connection.execute(sa.insert(journalist).values(id=uuid4(), decided_at=None, **values))
        elif found.state == REFUSED:
            connection.execute(sa.update(journalist).where(journalist.c.id == found.id).values(**values))
            _sign_out_everywhere(connection, found.id)

    try:
        in_transaction(engine, work)
    except IntegrityError:  # the same address twice at once: the first one holds
        return


def sign_in(engine: Engine, email: str, passphrase: str, now: datetime) -> str:
    """Open a session and give what its cookie holds; as much work is done for an address that has no account.

    Raises:
        AccessError: ``door_signin_wrong``.
    """
    try:
        plain = checked_email(email)
    except UserError:
        plain = ""
    with reading(engine) as connection:
        row = connection.execute(sa.select(journalist).where(journalist.c.email == plain)).first()
    is_right = _matches(row.pass_hash if row else _nobody(), passphrase)
    if row is None or not is_right:
        raise AccessError("door_signin_wrong")
    token = secrets.token_urlsafe(32)

    def work(connection: Connection) -> None:
        connection.execute(sa.delete(journalist_session).where(journalist_session.c.expires_at <= now))
        connection.execute(
            sa.insert(journalist_session).values(
                token_hash=_hash(token), journalist=row.id, made_at=now, expires_at=now + SESSION
            )
        )

    in_transaction(engine, work)
    return token


def signed_in(engine: Engine, token: str, now: datetime) -> Account | None:
    """Give whose session a cookie holds; None when it is nobody's any more."""
    if not token:
        return None
    joined = sa.select(journalist).join(
        journalist_session, journalist_session.c.journalist == journalist.c.id
    )
    here = (journalist_session.c.token_hash == _hash(token)) & (journalist_session.c.expires_at > now)
    with reading(engine) as connection:
        row = connection.execute(joined.where(here)).first()
    return account_of(row) if row else None


def sign_out(engine: Engine, token: str) -> None:
    """End a session."""
    here = journalist_session.c.token_hash == _hash(token)
    in_transaction(engine, lambda connection: connection.execute(sa.delete(journalist_session).where(here)))


def change(engine: Engine, account: Account, given: Person) -> Account:
    """Change an account's particulars; another name, outlet or card has to be verified anew.

    Raises:
        UserError: names the field. The address stays as it is.
    """
    old = account.person
    new = checked_person(Person(given.name, given.outlet, given.card, old.email, given.phone))
    is_same = (new.name, new.outlet, new.card) == (old.name, old.outlet, old.card)
    state = account.state if is_same or account.state in {BLOCKED, REFUSED} else PENDING

    def work(connection: Connection) -> Row[Any]:
        here = journalist.c.id == account.id
        connection.execute(sa.update(journalist).where(here).values(**_columns(new), state=state))
        return connection.execute(sa.select(journalist).where(here)).one()

    return account_of(in_transaction(engine, work))


def change_passphrase(engine: Engine, account: Account, before: str, new: str, keep: str) -> None:
    """Change the passphrase and end all other sessions.

    Args:
        keep: what the cookie of the session that goes on holds.

    Raises:
        AccessError: ``door_passphrase_wrong``.
        UserError: names ``passphrase``.
    """
    require_passphrase(engine, account, before, "before")
    hashed = _hashed(checked_passphrase(new, account.person.email))

    def work(connection: Connection) -> None:
        connection.execute(
            sa.update(journalist).where(journalist.c.id == account.id).values(pass_hash=hashed)
        )
        own = journalist_session.c.journalist == account.id
        connection.execute(
            sa.delete(journalist_session).where(own, journalist_session.c.token_hash != _hash(keep))
        )

    in_transaction(engine, work)


def require_passphrase(engine: Engine, account: Account, passphrase: str, field: str) -> None:
    """Raise AccessError("door_passphrase_wrong"), naming the field, unless it is the account's."""
    with reading(engine) as connection:
        here = journalist.c.id == account.id
        hashed = connection.execute(sa.select(journalist.c.pass_hash).where(here)).scalar()
    if not _matches(hashed or _nobody(), passphrase):
        raise AccessError("door_passphrase_wrong", field=field)


def erase(engine: Engine, account: Account) -> None:
    """Erase an account; what it asked stays with the agencies, without a name at the portal.

    Source: Luật 91/2025/QH15 (right to erasure of personal data).
    """

    def work(connection: Connection) -> None:
        _sign_out_everywhere(connection, account.id)
        for table in (question, complaint):
            connection.execute(
                sa.update(table).where(table.c.journalist == account.id).values(journalist=None)
            )
        connection.execute(sa.delete(journalist).where(journalist.c.id == account.id))

    in_transaction(engine, work)


def account_of(row: Row[Any]) -> Account:
    """Give an account from its row."""
    person = Person(row.name, row.outlet, row.card, row.email, row.phone)
    return Account(row.id, person, row.state, row.reason, row.made_at, row.decided_at)


def _columns(person: Person) -> dict[str, str]:
    return {
        "name": person.name,
        "outlet": person.outlet,
        "card": person.card,
        "email": person.email,
        "phone": person.phone,
    }


def _sign_out_everywhere(connection: Connection, account: UUID) -> None:
    connection.execute(sa.delete(journalist_session).where(journalist_session.c.journalist == account))


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()  # argon2id, RFC 9106 low-memory profile


@cache
def _nobody() -> str:
    """Give the hash of nobody's passphrase: checking against it takes as long as against anybody's."""
    return _hasher().hash(secrets.token_urlsafe(32))


def _hashed(passphrase: str) -> str:
    with _hashing:
        return _hasher().hash(passphrase)


def _matches(hashed: str, passphrase: str) -> bool:
    from argon2.exceptions import VerificationError

    try:
        with _hashing:
            return _hasher().verify(hashed, passphrase[:1000])
    except VerificationError:
        return False


def hash_of(passphrase: str) -> str:
    """Give the Argon2id hash of a passphrase that an administrator hands out."""
    return _hashed(passphrase)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
