"""LibreOffice and poppler as judges: one profile and one call for many files, since starting costs seconds."""

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

Convert = Callable[[Mapping[str, bytes]], dict[str, bytes]]


@pytest.fixture(scope="session")
def convert(judge: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Gives a function from named .docx files to the PDFs that LibreOffice makes of them."""
    soffice = judge("soffice")
    home = tmp_path_factory.mktemp("office")
    counter = iter(range(1_000_000))

    def convert_all(files: Mapping[str, bytes]) -> dict[str, bytes]:
        folder = home / f"batch{next(counter)}"
        folder.mkdir()
        for name, content in files.items():
            (folder / f"{name}.docx").write_bytes(content)
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
        sources = [str(folder / f"{name}.docx") for name in files]
        command = [soffice, "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), *sources]
        subprocess.run(command, check=True, capture_output=True, timeout=280)
        return {name: _read(folder / f"{name}.pdf") for name in files}

    return convert_all


def _read(path: Path) -> bytes:
    if not path.exists():
        pytest.fail(f"LibreOffice could not open {path.stem}.docx", pytrace=False)
    return path.read_bytes()
