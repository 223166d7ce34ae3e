"""Journalists' accounts at the portal, verified from the province's desk; asked each time, kept nowhere here."""

from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from typing import TypeVar

from spokesdesk import wire
from spokesdesk.domain.door import AccountState, JournalistAccount, Person
from spokesdesk.domain.errors import AccessError, UserError, WaitError
from spokesdesk.domain.people import Role
from spokesdesk.domain.text import words_match
from spokesdesk.services.ports import Desk, Portal
from spokesdesk.services.sync.place import TOKEN

T = TypeVar("T")


def accounts(desk: Desk, words: str = "", state: AccountState | None = None) -> tuple[JournalistAccount, ...]:
    """Give the accounts, those that wait to be verified first.

    Args:
        words: what name, outlet, card or address hold, accents aside.

    Raises:
        WaitError: ``not_enrolled``.
        AccessError: ``role_missing``: this desk is not the province's; ``device_key_missing``.
        OutsideError: ``portal_unreachable`` and its kin.
    """
    told = _asked(desk, lambda portal, token: portal.journalists(token))
    found = [_account(one) for one in told.journalists]
    return tuple(one for one in found if state in {None, one.state} and _has(one, words))


def decide(desk: Desk, email: str, state: AccountState, reason: str = "") -> JournalistAccount:
    """Verify an account, or refuse or block it with a reason that its owner reads.

    Raises:
        UserError: ``door_journalist_unknown``, ``door_reason_missing``, ``door_state_same``.
        AccessError: neither administrator nor spokesperson; as ``accounts`` does.
    """
    desk.member.require(Role.ADMIN, Role.SPOKESPERSON)
    wanted = email.strip().lower()
    known = next((one for one in accounts(desk) if one.person.email == wanted), None)
    if known is None:
        raise UserError("door_journalist_unknown", email=email.strip()[:100])
    made = wire.JournalistDecided(known.id, state.value, reason.strip())  # type: ignore[arg-type]
    told = _asked(desk, lambda portal, token: portal.decide(token, made))
    return _account(told.journalists[0])


def _asked(desk: Desk, call: Callable[[Portal, str], T]) -> T:
    with desk.read() as unit:
        place = unit.outbox.enrolment()
    if place is None:
        raise WaitError("not_enrolled")
    token = desk.device_keys.get(TOKEN)
    if token is None:
        raise AccessError("device_key_missing")
    with closing(desk.portal_at(place.portal)) as portal:
        return call(portal, token.decode())


def _has(one: JournalistAccount, words: str) -> bool:
    person: Person = one.person
    return words_match(words, person.name, person.outlet, person.card, person.email)


def _account(told: wire.JournalistTold) -> JournalistAccount:
    person = Person(told.name, told.outlet, told.card, told.email, told.phone)
    made_at = datetime.fromisoformat(told.made_at)
    return JournalistAccount(told.id, person, AccountState(told.state), told.reason, made_at)
