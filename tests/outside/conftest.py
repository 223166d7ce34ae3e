import pytest

from spokesdesk.outside import sealing
from tests.tokens import token

__all__ = ["token"]

REAL_COST = sealing.COST


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretching a passphrase is slow on purpose; only one test needs to see that."""
    monkeypatch.setattr(sealing, "COST", (64, 1, 1))


@pytest.fixture
def real_cost(cheap_passphrases: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cost that people get."""
    monkeypatch.setattr(sealing, "COST", REAL_COST)
