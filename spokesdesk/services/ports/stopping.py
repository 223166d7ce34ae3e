"""Reading that nobody waits for any more is broken off: search-as-you-type asks anew with every letter."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock

from spokesdesk.domain.errors import WaitError

_current: "ContextVar[Stop | None]" = ContextVar("stop", default=None)


class Stop:
    """Breaks off what is being read under it, from another thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked = False
        self._interrupt: Callable[[], object] | None = None

    def now(self) -> None:
        """Break off the query that runs and every later one under this stop."""
        with self._lock:
            self._asked = True
            if self._interrupt is not None:
                self._interrupt()

    @contextmanager
    def watching(self, interrupt: Callable[[], object]) -> Iterator[None]:
        """Let ``interrupt`` be called while the block runs.

        Raises:
            WaitError: ``stopped``: it was asked for before.
        """
        with self._lock:
            if self._asked:
                raise WaitError("stopped")
            self._interrupt = interrupt
        try:
            yield
        finally:
            with self._lock:
                self._interrupt = None


@contextmanager
def stoppable(stop: Stop) -> Iterator[None]:
    """Let what this thread reads in the block be broken off by ``stop``."""
    token = _current.set(stop)
    try:
        yield
    finally:
        _current.reset(token)


def current_stop() -> Stop | None:
    """Give what may break off the reading of this thread, None when nothing may."""
    return _current.get()
