"""The program's log: what happened and when, never whose name, phone number or text it was about."""

import faulthandler
import logging
import logging.handlers
import traceback
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from uuid import UUID

from spokesdesk.domain.errors import DeskError
from spokesdesk.outside import places

LOG, CRASH = "spokesdesk.log", "crash.log"
_BYTES, _KEPT = 1 << 20, 5
_HIDDEN = "…"


class RedactingFormatter(logging.Formatter):
    """Writes a message's own words, numbers and ids; every other value, and every error's text, is hidden.

    An allow-list: a value that nobody thought of stays out. So log with parameters, never with f-strings.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Give one line, and below it the bare trace of an error: classes, files, line numbers."""
        head = f"{self.formatTime(record)} {record.levelname} {record.threadName} {record.name}: "
        lines = [head + _redacted(record)]
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
    while seen is not None and len(lines) < 400:
        code = f" {seen.code}" if isinstance(seen, DeskError) else ""
        lines.append(f"  {type(seen).__module__}.{type(seen).__qualname__}{code}")
        for frame in traceback.extract_tb(seen.__traceback__):
            lines.append(f"    {Path(frame.filename).name}:{frame.lineno} {frame.name}")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return lines


class Logs:
    """The running log; ends with ``close``.

    Args:
        folder: where the files go; the platform's log folder when not given.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or places.log_folder()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._handler = logging.handlers.RotatingFileHandler(
            self.folder / LOG, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True
        )
        self._handler.setFormatter(RedactingFormatter())
        self._crash: IO[str] = (self.folder / CRASH).open("a", encoding="utf-8")
        faulthandler.enable(self._crash)
        root = logging.getLogger()
        root.addHandler(self._handler)
        logging.getLogger("spokesdesk").setLevel(logging.INFO)

    def close(self) -> None:
        """Stop logging and let the files go."""
        logging.getLogger().removeHandler(self._handler)
        self._handler.close()
        faulthandler.disable()
        self._crash.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


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
