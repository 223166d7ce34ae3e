"""The portal's log: a JSON object a line, of keys that are allowed and nothing else (sync.md T22).

A library's sentence may hold what somebody typed; of it only where it comes from is written, never the sentence.
"""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime

NAME = "spokesdesk.portal"
KEYS = ("event", "method", "place", "status", "ms", "code", "fault")


class Lines(logging.Formatter):
    """Writes a record of the log as a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the line."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        told |= {key: value for key in KEYS if (value := getattr(record, key, None)) is not None}
        if record.exc_info and record.exc_info[0] is not None:
            told["fault"] = record.exc_info[0].__name__
            told["frames"] = [
                f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(record.exc_info[2])[-8:]
            ]
        return json.dumps(told, ensure_ascii=True)


def start() -> None:
    """Write the log to the error stream from here on, of every library too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(NAME).setLevel(logging.INFO)
