"""The agency's keys (khóa của cơ quan): what seals fields, how they are handed over, and who vouches for the next one.

Sources: AES-SIV (RFC 5297), which gives the same text under the same key and place the same form, so that the portal
can compare what it cannot read; HPKE (RFC 9180) with X25519 for handing a key over; HKDF-SHA256 (RFC 5869) in between.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from spokesdesk.wire import sealed
from spokesdesk.wire.base import decode, encode

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

KEY_BYTES = 32
# A sealed text says how long it is only to within this many bytes.
_BLOCK = 64
_END = b"\x80"


class KeyMissingError(Exception):
    """The key is not here (yet), or does not open this: another place, or altered bytes."""


class AgencyKey(Struct, frozen=True):
    """One generation of the agency's key.

    Attributes:
        n: its generation, 1, 2, 3 …
        key: 32 bytes, hex.
        before: id of the key that vouches for this one; "" for the first.
        proof: by which the key before vouches, hex.
        seals: whether this desk seals with it; one that nobody known vouched for only opens.
    """

    n: int
    key: str
    before: str = ""
    proof: str = ""
    seals: bool = True

    @property
    def id(self) -> str:
        """16 hex digits that follow from the key itself."""
        return _id_of(self.key)


@lru_cache(maxsize=64)
def _id_of(key: str) -> str:
    return hashlib.sha256(b"spokesdesk agency key" + bytes.fromhex(key)).hexdigest()[:16]


def first_key() -> AgencyKey:
    """Make the first key of a journal."""
    return AgencyKey(1, secrets.token_hex(KEY_BYTES))


def next_key(before: AgencyKey) -> AgencyKey:
    """Make the key that follows another, with the proof of who holds that one."""
    made = AgencyKey(before.n + 1, secrets.token_hex(KEY_BYTES), before.id)
    return replace(made, proof=_vouched(before, made))


def _vouched(before: AgencyKey, key: AgencyKey) -> str:
    voice = _derived(before.key, "spokesdesk vouch 1", KEY_BYTES)
    return hmac.new(voice, f"{key.n}:{key.id}".encode(), hashlib.sha256).hexdigest()


class Ring(Struct, frozen=True):
    """The keys that a desk holds, every generation, the latest last."""

    keys: tuple[AgencyKey, ...] = ()

    @property
    def current(self) -> AgencyKey | None:
        """The key that is sealed with from now on; None while this desk has none."""
        return max((key for key in self.keys if key.seals), key=lambda key: (key.n, key.id), default=None)

    def find(self, key_id: str) -> AgencyKey | None:
        """Give a key by its id."""
        for (
            key
        ) in self.keys:  # asked for every field that is opened: a generator would cost as much as the rest
            if key.id == key_id:
                return key
        return None

    def joined(self, found: Iterable[AgencyKey]) -> "Ring":
        """Give the ring with further keys.

        The first key that comes is believed. After it a key is sealed with only when one that is here vouches for it:
        else whoever keeps the log could hand out a key of their own.
        """
        made = self
        for key in sorted(found, key=lambda one: one.n):
            if made.find(key.id) is None:
                is_known = not made.keys or made._vouches(key)
                made = Ring((*made.keys, replace(key, seals=is_known)))
        return made

    def _vouches(self, key: AgencyKey) -> bool:
        before = self.find(key.before)
        return (
            before is not None
            and before.seals
            and key.n > before.n
            and hmac.compare_digest(_vouched(before, key), key.proof)
        )


def seal(key: AgencyKey, place: "Place", value: object) -> dict[str, str]:
    """Seal a value of a field; the same value at the same place under the same key always looks the same."""
    plain = encode(value) + _END
    plain += bytes(-len(plain) % _BLOCK)
    hidden = _cipher(key.key).encrypt(plain, place.named(key))
    return sealed.box_of(key.id, base64.b64encode(hidden).decode())


def unseal(ring: Ring, place: "Place", box: Mapping[str, str]) -> Any:
    """Give the value that a field holds sealed.

    Raises:
        KeyMissingError: its key is not in the ring, or it was sealed for another place, or altered.
    """
    from cryptography.exceptions import InvalidTag

    key = ring.find(sealed.key_in(box))
    if key is None:
        raise KeyMissingError
    try:
        hidden = binascii.a2b_base64(sealed.text_in(box), strict_mode=True)
        plain = _cipher(key.key).decrypt(hidden, place.named(key))
    except (InvalidTag, ValueError) as error:
        raise KeyMissingError from error
    return decode(plain.rstrip(b"\0").removesuffix(_END), object)


class Place(Struct, frozen=True):
    """Which field of which record of which journal: a sealed value opens nowhere else."""

    journal: UUID
    entity: str
    record: UUID
    field: str

    def named(self, key: AgencyKey) -> list[bytes]:
        """Give what is authenticated with the value."""
        entity, field, number = _encoded(self.entity, self.field, key.n)
        return [self.journal.bytes, entity, self.record.bytes, field, number]


@cache
def _encoded(entity: str, field: str, number: int) -> tuple[bytes, bytes, bytes]:
    return entity.encode(), field.encode(), str(number).encode()


def seal_bytes(key: AgencyKey, data: bytes, purpose: str) -> bytes:
    """Seal a whole file with the agency's key; opens again with ``unseal_bytes`` and the same purpose."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(12)
    sealing = AESGCM(_derived(key.key, "spokesdesk agency file 1", KEY_BYTES))
    return bytes.fromhex(key.id) + nonce + sealing.encrypt(nonce, data, purpose.encode())


