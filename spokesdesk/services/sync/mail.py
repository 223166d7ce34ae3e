"""The inbox in a round: read from where it was left, each item checked, requests written down by one desk only."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from spokesdesk import wire
from spokesdesk.domain.changes import Changes
from spokesdesk.domain.clock import moment_told
from spokesdesk.domain.errors import UserError
from spokesdesk.domain.language import gettext as _
from spokesdesk.domain.province import UNCONFIRMED, Complaint, KnownAgency, Standing
from spokesdesk.services.accounts_told import keep
from spokesdesk.services.ports import Desk, Portal, Unit
from spokesdesk.services.ports.province import InboxPlace, Received
from spokesdesk.services.province_requests import open_asked
from spokesdesk.services.secrecy import require_unmarked

AGENCIES_EVERY = timedelta(minutes=10)


class Inbox:
    """The inbox of this desk's journal during one round.

    Attributes:
        entities: which nouns changed.
    """

    def __init__(self, desk: Desk, portal: Portal, token: str, journal: UUID) -> None:
        self._desk, self._portal, self._token, self._journal = desk, portal, token, journal
        self.entities: set[str] = set()

    def exchange(self, hello: wire.Hello) -> None:
        """Read what came since the last round; an older portal has no inboxes and is asked nothing.

        Raises:
            DeskError: as the portal does; what was read stays.
        """
        if not hello.mail_mark:
            return
        with self._desk.read() as unit:
            place = unit.province.place()
        if place.standing != hello.role:
            self._stand(hello.role)
        self._let_in()
        is_news = (place.seq, place.mark) != (hello.mail, hello.mail_mark)
        if is_news:
            self._read(place, hello.role)
        if hello.role == wire.AGENCY:
            self._write_down()
        elif hello.role == wire.PROVINCE:
            self._ask_agencies(place, is_news=is_news)

    def _stand(self, role: str) -> None:
        standing = Standing(role) if role in set(Standing) else Standing.ALONE
        with self._desk.write() as unit:
            unit.province.stand(standing)
        self.entities.add("province")

    def _let_in(self) -> None:
        """Take what waited for a key that a colleague has confirmed."""
        with self._desk.read() as unit:
            is_waiting = bool(unit.senders.waiting())
        if is_waiting:
            with self._desk.write() as unit:
                if unit.senders.let_in():
                    self.entities.add("province")

    def _read(self, place: InboxPlace, role: str) -> None:
        after, mark = place.seq, place.mark
        while True:
            page = self._portal.inbox(self._token, self._journal, after, mark)
            if page.items:
                after, mark = page.items[-1].n, page.items[-1].mark
            elif page.anew:
                after, mark = 0, wire.GENESIS.hex()
            items = [item for item in map(received, page.items) if item is not None]
            with self._desk.write() as unit:
                if role == wire.AGENCY:
                    items = believed(unit, items, self._desk.now())
                if unit.province.take(items, after, mark):
                    self.entities.add("province")
            if not page.more or not page.items:
                return

    def _write_down(self) -> None:
        """Open the province's requests that are this desk's; without anybody at work they wait."""
        if self._desk.actor is None:
            return
        with self._desk.read() as unit:
            waiting = unit.province.unopened()
        if not waiting:
            return
        ours = set(self._portal.claim(self._token, self._journal, [note.id for note in waiting]))
        changes: Changes = ()
        for note in waiting:
            if note.id in ours:
                changes += open_asked(self._desk, note)
        self.entities |= {change.kind for change in changes}

    def _ask_agencies(self, place: InboxPlace, *, is_news: bool) -> None:
        now = self._desk.now()
        with self._desk.read() as unit:
            is_news |= any(one.said for one in unit.province.complaints())
        if not is_news and place.agencies_at is not None and now - place.agencies_at < AGENCIES_EVERY:
            return
        told = self._portal.agencies(self._token, self._journal).agencies
        known = [
            KnownAgency(
                one.journal,
                one.name,
                _moment(one.seen_at),
                one.in_time,
                one.late,
                one.overdue,
                _moment(one.joined_at),
            )
            for one in told
        ]
        complaints = self._complaints()
        is_same = keep(self._desk, self._portal.journalists(self._token))
        with self._desk.write() as unit:
            before = unit.province.agencies(), unit.province.complaints()
            unit.province.save_agencies(known, now)
            unit.province.save_complaints(complaints)
            is_same &= before == (unit.province.agencies(), unit.province.complaints())
        if not is_same:
            self.entities.add("province")

    def _complaints(self) -> list[Complaint]:
        """Say what was written of complaints, each as often as it takes, and read them all."""
        with self._desk.read() as unit:
            waiting = [one for one in unit.province.complaints() if one.said]
        told = self._portal.complaints(self._token)
        known = {one.id for one in told.complaints}
        for one in waiting:
            if one.id in known:
                told = self._portal.said_of(self._token, wire.ComplaintSaid(one.id, one.said))
        return [found for one in told.complaints if (found := complaint(one)) is not None]


def believed(unit: Unit, items: Sequence[Received], now: datetime) -> list[Received]:
    """Give items, those of a key that is not pinned as such that wait; the first key ever seen is pinned."""
    pinned = set(unit.senders.pinned())
    found: list[Received] = []
    for one in items:
        signer = (one.sender, str(one.proof["key"])) if one.proof else None
        if signer is not None and not pinned:
            unit.senders.pin([signer], now)
            pinned.add(signer)
        if signer is not None and signer not in pinned:
            found.append(replace(one, kind=UNCONFIRMED, detail={**one.detail, "kind": one.kind}))
        else:
            found.append(one)
    return found


def received(item: wire.MailItem) -> Received | None:
    """Give an item as it is kept; None for one that was erased, is unknown, or is not what its sender signed.

    What bears a mark of secrecy is not taken in: a line says that it came, and nothing of what it says.
    """
    if not item.body:
        return None
    try:
        found = _read_item(item)
    except (UserError, ValueError):
        return None
    try:
        require_unmarked(
            {"title": found.title, "text": found.text, "detail": _plain([found.detail, found.proof or {}])}
        )
    except UserError:
        return Received(
            item=found.item,
            kind=found.kind,
            sender=found.sender,
            agency=found.agency,
            title=_("Có dấu chỉ độ mật: máy này không nhận nội dung"),
            at=found.at,
            arrived_at=found.arrived_at,
            about=found.about,
            detail=found.detail if found.kind == "list" else {},
            proof={"key": found.proof["key"]} if found.proof else None,
        )
    return found


def _read_item(item: wire.MailItem) -> Received:
    if item.kind == "note":
        return _note(item)
    arrived_at = moment_told(item.at)
    if item.kind == "list":
        made = wire.list_told(item.body)
        detail: dict[str, Any] = {
            "which": made.which,
            "on": made.on,
            "columns": made.columns,
            "rows": made.rows,
        }
        return Received(
            item.id, "list", item.sender, item.agency, made.title, arrived_at, arrived_at, detail=detail
        )
    if item.kind not in {"release", "withdrawn"}:
        raise ValueError(item.kind)
    told = wire.decode(item.body, wire.ReleaseTold)
    detail = {"number": told.number, "symbol": told.symbol, "date_on": told.date_on, "kind": told.kind}
    detail |= {"public_id": str(told.public_id), "agency": told.agency, "corrects": told.corrects}
    datetime.fromisoformat(told.date_on)
    return Received(
        item.id, item.kind, item.sender, item.agency, told.title, arrived_at, arrived_at, detail=detail
    )


def _note(item: wire.MailItem) -> Received:
    signed = wire.decode(item.body, wire.SignedNote)
    op = signed.op
    is_its = (op.rec, op.journal, op.entity, op.kind) == (item.id, item.sender, wire.NOTE, "append")
    if not is_its or not wire.is_signed(signed.key, wire.SignedOp(op, signed.sig)):
        raise ValueError("signature")
    note = wire.note_of(op.patch)
    return Received(
        item=item.id,
        kind=note.kind,
        sender=item.sender,
        agency=item.agency,
        title=note.title,
        at=moment_told(note.at),
        arrived_at=moment_told(item.at),
        about=UUID(note.about) if note.about else None,
        text=note.text,
        by=note.author_name,
        detail=note.detail,
        proof={"op": wire.canonical(op).decode(), "key": signed.key, "sig": signed.sig},
    )


def complaint(told: wire.Complaint) -> Complaint | None:
    """Give a complaint as it is kept; None for one that cannot be read, or bears a mark of secrecy."""
    who = (told.name, told.outlet, told.card, told.phone, told.email)
    try:
        require_unmarked({"text": [told.text, told.place, told.answer, told.agency, *who]})
        made_at, happened_on = moment_told(told.made_at), date.fromisoformat(told.happened_on)
    except (UserError, ValueError):
        return None
    place = told.place, told.text, made_at, told.state, told.answer
    return Complaint(told.id, told.journal, told.agency, who, happened_on, *place)


def _plain(values: list[Any]) -> list[str]:
    found: list[str] = []
    waiting: list[Any] = list(values)
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, Mapping):
            waiting += value.values()
        elif isinstance(value, list | tuple):
            waiting += value
    return found


def _moment(text: str) -> datetime | None:
    try:
        return moment_told(text) if text else None
    except ValueError:
        return None
