"""Fills the NSIS scripts with files, version and size, and compiles them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from installer.talk import SetupError


def launcher(here: Path, home: Path, version: str, at: int) -> None:
    """Compile ``SpokesDesk.exe``, which starts the program.

    Args:
        here: folder of the scripts.
        home: receives it.
        at: seconds since 1970, written as the time of making.

    Raises:
        SetupError: makensis refused; its last lines are shown.
    """
    _makensis(here / "launcher.nsi", {**_named(here, version), "OUT": str(home / "SpokesDesk.exe")}, at)


def compiled(
    here: Path, home: Path, files: list[Path], out: Path, version: str, at: int, *, fast: bool = False
) -> Path:
    """Compile the installer.

    Args:
        here: folder of the scripts.
        home: what will be the installed folder; ``program`` is in it, the list for the compiler goes beside it.
        files: of the program folder, relative and sorted.
        at: seconds since 1970, written as the time of making.
        fast: weak compression, for trials.

    Raises:
        SetupError: makensis refused; its last lines are shown.
    """
    listed = home.parent / "files.nsh"
    listed.write_text(file_lines(home / "program", files), encoding="utf-8")
    target = out / f"SpokesDesk-{version}-setup.exe"
    size = sum((home / "program" / file).stat().st_size for file in files) // 1024
    longest = max(len(f"\\program-00.00.00.part\\{file}") for file in files)
    more = {"HOME": str(home), "FILES": str(listed), "OUT": str(target)}
    more |= {"SIZE_KB": str(size), "LONGEST": str(longest)}
    _makensis(here / "setup.nsi", {**_named(here, version), **more, **({"FAST": "1"} if fast else {})}, at)
    return target


def file_lines(program: Path, files: list[Path]) -> str:
    """Give the NSIS lines that unpack the program, folder by folder, in one order whatever the disk says."""
    lines: list[str] = []
    folder = None
    for file in files:
        if file.parent != folder:
            folder = file.parent
            inside = str(folder).replace("/", "\\")
            lines.append('SetOutPath "$INSTDIR\\program.new' + ("" if inside == "." else f"\\{inside}") + '"')
        lines.append(f'File "{_quoted(program / file)}"')
    return "\n".join(lines) + "\n"


def version_of_four(version: str) -> str:
    """Give Windows' form of a version: four numbers; "0.2.0rc1" gives "0.2.0.0"."""
    numbers = []
    for word in version.split(".")[:4]:
        digits = word[: len(word) - len(word.lstrip("0123456789"))] or "0"
        numbers.append(digits)
    return ".".join([*numbers, "0", "0", "0", "0"][:4])


def _named(here: Path, version: str) -> dict[str, str]:
    return {"VERSION": version, "VERSION4": version_of_four(version), "HERE": str(here)}


def _quoted(path: Path) -> str:
    return str(path).replace("$", "$$")


def _makensis(file: Path, defines: dict[str, str], at: int) -> None:
    given = [f"-D{name}={value}" for name, value in defines.items()]
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *given, str(file)]
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(at), "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, errors="replace")
    if done.returncode:
        raise SetupError(f"makensis: {(done.stdout + done.stderr)[-2000:]}")
