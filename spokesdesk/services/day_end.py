"""The end of the day: every open request names who it waits on, the list is kept, printed or mailed."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from spokesdesk.domain import day_end as rules
from spokesdesk.domain import sending as mail_rules
from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.clock import to_vn, vn_day
from spokesdesk.domain.day_end import DayEnd, DayEndItem, DayEndSent
from spokesdesk.domain.errors import AccessError, OutsideError, UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.requests import RequestMove, RequestStep, checked_holder
from spokesdesk.domain.text import short_date
from spokesdesk.services import mailtext
from spokesdesk.services.ports import Desk
from spokesdesk.services.sending import PASSWORD, mail_server

PRINT, MAIL = "print", "mail"
SENT, PARTIAL, FAILED = "sent", "partial", "failed"


def open_items(desk: Desk) -> tuple[DayEndItem, ...]:
    """Give every open request as a line of today's list, what is due first before the rest."""
    with desk.read() as unit:
        return rules.lines(unit.requests.open(), {})


def finish(desk: Desk, holders: Mapping[UUID, str] | None = None) -> tuple[DayEnd, Changes]:
    """Finish the day: keep the list of open requests, each with the one it waits on.

    Args:
        holders: request → who it waits on, for those where that was not said or has changed; each becomes a step.

    Returns:
        The list kept; the one finished before when nothing has changed since, so that it can be mailed after it was
        printed.

    Raises:
        WaitError: ``day_end_holders``: some request does not say who it waits on; nothing is written then.
    """
    given = {key: checked_holder(name) for key, name in (holders or {}).items()}
    now = desk.now()
    with desk.write() as unit:
        found = unit.requests.open()
        items = rules.lines(found, given)
        rules.require_holders(items)
        changed = []
        for request in found:
            name = given.get(request.id, "")
            if name and name != request.holder:
                step = RequestStep(
                    id=desk.new_id(),
                    request_id=request.id,
                    move=RequestMove.HOLD,
                    target=request.state,
                    at=now,
                    by=desk.member.ref,
                    holder=name,
                )
                unit.requests.move(step, request.state)
                changed.append(Change("request", request.id))
        before = unit.day_ends.latest()
        if before is not None and (before.on, before.by, before.items) == (
            vn_day(now),
            desk.member.ref,
            items,
        ):
            # Printed first and mailed afterwards, it is one list.
            return before, ()
        made = DayEnd(desk.new_id(), vn_day(now), now, desk.member.ref, items)
        unit.day_ends.add(made)
    return made, (Change("day_end", made.id), *changed)


def latest(desk: Desk) -> DayEnd | None:
    """Give the list finished last, None before the first one."""
    with desk.read() as unit:
        return unit.day_ends.latest()


def sent(desk: Desk, day_end_id: UUID) -> tuple[DayEndSent, ...]:
    """Give where a list went."""
    with desk.read() as unit:
        return unit.day_ends.sent(day_end_id)


def pdf(desk: Desk, day_end_id: UUID) -> bytes:
    """Give a finished list as a PDF of A4 pages."""
    from spokesdesk.typeset.day_end import day_end_pdf

    with desk.read() as unit:
        return day_end_pdf(unit.day_ends.get(day_end_id), unit.people.agency())


def file_name(made: DayEnd) -> str:
    """Give the name under which a list is written: ``yeu-cau-cuoi-ngay-2026-11-27.pdf``."""
    return f"yeu-cau-cuoi-ngay-{made.on.isoformat()}.pdf"


def print_list(desk: Desk, day_end_id: UUID, printer: str = "") -> tuple[DayEndSent, Changes]:
    """Print a finished list; raises OutsideError when no printer takes it, and notes that too."""
    data = pdf(desk, day_end_id)
    try:
        job = desk.printer.print_pdf(data, title=_("Yêu cầu cuối ngày"), printer=printer)
    except OutsideError as error:
        _note(desk, day_end_id, PRINT, (printer,), FAILED, str(error.params.get("detail", error.code)))
        raise
    return _note(desk, day_end_id, PRINT, (printer or job,), SENT, job)


def proposal(made: DayEnd) -> tuple[str, str]:
    """Give subject and text of the mail that carries a list."""
    on = short_date(made.on)
    late = sum(item.due_at is not None and item.due_at < made.at for item in made.items)
    counted = _("Còn {open} yêu cầu đang mở, trong đó {late} quá hạn.").format(
        open=len(made.items), late=late
    )
    lines = [
        _("Danh sách yêu cầu cung cấp thông tin chưa trả lời, cuối ngày {day}.").format(day=on),
        counted if made.items else _("Không còn yêu cầu nào đang mở."),
        "",
        *(
            f"{n}. {item.topic} – {item.who} – {_when(item, made)} – {_('đang chờ')}: {item.holder}"
            for n, item in enumerate(made.items, 1)
        ),
        "",
        _("Người lập: {name}").format(name=made.by.name),
    ]
    return _("Yêu cầu chưa trả lời cuối ngày {day}").format(day=on), "\n".join(lines).strip()


def _when(item: DayEndItem, made: DayEnd) -> str:
    if item.due_at is None:
        return _("không ấn định thời hạn")
    words = _("quá hạn từ {at}") if item.due_at < made.at else _("hạn {at}")
    return words.format(at=f"{to_vn(item.due_at):%H:%M %d/%m/%Y}")


def mail_list(desk: Desk, day_end_id: UUID, to: Sequence[str]) -> tuple[DayEndSent, Changes]:
    """Send a finished list by e-mail, the PDF attached; it is written down whether it worked or not.

    Raises:
        UserError: ``mail_not_set``, or names ``mail_to``.
        OutsideError: the server cannot be reached, cannot be trusted or refuses everybody.
        AccessError: ``mail_login``.
    """
    addresses, server = mail_rules.checked_addresses(to), mail_server(desk)
    if server is None:
        raise UserError("mail_not_set", field="mail_host")
    with desk.read() as unit:
        made, agency = unit.day_ends.get(day_end_id), unit.people.agency()
    subject, text = proposal(made)
    letter = mailtext.MailLetter(
        server.sender, agency.name, addresses, subject, text, desk.new_id(), desk.now()
    )
    composed = mailtext.compose(letter, ((file_name(made), pdf(desk, day_end_id)),))
    password = (desk.device_keys.get(PASSWORD) or b"").decode()
    try:
        refused = desk.mailer.send(server, password, composed.data, addresses)
    except (OutsideError, AccessError) as error:
        detail = str(error.params.get("detail", error.code))
        _note(desk, day_end_id, MAIL, addresses, FAILED, detail)
        raise
    said = "; ".join(f"{address}: {reply}" for address, reply in refused)[:1000]
    return _note(desk, day_end_id, MAIL, addresses, PARTIAL if refused else SENT, said)


def mailed_before(desk: Desk) -> tuple[str, ...]:
    """Give the addresses the last mailed list went to, so that they need not be typed each evening."""
    with desk.read() as unit:
        return unit.day_ends.last_addresses()


def _note(
    desk: Desk, day_end_id: UUID, way: str, to: tuple[str, ...], result: str, detail: str
) -> tuple[DayEndSent, Changes]:
    made = DayEndSent(desk.new_id(), day_end_id, way, to, desk.now(), desk.member.ref, result, detail[:1000])
    with desk.write() as unit:
        unit.day_ends.add_sent(made)
    return made, (Change("day_end", day_end_id),)
