"""The envelopes around a workspace's data key: keyring, passphrase, recovery key; any one opens it."""

import base64
import binascii
import hashlib
import hmac
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from spokesdesk.domain.errors import AccessError, OutsideError
from spokesdesk.outside import sealing

_RECOVERY_BYTES, _CHECK_BYTES, _GROUP = 16, 4, 4
# The alphabet has no 0, 1, 8: whoever reads them on paper meant the letters.
_READ_AS = str.maketrans("018", "OIB", " -–—.\n\t")


@dataclass(frozen=True, slots=True)
class Envelope:
    """The data key sealed under one key-encryption key.

    Attributes:
        sealed: nonce and ciphertext.
        stretching: how the passphrase becomes the key; only for the passphrase's envelope.
    """

    sealed: bytes = field(repr=False)
    stretching: sealing.Stretching | None = None

    def to_json(self) -> dict[str, object]:
        """Give the envelope as it stands in workspace.json."""
        content: dict[str, object] = {"sealed": b64(self.sealed)}
        if self.stretching:
            cost = self.stretching
            content |= {
                "kdf": "argon2id",
                "salt": b64(cost.salt),
                "memory_kib": cost.memory_kib,
                "passes": cost.passes,
                "lanes": cost.lanes,
            }
        return content

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> "Envelope":
        """Read an envelope; KeyError, TypeError or ValueError when it is not one."""
        stretching = None
        if "salt" in content:
            stretching = sealing.Stretching(
                unb64(content["salt"]),
                int(content["memory_kib"]),
                int(content["passes"]),
                int(content["lanes"]),
            )
        return cls(unb64(content["sealed"]), stretching)


def wrap(data_key: bytes, key: bytes, way: str, workspace: str) -> Envelope:
    """Put the data key into an envelope under a key of 32 bytes (keyring or recovery)."""
    return Envelope(sealing.seal(key, data_key, _purpose(way, workspace)))


def wrap_with_passphrase(data_key: bytes, passphrase: str, workspace: str) -> Envelope:
    """Put the data key into an envelope that the passphrase opens."""
    stretching = sealing.Stretching(os.urandom(16), *sealing.COST)
    key = stretching.key(normal(passphrase))
    return Envelope(sealing.seal(key, data_key, _purpose("passphrase", workspace)), stretching)


def unwrap(envelope: Envelope, key: bytes, way: str, workspace: str) -> bytes:
    """Give the data key; raises ``sealing.BrokenSealError``."""
    return sealing.unseal(key, envelope.sealed, _purpose(way, workspace))


def unwrap_with_passphrase(envelope: Envelope, passphrase: str, workspace: str) -> bytes:
    """Give the data key.

    Raises:
        AccessError: ``passphrase_wrong``.
        OutsideError: ``workspace_damaged`` when the envelope does not say how the key is made.
    """
    if envelope.stretching is None:
        raise OutsideError("workspace_damaged", part="passphrase")
    try:
        return unwrap(envelope, envelope.stretching.key(normal(passphrase)), "passphrase", workspace)
    except sealing.BrokenSealError as error:
        raise AccessError("passphrase_wrong", field="passphrase") from error


def new_recovery() -> tuple[str, bytes]:
    """Make a recovery key: the text to print, and the key it stands for.

    Returns:
        32 letters and digits in groups of four (128 random bits and a checksum), and 32 bytes.
    """
    secret = os.urandom(_RECOVERY_BYTES)
    text = base64.b32encode(secret + _checksum(secret)).decode()
    groups = [text[at : at + _GROUP] for at in range(0, len(text), _GROUP)]
    return "-".join(groups), sealing.derive(secret, "spokesdesk recovery")


def read_recovery(typed: str) -> bytes:
    """Give the key of a recovery text as typed from paper: any case, any spacing.

    Raises:
        AccessError: ``recovery_mistyped`` when the checksum says that a letter is wrong.
    """
    try:
        raw = base64.b32decode(typed.upper().translate(_READ_AS))
    except (binascii.Error, ValueError) as error:
        raise AccessError("recovery_mistyped", field="recovery") from error
    secret, check = raw[:_RECOVERY_BYTES], raw[_RECOVERY_BYTES:]
    if not hmac.compare_digest(check, _checksum(secret)):
        raise AccessError("recovery_mistyped", field="recovery")
    return sealing.derive(secret, "spokesdesk recovery")


def recovery_box(key: bytes) -> bytes:
    """Give the private X25519 key (32 bytes) that a recovery key stands for, beside opening its own workspace."""
    return sealing.derive(key, "spokesdesk recovery box 1")


def normal(passphrase: str) -> str:
    """Give a passphrase in one form: two Vietnamese keyboards may type the same letters differently."""
    return unicodedata.normalize("NFC", passphrase)


def b64(data: bytes) -> str:
    """Give bytes as base64 text."""
    return base64.b64encode(data).decode()


def unb64(text: str) -> bytes:
    """Give the bytes of base64 text; ValueError when it is not."""
    return base64.b64decode(text, validate=True)


def _purpose(way: str, workspace: str) -> str:
    return f"spokesdesk data key {way} {workspace}"


def _checksum(secret: bytes) -> bytes:
    return hashlib.sha256(b"spokesdesk recovery" + secret).digest()[:_CHECK_BYTES]
