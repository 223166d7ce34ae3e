"""What forms hold while one types: kept, offered back after a kill, dropped when the entry is written."""

from collections.abc import Mapping
from uuid import UUID

from spokesdesk.services.ports import Desk, SavedDraft
from spokesdesk.services.secrecy import require_unmarked


def save(desk: Desk, form: str, draft_id: UUID, values: Mapping[str, object]) -> SavedDraft:
    """Keep a form's content under its draft id, in place of what was kept before.

    Args:
        form: name of the form (contact, article, paper …).
        values: JSON-able content, as typed; nothing of it is changed.

    Raises:
        UserError: ``secret_marked``: it bears a mark of secrecy, nothing of it was written.
    """
    require_unmarked(values)
    kept = SavedDraft(draft_id, form, values, desk.now(), desk.actor.id if desk.actor else None)
    with desk.write() as unit:
        unit.drafts.save(kept)
    return kept


def all_drafts(desk: Desk) -> tuple[SavedDraft, ...]:
    """Give every draft kept, the newest first."""
    with desk.read() as unit:
        return unit.drafts.all()


def latest(desk: Desk, form: str, about: Mapping[str, object]) -> SavedDraft | None:
    """Give the newest draft of a form whose values say the same as ``about``, None when there is none."""
    found = (draft for draft in all_drafts(desk) if draft.form == form)
    return next(
        (draft for draft in found if all(draft.values.get(name) == value for name, value in about.items())),
        None,
    )


def drop(desk: Desk, draft_id: UUID) -> None:
    """Forget a draft, because it became an entry or its writer threw it away."""
    with desk.write() as unit:
        unit.drafts.drop(draft_id)
