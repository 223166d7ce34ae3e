"""Between requests and their rows: what a step holds as JSON, and a request from its row and its steps."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from spokesdesk.domain.journal import Channel, Due, GivenForm
from spokesdesk.domain.labels import value_label
from spokesdesk.domain.people import Ref
from spokesdesk.domain.requests import (
    AskerKind,
    Assignment,
    CitedGround,
    GivenAnswer,
    Request,
    RequestMove,
    RequestRow,
    RequestState,
    RequestStep,
    Subject,
)
from spokesdesk.domain.text import fold
from spokesdesk.store.rows import RowValues


def request_values(made: Request) -> dict[str, object]:
    """Give the columns of a request that the chain commits to."""
    return {
        "id": made.id,
        "asker_kind": made.asker_kind.value,
        "asker": made.asker,
        "outlet_id": made.outlet.id if made.outlet else None,
        "outlet_name": made.outlet.name if made.outlet else "",
        "journalist_id": made.journalist.id if made.journalist else None,
        "journalist_name": made.journalist.name if made.journalist else "",
        "channel": made.channel.value,
        "received_at": made.received_at,
        "entered_at": made.entered_at,
        "event": made.event,
        "author_id": made.author.id,
        "author_name": made.author.name,
        "note_id": made.note_id,
    }


def following_values(made: Request) -> dict[str, object]:
    """Give the columns that follow the steps of a request."""
    owner, closing = made.assignment.owner, made.closing
    return {
        "topic": made.topic,
        "contact_id": made.subject.contact_id,
        "state": made.state.value,
        "owner_id": owner.id if owner else None,
        "owner_name": owner.name if owner else "",
        "lead_unit": made.assignment.lead_unit,
        "holder": made.holder,
        "holder_fold": fold(made.holder),
        "due_at": made.due.due_at if made.due else None,
        "citation": made.due.cited if made.due else "",
        "closed_at": closing.at if closing else None,
    }


def step_values(step: RequestStep) -> dict[str, object]:
    """Give the columns of a step."""
    return {
        "id": step.id,
        "request_id": step.request_id,
        "move": step.move.value,
        "target": step.target.value,
        "at": step.at,
        "author_id": step.by.id,
        "author_name": step.by.name,
        "remark": step.remark,
        "paper_id": step.paper_id,
        "detail": _detail(step),
    }


def request_words(made: Request) -> tuple[str, str]:
    """Give title and text by which a request is found."""
    answered = [step.answer for step in made.steps if step.answer]
    owner = made.assignment.owner
    parts = [
        made.who,
        str(value_label("request_state", made.state.value)),
        *made.subject.questions,
        owner.name if owner else "",
        made.assignment.lead_unit,
        *made.assignment.shared,
        made.holder,
        *(part for answer in answered for part in (answer.text, answer.given_to)),
        *(step.refer_to for step in made.steps),
        *(step.remark for step in made.steps),
    ]
    return made.topic, " · ".join(part for part in parts if part)


def request_record(row: RowValues, steps: Iterable[RequestStep]) -> Request:
    """Give a request from its row, as its steps have left it: they are what the chain vouches for."""
    author = _ref(row, "author")
    assert author is not None
    made = Request(
        id=row["id"],
        asker_kind=AskerKind(row["asker_kind"]),
        asker=row["asker"],
        outlet=_ref(row, "outlet"),
        journalist=_ref(row, "journalist"),
        channel=Channel(row["channel"]),
        received_at=row["received_at"],
        entered_at=row["entered_at"],
        author=author,
        event=row["event"],
        subject=Subject(row["topic"]),
        note_id=row["note_id"],
    )
    for step in steps:
        made = made.after(step)
    return made


def step_record(row: RowValues) -> RequestStep:
    """Give a step from its row."""
    detail = row["detail"]
    return RequestStep(
        id=row["id"],
        request_id=row["request_id"],
        move=RequestMove(row["move"]),
        target=RequestState(row["target"]),
        at=row["at"],
        by=Ref(row["author_id"], row["author_name"]),
        remark=row["remark"],
        subject=_subject(detail.get("subject")),
        assignment=_assignment(detail.get("assignment")),
        holder=detail.get("holder", ""),
        due=due_record(detail.get("due")),
        answer=_answer(detail.get("answer")),
        ground=CitedGround(**detail["ground"]) if "ground" in detail else None,
        refer_to=detail.get("refer_to", ""),
        paper_id=row["paper_id"],
    )


def row_record(row: RowValues) -> RequestRow:
    """Give a line of the list."""
    names = " – ".join(name for name in (row["journalist_name"], row["outlet_name"]) if name)
    return RequestRow(
        n=row["n"],
        id=row["id"],
        received_at=row["received_at"],
        who=names or row["asker"],
        topic=row["topic"],
        state=RequestState(row["state"]),
        owner=row["owner_name"],
        lead_unit=row["lead_unit"],
        holder=row["holder"],
        due_at=row["due_at"],
        closed_at=row["closed_at"],
        citation=row["citation"],
    )


def _detail(step: RequestStep) -> dict[str, object]:
    found: dict[str, object] = {}
    if step.subject:
        found["subject"] = {
            "topic": step.subject.topic,
            "questions": list(step.subject.questions),
            "contact_id": _id_text(step.subject.contact_id),
        }
    if step.assignment:
        owner = step.assignment.owner
        found["assignment"] = {
            "owner": [str(owner.id), owner.name] if owner else None,
            "lead_unit": step.assignment.lead_unit,
            "shared": list(step.assignment.shared),
        }
    if step.due:
        found["due"] = due_value(step.due)
    if step.answer:
        found["answer"] = {
            "text": step.answer.text,
            "form": step.answer.form.value,
            "given_to": step.answer.given_to,
            "given_at": step.answer.given_at.isoformat(),
            "paper_id": _id_text(step.answer.paper_id),
        }
    if step.ground:
        ground = step.ground
        found["ground"] = {
            "id": ground.id,
            "text": ground.text,
            "citation": ground.citation,
            "confidence": ground.confidence,
        }
    found |= {key: text for key, text in (("holder", step.holder), ("refer_to", step.refer_to)) if text}
    return found


def due_value(due: Due) -> dict[str, object]:
    """Give a deadline as JSON."""
    return {
        "rule_id": due.rule_id,
        "due_at": due.due_at.isoformat() if due.due_at else None,
        "wording": due.wording,
        "citation": due.citation,
        "confidence": due.confidence,
        "note": due.note,
        "calendar_uncertain": due.calendar_uncertain,
    }


def due_record(value: RowValues | None) -> Due | None:
    """Give a deadline from its JSON."""
    if value is None:
        return None
    moment = value["due_at"]
    return Due(**{**value, "due_at": datetime.fromisoformat(moment) if moment else None})


def _subject(value: RowValues | None) -> Subject | None:
    if value is None:
        return None
    return Subject(value["topic"], tuple(value["questions"]), _id(value["contact_id"]))


def _assignment(value: RowValues | None) -> Assignment | None:
    if value is None:
        return None
    owner = value["owner"]
    return Assignment(
        Ref(UUID(owner[0]), owner[1]) if owner else None, value["lead_unit"], tuple(value["shared"])
    )


def _answer(value: RowValues | None) -> GivenAnswer | None:
    if value is None:
        return None
    given_at = datetime.fromisoformat(value["given_at"])
    return GivenAnswer(
        value["text"], GivenForm(value["form"]), value["given_to"], given_at, _id(value["paper_id"])
    )


def _ref(row: RowValues, noun: str) -> Ref | None:
    found = row[f"{noun}_id"]
    return Ref(found, row[f"{noun}_name"]) if found is not None else None


def _id_text(found: UUID | None) -> str | None:
    return str(found) if found else None


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
