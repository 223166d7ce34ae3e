"""A province and an agency at two desks, with a portal in a process of its own between them."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from spokesdesk import bootstrap, wire
from spokesdesk.domain.journal import Channel
from spokesdesk.domain.province import Note, NoteDraft, NoteKind, Severity
from spokesdesk.domain.requests import Request
from spokesdesk.services import province, province_keys, requests, sync
from spokesdesk.services.ports import Desk
from tests.server.running import Device, RunningPortal
from tests.sync.desks import PASSPHRASE
from tests.sync.pairs import well


@dataclass
class Both:
    """The two desks; ``name`` of the agency at the portal."""

    portal: RunningPortal
    province: Desk
    agency: Desk
    name: str

    @property
    def journal(self) -> str:
        """The agency's journal, as an address of notes."""
        return str(province.agency_named(self.province, self.name).journal)

    def exchange(self) -> None:
        """Let what the province wrote reach the agency, and what it answered the province."""
        for desk in (self.province, self.agency, self.province):
            well(desk)

    def alert(self, title: str = "về vụ việc trên báo", **more: object) -> Note:
        """Write an alert to the agency."""
        return self._write(NoteKind.ALERT, title, **more)

    def ask(self, title: str = "số liệu quý III", **more: object) -> Note:
        """Write a request to the agency."""
        return self._write(NoteKind.ASK, title, **more)

    def _write(self, kind: NoteKind, title: str, **more: object) -> Note:
        values = {"recipient": self.journal, "text": "Đề nghị kiểm tra, trả lời.", **more}
        return province.write(self.province, NoteDraft(kind, title, **values))[0]  # type: ignore[arg-type]


@contextmanager
def joined(folder: Path, fresh: Path, portal: RunningPortal) -> Iterator[Both]:
    """Give a province and an agency, both enrolled and knowing of each other.

    Args:
        fresh: a workspace to copy from.
    """
    name = f"Sở {secrets.token_hex(5)}"
    desks = []
    try:
        for who, is_province in (("Tỉnh " + secrets.token_hex(4), True), (name, False)):
            shutil.copytree(fresh, folder / who)
            desks.append(bootstrap.open_desk(folder / who, passphrase=PASSPHRASE))
            sync.connect(desks[-1], portal.url, portal.quick_code(who, province=is_province))
        both = Both(portal, desks[0], desks[1], name)
        both.exchange()
        yield both
    finally:
        for desk in desks:
            desk.close()


def confirmed(desk: Desk, device: Device) -> None:
    """Confirm a new key of the province, as after a telephone call."""
    key = wire.public_key(device.seed)
    [sender] = [one for one in province_keys.new_senders(desk) if one.key == key]
    province_keys.confirm(desk, sender.sender, key)


def written_down(desk: Desk, note_id: UUID) -> list[Request]:
    """Give the requests at an agency's desk that a note of the province became, as the list has them."""
    rows = requests.request_rows(desk, requests.request_numbers(desk))
    found = [requests.request(desk, row.id) for row in rows]
    return [one for one in found if one.channel is Channel.PROVINCE and note_id in (one.note_id, one.id)]


__all__ = ["Both", "Severity", "confirmed", "joined", "written_down"]
