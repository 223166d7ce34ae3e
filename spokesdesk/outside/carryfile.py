"""One sealed file of a stick, in parts that a FAT32 disk takes; writing goes on where it was cut.

Chunks of 1 MiB, each sealed by itself (AES-256-GCM) with its number and whether it is the last one: a chunk that is
changed,
moved, cut off or taken from another file shows. Parts are ``NAME.001``, ``NAME.002`` …, each a whole number of chunks.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from spokesdesk.domain.errors import OutsideError
from spokesdesk.outside import disk, sealing

CHUNK = 1 << 20
TAG = 16
# FAT32 takes files below 4 GB; 2 GB also pass through programs that count in signed 32 bits.
PART_BYTES = 2_000_000_000
_MORE, _LAST = 0, 1
Told = Callable[[int], object]


class Source(Protocol):
    """What is read from its beginning to its end; may give less than asked for."""

    def read(self, size: int, /) -> bytes: ...


class Parts:
    """The parts of one file.

    Args:
        folder: of the stick.
        name: without the number.
        key: 32 bytes; of this content alone.
        part_bytes: greatest size of a part.
    """

    def __init__(self, folder: Path, name: str, key: bytes, part_bytes: int = PART_BYTES) -> None:
        self._folder, self._name = folder, name
        self._cipher: Any = sealing.cipher(key)
        self._chunks_a_part = max(1, part_bytes // (CHUNK + TAG))

    def path(self, part: int) -> Path:
        """Give the path of a part, counted from 1."""
        return self._folder / f"{self._name}.{part:03d}"

    def write(self, source: Source, told: Told | None = None, *, resume: bool = False) -> int:
        """Write a content; give its size.

        Args:
            resume: the same content may lie here in part: chunks that are whole are kept.
            told: called with the bytes of each chunk that is over; what it raises stops, and what is written stays.

        Raises:
            OutsideError: ``disk_full``, ``read_only`` and their kin.
        """
        size, index, is_over = 0, 0, False
        chunk = _read_chunk(source)
        with disk.explained(self.path(1)):
            while not is_over:
                path = self.path(index // self._chunks_a_part + 1)
                with path.open("r+b" if resume and path.exists() else "w+b") as part:
                    while not is_over:
                        following = _read_chunk(source)
                        is_over = not following
                        self._put(part, index, chunk, is_last=is_over, resume=resume)
                        size += len(chunk)
                        if told is not None:
                            told(len(chunk))
                        chunk, index = following, index + 1
                        if index % self._chunks_a_part == 0:
                            break
                    part.truncate()
                    part.flush()
                    os.fsync(part.fileno())
        return size

    def _put(self, part: BinaryIO, index: int, chunk: bytes, *, is_last: bool, resume: bool) -> None:
        nonce = _nonce(index, _LAST if is_last else _MORE)
        if resume:
            at = part.tell()
            if self._is_there(part.read(len(chunk) + TAG), nonce, chunk):
                return
            part.seek(at)
        part.write(self._cipher.encrypt(nonce, chunk, None))

    def _is_there(self, sealed: bytes, nonce: bytes, chunk: bytes) -> bool:
        from cryptography.exceptions import InvalidTag

        if len(sealed) != len(chunk) + TAG:
            return False
        try:
            return bool(self._cipher.decrypt(nonce, sealed, None) == chunk)
        except InvalidTag:
            return False

    def chunks(self, size: int) -> Iterator[bytes]:
        """Give the content, a chunk at a time.

        Raises:
            OutsideError: ``carry_damaged``: a part is missing, cut or changed; ``disk_failed``.
        """
        count = max(1, -(-size // CHUNK))
        index = 0
        while index < count:
            path = self.path(index // self._chunks_a_part + 1)
            try:
                with path.open("rb") as part:
                    until = min(count, (index // self._chunks_a_part + 1) * self._chunks_a_part)
                    while index < until:
                        wanted = min(CHUNK, size - index * CHUNK)
                        yield self._opened(part.read(wanted + TAG), index, path, is_last=index == count - 1)
                        index += 1
            except FileNotFoundError as error:
                raise OutsideError("carry_damaged", name=path.name) from error
            except OSError as error:
                raise disk.meaning(error, path) from error

    def _opened(self, sealed: bytes, index: int, path: Path, *, is_last: bool) -> bytes:
        from cryptography.exceptions import InvalidTag

        try:
            plain: bytes = self._cipher.decrypt(_nonce(index, _LAST if is_last else _MORE), sealed, None)
        except (InvalidTag, ValueError) as error:
            raise OutsideError("carry_damaged", name=path.name) from error
        return plain

    def names(self, size: int) -> list[str]:
        """Give the names of all parts of a content."""
        parts = -(-max(1, -(-size // CHUNK)) // self._chunks_a_part)
        return [self.path(part).name for part in range(1, parts + 1)]


class Reading:
    """A content as a stream that is read to its end once."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._rest = chunks, b""

    def read(self, size: int, /) -> bytes:
        """Give some of the next bytes; none at the end."""
        if not self._rest:
            self._rest = next(self._chunks, b"")
        found, self._rest = self._rest[:size], self._rest[size:]
        return found

    def close(self) -> None:
        """Let the file go."""
        self._chunks.close()  # type: ignore[attr-defined]


class Joined:
    """Lines as a stream: what an iterator gives, one after the other, each ended by a line break."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines, self._rest = lines, b""

    def read(self, size: int, /) -> bytes:
        """Give some of the next bytes; none at the end."""
        if not self._rest:
            line = next(self._lines, None)
            self._rest = b"" if line is None else line + b"\n"
        found, self._rest = self._rest[:size], self._rest[size:]
        return found


def _read_chunk(source: Source) -> bytes:
    parts, missing = [], CHUNK
    while missing and (part := source.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


def _nonce(index: int, flag: int) -> bytes:
    return index.to_bytes(sealing.NONCE_BYTES - 1, "big") + bytes([flag])
