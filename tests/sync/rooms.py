"""A desk that sees the portal, and one in a room without any network that joins by a stick."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from spokesdesk import wire
from spokesdesk.outside.portal import portal_at
from spokesdesk.outside.stick import ASKS, FOLDER, WELCOMES
from spokesdesk.services import sync
from spokesdesk.services.ports import Desk, Enrolment, Portal
from spokesdesk.services.sync.online import online_place
from tests.server.running import RunningPortal
from tests.sync.pairs import differences, faults, well
from tests.sync.sticks import came, opened, unsent, went


def unplugged(desk: Desk) -> Desk:
    """Give a desk whose every question over the network ends the test."""

    def asked(address: str) -> Portal:
        raise AssertionError(f"asked the network: {address}")

    return replace(desk, portal_at=asked)


def plugged(desk: Desk) -> Desk:
    """Give a desk that has got a line to the portal."""
    return replace(desk, portal_at=portal_at(desk.device_keys))


def later(desk: Desk, by: timedelta) -> Desk:
    """Give a desk whose clock is ahead, or behind."""
    now = desk.now
    return replace(desk, now=lambda: now() + by)


class Room:
    """The two desks; ``far`` has joined nothing yet."""

    def __init__(self, folder: Path, fresh: Path, portal: RunningPortal) -> None:
        self.portal, self.agency = portal, f"Sở {secrets.token_hex(5)}"
        self._folder, self._fresh = folder, fresh
        self._desks: list[Desk] = []
        self.near, self.far = self.desk("Gần"), unplugged(self.desk("Xa"))
        self.connect(self.near)

    def desk(self, name: str, folder: str = "") -> Desk:
        """Give one more desk, which has joined nothing."""
        self._desks.append(opened(self._fresh, self._folder / (folder or name), name))
        return self._desks[-1]

    def connect(self, desk: Desk) -> None:
        """Connect a desk over the line."""
        sync.connect(desk, self.portal.url, self.code())
        well(desk)

    def close(self) -> None:
        """Close every desk."""
        for desk in self._desks:
            desk.close()

    def code(self) -> str:
        """Give a one-time code of the agency."""
        return self.portal.quick_code(self.agency)

    def asked(self, stick: Path, **how: bool) -> tuple[str, str]:
        """Let the far desk ask; gives the check code and the one-time code."""
        code = self.code()
        made, _changes = sync.ask_to_join(self.far, stick, code, **how)
        return made.check, code

    def vouched(self, stick: Path) -> str:
        """Let the far desk ask and be let in; gives the one-time code."""
        check, code = self.asked(stick)
        sync.vouch(self.near, stick, check, code)
        return code

    def joined(self, stick: Path) -> None:
        """Take the far desk in."""
        self.vouched(stick)
        self.entered(stick)

    def entered(self, stick: Path) -> None:
        """Let the far desk enter by what lies on the stick."""
        found, _changes = sync.enter(self.far, stick)
        assert [one.fault for one in found] == [None]

    def members(self) -> dict[str, UUID]:
        """Give the desks that the portal knows and lets write, by name."""
        place, token = online(self.near)
        portal = self.near.portal_at(place.portal)
        told = portal.members(token, place.journal).members
        portal.close()
        return {one.name: one.device for one in told if not one.revoked}

    def there_and_back(self, stick: Path) -> None:
        """From far away to the portal, and its feed home."""
        went(self.far, stick)
        came(self.near, stick)
        well(self.near)
        sync.exchange_files(self.near)
        well(self.near)
        went(self.near, stick)
        came(self.far, stick)

    def in_step(self, stick: Path) -> None:
        """Both hold the same, and nothing waits, once the sticks have gone round."""
        for _turn in range(2):
            self.there_and_back(stick)
        assert differences(self.near, self.far) == [], differences(self.near, self.far)
        assert (unsent(self.near), unsent(self.far)) == (0, 0)
        assert (faults(self.near), faults(self.far)) == ([], [])


def online(desk: Desk) -> tuple[Enrolment, str]:
    """Give where a connected desk is enrolled, and its renewal token."""
    return online_place(desk)


def device_of(desk: Desk) -> UUID:
    """Give the id of a desk at the portal."""
    with desk.read() as unit:
        place = unit.outbox.enrolment()
    assert place is not None
    return place.device


def is_alone(desk: Desk) -> bool:
    """Say whether a desk has joined nothing, and nothing of it waits to be sent."""
    with desk.read() as unit:
        return unit.outbox.enrolment() is None and unit.replicas.filling() is None


def asks_on(stick: Path) -> list[Path]:
    """Give the requests that lie on a stick."""
    return sorted((stick / FOLDER / ASKS).glob("*.json"))


def welcomes_on(stick: Path) -> list[Path]:
    """Give the answers that lie on a stick."""
    return sorted((stick / FOLDER / WELCOMES).glob("*.json"))


def rewritten(path: Path, kind: type, change: Callable[[Any], object]) -> None:
    """Put another message in the place of one on a stick."""
    path.write_bytes(wire.encode(change(wire.decode(path.read_bytes(), kind))))
