"""A portal that runs, and desks in workspaces of their own."""

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from spokesdesk import bootstrap
from spokesdesk.services import sync
from spokesdesk.services.ports import Desk
from tests.server.running import Device, RunningPortal
from tests.sync.desks import PASSPHRASE, new_desk
from tests.sync.pairs import well
from tests.sync.provinces import Both, joined
from tests.sync.rooms import Room
from tests.sync.sticks import Office


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    """A portal on embedded SQLite."""
    running = RunningPortal(tmp_path_factory.mktemp("portal") / "data").start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def fresh_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace just made, to copy from: making one costs seconds, because its passphrase must be slow."""
    folder = tmp_path_factory.mktemp("fresh") / "w"
    new_desk(folder).close()
    return folder


@pytest.fixture
def desk(fresh_workspace: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk of one person, not enrolled."""
    shutil.copytree(fresh_workspace, tmp_path / "w")
    opened = bootstrap.open_desk(tmp_path / "w", passphrase=PASSPHRASE)
    yield opened
    opened.close()


@pytest.fixture(autouse=True)
def closed_clients() -> Iterator[None]:
    """Every client that a test opened is closed after it."""
    yield
    RunningPortal.close_all()


@pytest.fixture
def own_portal(tmp_path: Path) -> Iterator[RunningPortal]:
    """A portal that nobody else uses, not started yet."""
    running = RunningPortal(tmp_path / "portal")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def office(
    portal: RunningPortal, fresh_workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    """Made once: each test leaves the three in step."""
    made = Office(tmp_path_factory.mktemp("office"), fresh_workspace, portal)
    yield made
    for desk in made.desks:
        desk.close()


@pytest.fixture
def room(portal: RunningPortal, fresh_workspace: Path, tmp_path: Path) -> Iterator[Room]:
    """A desk that sees the portal, and one in a room without a network that has joined nothing yet."""
    made = Room(tmp_path / "room", fresh_workspace, portal)
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "the"
    made.mkdir()
    return made


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, fresh_workspace: Path, portal: RunningPortal
) -> Iterator[Both]:
    """A province and an agency; tests look only at what they wrote."""
    with joined(tmp_path_factory.mktemp("province"), fresh_workspace, portal) as made:
        yield made


@pytest.fixture
def colleague(desk: Desk, portal: RunningPortal) -> Device:
    """A device of the same agency, whose program is another one."""
    agency = f"Sở {secrets.token_hex(5)}"
    sync.connect(desk, portal.url, portal.quick_code(agency))
    well(desk)
    return portal.device(agency)
