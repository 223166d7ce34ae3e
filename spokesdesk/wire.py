"""What desk and portal say to each other: message shapes, canonical form, signatures, the chain of a journal.

Both sides import this file and nothing else in common but ``domain``. Source: RFC 8785 (canonical JSON),
RFC 8032 (Ed25519).
"""

import hashlib
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from spokesdesk.domain.errors import UserError

PROTOCOL = 1
# Schema version of the records; the portal takes this one and the two before it.
SV = 1
SV_OLDEST = 1
MIN_CLIENT = 1

PUSH_OPS = 200
PUSH_BYTES = 1024 * 1024
BODY_BYTES = 16 * 1024 * 1024
OP_BYTES = 4 * 1024 * 1024
PAGE_OPS = 1000
PAGE_BYTES = 4 * 1024 * 1024
FILE_BYTES = 256 * 1024 * 1024
GENESIS = bytes(32)

Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Key = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
Signature = Annotated[str, Meta(pattern=r"^[0-9a-f]{128}$")]
Word = Annotated[str, Meta(pattern=r"^[a-z][a-z_-]{0,39}$")]
Count = Annotated[int, Meta(ge=0, le=2**53 - 1)]


class FieldChange(Struct, frozen=True, forbid_unknown_fields=True):
    """One field of a record: what it was when the change was made, and what it becomes."""

    base: Any = None
    new: Any = None


class Op(Struct, frozen=True, forbid_unknown_fields=True):
    """One change of one record, made on one device (thao tác).

    Attributes:
        dseq: number of the operation on its device, 1, 2, 3 ….
        actor: id of the member who did it; "" when unknown.
        entity: noun of the record: paper.
        kind: what was done: release, withdraw.
        base_ver: version of the record that the device had seen; 0 for a new record.
        sv: schema version of the fields.
        wall: the device's clock, ISO 8601 UTC; shown, never used for order.
    """

    op_id: UUID
    device: UUID
    dseq: Count
    actor: Annotated[str, Meta(pattern=r"^[0-9a-f-]{0,36}$")]
    journal: UUID
    entity: Word
    rec: UUID
    kind: Word
    base_ver: Count
    patch: Annotated[dict[Annotated[str, Meta(max_length=40)], FieldChange], Meta(max_length=100)]
    sv: Count
    wall: Annotated[str, Meta(pattern=r"^[0-9T:.+Z-]{10,40}$")]


class SignedOp(Struct, frozen=True, forbid_unknown_fields=True):
    """An operation with its device's Ed25519 signature over the canonical form (hex)."""

    op: Op
    sig: Signature


class FileRef(Struct, frozen=True):
    """A file of a release, known by the SHA-256 of its bytes."""

    sha256: Hash
    name: Annotated[str, Meta(min_length=1, max_length=120)]
    size: Annotated[int, Meta(ge=1, le=FILE_BYTES)]


class ReleaseFields(Struct, frozen=True):
    """The fields of a released paper (entity ``paper``).

    Attributes:
        kind: kind of paper as in a letter file, e.g. thong-cao-bao-chi.
        agency: the agency's name as printed on the paper.
        date_on: the date printed on the paper, ISO.
        text: the paragraphs of the release, plain.
        released_at: UTC, ISO.
    """

    kind: Word
    title: Annotated[str, Meta(min_length=1, max_length=500)]
    number: Annotated[int, Meta(ge=1, le=99_999_999_999)]
    symbol: Annotated[str, Meta(max_length=30)]
    agency: Annotated[str, Meta(max_length=200)]
    date_on: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    released_at: Annotated[str, Meta(max_length=40)]
    text: Annotated[list[Annotated[str, Meta(max_length=500_000)]], Meta(max_length=10_000)]
    docx: FileRef
    pdf: FileRef
    place: Annotated[str, Meta(max_length=100)] = ""


class EnrolAsk(Struct, frozen=True, forbid_unknown_fields=True):
    """A desk asks to be enrolled with a one-time code; ``proof`` signs the code with the device's key."""

    code: Annotated[str, Meta(min_length=1, max_length=64)]
    public_key: Key
    proof: Signature
    agency: Annotated[str, Meta(max_length=200)] = ""
    device_name: Annotated[str, Meta(max_length=120)] = ""
    protocol: Count = PROTOCOL


class Enrolled(Struct, frozen=True):
    """The portal's answer to an enrolment; ``token`` is shown this once."""

    journal: UUID
    device: UUID
    token: str
    agency: str
    epoch: str


class Hello(Struct, frozen=True):
    """Where a journal stands at the portal, and which clients it takes."""

    epoch: str
    seq: Count
    chain: Hash
    floor: Count
    min_client: Count
    sv: Count
    protocol: Count = PROTOCOL


