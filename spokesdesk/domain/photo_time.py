"""When a camera says that a picture was taken: the time in a JPEG's Exif part, read without any library."""

import re
import struct
from datetime import UTC, datetime

from spokesdesk.domain.clock import VN

# Cameras write Exif first; more of the file need not be read.
HEAD_BYTES = 256 << 10
_EXIF_IFD, _TAKEN, _OFFSET = 0x8769, 0x9003, 0x9011
_ASCII, _LONG = 2, 4
_MOST_TAGS = 512


def photo_time(head: bytes) -> datetime | None:
    """Give when a picture was taken, on the word of the camera's own clock.

    Args:
        head: the beginning of a file, at most ``HEAD_BYTES`` of it; any bytes.

    Returns:
        UTC; a time without a zone is taken as Vietnamese. None for what is no JPEG, or says nothing.
    """
    try:
        tiff = _exif(head)
        return _moment(tiff) if tiff else None
    except (struct.error, IndexError, ValueError, OverflowError):
        return None


def _exif(head: bytes) -> bytes:
    """Give the TIFF structure in the first Exif segment; empty when there is none."""
    at = 2
    while head[:2] == b"\xff\xd8" and at + 4 <= len(head) and head[at] == 0xFF:
        marker, length = head[at + 1], struct.unpack_from(">H", head, at + 2)[0]
        body = head[at + 4 : at + 2 + length]
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            return body[6:]
        if marker == 0xDA or length < 2:
            break
        at += 2 + length
    return b""


def _moment(tiff: bytes) -> datetime | None:
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return None
    first = struct.unpack_from(f"{order}I", tiff, 4)[0]
    place = _tags(tiff, order, first).get(_EXIF_IFD)
    if place is None:
        return None
    tags = _tags(tiff, order, struct.unpack(f"{order}I", place[1])[0])
    taken = re.fullmatch(r"(\d{4}):(\d\d):(\d\d) (\d\d):(\d\d):(\d\d)", _text(tiff, order, tags.get(_TAKEN)))
    if taken is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in taken.groups())
    local = datetime(year, month, day, hour, minute, second, tzinfo=VN)
    offset = re.fullmatch(r"[+-]\d\d:\d\d", _text(tiff, order, tags.get(_OFFSET)))
    if offset:
        local = datetime.fromisoformat(f"{local:%Y-%m-%dT%H:%M:%S}{offset.group()}")
    return local.astimezone(UTC)


def _tags(tiff: bytes, order: str, at: int) -> dict[int, tuple[int, bytes]]:
    """Give the tags of one directory: number → count and the four bytes of value or place."""
    count = struct.unpack_from(f"{order}H", tiff, at)[0]
    found = {}
    for n in range(min(count, _MOST_TAGS)):
        tag, kind, items, value = struct.unpack_from(f"{order}HHI4s", tiff, at + 2 + 12 * n)
        if kind in (_ASCII, _LONG):
            found[tag] = (items, value)
    return found


def _text(tiff: bytes, order: str, tag: tuple[int, bytes] | None) -> str:
    if tag is None or not 4 < tag[0] <= 64:
        return ""
    at = struct.unpack(f"{order}I", tag[1])[0]
    return tiff[at : at + tag[0]].split(b"\0")[0].decode("ascii", "replace").strip()
