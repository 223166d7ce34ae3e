"""The lists of the exchange with the province, as its page and an agency's page show them."""

from collections.abc import Callable
from uuid import UUID, uuid5

from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.province import Complaint, Matter, Note, NoteKind, Severity, Standing
from spokesdesk.domain.text import short_date, words_match
from spokesdesk.services import province, province_figures
from spokesdesk.services.ports import Desk
from spokesdesk.services.province_accounts import account_rows
from spokesdesk.services.province_due import is_over
from spokesdesk.services.province_figures import Answering
from spokesdesk.services.province_shown import ProvinceRow, Tab, length_words, moment

KINDS = {
    Tab.ALERTS: NoteKind.ALERT,
    Tab.ASKS: NoteKind.ASK,
    Tab.REBUTTALS: NoteKind.REBUTTAL,
    Tab.DIFFICULTIES: NoteKind.DIFFICULTY,
}
# What an agency sees of the exchange; the province's requests stand among its requests.
OF_AGENCY = (Tab.ALERTS, Tab.DIFFICULTIES, Tab.REBUTTALS)
TONES = {Severity.NOTICE: "teal", Severity.HIGH: "amber", Severity.URGENT: "red"}


def rows(desk: Desk, tab: Tab, words: str = "") -> tuple[ProvinceRow, ...]:
    """Give the rows of a list.

    Args:
        words: what they hold, accents aside; "" for all.
    """
    makers: dict[Tab, Callable[[Desk], list[ProvinceRow]]] = {
        Tab.AGENCIES: _agencies,
        Tab.RELEASES: _releases,
        Tab.LISTS: _lists,
        Tab.COMPLAINTS: _complaints,
        Tab.ACCOUNTS: account_rows,
    }
    found = makers[tab](desk) if tab in makers else _matters(desk, tab)
    return tuple(
        row for row in found if not words or words_match(words, f"{row.title} {row.detail} {row.more}")
    )


def _agencies(desk: Desk) -> list[ProvinceRow]:
    made = []
    for n, one in enumerate(province_figures.answering(desk), 1):
        chip, tone = pace(one)
        made.append(
            ProvinceRow(
                n,
                one.agency.journal,
                Tab.AGENCIES,
                one.agency.name,
                figures(one),
                one.agency.seen_at,
                chip,
                tone,
            )
        )
    return made


def pace(one: Answering) -> tuple[str, str]:
    """Say in a chip how an agency answers, and the chip's tone."""
    if one.over:
        return _("{n} quá hạn").format(n=one.over), "red"
    if one.late:
        return _("{n} lần chậm").format(n=one.late), "amber"
    if one.in_time:
        return _("Đúng hạn"), "green"
    return (_("Đang chờ"), "teal") if one.open else (_("Chưa hỏi"), "neutral")


def figures(one: Answering) -> str:
    """Say how an agency answers, and what it made public."""
    parts = [_("{n} văn bản đã phát hành").format(n=one.releases)]
    if one.asked:
        parts.append(_("{n} lượt hỏi, cảnh báo: {how}").format(n=one.asked, how=_how(one)))
    if one.questions:
        parts.append(_("báo chí hỏi qua cổng: {how}").format(how=_counted(*one.questions)))
    if one.typical is not None:
        parts.append(_("thường trả lời trong {time}").format(time=length_words(one.typical)))
    if one.speakers is not None:
        parts.append(_("{n} người phát ngôn công bố").format(n=one.speakers))
    return " · ".join(parts)


def _how(one: Answering) -> str:
    return _counted(one.in_time, one.late, one.over, one.open)


def _counted(in_time: int, late: int, over: int, waiting: int = 0) -> str:
    counts = (
        (_("{n} đúng hạn"), in_time),
        (_("{n} chậm"), late),
        (_("{n} đang chờ"), waiting),
        (_("{n} quá hạn"), over),
    )
    return ", ".join(words.format(n=count) for words, count in counts if count)


def _releases(desk: Desk) -> list[ProvinceRow]:
    return [
        ProvinceRow(
            n,
            one.id,
            Tab.RELEASES,
            one.title,
            f"{one.agency} · {one.number} · {short_date(one.date_on)}",
            one.at,
            _("Đã gỡ") if one.withdrawn else _("Công khai"),
            "neutral" if one.withdrawn else "green",
        )
        for n, one in enumerate(province.releases(desk), 1)
    ]


def _lists(desk: Desk) -> list[ProvinceRow]:
    return [
        ProvinceRow(
            n,
            list_id(one.sender, one.which),
            Tab.LISTS,
            one.title,
            _("{agency} · đến ngày {day}").format(agency=one.agency, day=short_date(one.on)),
            None,
            str(len(one.rows)),
            "teal",
        )
        for n, one in enumerate(province.lists(desk), 1)
    ]


