"""Sticks between the desks: written, taken in, copied and brought late; a desk may die over each."""

import shutil
from collections.abc import Callable
from pathlib import Path

from spokesdesk.domain.changes import Changes
from spokesdesk.domain.errors import DeskError
from spokesdesk.services import sync
from tests.sync.simulation.history import History
from tests.sync.simulation.line import CrashError
from tests.sync.simulation.moves_troubles import DISK_FAULTS

# What a stick may say of itself in a history: it is empty, foreign to a desk that signed in again, or behind.
SAID = frozenset({
    "carry_no_reader", "carry_nothing", "carry_signer_unknown", "carry_foreign", "carry_not_for_us", "carry_gap",
    "carry_other_history", "carry_no_longer", "not_enrolled",
})  # fmt: skip


def write_stick(history: History, n: int) -> None:
    """A desk writes what it has, what it carries and what others have not read, onto one of two sticks."""
    history.begin()
    stick = _stick(history)
    _carefully(history, n, f"writes {stick.name}", lambda: _written(history, n, stick))


def read_stick(history: History, n: int) -> None:
    """A desk takes in what lies on one of two sticks."""
    history.begin()
    stick = _stick(history)
    _carefully(history, n, f"reads {stick.name}", lambda: _read(history, n, stick))


def copy_stick(history: History, _n: int) -> None:
    """A stick is copied, or comes back as it was when it was: the late courier."""
    history.begin()
    stick = _stick(history)
    copy = stick.with_suffix(".copy")
    of, to = (copy, stick) if copy.exists() and history.random.random() < 0.6 else (stick, copy)
    if of.exists():
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(of, to)
        history.say(f"{of.name} is put in the place of {to.name}")


def _stick(history: History) -> Path:
    folder = history.world.folder / "sticks" / history.random.choice("AB")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _written(history: History, n: int, stick: Path) -> str:
    made, _changes = sync.carry_out(history.desk(n), stick)
    fault = made.fault.code if made.fault else ""
    return f"{made.own} of its own, {made.others} of others, {made.entries} entries {fault}"


def _read(history: History, n: int, stick: Path) -> str:
    found: tuple[tuple[sync.CarriedFrom, ...], Changes] = sync.carry_in(history.desk(n), stick)
    for one in found[0]:
        assert one.fault is None or one.fault.code in SAID, one.fault
    took = [(one.taken, one.received, one.fault.code if one.fault else "") for one in found[0]]
    return f"taken, in, fault: {took}"


def _carefully(history: History, n: int, words: str, work: Callable[[], str]) -> None:
    weather = history.world.weather
    if history.random.random() < 0.2:
        weather.on_disk = [""] * history.random.randrange(6) + [history.random.choice(DISK_FAULTS)]
    try:
        history.say(f"desk {n} {words}: {work()}")
    except DeskError as fault:
        if fault.code not in SAID:
            raise
        history.say(f"desk {n} {words}: {fault.code}")
    except CrashError:
        history.say(f"desk {n} dies as it {words}")
    finally:
        weather.clear()
