"""What befalls an update on the disk: killed at every step, a disk that fills up; the old program still starts."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.outside.publisher import Publisher, program
from tests.outside.test_starved import may_mount

ROOT = Path(__file__).parents[2]


def test_killed_at_every_step_a_whole_program_starts_and_the_next_update_succeeds(tmp_path: Path) -> None:
    publisher = Publisher(tmp_path / "publisher")
    home = program(tmp_path / "Thư mục của Ổn" / "SpokesDesk", "0.1.0")
    command = [
        sys.executable,
        "-m",
        "tests.outside.update_killing",
        str(home),
        str(publisher.archive("0.2.0")),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["steps"] > 20
    assert set(told["seen"]) == {"0.1.0", "0.2.0"}, told
    assert sum(told["seen"].values()) == told["steps"]


@pytest.mark.parametrize(
    ("when", "size", "code"),
    [
        ("before", "20m", "disk_full"),
        ("fetching", "90m", "disk_full"),
        ("unpacking", "90m", "disk_full"),
        ("no room", "20m", "update_no_room"),
    ],
)
def test_a_disk_that_fills_up_leaves_the_old_program_and_nothing_half(
    tmp_path: Path, when: str, size: str, code: str
) -> None:
    if not may_mount():
        pytest.fail(
            "a small disk is needed: allow `unshare --map-root-user --mount` on this system", pytrace=False
        )
    publisher = Publisher(tmp_path / "publisher")
    root = tmp_path / "root.json"
    root.write_bytes(publisher.begin())
    publisher.publish("0.2.0", bulk=os.urandom(3_000_000))
    home = tmp_path / "disk"
    home.mkdir()
    words = [
        sys.executable,
        "-m",
        "tests.outside.update_starved",
        str(home),
        str(publisher.site),
        str(root),
        when,
    ]
    mounted = f"mount -t tmpfs -o size={size} none {shlex.quote(str(home))} && exec {shlex.join(words)}"
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", mounted]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"code": code, "starts": "0.1.0", "left": ["program", "spokesdesk"]}
