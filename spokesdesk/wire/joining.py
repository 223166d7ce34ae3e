"""What a desk without any network and one that has it say to each other on a stick, so that the first can join.

The request (yêu cầu vào sổ) is signed by the desk that asks and bound to the portal's one-time code: it can be used
with no other code, so nobody brings the desk into another journal. The answer (giấy đón) is sealed to that desk, signed
by who vouches, and carries a mark that only who knows the code can make: it answers this request and no other.
"""

import base64
import binascii
import hashlib
import hmac
from typing import Annotated, Any
from uuid import UUID

from msgspec import Meta, Struct

from spokesdesk.domain.errors import UserError
from spokesdesk.wire.base import Count, Hash, Key, Signature, decode, encode
from spokesdesk.wire.keys import KeyMissingError
from spokesdesk.wire.members import DeviceBox, Member, is_own_box
from spokesdesk.wire.notes import SenderKey
from spokesdesk.wire.signing import canonical, enrol_proof, is_signature, public_key, sign_bytes

JOINING = 1
SIGNED_ASK_BYTES = 16 * 1024
CLOSED_WELCOME_BYTES = 16 * 1024 * 1024
_GROUPS, _GROUP = 5, 4
_Name = Annotated[str, Meta(max_length=200)]
_When = Annotated[str, Meta(max_length=40)]


class JoinAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """A desk asks to be let into the agency's journal.

    Attributes:
        name: of the desk, as its colleagues will know it.
        agency: as it is called there; shown, and decides nothing.
        public_key: of its signatures.
        box: the keys that others seal to, with its own proof.
        proof: its signature over the portal's one-time code.
        once: random; tells two requests of one desk apart.
        at: its clock, ISO 8601 UTC.
        device: the id that it had, when it comes back to a portal that has forgotten it.
    """

    name: Annotated[str, Meta(max_length=120)]
    agency: _Name
    public_key: Key
    box: DeviceBox
    proof: Signature
    once: Hash
    at: _When
    device: UUID | None = None
    form: Count = JOINING


class SignedAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """A request with the signature of the key that it names."""

    ask: JoinAsk
    sig: Signature


class Welcome(Struct, frozen=True):
    """What the new desk needs beside the records, which lie on the same stick.

    Attributes:
        ask: digest of the request that it answers.
        device: the id under which the portal knows the new desk.
        by: the desk that vouches.
        members: the desks of the journal.
        senders: keys by which notes of the province are believed.
        at: clock of who vouches, ISO 8601 UTC.
    """

    ask: Hash
    journal: UUID
    device: UUID
    agency: _Name
    epoch: Annotated[str, Meta(max_length=64)]
    portal: Annotated[str, Meta(max_length=300)]
    by: Member
    members: list[Member]
    senders: list[SenderKey]
    at: _When


class ClosedWelcome(Struct, frozen=True):
    """A welcome as it lies on the stick.

    Attributes:
        ask: digest of the request that it answers.
        key: public signing key of who vouches, hex.
        inside: base64, sealed to the key of the desk that asked.
        sig: of who vouches.
        mark: that the portal's one-time code was known.
    """

    ask: Hash
    key: Key
    inside: str
    sig: Signature
    mark: Hash
    form: Count = JOINING


def asked_to_join(seed: bytes, ask: JoinAsk) -> SignedAsk:
    """Sign a request."""
    return SignedAsk(ask, sign_bytes(seed, _said(ask)))


def is_own_ask(signed: SignedAsk) -> bool:
    """Say whether a request and the keys in it were signed by the key that it names."""
    ask = signed.ask
    return is_signature(ask.public_key, signed.sig, _said(ask)) and is_own_box(ask.public_key, ask.box)


def is_proven(ask: JoinAsk, code: str) -> bool:
    """Say whether the request was made with this one-time code."""
    return is_signature(ask.public_key, ask.proof, enrol_proof(code))


def ask_digest(ask: JoinAsk) -> str:
    """Give the SHA-256 (hex) of a request."""
    return hashlib.sha256(_said(ask)).hexdigest()


def check_code(ask: JoinAsk) -> str:
    """Give the digits that two people compare (mã đối chiếu): five groups of four, from all that the request says."""
    number = int.from_bytes(hashlib.sha256(b"spokesdesk-join-check-1:" + _said(ask)).digest(), "big")
    digits = f"{number % 10 ** (_GROUPS * _GROUP):0{_GROUPS * _GROUP}d}"
    return "-".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def closed_welcome(seed: bytes, code: str, asked: JoinAsk, welcome: Welcome) -> ClosedWelcome:
    """Seal a welcome to the desk that asked.

    Args:
        seed: of who vouches.
        code: the portal's one-time code, as it was made.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    to = X25519PublicKey.from_public_bytes(bytes.fromhex(asked.box.box_key))
    inside = base64.b64encode(_suite().encrypt(encode(welcome), to, _info(welcome.ask))).decode()
    key = public_key(seed)
    said = _closed(welcome.ask, key, inside)
    return ClosedWelcome(welcome.ask, key, inside, sign_bytes(seed, said), _mark(code, said))


def opened_welcome(closed: ClosedWelcome, private: bytes, code: str) -> Welcome:
    """Open a welcome; who wrote it knew the code and signed it.

    Args:
        private: to which it was sealed.
        code: that the request was made with.

    Raises:
        KeyMissingError: altered, or not written for this request.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    said = _closed(closed.ask, closed.key, closed.inside)
    if not hmac.compare_digest(_mark(code, said), closed.mark) or not is_signature(
        closed.key, closed.sig, said
    ):
        raise KeyMissingError
    try:
        mine = X25519PrivateKey.from_private_bytes(private)
        sealed = base64.b64decode(closed.inside, validate=True)
        found = decode(_suite().decrypt(sealed, mine, _info(closed.ask)), Welcome)
    except (InvalidTag, binascii.Error, ValueError, UserError) as error:
        raise KeyMissingError from error
    if found.ask != closed.ask or found.by.public_key != closed.key:
        raise KeyMissingError
    return found


def _said(ask: JoinAsk) -> bytes:
    return b"spokesdesk-join-1:" + canonical(ask)


def _closed(ask: str, key: str, inside: str) -> bytes:
    return f"spokesdesk-welcome-1:{ask}:{key}:{inside}".encode()


def _mark(code: str, said: bytes) -> str:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    voice = HKDF(SHA256(), 32, None, b"spokesdesk welcome 1").derive(code.encode())
    return hmac.new(voice, said, hashlib.sha256).hexdigest()


def _info(ask: str) -> bytes:
    return b"spokesdesk welcome 1:" + ask.encode()


def _suite() -> Any:
    from cryptography.hazmat.primitives import hpke

    return hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
