import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from spokesdesk.outside import sealing
from tests.outside.publisher import Publisher
from tests.outside.updating import Machine, Serve
from tests.tokens import token

__all__ = ["token"]

ROOT = Path(__file__).parents[2]

REAL_COST = sealing.COST


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretching a passphrase is slow on purpose; only one test needs to see that."""
    monkeypatch.setattr(sealing, "COST", (64, 1, 1))


@pytest.fixture
def real_cost(cheap_passphrases: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cost that people get."""
    monkeypatch.setattr(sealing, "COST", REAL_COST)


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path / "publisher")


@pytest.fixture
def machine(tmp_path: Path, publisher: Publisher) -> Machine:
    return Machine(tmp_path / "machine", publisher.begin())


@pytest.fixture
def serve(publisher: Publisher) -> Iterator[Serve]:
    """Serve the publisher's files from another process; gives the address."""
    running: list[subprocess.Popen[str]] = []

    def start(folder: Path = publisher.site, cut_at: int = 0, how: str = "") -> str:
        command = [sys.executable, "-m", "tests.outside.update_server", str(folder), str(cut_at), how]
        server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        running.append(server)
        assert server.stdout is not None
        return f"http://127.0.0.1:{server.stdout.readline().strip()}"

    yield start
    for server in running:
        server.kill()
        server.wait()
        assert server.stdout is not None
        server.stdout.close()