class Push(Struct, frozen=True, forbid_unknown_fields=True):
    """Operations in the order in which they were made."""

    ops: Annotated[list[SignedOp], Meta(max_length=PUSH_OPS)]
    sv: Count = SV
    protocol: Count = PROTOCOL


class Outcome(Struct, frozen=True):
    """What became of one operation; ``reason`` only when quarantined, ``seq`` once it stands in the feed."""

    op_id: UUID
    outcome: Literal["applied", "duplicate", "conflict", "quarantined"]
    reason: str = ""
    seq: Count = 0


class PushReply(Struct, frozen=True):
    """One outcome an operation, in their order."""

    outcomes: list[Outcome]


class Change(Struct, frozen=True):
    """One entry of a journal's feed.

    Attributes:
        effect: canonical JSON of an ``Effect``; None after its body was erased, with ``salt``.
        commitment: SHA-256(salt ‖ effect), hex.
        chain: SHA-256(chain before ‖ op_id ‖ commitment), hex.
    """

    seq: Count
    op_id: UUID
    commitment: Hash
    chain: Hash
    salt: Hash | None = None
    effect: str | None = None


class Effect(Struct, frozen=True):
    """What an operation did: the signed operation itself, how it went, the record's version after it."""

    op: Op
    sig: Signature
    outcome: str
    ver: Count
    at: str


class Changes(Struct, frozen=True):
    """A page of the feed; ``seq`` and ``chain`` are the journal's head at that moment."""

    epoch: str
    seq: Count
    chain: Hash
    changes: list[Change]
    more: bool = False


class ReleaseStatus(Struct, frozen=True):
    """Where one release stands on the public side: waiting (files missing), public, withdrawn, unknown."""

    rec: UUID
    state: str
    missing: list[str] = []
    url: str = ""


class Releases(Struct, frozen=True):
    """Statuses, one for each record asked about."""

    releases: list[ReleaseStatus]


class Fault(Struct, frozen=True):
    """Why the portal did not do what was asked."""

    error: str
    params: dict[str, Any] = {}


T = TypeVar("T")


def encode(message: object) -> bytes:
    """Give a message as JSON bytes."""
    return msgspec.json.encode(message)


def decode(data: bytes | str, kind: type[T]) -> T:
    """Read a message.

    Raises:
        UserError: ``message_malformed``: not JSON, or a field is missing, unknown, of a wrong type, too long.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise UserError("message_malformed", detail=str(error)[:200]) from error


def fields_of(patch: dict[str, FieldChange]) -> ReleaseFields:
    """Read the new values of a release's patch.

    Raises:
        UserError: ``message_malformed``, with the field in ``detail``.
    """
    values = {name: change.new for name, change in patch.items()}
    try:
        return msgspec.convert(values, ReleaseFields)
    except msgspec.MsgspecError as error:
        raise UserError("message_malformed", detail=str(error)[:200]) from error


def patch_of(fields: ReleaseFields) -> dict[str, FieldChange]:
    """Give the patch that makes a new record with these fields."""
    values: dict[str, Any] = msgspec.to_builtins(fields)
    return {name: FieldChange(None, value) for name, value in values.items()}


def canonical(message: object) -> bytes:
    """Give the one byte form of a message (RFC 8785).

    Raises:
        UserError: ``message_malformed``: a number or text that has no canonical form.
    """
    import rfc8785

    try:
        return rfc8785.dumps(msgspec.to_builtins(message))
    except (rfc8785.CanonicalizationError, RecursionError) as error:
        raise UserError("message_malformed", detail=type(error).__name__) from error


def public_key(seed: bytes) -> str:
    """Give the public key (hex) of a device's 32-byte Ed25519 seed."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw().hex()


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
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(sig), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def enrol_proof(code: str) -> bytes:
    """Give the bytes that a device signs to show that it holds the key it enrols."""
    return b"spokesdesk-enrol-1:" + code.encode()


def commitment(salt: bytes, effect: str) -> bytes:
    """Give the salted hash that stands in the chain for an effect, so that its body can be erased later."""
    return hashlib.sha256(salt + effect.encode()).digest()


def chained(before: bytes, op_id: UUID, committed: bytes) -> bytes:
    """Give the chain hash after one more entry."""
    return hashlib.sha256(before + op_id.bytes + committed).digest()


def follows(before: str, change: Change) -> bool:
    """Say whether a feed entry continues a chain whose last hash (hex) is ``before``, with its own body."""
    committed = bytes.fromhex(change.commitment)
    salt = bytes.fromhex(change.salt or "")
    if change.effect is not None and commitment(salt, change.effect) != committed:
        return False
    return chained(bytes.fromhex(before), change.op_id, committed).hex() == change.chain
