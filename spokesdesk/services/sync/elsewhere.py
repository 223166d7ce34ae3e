"""Publishing at other places than the portal: the same ledger, one paper at a time, no transaction open meanwhile."""

import threading
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from spokesdesk.domain.changes import Change, Changes
from spokesdesk.domain.elsewhere import Delivery, ElsewhereKind, ElsewherePlace, Item, Receipt
from spokesdesk.domain.errors import ConflictError, DeskError, OutsideError, UserError, WaitError
from spokesdesk.domain.papers import Move, Paper, PaperState
from spokesdesk.domain.people import Role
from spokesdesk.domain.publication import paragraphs
from spokesdesk.domain.text import clean_line
from spokesdesk.domain.words import known_codes, word
from spokesdesk.services.ports import Desk
from spokesdesk.services.ports.elsewhere import Elsewhere

_SETTLED = frozenset({"published", "withdrawn", "quarantined"})
_delivering = threading.Lock()


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one round to the other places did.

    Attributes:
        faults: place → why it could not be spoken to; what waits for it stays queued.
    """

    sent: int = 0
    published: int = 0
    withdrawn: int = 0
    refused: int = 0
    faults: tuple[tuple[str, DeskError], ...] = ()


def add_elsewhere(
    desk: Desk,
    kind: ElsewhereKind,
    name: str,
    address: str,
    *,
    account: str = "",
    password: str = "",
    earlier: bool = False,
) -> tuple[ElsewherePlace, Changes]:
    """Note a place after trying it; papers released from now on go there.

    Args:
        desk: at work as an administrator.
        password: application password of a WordPress site; kept among the device's sealed secrets.
        earlier: queue what was released before, too.

    Raises:
        UserError: a field is wrong; ``elsewhere_name_taken``.
        AccessError: no administrator; the site does not know the account, or lets it do too little.
        OutsideError: the place cannot be reached.
    """
    desk.member.require(Role.ADMIN)
    clean = clean_line(name, field="name", limit=80, required=True)
    place = ElsewherePlace(desk.new_id(), kind, clean, address.strip(), account.strip(), desk.now())
    with closing(desk.elsewhere_at(place, password)) as spoken:
        spoken.check()
    if password:
        desk.device_keys.put(_secret(place.id), password.encode())
    with desk.write() as unit:
        if any(other.name == clean for other in unit.elsewhere.places()):
            raise UserError("elsewhere_name_taken", field="name", name=clean)
        unit.elsewhere.add(place)
        if earlier:
            released = unit.papers.row_numbers(states=(PaperState.RELEASED,))
            for row in sorted(unit.papers.rows(released), key=lambda row: row.saved_at):
                unit.elsewhere.queue_at(place.id, unit.papers.get(row.id), desk.now())
    return place, (Change("sync"),)


def remove_elsewhere(desk: Desk, place: UUID) -> Changes:
    """Forget a place and its password; what is published there stays. Raises AccessError for no administrator."""
    desk.member.require(Role.ADMIN)
    with desk.write() as unit:
        unit.elsewhere.remove(place)
    desk.device_keys.put(_secret(place), None)
    return (Change("sync"),)


def check_elsewhere(desk: Desk, place: UUID) -> None:
    """Try whether a place can be spoken to, with the password that is kept; nothing is published.

    Raises:
        UserError: ``record_missing``; a field of the place is wrong by now.
        AccessError: the site does not know the account, or lets it do too little.
        OutsideError: the place cannot be reached.
    """
    with desk.read() as unit:
        found = next((one for one in unit.elsewhere.places() if one.id == place), None)
    if found is None:
        raise UserError("record_missing", field="place", id=str(place))
    password = desk.device_keys.get(_secret(place)) or b""
    with closing(desk.elsewhere_at(found, password.decode())) as spoken:
        spoken.check()


def elsewhere(desk: Desk) -> tuple[tuple[ElsewherePlace, ...], tuple[Delivery, ...]]:
    """Give the other places, and the papers' ways there."""
    with desk.read() as unit:
        return unit.elsewhere.places(), unit.elsewhere.rows()


