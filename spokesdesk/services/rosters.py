"""Lists to publish: spokespeople, resident reporters, representative offices; never a journalist's own contacts."""

from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.errors import WaitError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.letters import LetterKind
from spokesdesk.domain.offices import Office
from spokesdesk.domain.papers import Paper
from spokesdesk.domain.people import Journalist
from spokesdesk.domain.rules import choose
from spokesdesk.domain.sheets import Sheet, as_body, as_html, as_text
from spokesdesk.domain.spokespeople import ENDINGS, Authorisation, SpeakerKind, StepKind
from spokesdesk.domain.text import given_name_key, short_date, vn_date
from spokesdesk.services.paper_moves import add_draft
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.templates import blank, wording

_CHANGED = "spokesperson_list_changed"


class Roster(StrEnum):
    """Which list."""

    SPOKESPEOPLE = "spokespeople"  # người phát ngôn
    RESIDENTS = "residents"  # phóng viên thường trú
    OFFICES = "offices"  # văn phòng đại diện


def sheet(desk: Desk, which: Roster, on: date | None = None) -> Sheet:
    """Give a list as it stands on a day.

    Args:
        on: the day in Vietnam; None for today.

    Source:
        Nghị định 244/2026/NĐ-CP, Điều 3 khoản 3 (what of a spokesperson is published);
        Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 16 (nothing of journalists that no law publishes).
    """
    day = on or vn_day(desk.now())
    words = wording("rosters")[which.value]
    with desk.read() as unit:
        agency = unit.people.agency()
        rows = _rows(unit, which, day)
    numbered = tuple((str(at), *cells) for at, cells in enumerate(rows, 1))
    return Sheet(
        title=words["title"],
        parent=agency.parent,
        agency=agency.name,
        lines=(words["as_of"].format(day=vn_date(day)),),
        columns=tuple((str(head), int(width)) for head, width in words["columns"]),
        rows=numbered or ((words["empty"],),),
    )


def changed_since(desk: Desk) -> tuple[datetime, str] | None:
    """Tell when the spokespeople last changed, and the căn cứ, if that was after the last time they were published.

    Returns:
        UTC, and the place that wants the list kept current; None while what was published is what holds.

    Source: Nghị định 244/2026/NĐ-CP, Điều 3 khoản 3.
    """
    with desk.read() as unit:
        known = [item for item in unit.spokespeople.all() if item.corrected_by is None]
    published = [
        step.at
        for item in known
        if item.published_at
        for step in item.steps
        if step.step is StepKind.PUBLISHED
    ]
    changes = [item.at for item in known]
    changes += [step.at for item in known for step in item.steps if step.step in ENDINGS]
    if not published or not changes or max(changes) <= max(published):
        return None
    found = choose(desk.rules, _CHANGED, vn_day(max(changes)))
    return max(changes), found[0].citation.text if found else ""


def html(desk: Desk, which: Roster, on: date | None = None) -> str:
    """Give a list as a piece of HTML to paste into the portal."""
    return as_html(sheet(desk, which, on))


def text(desk: Desk, which: Roster, on: date | None = None) -> str:
    """Give a list as plain text to paste into a message."""
    return as_text(sheet(desk, which, on))


def pdf(desk: Desk, which: Roster, on: date | None = None) -> bytes:
    """Give a list as a PDF of A4 pages."""
    from spokesdesk.typeset.sheet import sheet_pdf

    return sheet_pdf(sheet(desk, which, on))


def post(desk: Desk, which: Roster) -> Changes:
    """Post a list as it stands today: after the next round the public portal shows it in place of the last one.

    Raises:
        WaitError: ``not_enrolled``: this desk has no portal.

    Source: Nghị định 244/2026/NĐ-CP, Điều 3 khoản 3.
    """
    listed, at = sheet(desk, which), desk.now()
    actor = str(desk.member.id)
    with desk.write() as unit:
        ids = (desk.new_id(), desk.new_id())
        if not unit.public_lists.post(which.value, vn_day(at), listed, at, actor, ids):
            raise WaitError("not_enrolled")
    return (Change("sync"),)


def draft_notice(desk: Desk, which: Roster) -> tuple[Paper, Changes]:
    """Draft a notice (thông báo) with the list as its table, ready to submit, number and publish."""
    listed = sheet(desk, which)
    words = wording("rosters")[which.value]
    with desk.write() as unit:
        agency = unit.people.agency()
        narrow = _narrowed(listed, tuple(words["paper"]))
        around = [words[part].format(agency=agency.name) for part in ("opening", "closing")]
        body = as_body(replace(narrow, lines=(around[0],), notes=(around[1],)))
        letter = replace(
            blank(LetterKind.THONG_BAO, agency),
            subject=words["title"],
            body=body,
            recipients=tuple(words["recipients"]),
        )
        made = add_draft(desk, unit, letter, None)
    return made, (Change("paper", made.id),)


def _narrowed(listed: Sheet, heads: tuple[str, ...]) -> Sheet:
    """Give the list with these columns only: a paper stands, the list may lie."""
    places = [at for at, (head, _width) in enumerate(listed.columns) if head in heads]
    rows = tuple(row if len(row) == 1 else tuple(row[at] for at in places) for row in listed.rows)
    return replace(listed, columns=tuple(listed.columns[at] for at in places), rows=rows)


def _rows(unit: Unit, which: Roster, on: date) -> list[tuple[str, ...]]:
    match which:
        case Roster.SPOKESPEOPLE:
            held = [item for item in unit.spokespeople.all() if item.corrected_by is None]
            speaking = [item for item in held if item.holds_on(on)]
            return [_speaker(item) for item in sorted(speaking, key=_rank)]
        case Roster.RESIDENTS:
            return [_resident(who) for who in unit.people.journalists() if who.is_resident(on)]
        case Roster.OFFICES:
            return [_office(item) for item in unit.press.offices() if item.is_open(on)]


def _rank(item: Authorisation) -> tuple[int, str]:
    return list(SpeakerKind).index(item.kind), given_name_key(item.name)


def _speaker(item: Authorisation) -> tuple[str, ...]:
    kinds = {
        SpeakerKind.HEAD: _("Người đứng đầu cơ quan"),
        SpeakerKind.REGULAR: _("Người phát ngôn thường xuyên"),
        SpeakerKind.AUTHORISED: _("Người được ủy quyền phát ngôn"),
        SpeakerKind.DELEGATED: _("Cấp phó được phân công phát ngôn"),
    }
    last = item.last_day
    days = _("đến hết ngày {day}").format(day=short_date(last)) if last else ""
    told = "; ".join(part for part in (kinds[item.kind], item.scope, days) if part)
    return item.name, item.post, item.phone, item.email, told, item.number


def _resident(who: Journalist) -> tuple[str, ...]:
    return (
        who.name,
        who.outlet.name if who.outlet else "",
        who.resident_decision,
        _days(who.resident_from_on, who.resident_until_on),
    )


def _office(item: Office) -> tuple[str, ...]:
    reached = "\n".join(part for part in (item.phone, item.email) if part)
    return item.outlet.name, item.address, item.head, reached, _days(item.from_on, item.until_on)


def _days(first: date | None, last: date | None) -> str:
    if first and last:
        return _("{first} – {last}").format(first=short_date(first), last=short_date(last))
    if first:
        return _("từ {day}").format(day=short_date(first))
    return _("đến {day}").format(day=short_date(last)) if last else ""
