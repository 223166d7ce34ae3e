"""The hash of an upload, made from what lies in its file while the rest still comes."""

import hashlib
from pathlib import Path

_PIECE = 256 * 1024


class ReadBack:
    """Reads each stretch of a part back once it is on the disk, so that nothing is left to read when it is whole.

    A part that somebody else touched meanwhile is not believed: then the whole is read once more.
    """

    def __init__(self) -> None:
        self._digest, self._at, self._touched = hashlib.sha256(), 0, 0

    def fits(self, part: Path, at: int) -> bool:
        """Say whether it stands at ``at`` and the part is as it was left."""
        return self._at == at and (at == 0 or part.stat().st_mtime_ns == self._touched)

    def read(self, part: Path, to: int) -> None:
        """Read on to ``to``; raises OSError."""
        held = memoryview(bytearray(_PIECE))
        with part.open("rb", buffering=0) as source:
            source.seek(self._at)
            while self._at < to and (got := source.readinto(held[: to - self._at])):
                self._digest.update(held[:got])
                self._at += got

    def leave(self, part: Path) -> None:
        """Note how the part looks now that nobody writes to it."""
        self._touched = part.stat().st_mtime_ns

    def whole(self, part: Path, size: int) -> str:
        """Give the hash of all, "" when it was not all read back or the part was touched."""
        return self._digest.hexdigest() if self._at == size and self.fits(part, size) else ""
