"""The journalists' door in a round: what is this desk's to answer for is written down, ratings are kept."""

from datetime import datetime
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.door import NOTE_LIMIT, DoorLevel
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.text import clean_text
from spokesdesk.services.door import open_asked
from spokesdesk.services.ports import Desk, Portal
from spokesdesk.services.secrecy import require_unmarked


def read_door(desk: Desk, portal: Portal, token: str, journal: UUID, hello: wire.Hello) -> Changes:
    """Take what came through the door; without anybody at work it waits at the portal.

    The portal hands a question to one desk; a rating of a request that is not here yet waits for the next round. It
    hands it to another one when the first says nothing for long.

    Raises:
        DeskError: as the portal does; what was written down stays.
    """
    if desk.actor is None or not hello.door:
        return ()
    changes: Changes = ()
    box = portal.door(token, journal, wire.DoorCall())
    for item in box.items:
        try:
            changes += open_asked(desk, item)
        except UserError:  # what cannot be kept here stays at the portal; the rest of the round goes on
            continue
    told = [(rating, _rated(desk, rating)) for rating in box.ratings]
    kept = [rating for rating, found in told if found]
    if kept:
        portal.door(token, journal, wire.DoorCall(kept))
    return changes + tuple(change for _rating, found in told for change in found)


def _rated(desk: Desk, rating: wire.DoorRating) -> Changes:
    try:
        remark = clean_text(rating.remark, field="remark", limit=NOTE_LIMIT)
        require_unmarked(remark, "remark")
    except UserError:
        remark = ""
    with desk.write() as unit:
        at = datetime.fromisoformat(rating.at)
        found = unit.door.rate(rating.question, DoorLevel(rating.level), remark, at)
    return tuple(Change("request", request_id) for request_id in found)
