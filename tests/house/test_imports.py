"""The import contracts of pyproject.toml hold, and each of them would notice a wrong import."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer.environment import ROOT
from tests.house import source

WRONG = {
    "domain/wrong_pure.py": "import sqlalchemy\n",
    "cli/wrong_qt.py": "import PySide6\n",
    "cli/wrong_front.py": "import spokesdesk.store.tables\n",
    "services/wrong_room.py": "import spokesdesk.store\n",
    "services/wrong_libraries.py": "import docx, python_calamine, sqlalchemy, starlette, trafilatura\n",
    "services/wrong_wiring.py": "import spokesdesk.bootstrap\n",
    "server/wrong_portal.py": "import spokesdesk.services\n",
    "gui/journal/wrong_screen.py": "import spokesdesk.gui.papers\n",
    "typeset/wrong_one.py": "import spokesdesk.typeset.wrong_two\n",
    "typeset/wrong_two.py": "import spokesdesk.typeset.wrong_one\n",
    "utils.py": "",
}
"""Files that break the house, each in its own way."""


def lint(folder: Path) -> tuple[int, str]:
    """Run import-linter in a folder that holds the package and pyproject.toml."""
    run = "from importlinter.cli import lint_imports_command as lint; lint()"
    command = [sys.executable, "-c", run, "--no-cache"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def outcome(report: str) -> dict[str, str]:
    """Read ``name KEPT`` and ``name BROKEN`` lines."""
    lines = [line.rpartition(" ") for line in report.splitlines() if line.endswith((" KEPT", " BROKEN"))]
    return {name: state for name, _, state in lines}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    shutil.copytree(
        ROOT / "spokesdesk", tmp_path / "spokesdesk", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_room_is_a_package_that_the_contracts_can_see() -> None:
    folders = {file.parent for file in source.python_files("spokesdesk")}
    bare = [folder for folder in folders if not (folder / "__init__.py").exists()]
    unseen = [source.where(folder, 1) for folder in bare if folder.name != "versions"]  # Alembic's scripts
    assert unseen == [], source.listed(unseen)


def test_the_house_keeps_its_contracts_and_every_contract_notices_a_wrong_import(house: Path) -> None:
    code, report = lint(house)
    assert code == 0, report
    assert len(outcome(report)) >= 12
    for name, text in WRONG.items():
        (house / "spokesdesk" / name).write_text(text, encoding="utf-8")
    code, report = lint(house)
    assert code != 0
    assert {name for name, state in outcome(report).items() if state == "KEPT"} == set()
