"""The journalists' door of the portal (cửa dành cho nhà báo): accounts, questions, appointments, complaints."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import QUESTION_LIMIT, TOPIC_LIMIT
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import NAME_LIMIT
from spokesdesk.domain.requests import RequestMove
from spokesdesk.domain.text import clean_line, clean_text

CARD_LIMIT = 60
PHONE_LIMIT = 30
EMAIL_LIMIT = 254
NOTE_LIMIT = 1_000
# Why an account is refused or blocked; its owner reads it.
REASON_LIMIT = 500
PLACE_LIMIT = 200
PASSPHRASE_LEAST, PASSPHRASE_MOST = 10, 200
# An asker may wish for an answer or a meeting within a year.
WISH_LIMIT = timedelta(days=366)
_EMAIL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){1,8}")
_PHONE = re.compile(r"[+(]?[0-9][0-9 .()-]{6,28}")


class DoorKind(StrEnum):
    """What a journalist brings (loại)."""

    QUESTION = "question"  # câu hỏi
    APPOINTMENT = "appointment"  # đặt lịch làm việc


class DoorLevel(StrEnum):
    """How content a journalist is with an answer, in three levels (ba mức đánh giá)."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"


class Meeting(StrEnum):
    """What an agency says to an appointment (trả lời lịch hẹn)."""

    ACCEPT = "accept"
    MOVE = "move"
    DECLINE = "decline"


KINDS: dict[DoorKind, str] = {DoorKind.QUESTION: _("Câu hỏi"), DoorKind.APPOINTMENT: _("Đặt lịch làm việc")}
LEVELS: dict[DoorLevel, str] = {
    DoorLevel.GOOD: _("Hài lòng"),
    DoorLevel.FAIR: _("Tạm được"),
    DoorLevel.POOR: _("Chưa hài lòng"),
}
MEETINGS: dict[Meeting, str] = {
    Meeting.ACCEPT: _("Nhận lịch"),
    Meeting.MOVE: _("Đề nghị giờ khác"),
    Meeting.DECLINE: _("Không nhận lịch"),
}


# What the journalist is told with a step of the request.
WORDS: dict[RequestMove, str] = {
    RequestMove.OPEN: _("Báo đã nhận"),
    RequestMove.ANSWER: _("Trả lời"),
    RequestMove.REFUSE: _("Báo từ chối"),
    RequestMove.REFER: _("Báo nơi chuyển đến"),
    RequestMove.WITHDRAW: _("Báo đã khép"),
    RequestMove.REOPEN: _("Báo mở lại"),
    RequestMove.DEADLINE: _("Báo hạn mới"),
}
# How far a word of the agency has come on its way to the journalist, by the states of the ledger.
WAYS: dict[str, str] = {
    "queued": _("chờ gửi"),
    "sent": _("đã gửi, chờ cổng xác nhận"),
    "accepted": _("nhà báo đọc được"),
    "quarantined": _("cổng chưa nhận, xem trang Đồng bộ"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who a journalist is, as told to the portal and, with a question, to the agency."""

    name: str
    outlet: str
    card: str
    email: str
    phone: str


class AccountState(StrEnum):
    """Where a journalist's account stands (trạng thái tài khoản)."""

    PENDING = "pending"
    VERIFIED = "verified"
    REFUSED = "refused"
    BLOCKED = "blocked"


ACCOUNT_STATES: dict[AccountState, str] = {
    AccountState.PENDING: _("chờ xác minh"),
    AccountState.VERIFIED: _("đã xác minh"),
    AccountState.REFUSED: _("không chấp nhận"),
    AccountState.BLOCKED: _("bị khóa"),
}


@dataclass(frozen=True, slots=True)
class JournalistAccount:
    """A journalist's account at the portal, as it was last told.

    Attributes:
        reason: why it was refused or blocked.
        made_at: when it was registered, UTC; ``decided_at`` when it was decided on, None before.
    """

    id: UUID
    person: Person
    state: AccountState
    reason: str
    made_at: datetime
    decided_at: datetime | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided on it."""
        return self.state is AccountState.PENDING


@dataclass(frozen=True, slots=True)
class DoorRequest:
    """What the desk knows of a request that came through the door.

    Attributes:
        question: id of the question at the portal.
        thread: the first question of its thread; None for a first one.
        wanted_at: UTC; the wished moment of an answer or a meeting.
        level: the journalist's rating of the answer; None before one. ``remark`` comes with it.
    """

    id: UUID
    question: UUID
    request_id: UUID
    kind: DoorKind
    thread: UUID | None
    asked_at: datetime
    wanted_at: datetime | None
    level: DoorLevel | None = None
    remark: str = ""
    rated_at: datetime | None = None

    @property
    def root(self) -> UUID:
        """The first question of its thread."""
        return self.thread or self.question


def checked_person(given: Person) -> Person:
    """Give a journalist's particulars with clean text; raises UserError naming the field."""
    name = clean_line(given.name, field="name", limit=NAME_LIMIT, required=True)
    outlet = clean_line(given.outlet, field="outlet", limit=NAME_LIMIT, required=True)
    card = clean_line(given.card, field="card_number", limit=CARD_LIMIT, required=True)
    phone = clean_line(given.phone, field="phone", limit=PHONE_LIMIT, required=True)
    if not _PHONE.fullmatch(phone):
        raise UserError("door_phone_form", field="phone")
    return Person(name, outlet, card, checked_email(given.email), phone)


def checked_email(typed: str) -> str:
    """Give an address in the form in which it is compared; raises UserError("door_email_form")."""
    plain = clean_line(typed, field="email", limit=EMAIL_LIMIT, required=True).lower()
    if not _EMAIL.fullmatch(plain):
        raise UserError("door_email_form", field="email")
    return plain


def checked_passphrase(typed: str, email: str = "") -> str:
    """Give a passphrase long enough; raises UserError naming ``passphrase``."""
    if not PASSPHRASE_LEAST <= len(typed) <= PASSPHRASE_MOST:
        raise UserError(
            "door_passphrase_length", field="passphrase", least=PASSPHRASE_LEAST, most=PASSPHRASE_MOST
        )
    if len(set(typed)) < 5 or (email and typed.lower() == email):
        raise UserError("door_passphrase_weak", field="passphrase")
    return typed


def checked_asked(topic: str, text: str, wanted_at: datetime | None, now: datetime) -> tuple[str, str]:
    """Give topic and text of a question, clean.

    Raises:
        UserError: names ``topic``, ``body``, or ``wanted_at`` for a wish in the past or more than a year away.
    """
    clean = clean_line(topic, field="topic", limit=TOPIC_LIMIT, required=True)
    body = clean_text(text, field="body", limit=QUESTION_LIMIT, required=True)
    if wanted_at is not None and not now < wanted_at <= now + WISH_LIMIT:
        raise UserError("door_wish_time", field="wanted_at")
    return clean, body


def checked_meeting(meeting: Meeting | None, at: datetime | None, now: datetime) -> None:
    """Look at what is said to an appointment.

    Args:
        at: UTC; the agreed or offered moment.

    Raises:
        UserError: ``door_meeting_missing``; ``door_meeting_time``: accepted or moved without a moment to come.
    """
    if meeting is None:
        raise UserError("door_meeting_missing", field="meeting")
    if meeting is not Meeting.DECLINE and (at is None or at <= now):
        raise UserError("door_meeting_time", field="meeting_at")
