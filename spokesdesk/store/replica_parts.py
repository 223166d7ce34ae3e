"""Which records are to be worked out anew because of an entry that came."""

from typing import Any
from uuid import UUID

from spokesdesk import wire
from spokesdesk.store.replica_tables import Spec

# Records to be worked out anew, by the table's name, in order.
Stale = dict[str, dict[UUID, None]]

# Which record an entry is a part of: (its table, the column that names it).
_PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "contact": (("contact", "id"), ("contact", "corrects")),
    "contact_companion": (("contact", "contact_id"),),
    "contact_answer": (("contact", "contact_id"), ("contact", "given_in")),
    # It says nothing of a contact that anybody searches for: only how it stands is worked out, by this name.
    "settlement": (("settlement", "contact_id"),),
    "request": (("request", "id"),),
    "request_step": (("request", "request_id"),),
    "case": (("case", "id"),),
    "case_text": (("case", "case_id"),),
    "case_move": (("case", "case_id"),),
    "evidence": (("case", "case_id"),),
    "rebuttal_round": (("rebuttal_round", "id"),),
    "round_step": (("rebuttal_round", "round_id"),),
    "incident": (("incident", "id"),),
    "incident_text": (("incident", "incident_id"),),
    "incident_step": (("incident", "incident_id"),),
    "paper": (("paper", "id"),),
    "paper_text": (("paper", "paper_id"),),
    "paper_move": (("paper", "paper_id"),),
    "article": (("article", "id"),),
    "news": (("news", "id"), ("news", "same_as")),
    "triage_step": (("news", "item_id"),),
    "claim": (("article", "article_id"),),
    "authorisation": (("authorisation", "id"), ("authorisation", "corrects")),
    "outlet": (("outlet", "id"),),
    "journalist": (("journalist", "id"),),
    "law_entry": (("law_entry", "id"),),
    "province_note": (("province_note", "id"),),
    "outlet_checklist": (("outlet_checklist", "id"),),
}


def sealed_part(spec: Spec, values: dict[str, Any]) -> dict[str, Any]:
    """Give what is to be kept of an entry until its key comes: what is sealed, and which records it is a part of."""
    kept = wire.SEALED_FIELDS[spec.entity] | {column for _table, column in _PARTS.get(spec.table.name, ())}
    return {name: value for name, value in values.items() if name in kept or name == wire.LINK}


def note(stale: Stale, spec: Spec, values: dict[str, Any], record: UUID | None = None) -> None:
    """Note which records are to be worked out anew because of a row.

    Args:
        record: its id, where the caller has it.
    """
    for table, column in _PARTS.get(spec.table.name, ()):
        if value := values.get(column):
            stale[table][record if record and column == "id" else UUID(value)] = None
