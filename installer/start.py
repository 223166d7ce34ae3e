"""Set up this checkout and open the desk: ``python3 installer/start.py [--demo] [spokesdesk arguments…]``."""

from __future__ import annotations

import os
import subprocess
import sys

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120

from installer import environment
from installer.talk import run_door


def main(arguments: list[str]) -> int:
    """Prepare what is missing, then become ``python -m spokesdesk`` with the arguments as they are."""
    python = environment.ensure("portal" if arguments[:1] == ["portal"] else "desk")
    command = [str(python), "-P", "-m", "spokesdesk", *arguments]
    if os.name == "nt":
        return subprocess.call(command)
    os.execv(command[0], command)


if __name__ == "__main__":
    sys.exit(run_door(main))
