"""Recordings and photos: hashed on arrival, streamed into encrypted chunks at constant memory, given back whole."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from spokesdesk.domain.errors import OutsideError, WaitError
from spokesdesk.domain.journal import FileKind
from spokesdesk.outside import blobfile
from spokesdesk.services import journal
from spokesdesk.services.ports import Desk

MB = 1 << 20

# In a process of its own, so that nothing of the tests counts as memory of the store.
KEEP_AND_GIVE_BACK = """
import hashlib, resource, sys
from pathlib import Path
from spokesdesk.outside.blobs import BlobStore
source, folder = Path(sys.argv[1]), Path(sys.argv[2])
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
store = BlobStore(folder / "blobs", bytes(range(32)))
warm = store.put_bytes(b"x" * 3_000_000, "warm.bin")
store.export(warm.sha256, folder / "warm.bin")
before = peak()
steps = []
kept = store.put_file(source, source.name, lambda read: steps.append(read) is None)
assert steps == sorted(steps) and len(steps) > source.stat().st_size >> 21
store.export(kept.sha256, folder / "back.m4a")
print(kept.sha256, kept.size, peak() - before)
"""


def made(path: Path, size: int) -> str:
    """Write a file of that size that does not repeat itself; gives its hash."""
    digest = hashlib.sha256()
    with path.open("wb") as handle:
        for n in range(size // MB):
            chunk = hashlib.shake_256(n.to_bytes(8, "big")).digest(MB)
            digest.update(chunk)
            handle.write(chunk)
    return digest.hexdigest()


def sparse(path: Path, size: int) -> str:
    """Make a file of that size that takes no room on the disk; gives its hash."""
    with path.open("wb") as handle:
        handle.truncate(size)
    digest, zeros = hashlib.sha256(), bytes(MB)
    for _n in range(size // MB):
        digest.update(zeros)
    return digest.hexdigest()


def kept_and_given_back(source: Path, folder: Path) -> tuple[str, int, int]:
    """Give hash, size and growth of memory in KB."""
    done = subprocess.run(
        [sys.executable, "-c", KEEP_AND_GIVE_BACK, str(source), str(folder)],
        check=True,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    sha256, size, grown = done.stdout.split()
    return sha256, int(size), int(grown)


def same(one: Path, other: Path) -> bool:
    with one.open("rb") as left, other.open("rb") as right:
        while chunk := left.read(MB):
            if chunk != right.read(MB):
                return False
        return not right.read(1)


def test_a_recording_of_64_mb_needs_a_few_mb_of_memory(tmp_path: Path) -> None:
    source = tmp_path / "ghi âm.m4a"
    sha256 = made(source, 64 * MB)
    found, size, grown_kb = kept_and_given_back(source, tmp_path)
    assert (found, size) == (sha256, 64 * MB)
    assert grown_kb < 16 * 1024
    assert same(source, tmp_path / "back.m4a")


@pytest.mark.long
def test_two_gb_need_no_more_memory_than_64_mb(tmp_path: Path) -> None:
    source = tmp_path / "ghi hình.mp4"
    sha256 = sparse(source, 2048 * MB)
    found, size, grown_kb = kept_and_given_back(source, tmp_path)
    assert (found, size) == (sha256, 2048 * MB)
    assert grown_kb < 16 * 1024
    assert same(source, tmp_path / "back.m4a")


def test_what_is_stopped_in_the_middle_leaves_nothing(desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "ghi hình.mp4"
    made(source, 8 * MB)
    before = set(desk.files.all())
    folder = desk.keeper.folder

    def large() -> set[str]:
        found = (path for path in folder.rglob("*") if path.is_file() and path.stat().st_size > MB)
        return {path.name for path in found}

    there = large()
    with pytest.raises(WaitError) as caught:
        journal.keep_watched(desk, source, lambda read: read < 3 * blobfile.CHUNK)
    assert caught.value.code == "attachment_stopped"
    assert set(desk.files.all()) == before
    assert large() - {"desk.db-wal"} == there


def test_a_kind_is_told_by_the_ending_and_may_be_said_otherwise(desk: Desk, tmp_path: Path) -> None:
    photo = tmp_path / "the nha bao.JPG"
    photo.write_bytes(b"\xff\xd8" * 500)
    assert journal.keep_file(desk, photo).kind is FileKind.PHOTO
    kept = journal.keep_file(desk, photo, FileKind.PRESS_CARD)
    assert (kept.kind, kept.sha256) == (FileKind.PRESS_CARD, hashlib.sha256(b"\xff\xd8" * 500).hexdigest())


def test_a_damaged_recording_is_not_given_back(desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "ghi âm.m4a"
    made(source, 3 * MB)
    kept = journal.keep_file(desk, source)
    stored = max(desk.keeper.folder.rglob("*"), key=lambda path: path.stat().st_size if path.is_file() else 0)
    data = bytearray(stored.read_bytes())
    data[2 * MB] ^= 1
    stored.write_bytes(data)
    target = tmp_path / "ra.m4a"
    with pytest.raises(OutsideError):
        journal.export_file(desk, kept.sha256, target)
    assert not target.exists()
