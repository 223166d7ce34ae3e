"""The whole proof of the Windows program: three builds, one run in wine; needs root."""

import subprocess
import sys
from pathlib import Path

import pytest

from installer.environment import ROOT

HERE = ROOT / "installer" / "windows"
BEFORE, NOW, NEWER = "0.0.8", "0.0.9", "0.0.10"


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_the_windows_program_stands_the_whole_proof(tmp_path: Path) -> None:
    for version in (BEFORE, NOW, NEWER):
        _run("build.py", "--fast", "--version", version, "--out", str(tmp_path))
    update = tmp_path / f"SpokesDesk-{NEWER}-windows-amd64.tar.zst"
    setup, before = (str(tmp_path / f"SpokesDesk-{version}-setup.exe") for version in (NOW, BEFORE))
    pictures = tmp_path / "pictures"
    said = _run("prove.py", setup, "--before", before, "--update", str(update), "--pictures", str(pictures))
    assert "HỎNG" not in said
    assert len(list(pictures.glob("*.png"))) > 10


def _run(door: str, *words: str) -> str:
    command = [sys.executable, str(HERE / door), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, errors="replace")
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    return done.stdout
