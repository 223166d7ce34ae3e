"""Who may speak for the agency (người phát ngôn, người được ủy quyền phát ngôn), since when, until when, on what."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.people import NAME_LIMIT, NOTE_LIMIT, Ref
from spokesdesk.domain.text import clean_line, clean_text, fold

SCOPE_LIMIT = 1000
REMARK_LIMIT = 1000
CLOCK_TOLERANCE = timedelta(minutes=5)
# How people are addressed before their names; not part of the name.
_ADDRESSES = ("đồng chí ", "đ/c ", "ông ", "bà ")


class SpeakerKind(StrEnum):
    """By what right somebody speaks (tư cách phát ngôn)."""

    HEAD = "head"  # người đứng đầu cơ quan
    REGULAR = "regular"  # người phát ngôn thường xuyên
    AUTHORISED = "authorised"  # người được ủy quyền, một vụ việc, có thời hạn
    DELEGATED = "delegated"  # cấp phó được phân công, giao phát ngôn


class StepKind(StrEnum):
    """What became of an authorisation."""

    ENDED = "ended"  # kết thúc
    WITHDRAWN = "withdrawn"  # bị thu hồi
    RESUMED = "resumed"  # bỏ lần ghi kết thúc
    PUBLISHED = "published"  # đã công bố
    UNPUBLISHED = "unpublished"  # bỏ lần ghi công bố
    LETTER = "letter"  # đã soạn giấy ủy quyền


# Those who speak by somebody else's will; they may not pass it on (NĐ 244/2026, Điều 3 khoản 6).
HOLDERS = frozenset({SpeakerKind.REGULAR, SpeakerKind.AUTHORISED, SpeakerKind.DELEGATED})
# Those whose right is a written authorisation for a limited time (NĐ 244/2026, Điều 3 khoản 5).
BY_LETTER = frozenset({SpeakerKind.AUTHORISED, SpeakerKind.DELEGATED})
ENDINGS = frozenset({StepKind.ENDED, StepKind.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class AuthorisationStep:
    """One thing that became of an authorisation; an entry of the journal of its own.

    Attributes:
        on: the first day on which an ended or withdrawn one holds no more.
        happened_at: UTC, when the holder was published.
        remark: reason, or the address of the public page.
        paper_id: the drafted letter.
        at: UTC, when it was written down.
    """

    id: UUID
    authorisation_id: UUID
    step: StepKind
    at: datetime
    by: Ref
    on: date | None = None
    happened_at: datetime | None = None
    remark: str = ""
    paper_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AuthorisationDraft:
    """An authorisation as typed.

    Attributes:
        decided_at: UTC, when the decision was signed.
        authorised_by: the head who gives it.
        scope: the matter, or the field, spoken about.
        until_on: the last day; None for one without an end.
        phone: public office phone, never a private one.
        email: official e-mail (thư điện tử công vụ).
        corrects: the entry that this one puts right.
    """

    kind: SpeakerKind
    name: str
    from_on: date
    until_on: date | None = None
    post: str = ""
    decision_number: str = ""
    decided_at: datetime | None = None
    issuing_body: str = ""
    authorised_by: str = ""
    authorised_by_post: str = ""
    scope: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""
    member_id: UUID | None = None
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True)
class Authorisation:
    """Somebody's right to speak for the agency, as written down once; see ``AuthorisationDraft`` for the fields.

    Attributes:
        steps: what became of it, the oldest first.
        letter_number: số, ký hiệu of the drafted letter once it is numbered.
        corrected_by: the entry that puts this one right.
    """

    id: UUID
    kind: SpeakerKind
    name: str
    from_on: date
    until_on: date | None
    at: datetime
    author: Ref
    post: str = ""
    decision_number: str = ""
    decided_at: datetime | None = None
    issuing_body: str = ""
    authorised_by: str = ""
    authorised_by_post: str = ""
    scope: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""
    member: Ref | None = None
    corrects: UUID | None = None
    corrected_by: UUID | None = None
    steps: tuple[AuthorisationStep, ...] = ()
    letter_number: str = ""

    @property
    def ending(self) -> AuthorisationStep | None:
        """How it came to its end before its time, if it did and that was not taken back."""
        found = [step for step in self.steps if step.step in ENDINGS or step.step is StepKind.RESUMED]
        return found[-1] if found and found[-1].step in ENDINGS else None

    @property
    def published_at(self) -> datetime | None:
        """When the holder was published (UTC), if it was written down."""
        found = [step for step in self.steps if step.step in (StepKind.PUBLISHED, StepKind.UNPUBLISHED)]
        return found[-1].happened_at if found else None

    @property
    def letter_id(self) -> UUID | None:
        """The paper last drafted as its letter."""
        return next((step.paper_id for step in reversed(self.steps) if step.paper_id), None)

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; None without an end."""
        days = [self.until_on] if self.until_on else []
        if self.ending and self.ending.on:
            days.append(self.ending.on - timedelta(days=1))
        return min(days, default=None)

    @property
    def number(self) -> str:
        """Number of the decision, or of the authorisation letter drafted here."""
        return self.decision_number or self.letter_number

    @property
    def is_written(self) -> bool:
        """Whether the paper that the right rests on exists; a head speaks by office."""
        return self.kind is SpeakerKind.HEAD or bool(self.number)

    def holds_on(self, on: date) -> bool:
        """Tell whether it is valid on a day."""
        last = self.last_day
        return self.is_written and self.from_on <= on and (last is None or on <= last)


