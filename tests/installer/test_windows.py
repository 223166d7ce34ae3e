"""The Windows installer's pure parts: what goes in, how versions are written, what the list of parts says."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from installer.environment import ROOT
from installer.parts import sources
from installer.talk import SetupError
from installer.windows import build, bundle, bytecode, parts, script

LOCK = ROOT / "requirements" / "windows-desk.txt"


def test_the_lock_is_read_as_windows_reads_it_and_every_entry_keeps_its_hashes() -> None:
    text = parts.for_windows(LOCK.read_text(encoding="utf-8"))
    names = {line.split("==")[0] for line in text.splitlines() if "==" in line}
    assert {"pywin32-ctypes", "tzdata", "pyside6-essentials", "sqlcipher3"} <= names
    assert not {"secretstorage", "jeepney", "importlib-metadata", "zipp"} & names
    assert " ; " not in text
    for entry in text.split("==")[1:]:
        assert "--hash=sha256:" in entry


def test_a_marker_nobody_thought_of_stops_the_build() -> None:
    with pytest.raises(SetupError, match="platform_machine"):
        parts.for_windows("six==1.17.0 ; platform_machine == 'arm64' \\\n    --hash=sha256:00\n")


@pytest.mark.parametrize(
    ("name", "is_wanted"),
    [
        ("PySide6/Qt6Core.dll", True),
        ("PySide6/QtWidgets.pyd", True),
        ("PySide6/plugins/platforms/qwindows.dll", True),
        ("PySide6/plugins/imageformats/qsvg.dll", True),
        ("PySide6/Qt6Quick.dll", False),
        ("PySide6/opengl32sw.dll", False),
        ("PySide6/qml/QtQuick/plugins.qmltypes", False),
        ("PySide6/translations/qtbase_de.qm", False),
        ("PySide6/designer.exe", False),
        ("PySide6/QtCore.pyi", False),
        ("PIL/_avif.cp313-win_amd64.pyd", False),
        ("keyring-25.7.0.dist-info/entry_points.txt", True),
        ("keyring-25.7.0.dist-info/RECORD", False),
        ("keyring/backends/Windows.py", True),
        ("sqlalchemy/orm/session.py", True),
        ("babel/locale-data/vi.dat", True),
        ("babel/locale-data/root.dat", True),
        ("babel/locale-data/zu.dat", False),
    ],
)
def test_only_what_the_program_loads_goes_in(name: str, is_wanted: bool) -> None:
    assert bundle.wanted(name) is is_wanted


def test_every_part_of_qt_that_the_window_imports_is_kept() -> None:
    used = set()
    for file in (ROOT / "spokesdesk" / "gui").rglob("*.py"):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip().startswith(("from PySide6.Qt", "import PySide6.Qt")):
                used.add(line.split("PySide6.Qt")[1].split()[0])
    assert used - {"DBus"} <= bundle.QT_MODULES  # the desktop's bus is asked on Linux alone


def test_the_program_carries_its_data_files_and_no_tests() -> None:
    inside = sources(*build.SHIPPED, without=build.WITHOUT)
    assert "spokesdesk/__main__.py" in inside
    assert "spokesdesk/resources/fonts/BeVietnamPro-Regular.ttf" in inside
    assert not [name for name in inside if name.startswith(("tests", "spokesdesk/server/"))]


@pytest.mark.parametrize(
    ("version", "four"), [("0.1.0", "0.1.0.0"), ("1.2", "1.2.0.0"), ("0.2.0rc1", "0.2.0.0"), ("1", "1.0.0.0")]
)
def test_windows_gets_four_numbers(version: str, four: str) -> None:
    assert script.version_of_four(version) == four


def test_files_are_unpacked_beside_the_version_in_use_in_one_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/giá $1.txt", "a/c.txt"):
        bundle.put(tmp_path / name, b"x")
    bundle.sealed(tmp_path, 1_700_000_000)
    files = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.txt"))
    lines = script.file_lines(tmp_path, files).splitlines()
    assert lines[0] == 'SetOutPath "$INSTDIR\\program.new\\a"'
    assert lines.index('SetOutPath "$INSTDIR\\program.new"') == 3
    assert any("giá $$1.txt" in line for line in lines)
    assert {path.stat().st_mtime for path in tmp_path.rglob("*.txt")} == {1_700_000_000}


def test_modules_are_compiled_to_the_same_bytes_wherever_and_whenever_it_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Which Python does it changes nothing of what is seen here; the carried one may not be on this machine.
    monkeypatch.setattr(bytecode, "interpreter", lambda: sys.executable)
    made = []
    for at, name in enumerate(("đây", "nơi khác")):
        program = tmp_path / name
        bundle.put(program / "app" / "thu.py", b"def noi():\n    return 'xin ch\xc3\xa0o'\nprint(noi())\n")
        bundle.put(program / "lib" / "g\u00f3i.py", b"a = 1\n")
        bytecode.compiled(program)
        bundle.sealed(program, 1_700_000_000 + at)
        made.append({path.name: path.read_bytes() for path in program.rglob("*.pyc")})
        look = ["-I", "-v", "-c", f"import sys; sys.path.insert(0, {str(program / 'app')!r}); import thu"]
        ran = subprocess.run([sys.executable, *look], capture_output=True, text=True, check=True)
        assert (ran.stdout.strip(), "code object from" in ran.stderr) == ("xin chào", True)
        assert "wrote" not in ran.stderr
    assert made[0] == made[1]
    assert len(made[0]) == 2


def test_a_module_that_is_no_python_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytecode, "interpreter", lambda: sys.executable)
    bundle.put(tmp_path / "app" / "hong.py", b"def (\n")
    bundle.put(tmp_path / "lib" / "tot.py", b"")
    with pytest.raises(SetupError, match=r"hong\.py"):
        bytecode.compiled(tmp_path)


def test_the_list_of_parts_names_each_with_version_hash_and_licence(tmp_path: Path) -> None:
    wheel = tmp_path / "thu-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("thu-1.0.dist-info/METADATA", "Name: Thu\nVersion: 1.0\nLicense-Expression: MIT\n")
        archive.writestr("thu-1.0.dist-info/licenses/LICENSE", "MIT …")
    own = parts.own_parts(wheel, ROOT / "resources" / "fonts", "0.1.0")
    made = json.loads(json.dumps(parts.cyclonedx([own[0], parts.part_of(wheel), *own[1:]], "2026-11-27")))
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.5")
    assert made["metadata"]["component"]["version"] == "0.1.0"
    first = made["components"][0]
    assert (first["name"], first["version"], first["licenses"]) == (
        "Thu",
        "1.0",
        [{"license": {"name": "MIT"}}],
    )
    assert first["hashes"] == [{"alg": "SHA-256", "content": parts.digest(wheel)}]
    assert all(part["hashes"] for part in made["components"])
    assert parts.licences(wheel) == {"LICENSE": "MIT …".encode()}
