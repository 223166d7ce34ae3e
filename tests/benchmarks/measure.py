"""Interleaved measuring: every round runs each way once, so that a slow minute of the machine hits all alike."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence


def interleaved(ways: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Give the seconds of each round of each way; one round more runs first and is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for lap in range(rounds + 1):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            if lap:
                taken[name].append(time.perf_counter() - start)
    return taken


def paired_ratio(ours: Sequence[float], baseline: Sequence[float]) -> float:
    """Give the median of the ratios round by round: noise that hits a whole round cancels."""
    return statistics.median(a / b for a, b in zip(ours, baseline, strict=True))


def table(rows: Sequence[tuple[str, str, str, str, str]]) -> None:
    """Print name, ours, baseline, ratio, target, aligned."""
    head = ("what", "ours", "baseline", "ratio", "target")
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(5)]
    for row in (head, *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def shown(seconds: float) -> str:
    """Give a duration for the table."""
    return f"{seconds * 1000:.0f} ms"
