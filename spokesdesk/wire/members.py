"""The desks of a journal as they know of each other: their public keys, and whose right was taken back."""

import hashlib
from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from spokesdesk.wire.base import Count, Key, Signature
from spokesdesk.wire.signing import is_signature, sign_bytes

# A key of the agency handed to one desk, or to one printed recovery key: an operation of this noun, kind ``append``.
KEY_GRANT = "key-grant"
_MaybeKey = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?$(?!\n)")]


class DeviceBox(Struct, frozen=True, forbid_unknown_fields=True):
    """The public keys that the agency's keys are handed over to, published at enrolment beside the signing key.

    Attributes:
        box_key: X25519 key of the device, hex.
        recovery_key: X25519 key that its printed recovery key stands for, hex; "" when there is none.
        proof: the device's signature over both.
    """

    box_key: Key
    recovery_key: _MaybeKey
    proof: Signature


class Member(Struct, frozen=True):
    """A device of the journal.

    Attributes:
        public_key: of its signatures, hex.
        box: None when it has published none.
        revoked: its right to write was taken back.
    """

    device: UUID
    name: str
    public_key: Key
    box: DeviceBox | None = None
    revoked: bool = False


class Members(Struct, frozen=True):
    """Every device that the journal ever had."""

    members: list[Member]


class Grant(Struct, frozen=True):
    """A key handed over, as the patch of its operation says.

    Attributes:
        key: id of the agency's key.
        n: its generation.
        to: the public key that it is for, hex.
        box: base64, see ``keys.hand_over``.
    """

    key: Annotated[str, Meta(pattern=r"^[0-9a-f]{16}$(?!\n)")]
    n: Count
    to: Key
    box: Annotated[str, Meta(max_length=2000)]


def published(seed: bytes, box: str, recovery: str = "") -> DeviceBox:
    """Give a device's public keys with its signature.

    Args:
        seed: of the device's signatures, 32 bytes.
        box, recovery: public X25519 keys, hex.
    """
    return DeviceBox(box, recovery, sign_bytes(seed, _said(box, recovery)))


def is_own_box(public_key: str, box: DeviceBox) -> bool:
    """Say whether the device with this signing key published these keys itself."""
    return is_signature(public_key, box.proof, _said(box.box_key, box.recovery_key))


def members_mark(members: Iterable[Member]) -> str:
    """Give a short text that changes when a device comes, is revoked, or publishes other keys."""
    said = sorted(
        f"{one.device.hex} {one.revoked:d} {one.box.box_key if one.box else ''} "
        f"{one.box.recovery_key if one.box else ''}"
        for one in members
    )
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


def _said(box: str, recovery: str) -> bytes:
    return f"spokesdesk-boxes-1:{box}:{recovery}".encode()
