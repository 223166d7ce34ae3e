"""Where a workspace may live: not on a network drive, a FAT stick or a folder that a cloud rewrites."""

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO

from spokesdesk.domain.errors import OutsideError
from spokesdesk.domain.language import gettext as _
from spokesdesk.outside import disk

MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "davfs", "glusterfs", "lustre",
    "fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.davfs2", "fuse.glusterfs", "fuse.curlftpfs",
}  # fmt: skip
_FAT = {"vfat", "msdos", "exfat", "fuse.exfat", "fat", "fat32"}
_CLOUD_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_DRIVE_REMOVABLE, _DRIVE_REMOTE = 2, 4
MOST_CHARACTERS = 259 - len("/blobs/ab/") - 64
"""Of a workspace's path on Windows: programs get 259 characters (MAX_PATH), a kept file's name inside takes 74."""


def require_suitable(folder: Path) -> None:
    """Refuse a folder in which the database could be damaged.

    The write-ahead log needs memory shared between processes on one machine, which network drives do not
    give; FAT keeps no journal of its own; a cloud client copies and replaces files while they are open.

    Args:
        folder: the workspace's folder; it need not exist yet.

    Raises:
        OutsideError: ``network_folder`` with the reason; ``path_too_long`` (Windows).
    """
    if sys.platform == "win32":
        require_short(Path(os.path.realpath(folder)))
    reason = unsuitable(folder)
    if reason:
        raise OutsideError("network_folder", path=str(folder), reason=reason)


def require_short(real: Path) -> None:
    """Refuse a path that leaves no room for the names of the files inside, as Windows counts.

    Raises:
        OutsideError: ``path_too_long``.
    """
    if len(str(real)) > MOST_CHARACTERS:
        raise OutsideError("path_too_long", path=str(real), count=len(str(real)), most=MOST_CHARACTERS)


def unsuitable(folder: Path, environ: Mapping[str, str] | None = None) -> str:
    """Give the reason, in Vietnamese, why a folder cannot hold a workspace; "" when it can."""
    real = Path(os.path.realpath(folder))
    for name in _CLOUD_VARIABLES:
        cloud = (os.environ if environ is None else environ).get(name)
        if cloud and real.is_relative_to(Path(os.path.realpath(cloud))):
            return _("thư mục do OneDrive đồng bộ")
    return _unsuitable_drive(real)


def file_system(real: Path, mounts: Iterable[str]) -> str:
    """Give the kind of file system under a path.

    Args:
        real: absolute path without links.
        mounts: lines as in /proc/self/mountinfo; of two mounts on one place the later one counts.

    Returns:
        Such as "ext4", "nfs4", "vfat"; "" when no line covers the path.
    """
    best, kind = -1, ""
    for line in mounts:
        before, found, after = line.partition(" - ")
        fields = before.split()
        if not found or len(fields) < 5:
            continue
        place = Path(fields[4].encode().decode("unicode_escape").encode("latin-1").decode("utf-8", "replace"))
        if real.is_relative_to(place) and len(place.parts) >= best:
            best, kind = len(place.parts), after.split()[0]
    return kind


def require_writable(folder: Path) -> None:
    """Refuse a folder in which no file can be made.

    Raises:
        OutsideError: ``read_only``, ``disk_full``, ``workspace_missing``.
    """
    with disk.explained(folder), _unnamed(folder) as handle:
        handle.write(b"\0" * 4096)


def _unsuitable_kind(kind: str) -> str:
    if kind in _NETWORK:
        return _("ổ đĩa mạng ({kind})").format(kind=kind)
    if kind in _FAT:
        return _("ổ USB hoặc thẻ nhớ định dạng FAT ({kind})").format(kind=kind)
    return ""


if sys.platform == "win32":
    import ctypes
    import secrets

    def _unnamed(folder: Path) -> IO[bytes]:
        # Not tempfile: where Windows refuses a name for want of rights it goes on with the next one, without end.
        how = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_BINARY | os.O_TEMPORARY
        return os.fdopen(os.open(folder / f".{secrets.token_hex(8)}.tmp", how), "w+b")

    def _unsuitable_drive(real: Path) -> str:
        kind = ctypes.windll.kernel32.GetDriveTypeW(f"{real.drive}\\")
        if real.drive.startswith("\\\\") or kind == _DRIVE_REMOTE:
            return _("ổ đĩa mạng ({kind})").format(kind=real.drive)
        if kind == _DRIVE_REMOVABLE:
            return _("ổ đĩa tháo rời ({kind})").format(kind=real.drive)
        named = ctypes.create_unicode_buffer(64)
        ctypes.windll.kernel32.GetVolumeInformationW(
            f"{real.drive}\\", None, 0, None, None, None, named, len(named)
        )
        return _unsuitable_kind(named.value.lower())

else:
    import tempfile

    def _unnamed(folder: Path) -> IO[bytes]:
        return tempfile.TemporaryFile(dir=folder)

    def _unsuitable_drive(real: Path) -> str:
        if not MOUNTS.is_file():
            return ""
        return _unsuitable_kind(file_system(real, MOUNTS.read_text(encoding="utf-8").splitlines()))
