"""Requests through the journalists' door of the portal: opened from questions, answered back to who asked.

What goes back is what the step that ends the request gives out: the answer, the ground of a refusal, the body it was
passed to. Remarks, assignments and what else the record holds stay on the desk.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

import msgspec

from spokesdesk import wire
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import moment_told, to_vn
from spokesdesk.domain.door import DoorKind, DoorRequest, Meeting
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import TOPIC_LIMIT, Channel, Due
from spokesdesk.domain.people import Journalist, Outlet, Ref, is_short_for, likely_kind
from spokesdesk.domain.requests import (
    AskerKind,
    Assignment,
    GivenAnswer,
    Request,
    RequestMove,
    RequestStep,
    Subject,
)
from spokesdesk.domain.text import short_date
from spokesdesk.services.inserting import named
from spokesdesk.services.journal import answer_due
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.request_opening import opened, wished
from spokesdesk.services.secrecy import require_unmarked
from spokesdesk.services.templates import wording

_SPACE = UUID("5c5f9a0e-0d3f-5a8b-8f0e-0c1f6f0f7d11")
_WHAT = {
    RequestMove.ANSWER: "answered",
    RequestMove.REFUSE: "refused",
    RequestMove.REFER: "referred",
    RequestMove.WITHDRAW: "withdrawn",
    RequestMove.REOPEN: "reopened",
    RequestMove.DEADLINE: "promised",
}


@dataclass(frozen=True, slots=True)
class MeetingSaid:
    """What is said to an appointment; ``at`` UTC."""

    meeting: Meeting
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DoorSeen:
    """A request that came through the door, for its page.

    Attributes:
        others: the other requests of its thread, the first first.
        sent: what was said to the journalist from this desk: the step, state and reason of its way.
    """

    door: DoorRequest
    others: tuple[tuple[UUID, str], ...]
    sent: tuple[tuple[RequestStep, str, str], ...]


def seen(desk: Desk, request_id: UUID) -> DoorSeen | None:
    """Give what the page of a request shows of the door; None for one that came another way."""
    with desk.read() as unit:
        found = unit.door.of_request(request_id)
        if found is None:
            return None
        request = unit.requests.get(request_id)
        words = {_word(found, step): step for step in request.steps}
        states = unit.door.states(list(words))
        sent = tuple((words[word], *state) for word, state in states.items())
        thread = [one.request_id for one in unit.door.of_thread(found.root) if one.request_id != request_id]
        others = tuple((other, unit.requests.get(other).topic) for other in thread)
    return DoorSeen(found, others, tuple(sorted(sent, key=lambda one: one[0].at)))


def open_asked(desk: Desk, item: wire.DoorItem) -> Changes:
    """Write a question down as a request, with its deadline by the law of its day; once, however often it comes.

    What bears a mark of secrecy is not taken in: the request says that it came, and nothing of what it says.
    """
    asked = item.asked
    asked_at = min(moment_told(asked.asked_at), desk.now())
    law = answer_due(desk, wording("door")["events"]["question"], asked_at)
    with desk.write() as unit:
        if unit.door.of_question(asked.id):
            return ()
        is_marked = _is_marked(asked)
        request = _request(desk, unit, item, asked_at, is_marked=is_marked)
        wanted_at = _wanted(asked, asked_at)
        made = opened(desk, request, _due(law, asked, wanted_at), Assignment(), "")
        unit.requests.add(made)
        thread = UUID(asked.thread) if asked.thread else None
        kind = DoorKind(asked.kind)
        door = DoorRequest(desk.new_id(), asked.id, made.id, kind, thread, asked_at, wanted_at)
        unit.door.add(door)
        taken = _taken(item, law, desk.now(), is_marked=is_marked)
        _say(desk, unit, made, taken, _word(door, made.steps[0]))
    changed = [Change("request", made.id)]
    changed += [Change("outlet", made.outlet.id)] if made.outlet else []
    changed += [Change("journalist", made.journalist.id)] if made.journalist else []
    return tuple(changed)


def _is_marked(asked: wire.DoorAsked) -> bool:
    try:
        require_unmarked({"topic": asked.topic, "questions": asked.text})
    except UserError:
        return True
    return False


def _request(desk: Desk, unit: Unit, item: wire.DoorItem, asked_at: datetime, *, is_marked: bool) -> Request:
    words = wording("door")["request"]
    topic, text = item.asked.topic, item.asked.text
    outlet, who = _people(desk, unit, item)
    if is_marked:
        topic, text = words["secret_topic"], words["secret_text"]
    if item.asked.kind == DoorKind.APPOINTMENT.value:
        topic = words["appointment"].format(topic=topic)[:TOPIC_LIMIT]
    return Request(
        id=desk.new_id(),
        asker_kind=AskerKind.PRESS,
        asker="",
        outlet=outlet,
        journalist=who,
        channel=Channel.PORTAL,
        received_at=asked_at,
        entered_at=desk.now(),
        author=desk.member.ref,
        event=wording("door")["events"]["question"],
        subject=Subject(topic, (text,)),
    )


def _people(desk: Desk, unit: Unit, item: wire.DoorItem) -> tuple[Ref, Ref]:
    """Give outlet and journalist as this desk knows them: by card, else by name at that outlet, else new."""
    outlet = _outlet(desk, unit, item.outlet)
    found = unit.people.journalists_named(item.name, outlet.id)
    same_card = [one for one in found if one.card_number and one.card_number == item.card]
    known = same_card or [one for one in found if not one.card_number]
    if known:
        return outlet, known[0].ref
    made = Journalist(
        desk.new_id(), item.name, outlet, phone=item.phone, email=item.email, card_number=item.card
    )
    unit.people.save_journalist(made)
    return outlet, made.ref


def _outlet(desk: Desk, unit: Unit, name: str) -> Ref:
    known = unit.people.outlets_named(name)
    known = known or tuple(one for one in unit.people.outlets() if is_short_for(name, one.name))
    if len(known) == 1 or (known and known[0].name == name):
        return known[0].ref
    made = Outlet(desk.new_id(), name, likely_kind(name))
    unit.people.save_outlet(made)
    return made.ref


def _wanted(asked: wire.DoorAsked, asked_at: datetime) -> datetime | None:
    wanted = moment_told(asked.wanted_at) if asked.wanted_at else None
    return wanted if wanted is not None and wanted > asked_at else None


def _due(law: Due | None, asked: wire.DoorAsked, wanted_at: datetime | None) -> Due | None:
    if wanted_at is None:
        return wished(law, None, "")
    words = wording("door")["request"]
    which = "meeting" if asked.kind == DoorKind.APPOINTMENT.value else "wish"
    return wished(law, wanted_at, words[which].format(moment=_said(wanted_at)))


def _taken(item: wire.DoorItem, law: Due | None, now: datetime, *, is_marked: bool) -> wire.DoorReply:
    due_at = law.due_at.isoformat() if law and law.due_at else ""
    told = (due_at, law.wording[:500], law.citation[:500]) if law else ("", "", "")
    made = wire.DoorReply(item.asked.id, "taken", now.isoformat(), "", *told)
    # With the question goes back what a restored portal may have lost; not what must not lie here.
    return made if is_marked else msgspec.structs.replace(made, asked=item.asked, seal=item.seal)


def tell_asker(
    desk: Desk, unit: Unit, after: Request, step: RequestStep, meeting: MeetingSaid | None = None
) -> None:
    """Tell the journalist what a step means for the question, in the transaction that makes it."""
    door = unit.door.of_request(after.id) if after.channel is Channel.PORTAL else None
    if door is None or step.move not in _WHAT:
        return
    due = step.due.due_at if step.move is RequestMove.DEADLINE and step.due else None
    made = wire.DoorReply(
        question=door.question,
        what=_WHAT[step.move],  # type: ignore[arg-type]
        at=step.at.isoformat(),
        text=_text(unit, step).removeprefix(_line(meeting)).strip(),
        due_at=due.isoformat() if due else "",
        paper=str(step.answer.paper_id) if step.answer and step.answer.paper_id else "",
        meeting=meeting.meeting.value if meeting else "",
        meeting_at=meeting.at.isoformat() if meeting and meeting.at else "",
    )
    _say(desk, unit, after, made, _word(door, step))


def _text(unit: Unit, step: RequestStep) -> str:
    words = wording("door")["answer"]
    match step.move:
        case RequestMove.ANSWER if step.answer:
            paper = named(unit.papers.get(step.answer.paper_id)) if step.answer.paper_id else ""
            told = words["paper"].format(paper=paper) if paper else ""
            return "\n\n".join(part for part in (step.answer.text, told) if part)
        case RequestMove.REFUSE if step.ground:
            ground = step.ground
            return str(
                words["refused"].format(citation=ground.citation, ground=ground.text, reason=step.remark)
            )
        case RequestMove.REFER:
            return str(words["referred"].format(to=step.refer_to))
    return ""


def answer_with(given: GivenAnswer, meeting: MeetingSaid | None) -> GivenAnswer:
    """Give the answer as the record keeps it: what is said to an appointment stands before its text."""
    if meeting is None:
        return given
    return replace(given, text="\n\n".join(part for part in (_line(meeting), given.text.strip()) if part))


def _line(meeting: MeetingSaid | None) -> str:
    """Give what is said to an appointment as the record keeps it; the journalist reads hour and answer apart."""
    if meeting is None:
        return ""
    moment = _said(meeting.at) if meeting.at else ""
    return str(wording("door")["answer"][meeting.meeting.value].format(moment=moment))


def _say(desk: Desk, unit: Unit, request: Request, made: wire.DoorReply, word: UUID) -> None:
    words = wording("door")["answer"]
    title = words["taken" if made.what == "taken" else "title"].format(topic=request.topic)
    actor = str(desk.actor.id) if desk.actor else ""
    unit.door.say(made, title, desk.now(), actor, (word, desk.new_id()))


def _word(door: DoorRequest, step: RequestStep) -> UUID:
    return uuid5(_SPACE, f"{door.question}:{step.id}")


def _said(at: datetime) -> str:
    local = to_vn(at)
    return f"{local:%H:%M} {short_date(local.date())}"
