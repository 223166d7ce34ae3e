"""Writers of one process take turns in the order in which they came.

SQLite only lets a writer ask again and again: one that writes page after page would keep all others out for ever.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock


class Turns:
    """A queue of writers."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._queue: deque[Event] = deque()

    @contextmanager
    def taken(self, most: float) -> Iterator[None]:
        """Wait for the turn, and keep it for the block.

        Args:
            most: seconds; then the block begins all the same, and the database says whether it is busy.
        """
        mine = Event()
        with self._lock:
            self._queue.append(mine)
            self._call()
        try:
            mine.wait(most)
            yield
        finally:
            with self._lock:
                self._queue.remove(mine)
                self._call()

    def _call(self) -> None:
        if self._queue:
            self._queue[0].set()
