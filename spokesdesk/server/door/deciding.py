"""Who looks after the portal decides on journalists' accounts: verified, refused, blocked, a new passphrase."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, Row

from spokesdesk.domain.door import REASON_LIMIT
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.text import clean_line, fold
from spokesdesk.server.administering import note
from spokesdesk.server.database import in_transaction, reading
from spokesdesk.server.door.journalists import (
    BLOCKED,
    PENDING,
    REFUSED,
    VERIFIED,
    Account,
    account_of,
    erase,
    hash_of,
)
from spokesdesk.server.door_tables import journalist, journalist_session

REFUSED_KEPT, PENDING_KEPT = timedelta(days=90), timedelta(days=365)
# Without letters and digits that are taken for one another when read over the telephone.
_SYLLABLES = ("ba", "de", "ga", "hi", "ko", "la", "mo", "nu", "pa", "ru", "sa", "ti", "va", "xe", "ca", "do")


@dataclass(frozen=True, slots=True)
class Province:
    """The province's device that decides; ``seen``: name, outlet and card as they stood before who decided."""

    device: UUID
    seen: tuple[str, str, str]


def accounts(engine: Engine, state: str = "", words: str = "") -> tuple[Account, ...]:
    """Give accounts, those that wait first and the oldest of them before the rest.

    Args:
        state: only these; "" for all.
        words: what name, outlet, card or address hold, accents aside.
    """
    wanted = sa.select(journalist).order_by(journalist.c.made_at)
    if state:
        wanted = wanted.where(journalist.c.state == state)
    with reading(engine) as connection:
        found = [account_of(row) for row in connection.execute(wanted)]
    asked = fold(words).split()
    kept = [one for one in found if all(word in _sought(one) for word in asked)]
    return tuple(sorted(kept, key=lambda one: (one.state != "pending", one.made_at)))


def _sought(one: Account) -> str:
    person = one.person
    return fold(f"{person.name} {person.outlet} {person.card} {person.email}")


def decide(
    engine: Engine, whose: str | UUID, state: str, reason: str, now: datetime, by: Province | None = None
) -> Account:
    """Verify, refuse or block an account, or let it wait again; the act is noted without the name.

    Args:
        whose: address or id of the account.
        by: who decides at the province, when it is decided there.
        state: verified, refused, blocked; pending takes a decision back.
        reason: what the journalist reads; needed to refuse or to block.

    Raises:
        UserError: ``door_journalist_unknown``, ``door_reason_missing``, ``door_state_same``; ``door_account_changed``:
            it has another name, outlet or card than who decided had before them.
    """
    if state not in {PENDING, VERIFIED, REFUSED, BLOCKED}:
        raise ValueError(state)
    has_reason = state in {REFUSED, BLOCKED}
    said = clean_line(reason, field="reason", limit=REASON_LIMIT) if has_reason else ""
    if has_reason and not said:
        raise UserError("door_reason_missing", field="reason")

    def work(connection: Connection) -> Row[tuple[object, ...]]:
        before = _named(connection, whose)
        if by is not None and by.seen != (before.name, before.outlet, before.card):
            raise UserError("door_account_changed")
        if before.state == state and before.reason == said:
            raise UserError("door_state_same")
        here = journalist.c.id == before.id
        values = {"state": state, "reason": said, "decided_at": None if state == PENDING else now}
        connection.execute(sa.update(journalist).where(here).values(**values))
        if state == BLOCKED:
            own = journalist_session.c.journalist == before.id
            connection.execute(sa.delete(journalist_session).where(own))
        told: dict[str, object] = {"journalist": str(before.id)}
        note(connection, f"journalist_{state}", "", now, told | ({"device": str(by.device)} if by else {}))
        return connection.execute(sa.select(journalist).where(here)).one()

    return account_of(in_transaction(engine, work))


def new_passphrase(engine: Engine, email: str, now: datetime) -> str:
    """Give an account a new passphrase to be told to its owner, and end its sessions.

    Raises:
        UserError: ``door_journalist_unknown``.
    """
    words = ["".join(secrets.choice(_SYLLABLES) for _ in range(3)) for _ in range(4)]
    made = " ".join(words)
    hashed = hash_of(made)

    def work(connection: Connection) -> None:
        found = _named(connection, email)
        connection.execute(sa.update(journalist).where(journalist.c.id == found.id).values(pass_hash=hashed))
        own = journalist_session.c.journalist == found.id
        connection.execute(sa.delete(journalist_session).where(own))
        note(connection, "journalist_passphrase", "", now, {"journalist": str(found.id)})

    in_transaction(engine, work)
    return made


def forget(engine: Engine, now: datetime) -> int:
    """Erase accounts that were refused three months ago, or waited for a year; give how many.

    Source: Luật 91/2025/QH15 (personal data are kept no longer than their purpose needs).
    """
    refused = (journalist.c.state == REFUSED) & (journalist.c.decided_at < now - REFUSED_KEPT)
    waiting = (journalist.c.state == PENDING) & (journalist.c.made_at < now - PENDING_KEPT)
    with reading(engine) as connection:
        found = [
            account_of(row) for row in connection.execute(sa.select(journalist).where(refused | waiting))
        ]
    for one in found:
        erase(engine, one)
    return len(found)


def _named(connection: Connection, whose: str | UUID) -> Row[Any]:
    if isinstance(whose, UUID):
        here, said = journalist.c.id == whose, str(whose)
    else:
        here, said = journalist.c.email == whose.strip().lower(), whose.strip()[:100]
    which = connection.execute(sa.select(journalist.c.id).where(here)).scalar()
    wanted = sa.select(journalist).where(journalist.c.id == which).with_for_update()
    found = connection.execute(wanted).first() if which else None
    if found is None:
        raise UserError("door_journalist_unknown", email=said)
    return found
