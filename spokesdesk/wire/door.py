"""What comes and goes through the journalists' door (cửa dành cho nhà báo).

What a journalist asks is taken by one desk of the agency (``POST /j/{journal}/door``) and becomes a request there.
What the desk says of it goes back as operations of the noun ``door-reply``, kind ``append``: taken with which deadline,
answered, refused, passed on. They carry what was chosen for the journalist and nothing else of the record.
"""

from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from spokesdesk.domain.errors import UserError
from spokesdesk.wire.base import Count, Hash, converted
from spokesdesk.wire.ops import FieldChange

DOOR_REPLY = "door-reply"
DOOR_ITEMS = 50
_When = Annotated[str, Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,15}(Z|[+-][0-9:]{5}))?$(?!\n)")]
_Seen = Annotated[str, Meta(max_length=200)]
_Id = Annotated[str, Meta(pattern=r"^[0-9a-f-]{0,36}$(?!\n)")]


class DoorAsked(Struct, frozen=True, forbid_unknown_fields=True):
    """A question or an appointment as it was asked, without the name of who asks.

    Attributes:
        thread: id of the first question when this one follows it up, "" for a first one.
        asker: the account at the portal.
        wanted_at: the wished moment of an answer or a meeting, ISO 8601 UTC, "" for none.
    """

    id: UUID
    journal: UUID
    kind: Literal["question", "appointment"]
    topic: Annotated[str, Meta(max_length=250)]
    text: Annotated[str, Meta(max_length=4000)]
    asker: UUID
    asked_at: _When
    wanted_at: _When = ""
    thread: _Id = ""


class DoorItem(Struct, frozen=True):
    """A question for one desk, with who asks.

    Attributes:
        seal: the portal's seal over ``asked``: with it the desk gives the question back to a portal that lost it.
    """

    asked: DoorAsked
    seal: Hash
    name: str
    outlet: str
    card: str
    email: str
    phone: str


class DoorRating(Struct, frozen=True, forbid_unknown_fields=True):
    """How content the journalist is with an answer; ``at`` tells a changed rating from the one before."""

    question: UUID
    level: Literal["good", "fair", "poor"]
    remark: Annotated[str, Meta(max_length=1000)]
    at: _When


class DoorCall(Struct, frozen=True, forbid_unknown_fields=True):
    """A desk asks what came through the door, and says which ratings it has kept."""

    kept: Annotated[list[DoorRating], Meta(max_length=DOOR_ITEMS)] = []


class DoorBox(Struct, frozen=True):
    """What came for this desk; the questions are now this desk's to answer for, until it says that it has them."""

    items: list[DoorItem] = []
    ratings: list[DoorRating] = []
    more: Count = 0


class DoorReply(Struct, frozen=True, forbid_unknown_fields=True):
    """One word of the agency on a question.

    Attributes:
        question: id at the portal.
        what: taken (tiếp nhận), promised (hẹn lại), answered, refused, referred, withdrawn, reopened.
        at: when it was done, ISO 8601 UTC.
        text: what the journalist reads.
        due_at: the deadline by the law of the day, "" where it names none; with ``taken``.
        wording: the deadline in words.
        citation: căn cứ.
        paper: id of the released paper that answers, "" for none.
        meeting: what is said to an appointment; ``meeting_at`` the agreed or offered moment.
        asked: with ``taken``: what was asked, and its seal.
    """

    question: UUID
    what: Literal["taken", "promised", "answered", "refused", "referred", "withdrawn", "reopened"]
    at: _When
    text: Annotated[str, Meta(max_length=20_500)] = ""
    due_at: _When = ""
    wording: Annotated[str, Meta(max_length=500)] = ""
    citation: Annotated[str, Meta(max_length=500)] = ""
    paper: _Id = ""
    meeting: Literal["", "accept", "move", "decline"] = ""
    meeting_at: _When = ""
    asked: DoorAsked | None = None
    seal: Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?$(?!\n)")] = ""


def door_reply_of(patch: dict[str, FieldChange]) -> DoorReply:
    """Read a word of the agency from the patch of its operation; raises UserError("message_malformed")."""
    try:
        return converted({name: change.new for name, change in patch.items()}, DoorReply)
    except msgspec.MsgspecError as error:
        raise UserError("message_malformed", detail=str(error)[:200]) from error


def door_reply_patch(made: DoorReply) -> dict[str, FieldChange]:
    """Give the patch that says it."""
    values: dict[str, Any] = msgspec.to_builtins(made)
    return {name: FieldChange(None, value) for name, value in values.items()}


class Complaint(Struct, frozen=True):
    """A complaint about obstruction, as the province reads it.

    Attributes:
        agency: name of the agency that it is about; ``journal`` its journal.
        name: who complains, with outlet, card, phone, email; all "" after the account was erased.
        happened_on: day in Vietnam, ISO.
        made_at: UTC, ISO; so is ``answered_at``, "" before an answer.
    """

    id: UUID
    journal: UUID
    agency: str
    name: str
    outlet: str
    card: str
    phone: str
    email: str
    happened_on: str
    place: str
    text: str
    made_at: str
    state: Literal["new", "read", "answered"]
    answer: str = ""
    answered_at: str = ""


class Complaints(Struct, frozen=True):
    """Complaints, the newest first."""

    complaints: list[Complaint]


class ComplaintSaid(Struct, frozen=True, forbid_unknown_fields=True):
    """The province has read a complaint (``text`` "") or answers it; saying the same twice is fine."""

    id: UUID
    text: Annotated[str, Meta(max_length=4000)] = ""


class JournalistTold(Struct, frozen=True):
    """A journalist's account, as the province reads it to verify it; moments UTC, ISO, "" for none."""

    id: UUID
    email: str
    name: str
    outlet: str
    card: str
    phone: str
    state: Literal["pending", "verified", "refused", "blocked"]
    reason: str
    made_at: str
    decided_at: str = ""


class Journalists(Struct, frozen=True):
    """Accounts, those that wait to be verified first."""

    journalists: list[JournalistTold]


class JournalistDecided(Struct, frozen=True, forbid_unknown_fields=True):
    """The province verifies an account, refuses or blocks it with a reason that its owner reads, or lets it wait again.

    Attributes:
        seen: name, outlet and card as they stood before who decided; an account that has others by now is not
            decided on.
    """

    id: UUID
    state: Literal["pending", "verified", "refused", "blocked"]
    seen: tuple[_Seen, _Seen, _Seen]
    reason: Annotated[str, Meta(max_length=500)] = ""
