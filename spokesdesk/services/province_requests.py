"""Requests of the province at an agency's desk: opened from its notes with their deadline, answered back to it."""

from datetime import datetime
from uuid import UUID

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.journal import TOPIC_LIMIT, Channel
from spokesdesk.domain.people import NAME_LIMIT
from spokesdesk.domain.province import TITLE_LIMIT, Note, NoteDraft, NoteKind, Standing
from spokesdesk.domain.requests import AskerKind, Assignment, Request, RequestMove, RequestStep, Subject
from spokesdesk.domain.text import short_date
from spokesdesk.services.inserting import named
from spokesdesk.services.journal import answer_due
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.request_opening import opened, wished
from spokesdesk.services.templates import wording


def open_asked(desk: Desk, note: Note) -> Changes:
    """Write a request of the province down, once: it names the note, and a desk that does it again does nothing.

    Its id is its own: of two desks that both write the note down each has an entry that stands in its chain.

    The deadline is that of the law in force when the request was sent; where the law names no day, the wish stands.
    """
    asked_at = min(note.at, desk.now())
    due = wished(answer_due(desk, wording("province")["events"]["ask"], asked_at), *_wish(note, asked_at))
    with desk.write() as unit:
        if note.id not in {each.id for each in unit.province.unopened()}:
            return ()
        made = Request(
            id=desk.new_id(),
            asker_kind=AskerKind.AGENCY,
            asker=note.agency[:NAME_LIMIT],
            outlet=None,
            journalist=None,
            channel=Channel.PROVINCE,
            received_at=asked_at,
            entered_at=desk.now(),
            author=desk.member.ref,
            event=wording("province")["events"]["ask"],
            subject=Subject(
                note.title[:TOPIC_LIMIT], tuple(part for part in note.text.split("\n\n") if part)[:20]
            ),
            note_id=note.id,
        )
        unit.requests.add(opened(desk, made, due, Assignment(), ""))
    return (Change("request", made.id),)


def _wish(note: Note, asked_at: datetime) -> tuple[datetime | None, str]:
    """Give until when an answer is wished, where that is after the request."""
    wanted = note.due.due_at if note.due else None
    if wanted is None or wanted <= asked_at:
        return None, ""
    local = to_vn(wanted)
    moment = f"{local:%H:%M} {short_date(local.date())}"
    return wanted, wording("province")["request"]["wish"].format(moment=moment)


def answer_back(desk: Desk, unit: Unit, before: Request, step: RequestStep) -> None:
    """Tell the province how its request ended, in the transaction that ends it; only what was answered goes out."""
    if before.channel is not Channel.PROVINCE or unit.province.place().standing is not Standing.AGENCY:
        return
    text = _text(unit, step)
    if not text:
        return
    words = wording("province")["answer"]
    note = Note(
        id=desk.new_id(),
        kind=NoteKind.ANSWER,
        title=words["title"].format(title=before.topic)[:TITLE_LIMIT],
        text=text,
        at=step.at,
        by=step.by.name,
        recipient=NoteDraft(NoteKind.ANSWER, "").recipient,
        about=before.note_id or before.id,  # one of before schema 33 bears the note's own id
        extra={"outcome": step.target.value},
    )
    unit.province.write(note, step.by)


def _text(unit: Unit, step: RequestStep) -> str:
    words = wording("province")["answer"]
    match step.move:
        case RequestMove.ANSWER if step.answer:
            paper = _paper(unit, step.answer.paper_id)
            told = words["paper"].format(paper=paper) if paper else ""
            return "\n\n".join(part for part in (step.answer.text, told) if part)
        case RequestMove.REFUSE if step.ground:
            return str(
                words["refused"].format(
                    citation=step.ground.citation, ground=step.ground.text, reason=step.remark
                )
            )
        case RequestMove.REFER:
            return str(words["referred"].format(to=step.refer_to, reason=step.remark)).strip()
        case RequestMove.REOPEN:
            return str(words["reopened"].format(reason=step.remark)).strip()
    return ""


def _paper(unit: Unit, paper_id: UUID | None) -> str:
    return named(unit.papers.get(paper_id)) if paper_id else ""
