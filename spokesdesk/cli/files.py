"""Files that commands write: whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path

from spokesdesk.domain.errors import OutsideError


def make_folder(path: Path, field: str) -> None:
    """Make the folder that files are to be written into, where it does not stand yet.

    Args:
        path: it and the folders above it are made.
        field: the option that named the path, for the error.

    Raises:
        OutsideError: ``file_unwritable``.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutsideError("file_unwritable", field=field, path=path) from error


def write_whole(path: Path, content: bytes, field: str) -> None:
    """Write a file beside its place first, then move it there: an older one stays whole on a full disk.

    Args:
        path: a link stays a link; a device or a pipe, as /dev/stdout, is written into.
        content: the file's bytes.
        field: the option that named the path, for the error.

    Raises:
        OutsideError: ``file_unwritable``.
    """
    place = path.resolve()
    part = place.with_name(f".{place.name[:100]}.{os.getpid()}.part")
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(content)
            return
        part.write_bytes(content)
        part.replace(place)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise OutsideError("file_unwritable", field=field, path=path) from error
