"""An agency with a desk far from every network, and the stick between it and the others."""

import resource
import secrets
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from spokesdesk import bootstrap
from spokesdesk.domain.journal import Attachment, Channel, ContactDraft
from spokesdesk.domain.people import Outlet
from spokesdesk.outside.stick import FolderStick
from spokesdesk.services import journal, people, sync
from spokesdesk.services.ports import Desk
from tests.server.running import RunningPortal
from tests.sync.desks import PASSPHRASE
from tests.sync.pairs import differences, faults, well


def opened(fresh: Path, folder: Path, name: str) -> Desk:
    """Give a desk in a copy of a workspace just made, with somebody of this name at it."""
    shutil.copytree(fresh, folder)
    desk = bootstrap.open_desk(folder, passphrase=PASSPHRASE)
    return desk.working_as(replace(desk.member, name=name))


class Office:
    """Two desks that see the portal and one far away that does not."""

    def __init__(self, folder: Path, fresh: Path, portal: RunningPortal) -> None:
        self.portal = portal
        self.agency = f"Sở {secrets.token_hex(5)}"
        self.near, self.other, self.far = (
            opened(fresh, folder / name, name) for name in ("Gần", "Khác", "Xa")
        )
        for desk in (self.near, self.other, self.far):
            sync.connect(desk, portal.url, portal.quick_code(self.agency))
            well(desk)
        for desk in (self.near, self.other, self.far, self.near, self.other, self.far):
            well(desk)

    @property
    def desks(self) -> tuple[Desk, ...]:
        return self.near, self.other, self.far


def outlet(desk: Desk, name: str = "") -> str:
    name = name or f"Báo {secrets.token_hex(4)}"
    people.save_outlet(desk, Outlet(desk.new_id(), name))
    return name


def attached(desk: Desk, data: bytes) -> Attachment:
    """Keep a file with an entry of its own."""
    kept = desk.files.put_bytes(data, "ảnh hiện trường.jpg")
    outlet, journalist = f"Báo {secrets.token_hex(4)}", f"Lê {secrets.token_hex(4)}"
    at = desk.now() - timedelta(hours=1)
    journal.log_contact(
        desk, ContactDraft(Channel.PHONE, at, outlet, journalist, "sạt lở", attachments=(kept,))
    )
    return kept


def has(desk: Desk, name: str) -> bool:
    return any(one.name == name for one in people.outlets(desk))


def unsent(desk: Desk) -> int:
    with desk.read() as unit:
        basis = unit.outbox.basis()
    return len(basis.waiting) if basis else 0


def went(desk: Desk, stick: Path) -> sync.CarriedOut:
    made, _changes = sync.carry_out(desk, stick)
    assert made.fault is None, made.fault
    return made


def came(desk: Desk, stick: Path) -> list[sync.CarriedFrom]:
    found, _changes = sync.carry_in(desk, stick)
    assert [one.fault for one in found] == [None] * len(found), [(one.name, one.fault) for one in found]
    return list(found)


def there_and_back(office: Office, stick: Path) -> None:
    """From far away to the portal, and its feed home."""
    went(office.far, stick)
    came(office.near, stick)
    well(office.near)
    sync.exchange_files(office.near)
    went(office.near, stick)
    came(office.far, stick)


def in_step(office: Office) -> None:
    for desk in (office.near, office.other):
        well(desk)
        sync.exchange_files(desk)
    with TemporaryDirectory() as between:  # how far the third has read, for far away carries for it, too
        went(office.other, Path(between))
        came(office.far, Path(between))
    assert differences(office.near, office.other) == []
    assert differences(office.near, office.far) == []
    assert [unsent(desk) for desk in office.desks] == [0, 0, 0]
    assert [faults(desk) for desk in office.desks] == [[], [], []]


def in_parts(office: Office, size: int) -> None:
    office.near, office.other, office.far = (
        replace(desk, stick_at=lambda folder: FolderStick(folder, size)) for desk in office.desks
    )


@contextmanager
def full_after(size: int) -> Iterator[None]:
    """No file may grow beyond a size: what a disk without room says of the next byte."""

    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.getsignal(signal.SIGXFSZ)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
