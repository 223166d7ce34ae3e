"""An incident of the demonstration workspace: its clocks run, one agency agreed, another has not answered."""

from datetime import timedelta
from typing import Any

from spokesdesk.domain.incidents import IncidentDraft, Stance
from spokesdesk.services import incidents
from spokesdesk.services.ports import Desk


def furnish_incident(desk: Desk, item: dict[str, Any]) -> None:
    """Open an incident taken in some hours ago: evidence, a draft of its first statement, a text to agree on."""
    now = desk.now()
    draft = IncidentDraft(
        title=item["title"],
        happened_at=now - timedelta(hours=15),
        received_at=now - timedelta(hours=13, minutes=20),
        impact_at=now - timedelta(hours=5),
        place=item["place"],
        lead=item["lead"],
        participants=tuple(item["participants"]),
        facts=item["facts"].strip(),
    )
    opened, _changes = incidents.open_incident(desk, draft)
    report = desk.files.put_bytes(item["report"].strip().encode(), "bao-cao-nhanh.txt")
    incidents.add_evidence(desk, opened.id, [report], item["report_from"])
    incidents.draft_statement(desk, opened.id)
    worded, _changes = incidents.word(desk, opened.id, item["text"].strip())
    sha256 = worded.wordings[-1].sha256
    agency, person = item["agreed_by"]
    incidents.agree(desk, opened.id, agency, person, Stance.AGREED, sha256=sha256)
