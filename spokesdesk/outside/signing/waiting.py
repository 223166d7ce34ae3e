"""Waiting for a device or a person without being held by them."""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import TypeVar

from spokesdesk.domain.errors import WaitError

T = TypeVar("T")
_GLANCE_S = 0.1


def in_reach(work: Callable[[], T], cancelled: Callable[[], bool], limit_s: float) -> T:
    """Give what some work gives, or stop waiting for it.

    A token's driver can hang for minutes inside a call that nothing can end; it is left behind on a thread of its
    own, which does not keep the program from closing.

    Args:
        work: what may hang.
        cancelled: asked ten times a second.
        limit_s: longest wait, seconds.

    Raises:
        WaitError: ``sign_cancelled``, ``sign_too_long``.
    """
    answers: SimpleQueue[tuple[bool, T | BaseException]] = SimpleQueue()

    def run() -> None:
        try:
            answers.put((True, work()))
        except BaseException as error:
            answers.put((False, error))

    Thread(target=run, name="signing-device", daemon=True).start()
    end = monotonic() + limit_s
    while True:
        try:
            done, answer = answers.get(timeout=_GLANCE_S)
        except Empty:
            if cancelled():
                raise WaitError("sign_cancelled") from None
            if monotonic() > end:
                raise WaitError("sign_too_long", minutes=round(limit_s / 60)) from None
            continue
        if not done:
            assert isinstance(answer, BaseException)
            raise answer
        return answer  # type: ignore[return-value]
