"""Large files on their way to and from the portal: taken up again where the line was cut, a chunk at a time."""

import base64
import re
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from typing import BinaryIO

from spokesdesk import wire
from spokesdesk.domain.errors import DeskError, OutsideError, WaitError
from spokesdesk.domain.journal import Attachment

# Cuts in a row, without one more byte, after which the round goes on to something else.
TRIES = 5
PAUSE_S = 0.2
# Stretches of 8 MiB that go in one request, twice as many each time; each has its checksum and is safe by itself.
# CRC-32 finds what the line spoiled; what lies at the portal in the end is judged by its SHA-256.
STRETCHES = 32
PIECE = 1024 * 1024
_CUT = frozenset({"portal_unreachable", "body_too_slow", "upload_offset", "upload_taken", "upload_checksum"})
_PLACE = re.compile(r"/uploads/[0-9a-f-]{36}\Z")
_TUS = {"tus-resumable": "1.0.0"}

Headers = Mapping[str, str]
Ask = Callable[[str, str, bytes | Iterable[bytes], Headers], tuple[int, Headers]]
Stream = Callable[[str, Headers], "Iterator[bytes]"]
Told = Callable[[int], bool]


def send(ask: Ask, file: Attachment, source: BinaryIO, told: Told | None = None) -> None:
    """Send a file by tus 1.0.0, from where an earlier try was cut.

    Args:
        ask: asks the portal and gives status and headers; raises for every status but 2xx and 404.
        source: can seek.
        told: called with the bytes that are there, before each chunk; False stops.

    Raises:
        WaitError: ``transfer_stopped``; what came stays at the portal for two days.
        OutsideError: ``portal_unreachable`` after some tries, ``file_hash_wrong``, ``quota_used_up``.
    """
    place, at = _begun(ask, file)
    failures = 0
    with closing(_Ahead(source)) as ahead:
        while place and at < file.size:
            try:
                at = _send_some(ask, place, at, file.size, ahead, told)
                failures = 0
            except DeskError as fault:
                failures += 1
                _wait(fault, failures)
                place, at = _begun(ask, file, failures)


class _Ahead:
    """Sums up the stretches of the next request while those of the one before are sent."""

    def __init__(self, source: BinaryIO) -> None:
        self._source, self._reading = source, threading.Lock()
        self._worker = ThreadPoolExecutor(1)
        self._at, self._count = -1, 1
        self._coming: Future[list[str]] = Future()

    def checks(self, at: int) -> list[str]:
        """Give the checksums of the stretches that go next, and begin with those after them."""
        if self._at != at:
            self._count = 1
            self._coming = self._worker.submit(self._summed, at, self._count)
        found = self._coming.result()
        self._at, self._count = at + len(found) * wire.CHUNK_BYTES, min(2 * self._count, STRETCHES)
        self._coming = self._worker.submit(self._summed, self._at, self._count)
        return found

    def pieces(self, at: int) -> Iterator[bytes]:
        """Read a stretch, in pieces small enough to lie in the processor's own memory while they are worked on."""
        for place in range(at, at + wire.CHUNK_BYTES, PIECE):
            with self._reading:
                self._source.seek(place)
                if not (piece := self._source.read(PIECE)):
                    return
            yield piece

    def close(self) -> None:
        """Read no more."""
        self._worker.shutdown(cancel_futures=True)

    def _summed(self, at: int, count: int) -> list[str]:
        found = []
        for n in range(count):
            checksum = length = 0
            for piece in self.pieces(at + n * wire.CHUNK_BYTES):
                checksum, length = zlib.crc32(piece, checksum), length + len(piece)
            if length:
                found.append(base64.b64encode(checksum.to_bytes(4, "big")).decode())
        return found


class _Body:
    """The stretches of a request, read when their turn comes; before each it is told how far it is."""

    def __init__(self, ahead: _Ahead, at: int, end: int, told: Told | None) -> None:
        self._ahead, self._told, self._places = ahead, told, range(at, end, wire.CHUNK_BYTES)

    def __iter__(self) -> Iterator[bytes]:
        for at in self._places:
            if self._told is not None and not self._told(at):
                raise WaitError("transfer_stopped")
            yield from self._ahead.pieces(at)


