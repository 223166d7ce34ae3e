"""Run histories: ``python -m tests.sync.simulation --histories N --seed S [--workers W] [--trouble T] [--told]``."""

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context
from tempfile import TemporaryDirectory

from tests.sync.simulation.history import TROUBLES
from tests.sync.simulation.moves import SETS
from tests.sync.simulation.runs import Ended, begin, end, run_one
from tests.sync.simulation.world import quick_folder

PROGRESS_SECONDS = 60
# Each history keeps copies of databases; a process that has run many begins afresh.
TASKS_OF_A_WORKER = 2000


def main(arguments: list[str]) -> int:
    """Run histories; stop at the first that fails, and say what replays it. Gives 1 then."""
    chosen = _asked(arguments)
    seeds = range(chosen.seed, chosen.seed + chosen.histories)
    failed = done = steps = 0
    began = told = time.monotonic()
    with _ended(chosen, seeds) as histories:
        for done, (seed, one) in enumerate(zip(seeds, histories, strict=False), start=1):
            steps += one.steps
            if one.fault:
                failed += 1
                print(f"FAILED: {_replay(chosen, seed)}\n{one.fault}", flush=True)
            if chosen.told:
                print("\n".join(one.lines))
            now = time.monotonic()
            if now - told > PROGRESS_SECONDS:
                told = now
                print(f"{done} of {chosen.histories} histories, {_pace(done, now - began)}", flush=True)
            if (failed and not chosen.all) or (chosen.seconds and now - began > chosen.seconds):
                break
    took = time.monotonic() - began
    print(f"{done} histories, {steps} steps, {failed} failed, {took:.0f} s, {_pace(done, took)}")
    return 1 if failed else 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    asked = argparse.ArgumentParser(prog="python -m tests.sync.simulation")
    asked.add_argument("--histories", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1, help="of the first history; the next ones follow")
    asked.add_argument("--workers", type=int, default=1, help="processes that share the histories")
    asked.add_argument("--trouble", choices=TROUBLES, default="")
    asked.add_argument("--moves", choices=sorted(SETS), default="carried", help="what people do in a history")
    asked.add_argument("--told", action="store_true", help="tell the steps of each history")
    asked.add_argument("--all", action="store_true", help="go on after a history that failed")
    asked.add_argument("--seconds", type=float, default=0, help="stop after so long")
    return asked.parse_args(arguments)


def _replay(chosen: argparse.Namespace, seed: int) -> str:
    trouble = f" --trouble {chosen.trouble}" if chosen.trouble else ""
    moves = f" --moves {chosen.moves}" if chosen.moves != "carried" else ""
    return f"python -m tests.sync.simulation --histories 1 --seed {seed}{trouble}{moves} --told"


def _pace(done: int, took: float) -> str:
    return f"{done / max(took, 0.001) * 3600:.0f} an hour"


@contextmanager
def _ended(chosen: argparse.Namespace, seeds: range) -> Iterator[Iterator[Ended]]:
    """Give what the histories come to, in the order of their seeds."""
    one = partial(run_one, chosen.trouble, chosen.moves)
    with TemporaryDirectory(prefix="spokesdesk-sim-", dir=quick_folder()) as folder:
        if chosen.workers == 1:
            begin(folder)
            try:
                yield map(one, seeds)
            finally:
                end()
            return
        with get_context("spawn").Pool(chosen.workers, begin, (folder,), TASKS_OF_A_WORKER) as pool:
            yield pool.imap(one, seeds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
