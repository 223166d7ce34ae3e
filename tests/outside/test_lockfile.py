import subprocess
import sys
from pathlib import Path

import pytest

from spokesdesk.domain.errors import WaitError
from spokesdesk.outside.lockfile import FileLock, acquire_window_lock

HOLD = (
    "import sys; from pathlib import Path\n"
    "from spokesdesk.outside.lockfile import acquire_window_lock\n"
    "held = acquire_window_lock(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
)


def test_a_second_window_is_told_and_a_killed_first_one_lets_go(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        with pytest.raises(WaitError, match="workspace_in_use"):
            acquire_window_lock(tmp_path)
        first.kill()
        first.wait(10)
    acquire_window_lock(tmp_path).release()


def test_one_holder_at_a_time_within_a_process_too(tmp_path: Path) -> None:
    one, two = FileLock(tmp_path / "l"), FileLock(tmp_path / "l")
    assert one.take()
    assert not two.take()
    one.release()
    assert two.take()
    two.release()
    two.release()
