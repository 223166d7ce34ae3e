"""A desk takes a question from the door, is cut off for hours, and a colleague's desk gets it meanwhile."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from spokesdesk.domain.requests import RequestState
from spokesdesk.server.database import reading
from spokesdesk.server.door_tables import question
from spokesdesk.services import requests, sync
from tests.sync.simulation.histories import made_world
from tests.sync.simulation.history import History
from tests.sync.simulation.line import CrashError
from tests.sync.simulation.moves import ALL
from tests.sync.simulation.moves_door import ask, requests_of
from tests.sync.simulation.truths import check
from tests.sync.simulation.world import World


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with made_world() as made:
        yield made


def took_and_died(world: World, n: int) -> bool:
    """Whether a desk has the question, and nobody knows."""
    for calls in range(12):
        world.weather.on_line = [""] * calls + ["before"]
        try:
            sync.run_round(world.places[n].desk)
        except CrashError:
            if requests_of(world.places[n]):
                return True
        finally:
            world.weather.clear()
    return False


def test_the_late_desk_closes_its_own_and_the_journalist_hears_of_one(world: World) -> None:
    history = History(world, 0, "none", ALL, together=True)
    first, late = (world.places[n].desk for n in (0, 1))
    ask(history, 0)
    assert took_and_died(world, 1)
    [own] = requests_of(world.places[1])
    world.clock.at += timedelta(hours=2, minutes=1)
    sync.run_round(first)
    [theirs] = requests_of(world.places[0])
    sync.run_round(late)
    check(history)
    stand = {one: requests.request(first, one).state for one in (own, theirs)}
    assert stand == {own: RequestState.WITHDRAWN, theirs: RequestState.OPEN}
    assert requests.request(late, own).steps[-1].remark.startswith("Trùng")
    with reading(world.engine) as connection:
        assert connection.execute(sa.select(question.c.state)).scalar_one() == "open"
