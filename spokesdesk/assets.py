"""Where the program's data files (resources/) are: one answer for checkout, wheel and installed program."""

import os
import sys
from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """Give the folder that holds rules/, fonts/, templates/ and the other data.

    Returns:
        The existing folder: inside the package in a wheel or an installed program, beside it in a checkout.

    Raises:
        FileNotFoundError: the program was installed without its data.
    """
    package = Path(__file__).resolve().parent
    frozen = Path(getattr(sys, "_MEIPASS", package))
    for candidate in (package / "resources", package.parent / "resources", frozen / "resources"):
        if (candidate / "rules").is_dir() or (candidate / "fonts").is_dir():
            return candidate
    raise FileNotFoundError("resources")


def path(*parts: str) -> Path:
    """Give the path of one data file, e.g. ``path("fonts", "LiberationSerif-Regular.ttf")``."""
    return root().joinpath(*parts)


def read_text(*parts: str) -> str:
    """Give the text of one UTF-8 data file."""
    return path(*parts).read_text(encoding="utf-8")


def read_bytes(*parts: str) -> bytes:
    """Give the bytes of one data file."""
    return path(*parts).read_bytes()


HOME = "SPOKESDESK_HOME"
PORTABLE = "portable"


def home() -> Path | None:
    """Give the one folder for settings, logs and workspace, where they do not lie in the system's own places.

    Returns:
        What ``SPOKESDESK_HOME`` says; on Windows ``data`` beside a file named ``portable`` in the program's folder;
        else None.
    """
    asked = os.environ.get(HOME)
    if asked:
        return Path(asked)
    program = Path(sys.executable).parent.parent
    is_portable = os.name == "nt" and (program / PORTABLE).is_file()
    return program / "data" if is_portable else None


BUILD_NOTE = "BUILD.json"


def program_folder() -> Path | None:
    """Give the folder of an installed program, which holds ``BUILD.json``; None in a checkout or a wheel."""
    for folder in (Path(sys.prefix), Path(sys.executable).parent):
        if (folder / BUILD_NOTE).is_file():
            return folder
    return None
