"""The checkout's ``.venv``: made once from the hash-locked requirements, found ready by the next start."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from installer import interpreter, system
from installer.talk import SetupError, say

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
INCLUDES = {"desk": ("desk",), "portal": ("desk", "portal"), "dev": ("desk", "portal", "dev")}
"""A kind's lock holds all of the kinds it includes, at the same versions."""


def ensure(kind: str) -> Path:
    """Give the Python of a ``.venv`` that holds the locked packages and sees this checkout.

    Args:
        kind: "desk" (the program), "portal" (with the web service) or "dev" (everything, with the judges).

    Returns:
        Path of the environment's interpreter.

    Raises:
        SetupError: no suitable Python, or a package could not be installed.
    """
    looked = is_ready("system", kind)
    complete = looked or system.ensure(kind)
    if not is_ready("packages", kind):
        say(f"Chuẩn bị môi trường trong {VENV} (chỉ làm một lần, mất vài phút)…")
        make_venv()
        install(kind)
        mark_ready("packages", kind)
        say("Xong phần chuẩn bị.")
    if complete and not looked:
        mark_ready("system", kind)
    return venv_python()


def lock_file(kind: str) -> Path:
    """Give the hash-locked requirements of a kind for this platform."""
    platform = "windows" if os.name == "nt" else "linux"
    return ROOT / "requirements" / f"{platform}-{kind}.txt"


def venv_python() -> Path:
    """Give where the environment's interpreter is, or will be."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def is_ready(what: str, kind: str) -> bool:
    """Say whether a part was prepared for exactly this state of the checkout; costs a few file reads.

    Args:
        what: "packages" or "system".
        kind: one of ``INCLUDES``.
    """
    try:
        stamp = _stamp(what, kind).read_text(encoding="ascii")
        return venv_python().exists() and stamp == _digest(what, kind)
    except OSError:
        return False


def mark_ready(what: str, kind: str) -> None:
    """Remember that a part is prepared, with all the smaller kinds it includes."""
    for included in INCLUDES[kind]:
        _stamp(what, included).write_text(_digest(what, included), encoding="ascii")


def make_venv() -> None:
    """Make ``.venv``, or keep the one there when its interpreter runs and is supported.

    Raises:
        SetupError: no suitable Python, or one that cannot make environments.
    """
    if interpreter.version_of(str(venv_python())) not in interpreter.SUPPORTED:
        base = interpreter.choose()
        _ensure_ensurepip(base)
        _run([base, "-m", "venv", "--clear", str(VENV)], "Không tạo được môi trường .venv.")
    elif subprocess.run(
        [venv_python(), "-m", "pip", "--version"], capture_output=True, check=False
    ).returncode:
        _run(
            [str(venv_python()), "-m", "ensurepip"],
            "Không đưa được pip vào .venv; hãy xoá thư mục .venv rồi chạy lại.",
        )
    site = _site_packages()
    (site / "spokesdesk-checkout.pth").write_text(f"{ROOT}\n", encoding="utf-8")


def install(kind: str) -> None:
    """Install the locked packages of a kind; a file whose hash differs from the lock's is refused.

    Raises:
        SetupError: a package cannot be fetched or does not match; pip's own message stands above it.
    """
    pip = [str(venv_python()), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    checked = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-r", str(lock_file(kind))]
    quiet = [] if sys.stdout.isatty() else ["-qq", "--progress-bar", "off"]
    trouble = "pip không cài được các gói (thông báo ở trên). Kiểm tra mạng hoặc kho gói nội bộ rồi chạy lại."
    _run([*pip, *quiet, *checked], trouble)


def _ensure_ensurepip(base: str) -> None:
    if interpreter.has_ensurepip(base):
        return
    version = interpreter.version_of(base)
    package = f"python{version[0]}.{version[1]}-venv" if version else "python3-venv"
    if not system.can_install():
        raise SetupError(
            "Python này thiếu phần tạo môi trường. Hãy chạy dòng sau rồi chạy lại lệnh này:\n"
            f"  {system.one_line([package])}"
        )
    system.apt_install([package])


def _site_packages() -> Path:
    if os.name == "nt":
        return VENV / "Lib" / "site-packages"
    return next((VENV / "lib").glob("python3.*")) / "site-packages"


def _stamp(what: str, kind: str) -> Path:
    return VENV / f"{what}-{kind}.stamp"


def _digest(what: str, kind: str) -> str:
    if what == "system":
        parts = [repr(system.PACKAGES[kind]).encode()]
    else:
        parts = [str(ROOT).encode(), lock_file(kind).read_bytes(), (VENV / "pyvenv.cfg").read_bytes()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _run(command: list[str], trouble: str) -> None:
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    if subprocess.run(command, check=False, env=env).returncode != 0:
        raise SetupError(trouble)
