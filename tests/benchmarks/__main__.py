"""Run the benchmarks: ``python -m tests.benchmarks [name…]``; each ``bench_NAME.py`` prints its own table."""

import importlib
import sys
from pathlib import Path


def main(chosen: list[str]) -> int:
    """Run ``main()`` of every ``bench_*.py`` of this folder, or of the named ones."""
    known = sorted(file.stem.removeprefix("bench_") for file in Path(__file__).parent.glob("bench_*.py"))
    unknown = [name for name in chosen if name not in known]
    if unknown:
        print(f"no such benchmark: {', '.join(unknown)}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    for name in chosen or known:
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"tests.benchmarks.bench_{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
