"""A compound file (OLE), the container of Word, Excel and PowerPoint before 2007: its streams, read in bounded size.

Source:
    [MS-CFB] Compound File Binary File Format, Microsoft, 2.1 to 2.6.
"""

import struct
from collections.abc import Iterator
from typing import BinaryIO

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_IN_HEADER = 109
_LAST = 0xFFFFFFFA  # this and above are no sectors: ends and marks
_ENTRY = 128
_STREAM, _ROOT = 2, 5
_MOST_ENTRIES = 20_000
_SHIFTS = (9, 12)


class CompoundError(ValueError):
    """The file is damaged, or is none of its kind."""


class Compound:
    """The streams of a compound file.

    Args:
        source: at its beginning, can seek; left anywhere.
        most: bytes of a stream that are read at most.

    Attributes:
        names: of all streams, whatever folder they are in.

    Raises:
        CompoundError: here, or when a stream is read.
    """

    def __init__(self, source: BinaryIO, most: int) -> None:
        self._source, self._most = source, most
        head = source.read(_HEADER)
        if len(head) < _HEADER or not head.startswith(MAGIC):
            raise CompoundError("head")
        shift, small_shift = struct.unpack_from("<HH", head, 30)
        if shift not in _SHIFTS or small_shift != 6:
            raise CompoundError("sector")
        self._size, self._small = 1 << shift, 1 << small_shift
        first, self._cutoff, first_small = struct.unpack_from("<I4xII", head, 48)
        self._next = self._table(head)
        self._entries: dict[str, tuple[int, int]] = {}
        self._root = (_LAST, 0)
        for name, kind, start, size in self._directory(first):
            if kind == _ROOT:
                self._root = (start, size)
            elif kind == _STREAM:
                self._entries.setdefault(name, (start, size))
        self._next_small = _numbers(b"".join(self._chain(first_small, most)))
        self.names = frozenset(self._entries)

    def read(self, name: str) -> bytes:
        """Give a stream, cut at ``most``; empty when there is none of this name."""
        start, size = self._entries.get(name, (_LAST, 0))
        size = min(size, self._most)
        if size >= self._cutoff:
            return b"".join(self._chain(start, size))[:size]
        root = b"".join(self._chain(self._root[0], min(self._root[1], self._most)))
        small = self._small
        parts = (
            root[at * small : (at + 1) * small] for at in _walk(self._next_small, start, size // small + 1)
        )
        return b"".join(parts)[:size]

    def _table(self, head: bytes) -> tuple[int, ...]:
        """Read which sector follows which."""
        sectors = list(struct.unpack_from(f"<{_IN_HEADER}I", head, 76))
        more, count = struct.unpack_from("<II", head, 68)
        for _each in range(min(count, self._most // self._size)):
            if more >= _LAST:
                break
            further = _numbers(self._sector(more))
            sectors += further[:-1]
            more = further[-1]
        known = [at for at in sectors if at < _LAST][: self._most // self._size]
        return _numbers(b"".join(map(self._sector, known)))

    def _directory(self, first: int) -> Iterator[tuple[str, int, int, int]]:
        listed = b"".join(self._chain(first, _MOST_ENTRIES * _ENTRY))
        for at in range(0, len(listed) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", listed, at + 64)
            name = listed[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", listed, at + 116)
            yield name, kind, start, size

    def _chain(self, start: int, size: int) -> Iterator[bytes]:
        return map(self._sector, _walk(self._next, start, size // self._size + 1))

    def _sector(self, at: int) -> bytes:
        self._source.seek((at + 1) * self._size)
        data = self._source.read(self._size)
        if not data:
            raise CompoundError("beyond the end")
        return data.ljust(self._size, b"\0")


def _walk(follows: tuple[int, ...], start: int, most: int) -> Iterator[int]:
    """Give the sectors of a chain, ``most`` of them at the utmost: a damaged chain may be a ring."""
    for _each in range(most):
        if start >= _LAST:
            return
        if start >= len(follows):
            raise CompoundError("chain")
        yield start
        start = follows[start]


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])
