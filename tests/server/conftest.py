"""Portals that run: on embedded SQLite and on PostgreSQL, started once a session."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.chromium import Chromium
from tests.server.running import Device, Postgres, RunningPortal
from tests.server.visitors import Guests, Visitor


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server."""
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def embedded_portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    """A portal on embedded SQLite."""
    portal = RunningPortal(tmp_path_factory.mktemp("portal") / "data").start()
    yield portal
    portal.stop()


@pytest.fixture(scope="session")
def postgres_portal(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPortal]:
    """A portal on PostgreSQL."""
    portal = RunningPortal(tmp_path_factory.mktemp("portal") / "data", postgres.new_database()).start()
    yield portal
    portal.stop()


@pytest.fixture(params=["embedded", "postgres"])
def portal(request: pytest.FixtureRequest) -> RunningPortal:
    """Both kinds of portal, one after the other."""
    found: RunningPortal = request.getfixturevalue(f"{request.param}_portal")
    return found


@pytest.fixture(autouse=True)
def closed_clients() -> Iterator[None]:
    """Every client that a test opened is closed after it."""
    yield
    RunningPortal.close_all()


@pytest.fixture
def device(portal: RunningPortal) -> Device:
    """A device of an agency of its own."""
    return portal.device()


@pytest.fixture
def own_portal(tmp_path: Path) -> Iterator[RunningPortal]:
    """A portal that nobody else uses, not started yet."""
    portal = RunningPortal(tmp_path / "data")
    yield portal
    portal.stop()


@pytest.fixture
def guests() -> Iterator[Guests]:
    """Visitors of the public pages, whose browsers are closed after the test."""
    made: list[Visitor] = []

    def come(portal: RunningPortal) -> Visitor:
        made.append(Visitor(portal))
        return made[-1]

    yield come
    for one in made:
        one.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    """One browser for all pages."""
    made = Chromium()
    yield made
    made.close()
