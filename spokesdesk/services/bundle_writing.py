"""Writes a bag (RFC 8493) into a folder or a .zip file, a chunk at a time; it gets its name when it is whole."""

import errno
import hashlib
import os
import shutil
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from spokesdesk.domain.bundle import MANIFEST, TAG_MANIFEST
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import ConflictError, DeskError, OutsideError

CHUNK = 1 << 20
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


class Bag(ABC):
    """A bag being written.

    Args:
        told: called with the bytes written so far of kept files.
    """

    def __init__(self, told: Callable[[int], None]) -> None:
        self._told = told
        self._written = 0
        self._sums: dict[str, str] = {}

    def add(self, path: str, source: BinaryIO) -> str:
        """Copy a stream to its place; gives the SHA-256 of what was written."""
        return self._keep(path, self._chunks(source))

    def add_bytes(self, path: str, data: bytes) -> str:
        """Write a small file; gives its SHA-256."""
        return self._keep(path, (data,))

    def oxum(self, sizes: Iterable[int]) -> str:
        """Give the Payload-Oxum: octets and count of the payload files."""
        listed = list(sizes)
        return f"{sum(listed)}.{len(listed)}"

    def close_payload(self) -> None:
        """Write the list of the files below data/."""
        self.add_bytes(MANIFEST, self._listed(lambda path: path.startswith("data/")))

    def close_tags(self) -> str:
        """Write the list of the other files; gives its own SHA-256, the seal of the bag."""
        return self.add_bytes(TAG_MANIFEST, self._listed(lambda path: not path.startswith("data/")))

    @abstractmethod
    def _write(self, path: str, chunks: Iterable[bytes]) -> None: ...

    def _keep(self, path: str, chunks: Iterable[bytes]) -> str:
        digest = hashlib.sha256()

        def passed() -> Iterator[bytes]:
            for chunk in chunks:
                digest.update(chunk)
                yield chunk

        self._write(path, passed())
        self._sums[path] = digest.hexdigest()
        return self._sums[path]

    def _chunks(self, source: BinaryIO) -> Iterator[bytes]:
        while chunk := source.read(CHUNK):
            yield chunk
            self._written += len(chunk)
            self._told(self._written)

    def _listed(self, wanted: Callable[[str], bool]) -> bytes:
        lines = (f"{sha256}  {path}\n" for path, sha256 in sorted(self._sums.items()) if wanted(path))
        return "".join(lines).encode()


class FolderBag(Bag):
    """A bag as a folder."""

    def __init__(self, folder: Path, told: Callable[[int], None]) -> None:
        super().__init__(told)
        self._folder = folder

    def _write(self, path: str, chunks: Iterable[bytes]) -> None:
        target = self._folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as handle:
            for chunk in chunks:
                handle.write(chunk)
            handle.flush()
            os.fsync(handle.fileno())


class ZipBag(Bag):
    """A bag inside a .zip; nothing is compressed, since pictures, sound and film are already."""

    def __init__(self, archive: zipfile.ZipFile, top: str, at: datetime, told: Callable[[int], None]) -> None:
        super().__init__(told)
        self._archive, self._top = archive, top
        self._moment = to_vn(at).timetuple()[:6]

    def _write(self, path: str, chunks: Iterable[bytes]) -> None:
        info = zipfile.ZipInfo(f"{self._top}/{path}", self._moment)
        info.external_attr = 0o644 << 16
        with self._archive.open(info, "w", force_zip64=True) as handle:
            for chunk in chunks:
                handle.write(chunk)


@contextmanager
def bag_at(target: Path, at: datetime, told: Callable[[int], None]) -> Iterator[Bag]:
    """Give a bag to fill; when the block ends well it appears under its name, else nothing is left.

    Args:
        target: a name ending in .zip makes an archive, any other a folder; nothing may stand there yet.
        at: UTC, the time the files of an archive carry.
        told: called with the bytes written so far; may raise to stop.

    Raises:
        ConflictError: ``bundle_exists``.
        OutsideError: ``bundle_disk_full``, ``file_unwritable``.
    """
    if target.exists():
        raise ConflictError("bundle_exists", field="out", path=str(target))
    stem = f".{target.name[:100]}."
    part = target.with_name(f"{stem}{os.getpid()}.part")
    try:
        _clear_left_over(target.parent, stem)
        with _opened(part, target, at, told) as bag:
            yield bag
        if target.exists():
            raise ConflictError("bundle_exists", field="out", path=str(target))
        part.rename(target)
    except OSError as error:
        raise _meaning(error, target) from error
    finally:
        _clear(part)


@contextmanager
def _opened(part: Path, target: Path, at: datetime, told: Callable[[int], None]) -> Iterator[Bag]:
    if target.suffix.lower() != ".zip":
        part.mkdir()
        yield FolderBag(part, told)
        return
    with part.open("xb") as handle:
        with zipfile.ZipFile(handle, "w", zipfile.ZIP_STORED) as archive:
            yield ZipBag(archive, target.stem, at, told)
        handle.flush()
        os.fsync(handle.fileno())


def _clear_left_over(folder: Path, stem: str) -> None:
    """Remove what a killed export of the same name left behind: it lies there in the clear."""
    for part in folder.iterdir():
        if part.name.startswith(stem) and part.name.endswith(".part"):
            _clear(part)


def _clear(part: Path) -> None:
    if part.is_dir():
        shutil.rmtree(part, ignore_errors=True)
    else:
        part.unlink(missing_ok=True)


def _meaning(error: OSError, target: Path) -> DeskError:
    if error.errno in _FULL:
        return OutsideError("bundle_disk_full", field="out", path=str(target.parent))
    return OutsideError("file_unwritable", field="out", path=str(target))
