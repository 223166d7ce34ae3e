"""What the doors load: no Qt for the command line, nothing heavy before the window's first paint."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from installer.environment import ROOT
from tests.house import source

RUN = """
import json, runpy, sys
report, sys.argv = sys.argv[1], ["spokesdesk", *sys.argv[2:]]
code = 0
try:
    runpy.run_module("spokesdesk", run_name="__main__")
except SystemExit as end:
    code = end.code or 0
with open(report, "w", encoding="utf-8") as file:
    json.dump({"code": code, "modules": sorted(sys.modules)}, file)
"""
HEAVY = {
    "sqlalchemy",
    "alembic",
    "httpx",
    "reportlab",
    "docx",
    "pyhanko",
    "keyring",
    "pypdfium2",
    "cryptography",
}


def loaded_by(folder: Path, *arguments: str) -> set[str]:
    """Run the program in its own process; give the top-level names of all modules loaded at its end."""
    report = folder / "modules.json"
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(report), *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert report.exists(), done.stderr
    seen = json.loads(report.read_text(encoding="utf-8"))
    assert seen["code"] == 0, done.stderr
    return {name.split(".")[0] for name in seen["modules"]}


@pytest.mark.parametrize(
    "arguments", [["--help"], ["render", "letter.toml", "--docx", "a.docx", "--pdf", "a.pdf"]]
)
def test_the_command_line_loads_no_qt(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "letter.toml").write_text(source.LETTER, encoding="utf-8")
    loaded = loaded_by(tmp_path, *arguments)
    assert "spokesdesk" in loaded
    assert not {"PySide6", "shiboken6"} & loaded


def test_help_loads_no_heavy_library(tmp_path: Path) -> None:
    assert not HEAVY & loaded_by(tmp_path, "--help")


def test_nothing_heavy_is_loaded_at_first_paint(tmp_path: Path) -> None:
    report = tmp_path / "modules.txt"
    done = subprocess.run(
        [sys.executable, "-m", "spokesdesk"],
        cwd=tmp_path,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "SPOKESDESK_REPORT_MODULES": str(report),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    loaded = {name.split(".")[0] for name in report.read_text(encoding="utf-8").split()}
    assert "PySide6" in loaded, "no window was painted"
    assert not HEAVY & loaded
