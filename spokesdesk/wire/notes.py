"""Notes between the province and its agencies (thư trao đổi): operations of the noun ``province-note``, ``append``.

A note is an entry of its sender's journal, signed like every other; what its recipients may read of it is a projection
that the portal writes in the same transaction. Beside notes the province gets what agencies released and posted.
"""

from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from spokesdesk.domain.errors import UserError
from spokesdesk.wire.base import Count, Hash, Key, Signature, Word, converted
from spokesdesk.wire.lists import PublicList
from spokesdesk.wire.ops import FieldChange, Op

NOTE = "province-note"
PROVINCE = "province"
AGENCY = "agency"
TO_PROVINCE, TO_ALL = "province", "all"
# Who may send what: the province to agencies, agencies to the province.
DOWNWARD = frozenset({"alert", "remind", "ask", "answer"})
UPWARD = frozenset({"ack", "answer", "difficulty", "rebuttal"})
MAIL_PAGE = 200
CLAIMED = 100

_Id = Annotated[str, Meta(pattern=r"^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})?$(?!\n)")]


class NoteFields(Struct, frozen=True):
    """What a note says.

    Attributes:
        kind: alert (cảnh báo), remind (nhắc lại), ask (yêu cầu cung cấp thông tin), answer (trả lời), ack (đã nhận),
            difficulty (khó khăn, vướng mắc), rebuttal (văn bản phản bác đã gửi).
        recipient: ``province``, ``all`` agencies, or the journal of one.
        at: UTC, ISO.
        about: id of the note that it answers; "" for none.
        detail: what more a kind says: severity, answer by, citation, paper.
    """

    kind: Literal["alert", "remind", "ask", "answer", "ack", "difficulty", "rebuttal"]
    recipient: Annotated[str, Meta(max_length=36)]
    title: Annotated[str, Meta(max_length=300)]
    at: Annotated[str, Meta(pattern=r"^[0-9T:.+Z-]{10,40}$(?!\n)")]
    author_name: Annotated[str, Meta(max_length=200)] = ""
    text: Annotated[str, Meta(max_length=20_000)] = ""
    about: _Id = ""
    detail: dict[str, Any] = {}


def note_of(patch: dict[str, FieldChange]) -> NoteFields:
    """Read a note from the patch of its operation.

    Raises:
        UserError: ``message_malformed``: not of this form.
    """
    try:
        return converted({name: change.new for name, change in patch.items()}, NoteFields)
    except msgspec.MsgspecError as error:
        raise UserError("message_malformed", detail=str(error)[:200]) from error


class SignedNote(Struct, frozen=True):
    """A note as its sender's device signed it; ``key`` is that device's public key as the portal knows it."""

    op: Op
    sig: Signature
    key: Key


class SenderKey(Struct, frozen=True):
    """A device of the province: the public key (hex) by which an agency that enrols now believes its notes."""

    journal: UUID
    key: Key


class ReleaseTold(Struct, frozen=True):
    """A release as the province reads it; the text stands on the public page ``public_id``."""

    title: str
    number: Count
    symbol: str
    agency: str
    kind: str
    date_on: str
    public_id: UUID
    corrects: str = ""


class MailItem(Struct, frozen=True):
    """One item of a journal's inbox.

    Attributes:
        n: its place; without gaps but for what was erased.
        mark: SHA-256(mark before ‖ id ‖ kind ‖ body), hex: by it a desk knows that the portal is the one it read.
        kind: ``note``, or for the province ``release``, ``withdrawn``, ``list``, ``agency`` (a new one).
        id: of the note, the released record, the posting.
        sender: journal that it came from.
        agency: that journal's name.
        at: UTC, ISO: when the portal had it.
        body: JSON of a ``SignedNote``, ``ReleaseTold``, ``PublicList`` or ``AgencyTold``; "" after it was erased.
    """

    n: Count
    mark: Hash
    kind: Word
    id: UUID
    sender: UUID
    agency: str
    at: str
    body: str


class Mail(Struct, frozen=True):
    """A page of a journal's inbox; ``anew``: the cursor was not of this inbox, and it is given from its beginning."""

    items: list[MailItem]
    more: bool = False
    anew: bool = False


class Claim(Struct, frozen=True, forbid_unknown_fields=True):
    """A desk wants to work on requests of the inbox: no other desk of the journal shall write them down, too."""

    ids: Annotated[list[UUID], Meta(max_length=CLAIMED)]


class Claimed(Struct, frozen=True):
    """Those of them that are the desk's."""

    ids: list[UUID]


class AgencyTold(Struct, frozen=True):
    """An agency that is enrolled at the portal, as the province knows it.

    Attributes:
        seen_at: when it last sent anything, UTC, ISO; "" for never.
        joined_at: since when it is at the portal, UTC, ISO.
        in_time, late, overdue: questions of journalists within a year, by their deadlines.
    """

    journal: UUID
    name: str
    seen_at: str = ""
    in_time: Count = 0
    late: Count = 0
    overdue: Count = 0
    joined_at: str = ""


class Agencies(Struct, frozen=True):
    """All of them, by name."""

    agencies: list[AgencyTold]


def mail_mark(before: str, item_id: UUID, kind: str, body: str) -> str:
    """Give the mark of an item (hex) after the one before it."""
    import hashlib

    told = b"\x00".join((item_id.bytes, kind.encode(), body.encode()))
    return hashlib.sha256(bytes.fromhex(before) + told).hexdigest()


def list_told(body: str) -> PublicList:
    """Read a posted list from an item's body; raises UserError("message_malformed")."""
    try:
        return converted(msgspec.json.decode(body), PublicList)
    except msgspec.MsgspecError as error:
        raise UserError("message_malformed", detail=str(error)[:200]) from error
