"""Seeded histories with a portal or desks that are put back from a copy."""

from collections.abc import Iterator

import pytest

from tests.sync.simulation.histories import ended_well, made_world
from tests.sync.simulation.world import World

HISTORIES, TOGETHER = 50, 10


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with made_world() as made:
        yield made


@pytest.mark.parametrize("trouble", ["portal", "profile"])
@pytest.mark.parametrize("first", range(0, HISTORIES, TOGETHER))
def test_histories_end_with_nothing_lost_and_all_alike(world: World, trouble: str, first: int) -> None:
    for seed in range(first, first + TOGETHER):
        ended_well(world, seed, trouble)
