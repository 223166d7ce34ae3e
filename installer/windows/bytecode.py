"""Compiles the program's modules for the Python it carries: the first start after an installation need not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from installer.interpreter import version_of
from installer.talk import SetupError
from installer.windows import parts

FOLDERS = ("lib", "app")


def compiled(program: Path) -> None:
    """Put ``__pycache__`` beside the modules of the program folder.

    The files are marked as never to be compared with their source, which an installation does not change either:
    their bytes do not depend on when and where they were made.

    Args:
        program: holds ``lib`` and ``app``.

    Raises:
        SetupError: no Python of the version that the program carries, or a module is no Python.
    """
    # The prefix taken from the names inside is the folder's; Python puts in where they lie when it loads them.
    how = ["-I", "-m", "compileall", "-q", "-f", "--invalidation-mode", "unchecked-hash", "-s", str(program)]
    folders = [str(program / name) for name in FOLDERS]
    done = subprocess.run([interpreter(), *how, *folders], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SetupError(f"compileall: {(done.stdout + done.stderr)[-2000:]}")


def interpreter() -> str:
    """Give a Python on this machine whose bytecode is that of the carried one.

    Raises:
        SetupError: there is none; says where it comes from.
    """
    name = ".".join(map(str, parts.PYTHON))
    found = shutil.which(f"python{name}")
    # pyenv has a command of that name for versions that are not switched on, too.
    pyenv = sorted(Path.home().glob(f".pyenv/versions/{name}.*/bin/python{name}"))
    for python in [*([found] if found else []), *map(str, pyenv)]:
        if version_of(python) == parts.PYTHON:
            return python
    raise SetupError(
        f"Cần Python {name} trên máy này để dịch sẵn các mô-đun (Debian 13: gói python{name}; Debian 12: pyenv)."
    )