def _send_some(ask: Ask, place: str, at: int, size: int, ahead: _Ahead, told: Told | None) -> int:
    checks = ahead.checks(at)
    end = min(size, at + len(checks) * wire.CHUNK_BYTES)
    headers = {
        **_TUS,
        "upload-offset": str(at),
        "upload-checksum": f"crc32 {','.join(checks)}",
        "content-type": "application/offset+octet-stream",
        "content-length": str(end - at),
    }
    status, answer = ask("PATCH", place, _Body(ahead, at, end, told), headers)
    if status == 404:
        raise OutsideError("portal_unreachable", portal="")  # expired meanwhile: it is begun anew
    return _offset(answer)


def _begun(ask: Ask, file: Attachment, failures: int = 0) -> tuple[str, int]:
    """Give the place of an upload and how far it is; no place when the portal has the file."""
    while True:
        try:
            return _found(ask, file)
        except DeskError as fault:
            failures += 1
            _wait(fault, failures)


def _wait(fault: DeskError, failures: int, cuts: frozenset[str] = _CUT) -> None:
    """Wait before the next try, longer each time; raises what is no cut, and the last of too many in a row."""
    if fault.code not in cuts or failures >= TRIES:
        raise fault
    time.sleep(PAUSE_S * 2 ** (failures - 1))


def _found(ask: Ask, file: Attachment) -> tuple[str, int]:
    status, told = ask("HEAD", f"/files/{file.sha256}", b"", {})
    if status != 404:
        return "", file.size
    begun = _PLACE.search(told.get("location", ""))
    if begun:
        status, told = ask("HEAD", begun.group(), b"", _TUS)
        if status != 404:
            return begun.group(), _offset(told)
    name = base64.b64encode(file.sha256.encode()).decode()
    headers = {**_TUS, "upload-length": str(file.size), "upload-metadata": f"sha256 {name}"}
    status, told = ask("POST", "/uploads", b"", headers)
    made = _PLACE.search(told.get("location", ""))
    if made is None:
        raise OutsideError("portal_failed", status=status)
    return made.group(), 0


def _offset(told: Headers) -> int:
    try:
        return int(told.get("upload-offset", ""))
    except ValueError:
        raise OutsideError("portal_failed", status=204) from None


class Download:
    """A file of the portal as a stream that is read to its end; a cut is not seen by who reads.

    Args:
        stream: asks for a path with headers and gives the pieces of the answer; raises DeskError.
        told: called with the bytes that came, about once a chunk; False stops.
    """

    def __init__(self, stream: Stream, sha256: str, told: Told | None = None) -> None:
        self._stream, self._sha256, self._told = stream, sha256, told
        self._pieces: Iterator[bytes] | None = None
        self._rest = b""
        self._at = self._next_told = self._failures = 0

    def read(self, size: int) -> bytes:
        """Give some of the next bytes; none at the end.

        Raises:
            WaitError: ``transfer_stopped``.
            OutsideError: ``portal_unreachable`` after some tries.
            AccessError: ``journal_foreign``: the portal does not hold it.
        """
        while not self._rest:
            if self._told is not None and self._at >= self._next_told:
                self._next_told = self._at + wire.CHUNK_BYTES
                if not self._told(self._at):
                    raise WaitError("transfer_stopped")
            piece = self._next()
            if piece is None:
                return b""
            self._rest = piece
            self._at += len(piece)
        found, self._rest = self._rest[:size], self._rest[size:]
        return found

    def close(self) -> None:
        """Let the line go."""
        if self._pieces is not None:
            self._pieces.close()  # type: ignore[attr-defined]

    def _next(self) -> bytes | None:
        """Give the next piece; after a cut the line is taken up at the byte that misses."""
        while True:
            try:
                if self._pieces is None:
                    more = (
                        {"range": f"bytes={self._at}-", "if-range": f'"{self._sha256}"'} if self._at else {}
                    )
                    self._pieces = self._stream(f"/files/{self._sha256}", more)
                piece = next(self._pieces, None)
                self._failures = 0
                return piece
            except DeskError as fault:
                self._pieces = None
                self._failures += 1
                _wait(fault, self._failures, frozenset({"portal_unreachable"}))
