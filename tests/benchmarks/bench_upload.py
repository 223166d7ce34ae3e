"""A file of 500 MB from a desk to the portal and on to a colleague's desk, against the bare line and the bare disk.

The raw baseline of the way up: as many bytes over loopback into another process that writes them and waits for the
disk after every 8 MiB; of the way down: read from a file, sent over loopback, written, on the disk at the end. Below,
each by itself, what a desk cannot leave out: opening the encrypted file, one hash over all, keeping it encrypted.
``SPOKESDESK_UPLOAD_MB`` is the size.
"""

import hashlib
import itertools
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from spokesdesk import wire
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.services import journal, sync
from tests.benchmarks.measure import paired_ratio, table
from tests.server.running import RunningPortal
from tests.sync.pairs import made_desk, well

SIZE = int(os.environ.get("SPOKESDESK_UPLOAD_MB", "500")) * 1024**2
ROUNDS = 4
_TAKES = """
import os, socket, sys
size, chunk, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
sync = getattr(os, "fdatasync", os.fsync)
with socket.create_server(("127.0.0.1", 0)) as door:
    print(door.getsockname()[1], flush=True)
    line, _where = door.accept()
    held, left = memoryview(bytearray(chunk)), size
    with line, open(path, "wb", buffering=0) as out:
        while left:
            wanted, got = min(chunk, left), 0
            while got < wanted:
                got += line.recv_into(held[got:wanted])
            out.write(held[:wanted])
            sync(out.fileno())
            left -= wanted
        line.sendall(b"x")
"""
_GIVES = """
import socket, sys
with socket.create_server(("127.0.0.1", 0)) as door, open(sys.argv[1], "rb") as source:
    print(door.getsockname()[1], flush=True)
    line, _where = door.accept()
    with line:
        line.sendfile(source)
"""


class Bench:
    """Two desks of one agency at one portal, and files of their own for the bare ways."""

    def __init__(self, folder: Path, portal: RunningPortal) -> None:
        self.folder, self.portal = folder, portal
        self.first, self.second = made_desk(folder / "a", "Lê Thị Mai"), made_desk(folder / "b", "Trần Bình")
        for desk in (self.first, self.second):
            sync.connect(desk, portal.url, portal.quick_code("Sở Đo"))
            well(desk)
        self.data = os.urandom(SIZE - 8)
        self.sha256, self.raw, self._numbers = "", folder, itertools.count()
        self._other = hashlib.sha256(self.data).hexdigest()

    def attach(self) -> None:
        """Attach a file that nobody has had, and let both desks know of it."""
        kept = self.first.files.put_bytes(os.urandom(8) + self.data, "ghi hình.mp4")
        met_at = self.first.now() - timedelta(hours=1)
        draft = ContactDraft(
            Channel.PHONE, met_at, "Báo Đắk Lắk", "Phạm Thu Hà", "ghi hình", attachments=(kept,)
        )
        journal.log_contact(self.first, draft)
        self.sha256 = kept.sha256
        for desk in (self.first, self.second):
            well(desk)

    def up(self) -> None:
        """Send it as a desk does."""
        report, _changes = sync.exchange_files(self.first)
        assert (report.sent, report.fault) == (1, None), report

    def down(self) -> None:
        """Fetch it as a colleague's desk does."""
        report, _changes = sync.exchange_files(self.second)
        assert (report.received, report.fault) == (1, None), report

    def raw_up(self) -> None:
        """Send the same bytes over the bare line to the bare disk."""
        # A new file each time, as the portal's: one that is written over takes its place in memory again.
        self.raw = self.folder / f"raw{next(self._numbers)}"
        with _Other(_TAKES, str(SIZE), str(wire.CHUNK_BYTES), str(self.raw)) as line:
            line.sendall(self.data + bytes(8))
            assert line.recv(1) == b"x"

    def raw_down(self) -> None:
        """Fetch the same bytes from the bare disk over the bare line to the disk."""
        with (
            _Other(_GIVES, str(self.raw)) as line,
            self.raw.with_suffix(".copy").open("wb", buffering=0) as out,
        ):
            while piece := line.recv(1024**2):
                out.write(piece)
            os.fsync(out.fileno())

    def opened(self) -> None:
        """Read the encrypted file, as sending does."""
        with self.first.files.open(self.sha256) as source:
            while source.read(wire.CHUNK_BYTES):
                pass

    def hashed(self) -> None:
        """Hash as many bytes."""
        hashlib.sha256(self.data).digest()

    def kept(self) -> None:
        """Keep as many bytes in the encrypted store, as fetching does."""
        self.second.files.put_coming(self._other, _Pieces(self.data))
        self.second.files.destroy(self._other)

    def close(self) -> None:
        """Close both desks."""
        self.first.close()
        self.second.close()


class _Pieces:
    """Gives bytes as a line does, some at a time: to copy all at once costs more than to keep them."""

    def __init__(self, data: bytes) -> None:
        self._left = memoryview(data)

    def read(self, size: int) -> bytes:
        """Give the next piece."""
        piece, self._left = bytes(self._left[: min(size, 65536)]), self._left[min(size, 65536) :]
        return piece

    def close(self) -> None:
        """Nothing is held."""


class _Other:
    """A process at the other end of a bare line; the time it takes to start is not measured."""

    def __init__(self, code: str, *arguments: str) -> None:
        self._process = subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        self._line = socket.create_connection(("127.0.0.1", int(self._process.stdout.readline())))

    def __enter__(self) -> socket.socket:
        return self._line

    def __exit__(self, *_: object) -> None:
        self._line.close()
        self._process.wait(60)
        assert self._process.stdout is not None
        self._process.stdout.close()


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        portal = RunningPortal(Path(folder) / "portal").start()
        bench = Bench(Path(folder), portal)
        try:
            table(_rows(_measured(bench)))
        finally:
            bench.close()
            portal.stop()
            RunningPortal.close_all()


def _measured(bench: Bench) -> dict[str, list[float]]:
    ways: dict[str, Callable[[], None]] = {
        name: getattr(bench, name)
        for name in ("raw_up", "up", "raw_down", "down", "opened", "hashed", "kept")
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for lap in range(ROUNDS + 1):
        bench.attach()
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            if lap:
                taken[name].append(time.perf_counter() - began)
    return taken


def _rows(taken: dict[str, list[float]]) -> list[tuple[str, str, str, str, str]]:
    rows = []
    for name, raw, said, target in (
        ("up", "raw_up", f"{SIZE >> 20} MB up, in MB/s", "≥ 80 %"),
        ("down", "raw_down", f"{SIZE >> 20} MB down, in MB/s", ""),
    ):
        ratio = paired_ratio(taken[raw], taken[name])
        rows.append((said, _speed(taken[name]), _speed(taken[raw]), f"{ratio:.0%}", target))
    for name, said in (
        ("opened", "of it: the file opened"),
        ("hashed", "one hash over all"),
        ("kept", "of it: the file kept"),
    ):
        rows.append((said, _speed(taken[name]), "", "", ""))
    return rows


def _speed(seconds: list[float]) -> str:
    return f"{SIZE / 1024**2 / statistics.median(seconds):.0f}"


if __name__ == "__main__":
    main()
