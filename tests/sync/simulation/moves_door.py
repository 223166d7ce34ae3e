"""A journalist asks through the door of the portal; some desk takes it, and some desk answers."""

from uuid import UUID

from spokesdesk.domain.door import DoorKind
from spokesdesk.domain.errors import ConflictError, UserError
from spokesdesk.domain.journal import GivenForm
from spokesdesk.domain.requests import OPEN_STATES, GivenAnswer
from spokesdesk.server.door import asking
from spokesdesk.services import requests
from tests.sync.simulation.history import History
from tests.sync.simulation.places import Place


def ask(history: History, _n: int) -> None:
    """Ask the agency a question."""
    history.begin()
    world, words = history.world, f"Câu hỏi số {history.step_n}?"
    wish = asking.Wish(DoorKind.QUESTION, "về giá đất", words)
    which = asking.ask(world.engine, world.journalist, world.journal, wish, world.clock.at)
    history.told.asked[which] = words
    history.say(f"the journalist asks {words!r}")


def answer(history: History, n: int) -> None:
    """Answer what came through the door and is still open on a desk."""
    history.begin()
    desk = history.desk(n)
    for request_id in requests_of(history.world.places[n]):
        if requests.request(desk, request_id).state not in OPEN_STATES:
            continue
        words = f"Trả lời số {history.step_n} của máy {n}."
        try:
            requests.answer(desk, request_id, GivenAnswer(words, GivenForm.PORTAL, "", desk.now()))
        except (ConflictError, UserError):  # by a clock a day behind it would be answered before it was asked
            continue
        history.told.answers[words] = (n, history.step_n)
        history.say(f"desk {n} answers {words!r}")
        return


def requests_of(place: Place) -> list[UUID]:
    """Give the requests that came through the door, as a desk has them."""
    rows = place.rows("SELECT request_id FROM door_request ORDER BY asked_at, request_id")
    return [UUID(bytes=row[0]) for row in rows]
