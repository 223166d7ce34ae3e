"""The locked wheels for every Python that the Linux programs run on, fetched by hash and laid into one folder.

A compiled module bears the version of its Python in its name (``x.cpython-312-x86_64-linux-gnu.so``), so the wheels for
3.11, 3.12 and 3.13 lie in one folder as Debian's own packages do; whatever else differs between them stops the build.
"""

from __future__ import annotations

import email
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from installer.environment import ROOT
from installer.parts import digest
from installer.talk import SetupError

PYTHONS = ("3.11", "3.12", "3.13")
GLIBCS = (17, 24, 26, 27, 28)
"""Wheels up to glibc 2.28 only: Debian 12 has 2.36, Ubuntu 22.04 has 2.35."""
MACHINE = "x86_64"
PORTAL_ROOTS = (
    "alembic",
    "argon2-cffi",
    "asn1crypto",
    "boto3",
    "botocore",
    "cryptography",
    "jinja2",
    "msgspec",
    "prometheus-client",
    "psycopg",
    "psycopg-binary",
    "pyhanko",
    "python-multipart",
    "rfc8785",
    "sqlalchemy",
    "sqlcipher3",
    "starlette",
    "uuid-utils",
    "uvicorn",
    "zstandard",
)
"""What the portal imports itself; what these need comes with them. The rest of the lock is the desk's."""
QT_LIBRARIES = frozenset(
    {"Core", "DBus", "Gui", "Network", "OpenGL", "PrintSupport", "Svg", "Widgets", "XcbQpa"}
)
QT_MODULES = frozenset({"Core", "DBus", "Gui", "Network", "PrintSupport", "Widgets"})
QT_PLUGINS = frozenset(
    {
        "iconengines/libqsvgicon.so",
        "imageformats/libqgif.so",
        "imageformats/libqico.so",
        "imageformats/libqjpeg.so",
        "imageformats/libqsvg.so",
        "imageformats/libqtiff.so",
        "imageformats/libqwebp.so",
        "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
        "platforminputcontexts/libibusplatforminputcontextplugin.so",
        "platforms/libqoffscreen.so",
        "platforms/libqxcb.so",
        "platformthemes/libqxdgdesktopportal.so",
        "printsupport/libcupsprintersupport.so",
        "xcbglintegrations/libqxcb-egl-integration.so",
        "xcbglintegrations/libqxcb-glx-integration.so",
    }
)
RUNTIME = ("libicu", "libpyside6.abi3", "libshiboken6")
DROPPED_TAILS = (
    ".pyi",
    ".pyx",
    ".pxd",
    ".pxi",
    ".c",
    ".h",
    ".sfd",
    ".typed",
    "/RECORD",
    "/INSTALLER",
    "/WHEEL",
)
DROPPED_FOLDERS = frozenset({"tests", "test", "testing", "scripts", "__pycache__", "include"})
DROPPED_PLACES = (("reportlab", "fonts"), ("securesystemslib", "_vendor", "test-ed25519-upstream.sh"))
"""Fonts that the program does not use, some of them not free to pass on, and a script of a library's own tests."""
ONE_OF_SEVERAL = "/sboms/"
"""Lists of the libraries inside a wheel: they differ by the Python, the first is kept."""


def fetched(keep: Path, kind: str) -> list[Path]:
    """Fetch the wheels of a lock for every Python; files whose hash differs are refused.

    Args:
        keep: working folder; wheels that are there already are not fetched again.
        kind: "desk" or "portal".

    Returns:
        Every wheel once, sorted by name; those of several Pythons beside each other.

    Raises:
        SetupError: pip could not get them; its message stands above.
    """
    lock = ROOT / "requirements" / f"linux-{kind}.txt"
    text = lock.read_text(encoding="utf-8")
    pinned = {line.split("==")[0].replace("-", "_").lower() for line in text.splitlines() if "==" in line}
    hashes = set(re.findall(r"--hash=sha256:([0-9a-f]{64})", text))
    found: dict[str, Path] = {}
    for python in PYTHONS:
        folder = keep / f"wheels-{python.replace('.', '')}"
        folder.mkdir(parents=True, exist_ok=True)
        here = _locked(folder, pinned, hashes)
        if {name_of(wheel) for wheel in here.values()} != pinned:
            _pip(folder, python, lock)
            here = _locked(folder, pinned, hashes)
        if {name_of(wheel) for wheel in here.values()} != pinned:
            raise SetupError(f"{folder}: số gói không khớp tệp khóa. Hãy xóa thư mục rồi chạy lại.")
        found |= here
    return [found[name] for name in sorted(found)]


def _locked(folder: Path, pinned: set[str], hashes: set[str]) -> dict[str, Path]:
    """Give the wheels of a folder that are exactly those of the lock."""
    return {
        wheel.name: wheel
        for wheel in folder.glob("*.whl")
        if name_of(wheel) in pinned and digest(wheel) in hashes
    }


