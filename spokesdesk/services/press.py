"""What belongs to an outlet: its representative offices here, and checklists filled for it."""

from collections.abc import Mapping
from functools import cache
from uuid import UUID

from spokesdesk import assets
from spokesdesk.domain import checklists as rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.checklists import Checklist, Criteria, CriterionGroup, Seen, seen_words
from spokesdesk.domain.clock import to_vn, vn_day
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.offices import Office, checked_office
from spokesdesk.domain.people import Agency
from spokesdesk.domain.sheets import Sheet
from spokesdesk.domain.text import short_date
from spokesdesk.services.ports import Desk

_CRITERIA = "bao_hoa.toml"


@cache
def criteria() -> Criteria:
    """Give the list of criteria that comes with the program; raises UserError("checklist_malformed")."""
    return rules.read_criteria(assets.read_text("checklists", _CRITERIA))


def asked(desk: Desk, outlet_id: UUID) -> tuple[CriterionGroup, ...]:
    """Give the criteria that concern an outlet today."""
    with desk.read() as unit:
        kind = unit.people.outlet(outlet_id).kind
    return criteria().asked(kind, vn_day(desk.now()))


def fill_checklist(
    desk: Desk,
    outlet_id: UUID,
    given: Mapping[str, tuple[Seen, str]],
    note: str = "",
    draft_id: UUID | None = None,
) -> tuple[Checklist, Changes]:
    """Write down what was seen of an outlet; an entry of the journal, never a verdict.

    Args:
        given: id of a criterion → what was seen, and the evidence.
        note: free remark.
        draft_id: the autosaved draft that this entry replaces.

    Raises:
        UserError: ``checklist_empty``; ``checklist_evidence`` naming the criterion.

    Source: Quyết định 1418/QĐ-BTTTT (22/07/2022).
    """
    now = desk.now()
    with desk.write() as unit:
        outlet = unit.people.outlet(outlet_id)
        answers = rules.answered(criteria().asked(outlet.kind, vn_day(now)), given)
        made = Checklist(
            desk.new_id(),
            outlet.ref,
            criteria().id,
            criteria().source,
            answers,
            now,
            desk.member.ref,
            rules.clean_note(note),
        )
        unit.press.add_checklist(made)
        if draft_id is not None:
            unit.drafts.drop(draft_id)
    return made, (Change("outlet", outlet.id),)


def checklists(desk: Desk, outlet_id: UUID) -> tuple[Checklist, ...]:
    """Give the checklists filled for an outlet, the newest first."""
    with desk.read() as unit:
        return unit.press.checklists(outlet_id)


def checklist(desk: Desk, checklist_id: UUID) -> Checklist:
    """Give one filled checklist."""
    with desk.read() as unit:
        return unit.press.checklist(checklist_id)


def checklist_pdf(desk: Desk, checklist_id: UUID) -> bytes:
    """Give a filled checklist as a PDF of A4 pages."""
    from spokesdesk.typeset.sheet import sheet_pdf

    with desk.read() as unit:
        found, agency = unit.press.checklist(checklist_id), unit.people.agency()
    return sheet_pdf(_sheet(found, agency))


def _sheet(found: Checklist, agency: Agency) -> Sheet:
    """Give a filled checklist as a table; what was not checked is printed too."""
    rows: list[tuple[str, ...]] = []
    group = ""
    for at, item in enumerate(found.answers, 1):
        if item.group != group:
            group = item.group
            rows.append((group,))
        rows.append((str(at), item.text, seen_words()[item.seen], item.evidence))
    who = _("Người đối chiếu: {name}, {moment}").format(
        name=found.author.name, moment=f"{to_vn(found.at):%H:%M} {short_date(vn_day(found.at))}"
    )
    columns = ((_("STT"), 12), (_("Tiêu chí"), 72), (_("Ghi nhận"), 24), (_("Đã thấy gì, ở đâu"), 62))
    notes = (*((found.note,) if found.note else ()), criteria().note)
    lines = (found.outlet.name, who, _("Căn cứ: {source}").format(source=found.source))
    return Sheet(criteria().title, agency.parent, agency.name, lines, columns, tuple(rows), notes)


def save_office(desk: Desk, changed: Office) -> tuple[Office, Changes]:
    """Add or renew a representative office; raises UserError naming the field."""
    clean = checked_office(changed)
    with desk.write() as unit:
        unit.press.save_office(clean)
    return clean, (Change("outlet", clean.outlet.id),)


def drop_office(desk: Desk, office_id: UUID) -> tuple[Office, Changes]:
    """Take an office away; gives it, so that ``save_office`` can bring it back."""
    with desk.write() as unit:
        gone = unit.press.office(office_id)
        unit.press.drop_office(office_id)
    return gone, (Change("outlet", gone.outlet.id),)


def offices(desk: Desk, outlet_id: UUID | None = None) -> tuple[Office, ...]:
    """Give the representative offices of one outlet, or all."""
    with desk.read() as unit:
        return unit.press.offices(outlet_id)
