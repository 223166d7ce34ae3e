"""What the province's page and an agency's page of the exchange show: rows of each list, and one of them whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid5

from spokesdesk.domain.clock import to_vn
from spokesdesk.domain.journal import Due
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.province import Matter, Note, NoteKind, ReleaseSeen, Severity, Standing
from spokesdesk.domain.province_words import kind_name, severity_name
from spokesdesk.domain.rules import Confidence
from spokesdesk.domain.text import short_date, words_match
from spokesdesk.services import province, province_figures
from spokesdesk.services.ports import Desk
from spokesdesk.services.province_due import is_over, named
from spokesdesk.services.province_figures import Answering


class Tab(StrEnum):
    """One of the lists."""

    AGENCIES = "agencies"
    RELEASES = "releases"
    ALERTS = "alerts"
    ASKS = "asks"
    REBUTTALS = "rebuttals"
    DIFFICULTIES = "difficulties"
    LISTS = "lists"


class Act(StrEnum):
    """What can be done with a note."""

    ACK = "ack"
    ANSWER = "answer"
    REMIND = "remind"


KINDS = {
    Tab.ALERTS: NoteKind.ALERT,
    Tab.ASKS: NoteKind.ASK,
    Tab.REBUTTALS: NoteKind.REBUTTAL,
    Tab.DIFFICULTIES: NoteKind.DIFFICULTY,
}
# What an agency sees of the exchange; the province's requests stand among its requests.
OF_AGENCY = (Tab.ALERTS, Tab.DIFFICULTIES, Tab.REBUTTALS)
TONES = {Severity.NOTICE: "teal", Severity.HIGH: "amber", Severity.URGENT: "red"}


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """One row of a list.

    Attributes:
        n: its place, 1 first.
        at: UTC; None where the row has no moment.
    """

    n: int
    id: UUID
    tab: Tab
    title: str
    detail: str
    at: datetime | None
    chip: str
    tone: str


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote about a note, or what stands in a list."""

    head: str
    text: str
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProvinceView:
    """One row whole.

    Attributes:
        facts: names and values.
        told: replies, releases of an agency, rows of a list.
        url: of a page to open; "" for none.
        request: the request that it is here; None for anything else.
    """

    id: UUID
    tab: Tab
    title: str
    about: str
    chip: str
    tone: str
    facts: tuple[tuple[str, str], ...] = ()
    text: str = ""
    told: tuple[Said, ...] = ()
    url: str = ""
    acts: frozenset[Act] = field(default_factory=frozenset)


def rows(desk: Desk, tab: Tab, words: str = "") -> tuple[ProvinceRow, ...]:
    """Give the rows of a list.

    Args:
        words: what they hold, accents aside; "" for all.
    """
    makers: dict[Tab, Callable[[Desk], list[ProvinceRow]]] = {
        Tab.AGENCIES: _agencies,
        Tab.RELEASES: _releases,
        Tab.LISTS: _lists,
    }
    found = makers[tab](desk) if tab in makers else _matters(desk, tab)
    return tuple(row for row in found if not words or words_match(words, f"{row.title} {row.detail}"))


def _agencies(desk: Desk) -> list[ProvinceRow]:
    made = []
    for n, one in enumerate(province_figures.answering(desk), 1):
        chip, tone = _pace(one)
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


def _pace(one: Answering) -> tuple[str, str]:
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
    if one.typical is not None:
        parts.append(_("thường trả lời trong {time}").format(time=_length(one.typical)))
    if one.speakers is not None:
        parts.append(_("{n} người phát ngôn công bố").format(n=one.speakers))
    return " · ".join(parts)


def _how(one: Answering) -> str:
    counts = (
        (_("{n} đúng hạn"), one.in_time),
        (_("{n} chậm"), one.late),
        (_("{n} đang chờ"), one.open),
        (_("{n} quá hạn"), one.over),
    )
    return ", ".join(words.format(n=count) for words, count in counts if count)


def _length(minutes: int) -> str:
    if minutes < 60:
        return _("{n} phút").format(n=max(minutes, 1))
    if minutes < 48 * 60:
        return _("{n} giờ").format(n=round(minutes / 60))
    return _("{n} ngày").format(n=round(minutes / 1440))


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


def list_id(sender: UUID, which: str) -> UUID:
    """Give what names an agency's list of a kind."""
    return uuid5(sender, which)


def _matters(desk: Desk, tab: Tab) -> list[ProvinceRow]:
    is_province = province.standing(desk) is Standing.PROVINCE
    made = []
    for n, matter in enumerate(province.matters(desk, KINDS[tab]), 1):
        note = matter.note
        chip, tone = _state(desk, matter, is_province=is_province)
        detail = " · ".join(part for part in (note.agency, _recipient(desk, note), _due(note)) if part)
        made.append(ProvinceRow(n, note.id, tab, note.title, detail, note.at, chip, tone))
    return made


