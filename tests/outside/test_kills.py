import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KINDS = ("commits", "blobs", "secrets")


def kill(what: str, rounds: int, folder: Path) -> None:
    command = [sys.executable, "-m", "tests.outside.killing", what, str(rounds), str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=3000)
    assert done.returncode == 0, done.stderr
    pieces, kills = map(int, done.stdout.split())
    assert kills == rounds
    assert pieces >= rounds


@pytest.mark.parametrize("what", KINDS)
def test_a_killed_process_loses_nothing_it_had_acknowledged(what: str, tmp_path: Path) -> None:
    kill(what, 6, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("what", KINDS)
def test_a_thousand_kills_lose_nothing(what: str, tmp_path: Path) -> None:
    kill(what, 1000, tmp_path)
