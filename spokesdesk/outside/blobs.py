"""The encrypted blob store: attachments, snapshots, released papers, each known by its content's SHA-256."""

import hashlib
import hmac
import io
import re
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from spokesdesk.domain.errors import OutsideError, UserError, WaitError
from spokesdesk.domain.journal import Attachment
from spokesdesk.domain.text import clean_line
from spokesdesk.outside import blobfile, disk, sealing
from spokesdesk.outside.names import safe_name

FIELD = "attachments"
NAME_LIMIT = 200
SIZE_LIMIT = 2 << 30
_PARTS = "part"
_FORGOTTEN_AFTER_S = 24 * 3600


class BlobStore:
    """Files by hash in two-letter folders; names on the disk tell nothing of the content.

    Args:
        folder: where the encrypted files are; made when missing.
        blob_key: 32 bytes.
        gate: looks at each file's name and its content, at their beginning, before it is kept; may raise.
    """

    def __init__(
        self, folder: Path, blob_key: bytes, gate: Callable[[str, BinaryIO], None] | None = None
    ) -> None:
        self._gate = gate
        self._folder = folder
        self._key = blob_key
        self._name_key = sealing.derive(blob_key, "spokesdesk file name")
        self._clear_forgotten_parts()

    def put_file(self, source: Path, name: str, told: Callable[[int], bool] | None = None) -> Attachment:
        """Keep a copy of a file, read once and in constant memory.

        Args:
            source: a file of at most 2 GiB.
            name: what it is called, at most 200 characters.
            told: called with the bytes read so far, about once a MiB; False stops, and nothing is kept.

        Returns:
            The attachment, on the disk when this returns. The same content twice is kept once.

        Raises:
            UserError: ``attachment_missing``, ``attachment_unreadable``, ``attachment_empty``,
                ``attachment_too_big``, ``attachment_name``, ``text_too_long``, ``text_bidi``,
                ``text_control`` (field ``attachments``).
            WaitError: ``attachment_stopped``, when ``told`` said so.
            OutsideError: ``disk_full``, ``read_only``.
        """
        name = _clean_name(name)
        if not source.exists():
            raise UserError("attachment_missing", field=FIELD, name=name)
        if not source.is_file():
            raise UserError("attachment_unreadable", field=FIELD, name=name)
        try:
            handle = source.open("rb")
        except OSError as error:
            raise UserError("attachment_unreadable", field=FIELD, name=name) from error
        with handle:
            if self._gate:
                self._gate(name, handle)
                handle.seek(0)
            return self._put(handle, name, told)

    def put_bytes(self, data: bytes, name: str) -> Attachment:
        """Keep bytes, such as what was pasted or rendered; raises as ``put_file`` does."""
        name = _clean_name(name)
        if self._gate:
            self._gate(name, io.BytesIO(data))
        return self._put(io.BytesIO(data), name)

    def put_coming(self, sha256: str, source: blobfile.Source) -> int:
        """Keep a file that another machine sends, encrypted while it comes; give its size.

        The gate looks at what people bring; this was let in where it was attached.

        Raises:
            OutsideError: ``file_hash_wrong``: other bytes came, nothing is kept; ``disk_full``, ``read_only``.
            UserError: ``attachment_empty``, ``attachment_too_big``.
        """
        return self._put(source, sha256, wanted=sha256).size

    def read(self, sha256: str) -> bytes:
        """Give the whole content; raises as ``open`` does."""
        with self.open(sha256) as handle:
            return handle.read()

    def open(self, sha256: str) -> BinaryIO:
        """Give the content as a stream that can seek; the caller closes it.

        Raises:
            OutsideError: ``blob_missing``, ``blob_damaged`` (while reading, too).
        """
        return cast(BinaryIO, io.BufferedReader(self._reader(sha256), blobfile.CHUNK))

    def export(self, sha256: str, target: Path) -> None:
        """Write the content, readable, to a file of the person's choice; it appears whole or not at all.

        Args:
            sha256: which.
            target: the new file; characters that some system cannot have in a name become "_".

        Raises:
            OutsideError: ``blob_missing``, ``blob_damaged``, ``disk_full``, ``read_only``.
        """
        target = target.with_name(safe_name(target.name))
        with (
            self._reader(sha256) as source,
            disk.explained(target),
            disk.replacing(target) as part,
            part.open("xb") as handle,
        ):
            blobfile.copy(source, handle.write)

    def stored_name(self, sha256: str) -> str:
        """Give the name of the encrypted file, ``ab/abcd…``; it tells nothing of the content."""
        return self._path(sha256).relative_to(self._folder).as_posix()

    def has(self, sha256: str) -> bool:
        """Tell whether the file is here, without reading it."""
        return self._path(sha256).is_file()

    def all(self) -> Iterator[str]:
        """Give the hash of every file here; one whose seal is broken is left out (``is_whole`` says no)."""
        for path in sorted(self._folder.glob("??/*")):
            try:
                yield blobfile.sealed_hash(path, self._key)
            except OutsideError:
                continue

    def is_whole(self, sha256: str) -> bool:
        """Read the file again from the disk and tell whether it is, byte for byte, what was stored."""
        digest = hashlib.sha256()
        try:
            with self._reader(sha256) as source:
                blobfile.copy(source, digest.update)
        except (OutsideError, OSError):
            return False
        return digest.hexdigest() == sha256

    def destroy(self, sha256: str) -> None:
        """Make a file unreadable for ever: what its key is derived from is overwritten, then the file goes.

        Nothing happens when it is not here.
        """
        path = self._path(sha256)
        if not path.is_file():
            return
        with disk.explained(path):
            blobfile.forget_key(path)
            path.unlink()
            disk.sync_folder(path.parent)

    def _put(
        self,
        source: blobfile.Source,
        name: str,
        told: Callable[[int], bool] | None = None,
        wanted: str = "",
    ) -> Attachment:
        parts = self._folder / _PARTS
        with disk.explained(self._folder):
            parts.mkdir(mode=0o700, parents=True, exist_ok=True)
            part = parts / secrets.token_hex(16)
            try:
                with part.open("xb") as target:
                    sha256, size = blobfile.encrypt(
                        _Watched(source, name, told), target, self._key, SIZE_LIMIT
                    )
                _require_size(size, name)
                if wanted and sha256 != wanted:
                    raise OutsideError("file_hash_wrong", sha256=wanted)
                disk.sync_file(part)
                self._settle(part, self._path(sha256))
            finally:
                part.unlink(missing_ok=True)
        return Attachment(sha256, name, size)

    def _settle(self, part: Path, path: Path) -> None:
        """Put the file at its place, over an older copy too: that may be the damaged one."""
        if not path.parent.is_dir():
            path.parent.mkdir(mode=0o700, exist_ok=True)
            disk.sync_folder(self._folder)
        disk.replace(part, path)
        disk.sync_folder(path.parent)

    def _reader(self, sha256: str) -> blobfile.DecryptingReader:
        path = self._path(sha256)
        try:
            return disk.patiently(lambda: blobfile.DecryptingReader(path, self._key, sha256))
        except FileNotFoundError as error:
            raise OutsideError("blob_missing", sha256=sha256[:12]) from error
        except OSError as error:
            raise disk.meaning(error, path) from error

    def _path(self, sha256: str) -> Path:
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise ValueError("not a SHA-256")
        name = hmac.new(self._name_key, bytes.fromhex(sha256), hashlib.sha256).hexdigest()
        return self._folder / name[:2] / name

    def _clear_forgotten_parts(self) -> None:
        """What a killed process left half written (encrypted) is of no use to anybody."""
        for part in self._folder.glob(f"{_PARTS}/*"):
            if time.time() - part.stat().st_mtime > _FORGOTTEN_AFTER_S:
                part.unlink(missing_ok=True)


class _Watched:
    """A stream whose reader is told how far it is, and can stop."""

    def __init__(self, source: blobfile.Source, name: str, told: Callable[[int], bool] | None) -> None:
        self._source, self._name, self._told = source, name, told
        self._read = 0

    def read(self, size: int) -> bytes:
        """Give the next bytes; raises WaitError("attachment_stopped") when somebody wants no more."""
        if self._told is not None and not self._told(self._read):
            raise WaitError("attachment_stopped", name=self._name)
        part = self._source.read(size)
        self._read += len(part)
        return part


def _clean_name(name: str) -> str:
    cleaned = clean_line(name, field=FIELD, limit=NAME_LIMIT, required=True)
    for char in "/\\":
        if char in cleaned:
            raise UserError("attachment_name", field=FIELD, name=cleaned, char=char)
    if cleaned.strip(". ") == "":
        raise UserError("attachment_name", field=FIELD, name=cleaned, char=".")
    return cleaned


def _require_size(size: int, name: str) -> None:
    if size == 0:
        raise UserError("attachment_empty", field=FIELD, name=name)
    if size > SIZE_LIMIT:
        raise UserError("attachment_too_big", field=FIELD, name=name, limit=f"{SIZE_LIMIT >> 30} GB")
