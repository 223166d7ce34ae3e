"""The wheel alone is the program: with nothing but the locked packages it renders and opens its window."""

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from importlib import metadata
from pathlib import Path

import docx
import pdfplumber
import pytest

from installer.environment import ROOT
from tests.house import source

RESOURCES = tuple(file for file in source.tree_files() if file.is_relative_to(ROOT / "resources"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the checkout without network."""
    checkout = tmp_path_factory.mktemp("checkout")
    for file in source.tree_files():
        copy = checkout / file.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, copy)
    run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "out"], checkout)
    return next((checkout / "out").glob("spokesdesk-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean environment's folder of programs: the desk's locked packages and the wheel, no checkout.

    The packages are linked from this environment, because a test reaches no index; what the lock of the desk
    does not name is not linked, so a dependency that pyproject.toml forgot is missing here.
    """
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=True)
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    python = programs / "python"
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    target = Path(run([str(python), "-c", ask], home).strip())
    for package in locked_packages():
        for top in {part.parts[0] for part in metadata.files(package) or () if part.parts[0] != ".."}:
            if top != "__pycache__" and not (target / top).exists():
                (target / top).symlink_to(Path(str(metadata.distribution(package).locate_file(top))))
    run([str(python), "-m", "pip", "install", "--quiet", "--no-index", str(wheel)], home)
    return programs


def locked_packages() -> list[str]:
    """Give the names in the desk's lock that are installed here."""
    lock = (ROOT / "requirements" / "linux-desk.txt").read_text(encoding="utf-8")
    here = {dist.name.lower().replace("_", "-").replace(".", "-") for dist in metadata.distributions()}
    return sorted({line.split("==")[0] for line in lock.splitlines() if "==" in line} & here)


def run(command: list[str], folder: Path, **variables: str) -> str:
    """Run a program away from the checkout; give what it printed."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | variables
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


def test_the_wheel_carries_the_data_files_and_no_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert RESOURCES
    wanted = {f"spokesdesk/{file.relative_to(ROOT).as_posix()}" for file in RESOURCES}
    assert wanted - names == set()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"spokesdesk"}


def test_the_installed_program_renders_a_letter(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.toml").write_text(source.LETTER, encoding="utf-8")
    command = ["render", "letter.toml", "--docx", "letter.docx", "--pdf", "letter.pdf"]
    run([str(installed / "spokesdesk"), *command], tmp_path)
    with pdfplumber.open(tmp_path / "letter.pdf") as pdf:
        printed = pdf.pages[0].extract_text()
    document = docx.Document(str(tmp_path / "letter.docx"))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    written = "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])
    for phrase in ("214/STTTT-TTBCXB", "đề nghị Quý Báo đăng cải chính", "Nguyễn Văn An"):
        assert phrase in printed
        assert phrase in written


def test_the_installed_program_opens_its_window(installed: Path, tmp_path: Path) -> None:
    report = tmp_path / "modules.txt"
    run([str(installed / "spokesdesk")], tmp_path, SPOKESDESK_REPORT_MODULES=str(report))
    assert "PySide6.QtWidgets" in report.read_text(encoding="utf-8").split()
