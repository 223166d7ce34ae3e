"""Accounts of journalists as the portal told the province last: read from there, replaced as a whole."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from spokesdesk.domain.door import AccountState, JournalistAccount, Person
from spokesdesk.store.province import note_place
from spokesdesk.store.tables_province import account_seen, inbox_place


class SqlAccounts:
    """The account_seen table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save_all(self, told: Sequence[JournalistAccount], at: datetime) -> None:
        """Keep accounts in place of those known before; ``at``: when they were told, UTC."""
        self._connection.execute(delete(account_seen))
        if told:
            self._connection.execute(insert(account_seen), [_values(one) for one in told])
        note_place(self._connection, accounts_at=at)

    def save(self, told: JournalistAccount) -> None:
        """Keep one account as it is now."""
        self._connection.execute(delete(account_seen).where(account_seen.c.id == told.id))
        self._connection.execute(insert(account_seen).values(**_values(told)))

    def all(self) -> tuple[JournalistAccount, ...]:
        """Give the accounts: those that wait, the oldest first; then the others, the last decided first."""
        found = [_account(row) for row in self._connection.execute(select(account_seen))]
        waiting = sorted((one for one in found if one.is_waiting), key=lambda one: one.made_at)
        others = [one for one in found if not one.is_waiting]
        others.sort(key=lambda one: one.decided_at or one.made_at, reverse=True)
        return (*waiting, *others)

    def told_at(self) -> datetime | None:
        """Give when they were told, UTC; None for never."""
        return self._connection.scalar(select(inbox_place.c.accounts_at))


def _values(told: JournalistAccount) -> dict[str, Any]:
    person = {name: getattr(told.person, name) for name in Person.__slots__}
    moments = {"made_at": told.made_at, "decided_at": told.decided_at}
    return {"id": told.id, **person, "state": told.state.value, "reason": told.reason, **moments}


def _account(row: Row[Any]) -> JournalistAccount:
    person = Person(**{name: getattr(row, name) for name in Person.__slots__})
    return JournalistAccount(row.id, person, AccountState(row.state), row.reason, row.made_at, row.decided_at)
