"""What is done with the chunks of a file that is kept: while one is hashed and written, the next is read."""

import hashlib
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import BinaryIO

# Chunks that are being worked on while one more is read.
AT_ONCE = 2


class Work:
    """Hashes, seals and writes chunks in their order, each kind of work on a thread of its own.

    Args:
        target: a file; nobody else writes to it until the work is done or closed.
    """

    def __init__(self, target: BinaryIO) -> None:
        self._target, self._digest = target, hashlib.sha256()
        self._hashing, self._writing = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
        self._under_way: deque[Future[None]] = deque()

    def take(self, chunk: memoryview, sealed: Callable[[], bytes], *, is_last: bool) -> None:
        """Take a chunk; it stays as it is until ``AT_ONCE`` more were taken.

        Args:
            chunk: what is hashed.
            sealed: gives what is written of it.
            is_last: nothing is read meanwhile; a file of one chunk needs no threads.

        Raises:
            OSError: what was taken before could not be written.
        """
        if is_last and not self._under_way:
            self._digest.update(chunk)
            self._write(sealed)
            return
        self._under_way.append(self._hashing.submit(self._digest.update, chunk))
        self._under_way.append(self._writing.submit(self._write, sealed))
        while len(self._under_way) > 2 * AT_ONCE:
            self._under_way.popleft().result()

    def done(self) -> bytes:
        """Wait until all is written and give the hash of all chunks; raises OSError."""
        while self._under_way:
            self._under_way.popleft().result()
        return self._digest.digest()

    def close(self) -> None:
        """Begin nothing more, and wait until no thread uses file or chunks."""
        for worker in (self._hashing, self._writing):
            worker.shutdown(cancel_futures=True)

    def _write(self, sealed: Callable[[], bytes]) -> None:
        self._target.write(sealed())
