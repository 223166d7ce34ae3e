"""File names that every system takes."""

import re
import unicodedata

_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)")
_REFUSED = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]')
_MOST_BYTES = 240


def safe_name(name: str) -> str:
    """Give a file name that Linux, Windows and macOS take: NFC, no path or bidi characters, not too long.

    Args:
        name: any text; ``Công văn 214/STTTT.pdf`` gives ``Công văn 214_STTTT.pdf``.

    Returns:
        At most 240 bytes of UTF-8 with its ending kept; never empty, never a device name such as ``con.txt``.
    """
    cleaned = _REFUSED.sub("_", unicodedata.normalize("NFC", name)).strip().rstrip(". ")
    if not cleaned.strip("._ "):
        cleaned = "tep"
    if _RESERVED.match(cleaned):
        cleaned = f"_{cleaned}"
    stem, dot, ending = cleaned.rpartition(".")
    if not stem or len(ending) > 10:
        stem, dot, ending = cleaned, "", ""
    tail = f"{dot}{ending}"
    return _cut(stem, _MOST_BYTES - len(tail.encode())) + tail


def _cut(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode(errors="ignore").rstrip()
