"""What the contact form holds: kept as a draft, read as a ``ContactDraft`` when it is saved."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from uuid import UUID

from spokesdesk.domain.clock import parse_date, parse_time, to_vn
from spokesdesk.domain.journal import Attachment, Channel, Contact, ContactDraft, GivenForm
from spokesdesk.domain.verification import VerificationKind
from spokesdesk.gui.journal.facts import day_text, facts_of, typed_of
from spokesdesk.gui.journal.questions import numbered, split_questions

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

    def as_json(self) -> dict[str, object]:
        """Give the draft's content."""
        return asdict(self) | {"attachments": [dict(item) for item in self.attachments]}

    def has_content(self) -> bool:
        """Whether something was entered that would be missed; the prefilled time and channel do not count."""
        texts = (self.journalist, self.outlet, self.topic, self.questions, self.given, self.follow_up)
        ticks = any(isinstance(value, str) and value.strip() for value in self.typed.values())
        return any(text.strip() for text in texts) or ticks or bool(self.attachments)

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
            attachments=tuple(_attachment(item) for item in self.attachments),
            corrects=_id(self.corrects),
        )


_TEXTS = tuple(name for name in Values.__dataclass_fields__ if name not in ("typed", "attachments"))


def from_json(content: Json) -> Values:
    """Give what a draft held; what an older version wrote differently is left out."""
    texts = {name: value for name in _TEXTS if isinstance(value := content.get(name), str)}
    typed, files = content.get("typed"), content.get("attachments")
    read = replace(
        Values(),
        typed={str(k): v for k, v in typed.items() if isinstance(v, str | bool)}
        if isinstance(typed, Mapping)
        else {},
        attachments=tuple(item for item in files if isinstance(item, Mapping))
        if isinstance(files, list | tuple)
        else (),
        **texts,
    )
    return replace(
        read,
        channel=read.channel if read.channel in list(Channel) else Channel.VISIT.value,
        kind=read.kind if read.kind in list(VerificationKind) else VerificationKind.NONE.value,
        given_form=read.given_form if read.given_form in list(GivenForm) else GivenForm.NONE.value,
    )


def correction_of(entry: Contact, answer_event: str = "") -> Values:
    """Give the form that corrects an entry: everything it says, ready to be changed.

    Args:
        entry: what is corrected.
        answer_event: event that started its answer clock, "" for none.
    """
    return Values(
        channel=entry.channel.value,
        received=moment_text(entry.received_at),
        journalist=entry.journalist.name if entry.journalist else "",
        journalist_id=str(entry.journalist.id) if entry.journalist else "",
        outlet=entry.outlet.name if entry.outlet else "",
        outlet_id=str(entry.outlet.id) if entry.outlet else "",
        kind=entry.verification.kind.value,
        typed=typed_of(entry.verification.facts),
        topic=entry.topic,
        questions=numbered(entry.questions),
        given=entry.given,
        given_form=entry.given_form.value,
        follow_up=entry.follow_up,
        follow_up_on=day_text(entry.follow_up_on),
        answer_event=answer_event,
        attachments=tuple(asdict(item) for item in entry.attachments),
        corrects=str(entry.id),
        corrects_title=f"{moment_text(entry.received_at)} · {entry.topic}",
    )


def moment_text(at: datetime) -> str:
    """Give a moment as it is typed, ``20/11/2026 09:15``."""
    return f"{to_vn(at):%d/%m/%Y %H:%M}"


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _attachment(item: Json) -> Attachment:
    return Attachment(str(item["sha256"]), str(item["name"]), int(str(item["size"])))
