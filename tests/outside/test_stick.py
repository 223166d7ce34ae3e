"""A stick's files: whole or not at all, in parts, sealed for those who may read them."""

import secrets
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError, OutsideError
from spokesdesk.outside.carryfile import CHUNK, Parts, Reading
from spokesdesk.outside.stick import FOLDER, FolderStick
from spokesdesk.services.ports.carrying import CarryKey, CarrySeal
from tests.sync.sticks import full_after

JOURNAL, AT = uuid4(), datetime(2026, 11, 27, 8, tzinfo=UTC)


class Desk:
    """A desk's id, seed and keys."""

    def __init__(self, name: str) -> None:
        self.id, self.seed, self.private = uuid4(), secrets.token_bytes(32), secrets.token_bytes(32)
        self.key = CarryKey(self.id, wire.public_key(self.seed), wire.box_key(self.private), name)

    def seal(self, *readers: "Desk") -> CarrySeal:
        return CarrySeal(JOURNAL, self.id, AT, self.seed, self.private, [one.key for one in readers])


WRITER, READER, OTHER = Desk("Xa"), Desk("Gần"), Desk("Khác")
KEYS = [one.key for one in (WRITER, READER, OTHER)]


def left(folder: Path, *frames: bytes) -> FolderStick:
    stick = FolderStick(folder)
    stick.write(WRITER.seal(READER), frames, (), None)
    return stick


def opened(stick: FolderStick, reader: Desk = READER, journal: UUID = JOURNAL) -> list[bytes]:
    return list(stick.open(WRITER.id, journal, reader.id, reader.private, KEYS).frames())


def test_only_those_it_is_sealed_for_can_read_it(tmp_path: Path) -> None:
    stick = left(tmp_path, b"mot", "hai việc".encode())
    assert opened(stick) == [b"mot", "hai việc".encode()]
    with pytest.raises(AccessError, match="carry_not_for_us"):
        opened(stick, OTHER)
    with pytest.raises(AccessError, match="carry_foreign"):
        opened(stick, journal=uuid4())
    with pytest.raises(AccessError, match="carry_signer_unknown"):
        list(stick.open(WRITER.id, JOURNAL, READER.id, READER.private, [READER.key]).frames())
    # Another desk's key does not open what was wrapped for this one.
    with pytest.raises(OutsideError, match="carry_damaged"):
        list(stick.open(WRITER.id, JOURNAL, READER.id, OTHER.private, KEYS).frames())


def test_nothing_of_the_content_can_be_read_on_the_stick(tmp_path: Path) -> None:
    canary = "Nguyễn Văn Kín 0912345678"
    left(tmp_path, canary.encode())
    for path in tmp_path.rglob("*"):
        assert path.is_dir() or "Kín".encode() not in path.read_bytes()
        assert "Kín" not in path.name


def test_a_full_disk_leaves_the_old_content_whole(tmp_path: Path) -> None:
    stick = left(tmp_path, b"cu")
    with full_after(100_000), pytest.raises(OutsideError, match="disk_full"):
        left(tmp_path, *[secrets.token_bytes(1000).hex().encode() for _ in range(200)])
    assert opened(stick) == [b"cu"]
    names = sorted(path.name.partition("-")[0] for path in (tmp_path / FOLDER / WRITER.id.hex).iterdir())
    assert names == ["muc", "noi"]


def test_lines_longer_than_a_chunk_come_back_as_they_were(tmp_path: Path) -> None:
    frames = [b"a" * (CHUNK - 1), b"b" * CHUNK, b"", b"c" * (2 * CHUNK + 7)]
    assert opened(left(tmp_path, *frames)) == frames


@pytest.mark.parametrize("size", [1, CHUNK, CHUNK + 1, 3 * CHUNK, 5 * CHUNK + 9])
def test_parts_hold_any_size(tmp_path: Path, size: int) -> None:
    data = secrets.token_bytes(size)
    parts = Parts(tmp_path, "x", bytes(32), 2 * (CHUNK + 16))
    assert parts.write(BytesIO(data)) == size
    assert sorted(path.name for path in tmp_path.iterdir()) == parts.names(size)
    assert max(path.stat().st_size for path in tmp_path.iterdir()) <= 2 * (CHUNK + 16)
    coming, found = Reading(parts.chunks(size)), b""
    while piece := coming.read(100_000):
        found += piece
    assert found == data


@pytest.mark.parametrize("harm", ["cut", "swap", "gone", "longer index"])
def test_parts_that_were_cut_moved_or_lost_show(tmp_path: Path, harm: str) -> None:
    data = secrets.token_bytes(4 * CHUNK)
    parts = Parts(tmp_path, "x", bytes(32), 2 * (CHUNK + 16))
    parts.write(BytesIO(data))
    first, second = tmp_path / "x.001", tmp_path / "x.002"
    if harm == "cut":
        second.write_bytes(second.read_bytes()[:-1])
    elif harm == "swap":
        one, other = first.read_bytes(), second.read_bytes()
        first.write_bytes(other)
        second.write_bytes(one)
    elif harm == "gone":
        second.unlink()
    with pytest.raises(OutsideError, match="carry_damaged"):
        list(parts.chunks(len(data) - CHUNK if harm == "longer index" else len(data)))


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"[" * 60_000, b'{"body": 1, "seal": 2}', b"\xff\xfe"])
def test_an_index_that_cannot_be_read_is_said(tmp_path: Path, data: bytes) -> None:
    stick = left(tmp_path, b"x")
    (tmp_path / FOLDER / WRITER.id.hex / "muc-luc.json").write_bytes(data)
    assert stick.writers() == (WRITER.id,)
    with pytest.raises(OutsideError, match="carry_damaged"):
        opened(stick)
