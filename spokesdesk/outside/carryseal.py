"""Sealing for the desks of an agency: to the X25519 key that each has published, one wrapped key a reader."""

import base64
import hmac
import os
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.errors import AccessError, OutsideError
from spokesdesk.outside import sealing
from spokesdesk.services.ports.carrying import CarryKey

_PURPOSE = "spokesdesk carry"


def file_key(private: bytes, sha256: str) -> tuple[str, bytes]:
    """Give name and key of a file on this desk's sticks: the same for the same content, and told to nobody."""
    key = sealing.derive(private, f"{_PURPOSE} file", bytes.fromhex(sha256))
    return hmac.new(key, b"name", "sha256").hexdigest()[:32], key


def sealed(plain: bytes, readers: Sequence[CarryKey]) -> dict[str, Any]:
    """Seal something for several desks.

    Returns:
        ``once``: the public half of a key used this once; ``to``: device → wrapped key; ``inside``: what was sealed.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    once, key = X25519PrivateKey.generate(), os.urandom(sealing.KEY_BYTES)
    wrapped: dict[str, str] = {}
    for reader in readers:
        shared = once.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(reader.sealing)))
        wrapped[str(reader.device)] = _text(sealing.seal(_wrap(shared, reader.sealing), key, _PURPOSE))
    return {
        "once": once.public_key().public_bytes_raw().hex(),
        "to": wrapped,
        "inside": _text(sealing.seal(key, plain, _PURPOSE)),
    }


def opened(private: bytes, device: UUID, body: Any) -> bytes:
    """Open what was sealed, with the private key of the device.

    Raises:
        AccessError: ``carry_not_for_us``: the writer did not know this desk.
        OutsideError: ``carry_damaged``.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    wrapped = body["to"].get(str(device))
    if wrapped is None:
        raise AccessError("carry_not_for_us")
    mine = X25519PrivateKey.from_private_bytes(private)
    shared = mine.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(body["once"])))
    try:
        key = sealing.unseal(_wrap(shared, wire.box_key(private)), base64.b64decode(wrapped), _PURPOSE)
        return sealing.unseal(key, base64.b64decode(body["inside"]), _PURPOSE)
    except sealing.BrokenSealError as error:
        raise OutsideError("carry_damaged", name="muc-luc.json") from error


def _wrap(shared: bytes, reader: str) -> bytes:
    return sealing.derive(shared, f"{_PURPOSE} wrap", bytes.fromhex(reader))


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
