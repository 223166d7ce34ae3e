"""The program's log and crash reports: what happened and when, never whose name, phone number or text it was about."""

import faulthandler
import logging
import logging.handlers
import platform
import re
import traceback
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from uuid import UUID

from spokesdesk import __version__
from spokesdesk.domain.errors import DeskError
from spokesdesk.outside import places

LOG, CRASH, FAULTS = "spokesdesk.log", "crash.log", "faults.log"
OWN = "spokesdesk"
_BYTES, _KEPT = 1 << 20, 5
_HIDDEN = "…"
_FAULT_LINES = 400
# What faulthandler writes, by its kinds of lines; a folder in a path may be a person's name and is left out.
_FAULT_FRAME = re.compile(r'\s*File "(?:[^"]*[\\/])?([^"\\/]*)", line (\d+) in (\S+)')
_FAULT_HEAD = re.compile(
    r"(Fatal Python error: [A-Za-z ]+|(Current thread|Thread) 0x[0-9a-f]+|Windows fatal )"
)


class RedactingFormatter(logging.Formatter):
    """Writes a message's own words, numbers and ids; every other value, and every error's text, is hidden.

    An allow-list: a value that nobody thought of stays out. So log with parameters, never with f-strings. Of what other
    people's code logs only the place in that code is written: nobody knows how its sentences were put together.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Give one line, and below it the bare trace of an error: classes, files, line numbers."""
        head = f"{self.formatTime(record)} {record.levelname} {record.threadName} {record.name}: "
        is_own = record.name == OWN or record.name.startswith(f"{OWN}.")
        lines = [head + (_redacted(record) if is_own else f"{Path(record.pathname).name}:{record.lineno}")]
        if record.exc_info and record.exc_info[1]:
            lines += bare_trace(record.exc_info[1])
        return "\n".join(lines)


def bare_trace(error: BaseException) -> list[str]:
    """Give an error's trace without any text that a person may have typed.

    Args:
        error: any error; what caused it is traced too.

    Returns:
        Lines of class, error code, file, line and function.
    """
    lines: list[str] = []
    seen: BaseException | None = error
    while seen is not None and len(lines) < _FAULT_LINES:
        code = f" {seen.code}" if isinstance(seen, DeskError) else ""
        lines.append(f"  {type(seen).__module__}.{type(seen).__qualname__}{code}")
        for frame in traceback.extract_tb(seen.__traceback__):
            lines.append(f"    {Path(frame.filename).name}:{frame.lineno} {frame.name}")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return lines


class Logs:
    """The running log; ends with ``close``. A disk that does not take it is no reason not to work.

    Args:
        folder: where the files go; the platform's log folder when not given.
        parts: versions of what the report cannot ask itself, such as "Qt 6.8.3".
    """

    def __init__(self, folder: Path | None = None, parts: Sequence[str] = ()) -> None:
        self.folder = folder or places.log_folder()
        self._parts = parts
        self._before = ""
        self._handler: logging.Handler | None = None
        self._faults: IO[str] | None = None
        with suppress(OSError):
            self._start()

    def _start(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._faults = (self.folder / FAULTS).open("a+", encoding="utf-8", errors="replace")
        self._take_fault(self._faults)
        faulthandler.enable(self._faults)
        self._handler = logging.handlers.RotatingFileHandler(
            self.folder / LOG, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True
        )
        self._handler.setFormatter(RedactingFormatter())
        logging.getLogger().addHandler(self._handler)
        logging.getLogger(OWN).setLevel(logging.INFO)

    def before(self) -> str:
        """Give the report of a fall that took the whole program down the last time; "" when there was none."""
        return self._before

    def crash(self, error: BaseException) -> str:
        """Keep the report of an error that is the program's own fault.

        Returns:
            The report, word for word as it is kept: versions, time, trace; no message of the error, which may hold
            what somebody typed.
        """
        text = "\n".join([*self._head(), *bare_trace(error)])
        self._keep(text)
        logging.getLogger(OWN).error("a fault of the program, see the crash reports")
        return text

    def close(self) -> None:
        """Stop logging and let the files go."""
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _head(self) -> list[str]:
        python = f"Python {platform.python_version()}"
        versions = ", ".join((f"SpokesDesk {__version__}", python, *self._parts, platform.system()))
        return [versions, f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC"]

    def _keep(self, text: str) -> None:
        file = self.folder / CRASH
        with suppress(OSError):
            if file.is_file() and file.stat().st_size > _BYTES:
                file.replace(file.with_suffix(".1.log"))
            with file.open("a", encoding="utf-8") as handle:
                handle.write(f"{text}\n\n")

    def _take_fault(self, faults: IO[str]) -> None:
        """Read what the last run left behind, and empty the file: others may have it open and go on at its end."""
        faults.seek(0)
        lines = bare_fault(faults.read(_BYTES))
        faults.truncate(0)
        if lines:
            self._before = "\n".join([*self._head(), *lines])
            self._keep(self._before)


def bare_fault(text: str) -> list[str]:
    """Give what faulthandler wrote without folders, which may bear a person's name."""
    lines: list[str] = []
    for line in text.splitlines():
        frame = _FAULT_FRAME.match(line)
        if frame is not None:
            lines.append("    {}:{} {}".format(*frame.groups()))
        elif _FAULT_HEAD.match(line):
            lines.append(f"  {line.partition(' [')[0]}")
    return lines[:_FAULT_LINES]


def _redacted(record: logging.LogRecord) -> str:
    template, values = str(record.msg), record.args
    if isinstance(record.msg, BaseException) or not values:
        return type(record.msg).__name__ if isinstance(record.msg, BaseException) else template
    try:
        if isinstance(values, dict):
            return template % {name: _shown(value) for name, value in values.items()}
        return template % tuple(_shown(value) for value in values)
    except (TypeError, ValueError):
        return template


def _shown(value: object) -> object:
    return value if isinstance(value, bool | int | float | UUID) else _HIDDEN
