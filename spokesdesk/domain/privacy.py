"""Personal data of journalists (dữ liệu cá nhân): shown whole, given out, erased with proof, kept as long as needed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import Due
from spokesdesk.domain.people import Journalist, Ref
from spokesdesk.domain.text import fold

# Stands where something was erased; no language is needed to see that something is gone.
GONE = "[đã xóa]"
# Ends the kinds, among the counts of a deletion, that stay: evidence, and papers and articles that name the person.
HELD = "_held"
MOST_MONTHS = 1200
# Stands for the portal among the places that had files.
PORTAL = UUID(int=0)


class Scope(StrEnum):
    """How much is erased."""

    IDENTITY = "identity"  # who it was: name, numbers, card; what was said stays, without the name
    CONTENT = "content"  # the texts and files of the entries, too


class Wish(StrEnum):
    """What a person asks about their own data."""

    SEE = "see"
    CORRECT = "correct"
    COPY = "copy"
    DELETE = "delete"
    OBJECT = "object"


class Step(StrEnum):
    """A step of such a request."""

    RECEIVED = "received"
    DONE = "done"
    REFUSED = "refused"


# Which event of the rule pack starts the clock of each wish.
EVENTS: Mapping[Wish, str] = {
    Wish.SEE: "subject_see",
    Wish.CORRECT: "subject_see",
    Wish.COPY: "subject_see",
    Wish.DELETE: "subject_delete",
    Wish.OBJECT: "subject_object",
}
ACKNOWLEDGE = "subject_request"


@dataclass(frozen=True, slots=True)
class Ground:
    """Why data may be erased, or why it may be kept although somebody wants it erased."""

    id: str
    text: str
    citation: str


@dataclass(frozen=True, slots=True)
class PrivacyLaw:
    """What the data file says.

    Attributes:
        hold: why evidence of case files stays although a person is erased.
        retention_kinds: kinds of records that a period can be set for.
        retention_citation: căn cứ of keeping no longer than needed; the law gives no number.
    """

    delete: tuple[Ground, ...]
    refuse: tuple[Ground, ...]
    retention_kinds: tuple[str, ...]
    retention_citation: str
    retention_note: str
    hold: Ground

    def ground(self, ground_id: str, *, refuse: bool = False) -> Ground:
        """Give a ground; raises UserError ``privacy_ground`` naming those there are."""
        listed = self.refuse if refuse else self.delete
        for one in listed:
            if one.id == ground_id:
                return one
        raise UserError("privacy_ground", field="ground", known="; ".join(one.id for one in listed))


@dataclass(frozen=True, slots=True)
class Trace:
    """One row that concerns a person.

    Attributes:
        table: where it is kept.
        record: its id; None where it has none.
        title: what it is about.
        at: UTC, None where no time is kept.
        values: its columns, JSON-able.
        files: SHA-256 of the files that it names.
    """

    table: str
    record: UUID | None
    title: str
    at: datetime | None
    values: Mapping[str, object]
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Everything that is kept of one person.

    Attributes:
        mentions: papers and articles that name the person without belonging to them: kind → how many.
    """

    person: Journalist
    traces: tuple[Trace, ...]
    mentions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Deletion:
    """The record of a deletion: who erased how much, when, on which ground; never whose name.

    Attributes:
        counts: kind of record → how many; a kind that ends in ``HELD`` stays.
        hashes: commitments of the erased entries, hex; they stay in the chain.
        files: SHA-256 of the files that were destroyed.
    """

    id: UUID
    subject_kind: str
    subject: UUID
    scope: Scope
    ground: str
    citation: str
    counts: Mapping[str, int]
    hashes: tuple[str, ...]
    files: tuple[str, ...]
    at: datetime
    author: Ref

    @property
    def erased(self) -> dict[str, int]:
        """Kind of record → how many were erased."""
        return {kind: count for kind, count in self.counts.items() if not kind.endswith(HELD)}

    @property
    def held(self) -> dict[str, int]:
        """Kind of record → how many stay: evidence of their case files, papers and articles that name them."""
        ended = {kind: count for kind, count in self.counts.items() if kind.endswith(HELD)}
        return {kind.removesuffix(HELD): count for kind, count in ended.items()}


@dataclass(frozen=True, slots=True)
class FilePlace:
    """What a desk, or the portal, says of the files of a deletion.

    Attributes:
        name: of the desk; "" for the portal.
        held: how many files stay there, because other records name them; None while it has said nothing.
        at: UTC, when it said so.
    """

    name: str
    held: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SubjectRequest:
    """What a person asked, or what became of it.

    Attributes:
        about: the request that an answer belongs to; None for the request itself.
        clocks: deadlines with their căn cứ, reckoned when it came in.
    """

    id: UUID
    about: UUID | None
    step: Step
    wish: Wish
    subject: UUID
    at: datetime
    clocks: tuple[Due, ...]
    ground: str
    author: Ref


@dataclass(frozen=True, slots=True)
class Access:
    """Somebody opened or gave out a person's data.

    Attributes:
        act: opened, searched, listed, exported or erased.
        subject: whose; None for many at once.
    """

    at: datetime
    member: Ref
    subject_kind: str
    subject: UUID | None
    act: str


@dataclass(frozen=True, slots=True)
class Overdue:
    """Something kept longer than the agency's period."""

    kind: str
    id: UUID
    title: str
    at: datetime
    months: int


def identifiers(person: Journalist) -> tuple[str, ...]:
    """Give the texts by which a person is known, the longest first; very short ones would hit other words."""
    texts = {person.name, person.phone, person.email, person.card_number, person.zalo, fold(person.name)}
    return tuple(sorted((text for text in texts if len(text) >= 3), key=len, reverse=True))


def without(value: object, texts: Sequence[str], instead: str = GONE) -> object:
    """Give a value with every text in it replaced, as whole words, capitals or not.

    Args:
        value: a text, or lists and mappings of them; anything else stays.
        texts: what is taken out, the longest first.
    """
    if isinstance(value, str):
        for text in texts:
            value = re.sub(rf"(?<!\w){re.escape(text)}(?!\w)", instead, value, flags=re.IGNORECASE)
        return value
    if isinstance(value, Mapping):
        return {key: without(part, texts, instead) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [without(part, texts, instead) for part in value]
    return value


def checked_months(kind: str, months: int | None, known: Sequence[str]) -> int | None:
    """Give a period; raises UserError ``retention_months`` or ``retention_kind``."""
    if kind not in known:
        raise UserError("retention_kind", field="kind", known=", ".join(known))
    if months is not None and not 1 <= months <= MOST_MONTHS:
        raise UserError("retention_months", field="months", most=MOST_MONTHS)
    return months
