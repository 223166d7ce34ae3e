"""500 letters from a list: the rate of the last hundred against the first, and what memory grows by."""

import gc
import tempfile
import time
import tracemalloc
from dataclasses import replace
from pathlib import Path

from spokesdesk import assets
from spokesdesk.domain.letters import Letter
from spokesdesk.services import batch, papers
from tests.benchmarks.measure import table

LETTERS, PART = 500, 100


def main() -> None:
    """Print rate and memory, each with its target."""
    base = papers.read_letter(assets.read_text("samples", "cong-van-cai-chinh.toml"))
    letter = replace(base, addressees=("{{head_title}} {{name}}",))
    lines = "".join(f"Báo Số {n},Tổng Biên tập\n" for n in range(LETTERS))
    rows = batch.read_rows(f"name,head_title\n{lines}".encode(), "ds.csv")
    first, last = _parts(letter, rows)
    grown = _grown(letter, rows[:150])
    each = f"{last / PART * 1000:.0f} ms a letter"
    table(
        [
            (
                "last 100 of 500",
                each,
                f"{first / PART * 1000:.0f} ms (first)",
                f"{last / first:.2f}",
                "≤ 1.2",
            ),
            ("memory, letters 50 to 150", f"{grown / 1024:.0f} KiB", "", "", "≤ 1024 KiB"),
        ]
    )


def _parts(letter: Letter, rows: tuple[batch.Row, ...]) -> tuple[float, float]:
    """Give the CPU seconds of the first and of the last hundred: other programs must not count."""
    at: list[float] = []
    batch.merge(letter, rows[:3], _folder())
    begun = time.process_time()
    batch.merge(letter, rows, _folder(), progress=lambda *_: at.append(time.process_time()))
    return at[PART - 1] - begun, at[-1] - at[-1 - PART]


def _grown(letter: Letter, rows: tuple[batch.Row, ...]) -> int:
    sizes: list[int] = []

    def look(done: int, _total: int) -> None:
        if done in (50, len(rows)):
            gc.collect()
            sizes.append(tracemalloc.get_traced_memory()[0])

    tracemalloc.start()
    batch.merge(letter, rows, _folder(), progress=look)
    tracemalloc.stop()
    return sizes[1] - sizes[0]


def _folder() -> Path:
    holder = tempfile.TemporaryDirectory(prefix="batch-")
    _KEPT.append(holder)
    return Path(holder.name)


_KEPT: list["tempfile.TemporaryDirectory[str]"] = []

if __name__ == "__main__":
    main()