def _recipient(desk: Desk, note: Note) -> str:
    if not note.is_own or note.recipient == "province":
        return ""
    if note.recipient == "all":
        return _("gửi mọi cơ quan")
    known = {str(one.journal): one.name for one in province.agencies(desk)}
    return _("gửi {agency}").format(agency=known.get(note.recipient, _("cơ quan không còn trên cổng")))


def _due(note: Note) -> str:
    if note.due is None:
        return ""
    if note.due.due_at is None:
        return note.due.wording
    return _("hạn {at}").format(at=_moment(note.due.due_at))


def _moment(at: datetime) -> str:
    local = to_vn(at)
    return f"{local:%H:%M} {short_date(local.date())}"


def _state(desk: Desk, matter: Matter, *, is_province: bool) -> tuple[str, str]:
    match matter.note.kind:
        case NoteKind.ALERT | NoteKind.ASK if is_province:
            return _state_above(desk, matter)
        case NoteKind.ALERT:
            return _state_below(desk, matter)
        case NoteKind.REBUTTAL:
            return _("Lần {n}").format(n=matter.note.extra.get("round", "1")), "teal"
    return (_("Đã trả lời"), "green") if matter.answers else (_("Chờ trả lời"), "amber")


def _state_above(desk: Desk, matter: Matter) -> tuple[str, str]:
    silent = len(province.silent(desk, matter))
    is_ask = matter.note.kind is NoteKind.ASK
    if not silent:
        return (_("Đã trả lời") if is_ask else _("Đã xác nhận")), "green"
    is_late = matter.note.due is not None and is_over(matter.note.due, desk.now())
    words = _("{n} chưa trả lời") if is_ask else _("{n} chưa xác nhận")
    return words.format(n=silent), "red" if is_late else "amber"


def _state_below(desk: Desk, matter: Matter) -> tuple[str, str]:
    if matter.answered_by(None) is not None:
        return _("Đã báo cáo"), "green"
    if matter.acknowledged:
        is_late = matter.note.due is not None and is_over(matter.note.due, desk.now())
        return _("Đã xác nhận"), "red" if is_late else "teal"
    return _("Chưa xác nhận"), "red" if matter.severity is Severity.URGENT or matter.reminders else "amber"


def view(desk: Desk, record_id: UUID, tab: Tab | None = None) -> ProvinceView:
    """Give one row whole; without its list, a note with what came of it.

    Raises:
        UserError: ``record_missing``.
    """
    match tab:
        case Tab.AGENCIES:
            return _agency_view(desk, record_id)
        case Tab.RELEASES:
            return _release_view(desk, record_id)
        case Tab.LISTS:
            return _list_view(desk, record_id)
    return _matter_view(desk, record_id)


def _missing(record_id: UUID) -> Exception:
    from spokesdesk.domain.errors import UserError

    return UserError("record_missing", field="id", id=record_id)


def _agency_view(desk: Desk, journal: UUID) -> ProvinceView:
    one = province_figures.of_agency(desk, journal)
    if one is None:
        raise _missing(journal)
    chip, tone = _pace(one)
    released = [release for release in province.releases(desk) if release.sender == journal]
    posted = [given for given in province.lists(desk) if given.sender == journal]
    seen = _moment(one.agency.seen_at) if one.agency.seen_at else _("chưa gửi gì")
    told = [Said(given.title, _list_text(given.rows), None) for given in posted]
    told += [
        Said(f"{release.number} · {short_date(release.date_on)}", release.title, release.at)
        for release in released
    ]
    facts = ((_("Lần cuối liên lạc với cổng"), seen), (_("Trả lời, phát hành"), figures(one)))
    return ProvinceView(
        journal, Tab.AGENCIES, one.agency.name, _("Cơ quan"), chip, tone, facts, told=tuple(told[:60])
    )


def _release_view(desk: Desk, record_id: UUID) -> ProvinceView:
    found: ReleaseSeen | None = next((one for one in province.releases(desk) if one.id == record_id), None)
    if found is None:
        raise _missing(record_id)
    facts = (
        (_("Cơ quan"), found.agency),
        (_("Số, ký hiệu"), found.number),
        (_("Ngày"), short_date(found.date_on)),
        (_("Đã gỡ lúc") if found.withdrawn else _("Công khai lúc"), _moment(found.at)),
        (_("Trang công khai"), found.url),
    )
    chip, tone = (_("Đã gỡ"), "neutral") if found.withdrawn else (_("Công khai"), "green")
    return ProvinceView(record_id, Tab.RELEASES, found.title, found.agency, chip, tone, facts, url=found.url)


