"""How the pieces of a request become safe: one stretch goes to the disk, the next is written, a third comes."""

import asyncio
import hashlib
import os
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from anyio import CancelScope, to_thread
from sqlalchemy.engine import Engine

from spokesdesk import wire
from spokesdesk.domain.errors import OutsideError, UserError, WaitError
from spokesdesk.server.readback import ReadBack
from spokesdesk.server.uploads import Upload, advance

WRITTEN_AT_ONCE = 1024 * 1024
# Written, but not yet safe: a slow disk makes more safe at once, and a killed portal has this much less.
MOST_UNSAFE = 4 * wire.CHUNK_BYTES
_SYNC = getattr(os, "fdatasync", os.fsync)


class _Crc32:
    """CRC-32 with the manner of the other hashes, four bytes, the highest first."""

    def __init__(self) -> None:
        self._value = 0

    def update(self, data: "bytes | memoryview") -> None:
        self._value = zlib.crc32(data, self._value)

    def digest(self) -> bytes:
        return self._value.to_bytes(4, "big")


class _Job:
    """One piece of work on a thread, which goes on while the next is made ready."""

    def __init__(self) -> None:
        self._task: asyncio.Task[None] | None = None

    async def start(self, work: Callable[[], None]) -> None:
        """Begin, when the one before is over; raises what that raised."""
        await self.over()
        self._task = asyncio.create_task(to_thread.run_sync(work))

    @property
    def is_over(self) -> bool:
        """Whether nothing is being done."""
        return self._task is None or self._task.done()

    async def over(self) -> None:
        """Wait until it is over; raises what it raised, once."""
        task, self._task = self._task, None
        if task is not None:
            with CancelScope(shield=True):  # a thread cannot be stopped, and it uses the file
                await task


class Intake:
    """Takes the pieces of one request into a part: written as they come, made safe every 8 MiB and at the end.

    Args:
        held: the upload, with this request's lease.
        checks: digests that each stretch of 8 MiB of the request must have; nothing of one counts before it has.
        algorithm: theirs.
        read_back: reads on what is safe.
    """

    def __init__(
        self,
        engine: Engine,
        part: Path,
        held: Upload,
        now: datetime,
        read_back: ReadBack,
        checks: tuple[bytes, ...] = (),
        algorithm: str = "sha256",
    ) -> None:
        self._engine, self._part, self._held, self._now = engine, part, held, now
        self._checks, self._algorithm, self._read_back = checks, algorithm, read_back
        self.safe = self._written = self._checked = self._on_its_way = held.received
        self._pieces: list[bytes | memoryview] = []
        self._waiting = self._taken = 0
        self._digest = self._new_digest()
        self._writing, self._syncing = _Job(), _Job()

    async def take(self, pieces: AsyncIterator[bytes | memoryview]) -> None:
        """Take a request to its end; what came of one that is cut is kept, as far as it could be checked.

        Args:
            pieces: one of a MiB or more need not stay as it is after the next was asked for twice.

        Raises:
            UserError: ``upload_checksum``; as the pieces do.
            WaitError: ``upload_taken``; as the pieces do.
            OutsideError: ``portal_full``.
        """
        try:
            with self._part.open("r+b", buffering=0) as handle:
                handle.seek(self.safe)
                try:
                    await self._take(pieces, handle)
                finally:
                    await self._settle()
                    self._read_back.leave(self._part)
        except OSError as error:
            raise OutsideError("portal_full", detail=error.strerror or "") from error

    async def _settle(self) -> None:
        """Let go of the file only when no thread uses it."""
        try:
            await self._writing.over()
        finally:
            await self._syncing.over()

    async def _take(self, pieces: AsyncIterator[bytes | memoryview], handle: BinaryIO) -> None:
        try:
            async for whole in pieces:
                for piece in self._cut(whole):
                    self._pieces.append(piece)
                    self._waiting += len(piece)
                    self._taken += len(piece)
                    if self._taken % wire.CHUNK_BYTES == 0:
                        await self._end_stretch(handle)
                    elif self._waiting >= WRITTEN_AT_ONCE:
                        await self._write(handle)
            if self._taken % wire.CHUNK_BYTES:
                await self._end_stretch(handle)
        except WaitError:
            if not self._checks:
                await self._end_stretch(handle)
            raise
        finally:
            await self._secure(handle)

    def _cut(self, piece: bytes | memoryview) -> Iterator[bytes | memoryview]:
        """Cut a piece where a stretch ends; the last one of a request is empty."""
        if not piece:
            return
        room = wire.CHUNK_BYTES - self._taken % wire.CHUNK_BYTES
        yield piece[:room] if len(piece) > room else piece
        for at in range(room, len(piece), wire.CHUNK_BYTES):
            yield piece[at : at + wire.CHUNK_BYTES]

    async def _write(self, handle: BinaryIO) -> None:
        data, self._pieces, self._waiting = self._pieces, [], 0

        def work() -> None:
            for piece in data:
                if self._checks:
                    self._digest.update(piece)
                left = memoryview(piece)
                while left:
                    left = left[handle.write(left) :]
                self._written += len(piece)

        await self._writing.start(work)

    async def _end_stretch(self, handle: BinaryIO) -> None:
        """Check what was written of a stretch, and let it become safe while more comes."""
        if self._waiting:
            await self._write(handle)
        await self._writing.over()
        if self._checks:
            stretch = (self._taken - 1) // wire.CHUNK_BYTES
            if stretch >= len(self._checks) or self._digest.digest() != self._checks[stretch]:
                raise UserError("upload_checksum")
            self._digest = self._new_digest()
        self._checked = self._written
        if self._syncing.is_over or self._checked - self._on_its_way >= MOST_UNSAFE:
            await self._secure(handle)

    async def _secure(self, handle: BinaryIO) -> None:
        before, to = self._on_its_way, self._checked
        if to == before:
            return
        self._on_its_way = to

        def work() -> None:
            _SYNC(handle.fileno())
            self._read_back.read(self._part, to)
            advance(self._engine, self._held, before, to, self._now)
            self.safe = to

        await self._syncing.start(work)

    def _new_digest(self) -> "hashlib._Hash | _Crc32":
        if self._algorithm == "crc32":
            return _Crc32()
        return hashlib.new(self._algorithm, usedforsecurity=False)
