"""Draws the gallery: ``python -m tests.gui.gallery [FOLDER] [NAME…]``.

Every picture in both palettes at 1366 × 768 and 1024 × 700, and at 125, 150 and 200 %; one process for each scale.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spokesdesk.domain.people import Member

SHEETS: tuple[tuple[int, tuple[int, int]], ...] = (
    (100, (1366, 768)),
    (100, (1024, 700)),
    (125, (1366, 768)),
    (150, (1366, 768)),
    (200, (1366, 768)),
)


def main(argv: list[str]) -> int:
    """Draw everything, or only the names given."""
    if argv and argv[0] == "--one":
        return _draw(Path(argv[1]), (int(argv[2]), int(argv[3])), argv[4], argv[5], argv[6:])
    folder = Path(argv[0] if argv else tempfile.mkdtemp(prefix="gallery-"))
    folder.mkdir(parents=True, exist_ok=True)
    for scale, size in SHEETS:
        for palette in ("light", "dark"):
            environment = {
                **os.environ,
                "QT_QPA_PLATFORM": "offscreen",
                "QT_SCALE_FACTOR": f"{scale / 100:g}",
                "XDG_DATA_HOME": str(folder / "home"),
                "XDG_CONFIG_HOME": str(folder / "home"),
            }
            tag = f"{size[0]}x{size[1]}-{scale}"
            command = [
                sys.executable,
                "-m",
                "tests.gui.gallery",
                "--one",
                str(folder),
                *map(str, size),
                palette,
                tag,
            ]
            done = subprocess.run([*command, *argv[1:]], env=environment, check=False)
            if done.returncode:
                return done.returncode
    print(folder)
    return 0


def _draw(folder: Path, size: tuple[int, int], palette: str, tag: str, names: list[str]) -> int:
    from PySide6.QtWidgets import QApplication

    from spokesdesk import bootstrap
    from spokesdesk.gui.courier import Courier
    from spokesdesk.gui.theme import Theme
    from spokesdesk.services import people
    from tests.gui.gallery.pictures import all_pictures, shown, tidy
    from tests.gui.stage import settle, staged

    app = QApplication([])
    theme, courier = Theme(app), Courier(app)
    theme.start(app, palette)
    desk = bootstrap.open_demo()
    desk = desk.working_as(max(people.members(desk), key=_roles))
    stage = staged(theme, courier, desk, size=size)
    for picture in all_pictures():
        if names and not any(picture.name.startswith(name) for name in names):
            continue
        tidy(stage)
        picture.prepare(stage)
        settle(courier)
        shown(stage).grab().save(str(folder / f"{picture.name}-{palette}-{tag}.png"))
    stage.close()
    settle(courier)
    desk.close()
    os._exit(0)


def _roles(member: "Member") -> int:
    return len(member.roles)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
