"""A desk killed in its rounds or its first filling, and a portal killed under load (F34, K9)."""

from pathlib import Path

import pytest

from tests.outside.test_kills import kill

KINDS = {"rounds": 10, "pushes": 20, "fillings": 5}


@pytest.mark.parametrize(("what", "rounds"), KINDS.items(), ids=KINDS)
def test_a_kill_in_an_exchange_loses_and_doubles_nothing(what: str, rounds: int, tmp_path: Path) -> None:
    kill(what, rounds, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("what", KINDS)
def test_a_thousand_kills_in_exchanges_lose_and_double_nothing(what: str, tmp_path: Path) -> None:
    kill(what, 1000, tmp_path)
