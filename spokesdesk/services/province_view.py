"""One row of the exchange with the province whole: what was written, until when, what came of it, what can be done."""

from collections.abc import Sequence
from uuid import UUID

from spokesdesk.domain.errors import UserError
from spokesdesk.domain.journal import Due
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.province import Matter, NoteKind, ReleaseSeen, Standing
from spokesdesk.domain.province_words import kind_name, severity_name
from spokesdesk.domain.rules import Confidence
from spokesdesk.domain.text import short_date
from spokesdesk.services import province, province_figures, province_journalists
from spokesdesk.services.ports import Desk
from spokesdesk.services.province_accounts import account_view
from spokesdesk.services.province_due import named
from spokesdesk.services.province_rows import (
    KINDS,
    complaint_state,
    figures,
    list_id,
    pace,
    recipient_name,
    state_of,
)
from spokesdesk.services.province_shown import DECISIONS, Act, ProvinceView, Said, Tab, moment


def view(desk: Desk, record_id: UUID, tab: Tab | None = None) -> ProvinceView:
    """Give one row whole; without its list, a complaint, an account, or a note with what came of it.

    Raises:
        UserError: ``record_missing``.
    """
    match tab or _tab_of(desk, record_id):
        case Tab.AGENCIES:
            return _agency_view(desk, record_id)
        case Tab.RELEASES:
            return _release_view(desk, record_id)
        case Tab.LISTS:
            return _list_view(desk, record_id)
        case Tab.COMPLAINTS:
            return _complaint_view(desk, record_id)
        case Tab.ACCOUNTS:
            return account_view(desk, record_id)
    return _matter_view(desk, record_id)


def _tab_of(desk: Desk, record_id: UUID) -> Tab | None:
    """Give the list of what is no note."""
    with desk.read() as unit:
        if any(one.id == record_id for one in unit.province.complaints()):
            return Tab.COMPLAINTS
        return Tab.ACCOUNTS if any(one.id == record_id for one in unit.accounts.all()) else None


def _missing(record_id: UUID) -> UserError:
    return UserError("record_missing", field="id", id=record_id)


def _agency_view(desk: Desk, journal: UUID) -> ProvinceView:
    one = province_figures.of_agency(desk, journal)
    if one is None:
        raise _missing(journal)
    chip, tone = pace(one)
    released = [release for release in province.releases(desk) if release.sender == journal]
    posted = [given for given in province.lists(desk) if given.sender == journal]
    seen = moment(one.agency.seen_at) if one.agency.seen_at else _("chưa gửi gì")
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
        (_("Đã gỡ lúc") if found.withdrawn else _("Công khai lúc"), moment(found.at)),
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


def _complaint_view(desk: Desk, complaint_id: UUID) -> ProvinceView:
    one = next((one for one in province.complaints(desk) if one.id == complaint_id), None)
    if one is None:
        raise _missing(complaint_id)
    names = (
        _("Người phản ánh"),
        _("Cơ quan báo chí"),
        _("Số thẻ nhà báo"),
        _("Điện thoại"),
        _("Thư điện tử"),
    )
    facts = (
        (_("Cơ quan bị phản ánh"), one.agency),
        (_("Ngày xảy ra"), short_date(one.happened_on)),
        (_("Nơi xảy ra"), one.place),
        *zip(names, one.who, strict=False),
    )
    told = [Said(_("Trả lời, chờ gửi ở lần đồng bộ tới"), one.said)] if one.said else []
    told += [Said(_("Đã trả lời trên cổng"), one.answer)] if one.answer else []
    title = _("Phản ánh bị cản trở: {agency}").format(agency=one.agency)
    about = _("Gửi qua cổng lúc {at}").format(at=moment(one.made_at))
    chip, tone = complaint_state(one)
    acts = frozenset({Act.ANSWER})
    return ProvinceView(
        complaint_id, Tab.COMPLAINTS, title, about, chip, tone, facts, one.text, tuple(told), acts=acts
    )


def _list_text(given: Sequence[Sequence[str]]) -> str:
    return "\n".join(" · ".join(filter(None, row[1:])) for row in given)


def _matter_view(desk: Desk, note_id: UUID) -> ProvinceView:
    matter = province.matter(desk, note_id)
    note = matter.note
    is_province = province.standing(desk) is Standing.PROVINCE
    chip, tone = state_of(desk, matter, is_province=is_province)
    tab = next(tab for tab, kind in KINDS.items() if kind is note.kind)
    about = " · ".join(
        part for part in (kind_name(note.kind), note.agency, recipient_name(desk, note)) if part
    )
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
    found = [(_("Viết lúc"), f"{moment(note.at)} · {note.by}")]
    if note.kind is NoteKind.ALERT:
        found.append((_("Mức độ"), severity_name(matter.severity)))
    if note.due is not None:
        told = moment(note.due.due_at) if note.due.due_at else note.due.wording
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
    if what in DECISIONS:
        seen = province_journalists.account(desk, note_id)
        return province_journalists.decide_on(desk, seen, DECISIONS[what], text, draft_id)
    if _tab_of(desk, note_id) is Tab.COMPLAINTS:
        return province.answer_complaint(desk, note_id, text, draft_id)
    match what:
        case Act.ACK:
            return province.acknowledge(desk, note_id, text, draft_id)
        case Act.ANSWER:
            return province.answer(desk, note_id, text, draft_id)
    return province.remind(desk, note_id, text, draft_id)
