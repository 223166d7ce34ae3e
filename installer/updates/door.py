"""The tools of this folder need the program's own libraries: they run in its environment."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from installer import environment


def in_environment() -> None:
    """Go on in the checkout's ``.venv``; it is prepared when it is not there."""
    python = environment.ensure("desk")
    if Path(sys.prefix).resolve() != environment.VENV.resolve():
        os.execv(python, [str(python), *sys.argv])
