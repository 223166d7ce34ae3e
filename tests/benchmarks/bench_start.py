"""Start-up: the frame's first paint against an empty PySide6 window's, and the today page with data after it."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measure import interleaved, paired_ratio, shown, table

ROUNDS = 7
CONTACTS = 1_000
PASSPHRASE = "đo tốc độ"

EMPTY_WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, app.quit)
app = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""

TODAY = """
import sys
from PySide6.QtCore import QTimer
from spokesdesk.gui import app
from spokesdesk.gui.today import TodayScreen
shown = TodayScreen._show
def noted(self, board):
    shown(self, board)
    QTimer.singleShot(0, lambda: __import__("os")._exit(0))
TodayScreen._show = noted
app.run(["--workspace", sys.argv[1]])
"""


def main() -> None:
    """Print the table: frame against empty window; today page in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        workspace = _workspace(home)
        ways = {
            "empty": lambda: _run(home, "-c", EMPTY_WINDOW),
            "frame": lambda: _run(home, "-m", "spokesdesk", report=home / "modules.txt"),
            "today": lambda: _run(home, "-c", TODAY, str(workspace)),
        }
        taken = interleaved(ways, ROUNDS)
    empty, frame, today = taken["empty"], taken["frame"], taken["today"]
    middle = statistics.median
    table(
        [
            (
                "frame painted",
                shown(middle(frame)),
                shown(middle(empty)),
                f"{paired_ratio(frame, empty):.2f}",
                "1.40",
            ),
            (
                "today with data",
                shown(middle(today)),
                shown(middle(empty)),
                f"{paired_ratio(today, empty):.2f}",
                "1500 ms",
            ),
        ]
    )


def _workspace(home: Path) -> Path:
    from spokesdesk import bootstrap
    from spokesdesk.outside import sealing
    from spokesdesk.services import samples

    # The key is at hand: stretching a passphrase is not what is measured.
    sealing.COST = (64, 1, 1)

    folder = home / "workspace"
    agency, members = samples.sample_agency(), samples.sample_members()[:1]
    desk, _key = bootstrap.create(folder, agency, members, passphrase=PASSPHRASE)
    samples.fill(desk, CONTACTS)
    desk.close()
    return folder


def _run(home: Path, *words: str, report: Path | None = None) -> None:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "LD_LIBRARY_PATH", "LANG"}}
    environment = kept | {
        "HOME": str(home),
        "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "SPOKESDESK_PASSPHRASE": PASSPHRASE,
    }
    if report:
        environment["SPOKESDESK_REPORT_MODULES"] = str(report)
    subprocess.run([sys.executable, *words], env=environment, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(home / ".cache", ignore_errors=True)


if __name__ == "__main__":
    main()
