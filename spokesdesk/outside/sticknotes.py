"""Small notes that desks leave for each other beside what they carry: requests to join, and the answers."""

import re
from pathlib import Path

from spokesdesk.domain.errors import OutsideError
from spokesdesk.outside import disk

_NAME = re.compile(r"[0-9a-f-]{8,120}")
_END = ".json"
# More of them nobody looks through.
MOST = 200


class StickNotes:
    """The notes of one kind in the desks' folder of a stick.

    Args:
        chosen: the folder that a person chose.
        folder: where the notes of this kind lie.
    """

    def __init__(self, chosen: Path, folder: Path) -> None:
        self._chosen, self._folder = chosen, folder

    def put(self, name: str, data: bytes) -> None:
        """Leave a note, or another one in its place; it is there whole or not at all.

        Raises:
            OutsideError: ``carry_folder``, ``disk_full``, ``read_only``, ``disk_failed``.
        """
        self._require_folder()
        with disk.explained(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
        disk.write_atomically(self._path(name), data)

    def all(self, most_bytes: int) -> tuple[tuple[str, bytes], ...]:
        """Give names and contents; of one that is too large nothing, so that it is seen to be damaged.

        Raises:
            OutsideError: ``carry_folder``, ``disk_failed``.
        """
        self._require_folder()
        found: list[tuple[str, bytes]] = []
        with disk.explained(self._folder):
            paths = sorted(self._folder.glob(f"*{_END}")) if self._folder.is_dir() else []
            for path in paths[:MOST]:
                name = path.name.removesuffix(_END)
                if _NAME.fullmatch(name) and path.is_file():
                    with path.open("rb") as source:
                        data = source.read(most_bytes + 1)
                    found.append((name, data if len(data) <= most_bytes else b""))
        return tuple(found)

    def drop(self, name: str) -> None:
        """Take a note away; one that is not there, or cannot be taken away, does no harm."""
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError:
            return

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError(f"name {name!r}")
        return self._folder / f"{name}{_END}"

    def _require_folder(self) -> None:
        if not self._chosen.is_dir():
            raise OutsideError("carry_folder", path=str(self._chosen))
