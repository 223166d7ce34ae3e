"""The old encodings of Vietnamese text, read from ``resources/formats``."""

import tomllib
from functools import cache

from spokesdesk import assets
from spokesdesk.domain.legacy_text import Encoding, encodings_from


@cache
def encodings() -> tuple[Encoding, ...]:
    """Give TCVN3 (ABC) and VNI-Windows."""
    return encodings_from(tomllib.loads(assets.read_text("formats", "legacy_encodings.toml")))
