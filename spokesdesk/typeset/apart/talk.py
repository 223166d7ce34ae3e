"""What goes to the process apart and what comes back: lengths first, nothing that is run or unpickled."""

import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import IO, BinaryIO

from spokesdesk.domain.errors import UserError
from spokesdesk.typeset.pages import PageImage

SECONDS = 30.0
MOST_ANSWERED = 512 << 20
CODES = frozenset({"look_unreadable", "verify_pdf_bad"})
"""Errors that the process may name."""
GOOD, BAD = b"+", b"-"
_SIZE = struct.Struct("<II")
_LENGTH = struct.Struct("<Q")


def asked(
    task: str,
    *arguments: str,
    data: Sequence[bytes] = (),
    source: BinaryIO | None = None,
    seconds: float = SECONDS,
) -> bytes:
    """Let a process of its own do a task.

    Args:
        task: one of ``outside.apart.TASKS``.
        data: what it is about, through a pipe.
        source: instead, a file of the system.
        seconds: after which it is ended.

    Raises:
        UserError: what the task says; ``look_failed`` when the process died, ``look_too_slow`` when it was ended.
    """
    if source is None:
        return _checked(_answered(task, arguments, data, subprocess.PIPE, seconds))
    handle = source.fileno()
    place = os.lseek(handle, 0, os.SEEK_CUR)
    os.lseek(handle, 0, os.SEEK_SET)
    try:
        return _checked(_answered(task, arguments, data, handle, seconds))
    finally:
        # Both processes share one place, and the stream relies on its own.
        os.lseek(handle, place, os.SEEK_SET)


def _answered(
    task: str, arguments: Sequence[str], data: Sequence[bytes], stdin: int, seconds: float
) -> bytes:
    process = subprocess.Popen(
        [sys.executable, "-m", "spokesdesk.outside.apart", task, *arguments],
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    was_ended = threading.Event()

    def end() -> None:
        was_ended.set()
        process.kill()

    clock = threading.Timer(seconds, end)
    clock.start()
    try:
        answer = _exchanged(process, data)
    finally:
        clock.cancel()
        process.kill()
        process.wait()
    if was_ended.is_set():
        raise UserError("look_too_slow")
    return answer


def _exchanged(process: "subprocess.Popen[bytes]", data: Sequence[bytes]) -> bytes:
    assert process.stdout is not None
    if process.stdin is not None:
        giver = threading.Thread(target=_give, args=(process.stdin, data), daemon=True)
        giver.start()
    with process.stdout as told:
        answer = told.read(MOST_ANSWERED + 1)
    if process.stdin is not None:
        process.kill()  # else what it has not read would hold the giver up
        giver.join()
    return answer


def _give(pipe: IO[bytes], data: Sequence[bytes]) -> None:
    try:
        with pipe:
            for one in data:
                pipe.write(_LENGTH.pack(len(one)))
                pipe.write(one)
    except OSError:
        return  # it died, or wanted no more: its answer says which


def given(pipe: IO[bytes]) -> list[bytes]:
    """Read what ``_give`` wrote."""
    found = []
    while head := pipe.read(_LENGTH.size):
        found.append(pipe.read(_LENGTH.unpack(head)[0]))
    return found


def _checked(answer: bytes) -> bytes:
    """Give the answer proper: it is whole only when it begins and ends as one."""
    if len(answer) > MOST_ANSWERED or len(answer) < 2 or answer[:1] != answer[-1:]:
        raise UserError("look_failed")
    if answer[:1] == BAD:
        code = answer[1:-1].decode("ascii", "replace")
        raise UserError(code if code in CODES else "look_failed")
    if answer[:1] != GOOD:
        raise UserError("look_failed")
    return answer[1:-1]


def packed(found: Sequence[PageImage]) -> bytes:
    """Give pictures as bytes."""
    return b"".join(_SIZE.pack(one.width, one.height) + one.bgra for one in found)


def pages(answer: bytes) -> tuple[PageImage, ...]:
    """Read pictures; each has exactly the bytes that its size says. Raises UserError("look_failed")."""
    found, at = [], 0
    while at < len(answer):
        if at + _SIZE.size > len(answer):
            raise UserError("look_failed")
        width, height = _SIZE.unpack_from(answer, at)
        at += _SIZE.size
        length = width * height * 4
        if not length or at + length > len(answer):
            raise UserError("look_failed")
        found.append(PageImage(width, height, answer[at : at + length]))
        at += length
    return tuple(found)


def lines(answer: bytes) -> list[str]:
    """Read texts; raises UserError("look_failed")."""
    try:
        found = json.loads(answer)
    except ValueError as error:
        raise UserError("look_failed") from error
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise UserError("look_failed")
    return found


def _environment() -> dict[str, str]:
    """Give what Python and the system's libraries need, and nothing of the person or the desk."""
    kept = ("PATH", "SYSTEMROOT", "WINDIR", "TEMP", "TMP", "LD_LIBRARY_PATH", "LC_ALL", "TZ")
    inherited = {name: os.environ[name] for name in kept if name in os.environ}
    return {
        **inherited,
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
