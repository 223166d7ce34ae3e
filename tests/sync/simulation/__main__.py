"""Run histories: ``python -m tests.sync.simulation --histories N --seed S [--trouble T] [--told]``."""

import argparse
import gc
import sys
import time
import traceback

from tests.sync.simulation.history import TROUBLES, History
from tests.sync.simulation.truths import check
from tests.sync.simulation.world import World


def main(arguments: list[str]) -> int:
    """Run histories one after the other; give 1 when one of them failed."""
    asked = argparse.ArgumentParser(prog="python -m tests.sync.simulation")
    asked.add_argument("--histories", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1, help="of the first history; the next ones follow")
    asked.add_argument("--trouble", choices=TROUBLES, default="")
    asked.add_argument("--told", action="store_true", help="tell the steps of each history")
    asked.add_argument("--seconds", type=float, default=0, help="stop after so long")
    chosen = asked.parse_args(arguments)
    failed = done = steps = 0
    began, spent = time.monotonic(), time.process_time()
    with World() as world:
        for seed in range(chosen.seed, chosen.seed + chosen.histories):
            if chosen.seconds and time.monotonic() - began > chosen.seconds:
                break
            history = History(world, seed, chosen.trouble)
            done += 1
            try:
                history.run()
                check(history)
            except Exception as error:
                failed += 1
                _tell(history, error)
                gc.collect()  # what the error held open is let go
            if chosen.told:
                print("\n".join(history.lines))
            steps += history.step_n
    took = time.monotonic() - began
    print(
        f"{done} histories, {steps} steps, {failed} failed, {took:.0f} s ({time.process_time() - spent:.0f} s of work)"
    )
    return 1 if failed else 0


def _tell(history: History, error: Exception) -> None:
    chosen = f"--seed {history.seed} --trouble {history.trouble}"
    print(f"FAILED: python -m tests.sync.simulation --histories 1 {chosen} --told")
    print(f"  {str(error)[:1500] or repr(error)}")
    if not isinstance(error, AssertionError):
        traceback.print_exception(error, limit=-6)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
