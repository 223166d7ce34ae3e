"""By which keys the province is believed: pinned at the first contact, a new one only when a person confirms it.

A note counts as the province's because its signature fits a key that is pinned here, not because the portal says so.
"""

from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import AccessError, UserError
from spokesdesk.domain.people import Role
from spokesdesk.domain.province import NewSender, key_mark
from spokesdesk.services.ports import Desk
from spokesdesk.services.sync.online import SEED


def new_senders(desk: Desk) -> tuple[NewSender, ...]:
    """Give the keys of the province that wait to be confirmed."""
    with desk.read() as unit:
        return unit.senders.waiting()


def own_mark(desk: Desk) -> str:
    """Give the mark of this desk's own signing key, to be told to an agency over the telephone.

    Raises:
        AccessError: ``device_key_missing``: this desk is not enrolled.
    """
    seed = desk.device_keys.get(SEED)
    if seed is None:
        raise AccessError("device_key_missing")
    return key_mark(wire.public_key(seed))


def confirm(desk: Desk, sender: UUID, key: str) -> Changes:
    """Believe a key of the province from now on: what came by it is taken as any other note.

    Args:
        key: as ``new_senders`` gives it, after its mark was compared with the province over the telephone.

    Raises:
        AccessError: the member is neither an administrator nor a leader.
        UserError: ``record_missing``: no note waits for it.
    """
    desk.member.require(Role.ADMIN, Role.LEADER)
    with desk.write() as unit:
        if not any((one.sender, one.key) == (sender, key) for one in unit.senders.waiting()):
            raise UserError("record_missing", field="key", id=key_mark(key))
        unit.senders.pin([(sender, key)], desk.now(), desk.member.name)
        unit.senders.let_in()
    return (Change("province"),)
