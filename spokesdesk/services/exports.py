"""Lists written out: Excel, CSV, vCard."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.imports import FIELDS, Noun, SheetField
from spokesdesk.domain.imports.cells import Cell
from spokesdesk.domain.imports.fields import noun_titles
from spokesdesk.domain.journal import Contact, ContactRow
from spokesdesk.domain.labels import value_label
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Journalist, Outlet
from spokesdesk.domain.text import words_match
from spokesdesk.domain.vcard import journalist_card, outlet_card
from spokesdesk.services.imports.check import Progress, never, no_progress
from spokesdesk.services.journal import contact_list
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.paging import Source
from spokesdesk.services.ports.sheets import Column
from spokesdesk.services.privacy import note_quietly
from spokesdesk.services.writing import write_whole

PAGE = 500


def export_people(desk: Desk, noun: Noun, target: Path, words: str = "") -> int:
    """Write journalists or outlets to a file; its ending says how: .xlsx, .csv or .vcf.

    Args:
        words: only those that hold the words, accents aside, as the list on screen; "" for all.

    Returns:
        How many were written.

    Raises:
        UserError: ``export_kind``: another ending.
        OutsideError: ``file_unwritable``.
    """
    with desk.read() as unit:
        known: Sequence[Journalist | Outlet] = (
            unit.people.outlets() if noun is Noun.OUTLET else unit.people.journalists()
        )
    if noun is not Noun.OUTLET:
        note_quietly(desk, "journalist", None, "exported")
    found = [each for each in known if words_match(words, *_texts(noun, each))]
    if target.suffix.lower() in (".vcf", ".vcard"):
        cards = (outlet_card(each) if isinstance(each, Outlet) else journalist_card(each) for each in found)
        write_whole(target, "".join(cards).encode())
        return len(found)
    return _write(desk, noun, target, ([_cell(field, each) for field in FIELDS[noun]] for each in found))


def export_contacts(
    desk: Desk,
    target: Path,
    words: str = "",
    *,
    progress: Progress = no_progress,
    is_cancelled: Callable[[], bool] = never,
) -> int:
    """Write entries of the journal to a file, .xlsx or .csv, in the order of the list on screen.

    Args:
        words: only entries that hold the words, accents aside; "" for all.

    Returns:
        How many were written; stopping writes what was read so far.

    Raises:
        UserError: ``export_kind``.
        OutsideError: ``file_unwritable``.
    """
    note_quietly(desk, "contact", None, "exported")
    rows = _contacts(desk, contact_list(desk, words), progress, is_cancelled)
    return _write(desk, Noun.CONTACT, target, rows)


def _contacts(
    desk: Desk, listed: Source[ContactRow], progress: Progress, is_cancelled: Callable[[], bool]
) -> Iterator[list[Cell]]:
    listing = listed.whole(listed.open())
    for first in range(0, listing.count, PAGE):
        if is_cancelled():
            return
        rows = listed.page(listing, first, PAGE)
        with desk.read() as unit:
            found = [unit.journal.get(row.id) for row in rows]
        yield from map(_contact_cells, found)
        progress(min(first + PAGE, listing.count), listing.count)


def _contact_cells(entry: Contact) -> list[Cell]:
    at = to_vn(entry.received_at)
    said = {
        "received_on": at.date(),
        "received_time": f"{at:%H:%M}",
        "channel": value_label("channel", entry.channel.value),
        "journalist": entry.journalist.name if entry.journalist else "",
        "outlet": entry.outlet.name if entry.outlet else "",
        "topic": entry.topic,
        "given": entry.given,
        "follow_up": entry.follow_up,
    }
    return [said[field.name] for field in FIELDS[Noun.CONTACT]]  # type: ignore[misc]


def _write(desk: Desk, noun: Noun, target: Path, rows: Iterable[Sequence[Cell]]) -> int:
    columns = [Column(_(field.title), field.width) for field in FIELDS[noun]]
    ending = target.suffix.lower()
    if ending == ".csv":
        return desk.sheets.write_csv(target, columns, rows)
    if ending == ".xlsx":
        return desk.sheets.write_xlsx(target, noun_titles()[noun], columns, rows)
    raise UserError("export_kind", field="out", path=target.name)


def _cell(field: SheetField, record: Journalist | Outlet) -> Cell:
    value: Any = getattr(record, field.name, "")
    if field.name == "outlet" and isinstance(record, Journalist):
        return record.outlet.name if record.outlet else ""
    if field.name == "kind":
        return str(value_label("outlet_kind", value.value))
    return value if not isinstance(value, datetime) else to_vn(value)


def _texts(noun: Noun, record: Journalist | Outlet) -> list[str]:
    cells = [_cell(field, record) for field in FIELDS[noun]]
    return [cell for cell in cells if isinstance(cell, str)]
