"""One encrypted file: a header, 1 MiB chunks each sealed by itself, and the sealed hash of the whole.

Layout: magic (8) · salt (32) · chunks (≤ 1 MiB + 16 bytes of tag) · SHA-256 of the content, sealed (48).
The key is derived from the blob key and the salt, so that nonces (chunk number and a flag: more, last, hash)
never repeat under one key, and a chunk that is cut off, moved or taken from another file shows.
"""

import io
import itertools
import mmap
import os
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import BinaryIO, Protocol

from spokesdesk.domain.errors import OutsideError
from spokesdesk.outside import blobwork, sealing

MAGIC = b"SPKFILE1"
CHUNK = 1 << 20
TAG = 16
_SALT = 32
_HEAD = len(MAGIC) + _SALT
_TAIL = 32 + TAG
_MORE, _LAST, _HASH = 0, 1, 2


class Source(Protocol):
    """What is read from its beginning to its end; may give less than asked for."""

    def read(self, size: int, /) -> bytes: ...


def encrypt(source: Source, target: BinaryIO, blob_key: bytes, most: int) -> tuple[str, int]:
    """Copy a stream encrypted, in constant memory.

    Args:
        source: readable; read once to its end.
        target: writable; gets the encrypted file.
        blob_key: 32 bytes.
        most: greatest size taken, in bytes.

    Returns:
        SHA-256 of the content (64 hex digits) and its size in bytes; a size above ``most`` means that reading
        stopped there and the target is to be thrown away.
    """
    salt = os.urandom(_SALT)
    cipher = sealing.cipher(_file_key(blob_key, salt))
    target.write(MAGIC + salt)
    # Pages of their own are made ready only as far as a small file needs them.
    buffers = itertools.cycle([memoryview(mmap.mmap(-1, CHUNK)) for _ in range(blobwork.AT_ONCE + 2)])
    size = index = 0
    with closing(blobwork.Work(target)) as work:
        chunk = _read_chunk(source, next(buffers))
        while chunk and size <= most:
            following = _read_chunk(source, next(buffers))
            size += len(chunk)
            nonce = _nonce(index, _MORE if following else _LAST)
            sealed = partial(cipher.encrypt, nonce, chunk, MAGIC)
            work.take(chunk, sealed, is_last=not following)
            chunk, index = following, index + 1
        digest = work.done()
    target.write(cipher.encrypt(_nonce(index, _HASH), digest, MAGIC))
    return digest.hex(), size


def sealed_hash(path: Path, blob_key: bytes) -> str:
    """Give the hash that a file was stored under; OutsideError("blob_damaged") when its seal is broken."""
    with DecryptingReader(path, blob_key, None) as reader:
        return reader.sha256


def forget_key(path: Path) -> None:
    """Overwrite the salt that the file's key is derived from, on the disk: without it no chunk opens any more."""
    with path.open("rb+") as handle:
        handle.seek(len(MAGIC))
        handle.write(os.urandom(_SALT))
        handle.flush()
        os.fsync(handle.fileno())


class DecryptingReader(io.RawIOBase):
    """Reads an encrypted file from any place; a changed, cut or swapped file raises ``blob_damaged``.

    Args:
        path: the encrypted file.
        blob_key: 32 bytes.
        sha256: the hash it must have been stored under; None for any.
    """

    def __init__(self, path: Path, blob_key: bytes, sha256: str | None) -> None:
        super().__init__()
        self._name = sha256 or path.name
        self._file = path.open("rb")
        try:
            self._read_frame(blob_key)
            if sha256 not in (None, self.sha256):
                raise self._damage()
        except BaseException:
            self._file.close()
            raise
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")

    def _read_frame(self, blob_key: bytes) -> None:
        length = os.fstat(self._file.fileno()).st_size
        body = length - _HEAD - _TAIL
        head = self._file.read(_HEAD)
        self._chunks = -(-body // (CHUNK + TAG))
        self.size = body - self._chunks * TAG
        if body <= TAG or head[: len(MAGIC)] != MAGIC or self.size <= 0:
            raise self._damage()
        self._cipher = sealing.cipher(_file_key(blob_key, head[len(MAGIC) :]))
        self._file.seek(length - _TAIL)
        self.sha256 = self._open(self._chunks, _HASH, self._file.read(_TAIL)).hex()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = max(0, offset + (0, self._at, self.size)[whence])
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        index, start = divmod(self._at, CHUNK)
        if self._at >= self.size or not len(buffer):
            return 0
        piece = self._chunk(index)[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        self._file.close()
        super().close()

    def _chunk(self, index: int) -> bytes:
        if self._held[0] != index:
            self._file.seek(_HEAD + index * (CHUNK + TAG))
            last = index == self._chunks - 1
            wanted = self.size - index * CHUNK if last else CHUNK
            sealed = self._file.read(wanted + TAG)
            self._held = (index, self._open(index, _LAST if last else _MORE, sealed))
        return self._held[1]

    def _open(self, index: int, flag: int, sealed: bytes) -> bytes:
        from cryptography.exceptions import InvalidTag

        try:
            plain: bytes = self._cipher.decrypt(_nonce(index, flag), sealed, MAGIC)
        except (InvalidTag, ValueError) as error:
            raise self._damage() from error
        return plain

    def _damage(self) -> OutsideError:
        return OutsideError("blob_damaged", sha256=self._name[:12])


def copy(source: DecryptingReader, take: Callable[[bytes], object]) -> None:
    """Hand over the whole content, chunk by chunk."""
    while chunk := source.read(CHUNK):
        take(chunk)


def _read_chunk(source: Source, buffer: memoryview) -> memoryview:
    """Fill a chunk: pipes and raw files may give less at a time, and the layout needs full ones."""
    got = 0
    while got < len(buffer) and (part := source.read(len(buffer) - got)):
        buffer[got : got + len(part)] = part
        got += len(part)
    return buffer[:got]


def _nonce(index: int, flag: int) -> bytes:
    return index.to_bytes(sealing.NONCE_BYTES - 1, "big") + bytes([flag])


def _file_key(blob_key: bytes, salt: bytes) -> bytes:
    return sealing.derive(blob_key, "spokesdesk file", salt)
