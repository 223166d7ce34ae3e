"""Remake ``requirements/*.txt`` from ``pyproject.toml`` with uv: ``python3 installer/lock.py [--upgrade]``.

One resolution for every platform and Python 3.11–3.13 is made per kind and then split by platform, so that
all locks agree. Without ``--upgrade`` a version stays unless ``pyproject.toml`` forbids it. Afterwards run
``python3 installer/test.py``: ``.venv`` follows by itself.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120

from installer.environment import ROOT
from installer.talk import SetupError, run_door, say

KINDS = {"dev": ("--extra", "portal", "--group", "dev"), "portal": ("--extra", "portal"), "desk": ()}
"""Kind → what it takes from pyproject.toml; the widest first, the others are held to its versions."""
PLATFORMS = {"linux": "sys_platform == 'linux'", "windows": "sys_platform == 'win32'"}
SKIPPED = {("windows", "portal")}
"""The portal is not served from Windows."""


def main(arguments: list[str]) -> int:
    """Resolve each kind and write one lock per platform."""
    old = (
        ""
        if "--upgrade" in arguments
        else pins((ROOT / "requirements" / "linux-dev.txt", ROOT / "requirements" / "windows-dev.txt"))
    )
    for kind, wanted in KINDS.items():
        resolved = resolve(wanted, old)
        for platform in PLATFORMS:
            if (platform, kind) not in SKIPPED:
                target = ROOT / "requirements" / f"{platform}-{kind}.txt"
                target.write_text(
                    "\n".join(for_platform(blocks(resolved), platform)) + "\n", encoding="utf-8"
                )
                say(f"Đã viết {target.relative_to(ROOT)}")
        if kind == "dev":
            old = "\n".join(block.split(" ")[0] for block in blocks(resolved))
    return 0


def resolve(wanted: tuple[str, ...], preferred: str) -> str:
    """Ask uv for one lock that holds on every platform and supported Python.

    Args:
        wanted: uv's options that name the extra and the group.
        preferred: ``name==version`` lines kept where pyproject.toml allows it.

    Raises:
        SetupError: uv is missing or finds no solution; its message stands above.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "lock.txt"
        out.write_text(preferred, encoding="utf-8")
        command = [
            "uv",
            "pip",
            "compile",
            "pyproject.toml",
            *wanted,
            "--universal",
            "--python-version",
            "3.11",
        ]
        shape = [
            "--generate-hashes",
            "--no-header",
            "--no-annotate",
            "--no-emit-index-url",
            "--no-emit-find-links",
        ]
        try:
            subprocess.run(
                [*command, *shape, "--quiet", "-o", str(out)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
            )
        except (OSError, subprocess.CalledProcessError) as error:
            raise SetupError(f"uv không khoá được phiên bản: {error}") from error
        return out.read_text(encoding="utf-8")


def blocks(lock: str) -> list[str]:
    """Give a lock's entries, each with its hash lines."""
    entries: list[str] = []
    for line in lock.splitlines():
        if line.startswith(" "):
            entries[-1] += f"\n{line}"
        elif line.strip():
            entries.append(line)
    return entries


def for_platform(entries: list[str], platform: str) -> list[str]:
    """Leave out the entries that a marker gives to the other platform alone."""
    others = [marker for name, marker in PLATFORMS.items() if name != platform]
    return [entry for entry in entries if not _is_for(entry.split("\n")[0], others)]


def pins(files: tuple[Path, ...]) -> str:
    """Give the ``name==version`` lines of existing locks, each name once."""
    known = {}
    for file in files:
        for entry in blocks(file.read_text(encoding="utf-8")) if file.exists() else ():
            known[entry.split("==")[0]] = entry.split(" ")[0]
    return "\n".join(known.values())


def _is_for(head: str, markers: list[str]) -> bool:
    _, _, marker = head.partition(" ; ")
    parts = [part.strip(" \\") for part in marker.split(" and ")]
    return " or " not in marker and any(other in parts for other in markers)


if __name__ == "__main__":
    sys.exit(run_door(main))
