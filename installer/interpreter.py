"""Which Python makes ``.venv``. Any Python 3.8+ can read this, so that it can say what is missing."""

from __future__ import annotations

import shutil
import subprocess
import sys

from installer.talk import SetupError

SUPPORTED = ((3, 11), (3, 12), (3, 13))


def choose() -> str:
    """Give the interpreter that makes ``.venv``: this one when it is supported, else one on PATH.

    Returns:
        Path of an executable whose version is in ``SUPPORTED``.

    Raises:
        SetupError: there is none; the message says what to install.
    """
    if sys.version_info[:2] in SUPPORTED:
        return str(getattr(sys, "_base_executable", sys.executable))
    for major, minor in reversed(SUPPORTED):
        found = shutil.which(f"python{major}.{minor}")
        if found and version_of(found) == (major, minor):
            return found
    raise SetupError(
        f"Máy này chưa có Python phù hợp: đang chạy {sys.version.split()[0]}, cần 3.11, 3.12 hoặc 3.13.\n"
        "Hãy cài một trong các bản đó (Debian 12: apt-get install python3; Windows: bộ cài của python.org) "
        "rồi chạy lại lệnh này."
    )


def version_of(python: str) -> tuple[int, int] | None:
    """Give (major, minor) of an interpreter, None when it does not run (a broken link, an empty shim)."""
    ask = "import sys; print(*sys.version_info[:2])"
    try:
        done = subprocess.run([python, "-c", ask], capture_output=True, text=True, timeout=30, check=True)
        major, minor = done.stdout.split()
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return int(major), int(minor)


def has_ensurepip(python: str) -> bool:
    """Say whether the interpreter can put pip into a new environment (Debian ships that part apart)."""
    return (
        subprocess.run([python, "-c", "import ensurepip"], capture_output=True, check=False).returncode == 0
    )
