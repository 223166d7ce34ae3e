"""The journal of press contacts (sổ tiếp xúc báo chí): what a contact is and when an entry can be taken."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from spokesdesk.domain.answers import Answer, AnswerDraft, checked_answers
from spokesdesk.domain.companions import Companion, CompanionDraft, checked_companions
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import NAME_LIMIT, Ref
from spokesdesk.domain.text import clean_line, clean_text
from spokesdesk.domain.verification import Facts, Verification, VerificationKind

TOPIC_LIMIT = 250
TEXT_LIMIT = 20_000
QUESTION_LIMIT = 4_000
QUESTIONS_LIMIT = 50
GIVENS_LIMIT = 20
LATE_AFTER = timedelta(hours=24)
CLOCK_TOLERANCE = timedelta(minutes=5)


class Channel(StrEnum):
    """How the contact came (hình thức tiếp xúc)."""

    VISIT = "visit"
    PHONE = "phone"
    EMAIL = "email"
    INTERVIEW = "interview"
    ZALO = "zalo"
    FACEBOOK = "facebook"
    DOCUMENT = "document"
    PORTAL = "portal"
    CONFERENCE = "conference"
    BRIEFING = "briefing"
    PROVINCE = "province"  # gửi từ cơ quan quản lý báo chí của tỉnh; không ai chọn bằng tay


class GivenForm(StrEnum):
    """In which form information was given (hình thức cung cấp); counted for the annual report."""

    NONE = "none"
    ORAL = "oral"
    DOCUMENT = "document"
    PRESS_RELEASE = "press_release"
    EMAIL = "email"
    INTERVIEW = "interview"
    ZALO = "zalo"
    PORTAL = "portal"


class FileKind(StrEnum):
    """What a file kept with a contact is; on purpose there is no kind for identity papers.

    Source: NĐ 356/2025/NĐ-CP, Điều 4: images of identity papers are sensitive personal data.
    """

    OTHER = ""
    PRESS_CARD = "press_card"
    CARD_QR = "card_qr"
    LETTER = "letter"
    AUDIO = "audio"
    VIDEO = "video"
    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that was given to the press, and in which form."""

    text: str
    form: GivenForm


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file kept with a record, by the SHA-256 of its bytes.

    Attributes:
        sha256: 64 hex digits.
        size: bytes.
        kind: what it is, where the record tells its files apart.
    """

    sha256: str
    name: str
    size: int
    kind: FileKind = FileKind.OTHER


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline fixed on a record, with the law that set it, so that an old case keeps its rule.

    Attributes:
        due_at: UTC; None when the law gives no number.
        citation: căn cứ, e.g. "NĐ 237/2026/NĐ-CP, Điều 18(3)".
        confidence: verified, one_copy, conflicting or from_memory.
        note: what a person should know before relying on it.
        calendar_uncertain: days off in between are not known for certain, so the day may move.
    """

    rule_id: str
    due_at: datetime | None
    wording: str
    citation: str
    confidence: str
    note: str = ""
    calendar_uncertain: bool = False

    @property
    def cited(self) -> str:
        """The căn cứ as lists show it, marked where its text was never compared with the signed one."""
        if not self.citation or self.confidence in ("", "verified"):
            return self.citation
        return _("chưa xác minh: {citation}").format(citation=self.citation)


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """A contact as typed, before it is checked.

    Attributes:
        received_at: UTC, when the reporter came or called.
        outlet: name as typed or chosen; an unknown one is created.
        journalist: name as typed or chosen; "" when the person gave none.
        questions: one text a question.
        answer_event: event of the rule pack that starts an answer clock, "" for none.
        corrects: the entry that this one corrects, if any.
        occasion: name of the press conference or briefing, "" for none.
        companions: the other journalists; the one above stays the main one.
        answers: to the questions above, or to open ones of earlier entries.
        answered_by: who answered, unless an answer says otherwise.
        givens: what was given besides ``given``.
        recorded: sound or pictures were taken, and the journalist was told beforehand.
        follows: the entry that this one follows up, if any.
    """

    channel: Channel
    received_at: datetime
    outlet: str
    journalist: str
    topic: str
    outlet_id: UUID | None = None
    journalist_id: UUID | None = None
    verification: VerificationKind = VerificationKind.NONE
    facts: Facts = None
    questions: tuple[str, ...] = ()
    given: str = ""
    given_form: GivenForm = GivenForm.NONE
    follow_up: str = ""
    follow_up_on: date | None = None
    answer_event: str = ""
    attachments: tuple[Attachment, ...] = ()
    corrects: UUID | None = None
    occasion: str = ""
    companions: tuple[CompanionDraft, ...] = ()
    answers: tuple[AnswerDraft, ...] = ()
    answered_by: str = ""
    givens: tuple[Given, ...] = ()
    recorded: bool = False
    follows: UUID | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """One entry of the journal (một lần tiếp xúc); never edited in place, corrected by a later entry.

    Attributes:
        received_at: UTC, when it happened.
        entered_at: UTC, when it was written down.
        author: who wrote it.
        corrected_by: the later entry that corrects this one, if any.
        settled_at: UTC, when what was due or agreed was noted as done.
        answers: to its own questions, those given later too.
        replies: answers that this entry gave to questions of earlier ones.
        follows: the entry that this one follows up, if any.
    """

    id: UUID
    channel: Channel
    received_at: datetime
    entered_at: datetime
    outlet: Ref | None
    journalist: Ref | None
    topic: str
    verification: Verification
    author: Ref
    questions: tuple[str, ...] = ()
    given: str = ""
    given_form: GivenForm = GivenForm.NONE
    follow_up: str = ""
    follow_up_on: date | None = None
    due: Due | None = None
    attachments: tuple[Attachment, ...] = ()
    corrects: UUID | None = None
    corrected_by: UUID | None = None
    settled_at: datetime | None = None
    occasion: str = ""
    companions: tuple[Companion, ...] = ()
    answers: tuple[Answer, ...] = ()
    replies: tuple[Answer, ...] = ()
    answered_by: str = ""
    givens: tuple[Given, ...] = ()
    recorded: bool = False
    follows: UUID | None = None

    @property
    def all_givens(self) -> tuple[Given, ...]:
        """Everything that was given, in the order it was written down."""
        first = Given(self.given, self.given_form)
        return (first, *self.givens) if is_something(first) else self.givens

    @property
    def is_late(self) -> bool:
        """Whether the entry was written more than a day after the contact."""
        return self.entered_at - self.received_at > LATE_AFTER


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact as a list shows it.

    Attributes:
        n: arrival order, the key that lists page by.
        result: value of VerificationResult.
        others: how many journalists came besides the one named.
        late: whether it was written down more than a day after it happened.
    """

    n: int
    id: UUID
    received_at: datetime
    channel: Channel
    outlet: str
    journalist: str
    topic: str
    result: str
    author: str
    due_at: datetime | None
    corrected: bool
    others: int = 0
    late: bool = False


_ENDINGS = {
    FileKind.AUDIO: ("mp3", "m4a", "wav", "ogg", "opus", "amr", "aac", "wma", "flac"),
    FileKind.VIDEO: ("mp4", "mov", "avi", "mkv", "3gp", "webm", "wmv", "mts"),
    FileKind.PHOTO: ("jpg", "jpeg", "png", "heic", "webp", "bmp", "tif", "tiff", "gif"),
    FileKind.DOCUMENT: ("pdf", "doc", "docx", "odt", "xls", "xlsx", "ods", "ppt", "pptx", "txt", "rtf"),
}


def likely_kind(name: str) -> FileKind:
    """Give the kind of file that the ending of a name tells; a person may change it."""
    ending = name.rpartition(".")[2].casefold()
    return next((kind for kind, endings in _ENDINGS.items() if ending in endings), FileKind.OTHER)


def is_something(given: Given) -> bool:
    """Tell whether something was given: a text, or a form without one."""
    return bool(given.text) or given.form is not GivenForm.NONE


def checked(draft: ContactDraft, now: datetime) -> ContactDraft:
    """Give the draft with clean text, ready to become an entry.

    Args:
        draft: as typed.
        now: UTC.

    Raises:
        UserError: names the field: ``received_at`` in the future, nothing in ``topic``, neither outlet nor
            journalist, a text over its limit or with forbidden characters; as ``checked_companions`` and
            ``checked_answers`` do.
    """
    if draft.received_at > now + CLOCK_TOLERANCE:
        raise UserError("received_in_future", field="received_at")
    outlet = clean_line(draft.outlet, field="outlet", limit=NAME_LIMIT)
    journalist = clean_line(draft.journalist, field="journalist", limit=NAME_LIMIT)
    if not (outlet or journalist or draft.outlet_id or draft.journalist_id):
        raise UserError("who_missing", field="journalist")
    if len(draft.questions) > QUESTIONS_LIMIT:
        raise UserError("too_many_questions", field="questions", limit=QUESTIONS_LIMIT)
    questions = tuple(clean_text(q, field="questions", limit=QUESTION_LIMIT) for q in draft.questions)
    answers = _renumbered(draft.answers, questions)
    questions = tuple(q for q in questions if q)
    return replace(
        draft,
        outlet=outlet,
        journalist=journalist,
        topic=clean_line(draft.topic, field="topic", limit=TOPIC_LIMIT, required=True),
        questions=questions,
        given=clean_text(draft.given, field="given", limit=TEXT_LIMIT),
        follow_up=clean_text(draft.follow_up, field="follow_up", limit=TEXT_LIMIT),
        occasion=clean_line(draft.occasion, field="occasion", limit=NAME_LIMIT),
        companions=checked_companions(draft.companions, (journalist, outlet)),
        answers=checked_answers(answers, len(questions), now),
        answered_by=clean_line(draft.answered_by, field="answered_by", limit=NAME_LIMIT),
        givens=_checked_givens(draft.givens),
    )


def _renumbered(answers: tuple[AnswerDraft, ...], questions: tuple[str, ...]) -> tuple[AnswerDraft, ...]:
    """Keep each answer with its question when empty questions before it are left out."""
    places = {old: new for new, old in enumerate(at for at, text in enumerate(questions) if text)}
    return tuple(
        each if each.of else replace(each, question=places.get(each.question, len(questions)))
        for each in answers
    )


def _checked_givens(givens: tuple[Given, ...]) -> tuple[Given, ...]:
    clean = (replace(each, text=clean_text(each.text, field="givens", limit=TEXT_LIMIT)) for each in givens)
    kept = tuple(each for each in clean if is_something(each))
    if len(kept) > GIVENS_LIMIT:
        raise UserError("too_many_givens", field="givens", limit=GIVENS_LIMIT)
    return kept
