"""The exchange with the province on the first page: alerts with their clock, what nobody acknowledged or answered."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from spokesdesk.domain.journal import Due
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.province import Matter, NewSender, NoteKind, Severity, Standing
from spokesdesk.services.ports import Desk, Unit
from spokesdesk.services.ports.today import Alert, DueItem, Dues, WaitItem
from spokesdesk.services.province import matters_in, sent_in

# The first page looks back so far: what is older stands in the province's lists only.
LOOKED_BACK = timedelta(days=90)
_NAMED = 3


def due(desk: Desk, unit: Unit, limit: int) -> Dues:
    """Give the alerts that this agency has not acknowledged, or not answered in the time that they set."""
    if unit.province.place().standing is not Standing.AGENCY:
        return Dues((), 0)
    found = []
    for matter in _recent(desk, unit, NoteKind.ALERT):
        if matter.note.is_own or matter.answered_by(None) is not None:
            continue
        is_known = None in matter.acknowledged
        due = matter.note.due
        if due is None or (
            is_known and due.due_at is None
        ):  # without a clock it stands among what is to be known
            continue
        said = _("đã xác nhận, chưa báo cáo kết quả") if is_known else _("chưa xác nhận đã nhận")
        detail = _("Cảnh báo của {agency}: {said}").format(agency=matter.note.agency, said=said)
        found.append(DueItem("province", matter.note.id, matter.note.title, detail, due))
    found.sort(key=lambda item: (item.due.due_at is None, item.due.due_at or desk.now()))
    return Dues(tuple(found[:limit]), len(found))


def alerts(desk: Desk, unit: Unit) -> tuple[Alert, ...]:
    """Say at the top of the page what presses: alerts nobody here acknowledged; at the province, agencies over time."""
    match unit.province.place().standing:
        case Standing.AGENCY:
            unheard = (
                _unheard(matter, desk.now())
                for matter in _recent(desk, unit, NoteKind.ALERT)
                if not (matter.note.is_own or matter.acknowledged)
            )
            return (*map(_unknown, unit.senders.waiting()), *unheard)
        case Standing.PROVINCE:
            return tuple(_over_time(desk, unit))
    return ()


def _unknown(sender: NewSender) -> Alert:
    title = _("{n} thư ghi tên {agency} chờ xác nhận khóa ký").format(n=sender.notes, agency=sender.agency)
    detail = _("Gọi tỉnh so mã {mark} rồi xác nhận; trước đó thư chưa hiện và chưa tính thời hạn.")
    return Alert("province", title, detail.format(mark=sender.mark), sender.id, "red")


def _unheard(matter: Matter, now: datetime) -> Alert:
    """An alert is red when it is urgent, was repeated, or its time has passed."""
    is_late = matter.note.due is not None and is_over(matter.note.due, now)
    is_red = matter.severity is Severity.URGENT or bool(matter.reminders) or is_late
    title = _("Cảnh báo của {agency}: {title}").format(agency=matter.note.agency, title=matter.note.title)
    detail = _("Người đứng đầu cơ quan cần xác nhận đã nhận; mở ra để xem và xác nhận.")
    if matter.reminders:
        detail = _("Tỉnh đã nhắc lại {n} lần. {detail}").format(n=len(matter.reminders), detail=detail)
    return Alert("province", title, detail, matter.note.id, "red" if is_red else "amber")


def _over_time(desk: Desk, unit: Unit) -> list[Alert]:
    found = []
    for one in sent_in(unit, (NoteKind.ALERT,), desk.now() - LOOKED_BACK):
        note = one.note
        if note.due is None or not is_over(note.due, desk.now()):
            continue
        if names := [agency.name for agency in one.silent]:
            title = _("Quá hạn, {n} cơ quan chưa xác nhận cảnh báo: {title}").format(
                n=len(names), title=note.title
            )
            found.append(Alert("province", title, named(names), note.id, "red"))
    return found


def waiting(desk: Desk, unit: Unit, limit: int) -> Sequence[WaitItem]:
    """Give at the province what agencies have not answered, and difficulties that wait for its own answer."""
    if unit.province.place().standing is not Standing.PROVINCE:
        return ()
    found = []
    for sent in sent_in(unit, (NoteKind.ALERT, NoteKind.ASK), desk.now() - LOOKED_BACK):
        note = sent.note
        if names := [agency.name for agency in sent.silent]:
            chip = _("Chưa trả lời") if note.kind is NoteKind.ASK else _("Chưa xác nhận")
            found.append(WaitItem("province", note.id, note.title, named(names), None, note.at, chip))
    for matter in _recent(desk, unit, NoteKind.DIFFICULTY):
        if not matter.answers:
            note = matter.note
            found.append(
                WaitItem(
                    "province", note.id, note.title, note.agency, None, note.at, _("Khó khăn chờ trả lời")
                )
            )
    for one in unit.province.complaints():
        if one.state != "answered" and not one.said:
            title = " ".join(one.text.split())[:200]
            found.append(
                WaitItem("province", one.id, title, one.agency, None, one.made_at, _("Khiếu nại chờ trả lời"))
            )
    return [*found, *_accounts(unit)][:limit]


def _accounts(unit: Unit) -> list[WaitItem]:
    """Say in one line that journalists' accounts wait to be verified; it leads to the one that waits longest."""
    waiting = [one for one in unit.accounts.all() if one.is_waiting]
    if not waiting:
        return []
    first = waiting[0]
    title = _("{n} tài khoản nhà báo trên cổng chờ xác minh").format(n=len(waiting))
    detail = _("Chờ lâu nhất: {name}, {outlet}").format(name=first.person.name, outlet=first.person.outlet)
    return [WaitItem("province", first.id, title, detail, None, first.made_at, _("Chờ xác minh"))]


def _recent(desk: Desk, unit: Unit, *kinds: NoteKind) -> list[Matter]:
    return list(matters_in(unit, kinds, desk.now() - LOOKED_BACK))


def is_over(due: Due, now: datetime) -> bool:
    """Whether a deadline has passed."""
    return due.due_at is not None and due.due_at <= now


def named(names: Sequence[str]) -> str:
    """Give the first of some names, and how many more there are."""
    if len(names) <= _NAMED:
        return ", ".join(names)
    return _("{names} và {n} cơ quan khác").format(names=", ".join(names[:_NAMED]), n=len(names) - _NAMED)
