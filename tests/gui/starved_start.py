"""Goes through the first run in a profile in want (read-only, full), and prints what a person saw as JSON.

``python -m tests.gui.starved_start``; where the profile is, the environment says.
"""

import json
import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from spokesdesk.domain.people import Role
from spokesdesk.gui.courier import Courier
from spokesdesk.gui.crash import CrashHandler
from spokesdesk.gui.opening import Opening
from spokesdesk.gui.start.wizard import FirstRun
from spokesdesk.gui.theme import Theme
from spokesdesk.outside.logs import Logs
from tests.gui.stage import real_door, settle, staged

PHRASE = "bốn con mèo ngủ trưa"


def main() -> int:
    """Answer every question of the first run, once."""
    app = QApplication([])
    theme = Theme(app)
    theme.start(app, "light")
    courier = Courier(app)
    opened = staged(theme, courier)
    crash = CrashHandler(Logs(), opened.window)
    faults: list[str] = []
    crash.happened.connect(faults.append)
    courier.crashed.connect(crash.take)
    opening = Opening(opened.window, courier, real_door())
    opening.begin(None)
    settle(courier)
    pages: list[FirstRun] = list(opened.window.findChildren(FirstRun))
    page = pages[0]
    page._agency._edits["name"].setText("UBND phường 4")
    page._members.forms()[0].set_member("Lê Thị Ấn", "", frozenset({Role.ADMIN}))
    page._show(3)
    for edit in (page._keys._phrase._first, page._keys._phrase._again):
        edit.setText(PHRASE)
    page._go_on()
    settle(courier)
    home = Path(os.environ["SPOKESDESK_HOME"])
    left = sorted(str(item.relative_to(home)) for item in home.rglob("*") if "workspace" in str(item))
    saw = {
        "page": page._pages.currentIndex(),
        "said": page._said.accessibleName(),
        "faults": faults,
        "left": left,
    }
    print(json.dumps(saw, ensure_ascii=False))
    sys.stdout.flush()
    # The desk, if there is one, goes with the process.
    os._exit(0)


if __name__ == "__main__":
    main()
