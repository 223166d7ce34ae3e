"""Between incidents and their rows: clocks, statements, texts and answers as JSON, and the words to find them by."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from spokesdesk.domain.incidents import (
    Agreement,
    Incident,
    IncidentClock,
    IncidentDraft,
    IncidentMove,
    IncidentRow,
    IncidentScope,
    IncidentState,
    IncidentStep,
    IncidentVersion,
    Stance,
    Statement,
    StatementForm,
    Wording,
)
from spokesdesk.domain.journal import Due
from spokesdesk.domain.people import Ref
from spokesdesk.store.request_rows import due_value
from spokesdesk.store.rows import RowValues, file_record, file_value

_SAME = ("title", "happened_at", "received_at", "impact_at", "asked_at", "place", "lead", "facts")


def following_values(made: Incident) -> dict[str, object]:
    """Give the columns that follow the entries of an incident."""
    facts, first = made.facts, next(iter(made.running), None)
    known = (facts.happened_at, facts.received_at, facts.impact_at, facts.asked_at)
    return {
        "title": facts.title,
        "state": made.state.value,
        "scope": facts.scope.value,
        "lead": facts.lead,
        "began_at": min((at for at in known if at is not None), default=made.opened_at),
        "due_at": made.due_at,
        "citation": first.due.cited if first else "",
        "version": made.version,
        "saved_at": made.saved_at,
    }


def version_values(incident_id: UUID, text_id: UUID, saved: IncidentVersion) -> dict[str, object]:
    """Give the columns of a saved version."""
    return {
        "id": text_id,
        "incident_id": incident_id,
        "version": saved.version,
        **{name: getattr(saved.facts, name) for name in _SAME},
        "scope": saved.facts.scope.value,
        "participants": list(saved.facts.participants),
        "clocks": [_clock_value(clock) for clock in saved.clocks],
        "at": saved.at,
        "author_id": saved.by.id,
        "author_name": saved.by.name,
    }


def step_values(step: IncidentStep) -> dict[str, object]:
    """Give the columns of a step."""
    return {
        "id": step.id,
        "incident_id": step.incident_id,
        "move": step.move.value,
        "target": step.target.value,
        "at": step.at,
        "author_id": step.by.id,
        "author_name": step.by.name,
        "remark": step.remark,
        "done_at": step.done_at,
        "told": list(step.to),
        "paper_id": step.paper_id,
        "detail": _detail(step),
    }


def version_record(row: RowValues) -> IncidentVersion:
    """Give a saved version from its row."""
    facts = IncidentDraft(
        scope=IncidentScope(row["scope"]),
        participants=tuple(row["participants"]),
        **{name: row[name] for name in _SAME},
    )
    clocks = tuple(_clock(value) for value in row["clocks"])
    return IncidentVersion(
        row["version"], facts, clocks, row["at"], Ref(row["author_id"], row["author_name"])
    )


def step_record(row: RowValues) -> IncidentStep:
    """Give a step from its row."""
    detail = row["detail"]
    return IncidentStep(
        id=row["id"],
        incident_id=row["incident_id"],
        move=IncidentMove(row["move"]),
        target=IncidentState(row["target"]),
        at=row["at"],
        by=Ref(row["author_id"], row["author_name"]),
        remark=row["remark"],
        done_at=row["done_at"],
        to=tuple(row["told"]),
        paper_id=row["paper_id"],
        statement=_statement(detail.get("statement")),
        wording=_wording(detail.get("wording")),
        agreement=_agreement(detail.get("agreement")),
        files=tuple(file for value in detail.get("files", ()) if (file := file_record(value)) is not None),
    )


def incident_record(row: RowValues, now: IncidentVersion, steps: Sequence[IncidentStep]) -> Incident:
    """Give an incident from its row, its latest version and its steps."""
    return Incident(
        id=row["id"],
        facts=now.facts,
        clocks=now.clocks,
        state=steps[-1].target if steps else IncidentState(row["state"]),
        version=now.version,
        opened_at=row["opened_at"],
        saved_at=row["saved_at"],
        author=Ref(row["author_id"], row["author_name"]),
        steps=tuple(steps),
    )


def row_record(row: RowValues) -> IncidentRow:
    """Give a line of the list."""
    return IncidentRow(
        n=row["n"],
        id=row["id"],
        title=row["title"],
        state=IncidentState(row["state"]),
        scope=IncidentScope(row["scope"]),
        opened_at=row["opened_at"],
        due_at=row["due_at"],
        citation=row["citation"],
        lead=row["lead"],
        author=row["author_name"],
    )


def incident_words(made: Incident) -> str:
    """Give the text by which an incident is found: facts, agencies, all that was said and noted."""
    facts = made.facts
    words = [facts.facts, facts.place, facts.lead, *facts.participants, facts.scope.wording]
    for step in made.steps:
        words += [step.remark, *step.to]
        words += [step.statement.text, step.statement.speaker] if step.statement else []
        words += [step.wording.text] if step.wording else []
        words += [file.name for file in step.files]
        words += [step.agreement.agency, step.agreement.person] if step.agreement else []
    return " · ".join(dict.fromkeys(word for word in words if word))


def _detail(step: IncidentStep) -> dict[str, object]:
    found: dict[str, object] = {}
    if step.statement:
        said = step.statement
        found["statement"] = {
            "said_at": said.said_at.isoformat(),
            "form": said.form.value,
            "speaker": said.speaker,
            "text": said.text,
        }
    if step.wording:
        text = step.wording
        paper = str(text.paper_id) if text.paper_id else None
        found["wording"] = {
            "version": text.version,
            "text": text.text,
            "sha256": text.sha256,
            "paper_id": paper,
        }
    if step.agreement:
        given = step.agreement
        found["agreement"] = {
            "agency": given.agency,
            "person": given.person,
            "stance": given.stance.value,
            "sha256": given.sha256,
        }
    if step.files:
        found["files"] = [file_value(file) for file in step.files]
    return found


def _clock_value(clock: IncidentClock) -> dict[str, object]:
    return {
        "event": clock.event,
        "title": clock.title,
        "trigger": clock.trigger,
        "trigger_at": clock.trigger_at.isoformat(),
        "due": due_value(clock.due),
    }


def _clock(value: RowValues) -> IncidentClock:
    due, moment = value["due"], value["due"]["due_at"]
    return IncidentClock(
        event=value["event"],
        title=value["title"],
        trigger=value["trigger"],
        trigger_at=datetime.fromisoformat(value["trigger_at"]),
        due=Due(**{**due, "due_at": datetime.fromisoformat(moment) if moment else None}),
    )


def _statement(value: RowValues | None) -> Statement | None:
    if value is None:
        return None
    said_at = datetime.fromisoformat(value["said_at"])
    return Statement(said_at, StatementForm(value["form"]), value["speaker"], value["text"])


def _wording(value: RowValues | None) -> Wording | None:
    if value is None:
        return None
    paper = value["paper_id"]
    return Wording(value["version"], value["text"], value["sha256"], UUID(paper) if paper else None)


def _agreement(value: RowValues | None) -> Agreement | None:
    if value is None:
        return None
    return Agreement(value["agency"], value["person"], Stance(value["stance"]), value["sha256"])
