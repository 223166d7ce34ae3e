"""The one byte form of a message and signatures over it. Source: RFC 8785 (canonical JSON), RFC 8032 (Ed25519)."""

from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from spokesdesk.domain.errors import UserError
from spokesdesk.wire.ops import Op, SignedOp

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_MOST = 2**53 - 1
# Up to here the order by code point (msgspec) is the order by UTF-16 unit (RFC 8785).
_LAST_BEFORE_SURROGATES = "\ud7ff"
# Raw is a message that stands in its canonical form already.
_ATOMS = frozenset({str, bool, type(None), UUID, msgspec.Raw, msgspec.UnsetType})
_sorted = msgspec.json.Encoder(order="sorted")


def canonical(message: object) -> bytes:
    """Give the one byte form of a message (RFC 8785).

    Raises:
        UserError: ``message_malformed``: a number or text that has no canonical form.
    """
    try:
        if _is_plain(message):
            return _sorted.encode(message)
        return _slowly(message)
    except (RecursionError, UnicodeEncodeError) as error:
        raise UserError("message_malformed", detail=type(error).__name__) from error


def _slowly(message: object) -> bytes:
    import rfc8785

    try:
        return rfc8785.dumps(msgspec.to_builtins(message, enc_hook=_read_again))
    except rfc8785.CanonicalizationError as error:
        raise UserError("message_malformed", detail=type(error).__name__) from error


def _read_again(raw: object) -> object:
    if isinstance(raw, msgspec.Raw):
        return msgspec.json.decode(raw)
    raise TypeError(type(raw).__name__)


def _is_plain(message: object) -> bool:
    """Say whether the sorted form of a fast encoder is the canonical one: no fractions, large numbers, rare names."""
    waiting = [message]
    while waiting:
        value = waiting.pop()
        kind = type(value)
        if kind in _ATOMS:
            continue
        if kind is int:
            if not -_MOST <= value <= _MOST:  # type: ignore[operator]
                return False
        elif isinstance(value, dict):
            for name in value:
                if type(name) is not str or not (name.isascii() or max(name) <= _LAST_BEFORE_SURROGATES):
                    return False
            waiting += value.values()
        elif isinstance(value, list | tuple):
            waiting += value
        elif isinstance(value, msgspec.Struct):
            waiting += [getattr(value, name) for name in value.__struct_fields__]
        else:
            return False
    return True


def public_key(seed: bytes) -> str:
    """Give the public key (hex) of a device's 32-byte Ed25519 seed."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw().hex()


def sealing_seed(seed: bytes) -> bytes:
    """Give the 32 bytes of the X25519 key that a device had before it made one of its own."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, None, b"spokesdesk sealing key").derive(seed)


def sign(seed: bytes, op: Op) -> SignedOp:
    """Sign an operation with the device's seed; the same operation always gets the same signature."""
    return SignedOp(op, sign_bytes(seed, canonical(op)))


def is_signed(key: str, signed: SignedOp) -> bool:
    """Say whether an operation carries the signature of the device with this public key (hex)."""
    return is_signature(key, signed.sig, canonical(signed.op))


def sign_bytes(seed: bytes, data: bytes) -> str:
    """Give the Ed25519 signature (hex) of some bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).sign(data).hex()


def is_signature(key: str, sig: str, data: bytes) -> bool:
    """Say whether ``sig`` (hex) is the signature of the bytes by the key (hex)."""
    from cryptography.exceptions import InvalidSignature

    try:
        _key(key).verify(bytes.fromhex(sig), data)
    except (InvalidSignature, ValueError):
        return False
    return True


@lru_cache(maxsize=4096)
def _key(key: str) -> "Ed25519PublicKey":
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))


def enrol_proof(code: str) -> bytes:
    """Give the bytes that a device signs to show that it holds the key it enrols."""
    return b"spokesdesk-enrol-1:" + code.encode()


def renew_proof(token: str) -> bytes:
    """Give the bytes that a device signs to show that a renewal token is its own."""
    return b"spokesdesk-renew-1:" + token.encode()
