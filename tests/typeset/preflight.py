"""Apache Preflight as the judge of PDF/A-1b; a missing jar is a failure that names its package."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from installer.system import ARCHIVE_JARS
from tests.judges import judge


def faults(files: Mapping[str, bytes], folder: Path) -> dict[str, str]:
    """Give what Preflight has against each file, "" for a valid PDF/A-1b.

    Args:
        files: PDFs by name.
        folder: an empty one.
    """
    for name, content in files.items():
        (folder / f"{name}.pdf").write_bytes(content)
    missing = {package for jar, package in ARCHIVE_JARS.items() if not Path(jar).exists()}
    if missing:
        line = " ".join(sorted(missing))
        pytest.fail(f"Preflight is missing: apt-get install -y --no-install-recommends {line}", pytrace=False)
    return {name: _fault(folder / f"{name}.pdf") for name in files}


def _fault(file: Path) -> str:
    validator = "org.apache.pdfbox.preflight.Validator_A1b"
    command = [judge("java"), "-Xshare:auto", "-cp", ":".join(ARCHIVE_JARS), validator, str(file)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    said = done.stdout + done.stderr
    return "" if done.returncode == 0 and "is a valid PDF/A-1b file" in said else said.strip() or "no answer"