def name_of(wheel: Path) -> str:
    """Give the name of a wheel's distribution, in the form in which locks and wheels agree."""
    return wheel.name.split("-")[0].replace(".", "_").lower()


def needed(wheels: Iterable[Path], roots: Iterable[str]) -> list[Path]:
    """Give the wheels of some distributions and of everything they need.

    Args:
        wheels: all of a lock.
        roots: names as in the lock.

    Raises:
        SetupError: a root is not in the lock.
    """
    by_name: dict[str, list[Path]] = {}
    for wheel in wheels:
        by_name.setdefault(name_of(wheel), []).append(wheel)
    wanted: set[str] = set()
    open_names = [root.replace("-", "_").lower() for root in roots]
    missing = sorted(set(open_names) - set(by_name))
    if missing:
        raise SetupError(f"Tệp khóa không có: {', '.join(missing)}")
    while open_names:
        name = open_names.pop()
        if name in by_name and name not in wanted:
            wanted.add(name)
            open_names += [need for wheel in by_name[name] for need in _needs(wheel)]
    return [wheel for name in sorted(wanted) for wheel in by_name[name]]


def wanted(name: str) -> bool:
    """Say whether a file of a wheel belongs into the program.

    Args:
        name: path inside the wheel, with "/".
    """
    path = PurePosixPath(name)
    if name.endswith(("/", "/.gitignore", *DROPPED_TAILS)) or ".data/" in name:
        return False
    if any(path.parts[: len(place)] == place for place in DROPPED_PLACES):
        return False
    if path.parts[0] == "PySide6":
        return _wanted_of_qt(path)
    return not DROPPED_FOLDERS.intersection(path.parts[:-1])


def laid_out(folder: Path, wheels: Iterable[Path]) -> None:
    """Unpack the wheels into one folder.

    Raises:
        SetupError: two wheels hold different files of one name.
    """
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for name in filter(wanted, archive.namelist()):
                target, data = folder / name, archive.read(name)
                if not target.exists():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(data)
                elif target.read_bytes() != data and ONE_OF_SEVERAL not in name:
                    raise SetupError(f"{wheel.name}: {name} khác với tệp cùng tên của gói trước.")


def stripped(folder: Path) -> None:
    """Take symbols for debuggers out of the modules of each Python: two thirds of their bytes.

    Libraries that a wheel's maker moved and patched stay as they are: stripping such a file can break it.

    Raises:
        SetupError: strip refused.
    """
    modules = sorted(folder.rglob("*.cpython-*-linux-gnu.so"))
    done = subprocess.run(
        ["strip", "--strip-unneeded", *modules], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SetupError(f"strip: {done.stderr[-1000:]}")


def _wanted_of_qt(path: PurePosixPath) -> bool:
    inside = str(PurePosixPath(*path.parts[1:]))
    if inside.startswith("Qt/plugins/"):
        return inside.removeprefix("Qt/plugins/") in QT_PLUGINS
    if inside.startswith("Qt/lib/libQt6"):
        return path.name.removeprefix("libQt6").partition(".")[0] in QT_LIBRARIES
    if inside.startswith("Qt/lib/") or (len(path.parts) == 2 and ".so" in path.name):
        return path.name.startswith(RUNTIME) or path.name.partition(".")[0].removeprefix("Qt") in QT_MODULES
    return path.suffix == ".py" and (len(path.parts) == 2 or inside.startswith("support/"))


def _needs(wheel: Path) -> list[str]:
    """Give what a wheel requires, whatever the marker, but for its extras."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", n))
        told = email.message_from_bytes(archive.read(name)).get_all("Requires-Dist") or []
    plain = [line for line in told if "extra ==" not in line]
    return [
        re.split(r"[^A-Za-z0-9._-]", line)[0].replace("-", "_").replace(".", "_").lower() for line in plain
    ]


def _pip(target: Path, python: str, lock: Path) -> None:
    given = [f"--platform=manylinux_2_{glibc}_{MACHINE}" for glibc in GLIBCS]
    given += [f"--platform=manylinux{old}_{MACHINE}" for old in ("1", "2010", "2014")]
    quiet = ["-qq", "--disable-pip-version-check", "--no-input", "--only-binary", ":all:"]
    checked = ["--require-hashes", "--no-deps", "-d", str(target), "-r", str(lock)]
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        *quiet,
        "--implementation",
        "cp",
        "--python-version",
        python,
    ]
    if subprocess.run([*command, *given, *checked], check=False).returncode:
        raise SetupError("pip không lấy được các gói (thông báo ở trên).")


def emptied(folder: Path) -> Path:
    """Give the folder, made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
