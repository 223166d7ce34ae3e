"""Memory of the window with a million entries open and scrolled, over one with an empty workspace (Linux)."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks import million
from tests.benchmarks.measure import table

PROGRAM = """
import random, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.theme import Theme
from spokesdesk.gui.widgets.rowlist import RowList
from tests.benchmarks import million
from tests.gui.stage import settle, staged
app = QApplication([])
theme, courier = Theme(app), Courier(app)
theme.start(app, "light")
with million.opened(Path(sys.argv[1])) as desk:
    stage = staged(theme, courier, desk, first="journal")
    screen = stage.show("journal")
    rows = max(screen.findChildren(RowList), key=lambda found: found.rows().rowCount())
    bar, chance = rows.verticalScrollBar(), random.Random(3)
    for _each in range(300):
        bar.setValue(chance.randrange(bar.maximum() + 1))
        app.processEvents()
        settle(courier)
    kib = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4
    print(rows.rows().rowCount(), kib)
    __import__("os")._exit(0)
"""


def main() -> None:
    """Print the table."""
    with million.workspace("million") as folder, tempfile.TemporaryDirectory() as other:
        million._make(Path(other) / "empty", 0, 0)
        empty, full = _resident(Path(other) / "empty"), _resident(folder)
    grown = (full[1] - empty[1]) / 1024
    rows = [
        (
            f"{full[0]} entries open and scrolled",
            f"{full[1] / 1024:.0f} MiB",
            f"{empty[1] / 1024:.0f} MiB",
            f"+{grown:.0f} MiB",
            "+60 MB",
        )
    ]
    table(rows)


def _resident(folder: Path) -> tuple[int, int]:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder)],
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    count, kib = done.stdout.split()[-2:]
    return int(count), int(kib)


if __name__ == "__main__":
    main()
