"""Histories whose moves Hypothesis chooses, so that one that fails is made as short as it gets."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    rule,
    run_state_machine_as_test,
)

from tests.sync.simulation.histories import made_world
from tests.sync.simulation.history import TROUBLES, History, Move
from tests.sync.simulation.moves import ALL
from tests.sync.simulation.truths import check
from tests.sync.simulation.world import World


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with made_world() as made:
        yield made


class Machine(RuleBasedStateMachine):
    """A history with a rule for each move; ``world`` is given by the test."""

    world: World
    history: History

    @initialize(trouble=st.sampled_from(TROUBLES), together=st.booleans())
    def morning(self, trouble: str, together: bool) -> None:
        self.history = History(self.world, 0, trouble, ALL, together=together)

    def make(self, move: Move, data: st.DataObject) -> None:
        self.history.random = data.draw(st.randoms(use_true_random=False), label="chances")
        move(self.history, data.draw(st.sampled_from(sorted(self.history.joined)), label="desk"))

    def teardown(self) -> None:
        if hasattr(self, "history"):
            self.history.random = Random(0)
            check(self.history)


def _rule(move: Move) -> Callable[..., Any]:
    def made(self: Machine, data: st.DataObject) -> None:
        self.make(move, data)

    made.__name__ = move.__name__
    return rule(data=st.data())(made)


for _move, _weight in ALL:
    setattr(Machine, _move.__name__, _rule(_move))


def run(world: World, examples: int) -> None:
    # A rule is chosen as often as the next: the weights of the seeded histories do not hold here.
    machine = type("Machine", (Machine,), {"world": world})
    quietly = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=quietly,
        ),
    )


def test_moves_in_any_order_end_with_nothing_lost_and_all_alike(world: World) -> None:
    run(world, 15)


@pytest.mark.long
def test_thousands_of_orders_of_moves_end_with_nothing_lost_and_all_alike(world: World) -> None:
    run(world, 2000)
