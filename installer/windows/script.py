"""Fills the NSIS scripts with files, version and size, and compiles them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from installer.talk import SetupError


def compiled(
    here: Path, keep: Path, files: list[Path], out: Path, version: str, at: int, *, fast: bool = False
) -> Path:
    """Compile the launcher and the installer.

    Args:
        here: folder of the scripts.
        keep: working folder that holds ``program``.
        files: of the program folder, relative and sorted.
        at: seconds since 1970, written as the time of making.
        fast: weak compression, for trials.

    Raises:
        SetupError: makensis refused; its last lines are shown.
    """
    (keep / "files.nsh").write_text(file_lines(keep / "program", files), encoding="utf-8")
    launcher = keep / "SpokesDesk.exe"
    defines = {"VERSION": version, "VERSION4": version_of_four(version), "KEEP": str(keep), "HERE": str(here)}
    _makensis(here / "launcher.nsi", {**defines, "OUT": str(launcher)}, at)
    os.utime(launcher, (at, at))
    target = out / f"SpokesDesk-{version}-setup.exe"
    size = sum((keep / "program" / file).stat().st_size for file in files) // 1024
    more = {"OUT": str(target), "SIZE_KB": str(size), **({"FAST": "1"} if fast else {})}
    _makensis(here / "setup.nsi", {**defines, **more}, at)
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


def _quoted(path: Path) -> str:
    return str(path).replace("$", "$$")


def _makensis(file: Path, defines: dict[str, str], at: int) -> None:
    given = [f"-D{name}={value}" for name, value in defines.items()]
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *given, str(file)]
    env = {**os.environ, "SOURCE_DATE_EPOCH": str(at), "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, errors="replace")
    if done.returncode:
        raise SetupError(f"makensis: {(done.stdout + done.stderr)[-2000:]}")
