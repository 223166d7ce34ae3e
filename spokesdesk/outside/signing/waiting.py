"""Waiting for a device or a person without being held by them."""

from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import TypeVar

from spokesdesk.domain.errors import WaitError

T = TypeVar("T")
_GLANCE_S = 0.1


def at_once(works: Sequence[Callable[[], T]], limit_s: float) -> tuple[T | None, ...]:
    """Give what several pieces of work give, side by side; None for one that was not done in time or failed.

    Args:
        works: what may hang; left behind like in ``in_reach``.
        limit_s: longest wait for all, seconds.
    """
    answers: SimpleQueue[tuple[int, T | None]] = SimpleQueue()

    def run(at: int, work: Callable[[], T]) -> None:
        answer: T | None = None
        try:
            answer = work()
        finally:
            answers.put((at, answer))

    for at, work in enumerate(works):
        Thread(target=run, args=(at, work), name="signing-look", daemon=True).start()
    found: dict[int, T | None] = {}
    end = monotonic() + limit_s
    while len(found) < len(works) and (left := end - monotonic()) > 0:
        try:
            at, answer = answers.get(timeout=left)
        except Empty:
            break
        found[at] = answer
    return tuple(found.get(at) for at in range(len(works)))


def in_reach(
    work: Callable[[], T],
    cancelled: Callable[[], bool],
    limit_s: float,
    late: Callable[[T], object] = lambda _answer: None,
) -> T:
    """Give what some work gives, or stop waiting for it.

    A token's driver can hang for minutes inside a call that nothing can end; it is left behind on a thread of its
    own, which does not keep the program from closing.

    Args:
        work: what may hang.
        cancelled: asked ten times a second.
        limit_s: longest wait, seconds.
        late: gets what comes when nobody waits any more, to put it away.

    Raises:
        WaitError: ``sign_cancelled``, ``sign_too_long``.
    """
    answers: SimpleQueue[tuple[bool, T | BaseException]] = SimpleQueue()
    left = Event()

    def run() -> None:
        try:
            answer = work()
        except BaseException as error:
            answers.put((False, error))
            return
        if left.is_set():
            late(answer)
        else:
            answers.put((True, answer))

    Thread(target=run, name="signing-device", daemon=True).start()
    end = monotonic() + limit_s
    while True:
        try:
            done, answer = answers.get(timeout=_GLANCE_S)
        except Empty:
            if not cancelled() and monotonic() <= end:
                continue
            left.set()
            if cancelled():
                raise WaitError("sign_cancelled") from None
            raise WaitError("sign_too_long", minutes=max(1, round(limit_s / 60))) from None
        if not done:
            assert isinstance(answer, BaseException)
            raise answer
        return answer  # type: ignore[return-value]
