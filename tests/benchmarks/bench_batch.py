"""500 letters from a list: the rate of the last hundred against the first, and what memory grows by (Linux)."""

import tempfile
import time
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
    at, held = _run(letter, rows)
    first, last = at[PART] - at[0], at[-1] - at[-1 - PART]
    each = f"{last / PART * 1000:.0f} ms a letter"
    grown = (held[-1] - held[PART]) / 1024
    table(
        [
            (
                "last 100 of 500",
                each,
                f"{first / PART * 1000:.0f} ms (first)",
                f"{last / first:.2f}",
                "≤ 1.2",
            ),
            ("memory after 500", f"{held[-1] / 1024:.0f} MiB", f"after 100: +{grown:.1f} MiB", "", "≤ 4 MiB"),
        ]
    )


def _run(letter: Letter, rows: tuple[batch.Row, ...]) -> tuple[list[float], list[int]]:
    """Give CPU seconds (other programs must not count) and resident KiB before and after each letter."""
    batch.merge(letter, rows[:3], _folder())
    at, held = [time.process_time()], [_resident()]

    def look(_done: int, _total: int) -> None:
        at.append(time.process_time())
        held.append(_resident())

    batch.merge(letter, rows, _folder(), progress=look)
    return at, held


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4


def _folder() -> Path:
    holder = tempfile.TemporaryDirectory(prefix="batch-")
    _KEPT.append(holder)
    return Path(holder.name)


_KEPT: list["tempfile.TemporaryDirectory[str]"] = []

if __name__ == "__main__":
    main()
