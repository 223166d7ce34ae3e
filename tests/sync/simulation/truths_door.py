"""What must be true of the journalists' door: a question is one request on every desk, an answer comes back once."""

from collections import Counter
from uuid import UUID

import sqlalchemy as sa

from spokesdesk.server.database import reading
from spokesdesk.server.door_tables import door_reply, question
from spokesdesk.services import requests
from tests.sync.simulation.history import History


def door_faults(history: History) -> list[str]:
    """Say what is wrong."""
    place, found = history.world.places[min(history.joined)], []
    with reading(history.world.engine) as connection:
        there = {row.id: row.text for row in connection.execute(sa.select(question))}
        replies = connection.execute(sa.select(door_reply).where(door_reply.c.what == "answered")).all()
    # What a desk wrote down and could not send for two hours may be a double, closed by that desk.
    rows = place.rows(
        "SELECT question, request_id, state FROM door_request JOIN request ON request.id = request_id"
    )
    taken = {UUID(bytes=row[0]) for row in rows}
    standing = Counter(UUID(bytes=row[0]) for row in rows if row[2] != "withdrawn")
    open_ones = Counter(UUID(bytes=row[0]) for row in rows if row[2] in ("open", "assigned"))
    for which, words in history.told.asked.items():
        if which not in there and which not in taken and history.trouble == "portal":
            continue  # lost with the portal's disk before any desk had it
        if there.get(which) != words or not standing[which] or open_ones[which] > 1:
            found.append(
                f"question {words!r}: {there.get(which)!r} at the portal, {standing[which]} requests"
            )
    for which, request, _state in rows:
        said = requests.request(place.desk, UUID(bytes=request)).subject.questions
        if said != (history.told.asked.get(UUID(bytes=which)),):
            found.append(f"a request says {said}")
    came = Counter(row.text for row in replies)
    # What a desk forgot with its disk may have been sent before.
    wanted = Counter({*came, *history.told.answers})
    if came != wanted:
        found.append(f"answers at the portal {came}, given {wanted}")
    return found