def _list_view(desk: Desk, record_id: UUID) -> ProvinceView:
    found = next((one for one in province.lists(desk) if list_id(one.sender, one.which) == record_id), None)
    if found is None:
        raise _missing(record_id)
    told = tuple(
        Said(row[1] if len(row) > 1 else row[0], " · ".join(filter(None, row[2:]))) for row in found.rows
    )
    about = _("{agency} · đến ngày {day}").format(agency=found.agency, day=short_date(found.on))
    return ProvinceView(record_id, Tab.LISTS, found.title, about, str(len(found.rows)), "teal", told=told)


def _list_text(given: Sequence[Sequence[str]]) -> str:
    return "\n".join(" · ".join(filter(None, row[1:])) for row in given)


def _matter_view(desk: Desk, note_id: UUID) -> ProvinceView:
    matter = province.matter(desk, note_id)
    note = matter.note
    is_province = province.standing(desk) is Standing.PROVINCE
    chip, tone = _state(desk, matter, is_province=is_province)
    tab = next(tab for tab, kind in KINDS.items() if kind is note.kind)
    about = " · ".join(part for part in (kind_name(note.kind), note.agency, _recipient(desk, note)) if part)
    told = tuple(
        Said(" · ".join(part for part in (kind_name(one.kind), one.by, one.agency) if part), one.text, one.at)
        for one in reversed(matter.replies)
    )
    return ProvinceView(
        note.id,
        tab,
        note.title,
        about,
        chip,
        tone,
        _facts(desk, matter, is_province=is_province),
        note.text,
        told,
        note.extra.get("url", ""),
        _acts(desk, matter, is_province=is_province),
    )


def _facts(desk: Desk, matter: Matter, *, is_province: bool) -> tuple[tuple[str, str], ...]:
    note = matter.note
    named_facts = (
        (_("Cơ quan báo chí"), "outlet"),
        (_("Bài báo"), "article"),
        (_("Đăng ngày"), "published"),
        (_("Văn bản"), "paper"),
        (_("Gửi"), "addressee"),
    )
    found = [(_("Viết lúc"), f"{_moment(note.at)} · {note.by}")]
    if note.kind is NoteKind.ALERT:
        found.append((_("Mức độ"), severity_name(matter.severity)))
    if note.due is not None:
        told = _moment(note.due.due_at) if note.due.due_at else note.due.wording
        found.append(
            (_("Thời hạn"), " · ".join(part for part in (told, note.due.citation, _doubt(note.due)) if part))
        )
    found += [(name, note.extra[key]) for name, key in named_facts if note.extra.get(key)]
    if is_province and note.is_own and (silent := province.silent(desk, matter)):
        found.append((_("Còn chờ"), named([one.name for one in silent])))
    if note.is_own:
        found.append((_("Trên đường"), _way(desk, note.id)))
    return tuple(found)


def _doubt(due: Due) -> str:
    known = {each.value: each for each in Confidence}
    confidence = known.get(due.confidence)
    return confidence.wording if due.citation and confidence is not None and confidence.is_uncertain else ""


def _way(desk: Desk, note_id: UUID) -> str:
    with desk.read() as unit:
        state = unit.outbox.record_state(note_id)
    return {
        "": _("chờ gửi ở lần đồng bộ tới"),
        "queued": _("chờ gửi ở lần đồng bộ tới"),
        "sent": _("đã gửi, chờ cổng xác nhận"),
        "accepted": _("cổng đã nhận và chuyển đi"),
        "quarantined": _("cổng không nhận; xem trang Đồng bộ"),
    }.get(state, state)


def _acts(desk: Desk, matter: Matter, *, is_province: bool) -> frozenset[Act]:
    note = matter.note
    if is_province:
        if note.kind is NoteKind.DIFFICULTY:
            return frozenset({Act.ANSWER})
        is_waiting = note.kind in (NoteKind.ALERT, NoteKind.ASK) and province.silent(desk, matter)
        return frozenset({Act.REMIND}) if is_waiting else frozenset()
    if note.kind is not NoteKind.ALERT:
        return frozenset()
    return frozenset({Act.ANSWER}) if matter.acknowledged else frozenset({Act.ACK, Act.ANSWER})


def act(desk: Desk, what: Act, note_id: UUID, text: str, draft_id: UUID | None = None) -> object:
    """Do what can be done with a note; raises as the service of each does."""
    match what:
        case Act.ACK:
            return province.acknowledge(desk, note_id, text, draft_id)
        case Act.ANSWER:
            return province.answer(desk, note_id, text, draft_id)
        case Act.REMIND:
            return province.remind(desk, note_id, text, draft_id)
