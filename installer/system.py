"""The system packages that the desk and its tests need on Debian and Ubuntu, and their installation."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from installer.talk import SetupError, say

DESK = (
    "libglib2.0-0",
    "libegl1",
    "libgl1",
    "libx11-6",
    "libdbus-1-3",
    "libfontconfig1",
    "libfreetype6",
    "libxkbcommon0",
    "libbrotli1",
    "fonts-dejavu-core",
    "libx11-xcb1",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-render0",
    "libxcb-shape0",
    "libxcb-shm0",
    "libxcb-sync1",
    "libxcb-util1",
    "libxcb-xfixes0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    "cups-client",
)
"""What Qt's window and the printing command load; ``a|b`` means that either will do."""

JUDGES = {
    "Xvfb": "xvfb",
    "xauth": "xauth",
    "xdotool": "xdotool",
    "soffice": "libreoffice-writer-nogui",
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdffonts": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "pdfsig": "poppler-utils",
    "openssl": "openssl",
    "softhsm2-util": "softhsm2",
    "psql": "postgresql",
    "cupsd": "cups",
    "lp": "cups-client",
    "lpstat": "cups-client",
    "lpadmin": "cups-client",
    "gnome-keyring-daemon": "gnome-keyring",
    "dbus-daemon": "dbus",
    "dbus-run-session": "dbus",
    "dbus-monitor": "dbus",
    "secret-tool": "libsecret-tools",
    "chromium": "chromium|chromium-browser",
    "msgfmt": "gettext",
    "fc-list": "fontconfig",
    "sha256sum": "coreutils",
    "strip": "binutils",
    "zstd": "zstd",
    "java": "default-jre-headless|openjdk-17-jre-headless",
}
"""Program that a test calls as a judge → the package that brings it."""

ARCHIVE_JARS = {
    f"/usr/share/java/{jar}.jar": package
    for jar, package in (
        ("preflight", "libpdfbox2-java"),
        ("pdfbox2", "libpdfbox2-java"),
        ("xmpbox", "libpdfbox2-java"),
        ("fontbox2", "libpdfbox2-java"),
        ("commons-logging", "libcommons-logging-java"),
        ("commons-io", "libcommons-io-java"),
        ("javax.activation", "libactivation-java"),
        ("jaxb-api", "libjaxb-api-java"),
    )
}
"""What Apache Preflight, the judge of PDF/A-1b, is made of → the package that brings each part."""

TEST_ONLY = (
    "cups-filters",
    "printer-driver-cups-pdf",
    "dbus-x11",
    "fonts-liberation2|fonts-liberation",
    "tzdata",
    "opensc-pkcs11",
    "libreoffice-calc-nogui",
    *dict.fromkeys(ARCHIVE_JARS.values()),
    *dict.fromkeys(JUDGES.values()),
)

LONG = (
    "wordpress",
    "wordpress-theme-twentytwentythree",
    "php-cli",
    "php-mysql",
    "php-xml",
    "php-curl",
    "php-gd",
    "php-mbstring",
    "mariadb-server",
)
"""What only the heavy tests need: a real WordPress site to publish on."""

PACKAGES = {"desk": DESK, "portal": DESK, "dev": tuple(dict.fromkeys(DESK + TEST_ONLY)), "long": LONG}


def ensure(kind: str) -> bool:
    """Install the system packages of a kind when root on Debian or Ubuntu, else print the one line to run.

    Args:
        kind: "desk", "portal", "dev" or "long".

    Returns:
        True when everything is there; False when a person has to run the printed line.

    Raises:
        SetupError: apt-get failed.
    """
    if not sys.platform.startswith("linux"):
        return True
    if shutil.which("dpkg-query") is None or shutil.which("apt-get") is None:
        say("Hệ này không dùng apt. Nếu cửa sổ không mở được, hãy cài các thư viện tương ứng với gói Debian:")
        say("  " + " ".join(PACKAGES[kind]))
        return True
    missing = missing_packages(PACKAGES[kind], installed_names())
    if not missing:
        return True
    if can_install():
        apt_install(missing)
        return True
    say("Còn thiếu thư viện hệ thống. Hãy chạy dòng này một lần rồi khởi động lại:")
    print("  " + one_line(missing), flush=True)
    return False


def can_install() -> bool:
    """Say whether this process may install system packages: root, with apt-get at hand."""
    return sys.platform.startswith("linux") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def installed_names() -> set[str]:
    """Give the names of all installed packages and of what they provide (libgl1-x provides libgl1)."""
    form = "${db:Status-Status}\t${Package}\t${Provides}\n"
    listing = subprocess.run(
        ["dpkg-query", "-W", "-f", form], capture_output=True, text=True, check=False
    ).stdout
    return names_in(listing)


def names_in(listing: str) -> set[str]:
    """Read dpkg-query's ``status<TAB>package<TAB>provides`` lines; only installed packages count."""
    names: set[str] = set()
    for line in listing.splitlines():
        status, package, provides = [*line.split("\t"), "", ""][:3]
        if status == "installed":
            names.add(package)
            names.update(part.split("(")[0].split(":")[0].strip() for part in provides.split(","))
    return names - {""}


def missing_packages(wanted: tuple[str, ...], installed: set[str]) -> list[str]:
    """Give the wanted entries of which no alternative is installed, in order."""
    return [entry for entry in wanted if not installed.intersection(entry.split("|"))]


def one_line(missing: list[str]) -> str:
    """Give the line that a person without root rights has to run."""
    names = " ".join(entry.split("|")[0] for entry in missing)
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"


def apt_install(missing: list[str]) -> None:
    """Install packages with apt-get as root.

    Raises:
        SetupError: a package cannot be installed; apt's own message stands above it.
    """
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-o", "DPkg::Lock::Timeout=600", "-q"]
    subprocess.run([*apt, "update"], env=env, check=False, stdout=subprocess.DEVNULL)
    names = [_available(entry) for entry in missing]
    say(f"Cài {len(names)} gói hệ thống còn thiếu: {' '.join(names)}")
    install = [*apt, "install", "-y", "--no-install-recommends", *names]
    done = subprocess.run(install, env=env, check=False, capture_output=True, text=True, errors="replace")
    if done.returncode != 0:
        print(done.stdout[-4000:], done.stderr[-4000:], file=sys.stderr)
        raise SetupError(
            "apt-get không cài được các gói trên. Hãy sửa theo thông báo của apt-get rồi chạy lại."
        )


def _available(entry: str) -> str:
    names = entry.split("|")
    for name in names:
        shown = subprocess.run(["apt-cache", "show", name], capture_output=True, check=False)
        if shown.returncode == 0:
            return name
    return names[0]
