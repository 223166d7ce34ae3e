"""A desk that waits for the agency's key, and a portal put back to before it joined."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from spokesdesk.domain.sealing import AWAITED
from spokesdesk.services import cases, sync
from tests.sync.simulation.histories import made_world
from tests.sync.simulation.history import History
from tests.sync.simulation.moves import NOTES
from tests.sync.simulation.truths import check
from tests.sync.simulation.world import World


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with made_world() as made:
        yield made


def typed(world: World, n: int, words: str) -> None:
    desk = world.places[n].desk
    known = cases.case(desk, world.case)
    cases.save_facts(desk, world.case, replace(known.facts, facts=words), known.version)


def test_of_two_texts_the_restored_portals_first_one_stands_where_neither_can_be_read(world: World) -> None:
    history = History(world, 0, "none", NOTES, together=False)
    first, second, third = (place.desk for place in world.places[:3])
    before = world.portal_state()
    typed(world, 0, "Hai người chứng kiến.")
    typed(world, 1, "Ba người chứng kiến.")
    sync.run_round(first)
    world.join(third)
    history.joined.add(2)
    sync.run_round(third)
    assert cases.case(third, world.case).facts.facts == AWAITED
    world.restore_portal(before)
    sync.run_round(second)
    sync.run_round(third)
    world.join(third)
    sync.run_round(third)
    sync.run_round(first)
    check(history)
    assert {cases.case(desk, world.case).facts.facts for desk in (first, second, third)} == {
        "Ba người chứng kiến."
    }
