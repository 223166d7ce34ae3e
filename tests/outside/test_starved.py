import json
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that another user can reach, which pytest's own are not."""
    with tempfile.TemporaryDirectory(prefix="starved-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


def starved(how: str, folder: Path, size: str = "") -> dict[str, object]:
    """Let another process work in want; ``size`` makes the folder a disk of its own, for that process only."""
    command = [sys.executable, "-m", "tests.outside.starved", how, str(folder)]
    if size:
        mounted = (
            f"mount -t tmpfs -o size={size} none {shlex.quote(str(folder))} && exec {shlex.join(command)}"
        )
        command = ["unshare", "--map-root-user", "--mount", "sh", "-c", mounted]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    saw: dict[str, object] = json.loads(done.stdout)
    return saw


def may_mount() -> bool:
    """Tell whether this system lets us make a small disk; a locked-down container does not."""
    tried = ["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


def test_a_full_disk_fails_the_save_and_nothing_else(folder: Path) -> None:
    saw = starved("full", folder, "6m") if may_mount() else starved("quota", folder)
    full = ("disk_full",) if may_mount() else ("disk_full", "disk_failed")
    assert saw.pop("save") in full
    assert saw.pop("backup") in full
    assert saw == {
        "rows_kept": True, "attach": "disk_full", "files_kept": "kept", "leftovers": [], "faults": [],
        "opens": True,
    }  # fmt: skip


def test_a_quota_is_told_as_trouble_with_the_disk_and_loses_nothing(folder: Path) -> None:
    saw = starved("quota", folder)
    assert saw.pop("save") in ("disk_full", "disk_failed")
    assert saw.pop("backup") in ("disk_full", "disk_failed")
    assert saw == {
        "rows_kept": True, "attach": "disk_full", "files_kept": "kept", "leftovers": [], "faults": [],
        "opens": True,
    }  # fmt: skip


def test_where_writing_is_forbidden_each_step_says_so_and_reading_works(folder: Path) -> None:
    assert starved("readonly", folder) == {
        "open": "read_only", "attach": "read_only", "keys": "read_only", "create": "read_only",
        "export": "read_only", "read": "kept", "unlock": True,
    }  # fmt: skip