def _complaints(desk: Desk) -> list[ProvinceRow]:
    made = []
    for n, one in enumerate(province.complaints(desk), 1):
        chip, tone = complaint_state(one)
        detail = " · ".join(part for part in (one.agency, one.place, *one.who[:2]) if part)
        title = " ".join(one.text.split())[:200]
        made.append(ProvinceRow(n, one.id, Tab.COMPLAINTS, title, detail, one.made_at, chip, tone))
    return made


def complaint_state(one: Complaint) -> tuple[str, str]:
    """Say in a chip where a complaint stands, and the chip's tone."""
    if one.said:
        return _("Trả lời chờ gửi"), "teal"
    return (_("Đã trả lời"), "green") if one.state == "answered" else (_("Chờ trả lời"), "amber")


def list_id(sender: UUID, which: str) -> UUID:
    """Give what names an agency's list of a kind."""
    return uuid5(sender, which)


def _sent(desk: Desk, tab: Tab) -> list[ProvinceRow]:
    """What the province wrote to agencies; a year of it has tens of thousands of replies, which are not read."""
    names = {str(one.journal): one.name for one in province.agencies(desk)}
    made = []
    for n, one in enumerate(province.sent(desk, KINDS[tab]), 1):
        chip, tone = _state_above(desk, one.note, len(one.addressed), len(one.silent))
        detail = " · ".join(part for part in (_sent_to(one.note, names), _due(one.note)) if part)
        made.append(ProvinceRow(n, one.note.id, tab, one.note.title, detail, one.note.at, chip, tone))
    return made


def _matters(desk: Desk, tab: Tab) -> list[ProvinceRow]:
    is_province = province.standing(desk) is Standing.PROVINCE
    if is_province and tab in (Tab.ALERTS, Tab.ASKS):
        return _sent(desk, tab)
    made = []
    for n, matter in enumerate(province.matters(desk, KINDS[tab]), 1):
        note = matter.note
        chip, tone = state_of(desk, matter, is_province=is_province)
        detail = " · ".join(part for part in (note.agency, recipient_name(desk, note), _due(note)) if part)
        made.append(ProvinceRow(n, note.id, tab, note.title, detail, note.at, chip, tone))
    return made


def recipient_name(desk: Desk, note: Note) -> str:
    """Say to whom a note of our own goes; "" for one that came, or goes to the province."""
    if not note.is_own or note.recipient == "province":
        return ""
    return _sent_to(note, {str(one.journal): one.name for one in province.agencies(desk)})


def _sent_to(note: Note, known: dict[str, str]) -> str:
    if note.recipient == "all":
        return _("gửi mọi cơ quan")
    return _("gửi {agency}").format(agency=known.get(note.recipient, _("cơ quan không còn trên cổng")))


def _due(note: Note) -> str:
    if note.due is None:
        return ""
    if note.due.due_at is None:
        return note.due.wording
    return _("hạn {at}").format(at=moment(note.due.due_at))


def state_of(desk: Desk, matter: Matter, *, is_province: bool) -> tuple[str, str]:
    """Say in a chip where a matter stands, and the chip's tone."""
    match matter.note.kind:
        case NoteKind.ALERT | NoteKind.ASK if is_province:
            to = len(province.addressed(desk, matter.note))
            return _state_above(desk, matter.note, to, len(province.silent(desk, matter)))
        case NoteKind.ALERT:
            return _state_below(desk, matter)
        case NoteKind.REBUTTAL:
            return _("Lần {n}").format(n=matter.note.extra.get("round", "1")), "teal"
    return (_("Đã trả lời"), "green") if matter.answers else (_("Chờ trả lời"), "amber")


def _state_above(desk: Desk, note: Note, addressed: int, silent: int) -> tuple[str, str]:
    is_ask = note.kind is NoteKind.ASK
    if not addressed:
        return _("Chưa rõ nơi nhận"), "neutral"
    if not silent:
        return (_("Đã trả lời") if is_ask else _("Đã xác nhận")), "green"
    is_late = note.due is not None and is_over(note.due, desk.now())
    words = _("{n} chưa trả lời") if is_ask else _("{n} chưa xác nhận")
    return words.format(n=silent), "red" if is_late else "amber"


def _state_below(desk: Desk, matter: Matter) -> tuple[str, str]:
    if matter.answered_by(None) is not None:
        return _("Đã báo cáo"), "green"
    if matter.acknowledged:
        is_late = matter.note.due is not None and is_over(matter.note.due, desk.now())
        return _("Đã xác nhận"), "red" if is_late else "teal"
    return _("Chưa xác nhận"), "red" if matter.severity is Severity.URGENT or matter.reminders else "amber"
