"""What a row of the address book says of a journalist, an outlet or a spokesperson."""

from datetime import date, datetime

from spokesdesk.domain.clock import vn_day
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.people import Journalist, Outlet, OutletKind
from spokesdesk.domain.spokespeople import Authorisation, SpeakerKind
from spokesdesk.domain.standing import SOON
from spokesdesk.domain.text import short_date
from spokesdesk.gui.people.kinds import outlet_kinds, speaker_kinds
from spokesdesk.gui.widgets.rowlist import RowCells

Record = Journalist | Outlet | Authorisation


def texts_to_search(record: Record) -> tuple[str, ...]:
    """Give the texts in which a search looks."""
    match record:
        case Outlet():
            more = (record.head_name, record.licence_number, record.channels, record.remit)
            reached = (record.address, record.phone, record.email, record.website)
            return (record.name, record.governing_body, *reached, *more)
        case Authorisation():
            return (record.name, record.post, record.scope, record.number, record.authorised_by)
    outlet = record.outlet.name if record.outlet else ""
    return (record.name, outlet, record.phone, record.zalo, record.email, record.card_number)


def cells_of(record: Record, now: datetime | None) -> RowCells:
    """Give the words of a row; ``now`` tells whether a right still holds."""
    match record:
        case Outlet():
            return _outlet(record)
        case Authorisation():
            return _speaker(record, vn_day(now) if now else date.min)
    return _journalist(record, vn_day(now) if now else date.min)


def _outlet(record: Outlet) -> RowCells:
    told = " · ".join(part for part in (record.governing_body, record.phone) if part)
    kind = "" if record.kind is OutletKind.OTHER else dict(outlet_kinds())[record.kind]
    return RowCells(record.name, "", "", told or _("Chưa ghi cơ quan chủ quản"), kind, quiet=True)


def _journalist(record: Journalist, today: date) -> RowCells:
    card = _("Thẻ {number}").format(number=record.card_number) if record.card_number else ""
    told = " · ".join(part for part in (card, record.phone, record.email) if part)
    outlet = record.outlet.name if record.outlet else ""
    chip = _("Thường trú") if record.is_resident(today) else ""
    return RowCells(
        record.name, outlet, "", told or _("Chưa ghi thẻ, điện thoại, thư điện tử"), chip, quiet=True
    )


def _speaker(record: Authorisation, today: date) -> RowCells:
    kind = dict(speaker_kinds())[record.kind]
    told = " · ".join(part for part in (kind, record.scope or record.number) if part)
    chip, tone = state_of(record, today)
    return RowCells(record.name, record.post, "", told, chip, tone, quiet=True)


def state_of(record: Authorisation, today: date) -> tuple[str, str]:
    """Give the state of a right to speak on a day, and the tone of its chip."""
    last = record.last_day
    if record.ending is not None and last is not None and last < today:
        return _("Đã kết thúc"), "neutral"
    if last is not None and last < today:
        return _("Hết hạn {day}").format(day=short_date(last)), "neutral"
    if not record.is_written:
        return _("Chưa có giấy"), "amber"
    if record.from_on > today:
        return _("Từ {day}").format(day=short_date(record.from_on)), "teal"
    if record.kind is SpeakerKind.REGULAR and record.published_at is None:
        return _("Chưa công bố"), "amber"
    if last is not None and last <= today + SOON:
        return _("Đến {day}").format(day=short_date(last)), "amber"
    return _("Còn hiệu lực"), "green"
