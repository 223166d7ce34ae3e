"""One process that runs histories: its world, and what each history comes to."""

import gc
import traceback
from dataclasses import dataclass
from pathlib import Path

from tests.sync.simulation.history import History
from tests.sync.simulation.line import CrashError
from tests.sync.simulation.moves import SETS
from tests.sync.simulation.truths import check
from tests.sync.simulation.world import World

_worlds: list[World] = []


@dataclass(frozen=True)
class Ended:
    """How a history ended: its steps, and what was not true, "" when all was well."""

    steps: int
    fault: str
    lines: tuple[str, ...]


def begin(folder: str) -> None:
    """Make this process's world in a folder."""
    _worlds.append(World(Path(folder)))
    gc.collect()
    gc.freeze()  # what every history begins with is never looked through again


def end() -> None:
    """Let it go."""
    _worlds.pop().end()


def run_one(trouble: str, moves: str, seed: int) -> Ended:
    """Run a history and look at its end."""
    history = History(_worlds[0], seed, trouble, SETS[moves])
    fault = ""
    try:
        history.run()
        check(history)
    except AssertionError as error:
        fault = str(error)[:3000]
    except (Exception, CrashError) as error:
        fault = "".join(traceback.format_exception(error, limit=-8))
    if fault:
        gc.collect()  # what the error held open is let go
    return Ended(history.step_n, fault, tuple(history.lines))
