"""The few cryptographic steps everything at rest is made of: seal, open, derive, stretch."""

import os
from dataclasses import dataclass
from typing import Any

from spokesdesk.domain.errors import OutsideError

KEY_BYTES = 32
NONCE_BYTES = 12
# Memory in KiB, passes, lanes: the second recommended option of RFC 9106; a file keeps the cost it was made with.
COST = (65_536, 3, 4)
# Of a file that someone else may have written: more would let it freeze the machine.
_MOST_MEMORY_KIB = 1 << 20
_MOST_PASSES = 64


class BrokenSealError(Exception):
    """The key is not the right one, or the sealed bytes were changed."""


@dataclass(frozen=True, slots=True)
class Stretching:
    """How a passphrase becomes a key: Argon2id's salt and cost, kept beside what it seals."""

    salt: bytes
    memory_kib: int
    passes: int
    lanes: int

    def key(self, passphrase: str) -> bytes:
        """Give the 32-byte key of a passphrase (already in normal form)."""
        from argon2.low_level import Type, hash_secret_raw

        if not (8 <= self.memory_kib <= _MOST_MEMORY_KIB and 1 <= self.passes <= _MOST_PASSES):
            raise OutsideError("workspace_damaged", part="Argon2id")
        key: bytes = hash_secret_raw(
            secret=passphrase.encode(),
            salt=self.salt,
            time_cost=self.passes,
            memory_cost=self.memory_kib,
            parallelism=self.lanes,
            hash_len=KEY_BYTES,
            type=Type.ID,
        )
        return key


def seal(key: bytes, plain: bytes, purpose: str) -> bytes:
    """Encrypt and authenticate (AES-256-GCM): nonce, then ciphertext with its tag.

    Args:
        key: 32 bytes.
        plain: what to hide.
        purpose: what it is and whose; opening with another purpose fails, so seals cannot be swapped.
    """
    nonce = os.urandom(NONCE_BYTES)
    hidden: bytes = cipher(key).encrypt(nonce, plain, purpose.encode())
    return nonce + hidden


def unseal(key: bytes, sealed: bytes, purpose: str) -> bytes:
    """Give what ``seal`` hid.

    Raises:
        BrokenSealError: another key, another purpose, or changed bytes.
    """
    from cryptography.exceptions import InvalidTag

    try:
        plain: bytes = cipher(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose.encode())
    except (InvalidTag, ValueError) as error:
        raise BrokenSealError from error
    return plain


def derive(key: bytes, purpose: str, salt: bytes = b"") -> bytes:
    """Give a 32-byte key for one purpose (HKDF-SHA256); keys of two purposes tell nothing of each other."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt or None, purpose.encode()).derive(key)


def cipher(key: bytes) -> Any:
    """Give AES-256-GCM under a 32-byte key."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)
