"""Sheets of false posts (M21): filled in from an item, printed, filed."""

from pathlib import Path
from uuid import UUID

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.false_posts import FalsePost, FalsePostDraft, checked_false_post
from spokesdesk.services.ports import Desk
from spokesdesk.services.templates import wording
from spokesdesk.services.writing import write_whole


def proposed(desk: Desk, item_id: UUID) -> FalsePostDraft:
    """Give the sheet of an item as it was saved last, or what the item itself says of the post."""
    with desk.read() as unit:
        item, saved = unit.monitoring.get(item_id), unit.kept_pages.false_post(item_id)
    if saved is not None:
        return saved.draft
    return FalsePostDraft(network=item.where, poster=item.byline, post=item.text or item.title)


def save(
    desk: Desk, item_id: UUID, draft: FalsePostDraft, draft_id: UUID | None = None
) -> tuple[FalsePost, Changes]:
    """Write a version of the sheet; raises UserError naming ``post`` or ``fact``."""
    made = FalsePost(desk.new_id(), item_id, checked_false_post(draft), desk.now(), desk.member.ref)
    with desk.write() as unit:
        unit.monitoring.get(item_id)
        unit.kept_pages.save_false_post(made)
        if draft_id is not None:
            unit.drafts.drop(draft_id)
    return made, (Change("news", item_id),)


def pdf(desk: Desk, item_id: UUID) -> bytes:
    """Give the sheet as a PDF of A4 pages; raises UserError("record_missing") when there is none yet."""
    from spokesdesk.typeset.false_post import false_post_pdf

    with desk.read() as unit:
        sheet = unit.kept_pages.false_post(item_id)
        if sheet is None:
            raise UserError("record_missing", field="id", id=item_id)
        return false_post_pdf(
            sheet,
            unit.monitoring.get(item_id),
            unit.monitoring.steps(item_id),
            unit.kept_pages.of(item_id),
            unit.people.agency(),
            wording("false_post"),
        )


def export(desk: Desk, item_id: UUID, target: Path) -> Path:
    """Write the sheet as a PDF file; raises OutsideError("file_unwritable")."""
    write_whole(target, pdf(desk, item_id))
    return target


def print_sheet(desk: Desk, item_id: UUID, printer: str = "") -> str:
    """Print the sheet; gives the printer's job. Raises OutsideError when no printer takes it."""
    return desk.printer.print_pdf(pdf(desk, item_id), title=wording("false_post")["title"], printer=printer)
