"""Close the days of the journal: their heads are kept, sealed, printed, and stamped where the agency wants it."""

from collections.abc import Sequence
from datetime import date, timedelta

from spokesdesk.domain.chain import GENESIS, ChainFault, Link
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.checkpoints import (
    Checkpoint,
    HeadCheck,
    check_head,
    digest,
    read_head,
    sealed_faults,
)
from spokesdesk.domain.clock import start_of_day, vn_day
from spokesdesk.domain.errors import DeskError, UserError
from spokesdesk.domain.people import Role
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.typeset.time_tokens import TimeToken, read_token

TSA_SETTING = "journal_tsa"


def close_days(desk: Desk) -> tuple[Checkpoint, ...]:
    """Keep the head of every past day that has entries and no checkpoint yet; gives the new ones.

    Today is never closed: entries may still come.
    """
    with desk.read() as unit:
        missing = _missing(desk, unit)
    if not missing:
        return ()
    with desk.write() as unit:
        made = _missing(desk, unit)
        for one in made:
            unit.checkpoints.add(one)
        days = unit.checkpoints.all()
    desk.heads.seal_days(len(days), digest(days))
    return made


def stamp_days(desk: Desk) -> int:
    """Ask the time stamping authority of the settings for the days not stamped yet; gives how many were stamped.

    Nothing but hashes leaves the machine, and nothing at all while the setting is empty.

    Raises:
        OutsideError: ``tsa_failed``; what was stamped before it is kept.
    """
    with desk.read() as unit:
        url = str(unit.settings.get(TSA_SETTING) or "")
        waiting = [one for one in unit.checkpoints.all() if not one.token] if url else []
    for one in waiting:
        token = desk.stamp(url, one.hash)
        with desk.write() as unit:
            unit.checkpoints.stamp(one.day, token)
    return len(waiting)


def authority(desk: Desk) -> str:
    """Give the address of the time stamping authority, "" while stamping is off (as it is at first)."""
    with desk.read() as unit:
        return str(unit.settings.get(TSA_SETTING) or "")


def set_authority(desk: Desk, url: str) -> Changes:
    """Turn time stamps of the days' heads on (an address) or off ("").

    Raises:
        AccessError: an admin is needed.
        UserError: ``tsa_url``: no address of a web service.
    """
    desk.member.require(Role.ADMIN)
    clean = url.strip()
    if clean and not clean.startswith(("http://", "https://")):
        raise UserError("tsa_url", field="tsa_url")
    with desk.write() as unit:
        unit.settings.put(TSA_SETTING, clean)
    return (Change("setting"),)


def head_at_end(unit: Unit, day: date) -> tuple[int, bytes, int]:
    """Give number and hash of the last link by the end of a day, and how many links came on that day."""
    last = unit.chain.head_before(start_of_day(day + timedelta(days=1)))
    before = unit.chain.head_before(start_of_day(day))
    n = last.n if last else 0
    return n, last.hash if last else GENESIS, n - (before.n if before else 0)


def printed_head(desk: Desk, head: str, day: date) -> HeadCheck:
    """Compare a head from a printed report with the journal as it is now.

    Args:
        head: as typed from paper; spaces do not matter, the first sixteen digits are enough.
        day: the report's day.

    Raises:
        UserError: ``head_form``.
    """
    digits = read_head(head)
    with desk.read() as unit:
        return check_head(tuple(unit.chain.links()), digits, day)


def stamps(desk: Desk, roots: tuple[bytes, ...] = ()) -> tuple[tuple[Checkpoint, TimeToken], ...]:
    """Give the stamped days with what their tokens say; ``roots`` trusted certificates, DER."""
    with desk.read() as unit:
        days = unit.checkpoints.all()
    return tuple((one, read_token(one.token, one.hash, roots)) for one in days if one.token)


def checkpoint_faults(desk: Desk, unit: Unit, links: Sequence[Link]) -> list[ChainFault]:
    """Give what the sealed head, the days' heads and their time stamps say against the chain."""
    days = unit.checkpoints.all()
    try:
        found = sealed_faults(links, days, desk.heads.sealed())
    except (DeskError, ValueError):
        found = [ChainFault(0, "seal_broken")]
    for one in days:
        if one.token and not read_token(one.token, one.hash).ok:
            found.append(ChainFault(one.n, "stamp_bad", day=one.day))
    return found


def _missing(desk: Desk, unit: Unit) -> tuple[Checkpoint, ...]:
    """Give the heads of the days that ended since the last checkpoint, in the order of the chain."""
    now, today = desk.now(), vn_day(desk.now())
    known = unit.checkpoints.all()
    done = {one.day for one in known}
    heads = unit.chain.day_heads(max((one.n for one in known), default=0))
    ended = [(vn_day(link.at), link) for link in heads]
    return tuple(
        Checkpoint(day, link.n, link.hash, now) for day, link in ended if day < today and day not in done
    )