def unseal_bytes(ring: Ring, data: bytes, purpose: str) -> bytes:
    """Give the content of a file sealed with the agency's key.

    Raises:
        KeyMissingError: another agency's, another purpose, or altered.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key = ring.find(data[:8].hex())
    if key is None:
        raise KeyMissingError
    opening = AESGCM(_derived(key.key, "spokesdesk agency file 1", KEY_BYTES))
    try:
        return opening.decrypt(data[8:20], data[20:], purpose.encode())
    except (InvalidTag, ValueError) as error:
        raise KeyMissingError from error


def box_key(private: bytes) -> str:
    """Give the public X25519 key (hex) to which keys are handed over, of a 32-byte private one."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw().hex()


def hand_over(key: AgencyKey, to: str, journal: UUID) -> str:
    """Put a key into a box that only the holder of a private key opens.

    Args:
        to: public X25519 key, hex.

    Returns:
        Base64.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    public = X25519PublicKey.from_public_bytes(bytes.fromhex(to))
    said = encode(replace(key, seals=True))
    return base64.b64encode(_suite().encrypt(said, public, _info(journal))).decode()


def receive(box: str, private: bytes, journal: UUID) -> AgencyKey:
    """Open a box with a key in it.

    Raises:
        KeyMissingError: it is for somebody else, of another journal, or altered.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    try:
        mine = X25519PrivateKey.from_private_bytes(private)
        key = decode(_suite().decrypt(base64.b64decode(box, validate=True), mine, _info(journal)), AgencyKey)
        if len(bytes.fromhex(key.key)) != KEY_BYTES or key.n < 1:
            raise KeyMissingError
    except (InvalidTag, ValueError) as error:
        raise KeyMissingError from error
    return key


def _info(journal: UUID) -> bytes:
    return b"spokesdesk agency key 1:" + journal.bytes


def _suite() -> Any:
    from cryptography.hazmat.primitives import hpke

    return hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


@lru_cache(maxsize=64)
def _cipher(key: str) -> "AESSIV":
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

    return AESSIV(_derived(key, "spokesdesk sealed fields 1", 2 * KEY_BYTES))


def _derived(key: str, purpose: str, length: int) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length, None, purpose.encode()).derive(bytes.fromhex(key))
