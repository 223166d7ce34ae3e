"""A desk in a room without any network joins its agency's journal by a stick, and is one of its desks from then on."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from spokesdesk.services import sync
from spokesdesk.services.ports import Desk, Portal
from tests.server.running import RunningPortal
from tests.sync.pairs import differences, faults, well
from tests.sync.sticks import attached, came, has, opened, outlet, unsent, went


def unplugged(desk: Desk) -> Desk:
    """Give a desk whose every question over the network ends the test."""

    def portal_at(address: str) -> Portal:
        raise AssertionError(f"asked the network: {address}")

    return replace(desk, portal_at=portal_at)


class Room:
    """A desk that sees the portal, and one in a room without a network."""

    def __init__(self, folder: Path, fresh: Path, portal: RunningPortal) -> None:
        self.portal, self.agency = portal, f"Sở {secrets.token_hex(5)}"
        self.near = opened(fresh, folder / "gan", "Gần")
        self.far = unplugged(opened(fresh, folder / "xa", "Xa"))
        sync.connect(self.near, portal.url, portal.quick_code(self.agency))
        well(self.near)

    def code(self) -> str:
        return self.portal.quick_code(self.agency)

    def asked(self, stick: Path) -> tuple[str, str]:
        """Let the far desk ask; gives the check code and the one-time code."""
        code = self.code()
        made, _changes = sync.ask_to_join(self.far, stick, code)
        return made.check, code

    def joined(self, stick: Path) -> None:
        """Take the far desk in."""
        check, code = self.asked(stick)
        sync.vouch(self.near, stick, check, code)
        sync.enter(self.far, stick)

    def there_and_back(self, stick: Path) -> None:
        went(self.far, stick)
        came(self.near, stick)
        well(self.near)
        sync.exchange_files(self.near)
        well(self.near)
        went(self.near, stick)
        came(self.far, stick)

    def in_step(self) -> None:
        assert differences(self.near, self.far) == []
        assert (unsent(self.near), unsent(self.far)) == (0, 0)
        assert (faults(self.near), faults(self.far)) == ([], [])


@pytest.fixture
def room(portal: RunningPortal, fresh_workspace: Path, tmp_path: Path) -> Iterator[Room]:
    made = Room(tmp_path / "room", fresh_workspace, portal)
    yield made
    made.near.close()
    made.far.close()


def test_it_asks_is_vouched_for_enters_and_shares_everything(room: Room, stick: Path) -> None:
    theirs, photo = outlet(room.near), attached(room.near, secrets.token_bytes(200_000))
    mine = outlet(room.far)
    check, code = room.asked(stick)
    [waiting] = sync.waiting_asks(room.near, stick)
    assert (waiting.check, waiting.name, waiting.fault, waiting.is_known) == (check, "Xa", None, False)
    sync.vouch(room.near, stick, waiting.check, code)
    told = sync.invitation(room.far, stick)
    assert (told.agency, told.portal, told.by) == (room.agency, room.portal.url, "Gần")
    [took], _changes = sync.enter(room.far, stick)
    assert took.fault is None
    assert has(room.far, theirs)
    assert room.far.files.has(photo.sha256)
    assert sync.key_state(room.far).mark == sync.key_state(room.near).mark != ""
    room.there_and_back(stick)
    room.there_and_back(stick)
    assert has(room.near, mine)
    room.in_step()
    assert sync.state(room.far).by_hand
