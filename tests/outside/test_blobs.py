import hashlib
import io
import os
import random
import resource
import tracemalloc
from pathlib import Path

import pytest

from spokesdesk.domain.errors import OutsideError, UserError
from spokesdesk.outside import blobs
from spokesdesk.outside.blobfile import CHUNK
from spokesdesk.outside.blobs import BlobStore

KEY = bytes(range(32))
EDGES = (1, 2, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 17)


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path / "blobs", KEY)


def content(size: int) -> bytes:
    return random.Random(size).randbytes(size)


def file_of(tmp_path: Path) -> Path:
    (path,) = (tmp_path / "blobs").glob("??/*")
    return path


@pytest.mark.parametrize("size", EDGES)
def test_what_was_put_comes_back_byte_for_byte(store: BlobStore, tmp_path: Path, size: int) -> None:
    data = content(size)
    (tmp_path / "ảnh.jpg").write_bytes(data)
    kept = store.put_file(tmp_path / "ảnh.jpg", "ảnh.jpg")
    assert (kept.sha256, kept.size, kept.name) == (hashlib.sha256(data).hexdigest(), size, "ảnh.jpg")
    assert store.read(kept.sha256) == data
    assert store.has(kept.sha256)
    assert store.is_whole(kept.sha256)
    assert list(store.all()) == [kept.sha256]
    store.export(kept.sha256, tmp_path / "out.jpg")
    assert (tmp_path / "out.jpg").read_bytes() == data


def test_a_stream_reads_from_any_place(store: BlobStore) -> None:
    data = content(2 * CHUNK + 999)
    sha256 = store.put_bytes(data, "x").sha256
    chance = random.Random(7)
    with store.open(sha256) as stream:
        for _ in range(60):
            at, length = chance.randrange(len(data) + 10), chance.randrange(200_000)
            stream.seek(at)
            assert stream.read(length) == data[at : at + length]
        stream.seek(-5, io.SEEK_END)
        assert stream.read() == data[-5:]


def test_the_same_content_is_kept_once_and_heals_a_damaged_copy(store: BlobStore, tmp_path: Path) -> None:
    sha256 = store.put_bytes(b"gi\xe1\xba\xa5y m\xe1\xbb\x9di", "a.pdf").sha256
    file_of(tmp_path).write_bytes(b"broken")
    assert not store.is_whole(sha256)
    assert store.put_bytes(b"gi\xe1\xba\xa5y m\xe1\xbb\x9di", "b.pdf").sha256 == sha256
    assert store.is_whole(sha256)
    assert list(store.all()) == [sha256]


def test_the_disk_tells_nothing_of_the_content(store: BlobStore, tmp_path: Path) -> None:
    data = "Nguồn tin 0912345678 ".encode() * 5000
    kept = store.put_bytes(data, "nguồn tin.docx")
    for path in tmp_path.rglob("*"):
        assert kept.sha256[:8] not in path.name
        assert "nguồn" not in path.name
        if path.is_file():
            assert "Nguồn tin".encode() not in path.read_bytes()
            assert bytes.fromhex(kept.sha256) not in path.read_bytes()
    first = file_of(tmp_path).read_bytes()
    store.put_bytes(data, "x")
    assert file_of(tmp_path).read_bytes() != first


