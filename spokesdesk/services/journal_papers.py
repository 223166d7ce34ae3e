"""Papers of a contact: the journalist's slip, printed or as a PDF, and the minutes as a draft."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from spokesdesk.domain.answers import Answer, answers_by_question
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import to_vn, vn_day
from spokesdesk.domain.journal import Contact
from spokesdesk.domain.journal_words import channel_name, given_form_name
from spokesdesk.domain.letters import Letter, LetterKind, Signer, check
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.people import Agency, Member
from spokesdesk.domain.text import short_date, vn_date
from spokesdesk.services.paper_moves import add_draft
from spokesdesk.services.ports import Desk
from spokesdesk.services.templates import blank, wording


def slip(desk: Desk, contact_id: UUID) -> bytes:
    """Give the journalist's slip (phiếu tiếp nhận) of an entry as a PDF."""
    from spokesdesk.typeset.slip import slip_pdf

    with desk.read() as unit:
        return slip_pdf(unit.journal.get(contact_id), unit.people.agency(), wording("slip"))


def print_slip(desk: Desk, contact_id: UUID, printer: str = "") -> str:
    """Print the slip; gives the print job's name. Raises OutsideError when no printer takes it."""
    return desk.printer.print_pdf(slip(desk, contact_id), title="Phiếu tiếp nhận", printer=printer)


def draft_minutes(desk: Desk, contact_id: UUID) -> tuple[Paper, Changes]:
    """Draft the minutes (biên bản làm việc) of an entry as a paper, with what is known filled in.

    Returns:
        The draft, for two signers; what nobody noted (place, end of the meeting) stands as "…".

    Source: Nghị định 30/2020/NĐ-CP, Phụ lục III, mẫu 1.9.
    """
    with desk.write() as unit:
        entry = unit.journal.get(contact_id)
        letter = minutes(entry, unit.people.agency(), desk.member)
        check(letter)
        made = add_draft(desk, unit, letter, None)
        unit.journal.link_paper(contact_id, made.id)
    return made, (Change("paper", made.id), Change("contact", contact_id))


def minutes_of(desk: Desk, contact_id: UUID) -> tuple[UUID, ...]:
    """Give the minutes drawn up of an entry, the oldest first."""
    with desk.read() as unit:
        return unit.journal.papers_of(contact_id)


def minutes(entry: Contact, agency: Agency, member: Member) -> Letter:
    """Give the minutes of an entry as a letter."""
    words = wording("minutes")
    who = entry.journalist.name if entry.journalist else ""
    outlet = entry.outlet.name if entry.outlet else ""
    guest = Signer(tuple(words["guest_authority"]), who or outlet)
    host = Signer(tuple(words["host_authority"]), entry.answered_by or member.name)
    body = [
        *_opening(entry, agency, member, words),
        *_matters(entry, words),
        words["closing"],
        words["ending"],
    ]
    return replace(
        blank(LetterKind.BIEN_BAN, agency),
        subject=words["subject"].format(who=" – ".join(part for part in (who, outlet) if part)),
        body="\n\n".join(body),
        recipients=tuple(words["recipients"]),
        signers=(guest, host),
        copies=words["copies"],
    )


def _opening(entry: Contact, agency: Agency, member: Member, words: Mapping[str, Any]) -> list[str]:
    local = to_vn(entry.received_at)
    opening = words["opening"].format(
        time=f"{local.hour} giờ {local.minute:02d} phút",
        day=vn_date(vn_day(entry.received_at)).removeprefix("ngày "),
        place=plain(agency.address) or words["place_missing"],
        topic=plain(entry.topic),
    )
    first = " – ".join(ref.name for ref in (entry.journalist, entry.outlet) if ref)
    guests = [(first, entry.verification), *((each.name, each.verification) for each in entry.companions)]
    return [
        opening,
        words["present"],
        words["host"].format(agency=plain(agency.name)),
        *(
            words["host_person"].format(name=plain(name), post=plain(post))
            for name, post in _hosts(entry, member)
        ),
        words["guest"],
        *(
            words["guest_person"].format(
                name=plain(name), papers=checked.result.wording[:1].lower() + checked.result.wording[1:]
            )
            for name, checked in guests
        ),
    ]


def _hosts(entry: Contact, member: Member) -> list[tuple[str, str]]:
    own = (member.name, f", {member.post}" if member.post else "")
    if entry.answered_by and entry.answered_by != member.name:
        return [(entry.answered_by, ""), own]
    return [own]


def _matters(entry: Contact, words: Mapping[str, Any]) -> list[str]:
    occasion = f", {plain(entry.occasion)}" if entry.occasion else ""
    told = [words["matters"], words["channel"].format(channel=channel_name(entry.channel), occasion=occasion)]
    asked = zip(entry.questions, answers_by_question(entry.questions, entry.answers), strict=True)
    has_asked = bool(entry.questions or entry.replies)
    told += [words["questions"]] if has_asked else [words["no_questions"].format(topic=plain(entry.topic))]
    for n, (question, answers) in enumerate(asked, 1):
        told.append(words["question"].format(n=n, question=plain(question)))
        told += [_answered(each, words) for each in answers] or [words["answer_missing"]]
    for each in entry.replies:
        told += [words["earlier"].format(question=plain(each.asked)), _answered(each, words)]
    items = [
        words["given_item"].format(text=plain(each.text) or "…", form=given_form_name(each.form).lower())
        for each in entry.all_givens
    ]
    told += [words["given"], *items] if items else [words["given_nothing"]]
    if entry.follow_up or entry.follow_up_on:
        on = f" ({short_date(entry.follow_up_on)})" if entry.follow_up_on else ""
        told.append(words["follow_up"].format(follow_up=plain(entry.follow_up) or "…", on=on))
    return [*told, words["recorded"]] if entry.recorded else told


def _answered(answer: Answer, words: Mapping[str, Any]) -> str:
    by = f" ({plain(answer.answered_by)})" if answer.answered_by else ""
    return str(words["answer"].format(by=by, answer=plain(answer.text)))


def plain(text: str) -> str:
    """Give a text as one line of the letter's markup: its stars and bars are what somebody typed, not marks."""
    flat = " ".join(text.split())
    return "".join(f"\\{mark}" if mark in "*|#\\" else mark for mark in flat)
