"""Starts SpokesDesk: the window by default, ``portal …`` the web service, everything else the command line."""

import gc
import sys
from collections.abc import Sequence

WINDOW_OPTIONS = frozenset({"--demo", "--workspace"})


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the arguments ask for; each door is imported only when it is used.

    Args:
        argv: arguments without the program's name; those of the process when None.

    Returns:
        Exit code, one for each class of error (domain/errors).
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    _speak_utf8()
    if not arguments or arguments[0] in WINDOW_OPTIONS:
        # Nothing becomes garbage before the first picture; looking for it would only delay that.
        gc.disable()
        from spokesdesk.gui import app

        return app.run(arguments)
    if arguments[0] == "portal":
        from spokesdesk.server import commands

        return int(commands.main(arguments[1:]))
    from spokesdesk import cli

    return cli.main(arguments)


def _speak_utf8() -> None:
    """Vietnamese comes out whole on a Windows console and in a pipe alike."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
