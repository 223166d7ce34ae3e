"""A journal's feed as desks read it: what each operation did, the chain over it, snapshots and digests of records."""

import hashlib
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from spokesdesk.wire.base import Count, Hash, Name, Word
from spokesdesk.wire.ops import Op

MARK_BYTES = 16
BUCKETS = 256
# An edit that nobody who deleted the record had seen brought it back, or kept it (sync.md F13).
EDIT_BEATS_DELETE = "edit_beats_delete"


class Conflict(Struct, frozen=True):
    """Two values of one field that were typed without knowing of each other (xung đột).

    Attributes:
        id: the same on every portal that takes the same operations in the same order.
        base: what both had before them.
        current: what holds until somebody decides; what reached the portal first.
        mine: what ``device`` typed, kept whole.
        actor: member who typed ``mine``; "" when unknown.
        state: settled when somebody decided, or when both came to the same value.
    """

    id: UUID
    entity: Word
    rec: UUID
    field: Name
    base: Any
    current: Any
    mine: Any
    device: UUID
    actor: str
    state: Literal["open", "settled"]


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


class Effect(Struct, frozen=True, omit_defaults=True):
    """What an operation did: the signed operation itself, how it went, the record's version after it.

    Attributes:
        fields: values after the operation where they are not the ``new`` of its patch: merged texts, sets,
            fields in conflict, which keep what they held.
        before: of merged texts, what the field held before: with ``new`` of the patch the second parent.
        conflicts: every conflict that the operation opened, changed or settled, as it stands after it.
        deleted: the record is deleted after the operation.
        notice: what a person should be told, e.g. ``edit_beats_delete``; "" mostly.
    """

    op: Op
    sig: str
    outcome: str
    ver: Count
    at: str
    fields: dict[str, Any] = {}
    before: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    deleted: bool = False
    notice: str = ""


class Changes(Struct, frozen=True):
    """A page of the feed; ``seq`` and ``chain`` are the journal's head at that moment."""

    epoch: str
    seq: Count
    chain: Hash
    changes: list[Change]
    more: bool = False


class RecordState(Struct, frozen=True, omit_defaults=True):
    """One record as the portal holds it; a deleted one keeps its fields as long as it lies in the trash."""

    entity: Word
    rec: UUID
    ver: Count
    fields: dict[str, Any]
    deleted: bool = False


class Snapshot(Struct, frozen=True):
    """A page of records in the order of noun and id, with their open conflicts.

    Pages are read one after the other while others write. The first page's ``seq`` and ``chain`` are where the desk
    then follows the feed; an effect whose ``ver`` is not above the record's is old news.

    Attributes:
        after: what to ask the next page with; "" when this is the last.
        nouns: on the first page of the keys, with which a filling begins, every noun that has records; else none.
    """

    epoch: str
    seq: Count
    chain: Hash
    records: list[RecordState]
    conflicts: list[Conflict]
    after: str = ""
    nouns: list[str] = []


class ChainPoint(Struct, frozen=True):
    """The chain hash at one place of the feed; "" where this journal has no such place."""

    seq: Count
    chain: str


class ChainPoints(Struct, frozen=True):
    """Chain hashes at the places asked for: a desk finds by them where its past and the portal's part."""

    epoch: str
    seq: Count
    chain: Hash
    floor: Count
    points: list[ChainPoint]


class Digest(Struct, frozen=True):
    """Count and ``record_mark``s, joined by exclusive or, of the records of a noun, or of one bucket of it."""

    name: str
    count: Count
    digest: str


class Digests(Struct, frozen=True):
    """What a desk compares its own records with; ``seq`` is the moment that they are of."""

    epoch: str
    seq: Count
    chain: Hash
    digests: list[Digest]


class Poke(Struct, frozen=True):
    """What moved, told as soon as it does; carries no data.

    Attributes:
        seq: the journal's counter.
        mail: place of the last item of its inbox; 0 where the counter said enough.
        door: when the last of what waits at the journalists' door came, milliseconds since 1970; 0 for nothing.
        members: see ``members_mark``; "" where the counter said enough, or where it is not asked for.
    """

    seq: Count
    mail: Count = 0
    door: Count = 0
    members: str = ""


def has_moved(known: Poke, told: Poke) -> bool:
    """Say whether anything went on since a desk knew of it."""
    has_other_members = bool(known.members) and told.members not in ("", known.members)
    return told.seq > known.seq or told.mail > known.mail or told.door > known.door or has_other_members


def values_after(effect: Effect) -> dict[str, Any]:
    """Give the fields that an operation touched, with what they hold after it."""
    if effect.op.kind in {"add", "take", "delete", "restore"}:
        return dict(effect.fields)
    return {name: change.new for name, change in effect.op.patch.items()} | effect.fields


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


def record_mark(rec: UUID, ver: int) -> int:
    """Give the mark of a record at a version; all marks of a noun joined by exclusive or are its digest."""
    data = rec.bytes + ver.to_bytes(8, "big")
    return int.from_bytes(hashlib.blake2b(data, digest_size=MARK_BYTES).digest(), "big")


def bucket(rec: UUID) -> int:
    """Give which of the 256 buckets of its noun a record belongs to; time-ordered ids spread evenly too."""
    return hashlib.blake2b(rec.bytes, digest_size=1).digest()[0]


def digest_text(marks: int) -> str:
    """Give joined marks as a digest holds them."""
    return f"{marks:0{MARK_BYTES * 2}x}"