def said_reason(reason: str) -> str:
    """Say why a place did not take something: a code of ours in words, its own words as they are."""
    return word(OutsideError(reason)) if reason in known_codes() else reason


def retry_elsewhere(desk: Desk, place: UUID, record: UUID) -> Changes:
    """Queue once more what a place refused."""
    with desk.write() as unit:
        unit.elsewhere.retry(place, record, desk.now())
    return (Change("sync"),)


def deliver(desk: Desk) -> tuple[Delivered, Changes]:
    """Bring what waits to every other place and read what they answered; a fault of one place stops that place only.

    Raises:
        WaitError: ``sync_running``.
    """
    if not _delivering.acquire(blocking=False):
        raise WaitError("sync_running")
    try:
        with desk.read() as unit:
            places = unit.elsewhere.places()
        counts: dict[str, int] = {}
        faults: list[tuple[str, DeskError]] = []
        for place in places:
            try:
                _deliver_to(desk, place, counts)
            except DeskError as fault:
                faults.append((place.name, fault))
    finally:
        _delivering.release()
    told = Delivered(
        counts.get("sent", 0) + counts.get("accepted", 0),
        counts.get("published", 0),
        counts.get("withdrawn", 0),
        counts.get("quarantined", 0),
        tuple(faults),
    )
    return told, (Change("sync"),) if counts or faults else ()


def _deliver_to(desk: Desk, place: ElsewherePlace, counts: dict[str, int]) -> None:
    with desk.read() as unit:
        waiting = unit.elsewhere.underway(place.id)
    if not waiting:
        return
    password = desk.device_keys.get(_secret(place.id)) or b""
    with closing(desk.elsewhere_at(place, password.decode())) as spoken:
        for one in waiting:
            try:
                receipt = _asked(desk, spoken, one)
            except (UserError, ConflictError) as fault:
                receipt = Receipt("quarantined", one.url, one.remote, fault.code)
            except DeskError as fault:
                _note(desk, one, Receipt(one.state, one.url, one.remote, fault.code))
                raise
            if receipt is not None and (receipt.state != one.state or receipt.reason != one.reason):
                _note(desk, one, receipt)
                counts[receipt.state] = counts.get(receipt.state, 0) + 1


def _asked(desk: Desk, spoken: Elsewhere, one: Delivery) -> Receipt | None:
    item = _item(desk, one.record)
    if one.state != "queued":
        return spoken.receipt(item, one.wanted, one.remote)
    if one.wanted == "withdraw":
        return spoken.withdraw(item, one.remote)
    return spoken.publish(item, desk.files.open, one.remote)


def _note(desk: Desk, one: Delivery, receipt: Receipt) -> None:
    with desk.write() as unit:
        unit.elsewhere.note(one, receipt, desk.now())


def _item(desk: Desk, record: UUID) -> Item:
    with desk.read() as unit:
        paper, signed = unit.papers.get(record), unit.signatures.of(record)
    letter, pdf = paper.letter, signed[-1].file if signed else paper.pdf
    if paper.docx is None or pdf is None or paper.number is None or paper.numbered_on is None:
        raise OutsideError("release_incomplete")
    number = f"{paper.number:02d}"
    return Item(
        record,
        f"{number}/{letter.symbol}" if letter.symbol else number,
        letter.subject or paper.title,
        letter.agency,
        letter.place,
        paper.numbered_on,
        _released_at(paper),
        paragraphs(letter.body),
        pdf,
        paper.docx,
        paper.corrects,
    )


def _released_at(paper: Paper) -> datetime:
    steps = [step.at for step in paper.moves if step.move is Move.RELEASE]
    return steps[-1] if steps else paper.saved_at


def _secret(place: UUID) -> str:
    return f"elsewhere_{place.hex}"
