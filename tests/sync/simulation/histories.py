"""What the tests of this folder run: a history from a seed to its end, or a failure that says what replays it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.sync.simulation.history import History
from tests.sync.simulation.moves import SETS
from tests.sync.simulation.truths import check
from tests.sync.simulation.world import World, quick_folder


@contextmanager
def made_world() -> Iterator[World]:
    """Give an office of three desks and its portal; what it kept is gone afterwards."""
    with TemporaryDirectory(prefix="spokesdesk-sim-", dir=quick_folder()) as folder:
        world = World(Path(folder))
        try:
            yield world
        finally:
            world.end()


def ended_well(world: World, seed: int, trouble: str = "", moves: str = "carried") -> None:
    """Run a history; fail with its steps when something is not true at its end."""
    history = History(world, seed, trouble, SETS[moves])
    try:
        history.run()
        check(history)
    except AssertionError as error:
        told = "\n".join(history.lines)
        chosen = f"--seed {seed} --trouble {history.trouble} --moves {moves}"
        replay = f"python -m tests.sync.simulation --histories 1 {chosen} --told"
        pytest.fail(f"{replay}\n{error}\n{told}", pytrace=False)
