"""What a person sees of each record's and file's way: lists of any length, and the receipt of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.conflict_words import titled
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.services.listed import Listed
from spokesdesk.services.ports import Desk, SyncRow
from spokesdesk.services.ports.paging import Source
from spokesdesk.services.ports.sync import LedgerEntry, SetAside

# In the order in which a record goes through them.
STATES = ("queued", "sent", "accepted", "published", "withdrawn", "quarantined")


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file that a shared record names.

    Attributes:
        state: ``queued`` (to be sent), ``accepted`` (seen at the portal and here), ``wanted`` (to be fetched).
    """

    sha256: str
    name: str
    state: str


def ledger_list(desk: Desk, words: str = "", states: Sequence[str] = ()) -> Source[SyncRow]:
    """Give the ledger as a list to read by pages.

    Args:
        words: parts of titles, without accents; all of them are in a title.
        states: of ``STATES``; all without.
    """
    return Listed(
        desk, lambda unit: unit.sent.listed(states, words), lambda unit, numbers: unit.sent.rows_of(numbers)
    )


def ledger_counts(desk: Desk) -> dict[str, int]:
    """Give how many records are in each state; states without any are left out."""
    with desk.read() as unit:
        return unit.sent.counts()


def ledger_entry(desk: Desk, record: UUID) -> LedgerEntry:
    """Give all that is known of one record's way. Raises UserError("record_missing")."""
    with desk.read() as unit:
        found = unit.sent.entry(record)
    if found is None:
        raise UserError("record_missing", field="record", id=str(record))
    return found


def receipt_text(desk: Desk, entry: LedgerEntry, noun: str, state: str, reason: str) -> str:
    """Give the receipt (biên nhận) of a record as plain text, to be read and copied.

    Args:
        noun: what people call such a record.
        state: the state in words; ``reason`` too, "" for none.
    """
    with desk.read() as unit:
        place, agency = unit.outbox.enrolment(), unit.people.agency()
    row = entry.row
    lines = [
        (_("Cơ quan"), agency.name),
        (_("Loại"), noun),
        (_("Nội dung"), titled(row.entity, row.title)),
        (_("Mã"), str(row.record)),
        (_("Trạng thái"), state),
        (_("Lý do"), reason),
        (_("Lúc"), f"{to_vn(row.changed_at):%H:%M:%S %d/%m/%Y}"),
        (_("Địa chỉ công khai"), row.url),
        (_("Cổng"), place.portal if place else ""),
        (_("Máy gửi"), str(place.device) if place else ""),
        (_("Còn chờ"), _("{n} thay đổi").format(n=entry.waiting) if entry.waiting else ""),
        (_("Chờ từ"), _time(entry.since)),
        (_("Tệp (SHA-256)"), "\n  ".join(entry.files)),
    ]
    return "\n".join(f"{name}: {value}" for name, value in lines if value)


def _time(at: datetime | None) -> str:
    return f"{to_vn(at):%H:%M %d/%m/%Y}" if at else ""


def file_rows(desk: Desk) -> tuple[FileRow, ...]:
    """Give the files of shared records: those on their way first, then those that are at the portal."""
    with desk.read() as unit:
        basis = unit.outbox.basis()
        named = unit.file_names(shared=True)
        there = unit.portal_files.known(basis.cursor.epoch) if basis else frozenset()
    rows = []
    for sha256, name in named.items():
        is_here = desk.files.has(sha256)
        state = "wanted" if not is_here else "accepted" if sha256 in there else "queued"
        rows.append(FileRow(sha256, name, state))
    return tuple(sorted(rows, key=lambda row: (row.state == "accepted", row.state, row.name, row.sha256)))


def set_aside(desk: Desk) -> tuple[SetAside, ...]:
    """Give the records of colleagues that were set aside, because they bear a mark of secrecy."""
    with desk.read() as unit:
        return unit.replicas.aside()


def try_aside(desk: Desk) -> tuple[int, Changes]:
    """Try once more what was set aside, for marks and rules may have changed; give how many records are still."""
    with desk.write() as unit:
        left = unit.replicas.try_aside()
    return left, (Change("sync"),)
