"""Journalists' accounts at the portal, verified from the province's desk.

They are the portal's: asked for there, and kept here only to be read while it cannot be reached. What is decided is
decided at the portal, at once, or not at all.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.door import REASON_LIMIT, AccountState, JournalistAccount
from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.domain.people import Journalist, Role
from spokesdesk.domain.text import clean_line, words_match
from spokesdesk.services.accounts_told import account_of, keep
from spokesdesk.services.ports import Desk, Portal
from spokesdesk.services.secrecy import require_unmarked
from spokesdesk.services.sync.online import online_place

T = TypeVar("T")
_ALIKE = 5
_WITH_REASON = frozenset({AccountState.REFUSED, AccountState.BLOCKED})


@dataclass(frozen=True, slots=True)
class Known:
    """The accounts as the portal told them last.

    Attributes:
        told_at: when that was, UTC; None for never.
    """

    accounts: tuple[JournalistAccount, ...]
    told_at: datetime | None

    @property
    def waiting(self) -> tuple[JournalistAccount, ...]:
        """Those that nobody has decided on, the oldest first."""
        return tuple(one for one in self.accounts if one.is_waiting)


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on an account: as it was before, and as it is now."""

    before: JournalistAccount
    made: JournalistAccount


def known(desk: Desk) -> Known:
    """Give the accounts as they were told last, those that wait first; asks nobody."""
    with desk.read() as unit:
        return Known(unit.accounts.all(), unit.accounts.told_at())


def ask(desk: Desk) -> tuple[Known, Changes]:
    """Ask the portal for the accounts, and keep them.

    Raises:
        WaitError: ``not_enrolled``.
        AccessError: ``role_missing``: this desk is not the province's; ``device_key_missing``.
        OutsideError: ``portal_unreachable`` and its kin.
    """
    told = _asked(desk, lambda portal, token: portal.journalists(token))
    is_same = keep(desk, told)
    return known(desk), () if is_same else (Change("province"),)


def accounts(desk: Desk, words: str = "", state: AccountState | None = None) -> tuple[JournalistAccount, ...]:
    """Ask for the accounts and give those wanted; raises as ``ask`` does.

    Args:
        words: what name, outlet, card or address hold, accents aside.
    """
    found = ask(desk)[0].accounts
    return tuple(one for one in found if state in {None, one.state} and holds(one, words))


def holds(one: JournalistAccount, words: str) -> bool:
    """Whether an account holds all the words, accents aside."""
    person = one.person
    return words_match(words, person.name, person.outlet, person.card, person.email, person.phone)


def account(desk: Desk, account_id: UUID) -> JournalistAccount:
    """Give an account as it was told last; raises UserError("record_missing")."""
    found = next((one for one in known(desk).accounts if one.id == account_id), None)
    if found is None:
        raise UserError("record_missing", field="id", id=account_id)
    return found


def alike(desk: Desk, one: JournalistAccount) -> tuple[Journalist, ...]:
    """Give the journalists of the address book whose card, address or name the account has."""
    person = one.person
    with desk.read() as unit:
        hits = [
            hit.id
            for words in (person.card, person.email, person.name)
            for hit in unit.search.find(words, ("journalist",), _ALIKE)
        ]
        found = {one.id: one for one in map(unit.people.journalist, hits)}
    return tuple(found.values())[:_ALIKE]


def decide(desk: Desk, email: str, state: AccountState, reason: str = "") -> JournalistAccount:
    """Decide on the account of an address; raises as ``decide_on`` does, and UserError("door_journalist_unknown")."""
    wanted = email.strip().lower()
    found = next((one for one in accounts(desk) if one.person.email == wanted), None)
    if found is None:
        raise UserError("door_journalist_unknown", email=email.strip()[:100])
    return decide_on(desk, found, state, reason)[0].made


def decide_on(
    desk: Desk, seen: JournalistAccount, state: AccountState, reason: str = "", draft_id: UUID | None = None
) -> tuple[Decision, Changes]:
    """Verify an account, refuse or block it with a reason that its owner reads, or let it wait again.

    Args:
        seen: the account as it stood before who decides: one that changed meanwhile is not decided on.
        draft_id: the autosaved reason that this is.

    Raises:
        UserError: names ``text``: no reason; ``door_state_same``; ``door_account_changed``: the accounts are read anew.
        AccessError: neither administrator nor spokesperson; as ``ask`` does.
        OutsideError: ``door_portal_away``.
    """
    desk.member.require(Role.ADMIN, Role.SPOKESPERSON)
    said = clean_line(reason, field="text", limit=REASON_LIMIT)
    require_unmarked(said, "text")
    if state in _WITH_REASON and not said:
        raise UserError("door_reason_missing", field="text")
    person = seen.person
    decided = wire.JournalistDecided(seen.id, state.value, (person.name, person.outlet, person.card), said)
    made = _told(desk, decided) or seen
    with desk.write() as unit:
        unit.accounts.save(made)
        if draft_id is not None:
            unit.drafts.drop(draft_id)
    return Decision(seen, made), (Change("province", made.id),)


def verify(desk: Desk, account_id: UUID) -> tuple[Decision, Changes]:
    """Verify an account as it was told last; raises as ``decide_on`` does, and UserError("record_missing")."""
    return decide_on(desk, account(desk, account_id), AccountState.VERIFIED)


def take_back(desk: Desk, decision: Decision) -> tuple[Decision, Changes]:
    """Let an account be again what it was before a decision; raises as ``decide_on`` does."""
    before = decision.before
    return decide_on(desk, decision.made, before.state, before.reason)


def _told(desk: Desk, decided: wire.JournalistDecided) -> JournalistAccount | None:
    try:
        told = _asked(desk, lambda portal, token: portal.decide(token, decided))
    except OutsideError as error:
        if error.code != "portal_unreachable":
            raise
        raise OutsideError("door_portal_away") from error
    except UserError as error:
        if error.code == "door_account_changed":
            ask(desk)
        raise
    return account_of(told.journalists[0])


def _asked(desk: Desk, call: Callable[[Portal, str], T]) -> T:
    place, token = online_place(desk)
    with closing(desk.portal_at(place.portal)) as portal:
        return call(portal, token)
