"""Notes and cases with words that stand nowhere else, one for each sealed field."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from spokesdesk.domain.answers import AnswerDraft
from spokesdesk.domain.cases import CaseDraft, CaseKind, CaseOutcome
from spokesdesk.domain.evidence import Taken
from spokesdesk.domain.journal import Channel, ContactDraft
from spokesdesk.services import cases, evidence, journal
from spokesdesk.services.ports import Desk

SEEN = "Báo Kimtước"


def visit(desk: Desk, topic: str = "topiccanary", **said: object) -> UUID:
    draft = ContactDraft(Channel.PHONE, desk.now() - timedelta(hours=1), SEEN, "Phạm Thu Hà", topic)
    return journal.log_contact(desk, replace(draft, **said))[0].id  # type: ignore[arg-type]


def full_visit(desk: Desk) -> UUID:
    return visit(
        desk,
        questions=("questioncanary thế nào?",),
        given="givencanary",
        follow_up="followcanary",
        answers=(AnswerDraft(0, "answercanary"),),
    )


FACTS = CaseDraft(
    CaseKind.HARASSMENT,
    "titlecanary",
    place="placecanary",
    person="personcanary",
    outlet="outletcanary",
    marks="markscanary",
    facts="factscanary đòi tiền.",
)


def full_case(desk: Desk, contact: UUID) -> UUID:
    made = cases.open_case(desk, replace(FACTS, contact_id=contact))[0]
    cases.save_facts(desk, made.id, replace(made.facts, facts="factscanary hai lần."), made.version)
    said = Taken(desk.now() - timedelta(hours=2), "takercanary", "notecanary")
    item = evidence.add_testimony(desk, made.id, "testimonycanary", said)[0]
    evidence.remark(desk, item.id, "custodycanary")
    cases.report(desk, made.id, ("toldcanary",), remark="remarkcanary")
    cases.close(desk, made.id, CaseOutcome.MISTAKE, "endcanary")
    return made.id
