"""What passes between the province's press authority and agencies (trao đổi với cơ quan quản lý báo chí của tỉnh).

Alerts to heads of agencies (M19, Chỉ thị 13/CT-UBND Hải Phòng), requests for information, copies of rebuttals (S1§1e),
difficulties reported up (M23).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID, uuid5

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import TEXT_LIMIT, Due
from spokesdesk.domain.text import clean_line, clean_text

TITLE_LIMIT = 300
TO_PROVINCE, TO_ALL = "province", "all"


class Standing(StrEnum):
    """What this workspace is at its portal."""

    ALONE = ""  # no portal, or one without a province
    AGENCY = "agency"
    PROVINCE = "province"


# What the inbox calls a note whose key nobody has confirmed yet: no list shows it, and nothing follows from it.
UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True)
class NewSender:
    """A key by which notes of the province came, and which nobody at this agency has confirmed.

    Attributes:
        sender: journal that the portal names; ``agency``: as it calls it.
        key: public key, hex.
        notes: how many wait for it.
        since: when the first of them arrived, UTC.
    """

    sender: UUID
    agency: str
    key: str
    notes: int
    since: datetime

    @property
    def id(self) -> UUID:
        """Give an id to open it by."""
        return uuid5(self.sender, self.key)

    @property
    def mark(self) -> str:
        """Give what two people compare over the telephone."""
        return key_mark(self.key)


def key_mark(key: str) -> str:
    """Give the mark of a public key (hex): sixteen letters and digits in groups of four."""
    text = sha256(b"spokesdesk sender " + bytes.fromhex(key)).hexdigest()[:16].upper()
    return "-".join(text[at : at + 4] for at in range(0, 16, 4))


class NoteKind(StrEnum):
    """What a note is."""

    ALERT = "alert"  # cảnh báo
    REMIND = "remind"  # nhắc lại
    ASK = "ask"  # yêu cầu cung cấp thông tin
    ANSWER = "answer"  # trả lời
    ACK = "ack"  # đã nhận
    DIFFICULTY = "difficulty"  # khó khăn, vướng mắc
    REBUTTAL = "rebuttal"  # văn bản phản bác đã gửi


class Severity(StrEnum):
    """How much an alert presses."""

    NOTICE = "notice"  # lưu ý
    HIGH = "high"  # quan trọng
    URGENT = "urgent"  # khẩn


# What begins a matter; all else answers one.
ROOTS = frozenset({NoteKind.ALERT, NoteKind.ASK, NoteKind.DIFFICULTY, NoteKind.REBUTTAL})
# What is looked for: notes that say something. An acknowledgement or a reminder is found by what it is about.
FOUND = frozenset({*ROOTS, NoteKind.ANSWER})


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """A note as typed.

    Attributes:
        recipient: ``province``, ``all`` agencies, or the journal of one.
        answer_by: until when an answer is wished, UTC.
        event: event of the rule pack that starts a deadline; "" for none.
        about: the note that it answers.
    """

    kind: NoteKind
    title: str
    text: str = ""
    recipient: str = TO_PROVINCE
    severity: Severity = Severity.NOTICE
    answer_by: datetime | None = None
    event: str = ""
    about: UUID | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """A note, written here or received.

    Attributes:
        at: UTC, when it was written.
        by: name of the member who wrote it.
        recipient: as in ``NoteDraft``.
        sender: journal it came from; None for our own.
        agency: that journal's name; "" for our own.
        due: until when, with its căn cứ.
        extra: what more its kind says, e.g. the outlet and article of a rebuttal.
        arrived_at: UTC, when the portal had it; None for our own.
    """

    id: UUID
    kind: NoteKind
    title: str
    text: str
    at: datetime
    by: str
    recipient: str = ""
    about: UUID | None = None
    sender: UUID | None = None
    agency: str = ""
    severity: Severity = Severity.NOTICE
    due: Due | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    arrived_at: datetime | None = None

    @property
    def is_own(self) -> bool:
        """Whether it was written in this journal."""
        return self.sender is None


@dataclass(frozen=True, slots=True)
class KnownAgency:
    """An agency at the portal, as the province knows it.

    Attributes:
        seen_at: when it last sent anything, UTC.
        in_time, late, overdue: questions of journalists through the portal within a year, by their deadlines.
        joined_at: since when it is there, UTC: what was sent to all before then did not reach it.
    """

    journal: UUID
    name: str
    seen_at: datetime | None
    in_time: int = 0
    late: int = 0
    overdue: int = 0
    joined_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ReleaseSeen:
    """A release of an agency as the province sees it (văn bản đã phát hành).

    Attributes:
        url: of its public page.
        at: UTC, when it became public, or was withdrawn.
    """

    id: UUID
    sender: UUID
    agency: str
    title: str
    number: str
    date_on: date
    url: str
    at: datetime
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class ListSeen:
    """A list that an agency posted: spokespeople, resident reporters, offices."""

    sender: UUID
    agency: str
    which: str
    on: date
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Complaint:
    """A journalist's complaint about obstruction by an agency (phản ánh bị cản trở), as the portal told it.

    Attributes:
        who: name, outlet, card, phone, e-mail; empty after the account was erased.
        happened_on: day in Vietnam.
        made_at: UTC.
        state: new, read or answered.
        answer: what the portal has; ``said``: what was written here and is not there yet.
    """

    id: UUID
    journal: UUID
    agency: str
    who: tuple[str, ...]
    happened_on: date
    place: str
    text: str
    made_at: datetime
    state: str
    answer: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """A note that began something, with all that came of it, the first first."""

    note: Note
    replies: tuple[Note, ...]

    @property
    def acknowledged(self) -> dict[UUID | None, Note]:
        """The first acknowledgement or answer of each agency; None stands for our own."""
        found: dict[UUID | None, Note] = {}
        for reply in self.replies:
            if reply.kind in (NoteKind.ACK, NoteKind.ANSWER) and reply.sender not in found:
                found[reply.sender] = reply
        return found

    @property
    def answers(self) -> tuple[Note, ...]:
        """The answers."""
        return tuple(reply for reply in self.replies if reply.kind is NoteKind.ANSWER)

    @property
    def reminders(self) -> tuple[Note, ...]:
        """The reminders."""
        return tuple(reply for reply in self.replies if reply.kind is NoteKind.REMIND)

    @property
    def severity(self) -> Severity:
        """How much it presses now: a reminder raises it."""
        order = list(Severity)
        told = [self.note.severity, *(reply.severity for reply in self.reminders)]
        return max(told, key=order.index)

    def answered_by(self, sender: UUID | None) -> Note | None:
        """Give the first answer of an agency; of our own with None."""
        return next((reply for reply in self.answers if reply.sender == sender), None)


def checked(draft: NoteDraft, now: datetime) -> NoteDraft:
    """Give a draft with clean text, ready to become a note.

    Args:
        draft: as typed.
        now: UTC.

    Raises:
        UserError: names the field: no title, nothing said (``text``), an end before the beginning (``answer_by``).
    """
    if draft.answer_by is not None and draft.answer_by <= now:
        raise UserError("answer_by_past", field="answer_by")
    needs_text = draft.kind not in (NoteKind.ACK, NoteKind.REMIND)
    return replace(
        draft,
        title=clean_line(
            draft.title, field="title", limit=TITLE_LIMIT, required=draft.kind is not NoteKind.ACK
        ),
        text=clean_text(draft.text, field="text", limit=TEXT_LIMIT, required=needs_text),
    )


def matters(roots: Iterable[Note], replies: Iterable[Note]) -> tuple[Matter, ...]:
    """Join notes with what came of them, in the order of the first."""
    by_root: dict[UUID, list[Note]] = {}
    for reply in sorted(replies, key=lambda one: one.at):
        if reply.about is not None:
            by_root.setdefault(reply.about, []).append(reply)
    return tuple(Matter(root, tuple(by_root.get(root.id, ()))) for root in roots)


def raised(severity: Severity) -> Severity:
    """Give the next severity: what nobody acknowledged presses more."""
    order = list(Severity)
    return order[min(order.index(severity) + 1, len(order) - 1)]


def reaches(note: Note, agency: KnownAgency) -> bool:
    """Say whether a note of the province goes to an agency: to it alone, or to all that were there."""
    if note.recipient != TO_ALL:
        return note.recipient == str(agency.journal)
    return agency.joined_at is None or agency.joined_at <= note.at
