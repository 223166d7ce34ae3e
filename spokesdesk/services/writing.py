"""Writes a file for the person at the desk: whole, or not at all."""

from contextlib import suppress
from pathlib import Path

from spokesdesk.domain.errors import OutsideError


def write_whole(path: Path, data: bytes, field: str = "out") -> None:
    """Write a file beside its place first, then move it there.

    Raises:
        OutsideError: ``file_unwritable``; what stood there before still does.
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise OutsideError("file_unwritable", field=field, path=str(path)) from error
