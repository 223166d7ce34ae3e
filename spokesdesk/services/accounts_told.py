"""Accounts of journalists as the portal tells them: read with care, kept in place of those known before."""

from collections.abc import Sequence

from spokesdesk import wire
from spokesdesk.domain.clock import moment_told
from spokesdesk.domain.door import AccountState, JournalistAccount, Person
from spokesdesk.domain.errors import UserError
from spokesdesk.services.ports import Desk
from spokesdesk.services.secrecy import require_unmarked


def keep(desk: Desk, told: wire.Journalists) -> bool:
    """Keep the accounts that the portal told; True when they are those known before."""
    found = [account for one in told.journalists if (account := account_of(one)) is not None]
    with desk.write() as unit:
        before = unit.accounts.all()
        unit.accounts.save_all(found, desk.now())
        return before == unit.accounts.all()


def account_of(told: wire.JournalistTold) -> JournalistAccount | None:
    """Give an account as it is kept; None for one that cannot be read, or bears a mark of secrecy."""
    person = Person(told.name, told.outlet, told.card, told.email, told.phone)
    try:
        require_unmarked({"text": [*_texts(person), told.reason]})
        made_at = moment_told(told.made_at)
        decided_at = moment_told(told.decided_at) if told.decided_at else None
    except (UserError, ValueError):
        return None
    return JournalistAccount(told.id, person, AccountState(told.state), told.reason, made_at, decided_at)


def _texts(person: Person) -> Sequence[str]:
    return [getattr(person, name) for name in Person.__slots__]
