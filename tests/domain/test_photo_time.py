"""The camera's own time in a JPEG: read from what cameras write, and never upset by what they do not."""

import struct
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spokesdesk.domain.photo_time import photo_time


def jpeg(taken: str, offset: str = "", order: str = "<") -> bytes:
    """Give the beginning of a JPEG as Exif 2.31 lays it out: IFD0 → Exif IFD → DateTimeOriginal, OffsetTimeOriginal."""
    texts = [(0x9003, taken.encode() + b"\0")] + ([(0x9011, offset.encode() + b"\0")] if offset else [])
    exif_at = 8 + 2 + 12 + 4
    text_at = exif_at + 2 + 12 * len(texts) + 4
    rows, tail = b"", b""
    for tag, text in texts:
        rows += struct.pack(f"{order}HHII", tag, 2, len(text), text_at + len(tail))
        tail += text
    tiff = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    tiff += struct.pack(f"{order}HHHIII", 1, 0x8769, 4, 1, exif_at, 0)
    tiff += struct.pack(f"{order}H", len(texts)) + rows + struct.pack(f"{order}I", 0) + tail
    body = b"Exif\0\0" + tiff
    jfif = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0" + bytes(9)
    return b"\xff\xd8" + jfif + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + b"\xff\xda"


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_time_is_vietnamese_unless_the_camera_says_its_zone(order: str) -> None:
    assert photo_time(jpeg("2026:11:20 09:15:30", order=order)) == datetime(
        2026, 11, 20, 2, 15, 30, tzinfo=UTC
    )
    zoned = jpeg("2026:11:20 09:15:30", "+09:00", order)
    assert photo_time(zoned) == datetime(2026, 11, 20, 0, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "taken", ["0000:00:00 00:00:00", "2026:13:40 99:99:99", "    :  :     :  :  ", "hôm qua"]
)
def test_a_camera_without_a_clock_says_nothing(taken: str) -> None:
    assert photo_time(jpeg(taken)) is None


@given(st.binary(max_size=400))
def test_any_bytes_are_no_picture(data: bytes) -> None:
    assert photo_time(data) is None


@given(st.integers(0, 130), st.binary(min_size=1, max_size=8))
def test_a_damaged_picture_upsets_nothing(at: int, junk: bytes) -> None:
    whole = jpeg("2026:11:20 09:15:30", "+09:00")
    found = photo_time(whole[:at] + junk + whole[at + len(junk) :])
    assert found is None or found.tzinfo is UTC
