import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# Thirty kills in all; with --long a thousand of each.
KINDS = {"commits": 3, "blobs": 3, "secrets": 3, "desk": 15, "upgrades": 6}


def kill(what: str, rounds: int, folder: Path) -> None:
    command = [sys.executable, "-m", "tests.outside.killing", what, str(rounds), str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=9000)
    assert done.returncode == 0, done.stderr
    pieces, kills = map(int, done.stdout.split())
    assert kills == rounds
    assert pieces >= rounds


@pytest.mark.parametrize(("what", "rounds"), KINDS.items())
def test_a_killed_process_loses_nothing_it_had_acknowledged(what: str, rounds: int, tmp_path: Path) -> None:
    kill(what, rounds, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("what", KINDS)
def test_a_thousand_kills_lose_nothing(what: str, tmp_path: Path) -> None:
    kill(what, 1000, tmp_path)
