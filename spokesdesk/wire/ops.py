"""Operations: one change of one record, made and signed on one device (thao tác).

Kinds, for every noun of the journal; the portal does not know the nouns' fields and merges by kind of field. Only what
a setting of the agency holds is merged by its parts (``domain.setting_parts``):

========== ============================================================================================
put        new values of fields, each with the value it replaces; the first one makes the record
add, take  elements joined to, or taken from, fields that are sets: ``new`` holds the elements
append     a record that never changes: the same again is fine, another content under its id is refused
delete     the record goes; its patch may name values that were seen, so that an unseen edit wins over it
restore    a deleted record comes back
settle     a conflict is decided: ``base`` is a ``Seen``, ``new`` what holds from now on
erase      fields are blanked for good, appended ones too, and the bodies of all earlier changes of the record go
           (Law 91/2025/QH15); ``base`` stays None, ``new`` is what is left in their place
========== ============================================================================================

Beside them the noun ``paper`` has ``release`` and ``withdraw`` (what the public sees) and nothing else; a desk's own
row of a paper travels under another noun.
"""

from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.merge import How
from spokesdesk.wire.base import FILE_BYTES, Count, Hash, Name, Signature, Word, converted

RELEASED = "paper"
RELEASE_KINDS = frozenset({"release", "withdraw"})
# Entries whose order in the feed says what holds: texts of one version, of which the first stands, and steps.
IN_ORDER = frozenset(
    [
        *("paper-text", "case-text", "incident-text"),
        *(
            "request-step",
            "round-step",
            "incident-step",
            "triage-step",
            "authorisation-step",
            "case-move",
            "paper-move",
        ),
    ]
)
RECORD_KINDS = frozenset({"put", "add", "take", "append", "delete", "restore", "settle", "erase"})
SET_ELEMENTS = 1000


class FieldChange(Struct, frozen=True, forbid_unknown_fields=True):
    """One field of a record: what it was when the change was made, and what it becomes.

    ``how`` says how two changes of the field are merged; left out for a plain value.
    """

    base: Any = None
    new: Any = None
    how: Literal["text", "set", "found"] | UnsetType = UNSET

    @property
    def merges(self) -> How:
        """Give the class of the field."""
        return How.SCALAR if self.how is UNSET else How(self.how)


class Op(Struct, frozen=True, forbid_unknown_fields=True):
    """One change of one record, made on one device (thao tác).

    Attributes:
        dseq: number of the operation on its device, 1, 2, 3 …; never given twice.
        actor: id of the member who did it; "" when unknown.
        entity: noun of the record: contact, outlet, paper.
        kind: what was done, see above.
        base_ver: version of the record that the device had seen; 0 for a new record.
        sv: schema version of the fields.
        wall: the device's clock, ISO 8601 UTC; shown, never used for order.
    """

    op_id: UUID
    device: UUID
    dseq: Count
    actor: Annotated[str, Meta(pattern=r"^[0-9a-f-]{0,36}$(?!\n)")]
    journal: UUID
    entity: Word
    rec: UUID
    kind: Word
    base_ver: Count
    patch: Annotated[dict[Name, FieldChange], Meta(max_length=100)]
    sv: Count
    wall: Annotated[str, Meta(pattern=r"^[0-9T:.+Z-]{10,40}$(?!\n)")]


class SignedOp(Struct, frozen=True, forbid_unknown_fields=True):
    """An operation with its device's Ed25519 signature over the canonical form (hex)."""

    op: Op
    sig: Signature


class Seen(Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody who settles a conflict had before their eyes: what holds, and what was kept beside it."""

    current: Any
    mine: Any


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
        corrects: id of the released paper that this one corrects or replaces; "" for none.
    """

    kind: Word
    title: Annotated[str, Meta(min_length=1, max_length=500)]
    number: Annotated[int, Meta(ge=1, le=99_999_999_999)]
    symbol: Annotated[str, Meta(max_length=30)]
    agency: Annotated[str, Meta(max_length=200)]
    date_on: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$(?!\n)")]
    released_at: Annotated[str, Meta(max_length=40)]
    text: Annotated[list[Annotated[str, Meta(max_length=500_000)]], Meta(max_length=10_000)]
    docx: FileRef
    pdf: FileRef
    place: Annotated[str, Meta(max_length=100)] = ""
    corrects: Annotated[str, Meta(pattern=r"^[0-9a-f-]{0,36}$(?!\n)")] = ""


def fields_of(patch: dict[str, FieldChange]) -> ReleaseFields:
    """Read the new values of a release's patch.

    Raises:
        UserError: ``message_malformed``, with the field in ``detail``.
    """
    values = {name: change.new for name, change in patch.items()}
    try:
        return converted(values, ReleaseFields)
    except msgspec.MsgspecError as error:
        raise UserError("message_malformed", detail=str(error)[:200]) from error


def patch_of(fields: ReleaseFields) -> dict[str, FieldChange]:
    """Give the patch that makes a new record with these fields."""
    values: dict[str, Any] = msgspec.to_builtins(fields)
    return {name: FieldChange(None, value) for name, value in values.items()}


def settling(current: object, mine: object, new: object) -> FieldChange:
    """Give the change of a field that decides a conflict.

    Args:
        current: the conflict's ``current`` as it was shown.
        mine: the conflict's ``mine`` as it was shown.
        new: what holds from now on; one of the two, or a third value.
    """
    return FieldChange({"current": current, "mine": mine}, new)


def seen_of(change: FieldChange) -> Seen:
    """Give what the settler of a conflict had seen.

    Raises:
        UserError: ``message_malformed``: the base is none.
    """
    try:
        return converted(change.base, Seen)
    except msgspec.MsgspecError as error:
        raise UserError("message_malformed", detail=str(error)[:200]) from error