@pytest.mark.parametrize("place", ["magic", "salt", "first", "middle", "last", "hash"])
def test_one_flipped_bit_is_found_wherever_it_is(store: BlobStore, tmp_path: Path, place: str) -> None:
    sha256 = store.put_bytes(content(3 * CHUNK), "x").sha256
    path = file_of(tmp_path)
    raw = bytearray(path.read_bytes())
    raw[{"magic": 0, "salt": 10, "first": 50, "middle": len(raw) // 2, "last": -60, "hash": -5}[place]] ^= 4
    path.write_bytes(raw)
    assert not store.is_whole(sha256)
    with pytest.raises(OutsideError, match="blob_damaged"):
        store.read(sha256)
    with pytest.raises(OutsideError, match="blob_damaged"):
        store.export(sha256, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def reshaped(raw: bytes, how: str) -> bytes:
    head, tail = raw[:40], raw[-48:]
    size = CHUNK + 16
    chunks = [raw[40:-48][at : at + size] for at in range(0, len(raw) - 88, size)]
    chunks = {
        "cut off": chunks[:-1],
        "swapped": [chunks[1], chunks[0], *chunks[2:]],
        "repeated": [*chunks, chunks[-1]],
        "emptied": [],
    }[how]
    return head + b"".join(chunks) + tail


@pytest.mark.parametrize("how", ["cut off", "swapped", "repeated", "emptied"])
def test_missing_moved_and_repeated_chunks_show(store: BlobStore, tmp_path: Path, how: str) -> None:
    sha256 = store.put_bytes(content(4 * CHUNK), "x").sha256
    path = file_of(tmp_path)
    path.write_bytes(reshaped(path.read_bytes(), how))
    assert not store.is_whole(sha256)
    with pytest.raises(OutsideError, match="blob_damaged"):
        store.read(sha256)


def test_a_file_put_in_the_place_of_another_shows(store: BlobStore) -> None:
    one, two = store.put_bytes(b"one", "1"), store.put_bytes(b"two", "2")
    store._path(one.sha256).write_bytes(store._path(two.sha256).read_bytes())
    assert not store.is_whole(one.sha256)
    with pytest.raises(OutsideError, match="blob_damaged"):
        store.read(one.sha256)


def test_another_key_opens_nothing(store: BlobStore, tmp_path: Path) -> None:
    sha256 = store.put_bytes(b"x", "x").sha256
    other = BlobStore(tmp_path / "blobs", bytes(32))
    assert not other.has(sha256)
    assert list(other.all()) == []


def test_a_file_that_is_not_there_says_so(store: BlobStore) -> None:
    missing = "0" * 64
    assert not store.has(missing)
    assert not store.is_whole(missing)
    with pytest.raises(OutsideError, match="blob_missing"):
        store.read(missing)


@pytest.mark.parametrize("sha256", ["", "../../etc/passwd", "0" * 63, "G" * 64])
def test_only_a_hash_names_a_file(store: BlobStore, sha256: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        store.has(sha256)


def test_bad_attachments_name_the_field_and_leave_nothing(
    store: BlobStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "big").write_bytes(b"x" * 101)
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr(blobs, "SIZE_LIMIT", 100)
    wrong = {
        ("gone", "a.pdf"): "attachment_missing",
        ("empty", "a.pdf"): "attachment_empty",
        ("big", "a.pdf"): "attachment_too_big",
        ("pipe", "a.pdf"): "attachment_unreadable",
        (".", "a.pdf"): "attachment_unreadable",
        ("big", "../a.pdf"): "attachment_name",
        ("big", "C:\\a.pdf"): "attachment_name",
        ("big", ".."): "attachment_name",
        ("big", ""): "text_required",
        ("big", "n" * 201): "text_too_long",
        ("big", "a\u202efdp.exe"): "text_bidi",
        ("big", "a\x00.pdf"): "text_control",
    }
    for (source, name), code in wrong.items():
        with pytest.raises(UserError, match=code) as caught:
            store.put_file(tmp_path / source, name)
        assert caught.value.field == "attachments"
    with pytest.raises(UserError, match="attachment_empty"):
        store.put_bytes(b"", "a.pdf")
    assert [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == []


def test_names_are_kept_in_one_normal_form(store: BlobStore) -> None:
    assert store.put_bytes(b"x", "Công văn.pdf").name == "Công văn.pdf"


def test_an_export_gets_a_name_that_any_system_takes(store: BlobStore, tmp_path: Path) -> None:
    kept = store.put_bytes(b"x", "Họp: quý 3?.pdf")
    store.export(kept.sha256, tmp_path / kept.name)
    assert (tmp_path / "Họp_ quý 3_.pdf").read_bytes() == b"x"


class Line:
    """A file that comes in pieces of odd lengths; cut where ``cut`` says."""

    def __init__(self, data: bytes, cut: int = 0) -> None:
        self._data, self._cut, self._at = data, cut, 0

    def read(self, size: int) -> bytes:
        if self._cut and self._at > self._cut:
            raise OutsideError("portal_unreachable", portal="")
        piece = self._data[self._at : self._at + min(size, 70_001)]
        self._at += len(piece)
        return piece


def test_a_long_file_that_is_cut_or_too_much_for_the_disk_leaves_nothing(
    store: BlobStore, tmp_path: Path
) -> None:
    data = content(7 * CHUNK + 5)
    sha256 = hashlib.sha256(data).hexdigest()
    with pytest.raises(OutsideError, match="portal_unreachable"):
        store.put_coming(sha256, Line(data, cut=5 * CHUNK))
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4 * CHUNK, limits[1]))
    try:
        with pytest.raises(OutsideError, match="disk_full"):
            store.put_coming(sha256, Line(data))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == []
    assert store.put_coming(sha256, Line(data)) == len(data)
    assert store.read(sha256) == data


def test_a_large_file_does_not_fill_the_memory(store: BlobStore, tmp_path: Path) -> None:
    source = tmp_path / "video.mp4"
    with source.open("wb") as handle:
        handle.truncate(64 << 20)
    tracemalloc.start()
    try:
        kept = store.put_file(source, "video.mp4")
        store.export(kept.sha256, tmp_path / "out.mp4")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert kept.size == 64 << 20
    assert peak < 12 << 20


def test_what_a_killed_process_left_is_cleared_after_a_day(store: BlobStore, tmp_path: Path) -> None:
    store.put_bytes(b"x", "x")
    old, new = tmp_path / "blobs" / "part" / "old", tmp_path / "blobs" / "part" / "new"
    old.write_bytes(b"half")
    new.write_bytes(b"half")
    os.utime(old, (1, 1))
    BlobStore(tmp_path / "blobs", KEY)
    assert not old.exists()
    assert new.exists()