def bare_name(name: str) -> str:
    """Give a person's name without the form of address: ``Ông Lê Văn Ấn`` → ``Lê Văn Ấn``."""
    text = " ".join(name.split())
    folded = text.lower()
    found = next((len(words) for words in _ADDRESSES if folded.startswith(words)), 0)
    return text[found:]


def is_named(held: Authorisation, name: str) -> bool:
    """Tell whether the holder has this name, accents, case and form of address aside."""
    return fold(held.name) == fold(bare_name(name))


def checked_authorisation(draft: AuthorisationDraft, now: datetime) -> AuthorisationDraft:
    """Give the draft with clean text.

    Args:
        draft: as typed.
        now: UTC.

    Raises:
        UserError: names the field: missing name, giver, matter, end or decision; days in the wrong order.

    Source: Nghị định 244/2026/NĐ-CP, Điều 3 khoản 2, 5 (văn bản, vụ việc cụ thể, thời hạn).
    """
    lines: dict[str, Any] = {
        field: clean_line(getattr(draft, field), field=field, limit=NAME_LIMIT) for field in _LINES
    }
    clean = replace(
        draft,
        name=bare_name(clean_line(draft.name, field="name", limit=NAME_LIMIT, required=True)),
        scope=clean_text(draft.scope, field="scope", limit=SCOPE_LIMIT),
        note=clean_text(draft.note, field="note", limit=NOTE_LIMIT),
        authorised_by=bare_name(clean_line(draft.authorised_by, field="authorised_by", limit=NAME_LIMIT)),
        **lines,
    )
    _require_basis(clean)
    if clean.until_on is not None and clean.until_on < clean.from_on:
        raise UserError("authorisation_days", field="until_on")
    if clean.decided_at is not None and clean.decided_at > now + CLOCK_TOLERANCE:
        raise UserError("decision_in_future", field="decided_at")
    return clean


_LINES = ("post", "decision_number", "issuing_body", "authorised_by_post", "phone", "email")


def _require_basis(clean: AuthorisationDraft) -> None:
    """Refuse what a kind cannot do without."""
    if clean.kind is SpeakerKind.REGULAR:
        if not clean.decision_number:
            raise UserError("authorisation_needs_decision", field="decision_number")
        if clean.decided_at is None:
            raise UserError("authorisation_needs_moment", field="decided_at")
    if clean.kind in BY_LETTER and not clean.authorised_by:
        raise UserError("authorisation_needs_giver", field="authorised_by")
    if clean.kind is SpeakerKind.AUTHORISED:
        if not clean.scope:
            raise UserError("authorisation_needs_scope", field="scope")
        if clean.until_on is None:
            raise UserError("authorisation_needs_end", field="until_on")


def require_no_redelegation(clean: AuthorisationDraft, held: tuple[Authorisation, ...], law: str) -> None:
    """Refuse an authorisation given by somebody who only speaks by authorisation.

    Args:
        clean: the checked draft.
        held: every authorisation known, corrected ones aside.
        law: the căn cứ named in the error.

    Raises:
        UserError: ``authorised_by_self`` or ``redelegation``, naming ``authorised_by``.

    Source: Nghị định 09/2017/NĐ-CP, Điều 3 khoản 7; Nghị định 244/2026/NĐ-CP, Điều 3 khoản 6.
    """
    if not clean.authorised_by:
        return
    if clean.kind is not SpeakerKind.HEAD and fold(clean.authorised_by) == fold(clean.name):
        raise UserError("authorised_by_self", field="authorised_by", name=clean.name, law=law)
    giver = [item for item in held if item.id != clean.corrects and is_named(item, clean.authorised_by)]
    now_held = [item for item in giver if item.holds_on(clean.from_on)]
    if any(item.kind is SpeakerKind.HEAD for item in now_held):
        return
    if any(item.kind in HOLDERS for item in now_held):
        raise UserError("redelegation", field="authorised_by", name=clean.authorised_by, law=law)
