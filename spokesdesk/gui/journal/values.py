"""What the contact form holds: kept as a draft, read as a ``ContactDraft`` when it is saved."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from spokesdesk.domain.clock import parse_date, parse_time, to_vn
from spokesdesk.domain.journal import Attachment, Channel, ContactDraft, FileKind, GivenForm
from spokesdesk.domain.verification import VerificationKind
from spokesdesk.gui.journal.facts import facts_of
from spokesdesk.gui.journal.parts import answer_drafts, companion_draft, given, has_text
from spokesdesk.gui.questions import split_questions

_TITLE = 60

Json = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Values:
    """The inputs of the form as they stand, texts as typed.

    Attributes:
        outlet_id: the outlet chosen from the list, "" when the name is not one of those.
        journalist_id: the same of the journalist.
        typed: inputs of the verification, by field name.
        attachments: kept files, as ``{"sha256": …, "name": …, "size": …}``.
        corrects: id of the entry that is corrected, "" for none.
        corrects_title: how that entry is called in the form's head.
        companions: the other journalists, as ``CompanionRow.value`` gives them.
        answers: as ``AnswerRow.value`` gives them.
        givens: what was given besides ``given``, as ``GivenRow.value`` gives it.
        follows: id of the entry that is followed up, "" for none.
        follows_title: how that entry is called in the form's head.
    """

    channel: str = Channel.VISIT.value
    received: str = ""
    journalist: str = ""
    journalist_id: str = ""
    outlet: str = ""
    outlet_id: str = ""
    kind: str = VerificationKind.NONE.value
    typed: dict[str, str | bool] = field(default_factory=dict)
    topic: str = ""
    questions: str = ""
    given: str = ""
    given_form: str = GivenForm.NONE.value
    answer_event: str = ""
    follow_up: str = ""
    follow_up_on: str = ""
    attachments: tuple[Json, ...] = ()
    corrects: str = ""
    corrects_title: str = ""
    occasion: str = ""
    answered_by: str = ""
    recorded: bool = False
    companions: tuple[Json, ...] = ()
    answers: tuple[Json, ...] = ()
    givens: tuple[Json, ...] = ()
    follows: str = ""
    follows_title: str = ""

    def as_json(self) -> dict[str, object]:
        """Give the draft's content."""
        return asdict(self) | {name: [dict(item) for item in getattr(self, name)] for name in _LISTS}

    def has_content(self) -> bool:
        """Whether something was entered that would be missed; the prefilled time and channel do not count."""
        who = (self.journalist, self.outlet, self.occasion, self.answered_by)
        texts = (*who, self.topic, self.questions, self.given, self.follow_up)
        ticks = any(isinstance(value, str) and value.strip() for value in self.typed.values())
        rows = any(has_text(item) for item in (*self.companions, *self.answers, *self.givens))
        return any(text.strip() for text in texts) or ticks or rows or bool(self.attachments)

    def title(self) -> str:
        """Give a few words by which a draft is recognised; "" when there is none yet."""
        who = self.journalist.strip() or self.outlet.strip()
        title = " · ".join(part for part in (who, self.topic.strip()) if part)
        return title if len(title) <= _TITLE else f"{title[: _TITLE - 1].rstrip()}…"

    def draft(self, now: datetime) -> ContactDraft:
        """Give the contact as typed; raises UserError naming the input that cannot be read."""
        kind = VerificationKind(self.kind)
        return ContactDraft(
            channel=Channel(self.channel),
            received_at=parse_time(self.received, now=now, field="received_at"),
            outlet=self.outlet,
            journalist=self.journalist,
            topic=self.topic,
            outlet_id=_id(self.outlet_id),
            journalist_id=_id(self.journalist_id),
            verification=kind,
            facts=facts_of(kind, self.typed, strict=True),
            questions=split_questions(self.questions),
            given=self.given,
            given_form=GivenForm(self.given_form),
            follow_up=self.follow_up,
            follow_up_on=parse_date(self.follow_up_on, field="follow_up_on")
            if self.follow_up_on.strip()
            else None,
            answer_event=self.answer_event,
            attachments=tuple(_attachment(item) for item in self.attachments if "sha256" in item),
            corrects=_id(self.corrects),
            occasion=self.occasion if self.channel in OCCASIONS else "",
            companions=tuple(companion_draft(item) for item in self.companions),
            answers=answer_drafts(self.answers, split_questions(self.questions), now),
            answered_by=self.answered_by,
            givens=tuple(given(item) for item in self.givens if has_text(item)),
            recorded=self.recorded,
            follows=_id(self.follows),
        )


# Where a contact has an occasion with a name.
OCCASIONS = (Channel.CONFERENCE.value, Channel.BRIEFING.value)
_LISTS = ("attachments", "companions", "answers", "givens")
_TEXTS = tuple(name for name in Values.__dataclass_fields__ if name not in ("typed", "recorded", *_LISTS))


def from_json(content: Json) -> Values:
    """Give what a draft held; what an older version wrote differently is left out."""
    texts: dict[str, Any] = {name: value for name in _TEXTS if isinstance(value := content.get(name), str)}
    typed = content.get("typed")
    read = replace(
        Values(),
        typed={str(k): v for k, v in typed.items() if isinstance(v, str | bool)}
        if isinstance(typed, Mapping)
        else {},
        recorded=content.get("recorded") is True,
        attachments=_rows(content.get("attachments")),
        companions=_rows(content.get("companions")),
        answers=_rows(content.get("answers")),
        givens=_rows(content.get("givens")),
    )
    read = replace(read, **texts)
    return replace(
        read,
        channel=read.channel if read.channel in list(Channel) else Channel.VISIT.value,
        kind=read.kind if read.kind in list(VerificationKind) else VerificationKind.NONE.value,
        given_form=read.given_form if read.given_form in list(GivenForm) else GivenForm.NONE.value,
    )


def moment_text(at: datetime) -> str:
    """Give a moment as it is typed, ``20/11/2026 09:15``."""
    return f"{to_vn(at):%d/%m/%Y %H:%M}"


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _rows(value: object) -> tuple[Json, ...]:
    return (
        tuple(item for item in value if isinstance(item, Mapping)) if isinstance(value, list | tuple) else ()
    )


def _attachment(item: Json) -> Attachment:
    kind = item.get("kind", "")
    known = FileKind(str(kind)) if kind in list(FileKind) else FileKind.OTHER
    return Attachment(str(item["sha256"]), str(item["name"]), int(str(item["size"])), known)
