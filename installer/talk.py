"""How the set-up speaks to a person: short Vietnamese lines, no traceback for a known trouble."""

from __future__ import annotations

import sys
from collections.abc import Callable


class SetupError(Exception):
    """The set-up cannot go on; the message says what to do."""


def say(line: str) -> None:
    """Print one line at once, so that it stands before what a child process prints."""
    print(f"» {line}", flush=True)


def run_door(main: Callable[[list[str]], int]) -> int:
    """Run a door's ``main`` with the command line, turning a known trouble into its message.

    Args:
        main: takes the arguments without the program's name, returns an exit code.

    Returns:
        What ``main`` returned; 1 after a ``SetupError``; 130 after Ctrl+C.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:  # a Windows console with an old code page must not stop the set-up
            reconfigure(encoding="utf-8", errors="replace")
    try:
        return main(sys.argv[1:])
    except SetupError as stop:
        print(f"\n{stop}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        print("\nĐã dừng theo yêu cầu. Chạy lại lệnh này để làm tiếp.", file=sys.stderr, flush=True)
        return 130
