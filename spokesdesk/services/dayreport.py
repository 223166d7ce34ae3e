"""The daily report: contacts of the day, what is open, and the head of the chain in print."""

from datetime import date, timedelta
from uuid import UUID

from spokesdesk.domain.checkpoints import Checkpoint
from spokesdesk.domain.clock import end_of_day, start_of_day, to_vn, vn_day
from spokesdesk.domain.day_end import lines
from spokesdesk.domain.dayreport import DayReport, OpenItem, ReportedContact
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import Contact
from spokesdesk.domain.labels import value_label
from spokesdesk.domain.language import gettext as _
from spokesdesk.services.checkpoints import close_days, head_at_end
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.typeset.time_tokens import read_token


def report(desk: Desk, day: date | None = None) -> DayReport:
    """Give the report of a day.

    Args:
        day: Vietnamese day; None for today, whose head may still grow until midnight.

    Raises:
        UserError: ``day_in_future``.
    """
    now = desk.now()
    wanted = day or vn_day(now)
    if wanted > vn_day(now):
        raise UserError("day_in_future", field="date")
    close_days(desk)
    with desk.read() as unit:
        links, head, of_day = head_at_end(unit, wanted)
        kept = unit.checkpoints.of(wanted)
        return DayReport(
            agency=unit.people.agency().name,
            day=wanted,
            made_at=now,
            made_by=desk.member.name,
            contacts=tuple(_reported(entry) for entry in _contacts_of(unit, wanted, links, of_day)),
            open_items=_open(desk, unit),
            links=links,
            links_of_day=of_day,
            head=head,
            is_whole=wanted < vn_day(now),
            stamped=_stamp_words(kept),
        )


def report_pdf(desk: Desk, day: date | None = None) -> bytes:
    """Give the report of a day as a PDF of A4 pages; raises as ``report`` does."""
    from spokesdesk.typeset.dayreport import dayreport_pdf

    return dayreport_pdf(report(desk, day))


def print_report(desk: Desk, day: date | None = None, printer: str = "") -> str:
    """Print the report; gives the print job's name. Raises OutsideError when no printer takes it."""
    return desk.printer.print_pdf(report_pdf(desk, day), title=_("Báo cáo ngày"), printer=printer)


def _contacts_of(unit: Unit, day: date, links: int, of_day: int) -> list[Contact]:
    """Give the contacts received on a day, and those written into the journal on it."""
    start = start_of_day(day)
    found: dict[UUID, Contact] = {
        entry.id: entry for entry in unit.journal.between(start, start + timedelta(days=1))
    }
    for link in unit.chain.links(links - of_day):
        if link.n > links:
            break
        if link.kind == "contact" and link.entry not in found:
            found[link.entry] = unit.journal.get(link.entry)
    return sorted(found.values(), key=lambda entry: (entry.received_at, entry.entered_at))


def _reported(entry: Contact) -> ReportedContact:
    who = "\n".join(ref.name for ref in (entry.journalist, entry.outlet) if ref)
    received = to_vn(entry.received_at)
    late = entry.is_late or vn_day(entry.received_at) != vn_day(entry.entered_at)
    return ReportedContact(
        time=f"{received:%H:%M}" + (f"\n{received:%d/%m}" if late else ""),
        who=who or _("không nêu tên"),
        channel=str(value_label("channel", entry.channel.value)),
        topic=entry.topic,
        papers=entry.verification.result.wording,
        author=entry.author.name,
        notes="\n".join(_notes(entry)),
    )


def _notes(entry: Contact) -> list[str]:
    notes = [_("(ghi muộn)")] if entry.is_late else []
    notes += [_("(đính chính một mục đã ghi trước)")] if entry.corrects else []
    notes += [_("(đã được đính chính bằng mục sau)")] if entry.corrected_by else []
    return notes


def _open(desk: Desk, unit: Unit) -> tuple[OpenItem, ...]:
    """Give what is open in the journal, then every request nobody has answered."""
    of_contacts = [item for entry in unit.journal.due(500) for item in _open_items(desk, entry)]
    now = desk.now()
    of_requests = [
        OpenItem(
            asked.topic,
            _("{who}; đang chờ: {holder}").format(who=asked.who, holder=asked.holder or _("chưa ghi")),
            to_vn(asked.due_at).strftime("%H:%M %d/%m/%Y") if asked.due_at else "",
            asked.citation,
            asked.due_at is not None and asked.due_at < now,
        )
        for asked in lines(unit.requests.open(), {})
    ]
    return (*of_contacts, *of_requests)


def _open_items(desk: Desk, entry: Contact) -> list[OpenItem]:
    who = " · ".join(ref.name for ref in (entry.journalist, entry.outlet) if ref)
    holder = _("{who}; người ghi: {author}").format(who=who, author=entry.author.name)
    now, items = desk.now(), []
    if entry.due and entry.due.due_at:
        items.append(
            OpenItem(entry.topic, holder, entry.due.wording, entry.due.citation, entry.due.due_at < now)
        )
    if entry.follow_up_on:
        due = _("hẹn {day}").format(day=f"{entry.follow_up_on:%d/%m/%Y}")
        late = end_of_day(entry.follow_up_on) < now
        items.append(OpenItem(entry.follow_up or entry.topic, holder, due, "", late))
    return items


def _stamp_words(kept: Checkpoint | None) -> str:
    if kept is None or not kept.token:
        return ""
    said = read_token(kept.token, kept.hash)
    if not said.ok or said.at is None:
        return _("Dấu thời gian không đúng.")
    return _("Dấu thời gian của {authority}: {at}.").format(
        authority=said.authority, at=f"{to_vn(said.at):%H:%M:%S, %d/%m/%Y}"
    )
