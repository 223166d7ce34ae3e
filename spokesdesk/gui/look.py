"""The look of the last run, in one small file of the window's own, so that the first picture needs nothing else.

The machine's settings stay the truth; this only keeps the first paint from flashing the wrong palette or size.
"""

import json
import os
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QStandardPaths

from spokesdesk import assets

SCALES = (100, 125, 150, 175, 200)


class Look(NamedTuple):
    """Palette (light, dark, system), scale in percent, and where the window stood (base64 of Qt's geometry)."""

    palette: str = "system"
    scale: int = 100
    geometry: str = ""


def load() -> Look:
    """Give the look of the last run; the usual one when there is none or it cannot be read."""
    try:
        kept = json.loads(_path().read_text(encoding="utf-8"))
        palette, scale = str(kept.get("palette")), int(kept.get("scale", 100))
        known = palette if palette in ("light", "dark", "system") else "system"
        return Look(known, scale if scale in SCALES else 100, str(kept.get("geometry", "")))
    except (OSError, ValueError, AttributeError, TypeError):
        return Look()


def keep(look: Look) -> None:
    """Keep the look for the next start; a disk that does not take it is no harm."""
    try:
        path = _path()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(look._asdict()), encoding="utf-8")
    except OSError:
        return


def scale_environment(scale: int) -> None:
    """Tell Qt the scale; before the application is made, on top of what the screen asks for itself."""
    if scale != 100 and "QT_SCALE_FACTOR" not in os.environ:
        os.environ["QT_SCALE_FACTOR"] = f"{scale / 100:g}"


def _path() -> Path:
    own = assets.home()
    if own is not None:
        return own / "settings" / "look.json"
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(place) / "spokesdesk" / "look.json"
