"""Texts that the portal merged from two people's: who sent the later one saves them as the next version."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from spokesdesk.domain.papers import PaperState
from spokesdesk.domain.people import Ref
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.sync import Merged

_WRITABLE = frozenset({PaperState.DRAFT, PaperState.RETURNED, PaperState.SUBMITTED})


def save_merged(desk: Desk, unit: Unit, merged: Sequence[Merged]) -> bool:
    """Save merged texts as versions of their own, in the transaction that learned of them; True when there were any."""
    made = [save_text(desk, unit, one.entity, one.record, one.fields, one.actor) for one in merged]
    return any(made)


def save_text(
    desk: Desk, unit: Unit, entity: str, record: UUID, fields: Mapping[str, object], actor: str
) -> bool:
    """Save what a text says from now on as its next version; nothing when it says so already, or is frozen.

    Args:
        record: as the portal knows it.
        fields: what becomes other.
        actor: id of the member whose words they are.
    """
    subject = unit.replicas.subject_of(entity, record)
    if subject is None:
        return False
    if subject[0] == "paper" and unit.papers.get(subject[1]).state not in _WRITABLE:
        return False
    by = next((one.ref for one in unit.people.members(active_only=False) if str(one.id) == actor), None)
    by = by or (Ref(desk.actor.id, desk.actor.name) if desk.actor else None)
    return by is not None and unit.replicas.save_text(
        entity, subject[1], fields, desk.new_id(), desk.now(), by
    )
